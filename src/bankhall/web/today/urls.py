"""Addresses of a branch's today."""

from django.urls import path

from bankhall.web.today import views

urlpatterns = [
    path("today/", views.home, name="today"),
    path("today/<str:branch>/", views.today, name="branch-today"),
    path("today/<str:branch>/mark/", views.mark, name="today-mark"),
    path("today/<str:branch>/mark/<int:number>/back/", views.take_back, name="today-take-back"),
    path("today/<str:branch>/propose/", views.propose, name="today-propose"),
    path("today/<str:branch>/ask/", views.ask, name="today-ask"),
    path("today/<str:branch>/ask/<int:number>/withdraw/", views.withdraw, name="today-withdraw"),
    path("today/<str:branch>/publish/<int:number>/", views.publish, name="today-publish"),
    path("today/<str:branch>/<str:week>/<int:version>/review/", views.review, name="today-review"),
]
