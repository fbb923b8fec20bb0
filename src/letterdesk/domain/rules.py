"""The Terms of Use: numbered rules, by version and language."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from letterdesk.domain.edit import is_note
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.statement import Category
from letterdesk.domain.text import tame


class RuleUnknown(LetterdeskError):
    """A rule was cited that the Terms of Use in force do not have."""

    code = "rule-unknown"


class RuleMissing(LetterdeskError):
    """A decision that must cite a rule cites none."""

    code = "rule-missing"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One numbered clause, in one language."""

    number: str
    title: str
    text: str
    reason: str  # the saved statement to an author whose words broke it
    note: str  # the bracketed note suggested for a cut, with its brackets
    category: Category = Category.OTHER_RULE  # of words that break it


@dataclass(frozen=True, kw_only=True)
class Terms:
    """One version of the Terms of Use, in one language."""

    version: str
    language: str
    title: str
    intro: tuple[str, ...]
    disclaimer: str
    rules: tuple[Rule, ...]

    def numbers(self) -> tuple[str, ...]:
        """Give the numbers of the rules, in order."""
        return tuple(rule.number for rule in self.rules)

    def find(self, number: str) -> Rule:
        """Give the rule with this number. Raises RuleUnknown when there is none."""
        for rule in self.rules:
            if rule.number == number:
                return rule
        raise RuleUnknown(
            f"There is no rule {number!r} in the Terms of Use {self.version}. "
            f"The rules are {', '.join(self.numbers())}."
        )


@dataclass(frozen=True, kw_only=True)
class TermsVersion:
    """One version of the Terms of Use, in every language that it has.

    `since` is the day from which it counts, ISO; "" where that is not known.
    """

    version: str
    since: str = ""
    texts: tuple[Terms, ...] = field(default=())

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it has."""
        return tuple(text.language for text in self.texts)


def gaps(terms: Terms) -> Iterator[tuple[str, str]]:
    """Give what a text lacks: a rule's number ("" for the whole) and a field's name."""
    whole = {
        "title": terms.title,
        "intro": "".join(terms.intro),
        "disclaimer": terms.disclaimer,
        "rules": terms.rules,
    }
    yield from (("", name) for name, value in whole.items() if not value)
    for rule in terms.rules:
        parts = (("title", rule.title), ("text", rule.text), ("reason", rule.reason))
        yield from ((rule.number, name) for name, value in parts if not value)
        if not is_note(rule.note) or tame(rule.note) != rule.note:
            yield rule.number, "note"


def cited(terms: Terms, numbers: Collection[str], *, due: bool) -> tuple[str, ...]:
    """Give the rules that a decision cites, in the terms' order, each once.

    Raises RuleUnknown for a number that the terms do not have, RuleMissing when a rule is
    due and none is cited.
    """
    for number in numbers:
        terms.find(number)
    if due and not numbers:
        raise RuleMissing("Cite the rule that this decision rests on.")
    return tuple(number for number in terms.numbers() if number in numbers)
