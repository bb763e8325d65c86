"""Addresses of evidence."""

from django.urls import path

from throughline.evidence import step_views, views

app_name = "evidence"
_ALL = "p/<slug:slug>/evidence/"
_ONE = f"{_ALL}<slug:evidence>/"
urlpatterns = [
    path(_ALL, views.evidence_list, name="list"),
    path(f"{_ALL}add/", views.add, name="add"),
    path(_ONE, views.evidence, name="evidence"),
    path(f"{_ONE}change/", views.change, name="change"),
    path(f"{_ONE}share/", views.share, name="share"),
    path(f"{_ONE}files/<int:number>/", views.download, name="file"),
    path(f"{_ONE}files/<int:number>/take-away/", step_views.take_away, name="take-away"),
    path(f"{_ONE}links/", views.belongs, name="links"),
    path(f"{_ONE}links/<uuid:link>/remove/", step_views.unlink, name="unlink"),
    path(f"{_ONE}see/", step_views.see, name="see"),
    path(f"{_ONE}seen/<uuid:sighting_>/take-back/", step_views.take_back, name="take-back"),
    path(f"{_ONE}restrict/", step_views.restrict, name="restrict"),
    path(f"{_ONE}expire/", step_views.expire, name="expire"),
    path(f"{_ONE}withdraw/", step_views.withdraw, name="withdraw"),
]
