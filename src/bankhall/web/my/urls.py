"""Addresses of one's own pages."""

from django.urls import path

from bankhall.web.my import answering, asking, feeds, notices, offering, pace, views

urlpatterns = [path("my/roster/", views.roster, name="my-roster"), path("my/roster.ics", views.calendar, name="my-ics")]
urlpatterns += [
    path("my/notices/", notices.notices, name="my-notices"),
    path("my/notices/open/", notices.open_one, name="my-notice-open"),
    path("my/notices/settings/", notices.choices, name="my-notice-settings"),
    path("my/feed/", feeds.link, name="my-feed"),
    path("feed/<str:secret>.ics", feeds.feed, name="feed"),
    path("my/ask/", asking.ask, name="my-ask"),
    path("my/wish/", asking.wish, name="my-wish"),
    path("my/requests/", asking.requests, name="my-requests"),
    path("my/requests/<int:number>/withdraw/", asking.withdraw, name="my-withdraw"),
    path("my/offers/", offering.offers, name="my-offers"),
    path("my/offers/<int:number>/take/", offering.take, name="my-take"),
    path("my/offers/<int:number>/withdraw/", offering.withdraw, name="my-withdraw-offer"),
    path("my/asked/<int:number>/", answering.answer, name="my-answer-ask"),
    path("my/seen/<int:number>/", answering.acknowledge, name="my-acknowledge"),
    path("my/pace/", pace.own, name="my-pace"),
    path("pace/<str:branch>/", pace.of_branch, name="branch-pace"),
    path("my/balance/", asking.balance, name="my-balance"),
]
