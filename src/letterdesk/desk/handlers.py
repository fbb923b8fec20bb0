"""What answers where no view could: programs get a problem, people a page."""

from django.http import HttpRequest, HttpResponse

from letterdesk.desk.api import problems as api
from letterdesk.desk.middleware import AddressUnread
from letterdesk.desk.views import problems as pages


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that Django refused, or found too large."""
    if not request.path.startswith("/api/"):
        return pages.malformed(request, exception)
    if isinstance(exception, AddressUnread):
        return api.unread(exception.name)
    return api.problem(400, "malformed", "This request cannot be understood.")
