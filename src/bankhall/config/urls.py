"""The one table of addresses: `web.ui.urls` includes every screen family."""

from django.urls import include, path

urlpatterns = [path("", include("bankhall.web.ui.urls"))]
handler400 = "bankhall.web.ui.errors.bad_request"
handler403 = "bankhall.web.ui.errors.not_allowed"
handler404 = "bankhall.web.ui.errors.not_found"
handler500 = "bankhall.web.ui.errors.broken"
