import subprocess
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from letterdesk.reader.words import words
from letterdesk.tags import LANGUAGES

_ROOT = Path(__file__).parents[2]
_READERS = _ROOT / "src/letterdesk/reader/locale"


def test_catalogues_hold_what_the_sources_say():
    checked = subprocess.run(
        ["tools/catalogues", "--check"],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_readers_meet_no_sentence_that_is_not_translated(language):
    file = _READERS / language.replace("-", "_") / "LC_MESSAGES/readers.po"
    with file.open("rb") as raw:
        catalogue = read_po(raw, locale=language.replace("-", "_"))

    strings = {
        message.id: message.string
        if isinstance(message.string, tuple)
        else (message.string,)
        for message in catalogue
        if message.id
    }
    assert [id_ for id_, said in strings.items() if not all(said)] == []
    assert [error for message in catalogue for error in message.check(catalogue)] == []


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_counts_are_said_for_every_number(language):
    ngettext = words(language).ngettext
    said = {
        ngettext("%(shown)s comment", "%(shown)s comments", count)
        for count in (0, 1, 2, 3, 5, 11, 21, 100)
    }

    # In none of these languages does a noun change behind a number.
    (form,) = said
    assert "%(shown)s" in form
    assert "comment" not in form
