"""A thread as data."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from letterdesk.domain.edit import apply_cuts
from letterdesk.domain.rules import Terms
from letterdesk.domain.story import Story
from letterdesk.domain.text import tame
from letterdesk.domain.thread import Page, Placed, Published

_UNSAFE = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def to_json(facts: object) -> bytes:
    """Give JSON that stays data wherever it is pasted: no <, >, & or line separator."""
    raw = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    for char, escaped in _UNSAFE.items():
        raw = raw.replace(char, escaped)
    return raw.encode()


def story_facts(story: Story) -> dict[str, object]:
    """Give what others must know of a story."""
    return {
        "id": story.id,
        "url": story.url,
        "headline": story.headline,
        "language": story.language,
        "open": story.is_open,
    }


def terms_facts(terms: Terms) -> dict[str, object]:
    """Give the Terms of Use in one language; see docs/reference/files.md."""
    rules = [asdict(rule) for rule in terms.rules]
    return {**asdict(terms), "intro": list(terms.intro), "rules": rules}


def thread_facts(page: Page) -> dict[str, object]:
    """Give a page of a thread; see docs/reference/files.md."""
    return {
        "story": story_facts(page.story),
        "count": page.count,
        "page": page.number,
        "pages": page.of,
        "comments": [_comment(placed) for placed in page.comments],
    }


def _comment(placed: Placed) -> Mapping[str, object]:
    comment = placed.comment
    text, cuts = _published(comment)
    return {
        "id": comment.id,
        "name": tame(comment.name),
        "name_left_out": comment.name_left_out,
        "text": text,
        "published": comment.published,
        "language": "" if comment.is_gone else comment.language,
        "reply_to": comment.reply_to or None,
        "depth": placed.depth,
        "edited": comment.is_edited,
        "rules": list(comment.rules),
        "terms": comment.terms,
        "cuts": cuts,
        "gone": comment.is_gone,
        "pick": comment.is_pick,
        "edited_elsewhere": None
        if comment.edited_elsewhere is None
        else [tame(title) for title in comment.edited_elsewhere],
    }


def _published(comment: Published) -> tuple[str, list[dict[str, object]]]:
    """Give the published text, and where in it something was removed."""
    text, cuts = "", list[dict[str, object]]()
    for piece in apply_cuts(comment.text, comment.cuts):
        if piece.is_cut:
            cuts.append({"at": len(text), "note": piece.note or None})
            text += f"[{piece.note}]" if piece.note else ""
        else:
            text += tame(piece.text)
    return text, cuts
