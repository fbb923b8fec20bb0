"""Tell readers by mail that there is an answer; never inline, never what it says."""

import secrets
import smtplib
import ssl
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.db.models import Q

from letterdesk import sealing
from letterdesk.desk.models import Comment, Mail
from letterdesk.desk.queries.locks import mail_lock
from letterdesk.domain.errors import LetterdeskError, SealBroken
from letterdesk.domain.letter import Letter, LetterKind, is_contact
from letterdesk.reader.mail import mail_words
from letterdesk.sealing import PrivateKey
from letterdesk.settings import Settings

_AT_ONCE = 100  # mails in a pass
_MOST_TRIES = 8
_LONGEST_PAUSE = timedelta(minutes=2 ** (_MOST_TRIES + 1))
_PATIENCE = 20  # seconds that the server may take for anything


class MailFailed(LetterdeskError):
    """A mail server that cannot be reached, or does not prove that it is the one named."""

    code = "mail-failed"

    def __init__(self, server: str, error: Exception) -> None:
        super().__init__(
            f"The mail server {server} cannot be used ({type(error).__name__}). Mails wait "
            "until it can. Look at it, and at [mail] in letterdesk.toml."
        )


def remember_addresses(
    letters: Mapping[str, Letter], comments: Collection[Comment], newsroom: Settings
) -> None:
    """Store the addresses left with new comments, sealed, in the caller's transaction.

    Nothing at all unless the newsroom writes mails. `letters` by id. Raises SettingWrong
    when there is no key for addresses.
    """
    if not newsroom.site.answers_by_mail:
        return
    found = [(one, letters[one.public_id]) for one in comments if one.lookup]
    wanted = [(one, letter) for one, letter in found if is_contact(letter.contact)]
    if not wanted:
        return
    key = sealing.read_public_keys(newsroom.mail_keys[1])[0]
    Mail.objects.bulk_create(
        Mail(comment=comment, sealed=sealing.seal(_note(letter), key))
        for comment, letter in wanted
    )


def _note(letter: Letter) -> Letter:
    """Give a letter that holds the address and nothing else of hers."""
    return Letter(
        id=letter.id,
        kind=LetterKind.COMMENT,
        arrived=letter.arrived,
        contact=letter.contact,
    )


def mark_due(comments: Collection[int]) -> None:
    """Let the mails about these comments go: their outcomes lie in public now."""
    Mail.objects.filter(comment__in=comments, is_due=False).update(is_due=True)


def forget_addresses(comments: Collection[int]) -> None:
    """Erase the addresses left with these comments, sent or not."""
    Mail.objects.filter(comment__in=comments).delete()


def send_due(newsroom: Settings, *, now: datetime) -> int:
    """Send the mails that are due, and erase each address; give how many went.

    What the server refuses is tried again later and later, and parked after eight times;
    `letterdesk check` says so. Where it hangs up, the mails behind that one are left to the
    next pass. Nobody's address is logged or stored with the reason. While another process
    sends, none go from here: each would arrive twice. Raises MailFailed when there is no
    server to give them to: that counts as no try.
    """
    if not newsroom.site.answers_by_mail:
        return 0
    with mail_lock(newsroom) as is_ours:
        return _send_all(newsroom, now=now) if is_ours else 0


def _send_all(newsroom: Settings, *, now: datetime) -> int:
    is_put_back = Q(next_try__gt=now + _LONGEST_PAUSE)  # the clock was
    is_time = Q(next_try=None) | Q(next_try__lte=now) | is_put_back
    due = Mail.objects.filter(is_time, is_due=True, is_parked=False)
    rows = list(due.select_related("comment__story").order_by("id")[:_AT_ONCE])
    if not rows:
        return 0
    keys = sealing.read_private_keys(newsroom.mail_keys[0])
    try:
        server = _connect(newsroom)
    except (OSError, smtplib.SMTPException) as error:
        for row in rows:  # it is not the mail's fault: later, without counting
            _later(row, error, now=now, tries=row.tries)
        raise MailFailed(newsroom.mail.server, error) from error
    sent = 0
    try:
        for row in rows:
            sent += _send(server, row, keys=keys, newsroom=newsroom, now=now)
            if server.sock is None:  # it hung up, which is not the fault of the others
                break
    finally:
        _leave(server)
    return sent


def _connect(newsroom: Settings) -> smtplib.SMTP:
    mail = newsroom.mail
    name, _, port = mail.server.rpartition(":")
    host = name.strip("[]")
    proven = ssl.create_default_context()  # smtplib's own trusts anybody
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, int(port), timeout=_PATIENCE, context=proven
        )
    else:
        server = smtplib.SMTP(host, int(port), timeout=_PATIENCE)
    try:
        if mail.security == "starttls":
            server.starttls(context=proven)
        if mail.user:
            server.login(mail.user, mail.password)
    except BaseException:
        server.close()
        raise
    return server


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye, and close the connection whatever is said to that."""
    with suppress(OSError, smtplib.SMTPException):
        server.quit()
    server.close()


def _send(
    server: smtplib.SMTP,
    row: Mail,
    *,
    keys: list[PrivateKey],
    newsroom: Settings,
    now: datetime,
) -> int:
    try:
        address = sealing.open_letter(bytes(row.sealed), keys).contact
        language = row.comment.story.language
        server.send_message(_message(address, language, newsroom, now=now))
    except (OSError, ValueError, SealBroken, smtplib.SMTPException) as error:
        with suppress(OSError, smtplib.SMTPException):
            server.rset()
        _later(row, error, now=now, tries=row.tries + 1)
        return 0
    row.delete()
    return 1


def _message(
    address: str, language: str, newsroom: Settings, *, now: datetime
) -> EmailMessage:
    """Give the mail. Raises ValueError when the address could end its header."""
    if not is_contact(address):
        raise ValueError("address")
    words = mail_words(language, site=newsroom.site)
    message = EmailMessage(policy=SMTP.clone(utf8=not address.isascii()))
    message["From"] = newsroom.mail.sender
    message["To"] = address
    message["Subject"] = words.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = _message_id(newsroom.mail.sender)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(words.body)
    return message


def _message_id(sender: str) -> str:
    """Give an id that says nothing of the moment, the machine or the letter (RFC 5322)."""
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return f"<{secrets.token_hex(16)}@{domain or 'localhost'}>"


def _later(row: Mail, error: Exception, *, now: datetime, tries: int) -> None:
    """Note when to try again: after 4, 8, 16 … minutes, at last four hours."""
    code = getattr(error, "smtp_code", "")
    Mail.objects.filter(pk=row.pk).update(
        tries=tries,
        next_try=now + timedelta(minutes=2 ** (tries + 1)),
        is_parked=tries >= _MOST_TRIES,
        reason=f"{type(error).__name__} {code}".strip(),
    )
