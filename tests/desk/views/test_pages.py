"""The frame around every screen: where somebody is, and how days are written."""

import re
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from django.utils import translation

from letterdesk import desk
from letterdesk.desk.queries.people import Person
from letterdesk.desk.templatetags.desk import cell, day, moment
from letterdesk.domain.states import Action
from tests.desk import rows
from tests.desk.views.conftest import Enter
from tests.desk.views.pages import Screen, screen

_TEMPLATES = Path(desk.__file__).parent / "templates" / "desk"


def current(page: Screen) -> list[tuple[str | None, str | None]]:
    """Give where the navigation says that somebody is, and whether on that very page."""
    return [
        (one.get("href"), one.get("aria-current"))
        for one in page.all("a")
        if one.get("aria-current") in {"page", "true"} and one.get("class") != "tab"
    ]


@pytest.mark.parametrize(
    ("address", "tab"),
    [
        ("/", ("/", "page")),
        ("/people/", ("/people/", "page")),
        ("/people/new/", ("/people/", "true")),
        ("/stories/new/", ("/stories/", "true")),
        ("/stories/risks/", ("/stories/", "true")),
        ("/names/", ("/stories/", "true")),
        ("/groups/", ("/queue/", "true")),
        ("/learning/", ("/figures/", "true")),
        ("/unopened/", ("/", "true")),
        ("/audit/", ("/audit/", "page")),
        ("/publish/", ("/", "true")),
        ("/account/", ("/account/", "page")),
        ("/account/sessions/", ("/account/", "true")),
        ("/help/", ("/account/", "true")),
    ],
)
def test_every_page_says_where_it_belongs(
    enter: Enter, admin: Person, address: str, tab: tuple[str, str]
) -> None:
    rows.make_story()

    page = screen(enter(admin).get(address))

    assert current(page) == [tab]


def test_a_letter_belongs_to_the_queue_until_it_is_decided(
    enter: Enter, moderator: Person
) -> None:
    comment = rows.make_comment(rows.make_story())
    where, client = f"/comments/{comment.public_id}/", enter(moderator)

    before = current(screen(client.get(where)))
    rows.move(comment, Action.REJECT, moderator)
    after = current(screen(client.get(where)))

    assert (before, after) == ([("/queue/", "true")], [("/comments/", "true")])


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "23 November 2026"),
        ("ko", "2026년 11월 23일"),
        ("zh-hans", "2026年11月23日"),
        ("ug", "23-نويابىر، 2026"),
    ],
)
def test_a_day_is_written_as_the_language_of_the_screen_does(
    language: str, written: str
) -> None:
    with translation.override(language):
        shown = [day(date(2026, 11, 23)), day("2026-11-23")]

    assert shown == [f'<time datetime="2026-11-23">{written}</time>'] * 2


@pytest.mark.parametrize(
    ("language", "days", "written"),
    [
        ("en", "2 Nov|3 Nov|4 Nov", "3 Nov, 09:05 UTC"),
        ("ko", "11월 2일|11월 3일|11월 4일", "11월 3일 09:05 UTC"),
        ("zh-hans", "11月2日|11月3日|11月4日", "11月3日 09:05 UTC"),
        ("ug", "2-نويابىر|3-نويابىر|4-نويابىر", "3-نويابىر، 09:05 UTC"),
    ],
)
def test_a_moment_says_its_zone_until_a_script_writes_hers(
    language: str, days: str, written: str
) -> None:
    taken = datetime(2026, 11, 3, 10, 5, tzinfo=timezone(timedelta(hours=1)))

    with translation.override(language):
        shown = moment(taken)

    iso = "2026-11-03T10:05:00+01:00"
    told = f'datetime="{iso}" data-local="day" data-days="{days}"'
    assert shown == f"<time {told}>{written}</time>"


def test_a_table_writes_its_days_as_the_page_does() -> None:
    with translation.override("ko"):
        shown = [cell(date(2026, 11, 23)), cell(None), cell(7)]

    day_written = '<time datetime="2026-11-23">2026년 11월 23일</time>'
    assert shown == [day_written, "–", "7"]


def test_only_what_a_script_changes_is_called_a_status() -> None:
    """Nobody reads out a status of a page that is loaded; swap.js says the rest."""
    found = {
        f"{path.relative_to(_TEMPLATES)}: {mark}"
        for path in _TEMPLATES.rglob("*.html")
        for tag in re.findall(r'<[^>]*role="status"[^>]*>', path.read_text("utf-8"))
        for mark in (re.findall(r"data-(?!told)[a-z]+", tag) or ["none"])
    }

    assert found == {
        "base.html: data-announce",
        "card/notices.html: data-claimed",
        "together/decide.html: none",  # data-count is in it
    }
