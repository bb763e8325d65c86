"""Addresses of the partners room. `outside` are those that belong to no partnership and have plain names."""

from django.urls import path, re_path

from throughline.partners import account_views, record_views, succession_views, views

outside = [
    path("", views.home, name="home"),
    path("health", account_views.health_page, name="health"),
    path("health.json", account_views.health_json, name="health_json"),
    path("invitation/<str:token>/", account_views.invitation, name="invitation"),
    path("practice-sign-in/", account_views.practice_sign_in, name="practice_sign_in"),
    path("account/", account_views.account, name="account"),
    path("account/details/", account_views.details, name="details"),
    path("account/sign-out-everywhere/", account_views.sign_out_everywhere, name="sign_out_everywhere"),
    path("account/login/", account_views.SignIn.as_view(), name="account_login"),
    # allauth's own ways to sign up, to change addresses and to tie accounts together: Throughline has its own.
    path("account/signup/", account_views.closed, name="account_signup"),
    path("account/email/", account_views.closed, name="account_email"),
    path("account/password/set/", account_views.closed, name="account_set_password"),
    re_path(r"^account/confirm-email/(?:(?P<key>[-:\w]+)/)?$", account_views.closed),
    path("account/login/code/confirm/", account_views.closed),
    path("account/3rdparty/", account_views.closed, name="socialaccount_connections"),
    path("account/3rdparty/signup/", account_views.closed, name="socialaccount_signup"),
    re_path(r"^account/social/.*$", account_views.closed),
]

app_name = "partners"
_P = "p/<slug:slug>/"
urlpatterns = [
    path(_P, views.front, name="front"),
    path(f"{_P}people/", views.people, name="people"),
    path(f"{_P}people/add/", views.add_person, name="add-person"),
    path(f"{_P}people/<uuid:membership>/", views.member, name="member"),
    path(f"{_P}bodies/", views.bodies, name="bodies"),
    path(f"{_P}bodies/add-agency/", views.add_agency, name="add-agency"),
    path(f"{_P}bodies/add-group/", views.add_group, name="add-group"),
    path(f"{_P}bodies/<uuid:participation>/leave/", views.leave, name="leave"),
    path(f"{_P}bodies/<uuid:participation>/succeed/", succession_views.succeed, name="succeed"),
    path(f"{_P}settings/", views.settings, name="settings"),
    path(f"{_P}record/", record_views.record, name="record"),
    path(f"{_P}record/<int:sequence>/", record_views.entry, name="entry"),
    path(f"{_P}record/<int:sequence>/redact/", record_views.redact, name="redact"),
    path(f"{_P}redactions/", record_views.redactions, name="redactions"),
    path(f"{_P}redactions/<int:sequence>/", record_views.approve, name="approve"),
]
