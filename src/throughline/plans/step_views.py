"""Pages that change the steps of an action: milestones, contributors and notes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse

from throughline.access import check, check_new, scope_of
from throughline.methods.printed import day
from throughline.partners import web
from throughline.partners.models import Agency, Group, Partnership
from throughline.partners.requests import Request
from throughline.partners.web import bound, member_view
from throughline.plans import contributors, editing, forms, milestones, notes, permissions, step_forms
from throughline.plans.models import Action, ActionNote, Contributor, Milestone
from throughline.plans.offers import action_url

# -- milestones ------------------------------------------------------------------------------------------------------


@member_view
def add_milestone(request: Request, partnership: Partnership, plan: str, act: str) -> HttpResponse:
    """Add a milestone."""
    found = editing.found(request, partnership, plan, act)
    check_new(request.user, "create", permissions.MILESTONE, scope_of(partnership))
    form = bound(request, step_forms.MilestoneWords)

    def save() -> str:
        data = form.cleaned_data
        made = milestones.add_milestone(
            by=request.user, act=found, title=data["title"], due=data["due"], now=request.now
        )
        messages.success(request, f"Milestone {made.number} is added.")
        _warn_of_late(request, found, made)
        return action_url(found)

    return editing.edit(request, found, form, save, title="Add a milestone", button="Add this milestone", field="due")


def _warn_of_late(request: Request, act: Action, milestone: Milestone) -> None:
    if milestone.due > act.due:
        messages.warning(request, f"Its day is after the action’s own due date, {day(act.due)}. Check both.")


def _milestone(request: Request, act: Action, number: int) -> Milestone:
    rows = Milestone.objects.visible_to(request.user).filter(withdrawn_at__isnull=True)
    milestone: Milestone = rows.get(action=act, number=number)
    check(request.user, "change", milestone)
    milestone.action = act
    return milestone


@member_view
def change_milestone(request: Request, partnership: Partnership, plan: str, act: str, number: int) -> HttpResponse:
    """Put a milestone in other words, or on another day with the reason."""
    found = editing.found(request, partnership, plan, act)
    milestone = _milestone(request, found, number)
    begins = {name: getattr(milestone, name) for name in ("title", "due", "version")}
    form = bound(request, step_forms.ChangeMilestone, initial=begins)

    def save() -> str:
        data = form.cleaned_data
        changed = milestones.change(
            by=request.user, milestone=milestone, expected_version=data["version"], title=data["title"],
            due=data["due"], reason=data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"Milestone {changed.number} is saved.")
        _warn_of_late(request, found, changed)
        return action_url(found)

    return editing.edit(
        request, found, form, save, title=f"Change milestone {milestone.number}", button="Save", field="reason",
        about=f"milestone {milestone.number}",
    )  # fmt: skip


@member_view
def reach_milestone(request: Request, partnership: Partnership, plan: str, act: str, number: int) -> HttpResponse:
    """Say that a milestone was reached, or that it was not after all."""
    found = editing.found(request, partnership, plan, act)
    milestone = _milestone(request, found, number)
    if milestone.reached is not None:
        return _not_reached(request, found, milestone)
    form = bound(request, step_forms.Reached, initial={"reached": web.today(request), "version": milestone.version})

    def save() -> str:
        data = form.cleaned_data
        milestones.reach(
            by=request.user, milestone=milestone, expected_version=data["version"], reached=data["reached"],
            now=request.now,
        )  # fmt: skip
        messages.success(request, f"Milestone {milestone.number} is recorded as reached on {day(data['reached'])}.")
        return action_url(found)

    return editing.edit(
        request, found, form, save, title=f"Milestone {milestone.number} was reached", button="Record this",
        field="reached", lead=milestone.title, about=f"milestone {milestone.number}",
    )  # fmt: skip


def _not_reached(request: Request, act: Action, milestone: Milestone) -> HttpResponse:
    form = bound(request, forms.Reason, initial={"version": milestone.version})

    def save() -> str:
        data = form.cleaned_data
        milestones.not_reached(
            by=request.user, milestone=milestone, expected_version=data["version"], reason=data["reason"],
            now=request.now,
        )  # fmt: skip
        messages.success(request, f"Milestone {milestone.number} is no longer recorded as reached.")
        return action_url(act)

    return editing.ask(
        request, act, form, save, title=f"Was milestone {milestone.number} not reached after all?",
        sentence=milestone.title, action="It was not reached", about=f"milestone {milestone.number}",
        consequences=[f"It waits again for its day, {day(milestone.due)}."],
    )  # fmt: skip


@member_view
def withdraw_milestone(request: Request, partnership: Partnership, plan: str, act: str, number: int) -> HttpResponse:
    """Take a milestone out of its action."""
    found = editing.found(request, partnership, plan, act)
    milestone = _milestone(request, found, number)
    form = bound(request, forms.Reason, initial={"version": milestone.version})

    def save() -> str:
        milestones.withdraw(
            by=request.user, milestone=milestone, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"Milestone {milestone.number} is taken out.")
        return action_url(found)

    return editing.ask(
        request, found, form, save, title=f"Take milestone {milestone.number} out?", sentence=milestone.title,
        action="Take it out", about=f"milestone {milestone.number}",
        consequences=["Nobody is reminded of it or asked about it any more. It stays on record, with your reason."],
    )  # fmt: skip


# -- contributors ----------------------------------------------------------------------------------------------------


@member_view
def add_contributor(request: Request, partnership: Partnership, plan: str, act: str) -> HttpResponse:
    """Say who contributes, and with which part."""
    found = editing.found(request, partnership, plan, act)
    check_new(request.user, "create", permissions.CONTRIBUTOR, scope_of(partnership))
    there = {each.body for each in contributors.contributors_of(found)} | {found.lead}
    bodies = [each for each in editing.bodies(request, partnership) if each not in there]
    form = bound(request, step_forms.NewContributor, bodies=bodies)

    def save() -> str:
        body = form.chosen
        contributors.add_contributor(
            by=request.user, act=found, part=form.cleaned_data["part"], now=request.now,
            agency=body if isinstance(body, Agency) else None, group=body if isinstance(body, Group) else None,
        )  # fmt: skip
        messages.success(request, f"{body} contributes to {found.reference}.")
        return action_url(found)

    return editing.edit(
        request, found, form, save, title="Who else does a part of it?", button="Add this contributor", field="body"
    )


def _contributor(request: Request, act: Action, pk: UUID) -> Contributor:
    rows = Contributor.objects.visible_to(request.user).filter(withdrawn_at__isnull=True)
    contributor: Contributor = rows.select_related("agency", "group").get(action=act, pk=pk)
    check(request.user, "change", contributor)
    contributor.action = act
    return contributor


@member_view
def change_contributor(
    request: Request, partnership: Partnership, plan: str, act: str, contributor: UUID
) -> HttpResponse:
    """Put a contributor's part in other words."""
    found = editing.found(request, partnership, plan, act)
    held = _contributor(request, found, contributor)
    form = bound(request, step_forms.Part, initial={"part": held.part, "version": held.version})

    def save() -> str:
        contributors.change_part(
            by=request.user, contributor=held, expected_version=form.cleaned_data["version"],
            part=form.cleaned_data["part"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"The part of {held.body} is saved.")
        return action_url(found)

    return editing.edit(
        request, found, form, save, title=f"The part of {held.body}", button="Save", field="part",
        about=f"the part of {held.body}",
    )  # fmt: skip


@member_view
def let_contributor_go(
    request: Request, partnership: Partnership, plan: str, act: str, contributor: UUID
) -> HttpResponse:
    """Say that a body contributes no longer."""
    found = editing.found(request, partnership, plan, act)
    held = _contributor(request, found, contributor)
    form = bound(request, forms.Reason, initial={"version": held.version})

    def save() -> str:
        contributors.let_go(
            by=request.user, contributor=held, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"{held.body} contributes no longer.")
        return action_url(found)

    return editing.ask(
        request, found, form, save, title=f"Does {held.body} contribute no longer?", sentence=held.part,
        action="It contributes no longer", about=f"the part of {held.body}",
        consequences=["It is not asked about this action any more. What it reported stays."],
    )  # fmt: skip


# -- notes -----------------------------------------------------------------------------------------------------------


@member_view
def add_note(request: Request, partnership: Partnership, plan: str, act: str) -> HttpResponse:
    """Write a note beside an action."""
    found = editing.found(request, partnership, plan, act)
    check_new(request.user, "create", permissions.ACTION_NOTE, scope_of(partnership))
    form = bound(request, step_forms.Note, initial={"dated": web.today(request)})

    def save() -> str:
        data = form.cleaned_data
        notes.add_note(
            by=request.user, act=found, text=data["text"], dated=data["dated"], source=data["source"], now=request.now
        )
        messages.success(request, "The note is added.")
        return action_url(found)

    return editing.edit(request, found, form, save, title="Add a note", button="Add this note", field="dated")


@member_view
def withdraw_note(request: Request, partnership: Partnership, plan: str, act: str, number: int) -> HttpResponse:
    """Take a note away."""
    found = editing.found(request, partnership, plan, act)
    rows = ActionNote.objects.visible_to(request.user).filter(withdrawn_at__isnull=True)
    note: ActionNote = rows.get(action=found, number=number)
    check(request.user, "change", note)
    form = bound(request, forms.Reason, initial={"version": note.version})

    def save() -> str:
        notes.withdraw_note(
            by=request.user, note=note, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, "The note is taken away.")
        return action_url(found)

    return editing.ask(
        request, found, form, save, title="Take this note away?", sentence=note.text, action="Take it away",
        about="the note", consequences=["It leaves this page. It stays on record, with your reason."],
    )  # fmt: skip
