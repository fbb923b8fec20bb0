"""The places that the settings name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from obstore.store import S3Store

from letterdesk.domain.envelope import MAX_BATCH
from letterdesk.places.base import Place
from letterdesk.places.bucket import Bucket
from letterdesk.places.folder import Folder
from letterdesk.places.inbox import Inbox
from letterdesk.places.keeping import readers_keep
from letterdesk.setting_values import BUCKET
from letterdesk.settings import Settings

if TYPE_CHECKING:  # obstore declares the type for checkers only
    from obstore.store import S3Config

_HOUR = 3600  # seconds
_DAY = 24 * _HOUR
_ATTEMPTS = 30  # seconds: nobody waits for the desk and the worker
PATIENCE = 6  # seconds that a place of the letterbox may take: a reader waits for it


def spool(settings: Settings, *, patience: int = _ATTEMPTS) -> Inbox | Bucket:
    """Give the place of sealed letters: only their owner reads them, times are rounded.

    A letterbox that was taken over may write there: nothing larger than a batch is read.
    `patience` is how many seconds a bucket may take, with all attempts.
    """
    found = _open(settings, settings.places.spool, patience=patience)
    if isinstance(found, Bucket):
        return replace(found, most=MAX_BATCH)
    return Inbox(root=found.root, mode=0o600, grain=_HOUR, most=MAX_BATCH)


def public(settings: Settings, *, patience: int = _ATTEMPTS) -> Place:
    """Give the place of published files, whose times tell the day at most."""
    found = _open(settings, settings.places.public, patience=patience)
    if isinstance(found, Bucket):
        return replace(found, keeps=readers_keep)
    return replace(found, grain=_DAY, varied=True)


def _open(settings: Settings, address: str, *, patience: int) -> Folder | Bucket:
    if not address.startswith(BUCKET):
        return Folder(root=settings.folder / Path(address))
    bucket, _, prefix = address.removeprefix(BUCKET).partition("/")
    access = settings.bucket
    keys: S3Config = {"region": access.region}
    if access.endpoint:
        keys["endpoint"] = access.endpoint
    if access.access_key:
        keys["access_key_id"] = access.access_key
        keys["secret_access_key"] = access.secret_key
    store = S3Store(
        bucket,
        prefix=prefix or None,
        config=keys,
        client_options={
            "allow_http": access.endpoint.startswith("http://"),
            "timeout": timedelta(seconds=min(access.timeout_seconds, patience)),
        },
        retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=patience)},
    )
    return Bucket(store=store)
