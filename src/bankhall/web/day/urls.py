"""Addresses of a branch's day."""

from django.urls import path

from bankhall.web.day import views

urlpatterns = [
    path("day/", views.days, name="days"),
    path("day/<str:branch>/", views.day, name="day"),
    path("day/<str:branch>/look/", views.look, name="day-look"),
    path("day/<str:branch>/take/", views.take, name="day-take"),
]
