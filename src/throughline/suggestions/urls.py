"""Addresses of the suggestions room: a plan's draft, one finding of it, and the bank."""

from django.urls import path

from throughline.suggestions import bank_views, views

app_name = "suggestions"
_DRAFT = "p/<slug:slug>/plans/<slug:plan>/draft/"
_BANK = "p/<slug:slug>/bank/"
urlpatterns = [
    path(_DRAFT, views.draft, name="draft"),
    path(f"{_DRAFT}<slug:inspection>/<slug:finding>/", views.finding, name="finding"),
    path(_BANK, bank_views.the_bank, name="bank"),
    path(f"{_BANK}<uuid:theme>/add/", bank_views.add_entry, name="add-entry"),
    path(f"{_BANK}entries/<uuid:entry>/", bank_views.entry, name="entry"),
    path(f"{_BANK}entries/<uuid:entry>/withdraw/", bank_views.withdraw_entry, name="withdraw-entry"),
]
