import hashlib
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from letterdesk.domain.letter import MAX_TEXT
from letterdesk.interchange.formats import records
from letterdesk.interchange.letterdesk import (
    CommentLine,
    CutLine,
    DecisionLine,
    Header,
    PersonLine,
    RuleLine,
    StoryLine,
    TermsLine,
    write,
)
from letterdesk.interchange.source import Source
from tests.interchange.threads import HOSTILE
from tests.values import STORY_ID, an_id

HEADER = Header(
    schema=1,
    letterdesk="1.0",
    made=date(2026, 11, 26),
    site="River Post",
    url="https://letters.example",
)


def written(lines) -> tuple[list[dict], bytes, dict[str, int]]:
    file = io.BytesIO()
    counts = write(HEADER, lines, file)
    raw = file.getvalue()
    assert raw.endswith(b"\n")
    return [json.loads(line) for line in raw.split(b"\n")[:-1]], raw, counts


def test_a_file_says_first_what_it_is_and_last_that_it_is_whole():
    person = PersonLine(name="mina", role="editor", pseudonym="Editor 1", is_open=True)
    comment = CommentLine(id=an_id(1), story=STORY_ID, state="pending", text="Hello.")

    lines, raw, counts = written([person, comment, comment])

    assert lines[0] == {
        "kind": "letterdesk-export",
        "schema": 1,
        "letterdesk": "1.0",
        "made": "2026-11-26",
        "site": "River Post",
        "url": "https://letters.example",
        "story": "",
        "start": None,
        "end": None,
        "published_only": False,
    }
    assert lines[1] == {
        "kind": "person",
        "name": "mina",
        "role": "editor",
        "pseudonym": "Editor 1",
        "is_open": True,
    }
    before = raw[: raw.rindex(b"\n", 0, -1) + 1]
    assert lines[-1] == {
        "kind": "end",
        "lines": 4,
        "counts": {"comment": 2, "person": 1},
        "sha256": hashlib.sha256(before).hexdigest(),
    }
    assert (before.count(b"\n"), counts) == (4, {"comment": 2, "person": 1})


def test_what_is_empty_is_left_out_and_the_rest_is_plain_json():
    decision = DecisionLine(
        version=2,
        move="edit",
        state="approved",
        taken=datetime(2026, 11, 23, 10, 30, tzinfo=UTC),
        cuts=(CutLine(start=0, end=2),),
    )
    comment = CommentLine(
        id=an_id(1), story=STORY_ID, state="approved", salt=b"\0\1", decisions=(decision,)
    )

    lines, *_ = written([comment])

    assert lines[1] == {
        "kind": "comment",
        "id": an_id(1),
        "story": STORY_ID,
        "state": "approved",
        "salt": "AAE=",
        "decisions": [
            {
                "version": 2,
                "move": "edit",
                "state": "approved",
                "taken": "2026-11-23T10:30:00Z",
                "cuts": [{"start": 0, "end": 2}],
            }
        ],
    }


def test_hostile_words_stay_in_their_line():
    texts = [*HOSTILE, "bell \x07 and \x00", "\u2028 and \u2029 and \x85"]

    lines, *_ = written(
        CommentLine(id=an_id(1), story=STORY_ID, state="pending", text=text, name=text[:9])
        for text in texts
    )

    assert [line["text"] for line in lines[1:-1]] == texts


def _rule(number: str, title: str) -> RuleLine:
    return RuleLine(
        number=number, key="", title=title, text="", reason="", note="", category=""
    )


@pytest.mark.parametrize(
    ("language", "changes", "text", "titles"),
    [
        ("ko", {"rules": ("1", "2"), "terms": "1"}, "a […] c", ("이름", "사실")),
        ("ko", {"rules": ("2",), "terms": "2"}, "a […] c", ("Facts",)),
        ("en", {"rules": ("9",), "terms": "1"}, "a […] c", ()),
        ("en", {"cuts": (CutLine(start=2, end=4, note="cut"),)}, "a [cut]c", ()),
        ("en", {"cuts": (), "edited_elsewhere": ("Old",)}, "a b c", ("Old",)),
        (
            "en",
            {"rules": ("1",), "terms": "1", "edited_elsewhere": ("Old",)},
            "a […] c",
            ("Old", "Names"),
        ),
        ("en", {"cuts": (), "name_left_out": True}, "a b c", ()),
        ("en", {"cuts": (), "rules": ("1",), "state": "rejected"}, "a b c", None),
    ],
)
def test_what_was_cut_keeps_its_place_and_the_titles_of_its_rules(
    language: str,
    changes: dict[str, object],
    text: str,
    titles: tuple[str, ...] | None,
    tmp_path: Path,
):
    day = date(2026, 11, 23)
    values = {"id": "c", "story": "s", "state": "published", "text": "a b c"}
    cut = {"cuts": (CutLine(start=2, end=4),)}
    given = [
        TermsLine(
            version="1",
            since=day,
            language="ko",
            rules=(_rule("1", "이름"), _rule("2", "사실")),
        ),
        TermsLine(version="1", since=day, language="en", rules=(_rule("1", "Names"),)),
        TermsLine(version="2", since=day, language="en", rules=(_rule("2", "Facts"),)),
        StoryLine(
            id="s",
            url="u",
            headline="h",
            language=language,
            desk="",
            risk="",
            registered=day,
        ),
        CommentLine(**(values | cut | changes)),
    ]
    file = tmp_path / "all.ndjson"
    file.write_bytes(written(given)[1])

    (found,) = records("letterdesk", Source(file, today=day))

    assert (found.text, found.edited_under) == (text, titles)


def test_what_was_to_be_published_as_written_still_is(tmp_path: Path):
    lines = [
        CommentLine(id=str(number), story="s", state="pending", as_written=number == 1)
        for number in (1, 2)
    ]
    file = tmp_path / "all.ndjson"
    file.write_bytes(written(lines)[1])

    found = records("letterdesk", Source(file, today=date(2026, 11, 23)))

    assert [one.as_written for one in found] == [True, False]


def test_a_mark_makes_no_letter_too_long(tmp_path: Path):
    line = CommentLine(
        id="c",
        story="s",
        state="published",
        text="a" * (MAX_TEXT - 1) + "b",
        cuts=(CutLine(start=MAX_TEXT - 1, end=MAX_TEXT),),
    )
    file = tmp_path / "all.ndjson"
    file.write_bytes(written([line])[1])

    (found,) = records("letterdesk", Source(file, today=date(2026, 11, 23)))

    assert (found.text, found.edited_under) == ("a" * (MAX_TEXT - 1), ())
