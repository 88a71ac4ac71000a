"""Addresses of the branch plan."""

from django.urls import path

from bankhall.web.plans import compare, papers, views, what_if

WEEK = "plan/<str:branch>/<str:week>/"

urlpatterns = [
    path(WEEK, views.week, name="branch-plan"),
    path(f"{WEEK}edit/", views.edit, name="plan-edit"),
    path(f"{WEEK}cell/", views.cell, name="plan-cell"),
    path(f"{WEEK}proof/", views.proof, name="plan-proof"),
    path(f"{WEEK}solve/", views.solve, name="plan-solve"),
    path(f"{WEEK}accept/", views.accept, name="plan-accept"),
    path(f"{WEEK}step/<str:step>/", views.step, name="plan-step"),
    path(f"{WEEK}what-if/", what_if.what_ifs, name="what-ifs"),
    path("what-if/<int:number>/", what_if.what_if, name="what-if"),
    path("what-if/<int:number>/name/", what_if.name, name="what-if-name"),
    path("what-if/<int:number>/put/", what_if.put, name="what-if-put"),
    path(f"{WEEK}compare/", compare.compare, name="plan-compare"),
    path(f"{WEEK}print/", papers.wall, name="plan-print"),
    path(f"{WEEK}slips/", papers.slips, name="plan-slips"),
    path(f"{WEEK}roster.csv", papers.csv, name="plan-csv"),
    path(f"{WEEK}roster.xlsx", papers.xlsx, name="plan-xlsx"),
]
