"""What a reader loads to see 50 comments in a foreign page, and how long it takes.

Bytes: ours as the press leaves them; of others the client files that their packages have.
Time: in Chromium slowed down to a cheap phone on a slow line, ours until the last of 50
comments is on screen; of others, without a server of theirs behind, until their script has
run and not a comment is there: the least that they can take.
"""

import functools
import http.server
import subprocess
import sys
import tarfile
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from gzip import compress
from pathlib import Path
from statistics import median

import brotli
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import chromium, machine, quiet, report
from letterdesk.domain.story import Story
from letterdesk.domain.thread import Published
from letterdesk.press.story import story_files
from letterdesk.press.variants import with_variants
from letterdesk.reader.assets import asset, assets, embed_files
from letterdesk.reader.terms import terms
from letterdesk.settings import Site

STORY_ID = f"{1:0>26}"
COMMENTS = 50
PASSES = 5
WORDS = (
    "The ferry was the only way to the island, and nobody who lives there was asked. " * 4
)
SLOW = {  # kilobits a second, milliseconds of a round trip, times slower processor
    "a slow phone, 400 kbit/s": (400, 400, 6),
    "a cheap phone, 1.6 Mbit/s": (1_600, 150, 4),
}
NPM = {
    "Artalk Lite": ("artalk@2.9.1", ["dist/ArtalkLite.js", "dist/ArtalkLite.css"]),
    "Waline": ("@waline/client@3.13.0", ["dist/waline.umd.js", "dist/waline.css"]),
    "Twikoo": ("twikoo@1.7.9", ["dist/twikoo.min.js"]),
}
ISSO = ("isso==0.14.0", ["isso/js/embed.min.js", "isso/css/isso.css"])
NOW_SHOWN = """() => {
  const root = document.querySelector("letterdesk-thread")?.shadowRoot;
  return root?.querySelectorAll(".comment-words").length >= 50 && performance.now();
}"""


@dataclass(frozen=True, kw_only=True)
class Client:
    """What a reader loads beside the comments themselves: name → bytes."""

    name: str
    files: Mapping[str, bytes]

    def row(self) -> list[str]:
        """Give the sizes as a row: raw, gzip, brotli, requests."""
        packed = [
            sum(len(pack(raw)) for raw in self.files.values())
            for pack in (
                bytes,
                functools.partial(compress, compresslevel=9),
                brotli.compress,
            )
        ]
        return [self.name, *(f"{size:,}" for size in packed), str(len(self.files))]


def main() -> None:
    """Print and keep the tables."""
    with tempfile.TemporaryDirectory() as folder, _browser() as browser:
        clients = [ours(), *theirs(Path(folder))]
        times, disturbed = quiet.quietest(
            lambda: [_times(browser, client) for client in clients], passes=1
        )
        version = browser.version
    report.publish(
        "weight",
        "What a reader loads",
        tables=[_to_read(clients), _to_write(), _until(times, disturbed)],
        versions=f"{machine.versions('brotli', 'playwright')}, Chromium {version}",
    )


def ours() -> Client:
    """Give what our readers load beside the thread."""
    files = {**assets(), **embed_files()}
    return Client(
        name="Letterdesk",
        files={
            "embed.js": files["embed.js"],
            asset("embed.css"): files[asset("embed.css")],
        },
    )


def theirs(folder: Path) -> Iterator[Client]:
    """Give what others' packages hold, fetched with npm and pip into `folder`."""
    yield Client(name="Isso", files=_unpacked(_from_pip(folder, ISSO[0]), ISSO[1]))
    for name, (package, wanted) in NPM.items():
        yield Client(name=name, files=_unpacked(_from_npm(folder, package), wanted))


def thread() -> dict[str, bytes]:
    """Give the files of a story with 50 comments."""
    story = Story(id=STORY_ID, url="https://news.test/1", headline="Ferry", language="en")
    comments = [
        Published(
            id=f"{number:0>26}",
            text=f"{number}. {WORDS}",
            published="2026-11-23",
            order=number,
            name=f"Reader {number}",
        )
        for number in range(1, COMMENTS + 1)
    ]
    site = Site(url="http://127.0.0.1")
    return story_files(
        story, comments, site=site, terms=terms("en"), per_page=200, slot_minutes=60
    )


def _to_read(clients: Sequence[Client]) -> report.Table:
    return report.Table(
        title="Script and style to see comments, beside the comments",
        head=["", "raw", "gzip", "brotli", "requests"],
        rows=[client.row() for client in clients],
        remarks=[
            "Of others the most compact published files that show comments; what these ask "
            "for in turn (API, fonts, avatars, emojis) is not counted. Cusdis's client is "
            "in no package: `react-cusdis` loads it from a server. The same packing for "
            "all: gzip 9, brotli 11."
        ],
    )


def _to_write() -> report.Table:
    shipped = with_variants({**assets(), "form.html": thread()[f"t/{STORY_ID}/form.html"]})
    names = ["embed-form.css", "write.js", "receipt.js", "seal.js", "altcha.js"]
    sizes = {name: len(shipped[f"{asset(name)}.br"]) for name in names}
    sizes["form.html (English)"] = len(shipped["form.html.br"])
    rows = [[name, f"{size:,}"] for name, size in sizes.items()]
    return report.Table(
        title="When she starts to write, sealed in the browser",
        head=["", "brotli, as served"],
        rows=[*rows, ["all of it", f"{sum(sizes.values()):,}"]],
        remarks=[
            "`altcha.js` is fetched when very many letters are arriving, and not else."
        ],
    )


def _until(times: Sequence[list[str]], disturbed: float) -> report.Table:
    return report.Table(
        title=f"Seconds until {COMMENTS} comments are there; of others, their script",
        head=["", *SLOW],
        rows=times,
        remarks=[
            f"Median of {PASSES} loads of an article with nothing else, nothing kept, "
            "no TLS; Chromium's own slowing down of line (400 and 150 ms a round trip) and "
            "processor (6 and 4 times). Others show comments one request later than this. "
            f"Other processes used {disturbed:.2f} cores meanwhile."
        ],
    )


def _times(browser: Browser, client: Client) -> list[str]:
    pages: dict[str, bytes] = {f"/{name}": raw for name, raw in client.files.items()}
    if client.name == "Letterdesk":
        pages |= {f"/{path}": raw for path, raw in thread().items()}
        body = f"<script type=module src=/embed.js data-story={STORY_ID}></script>"
        until = NOW_SHOWN
    else:
        body = "".join(map(_tag, client.files)) + "<script>window.isThere = 1</script>"
        until = "() => window.isThere && performance.now()"
    pages["/"] = f"<!doctype html><title>x</title><h1>x</h1>{body}".encode()
    with _serving(pages) as address:
        medians = [
            median(_time(browser, address, until, speed) for _ in range(PASSES))
            for speed in SLOW.values()
        ]
    return [client.name, *(f"{one / 1000:.1f}" for one in medians)]


def _time(browser: Browser, address: str, until: str, speed: tuple[int, int, int]) -> float:
    """Give the milliseconds from the start of a navigation until `until` is true."""
    context = browser.new_context()
    page = context.new_page()
    _slow_down(page, *speed)
    page.goto(address, wait_until="commit")
    found = page.wait_for_function(until, polling="raf", timeout=120_000).json_value()
    context.close()
    return float(found)


def _slow_down(page: Page, kilobits: int, round_trip: int, processor: int) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": round_trip,
            "downloadThroughput": kilobits * 125,
            "uploadThroughput": kilobits * 125,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": processor})


def _tag(name: str) -> str:
    if name.endswith(".css"):
        return f'<link rel=stylesheet href="/{name}">'
    return f'<script src="/{name}"></script>'


@contextmanager
def _serving(pages: Mapping[str, bytes]) -> Iterator[str]:
    """Serve `pages` in brotli; give the address."""
    packed = {path: brotli.compress(raw) for path, raw in pages.items()}
    kinds = {"css": "text/css", "js": "text/javascript"}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Answer."""
            raw = packed.get(self.path)
            self.send_response(200 if raw is not None else 404)
            kind = kinds.get(self.path.rpartition(".")[2], "text/html")
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Encoding", "br")
            self.send_header("Content-Length", str(len(raw or b"")))
            self.end_headers()
            self.wfile.write(raw or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def _from_npm(folder: Path, package: str) -> Path:
    name = _run("npm", "pack", "--silent", package, "--pack-destination", str(folder))
    return folder / name.strip().splitlines()[-1]


def _from_pip(folder: Path, package: str) -> Path:
    _run(sys.executable, "-m", "venv", str(folder / "pip"))  # our own may have no pip
    _run(str(folder / "pip/bin/pip"), "download", "--quiet", "--no-deps", "--no-binary",
         ":all:", "--dest", str(folder), package)  # fmt: skip
    return next(folder.glob(f"{package.partition('=')[0]}*.tar.gz"))


def _unpacked(archive: Path, wanted: Sequence[str]) -> dict[str, bytes]:
    """Give the wanted files of an archive, whose top folder may have any name."""
    with tarfile.open(archive) as held:
        found = {member.name.partition("/")[2]: member for member in held.getmembers()}
        files = {}
        for name in wanted:
            read = held.extractfile(found[name])
            if read is None:
                raise SystemExit(f"{archive.name} has no {name}.")
            files[name] = read.read()
    return files


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed: {done.stderr}")
    return done.stdout


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium.path(), args=chromium.ARGUMENTS
        )
        yield running
        running.close()


if __name__ == "__main__":
    main()
