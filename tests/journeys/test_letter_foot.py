"""A name stands where its letter begins, whichever way the screen is written."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

_CSS = Path("src/letterdesk/desk/static/desk/css")
_STYLES = "".join(
    (_CSS / name).read_text(encoding="utf-8") for name in ("tokens.css", "parts/letter.css")
)


@pytest.mark.parametrize("screen", ["ltr", "rtl"])
@pytest.mark.parametrize(
    ("text", "is_right"), [("A quiet morning.", False), ("رەھمەت سىزگە.", True)]
)
def test_a_name_stands_where_its_letter_begins(
    browser: Browser, screen: str, text: str, *, is_right: bool
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 400})
    page.set_content(
        f'<!doctype html><html dir="{screen}"><style>{_STYLES}</style>'
        f'<section class="letter"><div class="letter-text" dir="auto">{text}</div>'
        '<p class="letter-foot"><bdi class="letter-name">ئادىل</bdi>'
        '<span class="letter-id">170m54zx</span></p></section>'
    )

    name, id_ = (
        page.locator(one).bounding_box()["x"] for one in (".letter-name", ".letter-id")
    )

    assert (name > id_) is is_right
    page.close()
