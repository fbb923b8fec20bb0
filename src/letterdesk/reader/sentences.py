"""The sentence for each refusal, in the reader's language: what happened, what to do."""

from collections.abc import Callable

from letterdesk.reader.words import number, words

_Say = Callable[[str], str]


def sentence(code: str, language: str, **facts: object) -> str:
    """Give the sentence for a refusal `code`; an unknown code says that something failed.

    `facts` fill in what the sentence tells: for `too-long` field, longest and length.
    """
    longest, length = facts.get("longest"), facts.get("length")
    if code == "too-long" and isinstance(longest, int) and isinstance(length, int):
        template = _TOO_LONG.get(str(facts.get("field")), _long_text)
        return template(language, longest) % {
            "length": number(length, language),
            "longest": number(longest, language),
        }
    said = _sentences(words(language).gettext)
    return said.get(code, said["failed"])


def _long_name(language: str, longest: int) -> str:
    ngettext = words(language).ngettext
    return ngettext(
        "The name has %(length)s characters. At most %(longest)s character is possible. "
        "Please shorten it.",
        "The name has %(length)s characters. At most %(longest)s characters are possible. "
        "Please shorten it.",
        longest,
    )


def _long_contact(language: str, longest: int) -> str:
    ngettext = words(language).ngettext
    return ngettext(
        "The e-mail address has %(length)s characters. At most %(longest)s character is "
        "possible. Please correct it or leave it out.",
        "The e-mail address has %(length)s characters. At most %(longest)s characters are "
        "possible. Please correct it or leave it out.",
        longest,
    )


def _long_text(language: str, longest: int) -> str:
    ngettext = words(language).ngettext
    return ngettext(
        "Your text has %(length)s characters. At most %(longest)s character is possible. "
        "Please shorten it, or send it in two parts.",
        "Your text has %(length)s characters. At most %(longest)s characters are possible. "
        "Please shorten it, or send it in two parts.",
        longest,
    )


_TOO_LONG = {"name": _long_name, "contact": _long_contact}


def _sentences(_: _Say) -> dict[str, str]:
    return {
        "malformed": _(
            "What arrived could not be read as a form. Go back, check what you wrote, and "
            "send it again."
        ),
        "cross-site": _(
            "This form was sent from another site, so nothing was stored. Please open the "
            "page here and send it from there."
        ),
        "story-unknown": _("There is no such story here. Please check the address."),
        "not-found": _("There is no such page here. Please check the address."),
        "method-not-allowed": _(
            "This address does not take what was sent to it. Please go back and use the "
            "form on the page."
        ),
        "slow": _(
            "Your letter took too long to arrive, so nothing was stored. Please send it "
            "again."
        ),
        "story-closed": _(
            "This story does not take comments any more, so nothing was stored."
        ),
        "appeal-known": _(
            "Your appeal is with us already. There is one for each letter, so nothing was "
            "stored."
        ),
        "appeal-answered": _(
            "Your appeal was answered already; read the answer with your code. Nothing was "
            "stored."
        ),
        "appeal-late": _("The time for an appeal is over, so nothing was stored."),
        "appeal-needless": _(
            "There is no decision about this letter that you could appeal against; read "
            "with your code what became of it. Nothing was stored."
        ),
        "report-decided": _(
            "Your report was decided on already, so it can no longer be taken back; read "
            "the decision with your code. Nothing was stored."
        ),
        "length-missing": _(
            "It was sent in pieces whose number nobody told, so nothing was stored. Please "
            "use the form on the page."
        ),
        "too-long": _("Your text is too long. Please shorten it, or send it in two parts."),
        "body-too-large": _(
            "What you sent is too large, so nothing was stored. Please shorten it and send "
            "it again."
        ),
        "not-a-form": _(
            "Only the form on this site can be used to send something. Please go back and "
            "use the form."
        ),
        "empty": _("There is no text yet. Please write something and send it again."),
        "not-text": _(
            "There are characters in it that are not text. Please remove them and send it "
            "again. Typing the passage anew helps if you had copied it."
        ),
        "not-text-any-more": _(  # in a page whose form comes back without them
            "There were characters in it that are not text. They are taken out of what you "
            "see here: look it over, and send it again."
        ),
        "contact-wrong": _(
            "This does not look like an e-mail address. Please correct it or leave it out."
        ),
        "reply-unknown": _(
            "The comment that this is about is not published here any more, so nothing was "
            "stored."
        ),
        "alleged-unknown": _(
            "Please choose one of the answers in the form, or none, and send it again."
        ),
        "code-missing": _("There is no code yet. Please enter the one on your receipt."),
        "code-wrong": _(
            "There is a typing error in this code. Please compare it with your receipt, "
            "symbol by symbol, and try again."
        ),
        "sealed-broken": _(
            "This letter arrived damaged, so nothing was stored. Please send it again."
        ),
        "sealed-wrong": _(
            "This letter was sealed to a key that the newsroom does not use any more, so "
            "nothing was stored. Please load the page anew and send it again."
        ),
        "too-many": _(
            "Very many letters are arriving just now, so nothing was stored. Please wait a "
            "few minutes and send it again."
        ),
        "unavailable": _(
            "It cannot be stored just now, and nothing of it was kept. Please try again in "
            "half a minute."
        ),
        "closed": _(
            "The newsroom takes no letters just now, so nothing was stored. Please come "
            "back in an hour or later and send it then."
        ),
        "failed": _(
            "Something went wrong on our side, and nothing was stored. Please try again "
            "later."
        ),
    }
