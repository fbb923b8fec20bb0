"""Whether a moderator's own note in brackets names somebody who must not be named."""

from collections.abc import Iterable

from letterdesk.desk.models import Comment
from letterdesk.desk.queries.names import names_for
from letterdesk.desk.queries.terms import terms_for
from letterdesk.domain.edit import Cut
from letterdesk.domain.errors import LetterdeskError
from letterdesk.triage.protected_name import Names, protected_name, recognised


class NoteNames(LetterdeskError):
    """A note in brackets that names somebody who must not be named."""

    code = "note-names"


def require_unnamed(comment: Comment, cuts: Iterable[Cut], *, key: bytes) -> None:
    """Raise NoteNames where the note of a cut of `comment` gives a protected name.

    The notes of rules are not asked. Without the names' key nobody is recognised.
    """
    notes = {cut.note for cut in cuts if cut.note}
    if not notes:
        return
    rules = terms_for(comment.story.language, arrived=comment.arrived).rules
    own = notes - {rule.note.strip("[]") for rule in rules}
    names = names_for([comment.story_id], key=key).get(comment.story_id)
    if names is None or not names.key:
        return
    if any(_names(note, recognised(names)) for note in own):
        raise NoteNames(
            "A note in brackets names somebody who must not be named. Write another note."
        )


def _names(note: str, names: Names) -> bool:
    return protected_name(note, names=names).score == 1.0  # less is only nearly a name
