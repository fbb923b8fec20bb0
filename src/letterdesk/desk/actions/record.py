"""Add to the audit log."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from letterdesk.desk.models import AuditEntry, AuditHead, AuditMention
from letterdesk.domain.audit import GENESIS, chain, subjects


def record(what: str, *, who: str, day: date, **facts: object) -> None:
    """Add an entry to the chain, in the caller's transaction.

    `who` is a username, or letterbox, press, reader or command; `facts` are JSON values:
    ids, commitments, what is public of stories and moderators, never a reader's words.
    Locks the chain's head until the caller commits, so it comes after every other lock.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("An audit entry stands alone.")
    entry: Mapping[str, object] = {
        "what": what,
        "who": who,
        "day": day.isoformat(),
        **facts,
    }
    head = lock_log()
    head.number += 1
    head.digest = chain(head.digest, head.number, entry)
    head.save(update_fields=["number", "digest"])
    row = AuditEntry.objects.create(
        number=head.number, facts=entry, digest=head.digest, what=what, who=who, day=day
    )
    AuditMention.objects.bulk_create(
        AuditMention(entry=row, subject=subject) for subject in sorted(subjects(entry))
    )


def lock_log() -> AuditHead:
    """Give the chain's head, which nobody else moves until the caller commits.

    Also for what is counted without an entry: one at a time counts.
    """
    head, _ = AuditHead.objects.select_for_update().get_or_create(
        pk=1, defaults={"digest": GENESIS}
    )
    return head
