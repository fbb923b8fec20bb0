"""What machines ask: the public key and the limits, and whether letters can be taken."""

from base64 import urlsafe_b64encode

from letterdesk.domain.letter import MAX_CONTACT, MAX_NAME, MAX_TEXT, SIZE_CLASSES
from letterdesk.letterbox.answers import Answer
from letterdesk.letterbox.body import MAX_BODY
from letterdesk.letterbox.box import Box
from letterdesk.letterbox.budgets import State
from letterdesk.letterbox.refusals import Refused
from letterdesk.letterbox.request import Request

_VERSION = 1


async def describe(box: Box, request: Request, _: str) -> Answer:
    """GET /.well-known/letterdesk.json, or with ?story=STORY for letters about it."""
    key = box.keys.newest()
    story = request.query().get("story", "")
    return box.answers.data(
        {
            "version": _VERSION,
            "key": {
                "id": key.id.hex(),
                "suite": key.suite,
                "public": urlsafe_b64encode(key.raw).rstrip(b"=").decode(),
            },
            "limits": {
                "text": MAX_TEXT,
                "name": MAX_NAME,
                "contact": MAX_CONTACT,
                "body": MAX_BODY,
            },
            "sizes": SIZE_CLASSES,
            "state": box.floods.state(story),
        }
    )


async def health(box: Box, _: Request, __: str) -> Answer:
    """GET /healthz: whether a letter could be taken now."""
    try:
        box.keys.newest()
        _must_take_letters(box)
        await box.stories.must_be_there()
        await box.spool.probe()
    except Refused as refused:
        return box.answers.text(refused.code, status=refused.status)
    return box.answers.text("ok")


def _must_take_letters(box: Box) -> None:
    if box.floods.state() is State.CLOSED:
        raise Refused("closed")
