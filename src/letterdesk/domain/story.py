"""A story: what is commented on, known by its canonical URL."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from letterdesk.domain.states import Risk


@dataclass(frozen=True, kw_only=True)
class Credit:
    """Who did what for a story, and for which desk."""

    role: str  # in the story's language: "Reported by"
    name: str
    desk: str = ""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A story's picture as published."""

    path: str  # in the public place, as picture_path gives it
    width: int  # pixels
    height: int
    alt: str
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class Story:
    """A story as the press and the letterbox know it."""

    id: str
    url: str
    headline: str
    language: str  # BCP 47: en, ko, zh-Hans
    desk: str = ""
    risk: Risk = Risk.ORDINARY
    is_open: bool = True
    registered: str = ""  # the day, ISO
    credits: tuple[Credit, ...] = ()
    picture: Picture | None = None
    body: str = ""


def fingerprint(story: Story) -> str:
    """Give what tells a story from what it was before a change: 16 characters."""
    return hashlib.sha256(repr(story).encode()).hexdigest()[:16]


def picture_path(raw: bytes) -> str:
    """Give where in the public place a picture lies: it is named by what is in it."""
    return f"assets/picture-{hashlib.sha256(raw).hexdigest()[:10]}.webp"


def is_picture(path: str) -> bool:
    """Say whether a picture may lie at a path of the public place."""
    return bool(_PICTURE.fullmatch(path))


class BlockKind(StrEnum):
    """What a block of a story's body is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTATION = "quotation"


@dataclass(frozen=True, kw_only=True)
class Block:
    """One block of a story's body, as plain text."""

    kind: BlockKind
    text: str


def blocks(body: str) -> tuple[Block, ...]:
    """Give the blocks of a body, as in Markdown, parted by blank lines.

    A line that begins with `## ` is a heading, a block of lines with `> ` a quotation.
    """
    parts = re.split(r"\n\s*\n", _HEADING.sub(r"\n\n\g<0>\n\n", body))
    return tuple(_block(part.strip()) for part in parts if part.strip())


def plain(body: str) -> str:
    """Give a body as its blocks' text, a newline between: what places in a story count."""
    return "\n".join(block.text for block in blocks(body))


def beside(headline: str, caption: str) -> str:
    """Give what stands around a story's text as plain text, a line each."""
    return "\n".join(part for part in (headline, caption) if part)


def _block(part: str) -> Block:
    if _HEADING.fullmatch(part):
        return Block(kind=BlockKind.HEADING, text=part.lstrip("#").strip())
    if part.startswith(">"):
        text = "\n".join(line.lstrip(">").strip() for line in part.splitlines())
        return Block(kind=BlockKind.QUOTATION, text=text)
    return Block(kind=BlockKind.PARAGRAPH, text=part)


_PICTURE = re.compile(r"assets/picture-[0-9a-f]{10}\.webp")
_HEADING = re.compile(r"^#{1,6}[ \t]+\S.*$", re.MULTILINE)
