"""Addresses of the check of what was read in a letter."""

from django.urls import path

from throughline.inspections import checking_form_views, checking_views

_CHECK = "p/<slug:slug>/inspections/<slug:inspection>/letters/<int:letter>/check/"
_PROPOSAL = f"{_CHECK}<uuid:proposal>/"
urlpatterns = [
    path(_CHECK, checking_views.check_letter, name="check"),
    path(f"{_CHECK}enter/", checking_views.enter_all, name="enter-all"),
    path(f"{_CHECK}passages/<int:passage>/", checking_form_views.passage, name="passage"),
    path(f"{_PROPOSAL}change/", checking_form_views.change, name="change-proposal"),
    path(f"{_PROPOSAL}split/", checking_form_views.split, name="split-proposal"),
]
