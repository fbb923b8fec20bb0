"""Build a small site with the comments in its pages: no page needs a script.

usage: build.py [--comments https://comments.example.org] [--out site]

Run it when an article changes and some minutes after each slot of the press. What was
fetched last is kept in OUT/.kept and used again when the letterbox does not answer, or
answers what is not to be trusted. Needs Jinja and nothing else.
"""

import argparse
import hashlib
import json
import sys
import tomllib
import urllib.request
from base64 import b64encode
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

HERE = Path(__file__).parent
TAGS = {
    "a",
    "article",
    "bdi",
    "br",
    "div",
    "h2",
    "h3",
    "header",
    "ins",
    "li",
    "nav",
    "ol",
    "p",
    "section",
    "span",
    "time",
}
ATTRIBUTES = {
    "aria-label",
    "aria-labelledby",
    "class",
    "data-offline",
    "datetime",
    "dir",
    "href",
    "id",
    "lang",
    "rel",
}


class NotToBeTrusted(Exception):
    """A fragment that is not what the press has published."""


class _Guard(HTMLParser):
    """Raises NotToBeTrusted at anything that a fragment of comments never has."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        strange = {name for name, _ in attrs} - ATTRIBUTES
        if tag not in TAGS or strange:
            raise NotToBeTrusted(f"<{tag}> {' '.join(sorted(strange))}".strip())
        for name, value in attrs:
            if name == "href" and not (value or "").startswith(
                ("https://", "http://", "#")
            ):
                raise NotToBeTrusted(f"a link to {value}")


def main() -> None:
    """Write every article of articles.toml into OUT."""
    given = _arguments()
    pages = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
    page = pages.get_template("article.html")
    for article in tomllib.loads((HERE / "articles.toml").read_text())["articles"]:
        thread = comments(article["story"], given.comments, kept=given.out / ".kept")
        file = given.out / article["name"] / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            page.render(article=article, thread=thread, comments=given.comments)
        )


def comments(story: str, address: str, *, kept: Path) -> str:
    """Give the comments on a story as markup, checked; in doubt those of last time."""
    file = kept / f"{story}.html"
    try:
        thread = _fetch(f"{address}/t/{story}")
    except (OSError, ValueError, NotToBeTrusted) as error:
        sys.stderr.write(f"{story}: kept what was there. {error}\n")
        return file.read_text() if file.exists() else ""
    kept.mkdir(parents=True, exist_ok=True)
    file.write_text(thread)
    return thread


def _fetch(story: str) -> str:
    """Give the fragment, whole, unchanged and harmless. Raises NotToBeTrusted, OSError."""
    raw = _get(f"{story}/thread.html")
    digest = f"sha256-{b64encode(hashlib.sha256(raw).digest()).decode()}"
    if digest != json.loads(_get(f"{story}/story.json"))["fragment"]:
        raise NotToBeTrusted("its digest is not the one in story.json")
    _Guard().feed(raw.decode())
    return raw.decode()


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 -- our own address
        return bytes(answer.read())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comments", default="https://comments.example.org")
    parser.add_argument("--out", type=Path, default=HERE / "site")
    return parser.parse_args()


if __name__ == "__main__":
    main()
