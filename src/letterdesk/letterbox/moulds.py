"""Pages that differ from reader to reader in nothing but a receipt code.

Such a page is made once, with blanks where the groups of the code go; filling them in takes
a hundredth of the time. A mould holds no code.
"""

import re
from collections.abc import Hashable
from functools import lru_cache

from letterdesk.reader.render import render
from letterdesk.settings import Site

_BLANKS = [chr(0xFDD0 + number) for number in range(6)]  # noncharacters: no text has them
_BLANK = re.compile(f"([{''.join(_BLANKS)}])")


def page_with_code(
    template: str, language: str, *, site: Site, code: str, values: dict[str, Hashable]
) -> str:
    """Give the page that `render` makes of `template` with `values`, `site` and `code`."""
    pieces = _mould(template, language, site, tuple(values.items()))
    groups = dict(zip(_BLANKS, code.split("-"), strict=True))
    return "".join(groups.get(piece, piece) for piece in pieces)


@lru_cache(maxsize=512)
def _mould(
    template: str, language: str, site: Site, values: tuple[tuple[str, Hashable], ...]
) -> list[str]:
    code = "-".join(_BLANKS)
    page = render(template, language, site=site, code=code, **dict(values))
    return _BLANK.split(page)
