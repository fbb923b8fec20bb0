"""Letters as readers send them, and a spool that fails."""

from dataclasses import dataclass, field

from letterdesk.domain.errors import PlaceFailed
from letterdesk.domain.letter import Letter, LetterKind
from letterdesk.domain.receipt import action_digest
from letterdesk.places.folder import Folder
from tests.desk import rows
from tests.values import TODAY, a_letter, an_id


def letter(number: int, **changes: object) -> Letter:
    keys = rows.receipt(number)
    values: dict[str, object] = {
        "id": an_id(number),
        "story": an_id(901),
        "lookup": keys.lookup,
        "outcome_key": keys.outcome_key,
        "action_digest": action_digest(keys.action_key),
    }
    return a_letter(**(values | changes))


def by_receipt(kind: LetterKind, number: int, about: int, **changes: object) -> Letter:
    """Give a withdrawal or an appeal with the receipt of the letter `about`."""
    keys = rows.receipt(about)
    values: dict[str, object] = {
        "id": an_id(number),
        "kind": kind,
        "text": "" if kind is LetterKind.WITHDRAWAL else "It was true.",
        "lookup": keys.lookup,
        "action_key": keys.action_key,
    }
    return Letter(arrived=TODAY, **(values | changes))


@dataclass(frozen=True, kw_only=True)
class Failing(Folder):
    """A disk that does not give what lies under some names."""

    tried: list[str] = field(default_factory=list)

    def read(self, name: str) -> bytes:
        self.tried.append(name)
        if name.startswith("broken"):
            raise PlaceFailed(f"Could not read {name}: Input/output error.")
        return super().read(name)
