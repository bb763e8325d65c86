"""Pages on which an action's money and equality impact screening are said, and which action takes its place."""

from django.contrib import messages
from django.http import Http404, HttpResponse

from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import bound, member_view
from throughline.plans import editing, queries, resources, step_forms, superseding
from throughline.plans.delivery import ENDED, Delivery
from throughline.plans.offers import action_url


@member_view
def set_resources(request: Request, partnership: Partnership, plan: str, act: str) -> HttpResponse:
    """Say what an action costs and who pays."""
    found = editing.found(request, partnership, plan, act, verb="change")
    names = ("resources", "resources_note", "funder", "funding_decided", "version")
    form = bound(request, step_forms.Resources, initial={name: getattr(found, name) for name in names})

    def save() -> str:
        data = form.cleaned_data
        resources.set_resources(
            by=request.user, act=found, expected_version=data["version"], resources=data["resources"],
            note=data["resources_note"], funder=data["funder"], decided=data["funding_decided"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"What {found.reference} costs is saved.")
        return action_url(found)

    return editing.edit(
        request, found, form, save, title="What does it cost?", button="Save", field="resources"
    )  # fmt: skip


@member_view
def screen_action(request: Request, partnership: Partnership, plan: str, act: str) -> HttpResponse:
    """Record the equality impact screening of an action."""
    found = editing.found(request, partnership, plan, act, verb="change")
    names = ("equality", "equality_note", "equality_screened", "version")
    form = bound(request, step_forms.Screening, initial={name: getattr(found, name) for name in names})

    def save() -> str:
        data = form.cleaned_data
        resources.screen_action(
            by=request.user, act=found, expected_version=data["version"], equality=data["equality"],
            note=data["equality_note"], screened=data["equality_screened"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"The screening of {found.reference} is saved.")
        return action_url(found)

    return editing.edit(request, found, form, save, title="Equality impact screening", button="Save", field="equality")


@member_view
def supersede(request: Request, partnership: Partnership, plan: str, act: str) -> HttpResponse:
    """Have another action take this one's place."""
    found = editing.found(request, partnership, plan, act, verb="change")
    if Delivery(found.delivery) in ENDED:
        raise Http404
    standing = queries.actions_of(found.plan, for_person=request.user).exclude(delivery__in=ENDED).exclude(pk=found.pk)
    begins = {"version": found.version, "take_over": True}
    form = bound(request, step_forms.Supersede, others=list(standing), initial=begins)

    def save() -> str:
        data = form.cleaned_data
        superseding.supersede(
            by=request.user, act=found, expected_version=data["version"], successor=form.chosen,
            reason=data["reason"], take_over=data["take_over"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"{form.chosen.reference} takes the place of {found.reference}.")
        return action_url(found)

    return editing.ask(
        request, found, form, save, title=f"Does another action take the place of {found.reference}?",
        sentence=found.title, action="It takes its place",
        consequences=[
            "This action ends for good as superseded: it cannot be put back.",
            "What was written of it stays where it is, and names the one that took its place.",
        ],
    )  # fmt: skip
