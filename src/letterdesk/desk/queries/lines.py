"""Everything that the desk has, as the lines of our own format.

Within `one_moment`. Not among it: what opens accounts, receipts and sealed letters, tips,
protected names, and who sent a notice. Words that an author took back are gone from here
at once, also where the press has yet to erase them.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Prefetch

from letterdesk.desk.models import (
    Appeal,
    AuditEntry,
    Comment,
    Decision,
    Imported,
    Notice,
    TermsVersion,
    User,
)
from letterdesk.desk.models import Story as Row
from letterdesk.desk.queries.found import batches
from letterdesk.desk.queries.leaving import days_of, in_order, in_thread, is_held_back
from letterdesk.desk.queries.statements import statement_value
from letterdesk.domain.edit import published_text
from letterdesk.domain.statement import Category, to_facts
from letterdesk.domain.states import State
from letterdesk.domain.text import tame
from letterdesk.domain.thread import Published
from letterdesk.interchange.letterdesk import (
    AppealLine,
    AuditLine,
    CommentLine,
    CutLine,
    DecisionLine,
    Line,
    NoticeLine,
    PersonLine,
    RuleLine,
    StoryLine,
    TermsLine,
)
from letterdesk.interchange.portion import Portion

_CHUNK = 500  # rows held in memory at once
_GONE = "gone"  # readers see that something stood there


def lines(keys: Iterable[int], portion: Portion) -> Iterator[Line]:
    """Give the lines of a portion, with the stories of these keys.

    The audit log is one chain: it is there when all is.
    """
    if not portion.published_only:
        yield from _people()
    yield from _terms()
    for key in keys:
        row = Row.objects.get(pk=key)
        yield _story(row)
        yield from _shown(row, portion) if portion.published_only else _all(row, portion)
    if not portion.published_only:
        yield from _appeals(portion)
        yield from _notices(portion)
    if portion.is_all:
        rows = AuditEntry.objects.order_by("number").iterator(chunk_size=_CHUNK)
        yield from (
            AuditLine(number=one.number, facts=one.facts, digest=one.digest) for one in rows
        )


def _people() -> Iterator[PersonLine]:
    for row in User.objects.order_by("username").prefetch_related("desks"):
        yield PersonLine(
            name=row.username,
            role=row.role,
            pseudonym=row.pseudonym,
            desks=tuple(sorted(one.desk for one in row.desks.all())),
            is_open=row.is_active,
        )


def _terms() -> Iterator[TermsLine]:
    rows = TermsVersion.objects.filter(number__isnull=False).order_by("number")
    for row in rows.prefetch_related("texts"):
        assert row.since  # noqa: S101 -- the database sees to it
        for text in row.texts.all():
            yield TermsLine(
                version=str(row.number),
                since=row.since,
                language=text.language,
                title=text.title,
                intro=text.intro,
                disclaimer=text.disclaimer,
                rules=tuple(
                    RuleLine(**{"category": Category.OTHER_RULE, **rule, "number": str(at)})
                    for at, rule in enumerate(text.rules, start=1)
                ),
            )


def _story(row: Row) -> StoryLine:
    return StoryLine(
        id=row.public_id,
        url=row.url,
        headline=row.headline,
        language=row.language,
        desk=row.desk,
        risk=row.risk,
        registered=row.registered,
        is_open=row.is_open,
        body=row.body,
        credits=tuple(row.credits),
        picture=row.picture,
    )


def _shown(row: Row, portion: Portion) -> Iterator[CommentLine]:
    return (_published(one, row.public_id) for one in in_thread(row, portion))


def _published(one: Published, story: str) -> CommentLine:
    return CommentLine(
        id=one.id,
        story=story,
        state=_GONE if one.is_gone else State.PUBLISHED,
        text=tame(published_text(one.text, one.cuts)),
        name=tame(one.name),
        name_left_out=one.name_left_out,
        language=one.language,
        reply_to=one.reply_to,
        published=date.fromisoformat(one.published) if one.published else None,
        place=one.order,
        is_pick=one.is_pick,
        rules=one.rules,
        terms=one.terms,
        edited_elsewhere=one.edited_elsewhere,
    )


def _all(row: Row, portion: Portion) -> Iterator[CommentLine]:
    taken = Decision.objects.select_related("moderator", "statement__refers_to")
    found = Comment.objects.select_related("reply_to", "imported").prefetch_related(
        Prefetch("decisions", taken.order_by("version"))
    )
    for some in batches(in_order(row, portion)):
        rows = found.in_bulk(some)
        yield from (_comment(rows[key], row.public_id) for key in some)


def _comment(row: Comment, story: str) -> CommentLine:
    """Give a comment as it stands; what readers do not see yet has not been published."""
    is_gone = row.state == State.WITHDRAWN
    imported: Imported | None = getattr(row, "imported", None)
    return CommentLine(
        id=row.public_id,
        story=story,
        state=_state(row),
        text="" if is_gone else row.text,
        name="" if is_gone else row.name,
        name_left_out=row.name_left_out and not is_gone,
        language=row.language,
        reply_to=row.reply_to.public_id if row.reply_to else "",
        arrived=row.arrived,
        published=row.published if _was_out(row) else None,
        place=row.place or 0,
        is_pick=row.is_pick,
        as_written=row.as_written,
        came_late=row.came_late,
        lost_parent=row.lost_parent,
        trapped=row.trapped,
        risk=row.risk,
        cuts=() if is_gone else _cuts(row.cuts),
        rules=tuple(row.rules),
        terms=row.terms,
        statement="" if is_gone else row.statement,
        version=row.version,
        acted_version=row.acted_version,
        salt=b"" if is_gone else bytes(row.salt),
        source=imported.source if imported else "",
        source_site=imported.site if imported else "",
        source_id=imported.source_id if imported else "",
        edited_elsewhere=_titles(imported) if not is_gone else None,
        decisions=tuple(_decisions(row, is_gone=is_gone)),
    )


def _state(row: Comment) -> str:
    """Give the state of a comment: what no page has shown yet can still be taken back."""
    if is_held_back(row):
        return State.PENDING
    is_new = row.state == State.PUBLISHED and row.awaits_page
    return State.APPROVED if is_new else row.state


def _was_out(row: Comment) -> bool:
    """Say whether readers have ever had a comment that the press has published."""
    if not row.awaits_page:
        return not is_held_back(row)
    return any(one.before.get("state") == State.PUBLISHED for one in row.decisions.all())


def _titles(imported: Imported | None) -> tuple[str, ...] | None:
    under = imported.edited_under if imported else None
    return None if under is None else tuple(under)


def _decisions(row: Comment, *, is_gone: bool) -> Iterator[DecisionLine]:
    """Give the decisions on a comment, each with what it took of the letter."""
    taken = list(row.decisions.all())
    now = {"cuts": row.cuts, "name_left_out": row.name_left_out}
    left = [*(one.before for one in taken[1:]), now]
    for one, kept in zip(taken, left, strict=bool(taken)):
        yield DecisionLine(
            version=one.version,
            move=one.move,
            state=one.state,
            taken=one.taken,
            by=one.moderator.username if one.moderator else "",
            rules=tuple(one.rules),
            terms=one.terms,
            note="" if is_gone else one.note,
            group=one.group,
            cuts=() if is_gone else _cuts(kept.get("cuts", ())),
            name_left_out=not is_gone and bool(kept.get("name_left_out")),
            reasons=_reasons(one, is_gone=is_gone),
        )


def _reasons(one: Decision, *, is_gone: bool) -> dict[str, object]:
    statement = getattr(one, "statement", None)
    facts = to_facts(statement_value(statement)) if statement else {}
    return facts | ({"explanation": ""} if is_gone and facts else {})


def _cuts(rows: Iterable[tuple[int, int, str]]) -> tuple[CutLine, ...]:
    return tuple(CutLine(start=start, end=end, note=note) for start, end, note in rows)


def _appeals(portion: Portion) -> Iterator[AppealLine]:
    found = Appeal.objects.filter(days_of(portion, "arrived"), comment__isnull=False)
    if portion.story:
        found = found.filter(comment__story__public_id=portion.story)
    rows = found.select_related("comment", "decision").order_by("id")
    for row in rows.iterator(chunk_size=_CHUNK):
        assert row.comment  # noqa: S101 -- the query leaves the others out
        yield AppealLine(
            id=row.public_id,
            comment=row.comment.public_id,
            arrived=row.arrived,
            text="" if row.comment.state == State.WITHDRAWN else row.text,
            is_open=row.is_open,
            verdict=row.verdict,
            decided=row.decision.version if row.decision else 0,
        )


def _notices(portion: Portion) -> Iterator[NoticeLine]:
    found = Notice.objects.filter(days_of(portion, "arrived"))
    if portion.story:
        found = found.filter(story__public_id=portion.story)
    rows = found.select_related("story", "comment", "decision", "decided_by").order_by("id")
    for row in rows.iterator(chunk_size=_CHUNK):
        yield NoticeLine(
            id=row.public_id,
            story=row.story.public_id,
            arrived=row.arrived,
            comment=row.comment.public_id if row.comment else "",
            text=row.text,
            alleged=row.alleged,
            good_faith=row.good_faith,
            is_open=row.is_open,
            fate=row.fate,
            decided=row.decision.version if row.decision else 0,
            decided_by=row.decided_by.username if row.decided_by else "",
            answer=row.answer,
        )
