"""Addresses of the line."""

from django.urls import path

from throughline.line import finding_view, page_view, views

app_name = "line"
_PLAN = "p/<slug:slug>/plans/<slug:plan>/"
urlpatterns = [
    path(f"{_PLAN}page/", page_view.page, name="page"),
    path(f"{_PLAN}line/", views.line, name="line"),
    path(f"{_PLAN}line/drawing/", views.drawing, name="drawing"),
    path(f"{_PLAN}line/drawing.svg", views.drawing_file, name="drawing-file"),
    path(f"{_PLAN}line/<slug:inspection>/<slug:finding>/", finding_view.finding, name="finding"),
]
