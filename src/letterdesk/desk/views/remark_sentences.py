"""A signal's code as sentences, in the language of the screen, that can be argued with."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from django.utils.translation import (
    get_language,
    gettext,
    gettext_lazy,
    ngettext,
    to_locale,
)

from letterdesk.desk.queries.noticed import Noticed, StoredSignal
from letterdesk.desk.templatetags.desk import kind, language
from letterdesk.desk.views.odd_letters import OddLetter, odd_letters
from letterdesk.domain.marks import isolated, told
from letterdesk.domain.story import Story, plain
from letterdesk.domain.text import Html, revealed

_DETAILS = {
    "phone": gettext_lazy("a phone number"),
    "maybe_phone": gettext_lazy("what may be a phone number"),
    "mail": gettext_lazy("an e-mail address"),
    "link": gettext_lazy("a link"),
    "handle": gettext_lazy("an account’s name"),
    "computer": gettext_lazy("an IP address"),
    "identity": gettext_lazy("an identity number"),
    "card": gettext_lazy("a card or account number"),
    "plate": gettext_lazy("a number plate"),
    "address": gettext_lazy("a street address"),
    "birth": gettext_lazy("a date of birth"),
    "work": gettext_lazy("where somebody works"),
    "name": gettext_lazy("somebody’s name"),
}
_QUOTED = frozenset({"name", "work"})  # details whose words are quoted
_SIGNS = {
    "link": gettext_lazy("a link"),
    "number": gettext_lazy("a number to call"),
    "digits": gettext_lazy("a row of digits"),
    "price": gettext_lazy("a sum of money"),
    "follow": gettext_lazy("a request to subscribe, follow or join"),
    "visit": gettext_lazy("a request to look, click or get in touch"),
    "own": gettext_lazy("a channel, shop or site of its own"),
    "free": gettext_lazy("something for nothing"),
    "prize": gettext_lazy("a prize"),
    "money": gettext_lazy("a way to earn or borrow"),
    "offer": gettext_lazy("goods or services"),
    "gambling": gettext_lazy("gambling"),
    "adult": gettext_lazy("sex"),
    "urgent": gettext_lazy("hurry"),
    "terms": gettext_lazy("words of small print"),
    "crowd": gettext_lazy("a call to everybody"),
    "plea": gettext_lazy("a plea"),
    "account": gettext_lazy("an account to write to"),
}
_SCRIPTS = {  # as triage.language calls them, and by ISO 15924
    "Hangul": "Hang",
    "Kana": "Jpan",
    "Han": "Hani",
    "Latin": "Latn",
    "Arabic": "Arab",
    "Tibetan": "Tibt",
    "Myanmar": "Mymr",
    "Khmer": "Khmr",
    "Lao": "Laoo",
    "Thai": "Thai",
    "Cyrillic": "Cyrl",
    "Greek": "Grek",
    "Hebrew": "Hebr",
    "Devanagari": "Deva",
    "Armenian": "Armn",
    "Cherokee": "Cher",
    "Coptic": "Copt",
}


def sentences(
    signal: StoredSignal, found: Noticed, *, text: str, story: Story
) -> tuple[Html, ...]:
    """Give what a signal says of a letter's text; nothing when it has nothing to say."""
    if signal.did_not_run:
        label = kind(signal.kind)
        return (
            told(
                gettext("The check for “%(what)s” did not run. Look for it yourself."),
                what=label,
            ),
        )
    say = _SAID.get(signal.code)
    return say(signal, found, text, story) if say else ()


_Say = Callable[[StoredSignal, Noticed, str, Story], tuple[Html, ...]]


def _uncivil(plain_sentence: object, with_words: object) -> _Say:
    """Give what says it, with the words that are marked when there are some."""

    def say(
        signal: StoredSignal, _found: Noticed, text: str, _story: Story
    ) -> tuple[Html, ...]:
        words = [text[start:end] for start, end in signal.spans]
        if not words:
            return (told(str(plain_sentence)),)
        return (told(str(with_words), words=_listed([f"“{word}”" for word in words])),)

    return say


def _no_model(signal: StoredSignal, *_: object) -> tuple[Html, ...]:
    tag = language(signal.facts["language"])
    return (
        told(
            gettext(
                "The check for incivility has not learnt this language (%(language)s): it "
                "says nothing."
            ),
            language=tag,
        ),
    )


def _personal(
    signal: StoredSignal, _found: Noticed, text: str, _story: Story
) -> tuple[Html, ...]:
    details = [str(_DETAILS[name]) for name in signal.facts["details"]]
    quoted = [f"“{text[start:end]}”" for _, start, end in signal.facts.get("places", ())]
    said = [told(gettext("It seems to give %(details)s."), details=_listed(details))]
    if quoted:
        is_all = _QUOTED.issuperset(signal.facts["details"])
        sentence = (
            gettext("That is: %(words)s.")
            if is_all
            else gettext("Name, or place of work: %(words)s.")
        )
        said.append(told(sentence, words=_listed(quoted)))
    return tuple(said)


def _names(sentence: object) -> _Say:
    """Give what says whom a letter names, in its own words."""

    def say(
        signal: StoredSignal, _found: Noticed, text: str, _story: Story
    ) -> tuple[Html, ...]:
        words = [f"“{text[start:end]}”" for start, end in signal.spans]
        return (told(str(sentence), names=_listed(list(dict.fromkeys(words)))),)

    return say


def _advertising(signal: StoredSignal, *_: object) -> tuple[Html, ...]:
    named = [str(_SIGNS[name]) for name in signal.facts["signs"]]
    if not named:
        return (told(gettext("It reads like advertising; no single word makes it so.")),)
    return (
        told(gettext("It reads like advertising. In it: %(signs)s."), signs=_listed(named)),
    )


def _disguised(
    signal: StoredSignal, _found: Noticed, text: str, _story: Story
) -> tuple[Html, ...]:
    words = tuple(
        sentence
        for start, end, read in signal.facts["reads"]
        for sentence in _disguised_word(text[start:end], read)
    )
    return words + (_turned if signal.facts.get("turned") else _uncommon)(signal)


def _disguised_word(written: str, read: str) -> Iterator[Html]:
    """Give what a word reads, and its characters where both look the same."""
    yield told(
        gettext("“%(written)s” is not what it seems: it reads “%(read)s”."),
        written=Html(f"<bdi>{revealed(written)}</bdi>"),  # the letter shows it so, too
        read=read,
    )
    if odd := odd_letters(written):
        yield told(
            gettext("Not plain letters, by their place in the word: %(characters)s."),
            characters=Html(_listed([isolated(_character(one)) for one in odd])),
        )


def _character(one: OddLetter) -> str:
    script = _script(one.script) if one.script in _SCRIPTS else ""
    known = ", ".join(part for part in (one.point, script) if part)
    return f"{one.place} – {one.sign} ({known})" if one.sign else f"{one.place} – {known}"


def _turned(signal: StoredSignal, *_: object) -> tuple[Html, ...]:
    words = (told(gettext("It has characters that turn the direction of writing.")),)
    return (*words, *_uncommon(signal))


def _uncommon(signal: StoredSignal, *_: object) -> tuple[Html, ...]:
    """Give what is said of characters that nobody sees, or of which each sees another."""
    words = {
        "unseen": gettext(
            "It has characters that cannot be seen, or pile up on others: %(count)s. They "
            "are not published."
        ),
        "private": gettext(
            "It has characters without a meaning of their own, which look different on "
            "each device: %(count)s."
        ),
    }
    return tuple(
        told(said, count=str(signal.facts[name]))
        for name, said in words.items()
        if name in signal.facts
    )


def _figures(signal: StoredSignal, *_: object) -> tuple[Html, ...]:
    return tuple(
        told(
            gettext("The story says %(story)s; this says %(this)s."),
            story=_figure(pair, "story"),
            this=_figure(pair, "this"),
        )
        for pair in signal.facts["pairs"]
    )


def _figure(pair: Mapping[str, str], side: str) -> str:
    return f"{pair[side]}%" if pair["unit"] == "%" else pair[side]


def _other_language(
    signal: StoredSignal, found: Noticed, _text: str, story: Story
) -> tuple[Html, ...]:
    sentences = [
        told(
            gettext(
                "It is in %(language)s (%(script)s script); the story is in %(story)s."
            ),
            language=language(signal.facts["language"]),
            script=_script(signal.facts["script"]),
            story=language(story.language),
        )
    ]
    if found.other_desk:
        sentences.append(
            told(
                gettext("The desk “%(desk)s” works in this language: ask there."),
                desk=found.other_desk,
            )
        )
    return tuple(sentences)


def _unknown_language(signal: StoredSignal, *_: object) -> tuple[Html, ...]:
    script = signal.facts["script"]
    if not script:
        return (told(gettext("Its language cannot be told: there are no words in it.")),)
    return (
        told(
            gettext("Its language cannot be told; it is in %(script)s script."),
            script=_script(script),
        ),
    )


def _near_copies(_signal: StoredSignal, found: Noticed, *_: object) -> tuple[Html, ...]:
    return (
        told(
            ngettext(
                "%(number)s other letter says nearly the same; waiting: %(waiting)s.",
                "%(number)s other letters say nearly the same; waiting: %(waiting)s.",
                found.copies,
            ),
            number=str(found.copies),
            waiting=str(found.copies_waiting),
        ),
    )


def _passage(
    signal: StoredSignal, _found: Noticed, _text: str, story: Story
) -> tuple[Html, ...]:
    start, end = signal.facts["at"]
    quoted = plain(story.body)[start:end]
    if not quoted:
        return ()
    return (told(gettext("It seems to be about “%(quoted)s”"), quoted=quoted),)


def in_part(signal: StoredSignal) -> tuple[Html, ...]:
    """Give what to mind where a check for names found some, and did not look for all.

    And who was found before, and could not be looked for again.
    """
    kept = tuple(
        told(
            gettext("“%(label)s” was found before, and could not be looked for again."),
            label=label,
        )
        for label in signal.facts.get("kept", ())
    )
    if not signal.is_in_part:
        return kept
    rest = gettext("Not every name could be looked for. Look for others yourself.")
    return (*kept, told(rest))


def _protected(signal: StoredSignal, *_: object) -> tuple[Html, ...]:
    said = tuple(
        told(
            gettext(
                "It may name somebody who must not be named: “%(label)s”. Look closely."
            )
            if one["near"]
            else gettext("It names somebody who must not be named: “%(label)s”."),
            label=one["label"],
        )
        for one in signal.facts["names"]
    )
    return (*said, *in_part(signal))


_SAID: dict[str, _Say] = {
    "protected": _protected,
    "uncivil-maybe": _uncivil(
        gettext_lazy("It may read as uncivil; no single word makes it so."),
        gettext_lazy("It may read as uncivil, above all for %(words)s."),
    ),
    "uncivil-clearly": _uncivil(
        gettext_lazy("It clearly reads as uncivil; no single word makes it so."),
        gettext_lazy("It clearly reads as uncivil, above all for %(words)s."),
    ),
    "uncivil-in-part": _uncivil(
        gettext_lazy("As a whole it reads as civil, but a part of it clearly does not."),
        gettext_lazy(
            "As a whole it reads as civil, but a part of it clearly does not: %(words)s."
        ),
    ),
    "threat": _uncivil(
        gettext_lazy("It reads like a threat."),
        gettext_lazy("It reads like a threat: %(words)s."),
    ),
    "no-model": _no_model,
    "personal": _personal,
    "names": _names(
        gettext_lazy("It names somebody whom the story does not name: %(names)s.")
    ),
    "names-of-story": _names(
        gettext_lazy("It names somebody whom the story names, too: %(names)s.")
    ),
    "advertising": _advertising,
    "disguised": _disguised,
    "turned": _turned,
    "unseen": _uncommon,
    "private": _uncommon,
    "figures-differ": _figures,
    "language-other": _other_language,
    "language-unknown": _unknown_language,
    "near-copies": _near_copies,
    "passage": _passage,
}


def _listed(words: Sequence[str]) -> str:
    """Give words as the screen's language lists them."""
    locale = _locale()
    # What Babel has no words for in a language, Uyghur for one, it says in English.
    if locale.language != "en" and "and" in locale.list_patterns["standard"]["end"]:
        return "، ".join(words) if locale.text_direction == "rtl" else ", ".join(words)
    try:
        return format_list(list(words), locale=locale)
    except (ValueError, KeyError):
        return ", ".join(words)


def _script(name: str) -> str:
    return str(_locale().scripts.get(_SCRIPTS.get(name, ""), name))


def _locale() -> Locale:
    try:
        return Locale.parse(to_locale(get_language() or "en"))
    except (ValueError, UnknownLocaleError):
        return Locale("en")
