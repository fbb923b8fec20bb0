"""letterdesk.toml: read once, typed, every key with a default.

The table of keys in docs/reference/settings.md and the file that `letterdesk init` writes
are both made from the classes below.
"""

import os
import tomllib
from operator import attrgetter
from pathlib import Path, PurePath, PurePosixPath
from shlex import quote
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from letterdesk.domain.errors import KeyTooShort, SettingWrong
from letterdesk.domain.roles import Role
from letterdesk.setting_faults import (
    ADDRESS,
    COUNTRY,
    LANGUAGE,
    ORIGIN,
    SECURITY,
    URL,
    told_of_syntax,
    told_of_value,
)
from letterdesk.setting_values import (
    BUCKET,
    SQLITE,
    of_countries,
    of_database,
    of_line,
    of_name,
    of_place,
    of_text,
)
from letterdesk.tags import known_tag

FILE = "letterdesk.toml"

_LEAST = 32  # bytes of a key that nobody guesses
Address = Annotated[str, Meta(pattern=ADDRESS)]
Url = Annotated[str, Meta(pattern=URL)]
Origin = Annotated[str, Meta(pattern=ORIGIN)]
Language = Annotated[str, Meta(pattern=LANGUAGE)]
Security = Annotated[str, Meta(pattern=SECURITY)]
Country = Annotated[str, Meta(pattern=COUNTRY)]
Count = Annotated[int, Meta(ge=1)]


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the file."""


class Site(_Table, frozen=True):
    """Who the newsroom is."""

    name: Annotated[str, "The newsroom's name, as readers see it."] = "Our newsroom"
    url: Annotated[
        Url, "Where readers reach the public place; no path: links begin at /."
    ] = "http://127.0.0.1:8000"
    languages: Annotated[
        Annotated[tuple[Language, ...], Meta(min_length=1)],
        "Languages of the site, as tags that CLDR knows, each with its list of stories; "
        "the first is used when nothing else fits.",
    ] = ("en", "ko", "zh-Hans")
    contact: Annotated[
        str, "Where readers and authorities can write (DSA, articles 11 and 12)."
    ] = ""
    https_below: Annotated[
        bool,
        "Browsers insist on https for every name below the site's own, too. Turn it off "
        "where one of them has none: they would refuse it for a year.",
    ] = True
    origins: Annotated[
        tuple[Origin, ...],
        "Other sites whose pages may send letters here: https://news.example, no path.",
    ] = ()
    answers_by_mail: Annotated[
        bool, "Readers may leave an e-mail address, to be told that there is an answer."
    ] = False


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


class Floods(_Table, frozen=True):
    """How many letters the letterbox takes; see docs/how-to/survive-a-flood.md."""

    burst: Annotated[
        Annotated[int, Meta(ge=10)], "Letters that may come at once, about all stories."
    ] = 1_000_000
    burst_megabytes: Annotated[
        Annotated[int, Meta(ge=16)],
        "Megabytes that those may have, 16 or more: "
        "a letter of more than its share counts as several.",
    ] = 4_096
    per_minute: Annotated[Count, "Letters a minute that may come for ever."] = 30_000
    story_percent: Annotated[
        Annotated[int, Meta(ge=1, le=100)], "How much of both one story may have."
    ] = 50
    reserved_percent: Annotated[
        Annotated[int, Meta(ge=30, le=90)],
        "How much of all that is kept for browsers without scripts.",
    ] = 30
    proof_cost: Annotated[
        Count, "Iterations of PBKDF2 in one of some 256 attempts at a proof of work."
    ] = 1_000
    proof_minutes: Annotated[Count, "How long a challenge can be answered."] = 30


class Places(_Table, frozen=True):
    """Where sealed letters and published files lie, apart: folders, or s3://BUCKET/PREFIX."""

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
    database: Annotated[str, "sqlite, or postgresql://USER:PASSWORD@HOST/NAME."] = SQLITE
    hosts: Annotated[
        tuple[str, ...], "Host names under which moderators reach the desk."
    ] = ("127.0.0.1", "localhost", "[::1]")
    secure: Annotated[bool, "The desk is reached by https: cookies insist on it."] = False
    trusted_proxies: Annotated[
        Annotated[int, Meta(ge=0, le=9)],
        "Proxies of yours before the desk, each of which adds to X-Forwarded-For whom it "
        "was asked by: then tries to sign in are counted for each address, too. 0: for "
        "each user name only.",
    ] = 0
    threads: Annotated[Count, "Requests answered at once."] = 4
    session_hours: Annotated[Count, "Hours after which a sign-in ends."] = 12
    idle_minutes: Annotated[Count, "Minutes without a request after which it ends."] = 30
    second_factor: Annotated[
        Literal["optional", "required"],
        "Whether everybody needs a second factor: an app's codes, or a passkey.",
    ] = "optional"
    second_factor_roles: Annotated[
        tuple[Role, ...], "Roles that need one even where it is optional."
    ] = ()


class Press(_Table, frozen=True):
    """How and when files are published."""

    slot_minutes: Annotated[
        Annotated[int, Meta(ge=1, le=1440)],
        "Minutes from slot to slot, counted from midnight UTC.",
    ] = 60
    comments_per_page: Annotated[
        Count, "Comments on a page of a thread; replies stand with what they answer."
    ] = 100
    index_stories: Annotated[Count, "Stories listed on index.html and in counts.json."] = (
        200
    )


class Reasons(_Table, frozen=True):
    """What every statement of reasons says (DSA, articles 17, 20 and 21)."""

    territory: Annotated[
        tuple[Country, ...],
        "Countries in which decisions count, as ISO 3166 codes such as DE; none: "
        "everywhere.",
    ] = ()
    appeal_days: Annotated[Count, "Days in which an author may appeal."] = 183
    out_of_court: Annotated[
        str, "The body that settles disputes out of court, if there is one."
    ] = ""


class Mail(_Table, frozen=True):
    """How readers who left an address are told, when `site.answers_by_mail` is on."""

    server: Annotated[Address, "HOST:PORT of the SMTP server."] = "127.0.0.1:25"
    security: Annotated[Security, "none, starttls or tls."] = "none"
    user: Annotated[str, "Name at the server; empty: no sign-in."] = ""
    password: Annotated[str, "Password at the server."] = ""
    sender: Annotated[str, "The address that mails come from."] = ""


class Tips(_Table, frozen=True):
    """Letters for the newsroom only."""

    key: Annotated[
        str,
        "Public key file to which tips are sealed when an editor downloads them; empty: "
        "plain text.",
    ] = ""


class Worker(_Table, frozen=True):
    """The process that collects letters and publishes at the slots."""

    collect_seconds: Annotated[
        Count,
        "Seconds between two looks into the spool. As often, what readers are to see no "
        "more is taken from them.",
    ] = 10


class Settings(_Table, frozen=True):
    """All of letterdesk.toml, and the folder that it was found in."""

    site: Site = Site()
    letterbox: Letterbox = Letterbox()
    floods: Floods = Floods()
    places: Places = Places()
    bucket: BucketAccess = BucketAccess()
    desk: Desk = Desk()
    press: Press = Press()
    reasons: Reasons = Reasons()
    mail: Mail = Mail()
    tips: Tips = Tips()
    worker: Worker = Worker()
    folder: Path = Path()

    @property
    def database_file(self) -> Path:
        """The desk's database, where that is SQLite."""
        return self.folder / "desk.db"

    @property
    def private_keys(self) -> Path:
        """The file of the keys that open letters: only on the desk's machine."""
        return self.folder / "keys" / "desk.private"

    @property
    def mail_keys(self) -> tuple[Path, Path]:
        """The files of the key that readers' addresses are sealed to: private, public."""
        folder = self.folder / "keys"
        return folder / "mail.private", folder / "mail.public"

    @property
    def names_file(self) -> Path:
        """The file of the key under which protected names are hashed."""
        return self.folder / "keys" / "desk.names"

    @property
    def names_key(self) -> bytes:
        """The key in it; empty when the file is gone, or too short for a key.

        Raises SettingWrong when this user may not read it.
        """
        return _long_key(self.names_file)

    @property
    def factors_file(self) -> Path:
        """The file of the key that seals the secrets of second factors."""
        return self.folder / "keys" / "desk.factors"

    @property
    def factors_key(self) -> bytes:
        """The key in it; empty when the file is gone, or too short for a key.

        Raises SettingWrong when this user may not read it.
        """
        return _long_key(self.factors_file)

    @property
    def session_file(self) -> Path:
        """The file of the key that signs the desk's sessions."""
        return self.folder / "keys" / "desk.session"

    @property
    def session_key(self) -> str:
        """The key in it; empty when the file is gone. Raises KeyTooShort, SettingWrong."""
        raw = _key(self.session_file)
        if raw is None:
            return ""
        if len(raw.strip()) < _LEAST:
            raise KeyTooShort(
                f"The key file {self.session_file} is too short: who guesses it can sign "
                "in as anybody. Make another one: letterdesk init "
                f"{quote(str(self.folder))}"
            )
        return raw.decode("latin-1")  # of any bytes: it is text only for Django

    @property
    def public_keys(self) -> Path:
        """The file of the keys that seal letters: all that the letterbox needs."""
        return self.folder / "keys" / "desk.public"

    @property
    def switch(self) -> Path:
        """The file by which the newsroom slows down or closes its letterbox."""
        return self.folder / "letterbox.switch"


def read(folder: Path) -> Settings:
    """Give the settings of a newsroom's folder.

    Raises SettingWrong when there is no letterdesk.toml, or a line in it cannot be used.
    """
    file = folder / FILE
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        settings = msgspec.convert(written, Settings)
    except FileNotFoundError as error:
        raise SettingWrong(
            f"{folder} is not a newsroom's folder: there is no {FILE} in it. "
            f"Make one: letterdesk init {quote(str(folder))}"
        ) from error
    except UnicodeDecodeError as error:
        raise SettingWrong(f"{file} is not in UTF-8. Save it again as UTF-8.") from error
    except OSError as error:
        raise SettingWrong(f"{file} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingWrong(told_of_syntax(file, str(error))) from error
    except msgspec.ValidationError as error:
        told = told_of_value(str(error), Settings())
        raise SettingWrong(f"{file}: {told} {_REMEDY}") from error
    site = _with_known_languages(settings.site, file)
    found = msgspec.structs.replace(settings, folder=folder.resolve(), site=site)
    if wrong := _unfit(found) or _mixed(found):
        raise SettingWrong(f"{file}: {wrong} {_REMEDY}")
    return found


_REMEDY = "docs/reference/settings.md has every key."
_LOOKED_AT = (
    ("site.name", of_name),
    ("site.contact", of_text),
    ("places.spool", of_place),
    ("places.public", of_place),
    ("desk.database", of_database),
    ("reasons.territory", of_countries),
    ("reasons.out_of_court", of_text),
    ("mail.sender", of_line),
)


def _unfit(settings: Settings) -> str:
    """Say what a value must be that is of the right kind and cannot be right; else ""."""
    for key, wrong_with in _LOOKED_AT:
        if complaint := wrong_with(attrgetter(key)(settings)):
            return f"{key} {complaint}."
    return ""


def _with_known_languages(site: Site, file: Path) -> Site:
    """Give the site with its languages as they are usually written. Raises SettingWrong."""
    for tag in site.languages:
        if not known_tag(tag):
            raise SettingWrong(
                f"{file}: site.languages must have tags in it that CLDR knows, such as en, "
                f"ko or zh-Hans, and {tag} is none. {_REMEDY}"
            )
    languages = tuple(dict.fromkeys(map(known_tag, site.languages)))
    return msgspec.structs.replace(site, languages=languages)


def _mixed(settings: Settings) -> str:
    """Say what would be handed out to everybody, or collected, for being in a wrong place.

    Empty when spool, public place, keys and database lie apart.
    """
    spool, public = (
        _whereabouts(settings.folder, address)
        for address in (settings.places.spool, settings.places.public)
    )
    keys = _real(settings.private_keys.parent)
    for key, place in (("places.public", public), ("places.spool", spool)):
        if _holds(place, settings.folder) or _meet(place, keys):
            return (
                f"{key} and the newsroom's keys lie in one another. Give it a folder of "
                "its own."
            )
    if _meet(spool, public):
        return (
            "places.public and places.spool lie in one another: readers would be handed "
            "the sealed letters. Give each a folder of its own."
        )
    return ""


def _whereabouts(folder: Path, address: str) -> PurePath:
    """Give where a place is, so that two can be compared."""
    if address.startswith(BUCKET):
        return PurePosixPath(address)
    return _real(folder / address)


def _real(path: Path) -> Path:
    """Give a path without symbolic links; one of links in a circle as far as it goes.

    Path.resolve would raise RuntimeError there; whoever uses the place says what is wrong.
    """
    return Path(os.path.realpath(path))


def _holds(outer: PurePath, inner: PurePath) -> bool:
    return type(outer) is type(inner) and inner.is_relative_to(outer)


def _meet(one: PurePath, other: PurePath) -> bool:
    return _holds(one, other) or _holds(other, one)


def _long_key(file: Path) -> bytes:
    raw = _key(file) or b""
    return raw if len(raw) >= _LEAST else b""


def _key(file: Path) -> bytes | None:
    """Give what is in a key file, None where there is none. Raises SettingWrong."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        told = (error.strerror or type(error).__name__).lower()
        raise SettingWrong(
            f"The key file {file} cannot be read by this user: {told}. Run the command as "
            "the user to whom the newsroom belongs, or let this user read the file."
        ) from error
