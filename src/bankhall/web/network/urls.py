"""Addresses of the network."""

from django.urls import path

from bankhall.web.network import views

urlpatterns = [path("network/", views.network, name="network"), path("network/plan/", views.plan_all, name="plan-all")]
