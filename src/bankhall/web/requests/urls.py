"""Addresses of a branch's requests."""

from django.urls import path

from bankhall.web.requests import views, year

urlpatterns = [
    path("requests/", views.home, name="requests"),
    path("requests/<str:branch>/", views.branch_requests, name="branch-requests"),
    path("requests/<str:branch>/calendar/", views.calendar, name="leave-calendar"),
    path("requests/<str:branch>/year/", year.year, name="branch-year"),
    path("requests/<str:branch>/year/plan/", year.plan, name="year-plan"),
    path("requests/<str:branch>/year/note/", year.note, name="year-note"),
    path("requests/<str:branch>/year/<int:number>/", year.decide, name="year-week"),
    path("requests/<str:branch>/leave/<int:number>/", views.answer_leave, name="answer-leave"),
    path("requests/<str:branch>/offer/<int:number>/", views.answer_offer, name="answer-offer"),
]
