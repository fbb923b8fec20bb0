"""What an edit takes of a letter: words, the name above it, or both."""

from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings

from letterdesk.desk.actions.rulings import AsWritten, Ruling
from letterdesk.desk.models import Comment
from letterdesk.desk.queries.cuts import from_rows, gives_back, takes_more, to_rows
from letterdesk.desk.queries.note_names import require_unnamed
from letterdesk.desk.queries.notices import risk_of_more
from letterdesk.desk.queries.terms import terms_for
from letterdesk.domain.edit import Cut, find_cuts
from letterdesk.domain.errors import NotACut
from letterdesk.domain.letter import MAX_TEXT
from letterdesk.domain.states import AppealNeeded, Risk, State
from letterdesk.domain.text import clean

_LONGEST = 2 * MAX_TEXT  # characters: the letter, and the notes in brackets


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What readers do not get of a letter, and under which rules."""

    cuts: list[list[object]]
    name_left_out: bool
    rules: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Say whether readers get all of it."""
        return not self.cuts and not self.name_left_out


def standing(comment: Comment) -> Edit:
    """Give what readers would not get as things are."""
    rules = tuple(comment.rules)
    return Edit(cuts=comment.cuts, name_left_out=comment.name_left_out, rules=rules)


def edit_of(comment: Comment, ruling: Ruling) -> Edit:
    """Give what a ruling wants. What it does not speak of stays as it is, rules and all.

    It is whole only where a name is put back. Raises AsWritten, NotACut or NoteNames.
    """
    edit = _wanted(comment, ruling)
    if edit.is_whole and not comment.name_left_out:
        raise NotACut("Nothing was cut. Approve the comment if it may stay as it is.")
    return edit


def less_of(comment: Comment, ruling: Ruling) -> Edit:
    """Give what a ruling wants of a published comment, of which it only takes more away.

    Raises AsWritten, NotACut, NoteNames, and AppealNeeded where two people would have to
    give back.
    """
    edit = _wanted(comment, ruling)
    _require_nothing_back(comment, edit)
    require_known_notes(comment, edit)
    if not takes_more(comment, edit.cuts, name_left_out=edit.name_left_out):
        raise NotACut(
            "Nothing more would be cut: readers get all of this now. Take words out, or "
            "leave the comment as it is."
        )
    return edit


def try_out(comment: Comment, ruling: Ruling) -> None:
    """Raise what an edit would that takes nothing, or more than nothing.

    Of a published comment what `less_of` does where a cut would give back, or say what one
    person may not; of others a cut may: readers do not have them.
    """
    edit = _wanted(comment, ruling)
    if comment.state == State.PUBLISHED:
        _require_nothing_back(comment, edit)
        require_known_notes(comment, edit)


def require_known_notes(comment: Comment, edit: Edit) -> None:
    """Raise NotACut where two people decide, and a note says what no two agreed on.

    One person's cut of what readers have stands at once. Its notes are those that stood in
    the same place, or one that a rule suggests.
    """
    if risk_of_more(comment) is not Risk.SENSITIVE:
        return
    terms = terms_for(comment.story.language, arrived=comment.arrived)
    known = {"", *(rule.note[1:-1] for rule in terms.rules)}
    stood = from_rows(comment.cuts)
    if not all(cut.note in known or _stood(cut, stood) for cut in from_rows(edit.cuts)):
        raise NotACut(
            "Two people decide here, and readers would get this cut at once: a new note in "
            "brackets is one that a rule suggests. Use that, or none."
        )


def _stood(cut: Cut, stood: tuple[Cut, ...]) -> bool:
    """Say whether a cut's note stood there before, if for fewer words."""
    return any(
        cut.note == old.note and cut.start < old.end and old.start < cut.end
        for old in stood
    )


def _require_nothing_back(comment: Comment, edit: Edit) -> None:
    if not gives_back(comment, edit.cuts, name_left_out=edit.name_left_out):
        return
    if risk_of_more(comment) is Risk.SENSITIVE:
        raise AppealNeeded
    raise NotACut(
        "This would give readers back what was cut of a published comment, or its "
        "name. A cut only takes more away: leave out what they do not get now."
    )


def _wanted(comment: Comment, ruling: Ruling) -> Edit:
    if comment.as_written:
        raise AsWritten
    leaves_out = ruling.name_left_out
    if leaves_out is None:
        leaves_out = comment.name_left_out
    if leaves_out and not comment.name:
        raise NotACut("No name stands above this letter, so none can be left out.")
    return Edit(
        cuts=comment.cuts if ruling.is_of_name else _cuts(comment, ruling),
        name_left_out=leaves_out,
        rules=_rules(comment, ruling),
    )


def _cuts(comment: Comment, ruling: Ruling) -> list[list[object]]:
    """Give the cuts, whose notes name nobody who must not be named."""
    found = _found(comment, ruling)
    require_unnamed(comment, found, key=settings.NEWSROOM.names_key)
    return to_rows(found)


def _found(comment: Comment, ruling: Ruling) -> tuple[Cut, ...]:
    """Give the cuts. Where the same words stand twice, those that were cut stay cut."""
    proposed = clean(ruling.text or "", field="text", longest=_LONGEST)
    with suppress(NotACut):
        return find_cuts(comment.text, proposed, gone=from_rows(comment.cuts))
    return find_cuts(comment.text, proposed)


def _rules(comment: Comment, ruling: Ruling) -> tuple[str, ...]:
    """Give the rules: those chosen, and those of what stays taken without a word on it."""
    if ruling.is_of_name:
        keeps = bool(comment.cuts) and (ruling.name_left_out or not ruling.rules)
    else:
        keeps = ruling.name_left_out is None and comment.name_left_out
    stay = comment.rules if keeps else ()
    return tuple(dict.fromkeys((*stay, *ruling.rules)))
