"""The face itself: its errors, its document. Nothing of it is fetched from elsewhere, and it serves no page."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from bankhall import __version__
from bankhall.api import problems
from bankhall.api.caller import Bearer
from bankhall.kernel.errors import BankhallError

ABOUT = (
    "Bankhall (厅堂): forecast, plan and roster of a bank's branches. Times of day are minutes from local midnight, "
    "ranges are 8 in 10, shares 0 to 1, money is fen; null is not known, never zero. Errors are "
    "application/problem+json, their `detail` in the language of Accept-Language (zh-hans, en)."
)
ROOT = "/api/v1/"
REFUSALS = {
    400: "not readable", 401: "no valid token", 403: "not for this role", 404: "not there", 409: "not now",
    422: "not usable", 429: "too many calls",
}  # fmt: skip
KEY = {
    "name": "Idempotency-Key", "in": "header", "required": False, "schema": {"type": "string", "format": "uuid"},
    "description": "Sent twice with the same key, a request is done once and answered alike.",
}  # fmt: skip


class Readable(JSONRenderer):
    """Chinese as Chinese, not as numbers."""

    json_dumps_params: Mapping[str, Any] = MappingProxyType({"ensure_ascii": False})


class House(NinjaAPI):
    """Adds to every operation what holds for all: how it refuses, and the key of what is sent twice."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """`plans_compare`: the module and its function."""
        view = operation.view_func
        return f"{view.__module__.rpartition('.')[2]}_{view.__name__}"

    def document(self) -> OpenAPISchema:
        """The document, OpenAPI 3.1."""
        told = self.get_openapi_schema(path_prefix=ROOT)
        told["components"]["schemas"]["Problem"] = problems.Problem.model_json_schema()
        for methods in told["paths"].values():
            for method, operation in methods.items():
                _complete(method, operation)
        return told


def _complete(method: str, operation: dict[str, Any]) -> None:
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, words in REFUSALS.items():
        operation["responses"][str(status)] = {"description": words, "content": content}
    if method != "get" and KEY not in operation["parameters"]:
        operation["parameters"] = [*operation["parameters"], KEY]


def build() -> House:
    """The face with every family of addresses."""
    from bankhall.api import day as during
    from bankhall.api import drafts as drafting
    from bankhall.api import forecasts, lending, machinery, mine, network, plans, reference, requests, season, today
    from bankhall.api import waiting as told
    from bankhall.api import what_ifs as asking

    api = House(
        title="Bankhall", version=__version__, description=ABOUT, auth=Bearer(), openapi_url=None, docs_url=None,
        urls_namespace="api", renderer=Readable(),
    )  # fmt: skip
    families = {
        "network": network, "plans": plans, "drafts": drafting, "forecasts": forecasts, "what-ifs": asking,
        "mine": mine, "requests": requests, "lending": lending, "today": today, "day": during,
        "waiting": told, "season": season, "machinery": machinery, "reference": reference,
    }  # fmt: skip
    for tag, family in families.items():
        api.add_router("", family.router, tags=[tag])
    api.add_exception_handler(BankhallError, problems.of_error)
    api.add_exception_handler(ValidationError, problems.of_input)
    api.add_exception_handler(HttpError, problems.of_http)
    api.add_exception_handler(AuthenticationError, problems.not_signed)
    return api
