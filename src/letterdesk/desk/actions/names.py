"""Protect people from being named, and stop protecting them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from letterdesk.desk.actions.hold_named import hold_named, lock_named, look_at_approved
from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.reread import read_again, read_marked_again
from letterdesk.desk.actions.screen import screen_waiting_anew
from letterdesk.desk.models import NameForm, ProtectedName
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.locks import lock_names, lock_screening
from letterdesk.desk.queries.names import not_recognised, on_list, under_other_keys, whose
from letterdesk.desk.queries.people import Person
from letterdesk.domain.errors import LetterdeskError, LetterRefused
from letterdesk.domain.text import clean, one_line
from letterdesk.triage.protected.several import is_several
from letterdesk.triage.protected_name import (
    Form,
    fingerprint,
    forms,
    names_of,
    protected_name,
)

_LONGEST = 100  # characters of a label, of a spelling
_MOST = 20  # spellings of one name


class NameWrong(LetterdeskError):
    """A name that cannot be put on the list, or a label that gives it away.

    `line` says which of the spellings is wrong, counted from 1; 0 is none of them.
    """

    code = "protected-name-wrong"

    def __init__(self, sentence: str, *, line: int = 0) -> None:
        super().__init__(sentence)
        self.line = line


@dataclass(frozen=True, kw_only=True)
class NewName:
    """Who is to be put on a list: what moderators read instead, and how it is spelt.

    `note` is what colleagues read beside a letter that is held because it gives the name.
    """

    label: str
    spellings: Sequence[str]
    note: str = ""


def protect(new: NewName, *, story: str, key: bytes, by: Person, now: datetime) -> str:
    """Put somebody on the list of a story, or of the site when `story` is empty.

    Of the spellings only hashes under `key` stay. What is approved and gives the name is
    held before any slot; gives the id that these decisions share, "" when there are none.
    What waits is screened anew, what readers can see is read again. Locks the letters.
    Raises NameWrong, LetterRefused, NotFound, NotYours.
    """
    whom = whose(by, story)
    if not key:
        raise NameWrong(
            "keys/desk.names is missing or damaged, the key for protected names. Put it "
            "back from a backup. If it is lost, take all names off the lists, then make "
            "another one: letterdesk init FOLDER"
        )
    told = one_line(clean(new.label, field="label", longest=_LONGEST))
    found = _forms(told, new.spellings, key=key)
    names = names_of(found, label=told, key=key)
    if protected_name(told, names=names).score:
        raise NameWrong("The label is the name. Choose one that does not tell who it is.")
    looked = look_at_approved(whom, names)  # nobody waits for this
    with transaction.atomic():
        lock_screening()
        lock_names()  # from here on nobody approves what waits, screened or not
        row = _list(whom, told, found, key=key, today=now.date())
        screen_waiting_anew(whom)
        named = lock_named(whom, names, looked=looked)
        screen_waiting_anew(whom)  # and what waits again since: its story became sensitive
        read_again(whom)
        group = hold_named(named, row.pk, by=by, note=new.note, now=now)
        record("name-protected", who=by.username, day=now.date(), name=row.pk, story=story)
    return group


@transaction.atomic
def unprotect(number: int, *, story: str, key: bytes, by: Person, today: date) -> None:
    """Take somebody off the list, hashes and all. Raises NotFound, NotYours.

    What is marked is read again; all that the list counts for, where nobody is recognised
    by that name with `key`: then it says of much that it was not looked at.
    """
    whom = whose(by, story)
    lock_screening()  # first: of two who take the same name off, one finds it gone
    row = on_list(whom).filter(pk=number).first()
    if row is None:
        raise NotFound("name-unknown", "This name is not on the list any more.")
    is_lost = not_recognised(key).filter(pk=number).exists()
    NameForm.objects.filter(name=row).delete()
    row.delete()
    screen_waiting_anew(whom)
    read_marked_again()
    if is_lost:
        read_again(whom)
    record("name-unprotected", who=by.username, day=today, name=number, story=story)


@transaction.atomic
def adopt_key(key: bytes) -> None:
    """Take `key` for the one of the names that were listed before their key was noted.

    Not where a name is known to be of another one: then it could be either.
    """
    if not under_other_keys(key).exists():
        ProtectedName.objects.filter(key=None).update(key=fingerprint(key))


def _list(
    story: int | None, label: str, found: set[Form], *, key: bytes, today: date
) -> ProtectedName:
    """Give the row of a new name. Raises NameWrong when its label is on the list."""
    same = on_list(story).filter(label=label).exclude(pk__in=not_recognised(key))
    if same.exists():  # one whose key is lost is listed anew beside it
        raise NameWrong(
            "This label is on the list already. Choose another: two that read the same "
            "could not be told apart."
        )
    row = ProtectedName.objects.create(
        story_id=story, label=label, added=today, key=fingerprint(key)
    )
    alike: dict[tuple[str, bool], list[bytes]] = defaultdict(list)
    for one in found:
        alike[one.kind, one.is_near].append(one.digest)
    NameForm.objects.bulk_create(
        NameForm(name=row, digest=b"".join(sorted(some)), kind=kind, is_near=is_near)
        for (kind, is_near), some in sorted(alike.items())
    )
    return row


def _forms(label: str, spellings: Sequence[str], *, key: bytes) -> set[Form]:
    """Give the forms of all spellings. What is raised says the line, and repeats no name.

    Raises NameWrong, LetterRefused.
    """
    given = {at: one for at, one in enumerate(spellings, start=1) if one.strip()}
    if not label or not given or len(given) > _MOST:
        raise NameWrong("Give a label, and one to twenty spellings of the name.")
    return set().union(*(_forms_of(one, at, key=key) for at, one in given.items()))


def _forms_of(spelling: str, line: int, *, key: bytes) -> frozenset[Form]:
    """Give the forms of the spelling in this line. Raises NameWrong, LetterRefused."""
    try:
        name = one_line(clean(spelling, field="names", longest=_LONGEST))
    except LetterRefused as refused:
        refused.facts["line"] = line
        raise
    if is_several(name):
        raise NameWrong(
            "A line takes one name. Write every spelling and every alias in a line of its "
            "own, as a whole name, without brackets, quotes or strokes.",
            line=line,
        )
    found = forms(name, key=key)
    if not found:
        raise NameWrong(
            "A spelling needs two letters of Hangul or Han, or four of another script; "
            "letters of two scripts are two spellings.",
            line=line,
        )
    return found
