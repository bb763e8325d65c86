"""Addresses of impact: judgements of desired impacts, and what later inspections said about findings."""

from django.urls import path

from throughline.impact import later_views, views

app_name = "impact"
_PLAN = "p/<slug:slug>/plans/<slug:plan>/"
_FINDING = "p/<slug:slug>/inspections/<slug:inspection>/findings/<slug:finding>/"
urlpatterns = [
    path("p/<slug:slug>/impact/", views.plans, name="impact"),
    path(f"{_PLAN}impact/", views.impacts, name="plan"),
    path(f"{_PLAN}impacts/<slug:impact>/judge/", views.judge, name="judge"),
    path(f"{_FINDING}later/", later_views.record, name="record-later"),
    path(f"{_FINDING}later/<uuid:test>/", later_views.change, name="change-later"),
    path(f"{_FINDING}later/<uuid:test>/withdraw/", later_views.withdraw, name="withdraw-later"),
]
