"""Is it what it seems? Words written so that a reader sees them and a filter does not."""

import re
import unicodedata

from letterdesk.domain.disguise import disguises
from letterdesk.triage.east import HAN
from letterdesk.triage.letters import FOLD, LOOK_ALIKES
from letterdesk.triage.normal import normal
from letterdesk.triage.set_apart import set_apart
from letterdesk.triage.signal import Kind, Signal, Span, joined

_WORD = re.compile(r"[^\s.]+(?:\.[^\s.]+)*")
_HAN = re.compile(f"[{HAN}]")
_HAN_APART = re.compile(f"[{HAN}](?:[*^_\u200b-\u200d\u2060\ufeff][{HAN}])+")
_LETTERS = re.compile(r"[^\W\d_]")
_SYLLABLES = re.compile("[가-힣]")
_WORDS_OF_ONE = frozenset(
    "이그저놈년다또좀말글얘걔쟤때넌난할둘못안두세네한번몇수도달걸별앞뒤옆양월화목금토일더잘왜뭐"
    "게것내나너전참꼭늘막온옛첫집돈법차밥술물불"
)
_HELD = re.compile(r"(.)\1{2,}", re.DOTALL)
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Private use: what they look like is up to the fonts of whoever reads (Unicode, 23.5).
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+")
_PLAIN_SIGNS = dict.fromkeys("’‘ʼ´", "'") | dict.fromkeys("“”„«»「」『』", '"')
# Signs that stand inside ordinary words, addresses and abbreviations, and emoji's joiners.
_ORDINARY = re.compile(  # besides initials (J. R. R.), H1N1, the alphabet, €90m
    r"https?:|www\.|@\w+\.|^[A-Z]([.&/][A-Z])+\.?$|^[A-Z](?:\. [A-Z])+\.?$"
    r"|^[A-Z]\d[A-Z]\d{1,2}$|^[Aa] [Bb] [Cc]\b|^[$€£¥]\d"
)
# Letters of Vietnamese, Turkish, Polish, the Nordic languages: as plain as accents.
_PLAIN_LETTERS = str.maketrans("đıøłħ", "diolh")
_EMOJI = re.compile("[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\ufe0f]")
# Signs of units and trade, numbers above and below the line, Roman ones, half-width kana,
# joined Arabic letters, a single ⓒ: how people write. Letters of other alphabets in Latin
# words, in frames, in circles side by side and of mathematics are none of these.
_SIGN = re.compile(
    "[\u00b2\u00b3\u00b9\u2070-\u208e\u2103\u2109\u2116\u2120-\u2122\u2126\u212a\u212b\u2150-\u215f\u2189"
    "\u3200-\u321e\u3220-\u3247\u3260-\u327e\u32c0-\u33ff\ufb50-\ufdff\ufe70-\ufefc\uff61-\uff9f]"
)
_LETTER_SIGN = re.compile(
    "(?<![A-Za-z\u24b6-\u24e9])(?:[\u2160-\u217f]+|[\u24b6-\u24e9])(?![A-Za-z\u24b6-\u24e9])"
)
_UNIT = re.compile("[\u00b5\u03bc](?=[A-Za-z]{1,3}(?![A-Za-z])|-)")
_HOST = re.compile(  # of a link, without who signs in there
    r"(?:https?://|www\.)(?:[^\s/@]{1,128}@)?([^\s/:?#@，。）)\"'<>]{3,253})"
    r"|(?<![\w.@/])((?=[a-z0-9\-.]{0,253}xn--)[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63}){1,9})",
    re.IGNORECASE,
)
_PUNY = "xn--"
_IN_HOSTS = ("http", "www.", _PUNY)  # without one of which nothing is a host
# Letters that look the same in Latin; of whole labels of others nobody takes one for it.
_SAME = frozenset("асԁеһіјӏорԛѕтԝхуѵкмѡοναιρυκ")
_MOST_TOLD = 3
# Characters that nobody sees and that come with text pasted from elsewhere: soft hyphens,
# spaces of no width, a mark of byte order. A run of others is no accident, nor are many.
_PASTED = frozenset("\u00ad\u200b\ufeff")
_RUN, _MANY = 3, 8
_UNDISGUISED = Signal(
    kind=Kind.DISGUISE,
    score=0.0,
    code="undisguised",
    reason="Nothing in it is disguised.",
)


def disguise(text: str) -> Signal:
    """Give the words of `text` that are not what they seem, and what they read."""
    hosts = _hidden_hosts(text)
    hidden = [
        *hosts,
        *(one for one in _hidden_words(text) if not _is_within(one[0], hosts)),
    ]
    turned: list[Span] = []
    unseen: list[Span] = []
    private: list[Span] = []
    if not text.isascii():
        hidden += _hidden_han(text)
        hidden += [one for one in set_apart(text) if not _is_within(one[0], hidden)]
        turned = [Span(*match.span()) for match in _TURNED.finditer(text)]
        unseen = _unseen(text)
        private = [Span(*match.span()) for match in _PRIVATE.finditer(text)]
    if not (hidden or turned or unseen or private):
        return _UNDISGUISED
    spans = {*(span for span, _ in hidden), *turned, *unseen, *private}
    code, facts = _told(hidden, turned, unseen, private)
    return Signal(
        kind=Kind.DISGUISE,
        score=min(1.0, 0.5 * len(spans)),
        spans=joined([*spans]),
        code=code,
        facts=facts,
        reason=_reason(text, hidden, turned, unseen, private),
    )


def _hidden_words(text: str) -> list[tuple[Span, str]]:
    """Give words whose letters are others than they seem; Chinese parts no words."""
    found = normal(text)
    plain = text.lower() if text.isascii() else _with_plain_signs(text.lower())
    if found.text == plain:
        return []
    words = found.text.split()
    if words == plain.split() or words == _HELD.sub(r"\1\1", plain).split():
        return []
    hidden: list[tuple[Span, str]] = []
    for match in _WORD.finditer(found.text):
        start, end = match.span()
        written, read = text[found.starts[start] : found.ends[end - 1]], match[0]
        if written.lower() != read and not _HAN.search(read) and _is_hidden(written, read):
            hidden.append((found.span(start, end), read))
    return hidden


def _hidden_hosts(text: str) -> list[tuple[Span, str]]:
    """Give hosts of links that seem to be others, or are in code, and what they read."""
    small = text.lower()
    if not any(map(small.__contains__, (_PUNY,) if text.isascii() else _IN_HOSTS)):
        return []
    hidden: list[tuple[Span, str]] = []
    for match in _HOST.finditer(text):
        group = 1 if match[1] else 2
        host = match[group].rstrip(".").lower()
        read = ".".join(map(_host_label, host.split(".")))
        if read != host:
            hidden.append((Span(match.start(group), match.start(group) + len(host)), read))
    return hidden


def _host_label(label: str) -> str:
    """Give a part of a host's name as readers take it: decoded, and in Latin letters."""
    if label.startswith(_PUNY):
        try:
            label = label.removeprefix(_PUNY).encode().decode("punycode")
        except UnicodeError:
            return label
    odd = {char for char in label if not char.isascii()}
    is_mixed = any(char.isascii() and char.isalpha() for char in label)
    if not odd or not odd <= (LOOK_ALIKES.keys() if is_mixed else _SAME):
        return label
    return "".join("l" if char == "ӏ" else LOOK_ALIKES.get(char, char) for char in label)


def _with_plain_signs(text: str) -> str:
    for sign, plain in _PLAIN_SIGNS.items():  # far quicker than to look at each letter
        text = text.replace(sign, plain)
    return text


def _hidden_han(text: str) -> list[tuple[Span, str]]:
    """Give Han letters with signs between them that no sentence has there."""
    return [
        (Span(*match.span()), "".join(_HAN.findall(match[0])))
        for match in _HAN_APART.finditer(text)
    ]


def _is_within(span: Span, hidden: list[tuple[Span, str]]) -> bool:
    return any(span.start < other.end and other.start < span.end for other, _ in hidden)


def _unseen(text: str) -> list[Span]:
    """Give runs of what nobody sees, or what piles up, if they are no accident."""
    runs = [Span(*run) for run in disguises(text)]
    strange = [
        run
        for run in runs
        if not _PASTED.issuperset(text[run.start : run.end])
        and not _TURNED.search(text, run.start, run.end)
    ]
    longest = max((run.end - run.start for run in strange), default=0)
    return strange if longest >= _RUN or _count(strange) >= _MANY else []


def _is_hidden(written: str, read: str) -> bool:
    if len(_LETTERS.findall(read)) < 2 or _ORDINARY.search(written):
        return False
    if written.isascii():
        return _plainly(written) != _plainly(read)
    if _are_words(written):
        return False
    seen, meant = _plainly(_without_signs(written)), _plainly(_without_signs(read))
    return seen != meant and meant not in seen.split() and not _only_emoji(written)


def _are_words(written: str) -> bool:
    """Say whether syllables that spaces part are mostly words by themselves: 할 때 넌."""
    parts = _SYLLABLES.findall(written) if " " in written else []
    words = sum(map(_WORDS_OF_ONE.__contains__, parts))
    return words * 3 >= len(parts) * 2 > 0 and len("".join(written.split())) == len(parts)


def _without_signs(word: str) -> str:
    """Give a word with letters for what is a sign of its own: CO₂, 5㎞, Ⅲ, 5µm."""
    plain = _SIGN.sub(_folded, word)
    return _UNIT.sub("u", _LETTER_SIGN.sub(_folded, plain))


def _folded(signs: re.Match[str]) -> str:
    return "".join(map(FOLD.__getitem__, signs[0]))


def _plainly(word: str) -> str:
    """Give a word without what is no disguise: case, accents, quotes, letters held."""
    wide = _with_plain_signs(word).translate(_WIDE_SIGNS)
    bare = "".join(
        char
        for char in unicodedata.normalize("NFD", wide.lower().translate(_PLAIN_LETTERS))
        if unicodedata.category(char) != "Mn"
    )
    return _HELD.sub(r"\1\1", unicodedata.normalize("NFC", bare))


def _only_emoji(written: str) -> bool:
    """Say whether flags and the like are all that was read as letters."""
    rest = _EMOJI.sub("", written)
    return rest != written and len(_LETTERS.findall(rest)) < 2


# Full-width signs and digits are how Chinese and Japanese are written; letters are not.
_WIDE_SIGNS = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF41)} | {0x3000: " "}


def _told(
    hidden: list[tuple[Span, str]],
    turned: list[Span],
    unseen: list[Span],
    private: list[Span],
) -> tuple[str, dict[str, object]]:
    """Give the code; with it where the first words stand, what each reads, and more."""
    counted = {"unseen": _count(unseen), "private": _count(private)}
    facts: dict[str, object] = {name: count for name, count in counted.items() if count}
    if hidden:
        reads = [[span.start, span.end, read] for span, read in hidden[:_MOST_TOLD]]
        return "disguised", {"reads": reads} | ({"turned": True} if turned else {}) | facts
    return ("turned" if turned else "unseen" if unseen else "private"), facts


def _count(runs: list[Span]) -> int:
    return sum(run.end - run.start for run in runs)


def _reason(
    text: str,
    hidden: list[tuple[Span, str]],
    turned: list[Span],
    unseen: list[Span],
    private: list[Span],
) -> str:
    reasons = []
    if hidden:
        told = ", ".join(
            f"“{text[span.start : span.end]}” reads “{read}”"
            for span, read in hidden[:_MOST_TOLD]
        )
        reasons.append(f"Written so that it looks like something else: {told}.")
    if turned:
        reasons.append("It has characters that turn the direction of writing.")
    if unseen:
        reasons.append(
            "It has characters that cannot be seen, or pile up on others: "
            f"{_count(unseen)}. They are not published."
        )
    if private:
        reasons.append(
            "It has characters without a meaning of their own, which look different on "
            f"each device: {_count(private)}."
        )
    return " ".join(reasons)
