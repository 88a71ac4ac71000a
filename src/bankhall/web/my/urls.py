"""Addresses of one's own pages."""

from django.urls import path

from bankhall.web.my import views

urlpatterns = [path("my/roster/", views.roster, name="my-roster"), path("my/roster.ics", views.calendar, name="my-ics")]
