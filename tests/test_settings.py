from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from letterdesk.domain.errors import SettingWrong
from letterdesk.setting_faults import told_of_value
from letterdesk.settings import FILE, Settings, read

_REMEDY = "docs/reference/settings.md has every key."


def keys() -> Iterator[tuple[str, str, object]]:
    """Give table, key and default of every setting."""
    for table in msgspec.structs.fields(Settings):
        if isinstance(table.default, msgspec.Struct):
            for key in msgspec.structs.fields(table.default):
                yield table.name, key.name, key.default


def written(tmp_path: Path, toml: str | bytes) -> Path:
    raw = toml if isinstance(toml, bytes) else toml.encode()
    (tmp_path / FILE).write_bytes(raw)
    return tmp_path


def complaint(tmp_path: Path, toml: str | bytes) -> str:
    """Give what is said about a file, without its path."""
    with pytest.raises(SettingWrong) as wrong:
        read(written(tmp_path, toml))
    assert wrong.value.code == "setting-wrong"
    assert wrong.value.sentence.startswith(str(tmp_path / FILE))
    return wrong.value.sentence.removeprefix(str(tmp_path / FILE)).lstrip(": ")


@pytest.mark.parametrize(
    "toml", ["", "# nothing\n", "[site]\n[desk]\n", b"\xef\xbb\xbf[site]\r\n"]
)
def test_what_is_not_written_has_its_default(tmp_path: Path, toml: str | bytes) -> None:
    assert read(written(tmp_path, toml)) == Settings(folder=tmp_path)


def test_the_folder_is_where_the_file_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(written(tmp_path, ""))

    settings = read(Path())

    assert settings.private_keys == tmp_path / "keys" / "desk.private"
    assert settings.public_keys == tmp_path / "keys" / "desk.public"


_OTHERS = {
    "site.url": ("'https://[2001:db8::1]:8443'", "https://[2001:db8::1]:8443"),
    "site.languages": ("['ug', 'zh-Hant-TW']", ("ug", "zh-Hant-TW")),
    "site.origins": ("['https://a.example:8443']", ("https://a.example:8443",)),
    "floods.burst": ("10", 10),
    "floods.burst_megabytes": ("16", 16),
    "floods.reserved_percent": ("90", 90),
    "letterbox.listen": ("'[::1]:80'", "[::1]:80"),
    "desk.listen": ("'desk.internal:8443'", "desk.internal:8443"),
    "desk.database": ("'postgresql://m:x@host/desk'", "postgresql://m:x@host/desk"),
    "desk.second_factor": ("'required'", "required"),
    "desk.second_factor_roles": ("['admin', 'editor']", ("admin", "editor")),
    "desk.hosts": ("['desk.example']", ("desk.example",)),
    "reasons.territory": ("['DE', 'AT']", ("DE", "AT")),
    "site.https_below": ("false", False),
    "mail.server": ("'mail.example:587'", "mail.example:587"),
    "mail.security": ("'starttls'", "starttls"),
}


def test_languages_are_written_as_usual_and_stand_there_once(tmp_path: Path) -> None:
    site = read(written(tmp_path, "[site]\nlanguages = ['FR', 'zh-hans', 'fr']\n")).site

    assert site.languages == ("fr", "zh-Hans")


@pytest.mark.parametrize(("table", "key", "default"), list(keys()))
def test_every_key_can_be_set(
    tmp_path: Path, table: str, key: str, default: object
) -> None:
    by_kind: dict[type, tuple[str, object]] = {
        str: ("'새 값'", "새 값"),
        int: ("7", 7),
        bool: ("true", True),
    }
    toml, value = _OTHERS.get(f"{table}.{key}") or by_kind[type(default)]

    settings = read(written(tmp_path, f"[{table}]\n{key} = {toml}\n"))

    assert value != default
    changed = msgspec.structs.replace(getattr(Settings(), table), **{key: value})
    assert settings == msgspec.structs.replace(
        Settings(folder=tmp_path), **{table: changed}
    )


_NAMES: dict[type, str] = {
    str: "text in quotation marks",
    int: "a whole number",
    bool: "true or false",
    tuple: "a list",
}
_VALUES = {
    "'text'": "text in quotation marks",
    "5": "a whole number",
    "5.0": "a number with a point",
    "true": "true or false",
    "['a']": "a list",
    "{a = 1}": "a [table]",
    "2026-11-23": "a date",
    "2026-11-23T10:00:00": "a date",
    "10:00:00": "a time",
}


@pytest.mark.parametrize(("table", "key", "default"), list(keys()))
def test_a_value_of_the_wrong_kind_is_told_so(
    tmp_path: Path, table: str, key: str, default: object
) -> None:
    wanted = _NAMES[type(default)]
    for toml, given in _VALUES.items():
        if given != wanted:
            assert complaint(tmp_path, f"[{table}]\n{key} = {toml}\n") == (
                f"{table}.{key} must be {wanted}, and is {given}. {_REMEDY}"
            )


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ("sight = 1", "sight is not a key. Did you mean site?"),
        ("[sight]", "sight is not a key. Did you mean site?"),
        ("folder = '/'", "folder is not a key."),
        ("xyz = 1", "xyz is not a key."),
        ("'' = 1", " is not a key."),
        ("'a`b' = 1", "a`b is not a key."),
        ("[site]\nnmae = 'x'", "site.nmae is not a key. Did you mean name?"),
        ("[press]\nlisten = 'x'", "press.listen is not a key."),
        ("site = 'x'", "site must be a [table], and is text in quotation marks."),
        ("[[site]]\nname = 'x'", "site must be a [table], and is a list."),
        ("[site]\nlanguages = []", "site.languages must have something in it."),
        (
            "[site]\nlanguages = ['en', 'xx-Nowhere']",
            "site.languages must have tags in it that CLDR knows, such as en, ko or "
            "zh-Hans, and xx-Nowhere is none.",
        ),
        (
            "[site]\nlanguages = ['en', 5]",
            "site.languages must be text in quotation marks, and is a whole number.",
        ),
        *(
            (
                f"[site]\nlanguages = ['en', '{wrong}']",
                "site.languages must have tags such as en, ko or zh-Hans in it.",
            )
            for wrong in ("", "../x", "en_US", "english/x", "e", "en-")
        ),
        *(
            (
                f"[site]\norigins = ['https://a.example', '{wrong}']",
                "site.origins must have addresses without a path in it, "
                "such as https://news.example.",
            )
            for wrong in ("", "*", "null", "a.example", "https://a.example/", "http://u@a")
        ),
        *(
            (
                f'[site]\nurl = "{wrong}"',
                "site.url must be an address without a path, such as "
                "https://letters.example.",
            )
            for wrong in (
                "",
                "x",
                "ftp://x",
                "http://",
                "http://x/",
                "http://x\\n",
                "http://x?y",
                "https://x/letters",
                "https://x:",
                "https://x:65536",
                "https://mina@x",
                "https://x\\u0000",
            )
        ),
        *(
            (f'[site]\nname = "{wrong}"', "site.name must be text in one line.")
            for wrong in ("The\\u0000Tide", "The\\nTide", "The\\u2028Tide", "The Tide\\n")
        ),
        *(
            (f'[site]\nname = "{wrong}"', "site.name must have something in it.")
            for wrong in ("", "  ", "\\u200b")
        ),
        (
            '[site]\ncontact = "\\u0007"',
            "site.contact must be text, and has characters that are none.",
        ),
        (
            '[mail]\nsender = "a@b.example\\nBcc: c@d.example"',
            "mail.sender must be text in one line.",
        ),
        *(
            (
                f'[places]\n{key} = "{wrong}"',
                f"places.{key} must be a folder, or s3://BUCKET/PREFIX.",
            )
            for key in ("public", "spool")
            for wrong in ("s3://", "s3:///site", "s3://?", "gs://river", "a\\u0000b")
        ),
        *(
            (
                f"[reasons]\nterritory = ['DE', '{wrong}']",
                "reasons.territory must have codes of countries in it as ISO 3166 has "
                f"them, such as DE, and {wrong} is none.",
            )
            for wrong in ("UK", "EL", "EU", "XX", "ZZ", "AA")
        ),
        (
            "[reasons]\nterritory = ['D']",
            "reasons.territory must have codes of two capitals in it.",
        ),
        *(
            (
                f"[desk]\ndatabase = '{wrong}'",
                "desk.database must be sqlite, or postgresql://USER:PASSWORD@HOST/NAME.",
            )
            for wrong in ("mysql://x", "", "postgresql://host", "desk.db", "mysql:secret")
        ),
        (
            "[desk]\ndatabase = 'postgresql://mina:secret/word@host/desk'",
            "desk.database has no host and port that make sense. In its user name and its "
            "password, write % as %25, / as %2F, : as %3A, ? as %3F, # as %23, @ as %40.",
        ),
        *(
            (
                f'[{table}]\nlisten = "{wrong}"',
                f"{table}.listen must be HOST:PORT, such as 127.0.0.1:8000.",
            )
            for table in ("letterbox", "desk")
            for wrong in (
                "",
                "8000",
                ":8000",
                "a:",
                "a b:80",
                "a:80\\n",
                "::1:80x",
                "http://a:80",
            )
        ),
        ("[letterbox]\nworkers = 0", "letterbox.workers must be 1 or more."),
        ("[letterbox]\nworkers = -5", "letterbox.workers must be 1 or more."),
        (
            "[letterbox]\ngather_milliseconds = 1001",
            "letterbox.gather_milliseconds must be 1000 or less.",
        ),
        (
            "[letterbox]\nreserve_megabytes = -1",
            "letterbox.reserve_megabytes must be 0 or more.",
        ),
        ("[press]\nslot_minutes = 1441", "press.slot_minutes must be 1440 or less."),
    ],
)
def test_a_line_that_cannot_be_used_is_named_with_what_it_must_be(
    tmp_path: Path, toml: str, expected: str
) -> None:
    assert complaint(tmp_path, toml) == f"{expected} {_REMEDY}".lstrip()


@pytest.mark.parametrize(
    "toml",
    [
        *(
            "[letterbox]\ngather_milliseconds = 0",
            "[letterbox]\ngather_milliseconds = 1000",
        ),
        *("[press]\nslot_minutes = 1", "[press]\nslot_minutes = 1440"),
        "[letterbox]\nreserve_megabytes = 0",
    ],
)
def test_the_edges_of_a_range_are_in_it(tmp_path: Path, toml: str) -> None:
    assert read(written(tmp_path, toml)) != Settings(folder=tmp_path)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            b"[site]\nname = x\n",
            "is not TOML: Invalid value (at line 2, column 8). Mend that line.",
        ),
        (
            b"\0",
            "is not TOML: Invalid statement (at line 1, column 1). Mend that line.",
        ),
        (b"name = '\xff'", "is not in UTF-8. Save it again as UTF-8."),
        ("[site]".encode("utf-16"), "is not in UTF-8. Save it again as UTF-8."),
        ("name = '신문'".encode("euc-kr"), "is not in UTF-8. Save it again as UTF-8."),
    ],
)
def test_an_odd_file_is_told_so(tmp_path: Path, raw: bytes, expected: str) -> None:
    assert complaint(tmp_path, raw) == expected


@pytest.mark.parametrize(
    ("toml", "table", "line"),
    [
        ("[site]\n[desk]\n[site]\nname = 'x'\n", "site", 3),
        ("[site]\n[site.x]\n[site.x]\n", "site.x", 3),
    ],
)
def test_a_table_that_stands_there_twice_is_named(
    tmp_path: Path, toml: str, table: str, line: int
) -> None:
    assert complaint(tmp_path, toml) == (
        f"[{table}] stands there twice, once more at line {line}. Write what is below "
        f"that line below the first [{table}], and remove the line."
    )


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        *(
            (f"public = '{folder}'", "places.public and the newsroom's keys")
            for folder in (".", "", "..", "/", "keys", "keys/public")
        ),
        *(
            (f"spool = '{folder}'", "places.spool and the newsroom's keys")
            for folder in (".", "keys")
        ),
        *(
            (line, "places.public and places.spool")
            for line in (
                "public = 'spool'",
                "public = 'spool/public'",
                "spool = 'public/spool'",
                "spool = './x/../public/'",
                "public = 's3://river/site'\nspool = 's3://river/site/letters'",
                "public = 's3://river'\nspool = 's3://river/letters/'",
            )
        ),
    ],
)
def test_no_place_holds_another_or_the_keys(
    tmp_path: Path, places: str, expected: str
) -> None:
    found = complaint(tmp_path, f"[places]\n{places}\n")

    assert found.startswith(f"{expected} lie in one another")


def test_a_place_that_leads_to_the_keys_is_one_with_them(tmp_path: Path) -> None:
    (tmp_path / "site").symlink_to(tmp_path)

    found = complaint(tmp_path, "[places]\npublic = 'site'\n")

    assert found.startswith("places.public and the newsroom's keys lie in one another")


@pytest.mark.parametrize(
    "places",
    [
        "public = '../public'",
        "public = '/srv/letterdesk'",
        "public = 's3://river/site'\nspool = 's3://river/site-letters'",
        "public = 's3://river'",
    ],
)
def test_places_that_lie_apart_are_taken(tmp_path: Path, places: str) -> None:
    assert read(written(tmp_path, f"[places]\n{places}\n")).folder == tmp_path


@pytest.mark.parametrize("port", [0, 80, 9999, 59999, 64999, 65499, 65529, 65535])
def test_every_port_can_be_named(tmp_path: Path, port: int) -> None:
    toml = f"[letterbox]\nlisten = '127.0.0.1:{port}'\n"

    assert read(written(tmp_path, toml)).letterbox.listen.endswith(f":{port}")


@pytest.mark.parametrize("port", [65536, 65540, 65600, 66000, 70000, 99999, 100000])
def test_a_port_that_there_is_not_is_refused(tmp_path: Path, port: int) -> None:
    found = complaint(tmp_path, f"[letterbox]\nlisten = '127.0.0.1:{port}'\n")

    assert found.startswith("letterbox.listen must be HOST:PORT")


def test_brackets_without_end_are_told_so(tmp_path: Path) -> None:
    found = complaint(tmp_path, "a = " + "[" * 20_000)

    assert found.startswith("is not TOML: ")
    assert found.endswith(". Mend that line.")


def test_a_folder_without_the_file_is_no_newsroom(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(SettingWrong) as wrong:
            read(folder)
        assert wrong.value.sentence == (
            f"{folder} is not a newsroom's folder: there is no letterdesk.toml in it. "
            f"Make one: letterdesk init {folder}"
        )


def test_a_file_that_is_none_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()

    with pytest.raises(SettingWrong) as wrong:
        read(tmp_path)

    assert wrong.value.sentence == f"{tmp_path / FILE} cannot be read: Is a directory."


def test_what_we_have_no_words_for_is_passed_on() -> None:
    assert (
        told_of_value("Something new - at `$.desk.hosts[3]`", Settings())
        == "desk.hosts: Something new."
    )
