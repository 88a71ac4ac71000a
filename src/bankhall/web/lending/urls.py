"""Addresses of lending."""

from django.urls import path

from bankhall.web.lending import views

urlpatterns = [
    path("lending/", views.board, name="lending"),
    path("lending/find/", views.find, name="lending-find"),
    path("lending/<str:code>/<str:step>/", views.step, name="lending-step"),
]
