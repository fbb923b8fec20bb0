"""The figures in words: what each chart is called, shows and says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, gettext_lazy, ngettext

from letterdesk.desk.dates import month, short_day
from letterdesk.desk.queries.figures import (
    OUTCOMES,
    TOO_FEW,
    Agreement,
    Figures,
    Period,
    Step,
)
from letterdesk.desk.templatetags.desk import language
from letterdesk.desk.views.charts import Column, Plot, plot, share
from letterdesk.desk.views.figure_sentences import (
    agreed_in,
    became,
    came,
    cited,
    half,
    nine_of_ten,
    so_many_letters,
    taken,
)

_Cell = object


@dataclass(frozen=True, kw_only=True)
class Key:
    """A series of the legend; 0 is the mark."""

    series: int
    words: str


@dataclass(frozen=True, kw_only=True)
class Share:
    """A row that is drawn as a bar: its name, its number, its parts.

    Each part is a series, and where it begins and how long it is, of 100.
    """

    words: str
    said: str
    parts: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart, and the table behind it. It has a `plot`, or `shares` in its rows."""

    name: str
    title: str
    note: str
    says: str
    head: tuple[str, ...]
    cells: tuple[tuple[_Cell, ...], ...]
    legend: tuple[Key, ...] = ()
    plot: Plot | None = None
    shares: tuple[Share, ...] = ()
    is_empty: bool = False
    has_file: bool = True  # the table can be had as CSV


def charts(found: Figures) -> tuple[Chart, ...]:
    """Give every chart, in the order in which they are shown."""
    return tuple(make(found) for make in _CHARTS)


def _work(found: Figures) -> Chart:
    columns = [
        Column(
            name=_begin(one.start, found.step),
            words=gettext("%(day)s: %(letters)d received, %(decisions)d decided")
            % {
                "day": _begin(one.start, found.step),
                "letters": one.received,
                "decisions": one.decided,
            },
            bars=(one.received,),
            mark=one.decided or None,
        )
        for one in found.periods
    ]
    letters = sum(one.received for one in found.periods)
    decisions = sum(one.decided for one in found.periods)
    return Chart(
        name="letters",
        title=gettext("Letters and decisions"),
        note=gettext("A decision counts on the day it was taken, also when it was undone."),
        says=f"{came(letters)} {taken(decisions)}",
        head=(_period(found.step), gettext("Letters"), gettext("Decisions")),
        cells=tuple((one.start, one.received, one.decided) for one in found.periods),
        legend=(
            Key(series=1, words=gettext("letters")),
            Key(series=0, words=gettext("decisions")),
        ),
        plot=plot(columns),
        is_empty=not letters and not decisions,
    )


def _outcomes(found: Figures) -> Chart:
    columns = [
        Column(
            name=_begin(one.start, found.step),
            words=f"{_begin(one.start, found.step)}: "
            + ", ".join(f"{_OUTCOMES[kind]} {one.outcomes[kind]}" for kind in OUTCOMES),
            bars=tuple(one.outcomes[kind] for kind in OUTCOMES),
        )
        for one in found.periods
    ]
    sums = {kind: sum(one.outcomes[kind] for one in found.periods) for kind in OUTCOMES}
    return Chart(
        name="outcomes",
        title=gettext("What became of letters"),
        note=gettext("A letter counts on the day on which its decision took effect."),
        says=" ".join(became(kind, number) for kind, number in sums.items()),
        head=(_period(found.step), *(str(_OUTCOMES[kind]) for kind in OUTCOMES)),
        cells=tuple(
            (one.start, *(one.outcomes[kind] for kind in OUTCOMES)) for one in found.periods
        ),
        legend=tuple(
            Key(series=series, words=str(_OUTCOMES[kind]))
            for series, kind in enumerate(OUTCOMES, start=1)
        ),
        plot=plot(columns),
        is_empty=not any(sums.values()),
    )


_OUTCOMES = {
    "published": gettext_lazy("published"),
    "edited": gettext_lazy("published with a cut"),
    "rejected": gettext_lazy("rejected"),
}


def _waits(found: Figures) -> Chart:
    columns = [
        Column(
            name=_begin(one.start, found.step),
            words=_waited(one, found.step),
            bars=(one.median or 0,),
            mark=one.ninety,
        )
        for one in found.periods
    ]
    return Chart(
        name="waiting",
        title=gettext("How long letters waited"),
        note=gettext(
            "In whole days, from the day a letter came to the day its decision took "
            "effect. Where fewer than %(few)d letters were decided on, nothing is shown."
        )
        % {"few": TOO_FEW},
        says=_all_waited(found),
        head=(
            _period(found.step),
            gettext("Half waited at most (days)"),
            gettext("Nine of ten at most (days)"),
        ),
        cells=tuple((one.start, one.median, one.ninety) for one in found.periods),
        legend=(
            Key(series=1, words=gettext("half of them at most")),
            Key(series=0, words=gettext("nine of ten at most")),
        ),
        plot=plot(columns),
        is_empty=found.median is None,
    )


def _waited(one: Period, step: Step) -> str:
    begun = _begin(one.start, step)
    if one.median is None:
        return gettext("%(day)s: too few letters") % {"day": begun}
    return gettext("%(day)s: half at most %(half)d, nine of ten at most %(most)d") % {
        "day": begun,
        "half": one.median,
        "most": one.ninety,
    }


def _all_waited(found: Figures) -> str:
    if found.median is None or found.ninety is None:
        return gettext("Too few letters were decided on.")
    return f"{half(found.median)} {nine_of_ten(found.ninety)}"


def _rules(found: Figures) -> Chart:
    return _counted(
        "rules",
        (
            gettext("Rules cited"),
            gettext("How often which rule was cited against a letter."),
        ),
        head=(gettext("Rule"), gettext("Times")),
        rows=found.rules,
        name=lambda rule: gettext("Rule %(number)s") % {"number": rule},
        said=cited,
    )


def _languages(found: Figures) -> Chart:
    return _counted(
        "languages",
        (
            gettext("Languages of letters"),
            gettext("Of all languages, whichever is chosen above."),
        ),
        head=(gettext("Language"), gettext("Letters")),
        rows=found.languages,
        name=language,
        said=so_many_letters,
    )


def _counted(
    chart: str,
    about: tuple[str, str],  # its title, and a note
    *,
    head: tuple[str, str],
    rows: Sequence[tuple[str, int]],
    name: Callable[[str], str],
    said: Callable[[int], str],
) -> Chart:
    title, note = about
    most = max((count for _, count in rows), default=0)
    return Chart(
        name=chart,
        title=title,
        note=note,
        says="",
        head=head,
        cells=tuple((name(key) if key else "–", count) for key, count in rows),
        shares=tuple(
            Share(
                words=name(key) if key else "–",
                said=said(count),
                parts=((1, "0", share(count, most)),),
            )
            for key, count in rows
        ),
        is_empty=not rows,
    )


def _agreements(found: Figures) -> Chart:
    rows = found.agreements
    return Chart(
        name="agreement",
        title=gettext("Where two people looked"),
        note=gettext(
            "Sensitive: the second approved what the first had approved, or not. Held: a "
            "colleague cut or rejected what was in doubt, or approved it as it was. "
            "Appeals: upheld, or reversed."
        ),
        says="",
        head=(
            gettext("Occasion"),
            gettext("Agreed"),
            gettext("Differed"),
            gettext("Agreed (%)"),
        ),
        cells=tuple(
            (str(_OCCASIONS[one.occasion]), one.agreed, one.differed, _percent(one))
            for one in rows
        ),
        legend=(
            Key(series=1, words=gettext("agreed")),
            Key(series=3, words=gettext("differed")),
        ),
        shares=tuple(
            Share(
                words=str(_OCCASIONS[one.occasion]),
                said=agreed_in(one),
                parts=_halves(one),
            )
            for one in rows
        ),
        is_empty=not any(one.agreed + one.differed for one in rows),
    )


_OCCASIONS = {
    "second": gettext_lazy("second look on sensitive stories"),
    "held": gettext_lazy("letters held by one, decided by another"),
    "appeal": gettext_lazy("appeals"),
}


def _halves(one: Agreement) -> tuple[tuple[int, str, str], ...]:
    whole = one.agreed + one.differed
    agreed = share(one.agreed, whole)
    return ((1, "0", agreed), (3, agreed, share(one.differed, whole)))


def _percent(one: Agreement) -> int | None:
    whole = one.agreed + one.differed
    return round(100 * one.agreed / whole) if whole >= TOO_FEW else None


def _hours(found: Figures) -> Chart:
    columns = [
        Column(
            name=f"{hour:02}",
            words=f"{hour:02}:00 UTC: {came(letters)} {taken(decisions)}",
            bars=(letters,),
            mark=decisions or None,
        )
        for hour, (letters, decisions) in enumerate(found.hours)
    ]
    letters = sum(one for one, _ in found.hours)
    return Chart(
        name="hours",
        title=gettext("Load by hour of the day"),
        note=gettext(
            "In UTC, by the hour in which the desk collected a letter; of the whole "
            "newsroom and of whole months, because nothing finer is kept."
        ),
        says=ngettext(
            "%(number)d letter in these months.",
            "%(number)d letters in these months.",
            letters,
        )
        % {"number": letters},
        head=(gettext("Hour (UTC)"), gettext("Letters"), gettext("Decisions")),
        cells=tuple((f"{hour:02}", *both) for hour, both in enumerate(found.hours)),
        legend=(
            Key(series=1, words=gettext("letters")),
            Key(series=0, words=gettext("decisions")),
        ),
        plot=plot(columns),
        is_empty=not any(map(any, found.hours)),
    )


def _begin(day: date, step: Step) -> str:
    if step is Step.MONTH:
        return month(day)
    return short_day(day)


def _period(step: Step) -> str:
    return str(_PERIODS[step])


_PERIODS = {
    Step.DAY: gettext_lazy("Day"),
    Step.WEEK: gettext_lazy("Week from"),
    Step.MONTH: gettext_lazy("Month from"),
}
_CHARTS = (_work, _outcomes, _waits, _rules, _languages, _agreements, _hours)
