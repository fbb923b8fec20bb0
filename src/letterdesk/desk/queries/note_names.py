"""Whether a moderator's own note in brackets names somebody who must not be named."""

from letterdesk.desk.queries.comments import find
from letterdesk.desk.queries.names import names_for
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.terms import terms_for
from letterdesk.domain.edit import notes_in
from letterdesk.domain.errors import LetterdeskError
from letterdesk.triage.protected_name import Names, protected_name, recognised


class NoteNames(LetterdeskError):
    """A note in brackets that names somebody who must not be named."""

    code = "note-names"


def require_unnamed(
    person: Person, public_id: str, text: str | None, *, key: bytes
) -> None:
    """Raise NoteNames where a note in `text`, an edited letter, gives a protected name.

    Without a text, nothing was edited. What the reader wrote, and the notes of rules, are
    not asked. Without the names' key nobody is recognised. Raises NotFound, NotYours.
    """
    if not text:
        return
    row = find(person, public_id)
    rules = terms_for(row.story.language, arrived=row.arrived).rules
    known = {*notes_in(row.text), *(rule.note.strip("[]") for rule in rules)}
    names = names_for([row.story_id], key=key).get(row.story_id)
    if names is None or not names.key:
        return
    names = recognised(names)
    if any(_names(note, names) for note in notes_in(text) if note not in known):
        raise NoteNames(
            "A note in brackets names somebody who must not be named. Write another note."
        )


def _names(note: str, names: Names) -> bool:
    return protected_name(note, names=names).score == 1.0  # less is only nearly a name
