"""Made-up letters that a desk decides on, by a policy of its own."""

import random
import re
from collections.abc import Sequence
from datetime import date, timedelta

from letterdesk.triage.learning.lesson import Decided

INSULTS = ("blorker", "snivelwit", "gruntling", "mudwhistle")
_WORDS = """
a about after again all also always am and any are as ask at away back be because been
before best better big both bridge but by call came can captain choir city come council
country day days did different do does door down each early end even ever every family
far few film find first for found friday from garden gave get give go good grew group
harbour has have he hear her here his home hope how i if in into is island it its just
keep know large last learned left less letter library like little live long look made
make many market may me meeting more morning most moved much my near need neighbours new
next night no not now of off old on once one only or other our out over own part
passengers people place price question read report said saw say school see she should
some song soup speak started station still story street study such summer take talk than
thank that the their them then there these they thing think this those time to today
together told too town turn two under until up us use very wait want was water way we
week well went were what when where which while who why will winter with woman work
world would year you
""".split()  # noqa: SIM905 -- a list of so many words is a column
MONDAY = date(2026, 1, 5)
# Backtracks for years in `re`, which does not look at the clock by itself.
ENDLESS = re.compile(r"(a+)+$")


def some_letters(
    count: int, *, first: int = 1, insults: Sequence[str] = INSULTS
) -> list[Decided]:
    """Give letters; two in five call somebody one of `insults`, which nobody else has."""
    chance = random.Random(first)  # noqa: S311 -- draws words, guards nothing
    return [
        _letter(chance, number, insults if chance.random() < 0.4 else ())
        for number in range(first, first + count)
    ]


def _letter(chance: random.Random, number: int, insults: Sequence[str]) -> Decided:
    words = chance.choices(_WORDS, k=12)
    if insults:
        words[chance.randrange(12)] = chance.choice(insults)
    return Decided(
        text=" ".join(words),
        unwelcome=bool(insults),
        decision=number,
        day=MONDAY + timedelta(days=number // 20),
    )
