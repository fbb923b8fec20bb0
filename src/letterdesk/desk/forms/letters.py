"""Answers to appeals and notices, as their forms send them."""

from django.http import QueryDict

from letterdesk.desk.actions.appeals import Answer
from letterdesk.desk.actions.notices import NoticeRuling
from letterdesk.desk.forms.cursor import read_number
from letterdesk.desk.forms.decision import FormWrong, read_ruling
from letterdesk.desk.queries.notices import FATES
from letterdesk.domain.statement import Verdict

_VERDICTS = {  # what a button says, and what it means
    "uphold": Verdict.UPHELD,
    "reverse": Verdict.REVERSED,
    "recut": Verdict.REVERSED,
}


def read_answer(post: QueryDict) -> Answer:
    """Give the answer to an appeal that a form holds. Raises FormWrong."""
    action = post.get("action", "")
    if action not in _VERDICTS:
        raise FormWrong("Something is missing in this form. Reload the page.")
    return Answer(
        verdict=_VERDICTS[action],
        version=_version(post),
        texts=read_number(post, "texts"),
        ruling=read_ruling(post, with_text=action == "recut"),
    )


def read_notice_ruling(post: QueryDict) -> NoticeRuling:
    """Give the decision on a notice that a form holds. Raises FormWrong."""
    action = post.get("action", "")
    if action not in FATES:
        raise FormWrong("Something is missing in this form. Reload the page.")
    return NoticeRuling(
        fate=FATES[action],
        version=_version(post),
        ruling=read_ruling(post, with_text=action == "cut"),
        answer=post.get("answer", "").strip(),
    )


def _version(post: QueryDict) -> int:
    try:
        return int(post.get("version", "0"))
    except ValueError as error:
        raise FormWrong("Something is missing in this form. Reload the page.") from error
