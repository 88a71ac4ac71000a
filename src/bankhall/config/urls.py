"""The one table of addresses: the REST face below its version, and every screen family by `web.ui.urls`."""

from django.urls import include, path

urlpatterns = [path("api/v1/", include("bankhall.api.urls")), path("", include("bankhall.web.ui.urls"))]
handler400 = "bankhall.web.ui.errors.bad_request"
handler403 = "bankhall.web.ui.errors.not_allowed"
handler404 = "bankhall.web.ui.errors.not_found"
handler500 = "bankhall.web.ui.errors.broken"
