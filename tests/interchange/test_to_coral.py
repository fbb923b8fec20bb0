import csv
import io
from zipfile import ZipFile

import pytest

from letterdesk.domain.spreadsheet import unguarded
from letterdesk.domain.story import Credit
from letterdesk.interchange import to_coral
from letterdesk.interchange.records import Found
from letterdesk.interchange.to_coral import Written
from tests.interchange.threads import HOSTILE, a_record, hostile_records, one_thread
from tests.values import STORY_ID, an_id

COLUMNS = {"users": 6, "stories": 7, "comments": 8}


def written(make) -> tuple[dict[str, list[list[str]]], Written, bytes]:
    file = io.BytesIO()
    done = to_coral.write(make, file)
    with ZipFile(file) as archive:
        tables = {
            name.removesuffix(".csv"): list(
                csv.reader(
                    io.StringIO(archive.read(name).decode(), newline=""), strict=True
                )
            )
            for name in archive.namelist()
        }
    return tables, done, file.getvalue()


def test_each_table_has_every_column_and_no_head():
    def make():
        comments = a_record(1), a_record(2, reply_to=an_id(1), name="", text="Yes.\n\n<No>")
        return one_thread(*comments, credits=(Credit(role="By", name="Nell Cawdry"),))

    tables, done, _ = written(make)

    assert done == Written(stories=1, comments=2)
    assert tables == {
        "users": [
            [
                *(f"reader-{an_id(1)}", f"{an_id(1)}@letterdesk.invalid", "Mira"),
                *("COMMENTER", "false", "2026-11-23T00:00:01Z"),
            ],
            [
                *(f"reader-{an_id(2)}", f"{an_id(2)}@letterdesk.invalid", "A reader"),
                *("COMMENTER", "false", "2026-11-23T00:00:02Z"),
            ],
        ],
        "stories": [
            [
                *(STORY_ID, "https://news.example/ferry", "The ferry will not come back"),
                *("Nell Cawdry", "2026-11-20T00:00:00Z", "", "COMMENTS"),
            ]
        ],
        "comments": [
            [
                *(an_id(1), f"reader-{an_id(1)}", STORY_ID, "2026-11-23T00:00:01Z"),
                *("<p>My uncle worked on that ferry.</p>", "", "APPROVED", ""),
            ],
            [
                *(an_id(2), f"reader-{an_id(2)}", STORY_ID, "2026-11-23T00:00:02Z"),
                *("<p>Yes.<br><br>&lt;No&gt;</p>", an_id(1), "APPROVED", ""),
            ],
        ],
    }


def test_two_readers_of_one_name_are_two_accounts():
    tables, *_ = written(lambda: one_thread(a_record(1), a_record(2)))

    assert [row[2] for row in tables["users"]] == ["Mira", "Mira"]
    assert len({row[0] for row in tables["users"]}) == 2


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (Found.PUBLISHED, ["APPROVED"]),
        (Found.REJECTED, ["REJECTED"]),
        (Found.DELETED, ["REJECTED"]),
        (Found.PENDING, []),
    ],
)
def test_what_waits_is_left_out_because_coral_would_show_it(found, status):
    tables, done, _ = written(lambda: one_thread(a_record(found=found)))

    assert [row[6] for row in tables["comments"]] == status
    assert len(tables["users"]) == len(status)
    assert (done.comments, done.waiting) == (len(status), 1 - len(status))


def test_an_answer_to_what_is_left_out_stands_on_its_own():
    comments = a_record(1, found=Found.PENDING), a_record(2, reply_to=an_id(1))

    tables, *_ = written(lambda: one_thread(*comments))

    assert [(row[0], row[5]) for row in tables["comments"]] == [(an_id(2), "")]


def test_a_closed_story_has_a_day_on_which_it_was_closed():
    tables, *_ = written(lambda: one_thread(is_open=False))

    assert tables["stories"][0][5] == "2026-11-20T00:00:00Z"


def test_no_cell_begins_like_a_formula_and_nothing_is_lost():
    tables, _, raw = written(lambda: one_thread(*hostile_records(), headline=HOSTILE[0]))

    cells = [cell for table in tables.values() for row in table for cell in row]
    formulas = tuple("=+-@＝＋－＠\t\r\n\0")
    assert not [cell for cell in cells if cell.lstrip(' "').startswith(formulas)]
    names = [unguarded(row[2]) for row in tables["users"]]
    assert names == [" ".join(text[:80].split()) for text in HOSTILE]
    assert unguarded(tables["stories"][0][2]) == HOSTILE[0]
    assert {(name, len(row)) for name, rows in tables.items() for row in rows} == set(
        COLUMNS.items()
    )
    with ZipFile(io.BytesIO(raw)) as archive:
        assert all(line.startswith(b'"') for line in archive.read("users.csv").splitlines())


def test_the_same_threads_give_the_same_bytes():
    def make():
        return one_thread(a_record(1), a_record(2))

    assert written(make)[2] == written(make)[2]


def test_a_newsroom_without_stories_has_three_empty_tables():
    assert written(list)[:2] == (
        {"users": [], "stories": [], "comments": []},
        Written(),
    )
