"""Figures for the public report, added up from each day's counters."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from letterdesk.desk.models import Tally
from letterdesk.desk.queries.errors import DaysWrong
from letterdesk.desk.queries.notices import median_hours
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, require

KINDS = (
    "received",
    "published",
    "edited",
    "rejected",
    "withdrawn",
    "retracted",
    "appeals",
    "notices",
)
STATEMENTS = ("category", "ground", "measure", "source")  # what they are counted by
DESK_ONLY = ("decision", "waited", "second", "hour")  # figures for the newsroom itself
_MONTHS = 24  # that the public report goes back


@dataclass(frozen=True, kw_only=True)
class Transparency:
    """How often what happened from one day to another, both included.

    `rules` says how often each rule was cited against a letter; `statements` how many
    statements of reasons there were by category, ground, measure and source; `appeals` how
    they ended. `notice_hours` is the median from a notice to its decision.
    """

    start: date
    end: date
    figures: dict[str, int]
    rules: dict[str, int]
    statements: dict[str, dict[str, int]]
    appeals: dict[str, int]
    notice_hours: float | None


def transparency(person: Person, start: date, end: date) -> Transparency:
    """Give the figures of some days. Raises NotYours, DaysWrong."""
    require(person, Permission.SEE_REPORTS)
    if start > end:
        raise DaysWrong(
            f"From {start} to {end} there is no day. Give the earlier one first."
        )
    found = Tally.objects.filter(day__gte=start, day__lte=end).values_list("kind", "key")
    sums = {(kind, key): total for kind, key, total in found.annotate(total=Sum("count"))}

    def by_key(wanted: str) -> dict[str, int]:
        return {key: sums[kind, key] for kind, key in sorted(sums) if kind == wanted}

    return Transparency(
        start=start,
        end=end,
        figures={kind: sums.get((kind, ""), 0) for kind in KINDS},
        rules=by_key("rule"),
        statements={kind: by_key(kind) for kind in STATEMENTS},
        appeals=by_key("appeal"),
        notice_hours=median_hours(start, end),
    )


def public_figures(today: date) -> dict[str, dict[str, int]]:
    """Give month → kind → count for the last two years, oldest first."""
    years, month = divmod(today.year * 12 + today.month - _MONTHS, 12)
    start = date(years, month + 1, 1)
    found = Tally.objects.filter(day__gte=start, day__lte=today).exclude(kind__in=DESK_ONLY)
    rows = (
        found.annotate(month=TruncMonth("day"))
        .values_list("month", "kind", "key")
        .annotate(total=Sum("count"))
    )
    figures: dict[str, dict[str, int]] = defaultdict(dict)
    for begun, kind, key, total in sorted(rows):
        figures[begun.isoformat()[:7]][f"{kind} {key}".strip()] = total
    return dict(figures)
