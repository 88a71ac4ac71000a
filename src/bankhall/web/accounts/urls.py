"""Addresses of the door and of the accounts behind it."""

from django.urls import path

from bankhall.web.accounts import people, tokens, views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("password/", views.password, name="password"),
    path("my/tokens/", tokens.mine, name="my-tokens"),
    path("tokens/<int:token_id>/withdraw/", tokens.withdraw, name="token-withdraw"),
    path("people/", people.people, name="people"),
    path("open-account/", people.open_account, name="person-open"),
    path("people/<str:username>/", people.person, name="person"),
    path("people/<str:username>/grant/", people.grant, name="person-grant"),
    path("people/<str:username>/grants/<int:grant_id>/end/", people.end_grant, name="person-end-grant"),
    path("people/<str:username>/password/", people.set_password, name="person-password"),
    path("people/<str:username>/close/", people.close_account, name="person-close"),
]
