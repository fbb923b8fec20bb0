"""A decision as the forms of the card send it."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict

from letterdesk.desk.actions.rulings import Grounds, Ruling
from letterdesk.desk.forms.words import read_word
from letterdesk.desk.queries.noticed import SOUGHT
from letterdesk.desk.queries.parts import Part
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.statement import Category
from letterdesk.domain.states import Action

WORDING = "wording-"  # and a rule's number: filled in beforehand, whichever is chosen
_NAME = {"1": True, "0": False}  # what a box that is ticked sends, and one that is not
_KEPT = "kept-"
_NOT_KEPT = frozenset({"csrfmiddlewaretoken", "version", "stay", "named"})
_CATEGORIES = {one.value: one for one in Category}


class FormWrong(LetterdeskError):
    """A form that no screen of ours sends."""

    code = "form-wrong"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a moderator asks for, and the version of the comment that she saw."""

    action: Action
    version: int
    ruling: Ruling = field(default_factory=Ruling)


@dataclass(frozen=True, kw_only=True)
class Where(Part):
    """The part of the queue that a moderator works through, as addresses have it."""

    @property
    def query(self) -> str:
        """Give it as the end of an address: "?desk=Korean", or nothing."""
        return self.query_with()

    def query_with(self, *more: tuple[str, str]) -> str:
        """Give it as the end of an address, with more in it."""
        known = (
            ("desk", self.desk),
            ("story", self.story),
            ("language", self.language),
            ("signal", self.signal),
        )
        found = [(name, value) for name, value in (*known, *more) if value]
        return f"?{urlencode(found)}" if found else ""


def read_wish(post: QueryDict) -> Wish:
    """Give the wish that a form holds. Raises FormWrong."""
    try:
        action = Action(post.get("action", ""))
        version = int(post.get("version", ""))
    except ValueError as error:
        raise FormWrong("Something is missing in this form. Reload the page.") from error
    ruling = read_ruling(post, with_text=action is Action.EDIT)
    return Wish(action=action, version=version, ruling=ruling)


def keep(post: QueryDict) -> tuple[tuple[str, str], ...]:
    """Give a decision that came too late as fields that a form can carry along.

    What a form carries along already is the decision that is meant.
    """
    fields = [(name, str(value)) for name, some in post.lists() for value in some]
    carried = tuple(one for one in fields if one[0].startswith(_KEPT))
    return carried or tuple(
        (_KEPT + name, value) for name, value in fields if name not in _NOT_KEPT
    )


def read_kept(post: QueryDict) -> Wish | None:
    """Give the decision that a form carries along, if it does. Raises FormWrong."""
    kept = QueryDict(mutable=True)
    for name, values in post.lists():
        if name.startswith(_KEPT):
            kept.setlist(name.removeprefix(_KEPT), values)
    if not kept:
        return None
    kept["version"] = post.get("version", "")
    kept.setlist("named", post.getlist("named"))
    return read_wish(kept)


def read_ruling(post: QueryDict, *, with_text: bool = False) -> Ruling:
    """Give what a form says of rules and reasons; what readers get, where that is cut.

    A form without a text speaks of nothing but the name above the letter.
    """
    leaves_name_out = _NAME.get(post.get("leave_name_out", "")) if with_text else None
    text = post.get("text", "" if leaves_name_out is None else None)
    return Ruling(
        text=text if with_text else None,
        name_left_out=leaves_name_out,
        rules=tuple(dict.fromkeys(post.getlist("rules"))),
        note=post.get("note", "").strip(),
        grounds=_read_grounds(post),
        named=tuple(post.getlist("named")),
    )


def _read_grounds(post: QueryDict) -> Grounds:
    """Give what a form says of the reasons, other than by default."""
    wordings = {
        name.removeprefix(WORDING): str(post[name]).strip()
        for name in post
        if name.startswith(WORDING)
    }
    return Grounds(
        wordings={number: words for number, words in wordings.items() if words},
        law=post.get("law", "").strip(),
        category=_CATEGORIES.get(post.get("category", "")),
    )


def read_where(sent: QueryDict) -> Where:
    """Give the part of the queue that an address or a form names."""
    desk, story = read_word(sent, "desk"), read_word(sent, "story")
    signal = sent.get("signal", "")
    if story:
        return Where(desk=desk, story=story)
    return Where(
        desk=desk,
        language=read_word(sent, "language"),
        signal=signal if signal in SOUGHT else "",
    )
