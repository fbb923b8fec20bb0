"""The examples, each as it stands, with the addresses of a newsroom that is running."""

import os
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest
from django.template import Context, Engine
from playwright.sync_api import Browser, BrowserContext, Page, expect

from benchmarks import newsroom
from benchmarks.ports import free_port
from letterdesk.domain.ids import new_id
from tests.journeys import foreign
from tests.journeys.hosts import Host, hosting
from tests.processes import get, wait_until
from tests.values import a_letter

EXAMPLES = Path(__file__).parents[2] / "examples"
WORDS = "My uncle worked on that ferry."
NGINX = """\
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log error;
{user}
events {{}}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/bodies; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with hosting(tmp_path_factory.mktemp("examples")) as host:
        host.put_letters(a_letter(id=new_id(), story=host.story, text=WORDS))
        host.publish()
        yield host


@pytest.fixture
def page(with_scripts: BrowserContext) -> Page:
    return with_scripts.new_page()


def example(host: Host, name: str) -> str:
    """Give a file of the examples with this newsroom's addresses in it."""
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    assert "comments.example.org" in text or "STORY" in text or name.endswith(".css")
    return text.replace("https://comments.example.org", host.letterbox).replace(
        "STORY", host.story
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_plain_page_shows_comments_in_its_own_colours(
    host: Host, browser: Browser, scheme: str
) -> None:
    for name in ("article.html", "listing.html"):
        host.pages[f"/{name}"] = example(host, f"plain-page/{name}")
    host.pages["/page.css"] = example(host, "plain-page/page.css")
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()

    page.goto(f"{host.origin}/listing.html")
    expect(page.locator("[data-letterdesk-count]")).to_have_text("1")
    page.get_by_role("link", name="The ferry").click()

    words = page.locator("letterdesk-thread .comment-words")
    expect(words).to_have_text(WORDS)
    body = page.locator("body").evaluate("(one) => getComputedStyle(one).color")
    expect(words).to_have_css("color", body)
    expect(words).to_have_css("font-family", "Georgia, serif")
    context.close()


@pytest.fixture
def article(host: Host, tmp_path: Path) -> str:
    """The example's page, in the folder of pages that nginx gives out."""
    if not shutil.which("nginx"):
        pytest.skip("There is no nginx here: tools/nginx installs it.")
    written = example(host, "nginx-ssi/pages/article.html")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "article.html").write_text(written)
    return written


def test_nginx_puts_comments_into_pages(
    host: Host, tmp_path: Path, article: str, without_scripts: BrowserContext
) -> None:
    (tmp_path / "pages" / "none.html").write_text(article.replace(host.story, new_id()))

    with including(host, tmp_path) as port:
        page = without_scripts.new_page()
        page.goto(f"http://127.0.0.1:{port}/article.html")
        expect(page.locator(".comment-words")).to_have_text(WORDS)
        reply = page.get_by_role("link", name="Reply").get_attribute("href")
        outside = get(port, f"/comments/{host.story}")
        status, without = get(port, "/none.html")

    assert (reply or "").startswith(f"{host.letterbox}/t/{host.story}/reply?to=")
    assert outside == (200, "")
    assert status == 200
    assert "Eleven people" in without
    assert "letterdesk" not in without.partition("</head>")[2]


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_nginx_includes_words_whatever_the_browser_unpacks(
    host: Host, tmp_path: Path, article: str, coding: str
) -> None:
    with including(host, tmp_path) as port:
        status, page = get(port, "/article.html", **{"Accept-Encoding": coding})

    assert (status, WORDS in page) == (200, True)


def test_nginx_shows_what_was_there_while_the_letterbox_is_away(
    host: Host, tmp_path: Path, article: str
) -> None:
    path = f"/t/{host.story}/thread.html"
    door = free_port()
    away = replace(host, room=replace(host.room, letterbox=door))
    thread = {path: get(host.room.letterbox, path)[1]}
    with including(away, tmp_path, fresh="1s") as port:
        with foreign.serving(thread, port=door):
            before = get(port, "/article.html")
        wait_until(lambda: is_asked_in_vain(port, tmp_path))
        after = get(port, "/article.html")

    assert get(door, path)[0] == 0
    assert WORDS in before[1]
    assert after == before


def is_asked_in_vain(port: int, folder: Path) -> bool:
    """Say whether nginx has asked for what it kept and keeps fresh no longer."""
    get(port, "/article.html")
    return "Connection refused" in (folder / "error.log").read_text()


def test_site_is_built_with_the_comments_in_it(
    host: Host, tmp_path: Path, without_scripts: BrowserContext
) -> None:
    built = build(host, tmp_path, host.letterbox)

    host.pages["/ferry"] = (tmp_path / "site/ferry/index.html").read_text()
    page = without_scripts.new_page()
    page.goto(f"{host.origin}/ferry")
    expect(page.locator(".comment-words")).to_have_text(WORDS)
    expect(page.locator(".comment-name")).to_have_css("font-weight", "700")
    assert built == ""


@dataclass
class Forged:
    """A fragment that is not the press's, and what the build says of it."""

    change: tuple[str, str]
    said: str
    is_signed: bool = True


@pytest.mark.parametrize(
    "forged",
    [
        Forged(change=("<p>", "<p>More. "), said="digest", is_signed=False),
        Forged(change=("</section>", "<script>1</script></section>"), said="<script>"),
        Forged(change=("<p>", '<p onclick="1">'), said="<p> onclick"),
        Forged(change=('href="http', 'href="javascript:http'), said="a link to javascript"),
    ],
    ids=["changed", "script", "handler", "link"],
)
def test_site_keeps_the_comments_of_last_time_when_these_are_not_to_be_trusted(
    host: Host, tmp_path: Path, forged: Forged
) -> None:
    build(host, tmp_path, host.letterbox)
    file = tmp_path / "site/ferry/index.html"
    before = file.read_text()
    thread = (host.room.public / f"t/{host.story}/thread.html").read_text()
    story = (host.room.public / f"t/{host.story}/story.json").read_text()
    evil = thread.replace(*forged.change)
    if forged.is_signed:
        digest = b64encode(sha256(evil.encode()).digest()).decode()
        story = f'{{"fragment": "sha256-{digest}"}}'
    pages = {f"/t/{host.story}/thread.html": evil, f"/t/{host.story}/story.json": story}

    with foreign.serving(pages) as address:
        said = build(host, tmp_path, address)

    assert forged.said in said
    assert file.read_text() == before.replace(f"{host.letterbox}/embed", f"{address}/embed")


def test_template_that_knows_addresses_only_finds_the_story(host: Host, page: Page) -> None:
    article = {
        "title": "The ferry",
        "body": "It left.\n\nIt sank.",
        "url": "https://news.test/story-1",
        "language": "en",
    }
    engine = Engine(dirs=[EXAMPLES / "django/templates"])
    context = Context({"article": article, "letterdesk": host.letterbox})
    host.pages["/cms"] = engine.get_template("article.html").render(context)

    page.goto(f"{host.origin}/cms")

    expect(page.locator("letterdesk-thread .comment-words")).to_have_text(WORDS)


@contextmanager
def including(host: Host, folder: Path, *, fresh: str = "1m") -> Iterator[int]:
    """Run nginx with the example's configuration; give its port.

    `fresh` is how long it asks nobody for what it has.
    """
    port = free_port()
    site = example(host, "nginx-ssi/nginx.conf")
    for ours, theirs in {
        host.letterbox: host.letterbox.replace("127.0.0.1", "localhost"),  # no address
        "127.0.0.1:8080": f"127.0.0.1:{port}",
        "/srv/pages": f"{folder}/pages",
        "/var/lib/nginx/comments": f"{folder}/cache",
        "proxy_cache_valid 200 1m": f"proxy_cache_valid 200 {fresh}",
    }.items():
        assert ours in site
        site = site.replace(ours, theirs)
    user = "user root;" if os.geteuid() == 0 else ""
    settings = folder / "nginx.conf"
    settings.write_text(NGINX.format(folder=folder, user=user, site=site))
    process = subprocess.Popen(
        ["nginx", "-e", folder / "error.log", "-c", settings], stderr=subprocess.DEVNULL
    )
    try:
        (folder / "pages" / "ready.html").touch()  # a page that puts nothing into the cache
        newsroom.wait_for(f"http://127.0.0.1:{port}/ready.html", process)
        yield port
    finally:
        newsroom.stop(process)


def build(host: Host, folder: Path, address: str) -> str:
    """Build the example site into `folder`/site; give what the build complains of."""
    source = folder / "source"
    shutil.copytree(EXAMPLES / "static-site", source, dirs_exist_ok=True)
    (source / "articles.toml").write_text(example(host, "static-site/articles.toml"))
    done = subprocess.run(
        [
            sys.executable,
            source / "build.py",
            "--comments",
            address,
            "--out",
            folder / "site",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stderr
