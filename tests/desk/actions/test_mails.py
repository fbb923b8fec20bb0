"""Mails, through a real SMTP server."""

import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from django.conf import settings as django_settings
from django.db import OperationalError, connection, transaction
from msgspec.structs import replace

from benchmarks.ports import free_port
from letterdesk import sealing
from letterdesk.desk.actions import mails
from letterdesk.desk.actions.act import act
from letterdesk.desk.actions.collect import collect
from letterdesk.desk.actions.mails import MailFailed, forget_addresses, send_due
from letterdesk.desk.actions.tell import tell
from letterdesk.desk.actions.withdraw import withdraw
from letterdesk.desk.models import Comment
from letterdesk.desk.models import Mail as Outbox
from letterdesk.desk.queries.due import to_tell
from letterdesk.desk.queries.health import health
from letterdesk.desk.queries.locks import _MAILS, mail_lock
from letterdesk.domain.envelope import pack_batch
from letterdesk.domain.ids import new_id
from letterdesk.domain.receipt import action_digest
from letterdesk.domain.states import Action
from letterdesk.post import _Server
from letterdesk.sealing import private_file, public_file
from letterdesk.settings import Mail, Settings
from tests.desk import rows
from tests.desk.failing import Killed
from tests.desk.rows import NOW, move
from tests.processes import PATIENCE
from tests.values import TODAY, a_letter

ADDRESS = "mira@mail.example"


class Postbox:
    """Takes mails; refuses those to `refused`, and hangs up at those to `hated`."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.to: list[str] = []
        self.refused = ""
        self.hated = ""

    async def handle_RCPT(  # noqa: N802 -- the name that aiosmtpd calls
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        del server, session, options
        if address == self.refused:
            return "550 no such box"
        if address == self.hated:
            return "421 that is enough for now"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        del server, session
        self.mails.append(message_from_bytes(envelope.content or b"", policy=default))
        self.to += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, str]]:
    """A mail server on a free port of this machine, and its HOST:PORT."""
    box = Postbox()
    controller = Controller(
        box, hostname="127.0.0.1", port=free_port(), ready_timeout=PATIENCE
    )
    controller.start()
    yield box, f"127.0.0.1:{controller.port}"
    controller.stop()


@pytest.fixture
def writes(newsroom: Settings, monkeypatch: pytest.MonkeyPatch, postbox) -> Settings:
    """A newsroom that writes mails."""
    site = replace(newsroom.site, answers_by_mail=True, url="https://letters.example")
    mail = Mail(server=postbox[1], sender="letters@news.example")
    made = replace(newsroom, site=site, mail=mail)
    key = sealing.new_key()
    (newsroom.folder / "keys").mkdir(exist_ok=True)
    made.mail_keys[0].write_bytes(private_file([key]))
    made.mail_keys[1].write_bytes(public_file([key.public]))
    monkeypatch.setattr(django_settings, "NEWSROOM", made)
    return made


def post(spool, key, *contacts: str) -> None:
    """Let letters come in, one for each address."""
    envelopes = [
        sealing.seal(
            a_letter(
                id=new_id(),
                story=rows.Story.objects.get().public_id,
                contact=contact,
                lookup=rows.receipt(number).lookup,
                outcome_key=rows.receipt(number).outcome_key,
                action_digest=action_digest(rows.receipt(number).action_key),
            ),
            key.public,
        )
        for number, contact in enumerate(contacts, start=1)
    ]
    spool.put(new_id(), pack_batch(envelopes))
    collect(spool, [key], today=TODAY)


@contextmanager
def another_process_sends(newsroom: Settings) -> Iterator[None]:
    """Hold the lock as another process does: on PostgreSQL by a session of its own."""
    if connection.vendor != "postgresql":
        with mail_lock(newsroom):
            yield
        return
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_MAILS])
            yield
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MAILS])  # closing takes time
    finally:
        other.close()


def answer(by, public) -> None:
    """Let every letter be rejected, and the press act and tell."""
    story = rows.Story.objects.get()
    for comment in Comment.objects.filter(state="pending"):
        move(comment, Action.REJECT, by, note="A secret reason.")
    act(story.pk, today=TODAY)
    tell(to_tell(story.pk), place=public, note=pytest.fail)


def test_while_another_process_sends_no_mail_goes_twice(
    writes, postbox, spool, public, key, moderator
):
    rows.make_story()
    post(spool, key, ADDRESS)
    answer(moderator, public)

    with another_process_sends(writes):
        meanwhile = send_due(writes, now=NOW)
        sent_meanwhile = list(postbox[0].to)
    later = send_due(writes, now=NOW)

    assert (meanwhile, sent_meanwhile, later) == (0, [], 1)
    assert postbox[0].to == [ADDRESS]


def test_a_reader_is_told_once_and_her_address_erased(
    writes, postbox, spool, public, key, moderator
):
    rows.make_story(language="ko")
    post(spool, key, ADDRESS)
    early = send_due(writes, now=NOW)
    sealed = bytes(Outbox.objects.get().sealed)
    answer(moderator, public)

    sent = send_due(writes, now=NOW)
    again = send_due(writes, now=NOW)

    box, _ = postbox
    [mail] = box.mails
    body = mail.get_content()
    assert (early, sent, again, Outbox.objects.count()) == (0, 1, 0, 0)
    assert (box.to, mail["From"]) == ([ADDRESS], "letters@news.example")
    assert parsedate_to_datetime(mail["Date"]) == NOW.replace(microsecond=0)
    assert re.fullmatch(r"<[0-9a-f]{32}@news\.example>", mail["Message-ID"])
    assert "https://letters.example/receipt?language=ko" in body.splitlines()
    assert "접수 번호" in body
    for secret in ("My uncle", "secret reason", "Mira", rows.receipt(1).lookup):
        assert secret not in mail.as_string()
    assert b"mira" not in sealed


def test_without_the_setting_no_address_is_kept(newsroom, spool, key, db):
    rows.make_story()

    post(spool, key, ADDRESS)

    assert (Comment.objects.count(), Outbox.objects.count()) == (1, 0)


def test_the_address_goes_with_the_letter(writes, spool, public, key, moderator):
    rows.make_story()
    post(spool, key, ADDRESS)
    with transaction.atomic():
        withdraw([Comment.objects.get().pk], today=TODAY)

    answer(moderator, public)

    assert Outbox.objects.count() == 0


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\r\nBcc: everybody@mail.example",
        "a@b.example\nSubject: x",
        "a@b.example, c@d.example",
        "no address",
    ],
)
def test_nobody_writes_into_the_header(writes, spool, key, moderator, address):
    rows.make_story()

    post(spool, key, address)

    assert Outbox.objects.count() == 0


def test_a_poisonous_mail_is_parked_in_sight_and_others_go(
    writes, postbox, spool, public, key, moderator, monkeypatch
):
    rows.make_story()
    box, _ = postbox
    box.refused = "gone@mail.example"
    post(spool, key, "gone@mail.example", ADDRESS)
    answer(moderator, public)
    now, waits = NOW, []

    for _ in range(8):
        send_due(writes, now=now)
        row = Outbox.objects.get()
        waits.append((row.next_try - now).total_seconds() / 60)
        assert send_due(writes, now=now) == 0  # not before its time
        now = row.next_try

    row = Outbox.objects.get()
    assert box.to == [ADDRESS]
    assert waits == [4, 8, 16, 32, 64, 128, 256, 512]
    assert (row.is_parked, row.reason) == (True, "SMTPRecipientsRefused")
    assert send_due(writes, now=now + timedelta(days=9)) == 0
    said = [one for one in health(writes).problems if "Mails" in one]
    assert len(said) == 1
    assert "gone@mail.example" not in said[0]


def test_a_server_that_hangs_up_costs_the_mails_behind_no_try(
    writes, postbox, spool, public, key, moderator
):
    rows.make_story()
    box, _ = postbox
    box.hated = "hated@mail.example"
    post(spool, key, box.hated, ADDRESS, "jo@mail.example")
    answer(moderator, public)

    first = send_due(writes, now=NOW)
    waiting = list(Outbox.objects.order_by("id").values_list("tries", "next_try"))
    second = send_due(writes, now=NOW)

    assert waiting == [(1, NOW + timedelta(minutes=4)), (0, None), (0, None)]
    assert (first, second) == (0, 2)
    assert sorted(box.to) == ["jo@mail.example", ADDRESS]


def test_a_server_that_is_down_is_nobody_s_fault(writes, spool, public, key, moderator):
    rows.make_story()
    post(spool, key, ADDRESS)
    answer(moderator, public)
    down = replace(writes, mail=replace(writes.mail, server="127.0.0.1:1"))

    with pytest.raises(MailFailed, match=r"127\.0\.0\.1:1 .*ConnectionRefusedError"):
        send_due(down, now=NOW)

    row = Outbox.objects.get()
    assert (row.tries, row.is_parked, row.reason) == (0, False, "ConnectionRefusedError")
    assert send_due(writes, now=row.next_try) == 1


def test_a_clock_that_was_a_year_ahead_keeps_no_mail_back(
    writes, spool, public, key, moderator
):
    rows.make_story()
    post(spool, key, ADDRESS)
    answer(moderator, public)
    down = replace(writes, mail=replace(writes.mail, server="127.0.0.1:1"))
    with pytest.raises(MailFailed):
        send_due(down, now=NOW + timedelta(days=365))

    assert send_due(writes, now=NOW) == 1


class Dripping(Thread):
    """A mail server that is never done with its first answer, until it is hung up on."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.name_ = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.was_cut = Event()
        self.start()

    def run(self) -> None:
        with self.listener, self.listener.accept()[0] as connection, suppress(OSError):
            for _ in range(PATIENCE * 20):
                connection.sendall(b"2")
                connection.settimeout(0.05)
                with suppress(TimeoutError):
                    if not connection.recv(1):
                        break
            else:
                return
        self.was_cut.set()


def test_a_server_that_answers_a_byte_at_a_time_is_hung_up_on(
    writes, spool, public, key, moderator, monkeypatch
):
    rows.make_story()
    post(spool, key, ADDRESS)
    answer(moderator, public)
    server = Dripping()
    slow = replace(writes, mail=replace(writes.mail, server=server.name_))
    monkeypatch.setattr(_Server, "patience", 0.2)

    with pytest.raises(MailFailed, match="SMTPConnectError"):
        send_due(slow, now=NOW)

    assert server.was_cut.wait(PATIENCE)
    row = Outbox.objects.get()
    assert (row.tries, row.is_parked) == (0, False)
    assert send_due(writes, now=row.next_try) == 1


def killed(row: Outbox) -> None:
    raise Killed


def test_who_is_killed_right_after_a_mail_went_sends_it_later_not_at_every_pass(
    writes, postbox, spool, public, key, moderator, monkeypatch
):
    rows.make_story()
    post(spool, key, ADDRESS)
    answer(moderator, public)

    with monkeypatch.context() as patch:
        patch.setattr(mails, "_erase", killed)
        with pytest.raises(Killed):
            send_due(writes, now=NOW)
    at_once = send_due(writes, now=NOW)
    row = Outbox.objects.get()

    assert (at_once, postbox[0].to, row.reason) == (0, [ADDRESS], "Unfinished")
    assert (row.tries, row.next_try) == (1, NOW + timedelta(minutes=4))


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_went_is_erased_once_the_database_is_back(
    writes, postbox, spool, public, key, moderator, monkeypatch
):
    rows.make_story()
    post(spool, key, ADDRESS)
    answer(moderator, public)
    monkeypatch.setattr(mails, "_PAUSE", 0)
    failures = [OperationalError("database is locked")] * 3

    def fails(execute, sql, *rest):
        if sql.startswith("DELETE") and failures:
            raise failures.pop()
        return execute(sql, *rest)

    with connection.execute_wrapper(fails):
        sent = send_due(writes, now=NOW)

    assert (sent, failures, Outbox.objects.count()) == (1, [], 0)
    assert postbox[0].to == [ADDRESS]


def test_who_takes_her_letter_back_while_others_are_told_gets_no_mail(
    writes, postbox, spool, public, key, moderator
):
    rows.make_story()
    post(spool, key, ADDRESS, "jo@mail.example")
    answer(moderator, public)
    box = postbox[0]

    def taken_back() -> bool:
        if box.to:
            forget_addresses(Comment.objects.values_list("pk", flat=True))
        return False

    assert send_due(writes, now=NOW, is_over=taken_back) == 1
    assert len(box.to) == 1


def test_a_worker_that_is_stopped_sends_no_further_mail(
    writes, postbox, spool, public, key, moderator
):
    rows.make_story()
    post(spool, key, ADDRESS, "jo@mail.example")
    answer(moderator, public)

    first = send_due(writes, now=NOW, is_over=lambda: bool(postbox[0].to))

    assert (first, len(postbox[0].to)) == (1, 1)
    assert send_due(writes, now=NOW) == 1


def certificate(folder: Path) -> Path:
    """Give a file with a key, and a certificate of 127.0.0.1 that nobody else signed."""
    key = Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(subject_name=name, issuer_name=name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=3650))
        .not_valid_after(NOW + timedelta(days=3650))
        .add_extension(here, critical=False)
        .sign(key, None)
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + made.public_bytes(Encoding.PEM)
    )
    return file


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_only_a_server_that_proves_its_name_is_told_an_address(
    writes, spool, public, key, moderator, tmp_path, monkeypatch, security
):
    rows.make_story()
    post(spool, key, ADDRESS)
    answer(moderator, public)
    file, box = certificate(tmp_path), Postbox()
    secure = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    secure.load_cert_chain(file)
    way = {"ssl_context" if security == "tls" else "tls_context": secure}
    server = Controller(
        box, hostname="127.0.0.1", port=free_port(), ready_timeout=PATIENCE, **way
    )
    mail = Mail(
        server=f"127.0.0.1:{server.port}", security=security, sender="a@news.example"
    )
    asked = replace(writes, mail=mail)
    server.start()
    try:
        with pytest.raises(MailFailed, match="SSLCertVerificationError"):
            send_due(asked, now=NOW)
        before = ([*box.to], Outbox.objects.get().reason)
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        sent = send_due(asked, now=NOW + timedelta(minutes=2))
    finally:
        server.stop()

    assert before == ([], "SSLCertVerificationError")
    assert (sent, box.to) == (1, [ADDRESS])
