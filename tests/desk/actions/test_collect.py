import os
from collections.abc import Iterable
from datetime import timedelta
from random import Random

import pytest
from django.db import DataError, IntegrityError, OperationalError, connection

from letterdesk import sealing
from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.collect import (
    BatchesStuck,
    BatchesUnread,
    Collected,
    collect,
    reopen,
    take_back,
)
from letterdesk.desk.actions.settle import settle
from letterdesk.desk.actions.spooled import Before
from letterdesk.desk.models import (
    Appeal,
    AuditEntry,
    Comment,
    Decision,
    Notice,
    Tally,
    Tip,
    Unopened,
    Withdrawal,
)
from letterdesk.desk.queries.audit import verify
from letterdesk.domain.audit import commitment
from letterdesk.domain.envelope import ENTRY, HEADER, MAX_ENVELOPE, pack_batch
from letterdesk.domain.errors import PlaceFailed
from letterdesk.domain.letter import Letter, LetterKind
from letterdesk.domain.receipt import action_digest
from letterdesk.places import choose
from letterdesk.places.base import Place
from letterdesk.places.folder import Folder
from letterdesk.salvage import SMALLEST
from letterdesk.sealing import PrivateKey
from letterdesk.settings import Settings
from tests.desk import rows
from tests.desk.failing import FailingPlace, Killed, killed_at_query
from tests.desk.sent import Failing, by_receipt, letter
from tests.values import TODAY, an_id

MARKER = "Daniel Roe, 4 Harbour Lane"
_numbers = iter(range(1, 10_000))


@pytest.fixture
def post(spool: Folder, key: PrivateKey):
    """Give what puts letters into the spool as one batch, as the letterbox would."""

    def put(*letters: Letter | bytes) -> None:
        sealed = [
            one if isinstance(one, bytes) else sealing.seal(one, key.public)
            for one in letters
        ]
        spool.put(f"batch-{next(_numbers)}", pack_batch(sealed))

    return put


@pytest.fixture
def take(spool: Folder, key: PrivateKey):
    """Give what collects the spool."""
    return lambda: collect(spool, [key], today=TODAY)


def test_a_comment_is_stored_as_it_was_sent_but_for_its_contact(db, post, take, spool):
    story = rows.make_story(desk="Boats")
    post(letter(1, text=MARKER, name="Mira", contact="mira@example.org", as_written=True))

    done = take()

    assert done == Collected(batches=1, letters=1)
    assert list(spool.list()) == []
    comment = Comment.objects.get()
    found = {
        name: getattr(comment, name)
        for name in (
            "public_id",
            "story",
            "desk",
            "state",
            "text",
            "name",
            "language",
            "reply_to",
            "as_written",
            "trapped",
            "arrived",
            "lookup",
            "version",
            "outcome_due",
        )
    }
    assert found == {
        "public_id": an_id(1),
        "story": story,
        "desk": "Boats",
        "state": "pending",
        "text": MARKER,
        "name": "Mira",
        "language": "en",
        "reply_to": None,
        "as_written": True,
        "trapped": False,
        "arrived": TODAY,
        "lookup": rows.receipt(1).lookup,
        "version": 1,
        "outcome_due": False,
    }
    assert bytes(comment.outcome_key) == rows.receipt(1).outcome_key
    assert len(bytes(comment.salt)) == 32


def test_the_log_holds_commitments_and_no_words(db, post, take):
    rows.make_story()
    post(letter(1, text=MARKER, name=MARKER))

    take()

    salt = bytes(Comment.objects.get().salt)
    entry = AuditEntry.objects.get()
    assert entry.facts == {
        "what": "collected",
        "who": "letterbox",
        "day": "2026-11-23",
        "comments": {an_id(1): commitment(salt, MARKER)},
        "tips": [],
        "notices": [],
        "withdrawals": [],
        "appeals": [],
        "withdrawn": [],
        "unopened": 0,
    }
    assert "Harbour" not in str(entry.facts)
    assert Tally.objects.values_list("kind", "count").get() == ("received", 1)


def test_every_kind_of_letter_finds_its_table(db, post, take, moderator):
    story = rows.make_story()
    known = rows.make_comment(story, 50)
    post(
        letter(1),
        letter(2, kind=LetterKind.TIP, contact="mira@example.org"),
        letter(3, kind=LetterKind.NOTICE, comment=known.public_id, contact="a@b.example"),
        letter(4, kind=LetterKind.NOTICE, comment=an_id(99)),
        by_receipt(LetterKind.APPEAL, 5, 50),
        by_receipt(LetterKind.WITHDRAWAL, 6, 50),
    )

    assert take() == Collected(batches=1, letters=6)

    assert Tip.objects.values_list("public_id", "contact").get() == (
        an_id(2),
        "mira@example.org",
    )
    assert list(Notice.objects.order_by("id").values_list("comment", "contact")) == [
        (known.pk, "a@b.example"),
        (None, ""),
    ]
    assert Appeal.objects.values_list("comment", "text").get() == (
        known.pk,
        "It was true.",
    )
    assert Withdrawal.objects.get().is_applied
    known.refresh_from_db()
    assert known.state == "withdrawn"
    assert dict(Tally.objects.values_list("kind", "count")) == {
        "received": 1,
        "appeals": 1,
        "notices": 2,
    }


def test_a_reply_is_tied_to_a_comment_of_the_same_story_only(db, post, take):
    story, other = rows.make_story(1), rows.make_story(2)
    here, there = rows.make_comment(story, 50), rows.make_comment(other, 51)
    post(
        letter(1, reply_to=here.public_id),
        letter(2, reply_to=there.public_id),
        letter(3, reply_to=an_id(99)),
        letter(4),
    )

    take()

    found = Comment.objects.filter(public_id__in=[an_id(n) for n in (1, 2, 3, 4)])
    assert {
        id_: (parent, is_lost)
        for id_, parent, is_lost in found.values_list(
            "public_id", "reply_to", "lost_parent"
        )
    } == {
        an_id(1): (here.pk, False),
        an_id(2): (None, True),
        an_id(3): (None, True),
        an_id(4): (None, False),
    }


def test_a_letter_for_a_closed_story_is_taken_and_marked(db, post, take):
    story = rows.make_story(1)
    post(letter(1))
    take()
    story.is_open = False
    story.save()
    post(letter(1), letter(2))

    take()

    late = Comment.objects.order_by("public_id").values_list("public_id", "came_late")
    assert list(late) == [(an_id(1), False), (an_id(2), True)]


@pytest.mark.parametrize("kind", [LetterKind.COMMENT, LetterKind.TIP, LetterKind.NOTICE])
def test_a_letter_about_an_unknown_story_is_kept_until_the_story_is_there(
    kind, db, post, take, key
):
    post(letter(1, kind=kind))

    assert take() == Collected(batches=1, unopened=1)
    assert Unopened.objects.get().reason == "story-unknown"
    assert reopen([key], today=TODAY) == Collected()

    rows.make_story()
    assert reopen([key], today=TODAY) == Collected(letters=1)
    assert not Unopened.objects.exists()
    assert {Comment: 1, Tip: 1, Notice: 1}[
        {"comment": Comment, "tip": Tip, "notice": Notice}[kind]
    ] == sum(table.objects.count() for table in (Comment, Tip, Notice))


def test_a_letter_to_a_missing_key_is_kept_until_the_key_is_back(db, post, take, key):
    rows.make_story()
    old = sealing.new_key()
    post(letter(1), sealing.seal(letter(2), old.public))

    assert take() == Collected(batches=1, letters=1, unopened=1)
    assert Unopened.objects.get().reason == "key-unknown"

    assert reopen([key, old], today=TODAY) == Collected(letters=1)
    assert sorted(Comment.objects.values_list("public_id", flat=True)) == [
        an_id(1),
        an_id(2),
    ]


@pytest.mark.parametrize("waiting", [1, 30])
def test_what_cannot_open_yet_is_let_be_however_much_it_is(
    waiting, db, post, take, key, django_assert_num_queries
):
    other = sealing.new_key()
    numbers = range(1, waiting + 1)
    post(*(letter(number, story=an_id(5_000 + number)) for number in numbers))
    post(*(letter(number + 100, story="no id") for number in numbers))
    post(*(sealing.seal(letter(number), other.public) for number in numbers))
    take()

    with django_assert_num_queries(1):
        done = reopen([key], today=TODAY)

    assert (done, Unopened.objects.count()) == (Collected(), 3 * waiting)


def test_what_an_older_version_kept_is_tried_once_and_says_then_what_it_awaits(
    db, post, take, key, django_assert_num_queries
):
    other = sealing.new_key()
    post(letter(1), letter(2, story="no id"), sealing.seal(letter(3), other.public))
    take()
    Unopened.objects.update(awaits="")

    first = reopen([key], today=TODAY)
    with django_assert_num_queries(1):
        second = reopen([key], today=TODAY)

    kept = Unopened.objects.values_list("reason", "awaits")
    assert (first, second) == (Collected(), Collected())
    assert sorted(kept) == [
        ("key-unknown", other.public.id.hex()),
        ("story-unknown", an_id(901)),
        ("story-unknown", "nothing"),
    ]


def test_a_letter_to_a_key_that_is_back_goes_on_to_wait_for_its_story(db, post, take, key):
    other = sealing.new_key()
    post(sealing.seal(letter(1), other.public))
    take()

    early = reopen([key, other], today=TODAY)
    kept = Unopened.objects.values_list("reason", "awaits").get()
    rows.make_story()
    late = reopen([key, other], today=TODAY)

    assert (early, kept) == (Collected(), ("story-unknown", an_id(901)))
    assert late == Collected(letters=1)


_UNSOUND = {
    "id-wrong": {"id": "../../index.html"},
    "empty": {"text": "\u200b "},
    "not-text": {"text": "a\0b"},
    "too-long": {"text": "x" * 5001},
}


@pytest.mark.parametrize("reason", _UNSOUND)
def test_a_letter_that_our_letterbox_would_not_take_is_kept_apart(reason, db, post, take):
    rows.make_story()
    post(letter(1, **_UNSOUND[reason]), letter(2))

    assert take() == Collected(batches=1, letters=1, unopened=1)

    assert Unopened.objects.get().reason == reason
    assert Comment.objects.get().public_id == an_id(2)


@pytest.mark.parametrize("tag", ["xx-00000001", "en" + "-abcdefgh" * 2500, "de"])
def test_a_language_of_no_page_of_ours_is_the_storys(tag, db, post, take):
    rows.make_story()
    post(letter(1, language=tag), letter(2, language="ko"))

    assert take() == Collected(batches=1, letters=2)

    found = Comment.objects.order_by("public_id").values_list("language", flat=True)
    assert list(found) == ["en", "ko"]


@pytest.mark.parametrize("error", [DataError, IntegrityError])
def test_a_letter_that_the_database_refuses_stops_no_other(
    error, db, post, take, monkeypatch
):
    rows.make_story()
    refuse(monkeypatch, an_id(1), error("It does not fit."))
    post(letter(1), letter(2), letter(3))

    assert take() == Collected(batches=1, letters=2, unopened=1)

    assert Unopened.objects.get().reason == "not-stored"
    found = Comment.objects.order_by("public_id").values_list("public_id", flat=True)
    assert list(found) == [an_id(2), an_id(3)]


def test_what_fails_with_the_database_stays_in_the_spool(
    db, post, take, spool, monkeypatch
):
    rows.make_story()
    refuse(monkeypatch, an_id(1), OperationalError("The disk is full."))
    post(letter(1), letter(2))

    with pytest.raises(OperationalError):
        take()

    assert list(spool.list())
    assert not Unopened.objects.exists()


def refuse(monkeypatch, public_id: str, error: Exception) -> None:
    """Let the database fail at a letter, when it has taken those before it."""

    def settle_but(opened, *, today):
        settled = settle(opened, today=today)
        if any(one.letter.id == public_id for one in opened):
            raise error
        return settled

    monkeypatch.setattr("letterdesk.desk.actions.collect.settle", settle_but)


def test_a_changed_envelope_is_kept_apart(db, post, take, key):
    rows.make_story()
    sealed = sealing.seal(letter(1), key.public)
    post(sealed[:-1] + bytes([sealed[-1] ^ 1]), b"no envelope", letter(2))

    assert take() == Collected(batches=1, letters=1, unopened=2)

    assert set(Unopened.objects.values_list("reason", flat=True)) == {"seal-broken"}


@pytest.mark.parametrize(
    ("damage", "letters", "kept"),
    [
        ("empty", 0, [0]),
        ("nothing of ours", 0, [3]),
        ("a bit of the digest", 20, [36]),
        ("a bit of the mark in front", 20, [36]),
        ("cut short", 20, [26]),
        ("a bit of a length", 20, [40]),
        ("a bit of a header", 19, [40 + SMALLEST]),
        ("a bit of a letter", 19, [36, SMALLEST]),
        ("its size called larger", 19, [40, SMALLEST]),
        ("its size called unknown", 19, [40 + SMALLEST]),
    ],
)
def test_letters_in_a_damaged_batch_are_taken_and_all_else_is_kept(
    damage, letters, kept, db, spool, key, take
):
    rows.make_story()
    whole = pack_batch([sealing.seal(letter(n), key.public) for n in range(1, 21)])
    second = 4 + ENTRY + SMALLEST + ENTRY  # where the second letter begins
    raw = {
        "empty": b"",
        "nothing of ours": b"PNG",
        "a bit of the digest": flipped(whole, len(whole) - 1),
        "a bit of the mark in front": flipped(whole, 0),
        "cut short": whole[:-10],
        "a bit of a length": flipped(whole, second - 1),
        "a bit of a header": flipped(whole, second),
        "a bit of a letter": flipped(whole, second + 500),
        "its size called larger": flipped(whole, second + HEADER - 1, 4),
        "its size called unknown": flipped(whole, second + HEADER - 1, 128),
    }[damage]
    spool.put("batch", raw)

    assert take() == Collected(batches=1, letters=letters, unopened=len(kept))

    found = [bytes(one.raw) for one in Unopened.objects.order_by("pk")]
    assert [len(one) for one in found] == kept
    lost = raw[second : second + SMALLEST]
    assert letters != 19 or any(lost in one for one in found)
    assert set(Unopened.objects.values_list("batch", flat=True)) == {"batch"}
    assert list(spool.list()) == []
    noted = AuditEntry.objects.get(what="batch-damaged").facts
    assert (noted["batch"], noted["letters"]) == ("batch", letters)
    spool.put("batch", raw)
    assert take() == Collected(batches=1, repeated=letters + len(kept))
    assert AuditEntry.objects.filter(what="batch-damaged").count() == 1


def flipped(raw: bytes, at: int, bit: int = 1) -> bytes:
    return raw[:at] + bytes([raw[at] ^ bit]) + raw[at + 1 :]


def test_what_takes_a_letter_back_is_seen_in_a_damaged_batch(db, spool, key):
    rows.make_comment(rows.make_story(), 50)
    sealed = sealing.seal(by_receipt(LetterKind.WITHDRAWAL, 1, 50), key.public)
    whole = pack_batch([sealed])
    spool.put("batch", flipped(whole, len(whole) - 1))

    seen = take_back(spool, [key], today=TODAY)

    assert seen == {"batch"}
    assert Comment.objects.get().state == "withdrawn"


@pytest.fixture
def own_spool(newsroom: Settings, spool: Folder) -> Place:
    """The spool as commands and workers open it."""
    return choose.spool(newsroom)


def test_what_is_no_file_of_ours_holds_up_no_letter(db, post, own_spool, newsroom, key):
    rows.make_story()
    os.mkfifo(own_spool.root / "0-pipe")
    (own_spool.root / "0-zero").symlink_to("/dev/zero")
    (newsroom.folder / "desk.private").write_text(MARKER)
    (own_spool.root / "z-link").symlink_to("../desk.private")
    post(letter(1))

    done = collect(own_spool, [key], today=TODAY)

    odd = ("0-pipe", "0-zero", "z-link")
    assert done == Collected(batches=1, letters=1, unread=odd)
    assert not Unopened.objects.exists()
    assert sorted(own_spool.list()) == list(odd)


def test_letters_in_a_large_damaged_batch_are_taken_and_the_rest_is_kept_in_pieces(
    db, spool, key, take
):
    rows.make_story()
    whole = [sealing.seal(letter(n, text="x" * 4_500), key.public) for n in range(1, 9)]
    changed = whole[3][:-1] + bytes([whole[3][-1] ^ 1])
    hidden = flipped(whole[7], 0)
    junk = Random(1).randbytes(80_000)  # noqa: S311 -- repeatable
    raw = pack_batch([*whole[:3], changed, *whole[4:7], hidden, junk])
    spool.put("batch", raw)

    done = take()

    assert done == Collected(batches=1, letters=6, unopened=4)
    kept = [bytes(one.raw) for one in Unopened.objects.filter(reason="batch-damaged")]
    assert [len(one) for one in kept[:-1]] == [MAX_ENVELOPE] * 2
    assert b"".join(kept) == raw[:4] + raw[-(2 * ENTRY + len(hidden) + len(junk) + 32) :]
    assert bytes(Unopened.objects.get(reason="seal-broken").raw) == changed
    assert list(spool.list()) == []


def test_a_day_that_has_not_come_is_today(db, post, take):
    rows.make_story()
    post(letter(1, arrived=TODAY + timedelta(days=2000), language="<script>"))

    take()

    assert Comment.objects.values_list("arrived", "language").get() == (TODAY, "en")


def test_a_strangers_letter_does_not_take_over_a_receipt(db, post, take):
    rows.make_story()
    keys = rows.receipt(1)
    post(letter(1))
    take()
    post(
        letter(2, lookup=keys.lookup, outcome_key=bytes(32), action_digest=bytes(32)),
        letter(3, lookup=keys.lookup),
        letter(4, lookup="r/../x"),
        letter(5, outcome_key=b"short"),
    )

    assert take() == Collected(batches=1, letters=4)

    lookups = Comment.objects.order_by("public_id").values_list("lookup", flat=True)
    assert list(lookups) == [keys.lookup, "", "", "", ""]


_TABLES = {LetterKind.COMMENT: Comment, LetterKind.NOTICE: Notice, LetterKind.TIP: Tip}


@pytest.mark.parametrize("strangers", list(_TABLES))
@pytest.mark.parametrize("hers", list(_TABLES))
def test_a_strangers_letter_of_any_kind_does_not_keep_its_author_from_hers(
    hers, strangers, db, post, take
):
    rows.make_story()
    keys = rows.receipt(1)
    post(letter(1, kind=hers))
    take()
    forged = {"lookup": keys.lookup, "outcome_key": bytes(32), "action_digest": bytes(32)}
    post(letter(2, kind=strangers, **forged))
    take()
    post(by_receipt(LetterKind.WITHDRAWAL, 3, 1))

    done = take()

    assert done == Collected(batches=1, letters=1)
    assert Withdrawal.objects.get().is_applied
    assert _TABLES[hers].objects.get(public_id=an_id(1)).lookup == keys.lookup
    assert _TABLES[strangers].objects.get(public_id=an_id(2)).lookup == ""


@pytest.mark.parametrize("kind", [LetterKind.NOTICE, LetterKind.TIP])
def test_of_two_letters_with_one_receipt_in_a_batch_one_has_it(kind, db, post, take):
    rows.make_story()
    lookup = rows.receipt(1).lookup
    post(letter(1, kind=kind), letter(2, kind=kind, lookup=lookup))

    take()

    lookups = _TABLES[kind].objects.order_by("public_id").values_list("lookup", flat=True)
    assert list(lookups) == [lookup, ""]


@pytest.mark.parametrize("number", [1, 2])
def test_each_of_two_letters_that_got_one_receipt_before_can_be_taken_back(
    number, db, post, take
):
    story = rows.make_story()
    tip = rows.make_tip(story)
    notice = rows.make_notice(rows.make_comment(story, 60), lookup=tip.lookup)
    digests = [action_digest(rows.receipt(about).action_key) for about in (1, 2)]
    Tip.objects.update(action_digest=digests[0])
    Notice.objects.update(action_digest=digests[1])
    post(by_receipt(LetterKind.WITHDRAWAL, 3, number, lookup=notice.lookup))

    done = take()

    assert done == Collected(batches=1, letters=1)
    assert [Tip.objects.get().is_open, Notice.objects.get().is_open] == [
        number != 1,
        number != 2,
    ]


def test_letters_collected_twice_are_stored_once(db, post, take):
    rows.make_story()
    letters = [
        letter(1),
        letter(1),
        letter(2, kind=LetterKind.TIP),
        letter(3, kind=LetterKind.NOTICE),
        by_receipt(LetterKind.WITHDRAWAL, 4, 1),
        by_receipt(LetterKind.APPEAL, 5, 1),
        letter(6, story=an_id(999)),
    ]
    post(*letters)
    first = take()
    before = _everything()
    post(*letters)

    second = take()

    assert first == Collected(batches=1, letters=5, repeated=1, unopened=1)
    assert second.letters == 0
    assert second.repeated + second.unopened == 7
    after = _everything()
    assert {
        name: after[name] for name in after if name not in {"Unopened", "AuditEntry"}
    } == {name: before[name] for name in before if name not in {"Unopened", "AuditEntry"}}


def test_another_collector_may_take_a_batch_first(db, post, spool, key):
    rows.make_story()
    post(letter(1))

    class Emptied(Folder):
        def list(self, under: str = ""):
            yield from super().list(under)
            yield "gone"

    done = collect(Emptied(root=spool.root), [key], today=TODAY)

    assert done == Collected(batches=1, letters=1)


def test_a_withdrawal_takes_effect_whatever_was_decided(db, post, take, moderator):
    story = rows.make_story()
    published = rows.make_published(story, moderator, 50)
    post(by_receipt(LetterKind.WITHDRAWAL, 1, 50))

    take()

    published.refresh_from_db()
    assert (published.state, published.version, published.acted_version) == (
        "withdrawn",
        3,
        2,
    )
    assert published.outcome_due
    decision = Decision.objects.latest("version")
    assert (decision.move, decision.moderator, decision.taken.isoformat()) == (
        "withdraw",
        None,
        "2026-11-23T00:00:00+00:00",
    )
    assert AuditEntry.objects.latest("number").facts["withdrawn"] == [an_id(50)]


def test_a_withdrawal_before_its_comment_waits_for_it(db, post, take):
    rows.make_story()
    post(by_receipt(LetterKind.WITHDRAWAL, 1, 50), by_receipt(LetterKind.APPEAL, 2, 50))
    assert take() == Collected(batches=1, letters=2)
    assert not Withdrawal.objects.get().is_applied
    post(letter(50))

    take()

    comment = Comment.objects.get()
    assert (comment.state, comment.version) == ("withdrawn", 2)
    assert Withdrawal.objects.get().is_applied
    assert Appeal.objects.get().comment == comment


def test_a_withdrawal_that_waits_with_a_wrong_proof_does_nothing(db, post, take):
    rows.make_story()
    post(
        by_receipt(LetterKind.WITHDRAWAL, 1, 50, action_key=bytes(32)),
        by_receipt(LetterKind.APPEAL, 2, 50, action_key=bytes(32)),
    )
    take()
    post(letter(50))

    take()

    assert Comment.objects.get().state == "pending"
    assert not Withdrawal.objects.get().is_applied
    assert Appeal.objects.get().comment is None


@pytest.mark.parametrize("kind", [LetterKind.WITHDRAWAL, LetterKind.APPEAL])
@pytest.mark.parametrize(
    "wrong", [{"action_key": bytes(32)}, {"action_key": b""}, {"lookup": ""}]
)
def test_whoever_does_not_hold_the_receipt_cannot_act_on_a_comment(
    kind, wrong, db, post, take
):
    rows.make_comment(rows.make_story(), 50)
    post(by_receipt(kind, 1, 50, **wrong))

    assert take() == Collected(batches=1, unopened=1)

    assert Unopened.objects.get().reason == "not-the-author"
    assert Comment.objects.get().state == "pending"
    assert not Withdrawal.objects.exists()
    assert not Appeal.objects.exists()


def test_withdrawing_twice_is_withdrawing_once(db, post, take):
    rows.make_comment(rows.make_story(), 50)
    post(by_receipt(LetterKind.WITHDRAWAL, 1, 50))
    take()
    post(by_receipt(LetterKind.WITHDRAWAL, 2, 50))

    take()

    assert Comment.objects.get().version == 2
    assert Decision.objects.count() == 1
    assert Withdrawal.objects.filter(is_applied=True).count() == 2


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_query_collecting_again_loses_nothing_and_doubles_nothing(spool, key):
    story = rows.make_story()
    rows.make_comment(story, 50)
    letters = [
        letter(1),
        letter(2, kind=LetterKind.TIP),
        letter(3, kind=LetterKind.NOTICE),
        letter(4, story=an_id(999)),
        by_receipt(LetterKind.WITHDRAWAL, 5, 50),
        by_receipt(LetterKind.APPEAL, 6, 1),
    ]
    batch = pack_batch([sealing.seal(one, key.public) for one in letters])
    spool.put("batch", batch)

    kills = 0
    while True:
        try:
            with killed_at_query(kills + 1):
                done = collect(spool, [key], today=TODAY)
        except Killed:
            kills += 1
            assert spool.read("batch") == batch
            assert Comment.objects.count() == 1
            assert not AuditEntry.objects.exists()
        else:
            break

    assert kills > 10
    assert done == Collected(batches=1, letters=5, unopened=1)
    assert list(spool.list()) == []
    assert verify() is None


@pytest.mark.django_db(transaction=True)
def test_killed_between_commit_and_removal_collecting_again_changes_nothing(spool, key):
    rows.make_comment(rows.make_story(), 50)
    sealed = [
        sealing.seal(one, key.public)
        for one in (letter(1), by_receipt(LetterKind.WITHDRAWAL, 2, 50))
    ]
    spool.put("batch", pack_batch(sealed))
    with pytest.raises(PlaceFailed):
        collect(FailingPlace(spool, at=1), [key], today=TODAY)
    before = _everything()
    assert list(spool.list()) == ["batch"]

    again = collect(spool, [key], today=TODAY)

    assert again == Collected(batches=1, repeated=2)
    assert _everything() == before
    assert list(spool.list()) == []


def test_a_published_comment_that_its_author_takes_back_is_acted_on(
    db, post, take, moderator
):
    story = rows.make_story()
    rows.make_published(story, moderator, 50)
    post(by_receipt(LetterKind.WITHDRAWAL, 1, 50))
    take()

    assert act(story.pk, today=TODAY) == 1

    assert AuditEntry.objects.latest("number").facts["became"] == {"withdrawn": [an_id(50)]}


@pytest.mark.parametrize("letters", [1, 3, 60])
def test_a_batch_costs_the_same_few_queries_whatever_it_holds(
    letters, db, post, take, django_assert_max_num_queries
):
    rows.make_story()
    post(*(letter(number) for number in range(1, letters + 1)))

    with django_assert_max_num_queries(34 if letters < 40 else 35):
        done = take()

    assert done == Collected(batches=1, letters=letters)


def test_small_batches_are_taken_together_each_with_its_own_faults(
    db, post, take, spool, django_assert_max_num_queries
):
    rows.make_story()
    stranger = sealing.seal(letter(70), sealing.new_key().public)
    for number in range(1, 41):
        post(letter(number))
    spool.put("other-key", pack_batch([stranger]))
    spool.put("torn", b"PNG")
    post(letter(40), letter(41))

    with django_assert_max_num_queries(60):
        done = take()

    assert done == Collected(batches=43, letters=41, repeated=1, unopened=2)
    assert dict(Unopened.objects.values_list("batch", "reason")) == {
        "other-key": "key-unknown",
        "torn": "batch-damaged",
    }
    assert list(spool.list()) == []


def test_a_heap_of_batches_is_no_single_transaction(db, post, take):
    rows.make_story()
    for number in range(1, 41):
        post(letter(number, text="a" * 5_000, name=str(number)))

    done = take()

    assert done == Collected(batches=40, letters=40)
    collected = [one.facts for one in AuditEntry.objects.all()]
    assert {one["what"] for one in collected} == {"collected"}
    assert 1 < len(collected) < 40


class Stuck(Failing):
    """A disk that is mounted for reading alone."""

    def remove_all(self, names: Iterable[str]) -> None:
        for name in names:
            raise PlaceFailed(f"Could not remove {name}: Read-only file system.")


class Unmounted(Failing):
    """The same disk, which is taken out as it fails."""

    def read(self, name: str) -> bytes:
        self.must_be_there()
        try:
            return super().read(name)
        except PlaceFailed:
            self.root.rename(self.root.with_name("elsewhere"))
            raise


def test_batches_that_cannot_be_read_hold_up_no_other(db, post, spool, key):
    rows.make_story()
    spool.put("aaa", pack_batch([sealing.seal(letter(1), key.public)]))
    spool.put("broken-1", b"")
    spool.put("broken-2", b"")
    spool.put("zzz", pack_batch([sealing.seal(letter(2), key.public)]))

    told = r"2 \(broken-1, broken-2\).*Input/output"
    with pytest.raises(BatchesUnread, match=told) as caught:
        collect(Failing(root=spool.root), [key], today=TODAY)

    assert caught.value.done == Collected(batches=2, letters=2)
    assert Comment.objects.count() == 2
    assert sorted(spool.list()) == ["broken-1", "broken-2"]


def test_a_pass_that_is_over_leaves_the_rest_and_says_how_much(db, post, spool, key):
    rows.make_story()
    for number in (1, 2, 3):
        post(letter(number))

    first = collect(spool, [key], today=TODAY, is_over=lambda: True)
    second = collect(spool, [key], today=TODAY)

    assert first == Collected(batches=1, letters=1, left=2)
    assert second == Collected(batches=2, letters=2)


def test_what_could_not_be_read_before_is_tried_last_the_longest_untried_first(
    db, spool, key
):
    rows.make_story()
    for name in ("broken-1", "broken-2"):
        spool.put(name, b"")
    failing, before, tried = Failing(root=spool.root), Before(), []

    for number in (1, 2, 3):
        spool.put(f"new-{number}", pack_batch([sealing.seal(letter(number), key.public)]))
        with pytest.raises(BatchesUnread) as caught:
            collect(
                failing,
                [key],
                today=TODAY,
                before=before,
                is_over=lambda: failing.tried[-1].startswith("broken"),  # it took its time
            )
        before = caught.value.before
        tried.append((*failing.tried, sorted(before.unread), caught.value.done.letters))
        failing.tried.clear()

    assert tried == [
        ("broken-1", ["broken-1"], 0),
        ("broken-2", ["broken-1", "broken-2"], 0),
        ("new-1", "new-2", "new-3", "broken-1", ["broken-1", "broken-2"], 3),
    ]


def test_a_spool_in_which_nothing_can_be_removed_is_collected_all_the_same(db, spool, key):
    rows.make_story()
    large = "a" * 5_000
    for number in range(1, 41):
        raw = sealing.seal(letter(number, text=large), key.public)
        spool.put(f"batch-{number}", pack_batch([raw]))

    with pytest.raises(BatchesStuck, match=r"stay in the spool.+Read-only") as caught:
        collect(Stuck(root=spool.root), [key], today=TODAY)

    assert caught.value.done == Collected(batches=40, letters=40)
    assert collect(spool, [key], today=TODAY) == Collected(batches=40, repeated=40)


def test_what_a_spool_does_not_let_go_keeps_no_pass_from_the_letters_behind_it(
    db, spool, key
):
    rows.make_story()
    for number in (1, 2, 3):
        raw = pack_batch([sealing.seal(letter(number), key.public)])
        spool.put(f"batch-{number}", raw)
    stuck, before, passes = Stuck(root=spool.root), Before(), []

    for _ in range(4):
        with pytest.raises(BatchesStuck) as caught:
            collect(stuck, [key], today=TODAY, before=before, is_over=lambda: True)
        before = caught.value.before
        passes.append((caught.value.done, sorted(before.stuck)))
    after = collect(spool, [key], today=TODAY, before=before)

    first, second, third = ("batch-1", "batch-2", "batch-3")
    assert passes == [
        (Collected(batches=1, letters=1, left=2), [first]),
        (Collected(batches=1, letters=1, left=1), [first, second]),
        (Collected(batches=1, letters=1), [first, second, third]),
        (Collected(), [first, second, third]),
    ]
    assert stuck.tried == [first, second, third]
    assert (after, list(spool.list()), Comment.objects.count()) == (Collected(), [], 3)


def test_what_was_read_before_the_spool_is_gone_is_taken(db, spool, key):
    rows.make_story()
    spool.put("aaa", pack_batch([sealing.seal(letter(1), key.public)]))
    spool.put("broken", b"")
    spool.put("zzz", pack_batch([sealing.seal(letter(2), key.public)]))

    with pytest.raises(PlaceFailed, match="Is its disk mounted") as caught:
        collect(Unmounted(root=spool.root), [key], today=TODAY)

    assert not isinstance(caught.value, BatchesUnread)
    assert Comment.objects.count() == 1


def _everything() -> dict[str, list[dict[str, object]]]:
    """Give every row of the tables that collecting touches."""
    tables = (
        Comment,
        Tip,
        Notice,
        Withdrawal,
        Appeal,
        Decision,
        Unopened,
        AuditEntry,
        Tally,
    )
    return {
        table.__name__: [
            {
                name: bytes(value) if isinstance(value, memoryview) else value
                for name, value in row.items()
            }
            for row in table.objects.order_by("pk").values()
        ]
        for table in tables
    }


def test_these_tests_run_on_the_database_that_was_asked_for(db):
    from tests.desk.databases import IS_POSTGRESQL  # noqa: PLC0415

    assert connection.vendor == ("postgresql" if IS_POSTGRESQL else "sqlite")
