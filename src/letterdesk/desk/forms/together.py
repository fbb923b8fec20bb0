"""A decision on several letters, as the page sends it that showed all of them in full."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.http import QueryDict

from letterdesk.desk.actions.rulings import Ruling
from letterdesk.desk.actions.together import Shown
from letterdesk.desk.forms.decision import FormWrong
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Action

_FRESH = timedelta(hours=12)  # a day's work; after that she looks again


@dataclass(frozen=True, kw_only=True)
class TogetherWish:
    """What somebody wants for the letters that she ticked."""

    action: Action
    letters: tuple[Shown, ...]
    ruling: Ruling


def ticket(person: Person, letter: Shown, *, page: str) -> str:
    """Give what a letter's tick box sends: that its words were on this person's screen.

    Signed, so that nobody decides on letters that no page has shown her; `page` is the
    page's address: what one group showed counts for no other.
    """
    return _signer(person, page).sign(f"{letter.id}:{letter.version}")


def read_together(post: QueryDict, person: Person, *, page: str) -> TogetherWish:
    """Give the wish that a form holds. Raises FormWrong."""
    try:
        action = Action(post.get("action", ""))
        letters = tuple(_shown(one, person, page) for one in post.getlist("letters"))
    except (BadSignature, ValueError) as error:
        raise FormWrong("Something is missing in this form. Reload the page.") from error
    return TogetherWish(
        action=action,
        letters=letters,
        ruling=Ruling(
            rules=tuple(dict.fromkeys(post.getlist("rules")))
            if action is Action.REJECT
            else (),
            note=post.get("note", "").strip() if action is Action.HOLD else "",
        ),
    )


def _shown(sent: str, person: Person, page: str) -> Shown:
    written = _signer(person, page).unsign(sent, max_age=_FRESH)
    public_id, version = written.split(":")
    return Shown(id=public_id, version=int(version))


def _signer(person: Person, page: str) -> TimestampSigner:
    return TimestampSigner(salt=f"letterdesk.desk.together.{person.id}.{page}")
