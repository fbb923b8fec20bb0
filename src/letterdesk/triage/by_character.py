"""What is worked out for a character once, at first sight."""

from collections.abc import Callable, Mapping

_MOST = 60_000  # a bound, so that hostile text cannot fill the memory


class ByCharacter(dict[str, str]):
    """What each character becomes; `known` are those that need not be worked out."""

    def __init__(
        self, work_out: Callable[[str], str], known: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(known or {})
        self._work_out = work_out

    def __missing__(self, char: str) -> str:
        found = self._work_out(char)
        if len(self) < _MOST:
            self[char] = found
        return found
