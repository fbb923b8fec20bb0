"""The API: `/api/v1/`, described at `/api/v1/openapi.json`."""

from ninja import NinjaAPI

from letterdesk.desk.api import comments, records, stories
from letterdesk.desk.api.door import Bearer
from letterdesk.desk.api.problems import answer_problems

api = NinjaAPI(
    title="Letterdesk",
    version="1",
    description="The desk's API. Dates are ISO, UTC; ids are opaque.",
    auth=Bearer(),
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
api.add_router("/comments", comments.router)
api.add_router("/stories", stories.router)
api.add_router("", records.router)
answer_problems(api)
