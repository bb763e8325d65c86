"""Addresses of the plans room: plans, improvement areas, actions and desired impacts."""

from django.urls import path

from throughline.plans import action_list, action_views, impact_views, placing_views, views
from throughline.plans.importing import views as bringing

app_name = "plans"
_ALL = "p/<slug:slug>/plans/"
_ONE = f"{_ALL}<slug:plan>/"
_ACTION = f"{_ONE}actions/<slug:act>/"
_IMPACT = f"{_ONE}impacts/<slug:impact>/"
urlpatterns = [
    path(_ALL, views.plans, name="plans"),
    path(f"{_ALL}new/", views.new_plan, name="new"),
    path(_ONE, views.plan, name="plan"),
    path(f"{_ONE}bring-in/", bringing.bring_in, name="bring-in"),
    path(f"{_ONE}bring-in/headings/", bringing.headings, name="bring-in-headings"),
    path(f"{_ONE}bring-in/check/", bringing.check, name="bring-in-check"),
    path(f"{_ONE}export/<slug:kind>/", bringing.export, name="export"),
    path(f"{_ONE}areas/add/", views.add_area, name="add-area"),
    path(f"{_ONE}areas/<int:area>/", views.rename_area, name="rename-area"),
    path(f"{_ONE}actions/", action_list.actions_list, name="actions"),
    path(f"{_ONE}actions/add/", action_views.add_action, name="add-action"),
    path(_ACTION, action_views.action, name="action"),
    path(f"{_ACTION}change/", action_views.change_action, name="change-action"),
    path(f"{_ACTION}due/", action_views.set_due, name="set-due"),
    path(f"{_ACTION}links/", action_views.links, name="links"),
    path(f"{_ACTION}withdraw/", action_views.withdraw, name="withdraw-action"),
    path(f"{_ACTION}restore/", action_views.restore, name="restore-action"),
    path(f"{_ONE}impacts/", impact_views.impacts, name="impacts"),
    path(f"{_ONE}impacts/add/", impact_views.add_impact, name="add-impact"),
    path(_IMPACT, impact_views.change_impact, name="impact"),
    path(f"{_IMPACT}tests/add/", placing_views.add_test, name="add-test"),
    path(f"{_IMPACT}tests/<int:number>/", placing_views.change_test, name="test"),
    path(f"{_IMPACT}tests/<int:number>/withdraw/", placing_views.withdraw_test, name="withdraw-test"),
    path(f"{_ONE}placed/<uuid:placed>/", placing_views.placed, name="placed"),
]
