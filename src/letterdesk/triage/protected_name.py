"""Does it name somebody who must not be named? A list of keyed hashes that names nobody.

Of a name only HMACs (RFC 2104) of its normal forms are kept, and of those forms with one
letter wrong, missing, too many or swapped (Damerau, 1964): a text is tried as it is, and
only in stretches of as many letters as a form has. Without the key a list of hashes cannot
be tried against names.

What is matched: any spacing, case, look-alike and disguise that triage.normal undoes;
Hangul, and its romanisations by how they sound; Han, and pinyin or homophones; one typing
error. A name in another script, such as Hanja, is another spelling that an editor gives;
how those beside Latin, Hangul and Han are compared, triage.scripts says. A short name in
Han among other letters of Han is told as nearly one; two letters that only sound like one
are none where they belong to ordinary words.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from letterdesk.triage.protected.candidates import Told, tried
from letterdesk.triage.protected.forms import forms_of
from letterdesk.triage.protected.han import is_among_others, is_between_words, is_of_words
from letterdesk.triage.protected.parted import is_across_clauses, is_across_words
from letterdesk.triage.signal import Kind, Signal, Span

_NEAR = 0.6  # the score of what is only nearly a name
SIZE = 16  # bytes of an HMAC that are kept
_BLOCK = 64  # bytes, of SHA-256
_INNER, _OUTER = bytes(n ^ 0x36 for n in range(256)), bytes(n ^ 0x5C for n in range(256))


@dataclass(frozen=True, kw_only=True)
class Form:
    """What is kept of one form of a name: an HMAC, and whether it is only nearly the name.

    `kind` is the way in which it was made, and of how many letters it is, so that texts are
    not tried for others; `~` in it says that it has an error.
    """

    digest: bytes
    kind: str
    is_near: bool


@dataclass(frozen=True, kw_only=True)
class Names:
    """The names that count for a story: labels by HMAC, exact forms and near ones apart.

    `is_in_part`: more count, by whom nobody is recognised, as they are of another key.
    """

    key: bytes
    exact: Mapping[bytes, str]
    near: Mapping[bytes, str]
    kinds: frozenset[str]
    is_in_part: bool = False


_UNNAMED = Signal(
    kind=Kind.PROTECTED_NAME,
    score=0.0,
    code="unnamed",
    reason="It names nobody on the list.",
)
NOBODY = Names(key=b"", exact={}, near={}, kinds=frozenset())


def forms(name: str, *, key: bytes) -> frozenset[Form]:
    """Give what is kept of one spelling of a name; nothing when it is too short."""
    exact, near = forms_of(name)
    only_near, digest = set(near) - set(exact), _hmac(key)
    return frozenset(
        Form(
            digest=digest(_as_tried(one)),
            kind=one.partition(" ")[0],
            is_near=one in only_near,
        )
        for one in {*exact, *near}
    )


def names_of(found: Collection[Form], *, label: str, key: bytes) -> Names:
    """Give the forms of one name as what texts are tried for."""
    return Names(
        key=key,
        exact={one.digest: label for one in found if not one.is_near},
        near={one.digest: label for one in found if one.is_near},
        kinds=frozenset(one.kind for one in found),
    )


def recognised(names: Names) -> Names:
    """Give names as if those that can be looked for were all."""
    return replace(names, is_in_part=False)


def fingerprint(key: bytes) -> bytes:
    """Give what a key is known by again; it tells nothing of the key, and is no form."""
    return _hmac(key)("fingerprint")


def protected_name(text: str, *, names: Names) -> Signal:
    """Give which of `names` a text seems to give, by their labels.

    Where these are not all, it says so: its facts are `unread`. Raises ValueError when it
    would say that nobody is named, and could not look for everybody, or had no key.
    """
    if names.kinds and not names.key:
        raise ValueError("no key")
    found = _found(text, names) if names.kinds else {}
    exact = {label for label, is_near in found if not is_near}
    said = {
        (label, is_near): spans
        for (label, is_near), spans in found.items()
        if not is_near or label not in exact
    }
    if not said and names.is_in_part:
        raise ValueError("some names are of another key")
    if not said:
        return _UNNAMED
    labels = sorted(said)
    told = {"names": [{"label": label, "near": is_near} for label, is_near in labels]}
    return Signal(
        kind=Kind.PROTECTED_NAME,
        score=1.0 if exact else _NEAR,
        spans=_widest([span for spans in said.values() for span in spans]),
        code="protected",
        facts=told | ({"unread": True} if names.is_in_part else {}),
        reason="; ".join(
            f"It {'nearly names' if is_near else 'names'} “{label}”"
            for label, is_near in labels
        )
        + ".",
    )


def _found(text: str, names: Names) -> dict[tuple[str, bool], list[Span]]:
    """Give where a text gives each label, and where it only nearly does."""
    found: dict[tuple[str, bool], list[Span]] = {}
    digest = _hmac(names.key)
    for form, read, start, end, told in tried(text, names.kinds):
        digested = digest(form)
        if digested not in names.exact and digested not in names.near:
            continue  # as nearly all
        if _is_by_chance(form, read.text, start, end):
            continue
        if label := names.exact.get(digested):
            may_be = form.startswith("han") and is_among_others(read.text, start, end)
            place = (label, told is not Told.AS_IT_IS or may_be)
            found.setdefault(place, []).append(read.span(start, end))
        elif (label := names.near.get(digested)) and not (
            told is Told.WITHOUT_ERROR
            or (_is_of_two_syllables(form) and is_of_words(read.text, start, end))
        ):
            found.setdefault((label, True), []).append(read.span(start, end))
    return found


def _is_of_two_syllables(form: str) -> bool:
    kind, _, heard = form.partition(" ")
    return kind.startswith("pinyin") and len(heard) == 2


def _is_by_chance(form: str, text: str, start: int, end: int) -> bool:
    """Say whether letters that a name has, too, are of ordinary words around them."""
    if form.startswith("hangul"):
        return is_across_words(text, start, end)
    if form.startswith("han"):
        return is_between_words(text, start, end) or is_across_clauses(text, start, end)
    return form.startswith("pinyin") and is_across_clauses(text, start, end)


def _as_tried(form: str) -> str:
    """Give a form as texts have it: there, nothing tells that it has an error."""
    kind, _, letters = form.partition(" ")
    return f"{kind.replace('~', '')} {letters}"


def _hmac(key: bytes) -> Callable[[str], bytes]:
    """Give what makes HMACs of forms under a key, in a third of the time of `hmac`'s."""
    short = sha256(key).digest() if len(key) > _BLOCK else key
    block = short.ljust(_BLOCK, b"\0")
    inner, outer = sha256(block.translate(_INNER)), sha256(block.translate(_OUTER))

    def digest(form: str) -> bytes:
        inside, whole = inner.copy(), outer.copy()
        inside.update(form.encode("utf-8", "surrogatepass"))
        whole.update(inside.digest())
        return whole.digest()[:SIZE]

    return digest


def _widest(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Give spans in order; of those that overlap, one around them all."""
    found: list[Span] = []
    for span in sorted(set(spans)):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
