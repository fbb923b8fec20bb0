"""Opened letters become rows: comments, tips, notices, withdrawals, appeals."""

import hmac
import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.conf import settings
from django.db.models import Model

from letterdesk.desk.actions.intake import NOT_THE_AUTHOR, Opened, Refused
from letterdesk.desk.actions.mails import remember_addresses
from letterdesk.desk.actions.withdraw import withdraw, withdraw_notices, withdraw_tips
from letterdesk.desk.models import Appeal, Comment, Notice, Story, Tip, Withdrawal
from letterdesk.desk.queries.appeals import verdicts
from letterdesk.desk.queries.found import found_by
from letterdesk.desk.queries.unopened import NOTHING, STORY_UNKNOWN
from letterdesk.domain.audit import commitment
from letterdesk.domain.ids import is_id
from letterdesk.domain.letter import ALLEGED, Letter, LetterKind
from letterdesk.domain.receipt import action_digest
from letterdesk.domain.statement import Verdict
from letterdesk.domain.states import FINAL
from letterdesk.tags import LANGUAGES

_TABLES: dict[LetterKind, type[Model]] = {
    LetterKind.COMMENT: Comment,
    LetterKind.TIP: Tip,
    LetterKind.NOTICE: Notice,
    LetterKind.WITHDRAWAL: Withdrawal,
    LetterKind.APPEAL: Appeal,
}
_Answerable = Comment | Notice | Tip  # what a receipt can be about
_Receipts = Mapping[str, list[_Answerable]]
_ABOUT_STORIES = (LetterKind.COMMENT, LetterKind.NOTICE, LetterKind.TIP)


@dataclass(kw_only=True)
class Settled:
    """What became of some letters, as the audit log holds it: ids and commitments."""

    comments: dict[str, str] = field(default_factory=dict)
    others: dict[LetterKind, list[str]] = field(default_factory=dict)
    withdrawn: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    repeated: int = 0
    places: Counter[tuple[str, str]] = field(default_factory=Counter)  # desk and language

    @property
    def taken(self) -> int:
        """How many letters became rows."""
        return len(self.comments) + sum(len(ids) for ids in self.others.values())


def settle(opened: Iterable[Opened], *, today: date) -> Settled:
    """Store letters that are not stored yet, in the caller's transaction.

    The number of queries does not depend on how many letters or comments there are, apart
    from what one query can carry. Locks the stories that letters are about, then the
    comments and the notices that are withdrawn.
    """
    settled = Settled()
    by_kind = _by_kind(opened, settled)
    stories = _stories(by_kind, settled)
    _keep_receipts_apart(by_kind)
    _comments(by_kind[LetterKind.COMMENT], stories, settled)
    _tips(by_kind[LetterKind.TIP], stories, settled)
    _notices(by_kind[LetterKind.NOTICE], stories, settled)
    _withdrawals(by_kind[LetterKind.WITHDRAWAL], settled, today=today)
    _appeals(by_kind[LetterKind.APPEAL], settled)
    return settled


def _by_kind(opened: Iterable[Opened], settled: Settled) -> dict[LetterKind, list[Opened]]:
    """Give the letters of each kind that are new, each once."""
    by_kind: dict[LetterKind, dict[str, Opened]] = {kind: {} for kind in LetterKind}
    for one in opened:
        if one.letter.id in by_kind[one.letter.kind]:
            settled.repeated += 1
        else:
            by_kind[one.letter.kind][one.letter.id] = one
    for kind, table in _TABLES.items():
        for known in found_by(table, "public_id", by_kind[kind], "public_id"):
            del by_kind[kind][str(known[0])]
            settled.repeated += 1
    return {kind: list(ones.values()) for kind, ones in by_kind.items()}


def _stories(by_kind: dict[LetterKind, list[Opened]], settled: Settled) -> dict[str, Story]:
    """Give the stories that letters are about, locked; drop letters about unknown ones.

    Nobody moves one to another desk, or makes it sensitive, beside letters that still get
    the desk and the risk that it had.
    """
    named = {one.letter.story for kind in _ABOUT_STORIES for one in by_kind[kind]}
    locked = Story.objects.select_for_update(no_key=True).filter(public_id__in=named)
    known = locked.only("id", "public_id", "desk", "language", "risk", "is_open")
    stories = {story.public_id: story for story in known.order_by("id")}
    for kind in _ABOUT_STORIES:
        for one in by_kind[kind]:
            if one.letter.story not in stories:
                settled.refused.append(_without_story(one))
        by_kind[kind] = [one for one in by_kind[kind] if one.letter.story in stories]
    return stories


def _without_story(one: Opened) -> Refused:
    """Refuse a letter about a story that is not here: it may come, or there is none."""
    awaits = one.letter.story if is_id(one.letter.story) else NOTHING
    return Refused(raw=one.raw, reason=STORY_UNKNOWN, awaits=awaits)


def _keep_receipts_apart(by_kind: dict[LetterKind, list[Opened]]) -> None:
    """Take away the receipts that are somebody else's: only the first letter has one.

    Whoever seals a letter herself may name any receipt. A second letter with it would tell
    its outcome in the place of the first one's, and keep its author from taking it back.
    """
    named = {one.letter.lookup for kind in _ABOUT_STORIES for one in by_kind[kind]} - {""}
    taken = {
        str(known[0])
        for kind in _ABOUT_STORIES
        for known in found_by(_TABLES[kind], "lookup", named)
    }
    for kind in _ABOUT_STORIES:
        for at, one in enumerate(by_kind[kind]):
            if one.letter.lookup in taken:
                by_kind[kind][at] = replace(one, letter=_without_receipt(one.letter))
            elif one.letter.lookup:
                taken.add(one.letter.lookup)


def _without_receipt(letter: Letter) -> Letter:
    return replace(letter, lookup="", outcome_key=b"", action_digest=b"")


def _comments(new: list[Opened], stories: dict[str, Story], settled: Settled) -> None:
    letters = [one.letter for one in new]
    parents = {
        str(public_id): (pk, story)
        for public_id, pk, story in found_by(
            Comment, "public_id", {one.reply_to for one in letters} - {""}, "id", "story_id"
        )
    }
    rows: list[Comment] = []
    for letter in letters:
        story = stories[letter.story]
        parent, its_story = parents.get(letter.reply_to, (None, None))
        row = _comment(letter, story)
        row.reply_to_id = int(str(parent)) if parent and its_story == story.pk else None
        row.lost_parent = bool(letter.reply_to) and row.reply_to_id is None
        rows.append(row)
    stored = Comment.objects.bulk_create(rows)
    remember_addresses({one.id: one for one in letters}, stored, settings.NEWSROOM)
    for row in stored:
        settled.comments[row.public_id] = commitment(bytes(row.salt), row.text)
        settled.places[row.desk, row.language] += 1


def _comment(letter: Letter, story: Story) -> Comment:
    return Comment(
        public_id=letter.id,
        story=story,
        desk=story.desk,
        risk=story.risk,
        text=letter.text,
        name=letter.name,
        language=_language(letter, story),
        as_written=letter.as_written,
        trapped=letter.trapped,
        came_late=not story.is_open,
        arrived=letter.arrived,
        lookup=letter.lookup,
        outcome_key=letter.outcome_key,
        action_digest=letter.action_digest,
        salt=secrets.token_bytes(32),
    )


def _language(letter: Letter, story: Story) -> str:
    """Give the language of the page that a letter came from.

    Whoever seals one herself may name any, of any length, and each letter another one.
    """
    is_ours = letter.language in LANGUAGES
    return letter.language if is_ours else story.language


def _tips(new: list[Opened], stories: dict[str, Story], settled: Settled) -> None:
    Tip.objects.bulk_create(
        Tip(
            public_id=one.letter.id,
            story=stories[one.letter.story],
            text=one.letter.text,
            name=one.letter.name,
            contact=one.letter.contact,
            arrived=one.letter.arrived,
            lookup=one.letter.lookup,
            outcome_key=one.letter.outcome_key,
            action_digest=one.letter.action_digest,
        )
        for one in new
    )
    settled.others[LetterKind.TIP] = [one.letter.id for one in new]


def _notices(new: list[Opened], stories: dict[str, Story], settled: Settled) -> None:
    about = {
        str(public_id): (pk, story)
        for public_id, pk, story in found_by(
            Comment, "public_id", {one.letter.comment for one in new}, "id", "story_id"
        )
    }
    rows: list[Notice] = []
    for letter in (one.letter for one in new):
        story = stories[letter.story]
        comment, its_story = about.get(letter.comment, (None, None))
        row = Notice(
            public_id=letter.id,
            story=story,
            text=letter.text,
            name=letter.name,
            contact=letter.contact,
            arrived=letter.arrived,
            lookup=letter.lookup,
            outcome_key=letter.outcome_key,
            action_digest=letter.action_digest,
            alleged=letter.alleged if letter.alleged in ALLEGED else "",
            good_faith=letter.good_faith,
        )
        row.comment_id = int(str(comment)) if comment and its_story == story.pk else None
        rows.append(row)
    Notice.objects.bulk_create(rows)
    settled.others[LetterKind.NOTICE] = [row.public_id for row in rows]


def _withdrawals(new: list[Opened], settled: Settled, *, today: date) -> None:
    """Store withdrawals and apply those whose letter is there, also to new letters."""
    known = _by_receipt({one.letter.lookup for one in new})
    _drop(new, lambda one: not _may(one.letter, known), settled, reason=NOT_THE_AUTHOR)
    Withdrawal.objects.bulk_create(
        Withdrawal(
            public_id=one.letter.id,
            lookup=one.letter.lookup,
            action_digest=action_digest(one.letter.action_key),
            arrived=one.letter.arrived,
        )
        for one in new
    )
    settled.others[LetterKind.WITHDRAWAL] = [one.letter.id for one in new]
    known |= _by_receipt(_lookups(settled))
    waiting = Withdrawal.objects.filter(lookup__in=known, is_applied=False)
    proven = {row.pk: about for row in waiting if (about := _about(row, known))}
    found = [row for about in proven.values() for row in about]
    settled.withdrawn = withdraw(_keys(found, Comment), today=today)
    withdraw_notices(_keys(found, Notice), today=today)
    withdraw_tips(_keys(found, Tip))
    Withdrawal.objects.filter(pk__in=proven).update(is_applied=True)


def _keys(found: Iterable[_Answerable], kind: type[_Answerable]) -> list[int]:
    return [row.pk for row in found if isinstance(row, kind)]


def _appeals(new: list[Opened], settled: Settled) -> None:
    """Store appeals, and tie them to the comments that are there.

    An author whose appeal was answered has had the last word from us, unless somebody has
    decided against her letter since: another one is kept, and nobody is asked.
    """
    known = _by_receipt({one.letter.lookup for one in new})
    _drop(new, lambda one: not _may(one.letter, known), settled, reason=NOT_THE_AUTHOR)
    rows = [
        Appeal(
            public_id=one.letter.id,
            lookup=one.letter.lookup,
            action_digest=action_digest(one.letter.action_key),
            text=one.letter.text,
            arrived=one.letter.arrived,
        )
        for one in new
    ]
    for row in rows:
        row.comment = _comment_or_none(_about(row, known))
    _close_late(rows)
    Appeal.objects.bulk_create(rows)
    settled.others[LetterKind.APPEAL] = [one.letter.id for one in new]
    known = _by_receipt(_lookups(settled))
    for row in Appeal.objects.filter(lookup__in=known, comment=None):
        if comment := _comment_or_none(_about(row, known)):
            row.comment = comment
            row.save(update_fields=["comment"])
    tied = {row.comment_id for row in rows if row.comment_id and row.is_open}
    Comment.objects.filter(pk__in=tied, state__in=FINAL).update(outcome_due=True)


def _close_late(rows: Iterable[Appeal]) -> None:
    """Close the appeals against statements on which an appeal was answered already."""
    told = verdicts({row.comment_id for row in rows if row.comment_id})
    done = {comment for comment, verdict in told.items() if verdict != Verdict.OPEN}
    for row in rows:
        row.is_open = row.comment_id not in done


def _comment_or_none(about: Iterable[_Answerable]) -> Comment | None:
    return next((row for row in about if isinstance(row, Comment)), None)


def _lookups(settled: Settled) -> set[str]:
    """Give the receipts of the letters that were just stored."""
    new: dict[type[Model], Iterable[str]] = {
        Comment: settled.comments,
        Notice: settled.others[LetterKind.NOTICE],
        Tip: settled.others[LetterKind.TIP],
    }
    return {
        str(lookup)
        for table, ids in new.items()
        if ids
        for _, lookup in found_by(table, "public_id", set(ids), "lookup")
    } - {""}


def _by_receipt(lookups: set[str]) -> dict[str, list[_Answerable]]:
    """Give the comments, notices and tips with these receipts, by receipt.

    One each, since tips and notices are kept apart as comments are; of before, more.
    Indexes comment_of_receipt, notice_by_receipt, tip_by_receipt.
    """
    found: defaultdict[str, list[_Answerable]] = defaultdict(list)
    for table in (Tip, Notice, Comment) if lookups else ():
        rows = table.objects.only("id", "lookup", "action_digest").exclude(lookup="")
        for row in rows.filter(lookup__in=lookups):
            found[row.lookup].append(row)
    return dict(found)


def _may(letter: Letter, known: _Receipts) -> bool:
    """Say whether a letter by receipt is its author's, as far as we can tell yet."""
    about = known.get(letter.lookup, ())
    return not about or bool(_proven(action_digest(letter.action_key), about))


def _about(row: Withdrawal | Appeal, known: _Receipts) -> list[_Answerable]:
    """Give what a withdrawal or an appeal is proven to be about."""
    return _proven(bytes(row.action_digest), known.get(row.lookup, ()))


def _proven(digest: bytes, about: Iterable[_Answerable]) -> list[_Answerable]:
    return [row for row in about if hmac.compare_digest(digest, bytes(row.action_digest))]


def _drop(
    ones: list[Opened], is_wrong: Callable[[Opened], bool], settled: Settled, *, reason: str
) -> None:
    """Move the letters that cannot be stored from `ones` to the refused ones."""
    wrong = [one for one in ones if is_wrong(one)]
    settled.refused.extend(Refused(raw=one.raw, reason=reason) for one in wrong)
    ones[:] = [one for one in ones if not is_wrong(one)]
