"""Verify the audit log."""

import click

from letterdesk.cli.answers import Failed, answer
from letterdesk.cli.options import Form, answers_json, at_desk


@click.group()
def audit() -> None:
    """Verify the log that shows that nobody rewrote history."""


@audit.command("verify")
@at_desk
@answers_json
def audit_verify(form: Form) -> None:
    """Compute the whole chain anew, and say whether it holds."""
    from letterdesk.desk.queries.audit import head, told_of_break, verify

    broken, (number, digest) = verify(), head()
    if broken is None:
        sentence = f"The audit log holds: {number} entries, the last one {digest}."
    else:
        sentence = told_of_break(broken)
    answer(form, sentence, {"entries": number, "head": digest, "broken": broken})
    if broken is not None:
        raise Failed
