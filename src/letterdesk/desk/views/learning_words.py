"""What was learnt, in words: sentences, a table of figures, and charts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy, ngettext

from letterdesk.desk.dates import short_day, whole_day
from letterdesk.desk.queries.learning import Learning, ModelView, Need
from letterdesk.desk.views.charts import Column, plot, share
from letterdesk.desk.views.figure_sentences import so_many_letters
from letterdesk.desk.views.figure_words import Chart, Key, Share
from letterdesk.triage.learning.drift import ALARM, Week, alarm
from letterdesk.triage.learning.lesson import Card, Lack, MadeOf
from letterdesk.triage.signal import Kind


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A row of the table: what is measured, at present, and with the candidate."""

    name: str
    now: str
    new: str


@dataclass(frozen=True, kw_only=True)
class CandidateWords:
    """A candidate: what it is, how it did, and what stands against it."""

    is_better: bool
    says: tuple[str, ...]
    lacks: tuple[str, ...]
    bars: tuple[Share, ...]
    figures: tuple[Figure, ...]
    others: tuple[tuple[str, str, str], ...]  # kind, AUC ahead, AUC of those that judge


@dataclass(frozen=True, kw_only=True)
class Told:
    """Everything that the page says of a desk and language."""

    in_use: str
    missing: str
    needs: tuple[Share, ...]
    candidate: CandidateWords | None
    earlier: tuple[tuple[ModelView, str], ...]
    alarm: str
    drift: Chart | None


def told(found: Learning) -> Told:
    """Give what is known in words."""
    return Told(
        in_use=_in_use(found),
        missing=_missing(found),
        needs=tuple(_needs(found)),
        candidate=_candidate(found.candidate.card, _SAID[found.subject.signal])
        if found.candidate
        else None,
        earlier=tuple((model, _model(model)) for model in found.earlier),
        alarm=_alarm(found.weeks),
        drift=_drift(found.weeks) if found.weeks else None,
    )


def _model(model: ModelView) -> str:
    """Give what a model of before was."""
    return gettext(
        "Model %(number)d, from %(decisions)d decisions up to %(day)s; first taken into "
        "use on %(taken)s by %(name)s."
    ) % {
        "number": model.number,
        "decisions": model.card.decisions,
        "day": whole_day(model.card.last),
        "taken": whole_day(model.taken) if model.taken else "–",
        "name": model.taken_by,
    }


def _in_use(found: Learning) -> str:
    if found.is_broken:
        return gettext(
            "The desk’s own model cannot be used: its weights are damaged, or of another "
            "version of Letterdesk, or the encoder that it learnt beside is not installed. "
            "Until another one is taken into use, the model that comes with Letterdesk is "
            "used. Letters wait as always."
        )
    if found.in_use:
        return _model(found.in_use)
    return gettext("The model that comes with Letterdesk.")


def _missing(found: Learning) -> str:
    if found.candidate:
        return ""
    if not found.needs:
        return gettext(
            "Another model was taken into use since. The worker is about to look at the "
            "decisions anew."
        )
    if all(need.is_met for need in found.needs):
        return gettext(
            "There are enough decisions, but too few of one kind among the older or among "
            "the newest ones. More decisions will tell."
        )
    words = {"whole": found.needs[0].needed, "each": found.needs[1].needed}
    said = _SAID[found.subject.signal]
    return str(said.needs_anew if found.in_use else said.needs) % words


def _needs(found: Learning) -> Iterator[Share]:
    if found.candidate:
        return
    names = (
        gettext("decisions"),
        str(_SAID[found.subject.signal].rejected),
        gettext("approved"),
    )
    for name, need in zip(names, found.needs, strict=False):
        yield Share(words=name, said=_of(need), parts=((1, "0", _part(need)),))


def _of(need: Need) -> str:
    said = gettext("%(found)d so far; %(needed)d are needed")
    return said % {"found": need.found, "needed": need.needed}


def _part(need: Need) -> str:
    return share(min(need.found, need.needed), need.needed)


def _candidate(card: Card, said: "_Said") -> CandidateWords:
    return CandidateWords(
        is_better=card.is_better,
        says=tuple(_says(card, said)),
        lacks=tuple(_lack(lack, card, said) for lack in card.lacks),
        bars=tuple(
            Share(words=str(words), said=f"{_percent(part)} %", parts=_bar(series, part))
            for series, words, part in zip((3, 1), (_NOW, _NEW), card.apart, strict=True)
        ),
        figures=tuple(_figures(card, said)),
        others=tuple(
            (
                str(_KINDS[MadeOf(kind)]),
                f"{card.ahead[kind]:.3f}",
                f"{card.aucs[kind].auc:.3f}",
            )
            for kind in card.ahead
        ),
    )


_NOW, _NEW = gettext_lazy("present model"), gettext_lazy("candidate")
_KINDS = {
    MadeOf.SHIPPED: gettext_lazy("as it comes with Letterdesk"),
    MadeOf.DESK: gettext_lazy("the desk’s decisions alone"),
    MadeOf.STACK: gettext_lazy("both together"),
}


@dataclass(frozen=True, kw_only=True)
class _Said:
    """The sentences that are other ones for each signal."""

    rejected: object  # lazy, as all of them
    needs: object
    needs_anew: object
    learnt: object
    harmless: object
    unfair: object


_SAID: Mapping[Kind, _Said] = {
    Kind.INCIVILITY: _Said(
        rejected=gettext_lazy("rejected for how they speak"),
        needs=gettext_lazy(
            "Nothing is learnt from few decisions. It takes %(whole)d, among them %(each)d "
            "letters rejected for how they speak, and as many approved."
        ),
        needs_anew=gettext_lazy(
            "The next model is measured by decisions that this one has not learnt "
            "from: it takes %(each)d letters rejected for how they speak, and as many "
            "approved."
        ),
        learnt=gettext_lazy(
            "It learnt from %(decisions)d decisions on letters of %(first)s to %(last)s; "
            "%(unwelcome)d of them were rejected for how they speak. It is made of: "
            "%(kind)s."
        ),
        harmless=gettext_lazy("harmless sentences about groups below the mark"),
        unfair=gettext_lazy(
            "It marks too many harmless sentences that only name a group, above all: "
            "%(group)s."
        ),
    ),
    Kind.SPAM: _Said(
        rejected=gettext_lazy("rejected as advertising"),
        needs=gettext_lazy(
            "Nothing is learnt from few decisions. It takes %(whole)d, among them %(each)d "
            "letters rejected as advertising, and as many approved."
        ),
        needs_anew=gettext_lazy(
            "The next model is measured by decisions that this one has not learnt "
            "from: it takes %(each)d letters rejected as advertising, and as many approved."
        ),
        learnt=gettext_lazy(
            "It learnt from %(decisions)d decisions on letters of %(first)s to %(last)s; "
            "%(unwelcome)d of them were rejected as advertising. It is made of: %(kind)s."
        ),
        harmless=gettext_lazy("harmless sentences about shops and prices below the mark"),
        unfair=gettext_lazy(
            "It marks too many harmless sentences that only name a shop, a bank or a "
            "price, above all: %(group)s."
        ),
    ),
}


def _says(card: Card, said: _Said) -> Iterator[str]:
    now, new = card.apart
    yield ngettext(
        "On your last %(number)d decision the candidate put %(new)d %% of the good "
        "letters below all but 5 %% of the bad; the present model %(now)d %%.",
        "On your last %(number)d decisions the candidate put %(new)d %% of the good "
        "letters below all but 5 %% of the bad; the present model %(now)d %%.",
        card.held,
    ) % {"number": card.held, "new": _percent(new), "now": _percent(now)}
    yield str(said.learnt) % {
        "decisions": card.decisions,
        "first": whole_day(card.first),
        "last": whole_day(card.last),
        "unwelcome": card.unwelcome,
        "kind": _KINDS[card.kind],
    }


def _figures(card: Card, said: _Said) -> Iterator[Figure]:
    now, new = card.aucs["present"], card.aucs[card.kind]
    yield Figure(
        name=gettext("a bad letter scores above a good one (AUC)"),
        now=f"{now.auc:.3f}",
        new=f"{new.auc:.3f}",
    )
    yield Figure(
        name=gettext("between (eight times out of ten)"),
        now=f"{now.low:.2f}–{now.high:.2f}",
        new=f"{new.low:.2f}–{new.high:.2f}",
    )
    yield Figure(
        name=gettext("surely better by (nine times out of ten)"),
        now="",
        new=f"{card.gain.low:+.3f}".replace("-", "−"),
    )
    yield Figure(
        name=gettext(
            "of the %(bad)d rejected letters, so many are among the %(marked)d that it "
            "would show first"
        )
        % {"bad": card.held_unwelcome, "marked": card.marked},
        now=str(card.found[0]),
        new=str(card.found[1]),
    )
    yield Figure(
        name=str(said.harmless),
        now=f"{100 * card.mentions[0].below:.1f} %",
        new=f"{100 * card.mentions[1].below:.1f} %",
    )
    yield Figure(
        name=gettext("how far its chances are off, on average"),
        now="",
        new=f"{100 * card.miscalibration:.1f} %",
    )


def _lack(lack: Lack, card: Card, said: _Said) -> str:
    if lack is Lack.GROUPS:
        return str(said.unfair) % {"group": card.mentions[1].group}
    return str(_LACKS[lack])


_LACKS = {
    Lack.GAIN: gettext_lazy(
        "It is not better for sure: chance could explain what it gains."
    ),
    Lack.RECALL: gettext_lazy(
        "It finds fewer of the letters that were rejected last than the present model."
    ),
}


def _bar(series: int, part: float) -> tuple[tuple[int, str, str], ...]:
    return ((series, "0", f"{100 * part:.1f}"),)


def _percent(part: float) -> int:
    return round(100 * part)


def _alarm(weeks: tuple[Week, ...]) -> str:
    week = alarm(weeks)
    if week is None:
        return ""
    return gettext(
        "What readers write has moved since %(day)s: the present model’s scores are spread "
        "otherwise than in the weeks before. Look at the words below, and trust its marks "
        "less until a new model is there."
    ) % {"day": whole_day(week.start)}


def _drift(weeks: tuple[Week, ...]) -> Chart:
    rejected = [_percent(one.unwelcome / one.letters) for one in weeks]
    return Chart(
        name="drift",
        title=gettext("From week to week"),
        note=gettext(
            "Of the letters that teach: how many in a hundred were rejected, and how far "
            "the present model’s scores moved against the eight weeks before (population "
            "stability index, in hundredths; above %(alarm)d is an alarm)."
        )
        % {"alarm": _percent(ALARM)},
        says=_week_words(weeks[-1]),
        head=(
            gettext("Week from"),
            gettext("Letters"),
            gettext("Rejected (%)"),
            gettext("Moved"),
        ),
        cells=tuple(
            (one.start, one.letters, part, _moved(one))
            for one, part in zip(weeks, rejected, strict=True)
        ),
        legend=(
            Key(series=1, words=gettext("rejected, in a hundred")),
            Key(series=0, words=gettext("moved, in hundredths")),
        ),
        plot=plot(
            [
                Column(
                    name=short_day(one.start),
                    words=_week_words(one),
                    bars=(part,),
                    mark=_moved(one),
                )
                for one, part in zip(weeks, rejected, strict=True)
            ]
        ),
        has_file=False,
    )


def _week_words(one: Week) -> str:
    words = {
        "day": short_day(one.start),
        "letters": so_many_letters(one.letters),
        "rejected": one.unwelcome,
        "moved": _moved(one),
    }
    if one.moved is None:
        return (
            gettext(
                "Week from %(day)s: %(letters)s, %(rejected)d rejected; too few "
                "to say whether scores moved."
            )
            % words
        )
    return (
        gettext(
            "Week from %(day)s: %(letters)s, %(rejected)d rejected; scores moved "
            "by %(moved)d."
        )
        % words
    )


def _moved(one: Week) -> int | None:
    return None if one.moved is None else _percent(one.moved)
