"""The desk's style sheets and scripts, as they were when it was started.

An update replaces the files under a desk that is running. WhiteNoise would hand out the new
bytes cut to the old length, under an address that browsers keep for a year.
"""

import os
from http import HTTPStatus
from io import BytesIO
from pathlib import Path

from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import NOT_ALLOWED_RESPONSE, Response, StaticFile


class KeptFile:
    """A static file that was read once; all of ours are some 200 kB."""

    def __init__(self, file: StaticFile, raw: bytes) -> None:
        self._file, self._raw = file, raw

    def get_response(self, method: str, request_headers: dict[str, str]) -> Response:
        """Give the whole file, whatever range is asked for, or that it is the same."""
        if method not in {"GET", "HEAD"}:
            return NOT_ALLOWED_RESPONSE
        if self._file.is_not_modified(request_headers):
            return self._file.not_modified_response
        _, headers = self._file.get_path_and_headers(request_headers)
        body = BytesIO(self._raw) if method == "GET" else None
        return Response(HTTPStatus.OK, headers, body)


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc] # it has no types
    """WhiteNoise, with files that stay as they were."""

    def get_static_file(
        self, path: str, url: str, stat_cache: dict[str, os.stat_result] | None = None
    ) -> KeptFile:
        """Give what answers for a file."""
        raw = Path(path).read_bytes()
        return KeptFile(super().get_static_file(path, url, stat_cache), raw)
