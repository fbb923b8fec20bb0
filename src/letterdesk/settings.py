"""letterdesk.toml: read once, typed, every key with a default.

The table of keys in docs/reference/settings.md and the file that `letterdesk init` writes
are both made from the classes below.
"""

import re
import tomllib
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from letterdesk.domain.errors import SettingWrong

FILE = "letterdesk.toml"

Address = Annotated[str, Meta(pattern=r"^(\[[0-9a-fA-F:]+\]|[0-9A-Za-z.\-]+):[0-9]{1,5}$")]
Count = Annotated[int, Meta(ge=1)]


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the file."""


class Site(_Table, frozen=True):
    """Who the newsroom is."""

    name: Annotated[str, "The newsroom's name, as readers see it."] = "Our newsroom"
    url: Annotated[str, "Where readers reach the public place; no slash at the end."] = (
        "http://127.0.0.1:8000"
    )
    languages: Annotated[
        tuple[str, ...], "Languages of the site; the first is used when nothing else fits."
    ] = ("en", "ko", "zh-Hans")
    contact: Annotated[
        str, "Where readers and authorities can write (DSA, articles 11 and 12)."
    ] = ""


class Letterbox(_Table, frozen=True):
    """The public machine's part."""

    listen: Annotated[Address, "HOST:PORT."] = "127.0.0.1:8000"
    workers: Annotated[Count, "Processes that take letters."] = 1
    gather_milliseconds: Annotated[
        Annotated[int, Meta(ge=0, le=1000)], "How long a batch waits for more letters."
    ] = 2
    batch_letters: Annotated[Count, "Letters in a batch at the most."] = 256
    body_seconds: Annotated[Count, "How long a form may take to arrive."] = 10
    reserve_megabytes: Annotated[
        Annotated[int, Meta(ge=0)], "Free disk below which no letter is taken."
    ] = 64


class Places(_Table, frozen=True):
    """Where sealed letters and published files lie: a folder, or s3://BUCKET/PREFIX."""

    spool: Annotated[str, "Sealed letters on their way to the desk."] = "spool"
    public: Annotated[str, "Published files."] = "public"


class BucketAccess(_Table, frozen=True):
    """How buckets are reached; empty values are taken from the AWS_… environment."""

    endpoint: Annotated[str, "The server's address, when it is not Amazon's."] = ""
    region: Annotated[str, "The bucket's region."] = "us-east-1"
    access_key: Annotated[str, "Access key id."] = ""
    secret_key: Annotated[str, "Secret access key."] = ""
    timeout_seconds: Annotated[Count, "How long one request may take."] = 10


class Desk(_Table, frozen=True):
    """The private machine's part."""

    listen: Annotated[Address, "HOST:PORT."] = "127.0.0.1:8001"
    database: Annotated[str, "sqlite, or postgresql://USER:PASSWORD@HOST/NAME."] = "sqlite"
    hosts: Annotated[
        tuple[str, ...], "Host names under which moderators reach the desk."
    ] = ("127.0.0.1", "localhost", "[::1]")
    secure: Annotated[bool, "The desk is reached by https: cookies insist on it."] = False
    threads: Annotated[Count, "Requests answered at once."] = 4
    session_hours: Annotated[Count, "Hours after which a sign-in ends."] = 12


class Press(_Table, frozen=True):
    """How and when files are published."""

    slot_minutes: Annotated[
        Annotated[int, Meta(ge=1, le=1440)],
        "Minutes from slot to slot, counted from midnight UTC.",
    ] = 60
    comments_per_page: Annotated[Count, "Comments on a page of a thread."] = 200
    index_stories: Annotated[Count, "Stories listed on index.html and in counts.json."] = (
        200
    )


class Worker(_Table, frozen=True):
    """The process that collects letters and publishes at the slots."""

    collect_seconds: Annotated[Count, "Seconds between two looks into the spool."] = 10


class Settings(_Table, frozen=True):
    """All of letterdesk.toml, and the folder that it was found in."""

    site: Site = Site()
    letterbox: Letterbox = Letterbox()
    places: Places = Places()
    bucket: BucketAccess = BucketAccess()
    desk: Desk = Desk()
    press: Press = Press()
    worker: Worker = Worker()
    folder: Path = Path()

    @property
    def private_keys(self) -> Path:
        """The file of the keys that open letters: only on the desk's machine."""
        return self.folder / "keys" / "desk.private"

    @property
    def public_keys(self) -> Path:
        """The file of the keys that seal letters: all that the letterbox needs."""
        return self.folder / "keys" / "desk.public"


def read(folder: Path) -> Settings:
    """Give the settings of a newsroom's folder.

    Raises SettingWrong when there is no letterdesk.toml, or a line in it cannot be used.
    """
    file = folder / FILE
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
        settings = msgspec.convert(written, Settings)
    except FileNotFoundError as error:
        raise SettingWrong(
            f"{folder} is not a newsroom's folder: there is no {FILE} in it. "
            f"Make one: letterdesk init {folder}"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise SettingWrong(f"{file} cannot be read: {error}. Mend that line.") from error
    except msgspec.ValidationError as error:
        raise SettingWrong(f"{file}: {_readable(str(error))}") from error
    return msgspec.structs.replace(settings, folder=folder.resolve())


def _readable(error: str) -> str:
    """Give msgspec's message with the key in front, as it stands in the file."""
    found = re.search(r" - at `\$\.?(.*)`$", error)
    if not found:
        return f"{error}. See docs/reference/settings.md for every key."
    return f"{found[1]}: {error[: found.start()]}. See docs/reference/settings.md."
