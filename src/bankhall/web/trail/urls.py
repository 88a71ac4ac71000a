"""Addresses of the audit trail."""

from django.urls import path

from bankhall.web.trail import views

urlpatterns = [
    path("trail/", views.lines, name="trail"),
    path("trail/verify/", views.check, name="trail-verify"),
]
