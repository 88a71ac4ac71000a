"""Addresses of the Import page."""

from django.urls import path

from bankhall.web.imports import views

urlpatterns = [
    path("records/", views.imports, name="imports"),
    path("records/upload/", views.upload, name="import-upload"),
    path("records/new/", views.new, name="import-new"),
    path("records/start/", views.start, name="import-start"),
    path("records/templates/<str:table>.xlsx", views.template, name="import-template"),
    path("records/<str:batch>/", views.batch, name="import-batch"),
    path("records/<str:batch>/quarantine/", views.quarantine, name="import-quarantine"),
    path("records/<str:batch>/rejections.csv", views.rejections, name="import-rejections"),
]
