"""Addresses of the reports room."""

from django.urls import path

from throughline.reports import views

app_name = "reports"
_P = "p/<slug:slug>/reports/"
urlpatterns = [
    path(_P, views.reports, name="reports"),
    path(_P + "new/", views.new, name="new"),
    path(_P + "<str:reference>/", views.report, name="report"),
    path(_P + "<str:reference>/<slug:format>/", views.download, name="download"),
    path("report.css", views.stylesheet, name="stylesheet"),
]
