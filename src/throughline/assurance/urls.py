"""Addresses of the programme of scrutiny and audit."""

from django.urls import path

from throughline.assurance import views

app_name = "assurance"
_ALL = "p/<slug:slug>/plans/<slug:plan>/assurance/"
_ONE = f"{_ALL}<slug:activity>/"
urlpatterns = [
    path(_ALL, views.activities, name="activities"),
    path(f"{_ALL}add/", views.add, name="add"),
    path(_ONE, views.activity, name="activity"),
    path(f"{_ONE}change/", views.change, name="change"),
    path(f"{_ONE}result/", views.result, name="result"),
    path(f"{_ONE}withdraw/", views.withdraw, name="withdraw"),
]
