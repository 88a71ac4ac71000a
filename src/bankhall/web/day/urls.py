"""Addresses of a branch's day."""

from django.urls import path

from bankhall.web.day import attendance_views, views

urlpatterns = [
    path("day/", views.days, name="days"),
    path("day/<str:branch>/", views.day, name="day"),
    path("day/<str:branch>/look/", views.look, name="day-look"),
    path("day/<str:branch>/take/", views.take, name="day-take"),
    path("attendance/", attendance_views.attendances, name="attendances"),
    path("attendance/<str:branch>/", attendance_views.attendance, name="attendance"),
    path("attendance/<str:branch>/enter/", attendance_views.enter, name="attendance-enter"),
    path("attendance/<str:branch>/remove/", attendance_views.remove, name="attendance-remove"),
]
