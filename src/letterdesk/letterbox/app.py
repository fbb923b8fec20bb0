"""The letterbox as an RSGI application: one request in, one answer out.

It takes letters and hands out published files. It holds no private key and has no database.
"""

import asyncio
import logging
from collections.abc import Callable, Collection
from datetime import date

from letterdesk.failures import place
from letterdesk.letterbox import letters, routes
from letterdesk.letterbox.answers import Answer, Answers
from letterdesk.letterbox.box import Box
from letterdesk.letterbox.files import Files, of_this_version
from letterdesk.letterbox.floods import Floods
from letterdesk.letterbox.keys import Keys
from letterdesk.letterbox.origins import Origins
from letterdesk.letterbox.publication import Publication
from letterdesk.letterbox.refusals import Refused
from letterdesk.letterbox.request import Request
from letterdesk.letterbox.rsgi import HTTPProtocol, ProtocolClosed, Scope
from letterdesk.letterbox.spool import Spool
from letterdesk.letterbox.stories import Stories
from letterdesk.letterbox.terms import PublishedTerms
from letterdesk.places.base import Place
from letterdesk.settings import Settings

_log = logging.getLogger(__name__)
_INDEX = "index.html"


def make(
    settings: Settings, *, spool: Place, public: Place, today: Callable[[], date]
) -> "App":
    """Give the letterbox of a newsroom; `today` is the day in UTC."""
    files = Files(public)
    box = Box(
        settings=settings,
        public=public,
        files=files,
        stories=Stories(files),
        terms=PublishedTerms(files),
        keys=Keys(settings.public_keys),
        spool=Spool(spool, settings.letterbox),
        floods=Floods(settings),
        answers=Answers(settings.site),
        today=today,
    )
    return App(box)


class App:
    """What granian calls."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._publication = Publication(box.settings.site)
        self._origins = Origins(box.settings.site)

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """Answer one request. Whatever goes wrong, no word of it is logged."""
        request = Request(scope=scope, protocol=protocol)
        try:
            answer = await self._answer(request)
        except ProtocolClosed:
            return  # nobody is waiting any more
        except Refused as refused:
            answer = self._refusal(request, refused)
        except Exception as error:  # noqa: BLE001 -- the last resort of every request
            _note(error)
            answer = self._refusal(request, Refused("failed"))
        headers = [*answer.headers, *self._origins.answered(scope.headers)]
        protocol.response_bytes(answer.status, headers, answer.body)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let what is being written be written."""
        self._box.spool.close()

    async def _answer(self, request: Request) -> Answer:
        scope = request.scope
        if scope.http_version == "1.1" and len(scope.headers.get_all("host")) != 1:
            raise Refused("malformed")  # RFC 9112, 3.2: else two servers may read two
        if scope.method == "OPTIONS" and (told := self._origins.asked_first(scope.headers)):
            return Answer(status=204, headers=told)
        method = "GET" if scope.method == "HEAD" else scope.method
        found = routes.find(scope.path)
        if found is None:
            return await self._published(scope, method)
        methods, story_id = found
        handler = methods.get(method)
        if handler is None:
            if story_id:
                await letters.note_story(self._box, request, story_id)
            raise _not_allowed(methods)
        if method == "POST" and not self._origins.may_write(scope.headers):
            raise Refused("cross-site")
        return await handler(self._box, request, story_id)

    async def _published(self, scope: Scope, method: str) -> Answer:
        root, slash, name = scope.path.partition("/")
        if root or not slash:
            raise Refused("not-found")
        if not name or name.endswith("/"):
            name += _INDEX
        file = await self._box.files.find(name) or of_this_version().get(name)
        if file is None:
            if await self._box.files.find(f"{name}/{_INDEX}"):
                return self._box.answers.moved(f"/{name}/")
            raise Refused("not-found")
        if method != "GET":
            raise _not_allowed({"GET"})
        return self._publication.answer(file, scope)

    def _refusal(self, request: Request, refused: Refused) -> Answer:
        try:
            return self._box.answers.refusal(request, refused)
        except Exception as error:  # noqa: BLE001 -- a page that cannot be made is no answer
            _note(error)
            return self._box.answers.bare_refusal(request, refused)


def _not_allowed(methods: Collection[str]) -> Refused:
    allowed = [*methods, "HEAD"] if "GET" in methods else [*methods]
    return Refused("method-not-allowed", allow=", ".join(sorted(allowed)))


def _note(error: Exception) -> None:
    """Log what went wrong and where in the code; never what it was about."""
    _log.error("event=failed error=%s place=%s", type(error).__name__, place(error))
