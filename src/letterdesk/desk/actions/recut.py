"""Change a comment after it was decided on: for an appeal, or for a notice."""

from dataclasses import dataclass
from datetime import datetime

from letterdesk.desk.actions.edits import edit_of, require_known_notes
from letterdesk.desk.actions.enter import Entry, cite, earlier, enter, save_next
from letterdesk.desk.actions.evidence import count_again, count_unwelcome
from letterdesk.desk.actions.reasons import weigh
from letterdesk.desk.actions.rulings import MAX_NOTE, Ruling
from letterdesk.desk.actions.tally import count_decision
from letterdesk.desk.models import Comment, Decision, Move
from letterdesk.desk.queries.cuts import gives_back
from letterdesk.desk.queries.decisions import brought_back
from letterdesk.desk.queries.notices import risk_of_more
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.risks import risk_of
from letterdesk.desk.queries.terms import terms_for
from letterdesk.domain.errors import NotACut
from letterdesk.domain.rules import cited
from letterdesk.domain.statement import Measure, Verdict
from letterdesk.domain.states import AppealNeeded, Risk
from letterdesk.domain.text import clean


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a comment is to become, checked, and why."""

    entry: Entry
    state: str
    cuts: list[list[object]]
    name_left_out: bool
    approvals: tuple[int | None, int | None] | None = None  # by whom; None: as they were


def cut_anew(comment: Comment, ruling: Ruling, *, verdict: Verdict | None = None) -> Change:
    """Give the change that publishes `comment` with the ruling's cuts instead of its own.

    Where two people decide, only an appeal brings a word or the name back, or a note of
    somebody's own. Raises
    AsWritten, NotACut, NoteNames, AppealNeeded, RuleMissing, RuleUnknown or LetterRefused.
    """
    in_force = terms_for(comment.story.language, arrived=comment.arrived)
    edit = edit_of(comment, ruling)
    if edit.is_whole:
        raise NotACut("Nothing would be cut or left out. Choose another answer.")
    gives = gives_back(comment, edit.cuts, name_left_out=edit.name_left_out)
    if gives and not verdict and risk_of_more(comment) is Risk.SENSITIVE:
        raise AppealNeeded
    if not verdict:
        require_known_notes(comment, edit)
    rules = cited(in_force, edit.rules, due=True)
    entry = Entry(
        move=Move.REVERSE if verdict else Move.EDIT,
        rules=rules,
        terms=in_force,
        reasons=weigh(Measure.CUT, ruling, terms=in_force, rules=rules, verdict=verdict),
        note=clean(ruling.note, field="note", longest=MAX_NOTE),
    )
    return Change(
        entry=entry,
        state=comment.state,
        cuts=edit.cuts,
        name_left_out=edit.name_left_out,
    )


def change(comment: Comment, wanted: Change, *, by: Person, now: datetime) -> Decision:
    """Give the decision that makes a locked comment what is wanted, with its log entry."""
    before = earlier(comment)
    comment.state, comment.cuts = wanted.state, wanted.cuts
    comment.name_left_out = wanted.name_left_out
    cite(comment, wanted.entry)
    comment.outcome_due = True
    if wanted.approvals:
        comment.approved_by_id, comment.seconded_by_id = wanted.approvals
        comment.risk = risk_of(comment)
    save_next(comment)
    decision = enter(comment, wanted.entry, before=before, by=by, now=now)
    if wanted.entry.move == Move.REVERSE:
        count_again(comment, brought_back(decision))
    elif wanted.entry.move == Move.EDIT:  # one that is upheld was counted when it was made
        count_unwelcome(comment, today=now.date())
        count_decision(comment, Move.EDIT.value, before=before.kept, by=by, now=now)
    return decision
