"""The one table of addresses: `web.ui.urls` includes every screen family."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []
if find_spec("bankhall.web.ui.urls"):
    urlpatterns = [path("", include("bankhall.web.ui.urls"))]
if find_spec("bankhall.web.ui.errors"):
    handler400 = "bankhall.web.ui.errors.bad_request"
    handler403 = "bankhall.web.ui.errors.not_allowed"
    handler404 = "bankhall.web.ui.errors.not_found"
    handler500 = "bankhall.web.ui.errors.broken"
