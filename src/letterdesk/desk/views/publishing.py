"""Publish at once instead of at the next slot."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from letterdesk.desk.actions.publish import publish
from letterdesk.desk.actions.take_in import SpoolUnread
from letterdesk.desk.queries.failing import failing_of
from letterdesk.desk.queries.locks import PressBusy
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.views.door import door
from letterdesk.desk.views.pages import now, page
from letterdesk.desk.views.sentences import sentence
from letterdesk.domain.errors import PlaceFailed
from letterdesk.places.choose import public


@door(Permission.PUBLISH, "GET", "POST")
def publish_now(request: HttpRequest, who: Person) -> HttpResponse:
    """Ask whether to publish now; when confirmed, do it and say what was done."""
    if request.method != "POST":
        return page(request, who, "desk/publish.html")
    newsroom, moment = settings.NEWSROOM, now()
    try:
        done = publish(
            public(newsroom), newsroom=newsroom, today=moment.date(), hour=moment.hour
        )
    except (PlaceFailed, PressBusy, SpoolUnread) as error:
        wrong = sentence(error)
        return page(request, who, "desk/publish.html", status=503, wrong=wrong)
    failing = failing_of(who) if done.failed else ()
    return page(request, who, "desk/publish.html", publication=done, failing=failing)
