"""Letters that strangers sealed: browsers do, and whoever has the public key can."""

from datetime import date, timedelta

import pytest

from letterdesk import sealing
from letterdesk.desk.actions.collect import Collected, collect
from letterdesk.desk.models import Comment, Tip, Unopened
from letterdesk.domain.envelope import pack_batch
from letterdesk.domain.letter import MAX_CONTACT, MAX_NAME, MAX_TEXT, Letter, LetterKind
from letterdesk.places.folder import Folder
from letterdesk.sealing import PrivateKey
from tests.desk import rows
from tests.values import TODAY, a_letter, an_id

STORY = an_id(901)


@pytest.fixture
def take(db: None, spool: Folder, key: PrivateKey):
    """Give what lays envelopes into the spool as one batch and collects it."""
    rows.make_story()
    batches = iter(range(100))

    def put(*sent: Letter | bytes) -> Collected:
        envelopes = [
            one if isinstance(one, bytes) else sealing.seal(one, key.public) for one in sent
        ]
        spool.put(f"batch-{next(batches)}", pack_batch(envelopes))
        return collect(spool, [key], today=TODAY)

    return put


def test_an_envelope_that_is_sent_again_is_one_letter(take, key):
    envelope = sealing.seal(a_letter(story=STORY), key.public)

    first, second = take(envelope, envelope), take(envelope)

    assert first == Collected(batches=1, letters=1, repeated=1)
    assert second == Collected(batches=1, repeated=1)
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("kind", [LetterKind.COMMENT, LetterKind.TIP])
def test_an_id_that_is_taken_overwrites_nothing(take, kind):
    take(a_letter(story=STORY, text="The first.", name="Mira"))

    take(a_letter(story=STORY, text="The forged.", name="Forger", kind=kind))

    comment = Comment.objects.get()
    assert (comment.text, comment.name) == ("The first.", "Mira")
    assert Tip.objects.count() == (kind is LetterKind.TIP)


def test_a_name_is_one_line_whoever_sealed_it(take):
    take(a_letter(story=STORY, name="Mira\n\nThe  newsroom says:"))

    assert Comment.objects.get().name == "Mira The newsroom says:"


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        (TODAY, TODAY),
        (TODAY - timedelta(days=31), TODAY - timedelta(days=31)),
        (date(1970, 1, 1), TODAY - timedelta(days=31)),
        (date(9999, 12, 31), TODAY),
    ],
)
def test_nobody_gets_to_the_head_of_the_queue_by_an_old_date(take, said, stored):
    take(a_letter(story=STORY, arrived=said))

    assert Comment.objects.get().arrived == stored


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"text": "x" * (MAX_TEXT + 1)}, "too-long"),
        ({"text": "\u3164\u200b"}, "empty"),
        ({"text": "a\x00b"}, "not-text"),
        ({"name": "x" * (MAX_NAME + 1)}, "too-long"),
        ({"contact": "x" * MAX_CONTACT + "@a.bc"}, "too-long"),
        ({"contact": "nobody at all"}, "contact-wrong"),
        ({"id": "../../etc/passwd"}, "id-wrong"),
        ({"story": an_id(77)}, "story-unknown"),
    ],
)
def test_what_the_letterbox_would_have_refused_is_kept_and_told(take, wrong, reason):
    done = take(a_letter(**{"story": STORY} | wrong))

    assert done == Collected(batches=1, unopened=1)
    assert Comment.objects.count() == 0
    assert list(Unopened.objects.values_list("reason", flat=True)) == [reason]


def test_an_answer_to_what_is_not_there_stands_by_itself(take):
    take(a_letter(story=STORY, reply_to="; DROP TABLE"))

    assert Comment.objects.get().reply_to is None
