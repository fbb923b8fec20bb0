"""Whether the key files are there, are the right ones, and are nobody else's to read."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from letterdesk import sealing
from letterdesk.desk.queries.factors import factors_in_clear, factors_lost, shut_to
from letterdesk.desk.queries.names import any_listed, names_lost, names_unread
from letterdesk.domain.errors import LetterdeskError
from letterdesk.settings import Settings


def key_faults(newsroom: Settings) -> Iterator[str]:
    """Say which keys are missing, damaged, not those that are due, or open to others."""
    mails = newsroom.mail_keys
    yield from _halves(newsroom.private_keys, newsroom.public_keys)
    if newsroom.site.answers_by_mail:
        yield from _halves(*mails)
    yield from _key_of_tips(newsroom)
    again = f"letterdesk init {quote(str(newsroom.folder))}"
    if not newsroom.session_key:
        yield (
            f"{newsroom.session_file} is missing: every restart of the desk ends all "
            f"sign-ins. Make it, and restart: {again}"
        )
    yield from names_lost(newsroom)
    yield from names_unread(newsroom)
    if not newsroom.names_key and not any_listed():
        yield (
            f"{newsroom.names_file} is missing or damaged: no name can be protected. Make "
            f"it: {again}"
        )
    yield from _key_of_factors(newsroom, again)
    for file in _secrets(newsroom):
        if (mode := _mode(file)) & 0o077 and not _is_mounted_for_us(file):
            yield (
                f"{file} is open to others on this machine (mode {mode:04o}). Close it: "
                f"chmod 600 {quote(str(file))}"
            )


def _key_of_factors(newsroom: Settings, again: str) -> Iterator[str]:
    """Look at the key that seals second factors; `again` is the command that makes it."""
    yield from factors_lost(newsroom)
    yield from factors_in_clear(newsroom)
    if not newsroom.factors_key and not shut_to(b""):
        yield (
            f"{newsroom.factors_file} is missing or damaged: no app and no recovery codes "
            f"can be set up, and those that are lie in the database as they are. Make it: "
            f"{again}"
        )


def _halves(private: Path, public: Path) -> Iterator[str]:
    """Look at the two files of a key that seals."""
    try:
        ours = {key.public.id for key in sealing.read_private_keys(private)}
        sealing_keys = sealing.read_public_keys(public)
    except LetterdeskError as error:
        yield error.sentence
        return
    for key in sealing_keys:
        if key.id not in ours:
            yield (
                f"The private half of the key {key.id.hex()} in keys/{public.name} is not "
                f"in keys/{private.name}: what is sealed to it cannot be opened. Put it "
                "back."
            )


def _key_of_tips(newsroom: Settings) -> Iterator[str]:
    if not newsroom.tips.key:
        return
    try:
        sealing.read_key_of_tips(newsroom.folder / newsroom.tips.key)
    except LetterdeskError as error:
        yield error.sentence


def mounted_keys(newsroom: Settings) -> Iterator[str]:
    """Say which secret files a group may read, where it is how we come to read them."""
    for file in filter(_is_mounted_for_us, _secrets(newsroom)):
        yield (
            f"{file} can be read by the group {file.stat().st_gid} "
            f"(mode {_mode(file):04o}), as a mounted secret is. See to it that nobody "
            "but the desk is in that group."
        )


def _is_mounted_for_us(file: Path) -> bool:
    """Say whether a file is read through its group, and is not ours to close.

    So Docker and Kubernetes mount secrets: root's, or on a disk that is only read.
    """
    if _mode(file) & 0o077 != stat.S_IRGRP:
        return False
    is_ours = file.stat().st_uid == os.geteuid()
    return not is_ours or bool(os.statvfs(file).f_flag & os.ST_RDONLY)


def _mode(file: Path) -> int:
    """Give the permissions of a file; none where it is not there."""
    return stat.S_IMODE(file.stat().st_mode) if file.exists() else 0


def _secrets(newsroom: Settings) -> tuple[Path, ...]:
    """Give the files that nobody but the desk may read."""
    private, _ = newsroom.mail_keys
    return (
        newsroom.private_keys,
        newsroom.names_file,
        newsroom.factors_file,
        newsroom.session_file,
        private,
    )
