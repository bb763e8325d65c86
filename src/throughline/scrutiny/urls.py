"""Addresses of decisions sought from the Executive Group."""

from django.urls import path

from throughline.scrutiny import views

app_name = "scrutiny"
_ALL = "p/<slug:slug>/plans/<slug:plan>/decisions/"
_ONE = f"{_ALL}<slug:decision>/"
urlpatterns = [
    path("p/<slug:slug>/decisions/", views.plans, name="plans"),
    path(_ALL, views.decisions_list, name="decisions"),
    path(f"{_ALL}seek/", views.seek, name="seek"),
    path(_ONE, views.decision, name="decision"),
    path(f"{_ONE}change/", views.change, name="change"),
    path(f"{_ONE}answer/", views.answer, name="answer"),
    path(f"{_ONE}withdraw/", views.withdraw, name="withdraw"),
]
