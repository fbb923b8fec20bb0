"""The press, the audit log, the report, and who is asking."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Status
from ninja.params.functions import Query

from letterdesk.desk.actions.publish import publish
from letterdesk.desk.api.cursor import pack, unpack
from letterdesk.desk.api.door import asking, newsroom, now, public_place, today
from letterdesk.desk.api.values import (
    EMPTY_IS_NONE,
    AuditOut,
    EntryOut,
    HeadOut,
    MeOut,
    Problem,
    PublicationOut,
    Size,
    TransparencyOut,
    Word,
)
from letterdesk.desk.queries.audit import break_after, entries, head
from letterdesk.desk.queries.permissions import Permission, may, require
from letterdesk.desk.queries.report import transparency

router = Router()
_WRONG = {401: Problem, 403: Problem, 422: Problem}
_Day = Annotated[date | None, EMPTY_IS_NONE]
_FROM, _TO = Query(None, alias="from"), Query(None, alias="to")


@router.post(
    "/publications",
    response={201: PublicationOut, 401: Problem, 403: Problem, 503: Problem},
    tags=["press"],
)
def add_publication(request: HttpRequest) -> Status[PublicationOut]:
    """Collect, then publish now, outside the slots; give what was done."""
    require(asking(request), Permission.PUBLISH)
    moment = now()
    done = publish(
        public_place(), newsroom=newsroom(), today=moment.date(), hour=moment.hour
    )
    return Status(201, PublicationOut(**asdict(done)))


@router.get("/audit", response={200: AuditOut, **_WRONG}, tags=["records"])
def audit(request: HttpRequest, cursor: Word = "", size: Size = 100) -> AuditOut:
    """Give the audit log, oldest entry first, and its head."""
    after = unpack(cursor) or 0
    page, end = entries(asking(request), after=after, size=size), head()
    return AuditOut(
        items=[
            EntryOut(number=row.number, facts=dict(row.facts), digest=row.digest)
            for row in page.rows
        ],
        next=pack(page.next),
        head=HeadOut(number=end.number, digest=end.digest),
        broken=break_after(after, page.rows),
    )


@router.get(
    "/reports/transparency",
    response={200: TransparencyOut, **_WRONG},
    by_alias=True,
    tags=["records"],
)
def transparency_report(
    request: HttpRequest,
    start: _Day = _FROM,
    end: _Day = _TO,
) -> TransparencyOut:
    """Give how often what was decided, and under which rules; by default in the month."""
    last = end or today()
    found = transparency(asking(request), start or last.replace(day=1), last)
    return TransparencyOut(**asdict(found))


@router.get("/me", response={200: MeOut, 401: Problem}, tags=["people"])
def me(request: HttpRequest) -> MeOut:
    """Give whose token this is, and what it may do."""
    person = asking(request)
    return MeOut(
        username=person.username,
        pseudonym=person.pseudonym,
        role=person.role,
        desks=sorted(person.desks),
        permissions=[one.value for one in Permission if may(person, one)],
    )
