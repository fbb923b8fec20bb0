"""The Terms of Use: numbered rules in one language and version."""

from collections.abc import Collection
from dataclasses import dataclass

from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.statement import Category


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
