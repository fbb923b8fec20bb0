"""The newsroom's key files: made once, renewed on demand, never replaced by accident."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from letterdesk import sealing
from letterdesk.domain.errors import SettingWrong
from letterdesk.places import choose
from letterdesk.places.folder import Folder
from letterdesk.sealing import PrivateKey, PublicKey
from letterdesk.settings import Settings

SESSION = "desk.session"
_HALVES = ("private", "public")
NAMES = "desk.names"  # hashes the protected names
_SECRET = 0o600
_OPEN = 0o644


def make_keys(newsroom: Settings) -> list[Path]:
    """Make the key files that are missing; give their paths.

    Raises SettingWrong when the private key is gone while letters may be sealed to it: a
    new one would not open them.
    """
    made = []
    with _locked(newsroom):
        if not newsroom.private_keys.exists():
            _refuse_to_replace(newsroom)
            _write(
                newsroom.private_keys, sealing.private_file([sealing.new_key()]), _SECRET
            )
            made.append(newsroom.private_keys)
        if not newsroom.public_keys.exists():
            _publish(newsroom.public_keys, sealing.read_private_keys(newsroom.private_keys))
            made.append(newsroom.public_keys)
        if newsroom.site.answers_by_mail:
            made += _make_mail_keys(newsroom)
        session = newsroom.private_keys.parent / SESSION
        if not session.exists():
            _write(session, secrets.token_urlsafe(48).encode(), _SECRET)
            made.append(session)
        names = newsroom.private_keys.parent / NAMES
        if not names.exists():
            _write(names, secrets.token_bytes(32), _SECRET)
            made.append(names)
    return made


def rotate_keys(newsroom: Settings) -> PublicKey:
    """Put a new key in front of the others, which go on opening; give its public half.

    The private file is written first, so that nothing is ever sealed to a key that we do
    not hold.
    """
    with _locked(newsroom):
        keys = [sealing.new_key(), *sealing.read_private_keys(newsroom.private_keys)]
        _write(newsroom.private_keys, sealing.private_file(keys), _SECRET)
        _publish(newsroom.public_keys, keys)
    return keys[0].public


def make_pair(file: Path) -> list[Path]:
    """Make FILE.private and FILE.public; give their paths. Raises SettingWrong.

    Never over a key that is there: what was sealed to it could not be opened any more.
    """
    private, public = (file.with_name(f"{file.name}.{half}") for half in _HALVES)
    if private.exists() or public.exists():
        raise SettingWrong(f"There is a key at {file} already. Choose another name.")
    key = sealing.new_key()
    _write(private, sealing.private_file([key]), _SECRET)
    _write(public, sealing.public_file([key.public]), _OPEN)
    return [private, public]


def _make_mail_keys(newsroom: Settings) -> list[Path]:
    """Make what is missing of the key that readers' mail addresses are sealed to.

    A new one takes the place of what is left of a lost one: mails to addresses that are
    still sealed to that cannot be sent, and `letterdesk check` says so.
    """
    private, public = newsroom.mail_keys
    made = []
    if not private.exists():
        public.unlink(missing_ok=True)
        _write(private, sealing.private_file([sealing.new_key()]), _SECRET)
        made.append(private)
    if not public.exists():
        _publish(public, sealing.read_private_keys(private))
        made.append(public)
    return made


def _publish(path: Path, keys: list[PrivateKey]) -> None:
    _write(path, sealing.public_file([key.public for key in keys]), _OPEN)


def _refuse_to_replace(newsroom: Settings) -> None:
    sealed = next(iter(choose.spool(newsroom).list()), None)
    if not sealed and not newsroom.public_keys.exists():
        return
    reason = "there are letters in the spool" if sealed else "desk.public is there"
    raise SettingWrong(
        f"{newsroom.private_keys} is gone, but {reason}: a new key could not open what was "
        "sealed to the old one. Put the file back from a backup. If it is lost for good, "
        f"remove the letters from the spool and {newsroom.public_keys}, and run "
        "`letterdesk init` again."
    )


def _write(path: Path, raw: bytes, mode: int) -> None:
    Folder(root=path.parent, mode=mode).put(path.name, raw)


@contextmanager
def _locked(newsroom: Settings) -> Iterator[None]:
    """Hold the keys' folder, so that two commands never write over each other's key."""
    folder = newsroom.private_keys.parent
    folder.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
