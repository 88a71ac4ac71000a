"""Addresses of the season."""

from django.urls import path

from bankhall.web.season import views

urlpatterns = [
    path("season/", views.branches, name="season"),
    path("season/look/", views.look, name="season-look"),
    path("season/<str:branch>/", views.branch, name="season-branch"),
]
