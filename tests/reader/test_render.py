"""Templates, made ready before the first reader comes."""

import pytest
from jinja2 import Environment

from letterdesk.reader import render as rendering
from letterdesk.reader.render import render, warm
from letterdesk.tags import LANGUAGES
from tests.reader.pages import answers


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reader_waits_for_a_template_that_was_made_ready(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = answers(language)
    monkeypatch.setattr(rendering, "_compiled", rendering._Compiled())
    rendering._environment.cache_clear()
    warm([language])
    monkeypatch.setattr(Environment, "compile", None)

    assert answers(language) == before


def test_the_same_template_speaks_every_language() -> None:
    warm(LANGUAGES)

    titles = {
        language: render("parts/room.html", language, state="slow")
        for language in LANGUAGES
    }

    assert len(set(titles.values())) == len(LANGUAGES)
