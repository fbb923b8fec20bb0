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
    from letterdesk.desk.queries.audit import head, verify

    broken, (number, digest) = verify(), head()
    if broken is None:
        sentence = f"The audit log holds: {number} entries, the last one {digest}."
    else:
        sentence = (
            f"The audit log is broken from entry {broken} on: it was changed outside "
            "Letterdesk. Keep a copy, and compare it with a backup and the published heads."
        )
    answer(form, sentence, {"entries": number, "head": digest, "broken": broken})
    if broken is not None:
        raise Failed
