"""Which path is answered by what; every other path is a published file."""

import re
from collections.abc import Awaitable, Callable, Mapping

from letterdesk.letterbox import letters, machines, receipts
from letterdesk.letterbox.answers import Answer
from letterdesk.letterbox.box import Box
from letterdesk.letterbox.request import Request

Handler = Callable[[Box, Request, str], Awaitable[Answer]]
Methods = Mapping[str, Handler]

_FIXED: dict[str, Methods] = {
    "/receipt": {"GET": receipts.ask, "POST": receipts.show},
    "/receipt/withdraw": {"POST": receipts.withdraw},
    "/receipt/appeal": {"POST": receipts.appeal},
    "/.well-known/letterdesk.json": {"GET": machines.describe},
    "/healthz": {"GET": machines.health},
}
_OF_STORY: dict[str, Methods] = {
    "comments": {"POST": letters.take_comment},
    "challenge": {"GET": letters.give_challenge},
    "reply": {"GET": letters.show_reply},
    "notices": {"GET": letters.show_notice, "POST": letters.take_notice},
}
_STORY = re.compile(rf"/t/([^/]+)/({'|'.join(_OF_STORY)})")


def find(path: str) -> tuple[Methods, str] | None:
    """Give the handlers of a path by method, and the story's id where it names one."""
    if methods := _FIXED.get(path):
        return methods, ""
    if found := _STORY.fullmatch(path):
        return _OF_STORY[found[2]], found[1]
    return None
