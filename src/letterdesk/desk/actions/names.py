"""Protect people from being named, and stop protecting them."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from letterdesk.desk.actions.record import record
from letterdesk.desk.actions.screen import screen_site_anew, screen_story_anew
from letterdesk.desk.models import NameForm, ProtectedName
from letterdesk.desk.queries.errors import NotFound
from letterdesk.desk.queries.names import not_recognised, on_list, under_other_keys, whose
from letterdesk.desk.queries.people import Person
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.text import clean, one_line
from letterdesk.triage.protected_name import Form, fingerprint, forms

_LONGEST = 100  # characters of a label, of a spelling
_MOST = 20  # spellings of one name


class NameWrong(LetterdeskError):
    """A name that cannot be put on the list, or a label that gives it away."""

    code = "protected-name-wrong"


@transaction.atomic
def protect(
    label: str,
    spellings: Sequence[str],
    *,
    story: str,
    key: bytes,
    by: Person,
    today: date,
) -> None:
    """Put somebody on the list of a story, or of the site when `story` is empty.

    Of the spellings only hashes under `key` stay. What waits is screened anew. Raises
    NameWrong, LetterRefused, NotFound, NotYours.
    """
    whom = whose(by, story)
    if not key:
        raise NameWrong(
            "keys/desk.names is missing or damaged, the key for protected names. Put it "
            "back from a backup. If it is lost, take all names off the lists, then make "
            "another one: letterdesk init FOLDER"
        )
    told = one_line(clean(label, field="label", longest=_LONGEST))
    found = _forms(told, spellings, key=key)
    same = on_list(whom).filter(label=told).exclude(pk__in=not_recognised(key))
    if same.exists():  # one whose key is lost is listed anew beside it
        raise NameWrong(
            "This label is on the list already. Choose another: two that read the same "
            "could not be told apart."
        )
    row = ProtectedName.objects.create(
        story_id=whom, label=told, added=today, key=fingerprint(key)
    )
    NameForm.objects.bulk_create(
        NameForm(name=row, digest=one.digest, kind=one.kind, is_near=one.is_near)
        for one in found
    )
    _screen_anew(whom)
    record("name-protected", who=by.username, day=today, name=row.pk, story=story)


@transaction.atomic
def unprotect(number: int, *, story: str, by: Person, today: date) -> None:
    """Take somebody off the list, hashes and all. Raises NotFound, NotYours."""
    whom = whose(by, story)
    row = on_list(whom).filter(pk=number).first()
    if row is None:
        raise NotFound("name-unknown", "This name is not on the list any more.")
    NameForm.objects.filter(name=row).delete()
    row.delete()
    _screen_anew(whom)
    record("name-unprotected", who=by.username, day=today, name=number, story=story)


@transaction.atomic
def adopt_key(key: bytes) -> None:
    """Take `key` for the one of the names that were listed before their key was noted.

    Not where a name is known to be of another one: then it could be either.
    """
    if not under_other_keys(key).exists():
        ProtectedName.objects.filter(key=None).update(key=fingerprint(key))


def _forms(label: str, spellings: Sequence[str], *, key: bytes) -> set[Form]:
    """Give the forms of all spellings. Raises NameWrong; what it says repeats no name."""
    given = [one_line(clean(one, field="names", longest=_LONGEST)) for one in spellings]
    given = [one for one in given if one]
    if not label or not given or len(given) > _MOST:
        raise NameWrong("Give a label, and one to twenty spellings of the name.")
    each = [forms(one, key=key) for one in given]
    if not all(each):
        raise NameWrong(
            "A name needs two letters of Hangul or Han, or four of Latin; of another "
            "script nothing is recognised yet."
        )
    found: set[Form] = set().union(*each)
    if {one.digest for one in forms(label, key=key)} & {one.digest for one in found}:
        raise NameWrong("The label is the name. Choose one that does not tell who it is.")
    return found


def _screen_anew(story: int | None) -> None:
    if story is None:
        screen_site_anew()
    else:
        screen_story_anew(story)
