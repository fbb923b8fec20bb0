"""Each format gives the same small conversation, as far as it knows of such things."""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from letterdesk.cli.exchange import _SYSTEMS
from letterdesk.interchange.formats import FORMATS, records
from letterdesk.interchange.records import CommentRecord, Found
from letterdesk.interchange.source import ImportFailed, Source
from tests.interchange.isso import MARKDOWN, isso_database

SAMPLES = Path(__file__).parent / "samples"
TODAY = date(2026, 11, 23)
HEADLINE = "The ferry will not come back"
LOG = "My uncle worked on that ferry.\nHe kept a log (https://ferry.example/log)."
LOG_IN_PARAGRAPHS = LOG.replace("\n", "\n\n")
FIRST = ("11", "published", "2019-05-02T08:15", "Mira Tan", "", LOG)
SECOND = ("12", "published", "2019-05-02T20:00", "이선생", "11", "저도 그렇게 들었습니다.")
THIRD = ("13", "pending", "2019-05-03T07:00", "Ana", "12", "Who signed it?")
DELETED = ("14", "deleted", "2019-05-03T08:00")
FIFTH = ("15", "published", "2019-05-03T09:00", "Jo", "14", "I do not agree with that.")
SIXTH = ("16", "published", "2019-05-03T10:00", "Cheap", "", "Buy pills")

Row = tuple[str, ...]


def read(name: str, path: Path, *, site: str = "") -> list[CommentRecord]:
    return list(records(name, Source(path, today=TODAY, site=site)))


def row(record: CommentRecord) -> Row:
    """Give what matters of a record; of a deleted one only that it was there."""
    written = record.written.isoformat()[:16] if record.written else ""
    head = (record.id, record.found.value, written)
    if record.found is Found.DELETED:
        return head
    return (*head, record.name, record.reply_to, record.text)


def changed(row: Row, **changes: str) -> Row:
    names = ("id", "found", "written", "name", "reply_to", "text")
    return tuple(changes.get(name, value) for name, value in zip(names, row, strict=True))


@pytest.mark.parametrize(
    ("name", "file", "rows"),
    [
        (
            "wordpress",
            "wordpress.xml",
            [
                FIRST,
                SECOND,
                THIRD,
                DELETED,
                FIFTH,
                changed(SIXTH, found="spam"),
                changed(
                    SIXTH,
                    id="17",
                    found="no-comment",
                    written="2019-05-03T11:00",
                    name="Another blog",
                    text="[...] ferry [...]",
                ),
                changed(
                    THIRD,
                    id="18",
                    found="hidden",
                    written="2019-05-04T07:00",
                    reply_to="",
                    text="Between us.",
                ),
            ],
        ),
        (
            "disqus",
            "disqus.xml",
            [
                FIRST,
                SECOND,
                THIRD,
                DELETED,
                FIFTH,
                changed(SIXTH, found="spam"),
                changed(
                    SIXTH,
                    id="17",
                    written="2019-05-03T11:00",
                    name="",
                    text="Under nothing.",
                ),
            ],
        ),
        (
            "isso",
            "isso.json",
            [
                changed(
                    FIRST,
                    id="/ferry 0 2019-05-02 08:15:00 a7e9241b89217a09",
                    text=LOG.replace("worked", "*worked*"),
                ),
                changed(
                    SECOND, id="/ferry 0 2019-05-02 20:00:00 ca3f440e1e5e6299", reply_to=""
                ),
            ],
        ),
        ("remark42", "remark42.jsonl", [FIRST, SECOND, DELETED, FIFTH]),
        (
            "commento",
            "commento.json",
            [
                changed(FIRST, text=MARKDOWN),
                changed(SECOND, name=""),
                THIRD,
                DELETED,
                changed(SIXTH, found="pending", name="Ana"),
            ],
        ),
        (
            "comentario",
            "comentario.json",
            [
                changed(FIRST, text=MARKDOWN),
                SECOND,
                THIRD,
                DELETED,
                changed(SIXTH, found="rejected", name="Ana"),
            ],
        ),
        ("artalk", "artalk.json", [changed(FIRST, text=MARKDOWN), SECOND, THIRD]),
        (
            "coral",
            "coral-comments.json",
            [
                changed(FIRST, text=LOG_IN_PARAGRAPHS),
                SECOND,
                THIRD,
                DELETED,
                FIFTH,
                changed(SIXTH, found="rejected", name="Jo"),
            ],
        ),
        (
            "coral",
            "coral-comments.csv",
            [
                changed(FIRST, text=LOG_IN_PARAGRAPHS),
                SECOND,
                changed(SIXTH, found="rejected", name="Jo"),
            ],
        ),
        (
            "plone",
            "plone.json",
            [
                changed(FIRST, id="1556784900000000"),
                changed(
                    SECOND,
                    id="1556827200000000",
                    found="pending",
                    reply_to="1556784900000000",
                ),
                changed(SIXTH, id="1556877600000000", found="rejected", name="Jo"),
            ],
        ),
        (
            "letterdesk",
            "letterdesk.ndjson",
            [
                changed(
                    FIRST,
                    written="2019-05-02T00:00",
                    text=LOG.replace("uncle", "uncle […]"),
                ),
                changed(SECOND, written="2019-05-02T00:00"),
                (*DELETED[:2], "2019-05-03T00:00"),
                changed(FIFTH, written="2019-05-03T00:00"),
                changed(THIRD, written="2019-05-03T00:00"),
                changed(SIXTH, found="rejected", written="2019-05-03T00:00"),
            ],
        ),
    ],
)
def test_a_conversation_is_read_with_its_ids_states_dates_and_answers(
    name: str, file: str, rows: list[Row]
):
    assert [row(record) for record in read(name, SAMPLES / file)] == rows


def test_isso_database_is_read_with_what_waits_and_what_was_deleted(tmp_path: Path):
    found = read(
        "isso", isso_database(tmp_path / "comments.db"), site="https://news.example"
    )

    assert [row(record) for record in found] == [
        changed(FIRST, text=MARKDOWN),
        SECOND,
        THIRD,
        DELETED,
        changed(FIFTH, name="Jo & Bo"),
    ]
    assert {record.site for record in found} == {"news.example"}


@pytest.mark.parametrize(
    ("name", "file", "url", "headline", "door"),
    [
        (
            "wordpress",
            "wordpress.xml",
            "https://news.example/ferry",
            f"{HEADLINE} & nobody says why",
            "open",
        ),
        (
            "disqus",
            "disqus.xml",
            "https://news.example/ferry",
            f"{HEADLINE} & nobody says why",
            "closed",
        ),
        ("isso", "isso.json", "/ferry", HEADLINE, "open"),
        ("remark42", "remark42.jsonl", "https://news.example/ferry", HEADLINE, "closed"),
        ("commento", "commento.json", "https://news.example/ferry", "", "open"),
        ("comentario", "comentario.json", "https://news.example/ferry", HEADLINE, "closed"),
        ("artalk", "artalk.json", "https://news.example/ferry", HEADLINE, "open"),
        ("coral", "coral-comments.json", "https://news.example/ferry", HEADLINE, "open"),
        ("coral", "coral-comments.csv", "https://news.example/ferry", HEADLINE, "closed"),
        ("plone", "plone.json", "https://news.example/ferry", "", "open"),
        (
            "letterdesk",
            "letterdesk.ndjson",
            "https://news.example/ferry",
            HEADLINE,
            "closed",
        ),
    ],
)
def test_a_comment_knows_the_story_that_it_stood_under(
    name: str, file: str, url: str, headline: str, door: str
):
    story = read(name, SAMPLES / file)[0].story

    assert (story.url, story.headline, story.is_open) == (url, headline, door == "open")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("disqus", "disqus.xml"),
        ("coral", "coral-comments.json"),
        ("coral", "coral-comments.csv"),
        ("letterdesk", "letterdesk.ndjson"),
    ],
)
def test_a_story_keeps_the_day_on_which_it_appeared(name: str, file: str):
    first = read(name, SAMPLES / file)[0]

    assert first.written
    assert (first.story.day, first.written.date()) == (date(2019, 5, 1), date(2019, 5, 2))


@pytest.mark.parametrize(
    ("metadata", "day"),
    [
        ({"publishedAt": {"$date": "2018-01-01T00:00:00Z"}}, date(2018, 1, 1)),
        ({"publishedAt": "2018-01-01T00:00:00Z"}, date(2018, 1, 1)),
        ({"publishedAt": None}, date(2019, 1, 1)),
        ({"publishedAt": {"$date": "2020-01-01T00:00:00Z"}}, date(2019, 6, 1)),
    ],
    ids=["before", "as-text", "unknown", "not-after-its-comments"],
)
def test_coral_says_when_a_story_appeared_or_when_it_met_it(
    metadata: dict[str, object], day: date, tmp_path: Path
):
    at = {"$date": "2019-01-01T00:00:00Z"}
    story = {"id": "s", "url": "/x", "metadata": metadata, "createdAt": at}
    written = {"$date": "2019-06-01T00:00:00Z"}
    comment = {"id": "1", "storyID": "s", "createdAt": written}
    for kind, one in (("users", {}), ("stories", story), ("comments", comment)):
        (tmp_path / f"{kind}.json").write_text(json.dumps(one), encoding="utf-8")

    (found,) = read("coral", tmp_path / "comments.json")

    assert found.story.day == day


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("wordpress", "wordpress.xml"),
        ("remark42", "remark42.jsonl"),
        ("artalk", "artalk.json"),
        ("coral", "coral-comments.csv"),
    ],
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_a_mark_of_utf8_and_gzip_change_nothing(
    name: str, file: str, mark: bytes, pack, tmp_path: Path
):
    for one in SAMPLES.glob("coral-*.csv"):
        (tmp_path / one.name).write_bytes(one.read_bytes())
    given = tmp_path / file
    given.write_bytes(pack(mark + (SAMPLES / file).read_bytes()))

    assert read(name, given) == read(name, SAMPLES / file)


@pytest.mark.parametrize(
    ("kind", "read"),
    [
        ("text/plain", "a <b>c</b> &amp; `d`"),
        ("text/plain; charset=utf-8", "a <b>c</b> &amp; `d`"),
        ("text/x-web-intelligent", "a <b>c</b> &amp; `d`"),
        ("", "a <b>c</b> &amp; `d`"),
        ("text/x-web-markdown", "a c & `d`"),
        ("text/html", "a c & `d`"),
    ],
)
def test_plone_says_in_which_markup_a_comment_is(kind: str, read: str, tmp_path: Path):
    words = {"data": "a <b>c</b> &amp; `d`", "mime-type": kind}
    answer = {
        "@id": "https://news.example/x/@comments",
        "items_total": 1,
        "items": [{"comment_id": "1", "text": words}],
    }
    file = tmp_path / "plone.json"
    file.write_text(json.dumps(answer), encoding="utf-8")

    (found,) = records("plone", Source(file, today=TODAY))

    assert found.text == read


def test_no_address_picture_or_password_is_read_from_any_format():
    found = [
        repr(record)
        for name, file in (
            ("wordpress", "wordpress.xml"),
            ("disqus", "disqus.xml"),
            ("isso", "isso.json"),
            ("remark42", "remark42.jsonl"),
            ("commento", "commento.json"),
            ("comentario", "comentario.json"),
            ("artalk", "artalk.json"),
            ("coral", "coral-comments.json"),
            ("coral", "coral-comments.csv"),
            ("plone", "plone.json"),
            ("letterdesk", "letterdesk.ndjson"),
        )
        for record in read(name, SAMPLES / file)
    ]

    kept = "\n".join(found)
    assert [
        one
        for one in (
            "letters.example",
            "203.0.113",
            "ae12fe3b",
            "pictures.",
            "portrait",
            "secret",
        )
        if one in kept
    ] == []
    assert all((SAMPLES / f"{name}").exists() for name in ("wordpress.xml", "disqus.xml"))


def test_isso_database_gives_up_no_address_and_no_key(tmp_path: Path):
    found = read("isso", isso_database(tmp_path / "comments.db"))

    assert "letters.example" not in repr(found)
    assert "203.0.113" not in repr(found)


# Files of other programs' test suites.

REAL = Path(__file__).parents[3] / "shared" / "samples"


def real(name: str) -> Path:
    found = REAL / name
    if not found.exists():
        pytest.skip(f"../shared/samples/{name} is not there; it is no part of the project.")
    return found


@pytest.mark.parametrize(
    ("name", "file", "counts"),
    [
        (
            "wordpress",
            "wordpress/theme-unit-test.xml",
            {"published": 25, "pending": 3, "no-comment": 4, "hidden": 1},
        ),
        ("wordpress", "wordpress/isso-suite.xml", {"published": 8}),
        ("disqus", "disqus/isso-suite.xml", {"published": 5, "deleted": 1}),
        ("isso", "isso/generic.json", {"published": 2}),
        ("isso", "isso/comments.db", {"published": 82, "pending": 8}),
        ("commento", "commento/commento.json", {"published": 3}),
    ],
)
def test_real_files_are_read_whole(name: str, file: str, counts: dict[str, int]):
    found = read(name, real(file))

    assert {
        state.value: n for state in Found if (n := sum(one.found is state for one in found))
    } == counts
    assert all(one.id for one in found)


def test_a_real_file_that_is_damaged_gives_all_that_comes_before():
    found = records("disqus", Source(real("disqus/remark42-suite.xml"), today=TODAY))

    assert [next(found).found.value for _ in range(5)] == [*["published"] * 4, "spam"]
    with pytest.raises(ImportFailed, match="is damaged in line 147"):
        next(found)


def test_each_format_has_a_sample_and_a_name_on_the_command_line():
    assert set(_SYSTEMS) == set(FORMATS)
    assert {one.stem.partition("-")[0] for one in SAMPLES.iterdir()} == set(FORMATS)


@pytest.mark.parametrize(
    "written",
    ['"2019-05-02T08:15:00Z"', '{"$numberLong": "1556784900000"}', "1556784900000"],
)
def test_each_way_in_which_mongoexport_writes_a_date_is_read(written: str, tmp_path: Path):
    for part in ("stories", "users"):
        (tmp_path / f"{part}.json").write_bytes(
            (SAMPLES / f"coral-{part}.json").read_bytes()
        )
    path = tmp_path / "comments.json"
    path.write_text(f'{{"id": "1", "createdAt": {{"$date": {written}}}}}')

    (found,) = read("coral", path)

    assert found.written is not None
    assert found.written.isoformat() == "2019-05-02T08:15:00+00:00"


def test_an_empty_line_in_a_csv_file_is_no_row(tmp_path: Path):
    for part in ("stories", "users", "comments"):
        raw = (SAMPLES / f"coral-{part}.csv").read_bytes()
        (tmp_path / f"{part}.csv").write_bytes(raw + b"\r\n")

    assert len(read("coral", tmp_path / "comments.csv")) == 3
