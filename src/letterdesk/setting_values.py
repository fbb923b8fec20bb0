"""What the values of settings must be, where a pattern does not tell.

Each function says what is wrong, as the rest of a sentence that begins with the key; ""
when nothing is.
"""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from letterdesk.domain.text import is_blank, is_text

BUCKET = "s3://"
SQLITE = "sqlite"  # as desk.database, in the newsroom's folder
_PLACE = re.compile(r"s3://[A-Za-z0-9][A-Za-z0-9._\-]+(/.*)?|(?!s3://).*", re.DOTALL)
_SCHEMES = frozenset({"postgresql", "postgres"})
# In CLDR, and the names of no country: regions, groups of states, test data, "unknown".
_NO_COUNTRY = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)


def of_name(value: str) -> str:
    """Look at what stands in titles: one line of which something can be seen."""
    return "must have something in it" if is_blank(value) else of_line(value)


def of_line(value: str) -> str:
    """Look at what stands in one line, perhaps an empty one."""
    is_one = is_text(value) and value.splitlines() in ([], [value])
    return "" if is_one else "must be text in one line"


def of_text(value: str) -> str:
    """Look at what readers are told, in one line or more."""
    return "" if is_text(value) else "must be text, and has characters that are none"


def of_place(value: str) -> str:
    """Look at where the spool or the public place is."""
    is_one = is_text(value) and _PLACE.fullmatch(value)
    is_other = "://" in value.removeprefix(BUCKET)
    return "" if is_one and not is_other else "must be a folder, or s3://BUCKET/PREFIX"


def of_database(value: str) -> str:
    """Look at where the desk's database is. What is said repeats no part of a password."""
    if value == SQLITE:
        return ""
    try:
        address = urlsplit(value)
        _ = address.port
    except ValueError:
        return (
            "has no host and port that make sense. In its user name and its password, "
            "write % as %25, / as %2F, : as %3A, ? as %3F, # as %23, @ as %40"
        )
    is_one = address.scheme in _SCHEMES and len(address.path) > 1
    return "" if is_one else f"must be {SQLITE}, or postgresql://USER:PASSWORD@HOST/NAME"


def of_countries(codes: Collection[str]) -> str:
    """Look at codes of two capitals: they must be those of countries."""
    if not codes:
        return ""
    from babel import Locale  # noqa: PLC0415 -- slow, and few newsrooms name any

    known = Locale("en").territories
    for code in codes:
        if code not in known or code in _NO_COUNTRY:
            return (
                "must have codes of countries in it as ISO 3166 has them, such as DE, and "
                f"{code} is none"
            )
    return ""
