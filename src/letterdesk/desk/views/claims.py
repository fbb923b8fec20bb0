"""Claims, as the page of a letter keeps them up and lets go of them."""

from allauth.account.views import LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from letterdesk.desk.actions import claim
from letterdesk.desk.queries.comments import one
from letterdesk.desk.queries.people import Person, person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.views.door import door
from letterdesk.desk.views.pages import now
from letterdesk.domain.ids import is_id

_SIGN_OUT = LogoutView.as_view(template_name="desk/sign_out.html")


@door(Permission.DECIDE, "POST")
def renew(request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Claim a letter anew; tell the page that is open who has it, and its version."""
    found = claim.renew(public_id, by=who, now=now(), page=_page(request))
    return JsonResponse({"by": found.by, "version": found.version})


@door(Permission.DECIDE, "POST")
def leave(request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Let go of a letter whose page is left; late, it lets go of no newer page's."""
    one(who, public_id)
    claim.release(by=who, page=_page(request))
    return HttpResponse(status=204)


def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Let go of what she has open, then sign out."""
    if request.method == "POST" and request.user.is_authenticated:
        claim.release_all(person(request.user))
    answer: HttpResponseBase = _SIGN_OUT(request)
    return answer


def _page(request: HttpRequest) -> str:
    """Give the id of the page that speaks; "" when it names none."""
    named = request.POST.get("page", "")
    return named if is_id(named) else ""
