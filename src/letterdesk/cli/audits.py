"""Verify the audit log."""

from pathlib import Path

import click

from letterdesk.cli.answers import Failed, answer
from letterdesk.cli.options import Form, answers_json, type_folder


@click.group()
def audit() -> None:
    """Verify the log that shows that nobody rewrote history."""


@audit.command("verify")
@click.argument("folder", type=type_folder)
@answers_json
def audit_verify(folder: Path, form: Form) -> None:
    """Compute the whole chain anew, and say whether it holds."""
    from letterdesk.newsroom.opening import open_desk

    open_desk(folder)
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
