"""Addresses of the timetable and of the list of runs."""

from django.urls import path

from bankhall.web.runs import views

urlpatterns = [
    path("runs/", views.runs, name="runs"),
    path("runs/<int:run_id>/stop/", views.stop, name="run-stop"),
    path("runs/hour/<slug:kind>/", views.set_hour, name="run-hour"),
]
