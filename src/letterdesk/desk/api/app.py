"""The API: `/api/v1/`, described at `/api/v1/openapi.json`."""

from collections.abc import Callable, Mapping

from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.types import DictStrAny

from letterdesk.desk.api import comments, records, stories
from letterdesk.desk.api.door import Bearer
from letterdesk.desk.api.problems import allowing, answer_problems, not_there

_View = Callable[..., HttpResponseBase]
_PROBLEM = 400  # the statuses from here on are problems
_OWN: Mapping[str, Callable[[_View], _View]] = {  # ninja's own addresses
    "api-root": lambda _home: not_there,
    "openapi-json": require_safe,  # it would answer whatever the method is
}


class _Api(NinjaAPI):
    """An API whose description knows the media type of problems, and no module of ours."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: DictStrAny | None = None
    ) -> OpenAPISchema:
        schema = super().get_openapi_schema(
            path_prefix=path_prefix, path_params=path_params
        )
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, response in operation["responses"].items():
                    if int(status) >= _PROBLEM:
                        response["content"] = {
                            "application/problem+json": response["content"][
                                "application/json"
                            ]
                        }
        return schema

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """Give the addresses; what cannot be done at one is refused as a problem."""
        patterns, application, namespace = super().urls
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                own = _OWN.get(pattern.name or "")
                view = own(pattern.callback) if own else pattern.callback
                pattern.callback = csrf_exempt(allowing(view))
        return patterns, application, namespace

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


api = _Api(
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
