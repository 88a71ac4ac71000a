"""Every screen family's addresses."""

from django.urls import URLPattern, URLResolver, include, path

from bankhall.web.ui import home, lang, running

FAMILIES = (
    "accounts",
    "imports",
    "network",
    "lending",
    "season",
    "plans",
    "day",
    "forecasts",
    "my",
    "requests",
    "findings",
    "trail",
    "runs",
    "settings_pages",
    "today",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("language/", lang.choose, name="language"),
    path("type/", lang.choose_type, name="type"),
    path("parts/", home.parts, name="parts"),
    path("runs/<int:run_id>/", running.run, name="run"),
    path("runs/<int:run_id>/cancel/", running.cancel, name="run-cancel"),
]
urlpatterns += [path("", include(f"bankhall.web.{family}.urls")) for family in FAMILIES]
