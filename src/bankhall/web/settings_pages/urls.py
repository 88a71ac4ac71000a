"""Addresses of the calendar and of the rules."""

from django.urls import path

from bankhall.web.settings_pages import rules, views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/load/", views.load_year, name="calendar-load"),
    path("calendar/day/", views.edit_day, name="calendar-day"),
    path("rules/", rules.rules, name="rules"),
    path("rules/set/", rules.set_rule, name="rule-set"),
    path("rules/end/", rules.end_rule, name="rule-end"),
]
