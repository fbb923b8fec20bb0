"""The sentence for each refusal, in the reader's language: what happened, what to do."""

from letterdesk.reader.words import number, words


def gettext_noop(sentence: str) -> str:
    """Mark a sentence of a table for the catalogues; it is translated where it is said."""
    return sentence


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """Mark a sentence that counts, as `gettext_noop` does."""
    return one, many


_TOO_LONG = {
    "name": ngettext_noop(
        "The name has %(length)s characters. At most %(longest)s character is possible. "
        "Please shorten it.",
        "The name has %(length)s characters. At most %(longest)s characters are possible. "
        "Please shorten it.",
    ),
    "contact": ngettext_noop(
        "The e-mail address has %(length)s characters. At most %(longest)s character is "
        "possible. Please correct it or leave it out.",
        "The e-mail address has %(length)s characters. At most %(longest)s characters are "
        "possible. Please correct it or leave it out.",
    ),
    "text": ngettext_noop(
        "Your text has %(length)s characters. At most %(longest)s character is possible. "
        "Please shorten it, or send it in two parts.",
        "Your text has %(length)s characters. At most %(longest)s characters are possible. "
        "Please shorten it, or send it in two parts.",
    ),
}

_SENTENCES = {
    "malformed": gettext_noop(
        "What arrived could not be read as a form. Go back, check what you wrote, and "
        "send it again."
    ),
    "cross-site": gettext_noop(
        "This form was sent from another site, so nothing was stored. Please open the "
        "page here and send it from there."
    ),
    "story-unknown": gettext_noop("There is no such story here. Please check the address."),
    "not-found": gettext_noop("There is no such page here. Please check the address."),
    "method-not-allowed": gettext_noop(
        "This address does not take what was sent to it. Please go back and use the "
        "form on the page."
    ),
    "slow": gettext_noop(
        "Your letter took too long to arrive, so nothing was stored. Please send it again."
    ),
    "story-closed": gettext_noop(
        "This story does not take comments any more, so nothing was stored."
    ),
    "appeal-known": gettext_noop(
        "Your appeal is with us already. There is one for each letter, so nothing was "
        "stored."
    ),
    "appeal-answered": gettext_noop(
        "Your appeal was answered already; read the answer with your code. Nothing was "
        "stored."
    ),
    "appeal-late": gettext_noop("The time for an appeal is over, so nothing was stored."),
    "appeal-needless": gettext_noop(
        "There is no decision about this letter that you could appeal against; read "
        "with your code what became of it. Nothing was stored."
    ),
    "report-decided": gettext_noop(
        "Your report was decided on already, so it can no longer be taken back; read "
        "the decision with your code. Nothing was stored."
    ),
    "length-missing": gettext_noop(
        "It was sent in pieces whose number nobody told, so nothing was stored. Please "
        "use the form on the page."
    ),
    "too-long": gettext_noop(
        "Your text is too long. Please shorten it, or send it in two parts."
    ),
    "body-too-large": gettext_noop(
        "What you sent is too large, so nothing was stored. Please shorten it and send "
        "it again."
    ),
    "not-a-form": gettext_noop(
        "Only the form on this site can be used to send something. Please go back and "
        "use the form."
    ),
    "empty": gettext_noop(
        "There is no text yet. Please write something and send it again."
    ),
    "not-text": gettext_noop(
        "There are characters in it that are not text. Please remove them and send it "
        "again. Typing the passage anew helps if you had copied it."
    ),
    "not-text-any-more": gettext_noop(  # in a page whose form comes back without them
        "There were characters in it that are not text. They are taken out of what you "
        "see here: look it over, and send it again."
    ),
    "contact-wrong": gettext_noop(
        "This does not look like an e-mail address. Please correct it or leave it out."
    ),
    "reply-unknown": gettext_noop(
        "The comment that this is about is not published here any more, so nothing was "
        "stored."
    ),
    "alleged-unknown": gettext_noop(
        "Please choose one of the answers in the form, or none, and send it again."
    ),
    "code-missing": gettext_noop(
        "There is no code yet. Please enter the one on your receipt."
    ),
    "code-wrong": gettext_noop(
        "There is a typing error in this code. Please compare it with your receipt, "
        "symbol by symbol, and try again."
    ),
    "sealed-broken": gettext_noop(
        "This letter arrived damaged, so nothing was stored. Please send it again."
    ),
    "sealed-wrong": gettext_noop(
        "This letter was sealed to a key that the newsroom does not use any more, so "
        "nothing was stored. Please load the page anew and send it again."
    ),
    "too-many": gettext_noop(
        "Very many letters are arriving just now, so nothing was stored. Please wait a "
        "few minutes and send it again."
    ),
    "unavailable": gettext_noop(
        "It cannot be stored just now, and nothing of it was kept. Please try again in "
        "half a minute."
    ),
    "unsure": gettext_noop(
        "We cannot say whether your letter arrived. Your words are still here: please send "
        "them again. Should both arrive, they count once."
    ),
    "closed": gettext_noop(
        "The newsroom takes no letters just now, so nothing was stored. Please come "
        "back in an hour or later and send it then."
    ),
    "failed": gettext_noop(
        "Something went wrong on our side, and nothing was stored. Please try again later."
    ),
}


def sentence(code: str, language: str, **facts: object) -> str:
    """Give the sentence for a refusal `code`; an unknown code says that something failed.

    `facts` fill in what the sentence tells: for `too-long` field, longest and length.
    """
    longest, length = facts.get("longest"), facts.get("length")
    if code == "too-long" and isinstance(longest, int) and isinstance(length, int):
        one, many = _TOO_LONG.get(str(facts.get("field")), _TOO_LONG["text"])
        return words(language).ngettext(one, many, longest) % {
            "length": number(length, language),
            "longest": number(longest, language),
        }
    return words(language).gettext(_SENTENCES.get(code, _SENTENCES["failed"]))
