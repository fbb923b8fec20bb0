"""What goes wrong, as application/problem+json (RFC 9457)."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import wraps

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from letterdesk.desk.actions.account_names import PersonWrong
from letterdesk.desk.actions.names_shown import NameNotShown
from letterdesk.desk.actions.risks import SecondEditorNeeded
from letterdesk.desk.actions.rulings import AsWritten, NothingToUndo, Outdated
from letterdesk.desk.actions.stories import StoryWrong
from letterdesk.desk.actions.take_in import SpoolUnread
from letterdesk.desk.api.cursor import CursorWrong
from letterdesk.desk.queries.errors import DaysWrong, NotConfirmed, NotFound, NotYours
from letterdesk.desk.queries.locks import PressBusy
from letterdesk.desk.queries.note_names import NoteNames
from letterdesk.domain.errors import (
    LetterdeskError,
    LetterRefused,
    MoveNotAllowed,
    NotACut,
    PlaceFailed,
)
from letterdesk.domain.rules import RuleMissing, RuleUnknown
from letterdesk.domain.states import AppealNeeded, SecondPersonNeeded
from letterdesk.failures import place, reason, will_pass

_log = logging.getLogger(__name__)
_NOT_ALLOWED = 405
_FAILED = 500
_BODY = "body"
_NO_JSON = "The body is not the JSON that is due."
_LATER = (
    "The desk's database or its disk cannot be used now. Try again later; of what was "
    "under way when it stopped, look first whether it was done."
)

_TITLES = {
    400: "Malformed request",
    401: "No valid token",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    413: "Too long",
    415: "Unsupported media type",
    422: "Cannot be processed",
    500: "Failed",
    503: "Not now",
}
_STATUSES: Mapping[type[LetterdeskError], int] = {
    NotYours: 403,
    NotConfirmed: 403,
    SecondPersonNeeded: 403,
    AppealNeeded: 403,
    SecondEditorNeeded: 403,
    NotFound: 404,
    Outdated: 409,
    NothingToUndo: 409,
    MoveNotAllowed: 409,
    NameNotShown: 409,
    AsWritten: 422,
    NotACut: 422,
    NoteNames: 422,
    RuleMissing: 422,
    RuleUnknown: 422,
    LetterRefused: 422,
    StoryWrong: 422,
    PersonWrong: 422,
    CursorWrong: 422,
    DaysWrong: 422,
    PlaceFailed: 503,
    PressBusy: 503,
    SpoolUnread: 503,
}


def problem(status: int, code: str, detail: str, **more: object) -> HttpResponse:
    """Give a problem; `more` are members of its own."""
    body = {
        "type": "about:blank",
        "title": _TITLES.get(status, "Failed"),
        "status": status,
        "detail": detail,
        "code": code,
        **more,
    }
    response = HttpResponse(
        json.dumps(body), status=status, content_type="application/problem+json"
    )
    if status == 401:  # RFC 9110 asks for the header
        response["WWW-Authenticate"] = 'Bearer realm="letterdesk"'
    return response


@csrf_exempt  # a program has no form of ours
def not_there(_request: HttpRequest, **_path: str) -> HttpResponse:
    """Give the problem for an address that the API does not have."""
    return problem(404, "not-found", "There is nothing at this address of the API.")


def unread(name: str) -> HttpResponse:
    """Give the problem for an address that has what is not UTF-8 in the value of `name`."""
    return problem(422, "invalid", f"{name}: This is not UTF-8.", fields=[name])


def malformed() -> HttpResponse:
    """Give the problem for a request that cannot be read."""
    return problem(400, "malformed", _NO_JSON)


def allowing(
    view: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Give `view`, which answers HEAD as GET, and refuses other methods by a problem.

    The server leaves the body of an answer to HEAD away.
    """

    @wraps(view)
    def told(request: HttpRequest, *args: object, **path: object) -> HttpResponseBase:
        asked = request.method
        if asked == "HEAD":
            request.method = "GET"
        answer = view(request, *args, **path)
        request.method = asked
        if answer.status_code != _NOT_ALLOWED:
            return answer
        methods = set(answer["Allow"].split(", "))
        allowed = ", ".join(sorted(methods | {"HEAD"} if "GET" in methods else methods))
        sentence = f"{request.method} does nothing at this address. Use {allowed}."
        refusal = problem(_NOT_ALLOWED, "method-not-allowed", sentence)
        refusal["Allow"] = allowed
        return refusal

    return told


def answer_problems(api: NinjaAPI) -> None:
    """Let `api` answer every error with a problem."""
    api.exception_handler(LetterdeskError)(_ours)
    api.exception_handler(ValidationError)(_invalid)
    api.exception_handler(AuthenticationError)(_unknown)
    api.exception_handler(HttpError)(_refused)
    api.exception_handler(RequestDataTooBig)(_too_long)
    api.exception_handler(Exception)(_failed)


def _ours(_request: HttpRequest, error: LetterdeskError) -> HttpResponse:
    status = next(
        (_STATUSES[kind] for kind in type(error).__mro__ if kind in _STATUSES), _FAILED
    )
    if status == _FAILED:
        _log.error("api=failed code=%s place=%s", error.code, place(error))
    facts = {
        name: getattr(error, name) for name in ("field", "current") if hasattr(error, name)
    }
    return problem(status, error.code, error.sentence, **facts)


def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    if not request.body and any(one["loc"][0] == _BODY for one in error.errors):
        return malformed()
    fields = [_field(one["loc"]) for one in error.errors]
    said = "; ".join(
        f"{field}: {one['msg']}" for field, one in zip(fields, error.errors, strict=True)
    )
    return problem(422, "invalid", said, fields=fields)


def _field(location: Sequence[object]) -> str:
    """Give where a value was, as the caller wrote it: without the names that we call it."""
    place_read, *inside = map(str, location)
    return ".".join(inside[1:] if place_read == _BODY else inside) or place_read


def _unknown(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    return problem(401, "token-wrong", "Send a valid token: Authorization: Bearer ld_…")


def _refused(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, "malformed", _NO_JSON)


def _too_long(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return problem(
        413, "body-too-large", f"The body has more than {most:,} bytes. Send less."
    )


def _failed(_request: HttpRequest, error: Exception) -> HttpResponse:
    """Log what went wrong and where in the code: its words could be a reader's."""
    if will_pass(error):
        _log.error("api=not-now %s", reason(error))
        return problem(503, "not-now", _LATER)
    _log.error("api=failed error=%s place=%s", type(error).__name__, place(error))
    return problem(
        500, "failed", "Something went wrong here. Look what was done before you try again."
    )
