"""Addresses of the plans room: plans, improvement areas, actions and desired impacts."""

from django.urls import path

from throughline.plans import (
    action_list,
    action_page,
    action_views,
    advice,
    area_views,
    batch_views,
    impact_views,
    placing_views,
    resource_views,
    step_views,
    verification_views,
    views,
)
from throughline.plans.importing import views as bringing

app_name = "plans"
_ALL = "p/<slug:slug>/plans/"
_ONE = f"{_ALL}<slug:plan>/"
_AREA = f"{_ONE}areas/<int:area>/"
_ACTION = f"{_ONE}actions/<slug:act>/"
_MILESTONE = f"{_ACTION}milestones/<int:number>/"
_CONTRIBUTOR = f"{_ACTION}contributors/<uuid:contributor>/"
_EXTENSION = f"{_ACTION}extensions/<int:number>/"
_IMPACT = f"{_ONE}impacts/<slug:impact>/"
urlpatterns = [
    path(_ALL, views.plans, name="plans"),
    path(f"{_ALL}new/", views.new_plan, name="new"),
    path(_ONE, views.plan, name="plan"),
    path(f"{_ONE}advice/", advice.advice, name="advice"),
    path(f"{_ONE}bring-in/", bringing.bring_in, name="bring-in"),
    path(f"{_ONE}bring-in/headings/", bringing.headings, name="bring-in-headings"),
    path(f"{_ONE}bring-in/check/", bringing.check, name="bring-in-check"),
    path(f"{_ONE}export/<slug:kind>/", bringing.export, name="export"),
    path(f"{_ONE}areas/add/", views.add_area, name="add-area"),
    path(_AREA, area_views.area, name="area"),
    path(f"{_AREA}rename/", area_views.rename_area, name="rename-area"),
    path(f"{_AREA}owner/", area_views.owner, name="area-owner"),
    path(f"{_ONE}screening/", area_views.screen_plan, name="screen-plan"),
    path(f"{_ONE}actions/", action_list.actions_list, name="actions"),
    path(f"{_ONE}actions/add/", action_views.add_action, name="add-action"),
    path(f"{_ONE}actions/several/", batch_views.several, name="several"),
    path(f"{_ONE}actions/several/done/", batch_views.done, name="several-done"),
    path(f"{_ONE}actions/several/undo/", batch_views.undo, name="undo-several"),
    path(_ACTION, action_page.action, name="action"),
    path(f"{_ACTION}change/", action_views.change_action, name="change-action"),
    path(f"{_ACTION}due/", action_views.set_due, name="set-due"),
    path(f"{_ACTION}links/", action_views.links, name="links"),
    path(f"{_ACTION}withdraw/", action_views.withdraw, name="withdraw-action"),
    path(f"{_ACTION}restore/", action_views.restore, name="restore-action"),
    path(f"{_ACTION}supersede/", resource_views.supersede, name="supersede"),
    path(f"{_ACTION}resources/", resource_views.set_resources, name="resources"),
    path(f"{_ACTION}screening/", resource_views.screen_action, name="screen-action"),
    path(f"{_ACTION}milestones/add/", step_views.add_milestone, name="add-milestone"),
    path(_MILESTONE, step_views.change_milestone, name="change-milestone"),
    path(f"{_MILESTONE}reached/", step_views.reach_milestone, name="reach-milestone"),
    path(f"{_MILESTONE}withdraw/", step_views.withdraw_milestone, name="withdraw-milestone"),
    path(f"{_ACTION}contributors/add/", step_views.add_contributor, name="add-contributor"),
    path(_CONTRIBUTOR, step_views.change_contributor, name="change-contributor"),
    path(f"{_CONTRIBUTOR}let-go/", step_views.let_contributor_go, name="let-contributor-go"),
    path(f"{_ACTION}extensions/ask/", verification_views.ask_extension, name="ask-extension"),
    path(_EXTENSION, verification_views.decide_extension, name="decide-extension"),
    path(f"{_EXTENSION}take-back/", verification_views.take_back_extension, name="take-back-extension"),
    path(f"{_ACTION}verify/", verification_views.verify, name="verify"),
    path(f"{_ACTION}fall-back/", verification_views.fall_back, name="fall-back"),
    path(f"{_ACTION}conflicts/declare/", verification_views.declare_conflict, name="declare-conflict"),
    path(
        f"{_ACTION}conflicts/<uuid:conflict>/withdraw/", verification_views.withdraw_conflict, name="withdraw-conflict"
    ),
    path(f"{_ACTION}notes/add/", step_views.add_note, name="add-note"),
    path(f"{_ACTION}notes/<int:number>/withdraw/", step_views.withdraw_note, name="withdraw-note"),
    path(f"{_ONE}impacts/", impact_views.impacts, name="impacts"),
    path(f"{_ONE}impacts/add/", impact_views.add_impact, name="add-impact"),
    path(_IMPACT, impact_views.change_impact, name="impact"),
    path(f"{_IMPACT}tests/add/", placing_views.add_test, name="add-test"),
    path(f"{_IMPACT}tests/<int:number>/", placing_views.change_test, name="test"),
    path(f"{_IMPACT}tests/<int:number>/withdraw/", placing_views.withdraw_test, name="withdraw-test"),
    path(f"{_ONE}placed/<uuid:placed>/", placing_views.placed, name="placed"),
]
