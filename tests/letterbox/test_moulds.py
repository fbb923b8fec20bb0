"""Moulds: filled in, a page is what it would be if it were made for its reader alone."""

import pytest

from letterdesk.domain import receipt
from letterdesk.letterbox.moulds import _mould, page_with_code
from letterdesk.reader.render import render
from letterdesk.settings import Site
from tests.values import a_story

SITE = Site(name="A & B")


@pytest.mark.parametrize("language", ["en", "ko", "ug"])
@pytest.mark.parametrize(
    ("template", "values"),
    [
        (
            "thanks.html",
            {
                "story": a_story(headline="The <ferry>"),
                "letter_is": "comment",
                "counts_once": False,
            },
        ),
        ("thanks.html", {"story": a_story(), "letter_is": "tip", "counts_once": True}),
        ("taken.html", {"kind": "notice", "counts_once": False}),
    ],
)
def test_a_filled_mould_is_the_page(
    template: str, language: str, values: dict[str, object]
) -> None:
    codes = [receipt.show_code(number) for number in range(3)]

    pages = [
        page_with_code(template, language, site=SITE, code=code, values=values)
        for code in codes
    ]

    made = [render(template, language, site=SITE, code=code, **values) for code in codes]
    assert pages == made
    assert len(set(pages)) == 3


def test_a_mould_holds_no_code() -> None:
    code = receipt.show_code(1)
    story = a_story()

    values = {"story": story, "letter_is": "comment", "counts_once": True}

    page_with_code("thanks.html", "en", site=SITE, code=code, values=values)

    held = "".join(_mould("thanks.html", "en", SITE, tuple(values.items())))
    assert not any(group in held for group in code.split("-") if len(group) > 3)
