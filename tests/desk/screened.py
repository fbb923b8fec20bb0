"""Letters as they wait once they were screened."""

from letterdesk.desk.models import Comment, Signal
from letterdesk.desk.queries.promises import is_audited
from letterdesk.triage import screening
from tests.desk import rows

AUDITED = next(bytes([n]) * 32 for n in range(256) if is_audited(bytes([n]) * 32))
OTHERS = next(bytes([n]) * 32 for n in range(256) if not is_audited(bytes([n]) * 32))


def scored(story, score=0.9, *, salt=OTHERS, also=(), **changes) -> Comment:
    """Give a letter as it waits when it was screened: `also` are further codes."""
    values = {"screened": screening.VERSION, "salt": salt, **changes}
    comment = rows.make_comment(story, **values)
    code = "civil" if score < 0.5 else "uncivil-clearly"
    Signal.objects.create(comment=comment, kind="incivility", score=score, code=code)
    for kind, other in also:
        Signal.objects.create(comment=comment, kind=kind, score=1.0, code=other)
    return comment
