"""What piles up on one letter runs through no words of somebody else."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import keep

_READER = Path("src/letterdesk/reader/static")
_DESK = Path("src/letterdesk/desk/static/desk/css")
_PLACES = {
    "comment": (
        [_READER / name for name in ("tokens.css", "base.css", "thread.css")],
        '<article class="comment"><header class="comment-head">'
        '<h3 class="comment-name">{}</h3></header>'
        '<div class="comment-words"><p>{}</p></div></article>',
    ),
    "comment-in-a-foreign-page": (
        [_READER / "embed.css"],
        '<section class="letterdesk"><header class="comment-head">'
        '<h3 class="comment-name">{}</h3></header>'
        '<div class="comment-words"><p>{}</p></div></section>',
    ),
    "preview": (
        [_READER / name for name in ("tokens.css", "base.css", "answers.css")],
        '<article class="letter"><h3>{}</h3><p>{}</p></article>',
    ),
    "letter-at-the-desk": (
        [_DESK / "tokens.css", _DESK / "parts/letter.css"],
        '<section class="letter"><div class="letter-text">{}</div>'
        '<p class="letter-foot">{}</p></section>',
    ),
    "row-at-the-desk": (
        [_DESK / "tokens.css", _DESK / "parts/rows.css"],
        '<article class="line line-letter"><p class="line-words">{}</p>'
        '<p class="line-facts">{}</p></article>',
    ),
    "side-at-the-desk": (
        [_DESK / "tokens.css", _DESK / "parts/compare.css"],
        '<div class="compare-side"><p>{}</p><p class="compare-text">{}</p></div>',
    ),
}
_ABOVE, _BELOW = "\u0301" * 40, "\u0316" * 40  # far more than a published page has
_NEAR = 12  # pixels, within which marks may stand


@pytest.mark.parametrize("place", _PLACES)
def test_a_pile_of_marks_does_not_leave_its_own_box(browser: Browser, place: str) -> None:
    sheets, markup = _PLACES[place]
    styles = "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
    page = browser.new_page(viewport={"width": 390, "height": 700})

    def around(first: str, last: str) -> list[bytes]:
        page.set_content(
            f"<!doctype html><style>{styles}</style>"
            f'<div id="box" style="margin: 250px 40px">{markup.format(first, last)}</div>'
        )
        keep(page, f"piled-up-{place}-{len(last)}")
        box = page.locator("#box").bounding_box()
        foot = box["y"] + box["height"] + _NEAR
        return [
            page.screenshot(clip={"x": 0, "y": y, "width": 390, "height": height})
            for y, height in ((0, box["y"] - _NEAR), (foot, 700 - foot))
        ]

    plain = around("h", "h")

    assert around("h" + _ABOVE, "h" + _BELOW) == plain
    page.close()
