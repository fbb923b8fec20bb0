import hashlib
import io
import json
from datetime import UTC, date, datetime

from letterdesk.interchange.letterdesk import (
    CommentLine,
    CutLine,
    DecisionLine,
    Header,
    PersonLine,
    write,
)
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
