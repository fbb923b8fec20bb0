"""Claims, as the page of a letter keeps them up and lets go of them."""

from allauth.account.views import LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from letterdesk.desk.actions.claim import claim, release, release_all
from letterdesk.desk.queries.comments import one
from letterdesk.desk.queries.people import Person, person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.views.door import door
from letterdesk.desk.views.pages import now

_SIGN_OUT = LogoutView.as_view(template_name="desk/sign_out.html")


@door(Permission.DECIDE, "POST")
def renew(_request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Claim a letter anew; tell the page that is open who has it, and its version."""
    found = claim(public_id, by=who, now=now())
    return JsonResponse({"by": found.by, "version": found.version})


@door(Permission.DECIDE, "POST")
def leave(_request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Let go of a letter whose page is left."""
    one(who, public_id)
    release(public_id, by=who)
    return HttpResponse(status=204)


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Let go of what she has open, then sign out."""
    if request.method == "POST" and request.user.is_authenticated:
        release_all(person(request.user))
    answer: HttpResponseBase = _SIGN_OUT(request)
    return answer
