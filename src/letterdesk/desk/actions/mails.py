"""Tell readers by mail that there is an answer; never inline, never what it says."""

import secrets
import smtplib
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.db import InterfaceError, OperationalError, connection
from django.db.models import Q

from letterdesk import sealing
from letterdesk.desk.models import Comment, Mail
from letterdesk.desk.queries.locks import mail_lock
from letterdesk.domain.errors import LetterdeskError, SealBroken
from letterdesk.domain.letter import Letter, LetterKind, is_contact
from letterdesk.post import connected, leave
from letterdesk.reader.mail import mail_words
from letterdesk.sealing import PrivateKey
from letterdesk.settings import Settings

_AT_ONCE = 100  # mails in a pass
_MOST_TRIES = 8
_LONGEST_PAUSE = timedelta(minutes=2 ** (_MOST_TRIES + 1))
_LONGEST_PASS = 900  # seconds
_LONGEST_ERASING = 120  # seconds
_PAUSE = 1.0  # seconds between two tries to erase
_UNFINISHED = "Unfinished"  # why a mail waits that is just being sent


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


def send_due(
    newsroom: Settings, *, now: datetime, is_over: Callable[[], bool] = bool
) -> int:
    """Send the mails that are due, and erase each address; give how many went.

    What the server refuses is tried again later and later, and parked after eight times;
    `letterdesk check` says so. Where it hangs up, the mails behind that one are left to the
    next pass, as they are once `is_over` says so. Nobody's address is logged or stored with
    the reason. While another process sends, none go from here: each would arrive twice. A
    server may take its time, as RFC 5321 has it: nothing else should wait for this. Raises
    MailFailed when there is no server to give them to: that counts as no try.
    """
    if not newsroom.site.answers_by_mail:
        return 0
    with mail_lock(newsroom) as is_ours:
        return _send_all(newsroom, now=now, is_over=is_over) if is_ours else 0


def _send_all(newsroom: Settings, *, now: datetime, is_over: Callable[[], bool]) -> int:
    is_put_back = Q(next_try__gt=now + _LONGEST_PAUSE)  # the clock was
    is_time = Q(next_try=None) | Q(next_try__lte=now) | is_put_back
    due = Mail.objects.filter(is_time, is_due=True, is_parked=False)
    rows = list(due.select_related("comment__story").order_by("id")[:_AT_ONCE])
    if not rows:
        return 0
    keys = sealing.read_private_keys(newsroom.mail_keys[0])
    try:
        server = connected(newsroom.mail)
    except (OSError, smtplib.SMTPException) as error:
        for row in rows:  # it is not the mail's fault: later, without counting
            _later(row, _told(error), now=now, tries=row.tries)
        raise MailFailed(newsroom.mail.server, error) from error
    sent, end = 0, time.monotonic() + _LONGEST_PASS
    try:
        for row in rows:
            if is_over() or time.monotonic() > end:
                break
            sent += _send(server, row, keys=keys, newsroom=newsroom, now=now)
            if server.sock is None:  # it hung up, which is not the fault of the others
                break
    finally:
        leave(server)
    return sent


def _send(
    server: smtplib.SMTP,
    row: Mail,
    *,
    keys: list[PrivateKey],
    newsroom: Settings,
    now: datetime,
) -> int:
    """Send a mail that nobody took back meanwhile; give how many went.

    Its next try is noted before: whoever is killed, or has no database, right after the
    server took it sends it once more then, not at every pass.
    """
    if not _later(row, _UNFINISHED, now=now, tries=row.tries + 1):
        return 0
    try:
        address = sealing.open_letter(bytes(row.sealed), keys).contact
        language = row.comment.story.language
        server.send_message(_message(address, language, newsroom, now=now))
    except (OSError, ValueError, SealBroken, smtplib.SMTPException) as error:
        with suppress(OSError, smtplib.SMTPException):
            server.rset()
        _later(row, _told(error), now=now, tries=row.tries + 1)
        return 0
    _erase(row)
    return 1


def _erase(row: Mail) -> None:
    """Erase the address of a mail that went, also where the database is away for a while.

    Raises what the database says once it has been too long.
    """
    end = time.monotonic() + _LONGEST_ERASING
    while True:
        try:
            Mail.objects.filter(pk=row.pk).delete()
        except (InterfaceError, OperationalError):
            if time.monotonic() > end:
                raise
            time.sleep(_PAUSE)
            connection.close_if_unusable_or_obsolete()
        else:
            return


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


def _later(row: Mail, why: str, *, now: datetime, tries: int) -> bool:
    """Note when to try again: after 4, 8, 16 … minutes, at last four hours.

    Says whether the mail is still to be sent at all.
    """
    return bool(
        Mail.objects.filter(pk=row.pk).update(
            tries=tries,
            next_try=now + timedelta(minutes=2 ** (tries + 1)),
            is_parked=tries >= _MOST_TRIES,
            reason=why,
        )
    )


def _told(error: Exception) -> str:
    """Give what may be kept of an error: no address."""
    return f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()
