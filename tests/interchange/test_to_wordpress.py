import io
from datetime import date
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from letterdesk.interchange import to_wordpress
from letterdesk.interchange.formats import records
from letterdesk.interchange.records import Found
from letterdesk.interchange.source import Source
from letterdesk.interchange.to_wordpress import Written
from tests.interchange.threads import HOSTILE, a_record, hostile_records, one_thread
from tests.values import a_story, an_id

WP = "{http://wordpress.org/export/1.2/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
SITE = {"name": "River & Post", "url": "https://letters.example", "language": "ko"}


def written(threads) -> tuple[ElementTree.Element, Written]:
    file = io.StringIO(newline="")
    done = to_wordpress.write(threads, file, **SITE)
    tree = ElementTree.fromstring(file.getvalue().encode())  # noqa: S314 -- ours
    return tree, done


def fields(element: ElementTree.Element) -> dict[str, str]:
    """Give what has a value, by its name without the namespace; notes by their key."""
    found = {
        child.tag.rpartition("}")[2]: child.text
        for child in element
        if child.text and child.text.strip() and not child.tag.endswith("meta")
    }
    notes = {
        child.findtext(f"{WP}meta_key"): child.findtext(f"{WP}meta_value")
        for child in element
        if child.tag.endswith("meta")
    }
    return found | notes


def test_a_site_and_a_story_have_what_wordpress_asks_for():
    body = "It left.\n\n## Nine o'clock\n\n> It will <not> return."
    tree, done = written(
        one_thread(url="https://news.example/2026/The-Ferry.html", body=body, is_open=False)
    )

    channel = tree.find("channel")
    item = channel.find("item")
    assert tree.get("version") == "2.0"
    assert fields(channel) == {
        "title": "River &amp; Post",
        "link": "https://letters.example",
        "language": "ko",
        "wxr_version": "1.2",
        "base_site_url": "https://letters.example",
        "base_blog_url": "https://letters.example",
    }
    assert fields(item) == {
        "title": "The ferry will not come back",
        "link": "https://news.example/2026/The-Ferry.html",
        "guid": "https://news.example/2026/The-Ferry.html",
        "encoded": "<p>It left.</p>\n\n<h2>Nine o'clock</h2>\n\n"
        "<blockquote>It will &lt;not&gt; return.</blockquote>",
        "post_id": "1",
        "post_date": "2026-11-20 00:00:00",
        "post_date_gmt": "2026-11-20 00:00:00",
        "comment_status": "closed",
        "ping_status": "closed",
        "post_name": "the-ferry",
        "status": "publish",
        "post_parent": "0",
        "menu_order": "0",
        "post_type": "post",
        "is_sticky": "0",
        "letterdesk_id": "0123456789abcdefghjkmnpqrs",
        "letterdesk_language": "en",
        "letterdesk_risk": "ordinary",
    }
    assert done == Written(stories=1)


def test_a_comment_has_its_number_its_parent_s_and_its_day():
    comments = [a_record(7), a_record(3, reply_to=an_id(7), name=""), a_record(4)]

    tree, done = written(one_thread(*comments) + one_thread(a_record(9)))

    found = [fields(one) for one in tree.iter(f"{WP}comment")]
    assert done == Written(stories=2, comments=4)
    assert found[1] == {
        "comment_id": "2",
        "comment_date": "2026-11-23 00:00:03",
        "comment_date_gmt": "2026-11-23 00:00:03",
        "comment_content": "My uncle worked on that ferry.",
        "comment_approved": "1",
        "comment_type": "comment",
        "comment_parent": "1",
        "comment_user_id": "0",
        "letterdesk_id": an_id(3),
        "letterdesk_state": "published",
        "letterdesk_language": "en",
    }
    assert [one["comment_id"] for one in found] == ["1", "2", "3", "4"]
    assert [one["comment_parent"] for one in found] == ["0", "1", "0", "0"]
    assert [len(item.findall(f"{WP}comment")) for item in tree.iter("item")] == [3, 1]


@pytest.mark.parametrize(
    ("found", "approved"),
    [
        (Found.PUBLISHED, "1"),
        (Found.PENDING, "0"),
        (Found.REJECTED, "trash"),
        (Found.DELETED, "trash"),
        (Found.SPAM, "spam"),
    ],
)
def test_a_state_is_said_in_wordpress_s_words_and_in_ours(found, approved):
    tree, _ = written(one_thread(a_record(found=found)))

    said = fields(next(tree.iter(f"{WP}comment")))
    assert (said["comment_approved"], said["letterdesk_state"]) == (approved, found.value)


def test_our_own_import_gets_back_what_wordpress_has_no_place_for(tmp_path: Path):
    given = [a_record(1, language="ug", as_written=True), a_record(2, language="ko")]
    file = tmp_path / "all.xml"
    text = io.StringIO()
    to_wordpress.write(one_thread(*given), text, **SITE)
    file.write_text(text.getvalue(), encoding="utf-8")

    found = records("wordpress", Source(file, today=date(2026, 11, 23)))

    assert [(one.language, one.as_written) for one in found] == [
        ("ug", True),
        ("ko", False),
    ]


def test_hostile_words_are_read_back_as_words():
    tree, done = written(one_thread(*hostile_records(), headline=HOSTILE[3]))

    texts = [one.findtext(f"{WP}comment_content") for one in tree.iter(f"{WP}comment")]
    names = [one.findtext(f"{WP}comment_author") for one in tree.iter(f"{WP}comment")]
    assert [unescape(one) for one in texts] == list(HOSTILE)
    assert [unescape(one) for one in names] == [
        " ".join(one[:80].split()) for one in HOSTILE
    ]
    assert not [one for one in texts if "<" in one]
    assert unescape(tree.findtext("channel/item/title")) == HOSTILE[3]
    assert (len(list(tree.iter("item"))), done.replaced) == (1, 0)


def test_what_xml_cannot_hold_is_replaced_and_counted():
    text = "bell \x07, \x00, half \ud800, \ufffe, return \r\n and tab\t"

    tree, done = written(one_thread(a_record(text=text, name="\x1b[31mRed")))

    comment = next(tree.iter(f"{WP}comment"))
    shown = "bell \ufffd, \ufffd, half \ufffd, \ufffd, return \n and tab\t"
    assert comment.findtext(f"{WP}comment_content") == shown
    assert comment.findtext(f"{WP}comment_author") == "\ufffd[31mRed"
    assert done.replaced == 5


def test_a_newsroom_without_stories_is_a_whole_file():
    tree, done = written([])

    assert tree.find("channel/item") is None
    assert done == Written()


def test_comments_are_written_as_they_come():
    file, sizes = io.StringIO(newline=""), []

    def comments():
        for number in range(3):
            sizes.append(file.tell())
            yield a_record(number, text="x" * 5_000)

    to_wordpress.write([(a_story(), comments())], file, **SITE)

    assert sizes[0] < 5_000 < sizes[1] < 10_000 < sizes[2]
