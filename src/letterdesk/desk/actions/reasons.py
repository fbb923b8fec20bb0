"""Write the statement of reasons that goes with a decision."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from letterdesk.desk.actions.rulings import MAX_LAW, MAX_WORDING, Ruling
from letterdesk.desk.models import Comment, Decision, Statement
from letterdesk.desk.queries.statements import was_cut_marked, was_marked
from letterdesk.domain.ids import new_id
from letterdesk.domain.rules import Terms
from letterdesk.domain.statement import Category, Ground, Measure, Part, Verdict
from letterdesk.domain.states import WERE_PUBLISHED
from letterdesk.domain.text import clean
from letterdesk.reader.reasons import facts


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """What a decision rests on, checked: the words are as they are stored."""

    measure: Measure
    explanation: str
    law: str
    category: Category
    ruling: Ruling
    verdict: Verdict | None = None  # on an appeal against the statement in force


def weigh(
    measure: Measure,
    ruling: Ruling,
    *,
    terms: Terms,
    rules: tuple[str, ...],
    verdict: Verdict | None = None,
) -> Reasons:
    """Give the reasons of a decision under `rules`: those saved, or those of this one.

    Raises LetterRefused when a word of them is no text, or there are too many.
    """
    grounds = ruling.grounds
    wordings = [
        clean(grounds.wordings.get(one, ""), field="note", longest=MAX_WORDING)
        or terms.find(one).reason
        for one in rules
    ]
    return Reasons(
        measure=measure,
        explanation="\n\n".join(wordings),
        law=clean(grounds.law, field="law", longest=MAX_LAW),
        category=grounds.category or _category(terms, rules),
        ruling=ruling,
        verdict=verdict,
    )


def give_reasons(decision: Decision, reasons: Reasons) -> Statement:
    """Give the statement for `decision`, now in force for its comment, which is locked."""
    comment, newsroom = decision.comment, settings.NEWSROOM.reasons
    day = decision.taken.date()
    source, is_lifted = reasons.ruling.grounds.source, reasons.measure is Measure.LIFTED
    is_cut = reasons.measure is Measure.CUT
    statement = Statement.objects.create(
        puid=new_id(),
        comment=comment,
        decision=decision,
        refers_to_id=comment.reasons_id if reasons.verdict else None,
        verdict=reasons.verdict or "",
        measure=reasons.measure,
        parts=_parts(comment) if is_cut else [],
        ground=Ground.LAW if reasons.law else Ground.TERMS,
        rules=decision.rules,
        terms=decision.terms,
        law=reasons.law,
        facts=facts(
            source,
            comment.story.language,
            was_published=comment.state in WERE_PUBLISHED,
            verdict=reasons.verdict,
        ),
        explanation=reasons.explanation,
        source=source,
        detected=was_cut_marked(comment) if is_cut else was_marked(comment),
        category=reasons.category,
        language=comment.language,
        written=comment.arrived,
        decided=day,
        territory=list(newsroom.territory),
        appeal_until=None
        if reasons.verdict or is_lifted
        else day + timedelta(days=newsroom.appeal_days),
        body=newsroom.out_of_court,
    )
    comment.reasons = statement
    Comment.objects.filter(pk=comment.pk).update(reasons=statement)
    return statement


def _parts(comment: Comment) -> list[str]:
    """Give what is cut of a comment by now."""
    found = ((Part.WORDS, bool(comment.cuts)), (Part.NAME, comment.name_left_out))
    return [part.value for part, is_taken in found if is_taken]


def _category(terms: Terms, rules: tuple[str, ...]) -> Category:
    """Give the category of the first rule cited."""
    return terms.find(rules[0]).category if rules else Category.OTHER_RULE
