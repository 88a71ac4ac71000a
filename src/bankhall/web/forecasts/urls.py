"""Addresses of the forecast."""

from django.urls import path

from bankhall.web.forecasts import views

urlpatterns = [
    path("forecast/", views.forecasts, name="forecast"),
    path("forecast/<str:branch>/", views.forecast, name="forecast-branch"),
]
