"""The statement of reasons: what an author is told of a decision against her words.

The fields are those of article 17(3) of Regulation (EU) 2022/2065 (DSA), plus what the
Commission's Transparency Database asks for beside them.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any


class Measure(StrEnum):
    """What a decision does to a letter."""

    NOT_PUBLISHED = "not-published"
    CUT = "cut"
    TAKEN_DOWN = "taken-down"
    LIFTED = "lifted"  # an appeal was right: an earlier measure ends


class Part(StrEnum):
    """What a cut takes away."""

    WORDS = "words"
    NAME = "name"  # the one above the letter


class Ground(StrEnum):
    """What a decision rests on."""

    TERMS = "terms"
    LAW = "law"


class Source(StrEnum):
    """What made the newsroom look."""

    OWN = "own"  # a moderator reads every letter
    NOTICE = "notice"  # a reader reported it (DSA, article 16)


class Verdict(StrEnum):
    """What became of an appeal."""

    OPEN = "open"
    UPHELD = "upheld"
    REVERSED = "reversed"


class Category(StrEnum):
    """What kind of wrong it is, as the Transparency Database sorts them."""

    ANIMAL_WELFARE = "ANIMAL_WELFARE"
    CONSUMER_INFORMATION = "CONSUMER_INFORMATION"
    CYBER_VIOLENCE = "CYBER_VIOLENCE"
    CYBER_VIOLENCE_AGAINST_WOMEN = "CYBER_VIOLENCE_AGAINST_WOMEN"
    PRIVACY = "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS"
    SPEECH = "ILLEGAL_OR_HARMFUL_SPEECH"
    INTELLECTUAL_PROPERTY = "INTELLECTUAL_PROPERTY_INFRINGEMENTS"
    CIVIC_DISCOURSE = "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS"
    NOT_SPECIFIED = "NOT_SPECIFIED_NOTICE"
    OTHER_RULE = "OTHER_VIOLATION_TC"
    MINORS = "PROTECTION_OF_MINORS"
    PUBLIC_SECURITY = "RISK_FOR_PUBLIC_SECURITY"
    SCAMS = "SCAMS_AND_FRAUD"
    SELF_HARM = "SELF_HARM"
    UNSAFE_PRODUCTS = "UNSAFE_AND_PROHIBITED_PRODUCTS"
    VIOLENCE = "VIOLENCE"


@dataclass(frozen=True, kw_only=True)
class Statement:
    """The reasons for one decision. Days are ISO; "" where there is none.

    `explanation` and `facts` are in the story's language. No decision of Letterdesk is
    taken by a machine; `detected` says whether one drew attention to the letter.
    """

    id: str  # random; leads to no letter and no receipt
    measure: Measure
    ground: Ground = Ground.TERMS
    rules: tuple[str, ...] = ()
    terms: str = ""  # the version of the Terms of Use
    law: str = ""  # the provision, where the ground is the law
    facts: str = ""
    explanation: str = ""
    source: Source = Source.OWN
    detected: bool = False
    category: Category = Category.OTHER_RULE
    language: str = ""  # of the letter
    written: str = ""  # the day on which the letter arrived
    applied: str = ""  # the day from which the decision counts
    until: str = ""  # "": for good
    territory: tuple[str, ...] = ()  # country codes; none: everywhere
    appeal_until: str = ""  # the last day for an appeal; "": there is none
    body: str = ""  # for a settlement out of court
    refers_to: str = ""  # the statement that this one answers
    verdict: str = ""  # on the appeal that it answers
    parts: tuple[Part, ...] = ()  # of a cut; none where an earlier version took words
    told_in: str = ""  # the story's language, for those who do not come from its page

    @property
    def takes_words(self) -> bool:
        """Say whether words were cut."""
        return self.measure is Measure.CUT and (not self.parts or Part.WORDS in self.parts)

    @property
    def takes_name(self) -> bool:
        """Say whether the name above the letter was left out."""
        return Part.NAME in self.parts


def to_facts(statement: Statement) -> dict[str, object]:
    """Give a statement as JSON values, without what is empty."""
    return {name: value for name, value in asdict(statement).items() if value}


def from_facts(facts: Mapping[str, Any]) -> Statement:
    """Give the statement that `to_facts` gave, also of a later version.

    Raises ValueError or TypeError when it is none.
    """
    known = {
        field.name: facts[field.name] for field in fields(Statement) if field.name in facts
    }
    known |= {name: kind(known[name]) for name, kind in _CHOICES.items() if name in known}
    known |= {name: tuple(known[name]) for name in ("rules", "territory") if name in known}
    known["parts"] = tuple(Part(part) for part in known.get("parts", ()))
    return Statement(**known)


_CHOICES: dict[str, Any] = {
    "measure": Measure,
    "ground": Ground,
    "source": Source,
    "category": Category,
}
