"""A place that is neither a folder nor a bucket."""

from collections.abc import Iterator

from letterdesk.places.base import Missing


class Memory:
    """A place that is not a folder: like a bucket, without the network."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def put(self, name: str, raw: bytes) -> None:
        self.files[name] = raw

    def read(self, name: str) -> bytes:
        if name not in self.files:
            raise Missing(name)
        return self.files[name]

    def list(self, under: str = "") -> Iterator[str]:
        return iter([name for name in self.files if name.startswith(under)])

    def remove(self, name: str) -> None:
        self.files.pop(name, None)
