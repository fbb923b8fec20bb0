"""What a web server says for the letterbox when that does not answer."""

from dataclasses import dataclass

from letterdesk.reader.words import words


@dataclass(frozen=True, kw_only=True)
class UnavailableWords:
    """A title, and what a reader can do."""

    language: str
    title: str
    paragraphs: tuple[str, ...]


def unavailable_words(language: str) -> UnavailableWords:
    """Give the page's words in a language; it can hand nothing back."""
    _ = words(language).gettext
    return UnavailableWords(
        language=language,
        title=_("Not possible just now"),
        paragraphs=(
            _(
                "Nothing can be sent or looked up here just now. What is published can "
                "still be read."
            ),
            _(
                "If you were sending something, go back: most browsers still have your "
                "words in the form. Copy them, wait some minutes, and send them again."
            ),
            _(
                "We cannot say for certain whether it arrived. You were shown no receipt "
                "code, so please take it as not sent."
            ),
        ),
    )
