from itertools import product

import pytest

from letterdesk.domain.errors import MoveNotAllowed
from letterdesk.domain.states import (
    NEEDS_RULE,
    Action,
    AppealNeeded,
    Risk,
    SecondPersonNeeded,
    Standing,
    State,
    Step,
    after,
    after_name,
    may_withdraw,
    possible,
)

ME, OTHER = 1, 2
_APPROVERS = {"nobody": None, "me": ME, "other": OTHER}

# From each state by each action, on stories of each risk, after an approval by nobody, by
# me or by somebody else. What is not in the table is refused.
_TABLE = """
pending    approve  ordinary   *       approved
pending    approve  sensitive  nobody  pending, approved by me
pending    approve  sensitive  me      second person needed
pending    approve  sensitive  other   approved
pending    edit     ordinary   *       approved
pending    edit     sensitive  *       pending, approved by me
pending    reject   *          *       rejected
pending    hold     *          *       held
held       approve  ordinary   *       approved
held       approve  sensitive  nobody  pending, approved by me
held       approve  sensitive  me      second person needed
held       approve  sensitive  other   approved
held       edit     ordinary   *       approved
held       edit     sensitive  *       pending, approved by me
held       reject   *          *       rejected
held       restore  *          *       pending
approved   hold     *          *       held
rejected   restore  *          *       pending
published  edit     *          *       published
published  retract  *          *       retracted
retracted  restore  ordinary   *       published
retracted  restore  sensitive  *       pending, approved by me
"""


def _expected(state: State, action: Action, risk: Risk, approver: str) -> str:
    for line in _TABLE.strip().splitlines():
        *given, outcome = line.split(maxsplit=4)
        asked = (state, action, risk, approver)
        if all(sign in ("*", one) for sign, one in zip(given, asked, strict=True)):
            return outcome
    return "refused"


def _found(state: State, action: Action, risk: Risk, approver: str) -> str:
    standing = Standing(state=state, risk=risk, approved_by=_APPROVERS[approver])
    try:
        outcome = after(standing, action, by=ME)
    except SecondPersonNeeded:
        return "second person needed"
    except MoveNotAllowed:
        return "refused"
    if outcome == Step(state=State.PENDING, approved_by=ME):
        return "pending, approved by me"
    assert outcome.approved_by is None
    return str(outcome.state)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", Action)
def test_every_action_leads_where_the_table_says(state: State, action: Action) -> None:
    cases = [(state, action, *rest) for rest in product(Risk, _APPROVERS)]

    assert [_found(*case) for case in cases] == [_expected(*case) for case in cases]


def test_the_table_has_no_line_too_many() -> None:
    lines = [line.split(maxsplit=4)[:2] for line in _TABLE.strip().splitlines()]

    allowed = {(state, action) for state in State for action in possible(state)}
    assert {(State(state), Action(action)) for state, action in lines} == allowed


def test_what_is_possible_is_told_with_what_is_not() -> None:
    with pytest.raises(MoveNotAllowed) as refused:
        after(Standing(state=State.PUBLISHED, risk=Risk.ORDINARY), Action.APPROVE, by=ME)
    assert refused.value.sentence == (
        "A comment that is published cannot be decided with “approve”. "
        "Possible now: edit, retract."
    )
    assert refused.value.code == "move-not-allowed"

    with pytest.raises(MoveNotAllowed) as refused:
        after(Standing(state=State.WITHDRAWN, risk=Risk.ORDINARY), Action.HOLD, by=ME)
    assert refused.value.sentence.endswith("Possible now: nothing.")


def test_one_person_cannot_give_both_approvals() -> None:
    standing = Standing(state=State.PENDING, risk=Risk.SENSITIVE)
    first = after(standing, Action.APPROVE, by=ME)
    again = Standing(state=first.state, risk=Risk.SENSITIVE, approved_by=first.approved_by)

    with pytest.raises(SecondPersonNeeded) as refused:
        after(again, Action.APPROVE, by=ME)
    assert refused.value.code == "second-person-needed"
    assert after(again, Action.APPROVE, by=OTHER) == Step(state=State.APPROVED)
    # Whoever cuts after the first approval starts anew: the other has not seen the cut.
    assert after(again, Action.EDIT, by=OTHER) == Step(
        state=State.PENDING, approved_by=OTHER
    )


@pytest.mark.parametrize("state", [one for one in State if one is not State.PUBLISHED])
@pytest.mark.parametrize("comes_back", [True, False])
def test_a_name_goes_where_a_cut_does(state: State, comes_back: bool) -> None:  # noqa: FBT001 -- both are cases
    standing = Standing(state=state, risk=Risk.SENSITIVE)
    try:
        wanted = after(standing, Action.EDIT, by=ME)
    except MoveNotAllowed:
        with pytest.raises(MoveNotAllowed):
            after_name(standing, by=ME, comes_back=comes_back)
    else:
        assert after_name(standing, by=ME, comes_back=comes_back) == wanted


def test_one_person_leaves_the_name_of_a_published_comment_out() -> None:
    sensitive = Standing(state=State.PUBLISHED, risk=Risk.SENSITIVE, approved_by=OTHER)
    ordinary = Standing(state=State.PUBLISHED, risk=Risk.ORDINARY, approved_by=OTHER)
    stays = Step(state=State.PUBLISHED)

    assert after_name(sensitive, by=ME, comes_back=False) == stays
    assert after_name(ordinary, by=ME, comes_back=True) == stays
    with pytest.raises(AppealNeeded) as refused:
        after_name(sensitive, by=ME, comes_back=True)
    assert refused.value.code == "appeal-needed"


def test_what_takes_words_away_needs_a_rule() -> None:
    assert {Action.EDIT, Action.REJECT, Action.RETRACT} == NEEDS_RULE


@pytest.mark.parametrize("state", State)
def test_an_author_may_withdraw_once(state: State) -> None:
    assert may_withdraw(state) == (state is not State.WITHDRAWN)
