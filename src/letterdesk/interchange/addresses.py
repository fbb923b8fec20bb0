"""Where a comment's story is now: its address there, made whole, and moved if need be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from letterdesk.domain.story_url import without_tracking
from letterdesk.interchange.source import ImportFailed

_TWO = 2  # addresses in a line
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """The site that paths belong to, and what address became what."""

    site: str = ""
    moved: Mapping[str, str] = field(default_factory=dict)

    def now(self, url: str) -> str:
        """Give a story's address now; "" for none. Raises ImportFailed for a mere path.

        What stands behind # is a place in a page, and goes. Who says what moved need not
        name an address with each of its tracking parameters.
        """
        given = url.strip().partition("#")[0]
        if not given or given in self.moved:
            return self.moved.get(given, "")
        whole = given if _SCHEME.match(given) else self._joined(given)
        return self.moved.get(whole) or self.moved.get(without_tracking(whole), whole)

    def _joined(self, path: str) -> str:
        if not self.site:
            raise ImportFailed(
                f"The file says only {path[:80]!r} of a page, not on which site it is. Say "
                "it: --site https://news.example"
            )
        try:
            return urljoin(f"{self.site.rstrip('/')}/", path)
        except ValueError:  # no address, and said so by who registers stories
            return path


def site_name(address: str) -> str:
    """Give the name of a site or page that stays when only https:// or www. is new.

    Ids that are counted anew on each site are told apart by it.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address.strip()
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path}".rstrip("/") if host else address.strip()


def read_moved(path: Path) -> dict[str, str]:
    """Give what a file of lines OLD<TAB>NEW says. Raises ImportFailed.

    Empty lines and lines that begin with # say nothing.
    """
    found: dict[str, str] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ImportFailed(f"{path} is not text in UTF-8. Save it as such.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = [part.strip() for part in line.split("\t")]
        if len(parts) != _TWO or not all(parts):
            raise ImportFailed(
                f"Line {number} of {path} is not an old address, a tab, and a new one."
            )
        found[parts[0]] = parts[1]
    return found
