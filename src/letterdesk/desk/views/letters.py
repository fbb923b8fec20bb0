"""Letters to the newsroom: appeals, notices and tips."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from letterdesk.desk.actions.readers import close_appeal, close_notice
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.queries.readers import open_appeals, open_notices
from letterdesk.desk.queries.readers import tips as newest_tips
from letterdesk.desk.views.door import door
from letterdesk.desk.views.pages import allowed, page, today


@door(Permission.READ, "GET")
def letters(request: HttpRequest, who: Person) -> HttpResponse:
    """List what readers ask; tips only to those who may see them."""
    may_see_tips = Permission.SEE_TIPS in allowed(who)
    return page(
        request,
        who,
        "desk/letters.html",
        appeals=open_appeals(who),
        notices=open_notices(who),
        tips=newest_tips(who) if may_see_tips else None,
    )


@door(Permission.DECIDE, "POST")
def appeal_answered(_request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Mark an appeal as answered, by somebody who took no part in the decision."""
    close_appeal(public_id, by=who, today=today())
    return _back()


@door(Permission.DECIDE, "POST")
def notice_answered(_request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Mark a notice as answered."""
    close_notice(public_id, by=who, today=today())
    return _back()


def _back() -> HttpResponse:
    return redirect(reverse("letters") + "?done=closed")
