"""Choose a published comment, or take the choice back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from letterdesk.desk.actions.pick import pick, unpick
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.views.door import door
from letterdesk.desk.views.pages import today
from letterdesk.desk.views.problems import problem
from letterdesk.desk.views.sentences import sentence
from letterdesk.domain.errors import MoveNotAllowed


@door(Permission.STORIES, "POST")
def choose(request: HttpRequest, who: Person, public_id: str) -> HttpResponse:
    """Mark a comment as chosen by the editors; with `no`, take that back."""
    act = unpick if "no" in request.POST else pick
    try:
        act(public_id, by=who, today=today())
    except MoveNotAllowed as error:
        return problem(request, 409, remedy=sentence(error))
    return redirect(reverse("comment", args=[public_id]) + "?done=saved")
