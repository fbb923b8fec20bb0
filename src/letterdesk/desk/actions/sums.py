"""What several passes did, as one."""

from dataclasses import dataclass, fields, replace
from typing import Self


@dataclass(frozen=True, kw_only=True)
class Sum:
    """Counts, and tuples of what was met: two of them are added field by field."""

    def __add__(self, other: Self) -> Self:
        names = [one.name for one in fields(self)]
        return replace(
            self, **{name: getattr(self, name) + getattr(other, name) for name in names}
        )
