"""Addresses of the reports room."""

from django.urls import path

from throughline.reports import compare_views, draft_views, release_views, views

app_name = "reports"
_P = "p/<slug:slug>/reports/"
_REPORT = f"{_P}<str:reference>/"
urlpatterns = [
    path(_P, views.reports, name="reports"),
    path(f"{_P}new/", views.new, name="new"),
    path(f"{_P}compare/", compare_views.compare, name="compare"),
    path(f"{_P}release/", release_views.release, name="release"),
    path(_REPORT, views.report, name="report"),
    path(f"{_REPORT}sections/<slug:section>/", draft_views.section, name="section"),
    path(f"{_REPORT}preview/", draft_views.preview, name="preview"),
    path(f"{_REPORT}take-drafts/", draft_views.take_drafts, name="take-drafts"),
    path(f"{_REPORT}freeze/", draft_views.freeze, name="freeze"),
    path(f"{_REPORT}day/", draft_views.set_day, name="day"),
    path(f"{_REPORT}discard/", draft_views.discard, name="discard"),
    path(f"{_REPORT}<slug:format>/", views.download, name="download"),
    path("report.css", views.stylesheet, name="stylesheet"),
]
