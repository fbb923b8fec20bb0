import hashlib
import json
from base64 import b64encode

from letterdesk.domain.edit import Cut
from letterdesk.press.data import to_json
from tests.press.stories import a_discussion, press
from tests.values import STORY_ID, a_comment, an_id


def test_letterbox_learns_what_it_must_know_of_a_story():
    files = press(a_discussion())
    digest = hashlib.sha256(files["thread.html"]).digest()

    assert json.loads(files["story.json"]) == {
        "id": STORY_ID,
        "url": "https://news.example/ferry",
        "headline": "The ferry will not come back",
        "language": "en",
        "open": True,
        "comments": 4,
        "fragment": f"sha256-{b64encode(digest).decode()}",
    }


def test_thread_as_data_says_all_that_the_page_shows():
    thread = json.loads(press(a_discussion())["thread.json"])

    first, gone, *_ = thread["comments"]
    assert {key: thread[key] for key in ("count", "page", "pages")} == {
        "count": 4,
        "page": 1,
        "pages": 1,
    }
    assert first == {
        "id": an_id(1),
        "name": "Mira",
        "name_left_out": False,
        "text": "My [name removed] worked on that ferry.\n\nIt sank.",
        "published": "2026-11-23",
        "language": "",
        "reply_to": None,
        "depth": 0,
        "edited": True,
        "rules": ["3", "7"],
        "terms": "",
        "cuts": [{"at": 3, "note": "name removed"}],
        "gone": False,
        "pick": False,
        "edited_elsewhere": None,
    }
    assert gone == {
        "id": an_id(2),
        "name": "",
        "name_left_out": False,
        "text": "",
        "published": "2026-11-23",
        "language": "",
        "reply_to": an_id(1),
        "depth": 1,
        "edited": False,
        "rules": [],
        "terms": "",
        "cuts": [],
        "gone": True,
        "pick": False,
        "edited_elsewhere": None,
    }


def test_places_of_cuts_are_counted_in_the_text_that_is_published():
    text = "\u202eOne bad \u2800two."
    comment = a_comment(text=text, cuts=(Cut(start=5, end=9),))

    (row,) = json.loads(press([comment])["thread.json"])["comments"]

    assert (row["text"], row["cuts"]) == ("One two.", [{"at": 4, "note": None}])


def test_data_stay_data_inside_markup():
    raw = to_json({"a": "</script><!--&\u2028\u2029"})

    assert raw == rb'{"a":"\u003c/script\u003e\u003c!--\u0026\u2028\u2029"}'
    assert json.loads(raw) == {"a": "</script><!--&\u2028\u2029"}
