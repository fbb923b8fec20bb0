"""Words that have broken other programs, on the pages that are made for one reader."""

import pytest

from letterdesk.domain.text import one_line, tame
from letterdesk.reader.render import render
from letterdesk.reader.terms import terms
from tests.hostile import hostile_texts
from tests.markup import all_of, parse, skeleton, the, words
from tests.reader.pages import EMPTY, SITE, show_outcome
from tests.values import a_letter, a_story, an_outcome

_TOGETHER = 40  # texts on one page


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Texts that are made of many hostile ones, in paragraphs."""
    found = hostile_texts()
    return [
        "\n\n".join(found[at : at + _TOGETHER]) for at in range(0, len(found), _TOGETHER)
    ]


def markup(page: str) -> set[tuple[str, tuple[str, ...]]]:
    """Give what is markup on a page, but for paragraphs and line breaks."""
    return set(skeleton(parse(page))) - {("p", ()), ("br", ())}


def test_an_outcome_shows_them_as_text(texts):
    plain = markup(show_outcome(an_outcome(text="a\nb", statement="a\nb"), "en"))

    for text in texts:
        page = show_outcome(an_outcome(text=text, statement=text), "en")

        assert markup(page) == plain
        [shown] = all_of(parse(page), "div", "letter")
        assert words(shown) == " ".join(tame(text).split())


def test_a_last_look_and_a_refusal_show_them_as_text_and_give_them_back(texts):
    def pages(text: str) -> list[str]:
        line = one_line(text)
        values = EMPTY | {"text": text, "name": line, "reply_to": line}
        common = {"site": SITE, "story": a_story(headline=line), "values": values}
        return [
            render(
                "preview.html",
                "en",
                letter=a_letter(text=text, name=line),
                rules=terms("en").rules,
                state="open",
                **common,
            ),
            render("refused.html", "en", status=422, error="No.", field="", **common),
        ]

    plain = [markup(page) for page in pages("a\nb")]

    for text in texts:
        made = pages(text)
        assert [markup(page) for page in made] == plain
        for page in made:
            typed = the(parse(page), "textarea").text or ""
            assert typed == text
