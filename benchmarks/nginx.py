"""nginx on a free port: with the configuration that we ship, or with hardly any."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks import machine, newsroom
from benchmarks.ports import free_port

DEPLOY = Path(__file__).parent.parent / "deploy" / "nginx"
_MODULE = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
_MAIN = """\
load_module {module};
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
worker_processes {workers};
events {{ worker_connections 4096; }}
http {{
    include /etc/nginx/mime.types;
    gzip on;  # as Debian's nginx.conf has it
    keepalive_requests 1000000;
    proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    client_body_temp_path {folder}/bodies;
    {http}
    server {{
        listen 127.0.0.1:{port} reuseport;
        {site}
    }}
}}
"""
_PLAIN = "root {public}; access_log off; brotli_static on; gzip_static on; sendfile on;"


def is_here() -> bool:
    """Say whether nginx and its module for ready-made brotli are installed."""
    return shutil.which("nginx") is not None and _MODULE.exists()


def version() -> str:
    """Give nginx's version, for the table."""
    return machine.tool_version("nginx", "-v").removeprefix("nginx version: ")


@contextmanager
def shipped(
    folder: Path,
    room: newsroom.Newsroom,
    *,
    cores: Sequence[int] = (),
    http: Mapping[str, str] | None = None,
) -> Iterator[int]:
    """Run it with deploy/nginx, in front of `room`; give the port.

    `http` is what a newsroom writes instead into letterdesk-http.conf.
    """
    behind = {"127.0.0.1:8000": f"127.0.0.1:{room.letterbox}"}
    shared = _read("letterdesk-http.conf", behind | dict(http or {}))
    site = _read(
        "letterdesk-site.conf",
        {"/srv/letterdesk": str(room.public), "/run/letterdesk-nginx": f"{folder}/own"},
    )
    with _running(folder, http=shared, site=site, cores=cores) as port:
        yield port


@contextmanager
def plain(folder: Path, public: Path, *, cores: Sequence[int] = ()) -> Iterator[int]:
    """Run it with the fewest lines that serve the same files; give the port."""
    site = _PLAIN.format(public=public)
    with _running(folder, http="", site=site, cores=cores) as port:
        yield port


@contextmanager
def _running(folder: Path, *, http: str, site: str, cores: Sequence[int]) -> Iterator[int]:
    folder.mkdir()
    port = free_port()
    settings = folder / "nginx.conf"
    settings.write_text(
        _MAIN.format(
            module=_MODULE,
            user="user root;" if os.geteuid() == 0 else "",
            folder=folder,
            workers=len(cores) or os.cpu_count(),
            http=http,
            site=site,
            port=port,
        )
    )
    pinned = ["taskset", "-c", ",".join(map(str, cores))] if cores else []
    process = subprocess.Popen(
        [
            *pinned,
            "nginx",
            "-e",
            str(folder / "error.log"),
            "-p",
            str(folder),
            "-c",
            settings,
        ],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        newsroom.wait_for(f"http://127.0.0.1:{port}/", process)
        yield port
    finally:
        newsroom.stop(process)


def _read(name: str, changes: dict[str, str]) -> str:
    text = (DEPLOY / name).read_text()
    for ours, theirs in changes.items():
        if ours not in text:
            raise SystemExit(f"deploy/nginx/{name} no longer says {ours}.")
        text = text.replace(ours, theirs)
    return text
