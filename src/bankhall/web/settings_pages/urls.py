"""Addresses of the calendar."""

from django.urls import path

from bankhall.web.settings_pages import views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/load/", views.load_year, name="calendar-load"),
    path("calendar/day/", views.edit_day, name="calendar-day"),
]
