"""A page of a thread as search engines read it: schema.org, in JSON-LD.

A script element of this type is data: browsers run none of it, and the content policy
has no say in it.
"""

from collections.abc import Sequence

from letterdesk.domain.edit import apply_cuts
from letterdesk.domain.text import Html, one_line, tame
from letterdesk.domain.thread import Page, Placed, Published
from letterdesk.press.data import to_json
from letterdesk.reader.names import above
from letterdesk.settings import Site

_Node = dict[str, object]


def structured(page: Page, *, site: Site, language: str) -> Html:
    """Give the page's discussion as data that may stand in its markup.

    Only what is published; replies within what they answer.
    """
    story, here = page.story, _address(page, site)
    facts: _Node = {
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting",
        "@id": here,
        "url": here,
        "headline": one_line(tame(story.headline)),
        "inLanguage": story.language,
        "author": {"@type": "Organization", "name": tame(site.name), "url": site.url},
        "commentCount": page.count,
        "comment": _nested(page.comments, here=here, language=language),
    }
    if story.registered:
        facts["datePublished"] = story.registered
    if story.picture:
        facts["image"] = f"{site.url}/{story.picture.path}"
    if story.url.startswith(("https://", "http://")):
        facts["sharedContent"] = {"@type": "WebPage", "url": story.url}
    return Html(to_json(facts).decode())


def _address(page: Page, site: Site) -> str:
    folder = f"{page.number}/" if page.number > 1 else ""
    return f"{site.url}/t/{page.story.id}/{folder}"


def _nested(placed: Sequence[Placed], *, here: str, language: str) -> list[_Node]:
    """Give the comments on the story; replies to one that is gone stand in its place."""
    levels: list[list[_Node]] = [[]]
    for one in placed:
        del levels[one.depth + 1 :]
        if one.comment.is_gone:
            levels.append(levels[one.depth])
            continue
        replies: list[_Node] = []
        levels[one.depth].append(_node(one.comment, replies, here, language))
        levels.append(replies)
    return [_without_empty(node) for node in levels[0]]


def _node(comment: Published, replies: list[_Node], here: str, language: str) -> _Node:
    name = above(comment.name, is_left_out=comment.name_left_out, language=language)
    address = f"{here}#c-{comment.id}"
    return {
        "@type": "Comment",
        "@id": address,
        "url": address,
        "author": {"@type": "Person", "name": one_line(name)},
        "datePublished": comment.published,
        "inLanguage": comment.language,
        "text": _text(comment),
        "comment": replies,
    }


def _text(comment: Published) -> str:
    """Give what readers see, the place of every cut in square brackets."""
    return "".join(
        f"[{tame(piece.note) or '…'}]" if piece.is_cut else tame(piece.text)
        for piece in apply_cuts(comment.text, comment.cuts)
    ).strip()


def _without_empty(node: _Node) -> _Node:
    """Give the node, and all below it, without what there is nothing to say of."""
    replies = node["comment"]
    kept = {name: value for name, value in node.items() if value}
    if isinstance(replies, list) and replies:
        kept["comment"] = [_without_empty(reply) for reply in replies]
    return kept
