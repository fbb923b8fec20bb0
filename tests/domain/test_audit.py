import json
import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterdesk.domain.audit import GENESIS, Entry, chain, commitment, first_break


def a_log(length: int) -> list[Entry]:
    """Give a log of so many entries, as the desk writes it."""
    log: list[Entry] = []
    for number in range(1, length + 1):
        facts = {"what": "approve", "who": f"m{number % 3}", "rules": [], "note": "한 é 😀"}
        previous = log[-1].digest if log else GENESIS
        digest = chain(previous, number, facts)
        log.append(Entry(number=number, facts=facts, digest=digest))
    return log


_LOG = a_log(40)


def test_a_log_that_nobody_touched_holds() -> None:
    assert first_break([]) is None
    assert first_break(_LOG) is None
    assert first_break(iter(_LOG[:7])) is None


def test_digests_stay_what_they_are() -> None:
    """Written down once: a change would break every log there is."""
    assert GENESIS == ("ec48629c8ff1266ef30846fc3a1bf08860a579540d6c791dc0563d64631a1a4c")
    assert _LOG[0].digest == (
        "877d06e7e4b6837c8f6eac6d828a5cf8b9dc6c85fccd76de95f4833c662de02d"
    )
    assert chain(GENESIS, 1, {"b": [1, 2.5, True, None], "a": {"z": "é", "y": ""}}) == (
        "d665e86e3236e509be1984748e4f50ae8989cec3455a2fe07bda7df2829141af"
    )


def _flip(log: list[Entry], dice: random.Random) -> list[Entry]:
    """Change one bit of one digest, or one character of one fact."""
    at = dice.randrange(len(log))
    entry = log[at]
    if dice.random() < 0.5:
        place = dice.randrange(64)
        digit = f"{int(entry.digest[place], 16) ^ (1 << dice.randrange(4)):x}"
        digest = entry.digest[:place] + digit + entry.digest[place + 1 :]
        changed = replace(entry, digest=digest)
    else:
        key = dice.choice(["what", "who", "note"])
        text = str(entry.facts[key])
        place = dice.randrange(len(text))
        char = chr(ord(text[place]) ^ (1 << dice.randrange(3)))
        value = text[:place] + char + text[place + 1 :]
        changed = replace(entry, facts={**entry.facts, key: value})
    return [*log[:at], changed, *log[at + 1 :]]


def _delete(log: list[Entry], dice: random.Random) -> list[Entry]:
    """Drop one entry, and sometimes number the rest anew."""
    at = dice.randrange(len(log) - 1)
    rest = [*log[:at], *log[at + 1 :]]
    return rest if dice.random() < 0.5 else _numbered(rest)


def _insert(log: list[Entry], dice: random.Random) -> list[Entry]:
    """Put in one entry that follows from the one before it, but is not its successor."""
    at = dice.randrange(len(log))
    facts = {"what": "reject", "who": "nobody"}
    previous = log[at - 1].digest if at else GENESIS
    added = Entry(number=at + 1, facts=facts, digest=chain(previous, at + 1, facts))
    return _numbered([*log[:at], added, *log[at:]])


def _swap(log: list[Entry], dice: random.Random) -> list[Entry]:
    one, two = dice.sample(range(len(log)), 2)
    swapped = list(log)
    swapped[one], swapped[two] = swapped[two], swapped[one]
    return swapped if dice.random() < 0.5 else _numbered(swapped)


def _repeat(log: list[Entry], dice: random.Random) -> list[Entry]:
    at = dice.randrange(len(log))
    return [*log[: at + 1], *log[at:]]


def _renumber(log: list[Entry], dice: random.Random) -> list[Entry]:
    at = dice.randrange(len(log))
    changed = replace(log[at], number=dice.choice([0, -1, at, at + 2, 10**9]))
    return [*log[:at], changed, *log[at + 1 :]]


def _numbered(log: list[Entry]) -> list[Entry]:
    return [replace(entry, number=number) for number, entry in enumerate(log, start=1)]


@pytest.mark.parametrize("mutate", [_flip, _delete, _insert, _swap, _repeat, _renumber])
def test_ten_thousand_changes_are_all_found(
    mutate: Callable[[list[Entry], random.Random], list[Entry]],
) -> None:
    dice = random.Random(1789)  # noqa: S311 -- the same changes every time
    log = _LOG[:12]
    head = log[-1]

    for _ in range(10_000 // 6 + 1):
        changed = mutate(log, dice)
        assert changed != log
        assert first_break(changed) is not None or changed[-1] != head


def test_the_first_wrong_entry_is_named() -> None:
    wrong = replace(_LOG[4], facts={"what": "reject"})

    assert first_break([*_LOG[:4], wrong, *_LOG[5:]]) == 5
    assert first_break([*_LOG[:4], *_LOG[5:]]) == 5
    assert first_break(_LOG[1:]) == 1
    # Made to follow from those before it, it is its successor that does not.
    digest = chain(_LOG[3].digest, 5, wrong.facts)
    assert first_break([*_LOG[:4], replace(wrong, digest=digest), *_LOG[5:]]) == 6


def test_a_log_cut_off_at_the_end_holds_but_lacks_the_published_head() -> None:
    for length in range(len(_LOG)):
        short = _LOG[:length]
        assert first_break(short) is None
        assert (short[-1].digest if short else GENESIS) != _LOG[-1].digest


def test_a_whole_log_written_anew_lacks_the_published_head() -> None:
    anew: list[Entry] = []
    for entry in _LOG:
        facts = {**entry.facts, "who": "somebody else"}
        digest = chain(anew[-1].digest if anew else GENESIS, entry.number, facts)
        anew.append(Entry(number=entry.number, facts=facts, digest=digest))

    assert first_break(anew) is None
    assert anew[-1].digest != _LOG[-1].digest


@pytest.mark.parametrize(
    "digest", ["", "é" * 64, "\ud800" * 64, _LOG[0].digest.upper(), _LOG[0].digest + " "]
)
def test_an_odd_digest_is_a_wrong_one(digest: str) -> None:
    assert first_break([replace(_LOG[0], digest=digest)]) == 1


@pytest.mark.parametrize("value", ["\ud800", float("inf"), 10**400, [[]], {"": None}, -0.0])
def test_an_odd_fact_is_a_fact(value: object) -> None:
    entry = Entry(number=1, facts={"odd": value}, digest=chain(GENESIS, 1, {"odd": value}))

    assert first_break([entry]) is None
    assert first_break([replace(entry, facts={"odd": "even"})]) == 1


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.text(max_size=4), _JSON, max_size=3), st.text(max_size=4), _JSON)
def test_different_facts_have_different_digests(
    facts: dict[str, object], key: str, value: object
) -> None:
    other = {**facts, key: value}
    is_same = _written(facts) == _written(other)

    assert (chain(GENESIS, 1, facts) == chain(GENESIS, 1, other)) == is_same


def _written(facts: dict[str, object]) -> str:
    return json.dumps(facts, sort_keys=True)


def test_a_commitment_tells_nothing_without_its_salt() -> None:
    assert commitment(b"salt", "text") == commitment(b"salt", "text")
    assert len({commitment(salt, text) for salt in (b"a", b"b") for text in "xy"}) == 4
    assert len(commitment(b"salt", "")) == 64
