"""The newsroom's key files: made once, renewed on demand, never replaced by accident."""

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
_SECRET = 0o600
_OPEN = 0o644


def make_keys(newsroom: Settings) -> list[Path]:
    """Make the key files that are missing, but the one of names; give their paths.

    A damaged key of sessions is made anew: it signs everybody out. Raises SettingWrong
    when the private key is gone while letters may be sealed to it: a new one would not
    open them.
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
        if not _signs_sessions(newsroom):
            _write(newsroom.session_file, secrets.token_urlsafe(48).encode(), _SECRET)
            made.append(newsroom.session_file)
    return made


def make_names_key(newsroom: Settings) -> list[Path]:
    """Make the key that hashes protected names, if it is missing; give its path.

    After open_desk. Raises SettingWrong while names are listed: none of them would be
    recognised under a new one.
    """
    from letterdesk.desk.actions.names import adopt_key  # noqa: PLC0415 -- after open_desk
    from letterdesk.desk.queries.names import any_listed  # noqa: PLC0415 -- open_desk

    with _locked(newsroom):
        if key := newsroom.names_key:
            adopt_key(key)
            return []
        if any_listed():
            raise SettingWrong(
                f"{newsroom.names_file} is gone or damaged, but names are protected with "
                "it: a new key would recognise none of them. Put the file back from a "
                "backup. If it is lost for good, take all names off their lists at the "
                "desk, run `letterdesk init` again, and list them anew."
            )
        _write(newsroom.names_file, secrets.token_bytes(32), _SECRET)
    return [newsroom.names_file]


def make_factors_key(newsroom: Settings) -> list[Path]:
    """Make the key that seals second factors, if it is missing; give its path.

    After open_desk. Seals what an earlier version kept as it is. Raises SettingWrong while
    a factor is sealed with a lost key: a new one would not open it.
    """
    from letterdesk.desk.actions.factors import seal_factors  # noqa: PLC0415 -- open_desk
    from letterdesk.desk.queries.factors import factors_lost  # noqa: PLC0415 -- open_desk

    made = []
    with _locked(newsroom):
        if not newsroom.factors_key:
            if lost := next(factors_lost(newsroom), ""):
                raise SettingWrong(lost)
            _write(newsroom.factors_file, secrets.token_bytes(32), _SECRET)
            made.append(newsroom.factors_file)
        seal_factors(newsroom.factors_key)
    return made


def replace_factors_key(newsroom: Settings) -> tuple[str, ...]:
    """Make a new key of second factors in place of one that is lost for good.

    After open_desk. Gives the names of those whose factors stay shut. Raises SettingWrong
    when there is a key: it seals whatever is set up from now on.
    """
    from letterdesk.desk.actions.factors import seal_factors  # noqa: PLC0415 -- open_desk
    from letterdesk.desk.queries.factors import shut_to  # noqa: PLC0415 -- open_desk

    with _locked(newsroom):
        if newsroom.factors_key:
            raise SettingWrong(
                f"There is a key in {newsroom.factors_file}, and it seals what is set up "
                "from now on: no other one is needed. `letterdesk check` says whose "
                "second factors it does not open."
            )
        _write(newsroom.factors_file, secrets.token_bytes(32), _SECRET)
        seal_factors(newsroom.factors_key)
        return shut_to(newsroom.factors_key)


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

    Never over a key that is there: what was sealed to it could not be opened any more. Nor
    inside a newsroom, where the desk, or everybody, could read it.
    """
    private, public = (file.with_name(f"{file.name}.{half}") for half in _HALVES)
    refuse_in_any(private)
    refuse_in_any(public)
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


def _signs_sessions(newsroom: Settings) -> bool:
    try:
        return bool(newsroom.session_key)
    except KeyTooShort:
        return False


def _publish(path: Path, keys: list[PrivateKey]) -> None:
    _write(path, sealing.public_file([key.public for key in keys]), _OPEN)


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


def _write(path: Path, raw: bytes, mode: int) -> None:
    Folder(root=path.parent, mode=mode).put(path.name, raw)


@contextmanager
def _locked(newsroom: Settings) -> Iterator[None]:
    """Hold the keys' folder, so that two commands never write over each other's key."""
    folder = newsroom.private_keys.parent
    make_folder(folder, mode=0o700)
    with waited_for(folder):
        yield
