"""The mail that says that there is an answer, and nothing else."""

from dataclasses import dataclass

from letterdesk.domain.text import one_line, tame
from letterdesk.reader.words import choose, words
from letterdesk.settings import Site


@dataclass(frozen=True, kw_only=True)
class MailWords:
    """What a mail says."""

    subject: str
    body: str


def mail_words(language: str, *, site: Site) -> MailWords:
    """Give the mail in a language: where to enter the code, never a word of the letter.

    The page that it leads to speaks the same language.
    """
    _ = words(language).gettext
    name = one_line(tame(site.name))
    said = _("There is an answer to what you sent us. Enter your receipt code here:")
    erased = _("This is the only mail. We have erased your address.")
    address = f"{site.url}/receipt?language={choose(language)}"
    return MailWords(
        subject=_("An answer from %(name)s") % {"name": name},
        body=f"{said}\n\n{address}\n\n{erased}\n\n{name}\n",
    )
