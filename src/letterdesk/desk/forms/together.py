"""A decision on several letters, as the page sends it that showed all of them in full."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.http import QueryDict

from letterdesk.desk.actions.rulings import Ruling
from letterdesk.desk.actions.together import Shown
from letterdesk.desk.forms.decision import FormWrong
from letterdesk.desk.queries.people import Person
from letterdesk.domain.states import Action

_WITH_PAGE = "page"
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
    how = f":{_WITH_PAGE}" if letter.with_page else ""
    return _signer(person, page).sign(f"{letter.id}:{letter.version}{how}")


def read_together(post: QueryDict, person: Person, *, page: str) -> TogetherWish:
    """Give the wish that a form holds. Raises FormWrong."""
    try:
        action = Action(post.get("action", ""))
    except ValueError as error:
        raise FormWrong("Something is missing in this form. Reload the page.") from error
    return TogetherWish(
        action=action,
        letters=_all_shown(post.getlist("letters"), person, page),
        ruling=Ruling(
            rules=tuple(dict.fromkeys(post.getlist("rules")))
            if action is Action.REJECT
            else (),
            note=post.get("note", "").strip() if action is Action.HOLD else "",
            terms=post.get("terms", ""),
        ),
    )


def read_ticks(post: QueryDict, person: Person, *, page: str) -> frozenset[Shown]:
    """Give what is to be ticked on the page that a form came from. Raises FormWrong.

    All that page has shown, once she asks for it, and nothing that it has not; what she
    has ticked by herself stays so.
    """
    asked = post.get("tick", "")
    kept = () if asked == "nothing" else post.getlist("letters")
    shown = post.getlist("shown") if asked == "page" else ()
    return frozenset(_all_shown([*kept, *shown], person, page))


def _all_shown(sent: Iterable[str], person: Person, page: str) -> tuple[Shown, ...]:
    try:
        return tuple(_shown(one, person, page) for one in sent)
    except (BadSignature, ValueError) as error:
        raise FormWrong("Something is missing in this form. Reload the page.") from error


def _shown(sent: str, person: Person, page: str) -> Shown:
    written = _signer(person, page).unsign(sent, max_age=_FRESH)
    public_id, version, *how = written.split(":")
    return Shown(id=public_id, version=int(version), with_page=how == [_WITH_PAGE])


def _signer(person: Person, page: str) -> TimestampSigner:
    return TimestampSigner(salt=f"letterdesk.desk.together.{person.id}.{page}")
