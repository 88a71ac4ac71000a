"""Addresses of the findings."""

from django.urls import path

from bankhall.web.findings import views

urlpatterns = [
    path("findings/", views.findings, name="findings"),
    path("findings/<int:number>/leave/", views.leave, name="finding-leave"),
]
