"""The newsroom's key files: made once, renewed on demand, never replaced by accident.

Those that the desk's tables depend on are in desk_keys.py.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from letterdesk import sealing
from letterdesk.domain.errors import KeyTooShort, SettingWrong
from letterdesk.newsroom.holding import waited_for
from letterdesk.newsroom.outputs import refuse_in_any
from letterdesk.places import choose
from letterdesk.places.folder import Folder
from letterdesk.places.whole import make_folder
from letterdesk.sealing import PrivateKey, PublicKey
from letterdesk.settings import Settings

_HALVES = ("private", "public")
SECRET = 0o600
_OPEN = 0o644


def make_keys(newsroom: Settings) -> list[Path]:
    """Make the key files that are missing, but the one of names; give their paths.

    A damaged key of sessions is made anew: it signs everybody out. Raises SettingWrong
    when the private key is gone while letters may be sealed to it: a new one would not
    open them.
    """
    made = []
    with locked(newsroom):
        if not newsroom.private_keys.exists():
            _refuse_to_replace(newsroom)
            write(newsroom.private_keys, sealing.private_file([sealing.new_key()]), SECRET)
            made.append(newsroom.private_keys)
        if not newsroom.public_keys.exists():
            _publish(newsroom.public_keys, sealing.read_private_keys(newsroom.private_keys))
            made.append(newsroom.public_keys)
        if newsroom.site.answers_by_mail:
            made += _make_mail_keys(newsroom)
        if not _signs_sessions(newsroom):
            write(newsroom.session_file, secrets.token_urlsafe(48).encode(), SECRET)
            made.append(newsroom.session_file)
    return made


def rotate_keys(newsroom: Settings) -> PublicKey:
    """Put a new key in front of the others, which go on opening; give its public half.

    The private file is written first, so that nothing is ever sealed to a key that we do
    not hold.
    """
    with locked(newsroom):
        keys = [sealing.new_key(), *sealing.read_private_keys(newsroom.private_keys)]
        write(newsroom.private_keys, sealing.private_file(keys), SECRET)
        _publish(newsroom.public_keys, keys)
    return keys[0].public


def make_pair(file: Path) -> list[Path]:
    """Make FILE.private and FILE.public; give their paths. Raises SettingWrong.

    Never over a key that is there: what was sealed to it could not be opened any more. Nor
    inside a newsroom, where the desk, or everybody, could read it.
    """
    private, public = (file.with_name(f"{file.name}.{half}") for half in _HALVES)
    refuse_in_any(private)
    refuse_in_any(public)
    if private.exists() or public.exists():
        raise SettingWrong(f"There is a key at {file} already. Choose another name.")
    key = sealing.new_key()
    write(private, sealing.private_file([key]), SECRET)
    write(public, sealing.public_file([key.public]), _OPEN)
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
        write(private, sealing.private_file([sealing.new_key()]), SECRET)
        made.append(private)
    if not public.exists():
        _publish(public, sealing.read_private_keys(private))
        made.append(public)
    return made


def _signs_sessions(newsroom: Settings) -> bool:
    try:
        return bool(newsroom.session_key)
    except KeyTooShort:
        return False


def _publish(path: Path, keys: list[PrivateKey]) -> None:
    write(path, sealing.public_file([key.public for key in keys]), _OPEN)


def _refuse_to_replace(newsroom: Settings) -> None:
    spool = choose.spool(newsroom)
    is_new = isinstance(spool, Folder) and not spool.root.exists()
    sealed = None if is_new else next(iter(spool.list()), None)
    if not sealed and not newsroom.public_keys.exists():
        return
    reason = "there are letters in the spool" if sealed else "desk.public is there"
    raise SettingWrong(
        f"{newsroom.private_keys} is gone, but {reason}: a new key could not open what was "
        "sealed to the old one. Put the file back from a backup. If it is lost for good, "
        f"remove the letters from the spool and {newsroom.public_keys}, and run "
        "`letterdesk init` again."
    )


def write(path: Path, raw: bytes, mode: int) -> None:
    """Put a key's file where it belongs, whole, in place of what is there."""
    Folder(root=path.parent, mode=mode).put(path.name, raw)


@contextmanager
def locked(newsroom: Settings) -> Iterator[None]:
    """Hold the keys' folder, so that two commands never write over each other's key."""
    folder = newsroom.private_keys.parent
    make_folder(folder, mode=0o700)
    with waited_for(folder):
        yield
