"""Addresses of an inspection's record, its recipients' duties, findings that return, and themes."""

from django.urls import path

from throughline.inspections import duty_views, record_views, return_views, theme_views

_THEMES = "p/<slug:slug>/themes/"
_ONE = "p/<slug:slug>/inspections/<slug:inspection>/"
_FINDING = f"{_ONE}findings/<slug:finding>/"
_RETURN = f"{_FINDING}returns/<slug:before>/<slug:earlier>/"
_RECIPIENT = f"{_ONE}letters/<int:letter>/recipients/<int:number>/"
urlpatterns = [
    path(f"{_ONE}record/", record_views.record, name="record"),
    path(f"{_ONE}accuracy/", record_views.accuracy, name="accuracy"),
    path(f"{_ONE}duties/", duty_views.recipients, name="duties"),
    path(f"{_ONE}duties/add/", duty_views.add_recipient, name="add-recipient"),
    path(_RECIPIENT, duty_views.duty, name="duty"),
    path(f"{_RECIPIENT}change/", duty_views.change_recipient, name="change-recipient"),
    path(f"{_RECIPIENT}withdraw/", duty_views.withdraw_recipient, name="withdraw-recipient"),
    path(f"{_ONE}returns/", return_views.returns, name="returns"),
    path(f"{_FINDING}returns/", return_views.choose_earlier, name="choose-earlier"),
    path(_RETURN, return_views.compare, name="return"),
    path(f"{_RETURN}undo/", return_views.undo_return, name="undo-return"),
    path(_THEMES, theme_views.theme_list, name="themes"),
    path(f"{_THEMES}add/", theme_views.add_theme, name="add-theme"),
    path(f"{_THEMES}<uuid:theme>/", theme_views.theme, name="theme"),
    path(f"{_THEMES}<uuid:theme>/withdraw/", theme_views.withdraw_theme, name="withdraw-theme"),
]
