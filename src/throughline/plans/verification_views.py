"""Pages on which more time is asked for and decided, and on which somebody independent says what they have seen."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from throughline.access import Scope, allows_new, check, check_new
from throughline.methods.printed import day
from throughline.partners import web
from throughline.partners.models import Membership, Partnership, Person
from throughline.partners.requests import Request
from throughline.partners.web import bound, member_view
from throughline.plans import conflicts, editing, extensions, forms, permissions, step_forms, verifications
from throughline.plans.delivery import PRINTED, Delivery
from throughline.plans.models import Action, DeclaredConflict, Extension
from throughline.plans.offers import action_url
from throughline.plans.verifying import LEVELS, Level

# -- more time -------------------------------------------------------------------------------------------------------


@member_view
def ask_extension(request: Request, partnership: Partnership, plan: str, act: str) -> HttpResponse:
    """Ask for another due date of an action."""
    found = editing.found(request, partnership, plan, act)
    scope = extensions.scope_of_asking(found)
    check_new(request.user, "create", permissions.EXTENSION, scope, web.today(request))
    form = bound(request, step_forms.AskForTime)

    def save() -> str:
        data = form.cleaned_data
        made = extensions.ask(
            by=request.user, act=found, proposed=data["proposed"], reason=data["reason"], now=request.now
        )
        messages.success(request, f"{day(made.proposed)} is asked for. The due date stays until it is decided.")
        if made.proposed < web.today(request):
            messages.warning(
                request, "The day that was asked for has passed. Check it, and take it back if it is wrong."
            )
        return action_url(found)

    lead = f"It is due on {day(found.due)}. Whoever keeps the plan, or the Executive Group’s chair, decides."
    if not {found.lead_agency_id, found.lead_group_id} & {
        each.body for each in request.user.grants_on(web.today(request))
    }:
        lead += f" You ask on behalf of {found.lead}."
    return editing.edit(
        request,
        found,
        form,
        save,
        title="Ask for another date",
        button="Ask for this date",
        field="proposed",
        lead=lead,
    )


def _extension(request: Request, act: Action, number: int, verb: str) -> Extension:
    rows = Extension.objects.visible_to(request.user).filter(withdrawn_at__isnull=True)
    extension: Extension = rows.select_related("agency", "group").get(action=act, number=number)
    check(request.user, verb, extension)
    extension.action = act
    return extension


@member_view
def decide_extension(request: Request, partnership: Partnership, plan: str, act: str, number: int) -> HttpResponse:
    """Approve or refuse another due date."""
    found = editing.found(request, partnership, plan, act)
    extension = _extension(request, found, number, "decide")
    begins = {"due": extension.proposed, "version": extension.version}
    form = bound(request, step_forms.DecideOnTime, initial=begins)

    def save() -> str:
        data = form.cleaned_data
        approves = data["answer"] == form.APPROVE
        decided = extensions.decide(
            by=request.user, extension=extension, expected_version=data["version"], approve=approves,
            due=data["due"] if approves else None, note=data["note"], now=request.now,
        )  # fmt: skip
        given = decided.due_given
        messages.success(request, f"{found.reference} is now due on {day(given)}." if given else "It is refused.")
        return action_url(found)

    body = extension.agency or extension.group
    lead = f"{body} asks for {day(extension.proposed)} instead of {day(extension.was_due)}: {extension.reason}"
    return editing.edit(
        request, found, form, save, title="Decide on another date", button="Save the decision", field="due", lead=lead,
        about="the date that was asked for",
    )  # fmt: skip


@member_view
def take_back_extension(request: Request, partnership: Partnership, plan: str, act: str, number: int) -> HttpResponse:
    """Take back what was asked for and is not decided yet."""
    found = editing.found(request, partnership, plan, act)
    extension = _extension(request, found, number, "take back")
    if extension.state != Extension.ASKED:
        raise Http404

    def save() -> str:
        extensions.take_back(by=request.user, extension=extension, expected_version=extension.version, now=request.now)
        messages.success(request, "It is taken back. You can ask for another date.")
        return action_url(found)

    return editing.ask(
        request, found, None, save, title="Take back what was asked for?", action="Take it back",
        sentence=f"{day(extension.proposed)}: {extension.reason}",
        consequences=[f"The due date stays {day(found.due)}.", "You can ask for another date afterwards."],
    )  # fmt: skip


# -- verification ----------------------------------------------------------------------------------------------------


@member_view
def verify(request: Request, partnership: Partnership, plan: str, act: str) -> HttpResponse:
    """Say what was seen of an action that is delivered as claimed."""
    found = editing.found(request, partnership, plan, act)
    on = web.today(request)
    check_new(request.user, "create", permissions.VERIFICATION, Scope(frozenset({partnership.pk})), on)
    may = verifications.may_verify(request.user, found, on)
    if sentence := may.why_not or _why_not_now(found):
        messages.error(request, sentence)
        return redirect(action_url(found))
    form = bound(request, step_forms.Seen, levels=may.levels, initial={"on": on})

    def save() -> str:
        data = form.cleaned_data
        verifications.verify(
            by=request.user, act=found, level=Level(data["level"]), satisfied=data["satisfied"] == "yes",
            basis=data["basis"], on=data["on"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"What you have seen of {found.reference} is recorded.")
        return action_url(found)

    kinds = {link.finding.kind for link in found.answers}  # type: ignore[attr-defined]
    lead = verifications.need_in_words(kinds)
    if len(may.levels) == 1:
        terms = LEVELS[may.levels[0]]
        means = f"{terms.means[:1].lower()}{terms.means[1:]}"
        lead += f" In your role, what you have seen counts as ‘{terms.printed.lower()}’: {means}"
    return editing.edit(
        request, found, form, save, title="Say what you have seen", button="Record this", field="on", lead=lead
    )


def _why_not_now(act: Action) -> str:
    if Delivery(act.delivery) in verifications.CAN_BE_VERIFIED:
        return ""
    return (
        f"{act.reference} is {PRINTED[Delivery(act.delivery)].lower()}. Only what its lead calls delivered is verified."
    )


@member_view
def fall_back(request: Request, partnership: Partnership, plan: str, act: str) -> HttpResponse:
    """Say that what was verified does not hold any more."""
    found = editing.found(request, partnership, plan, act, verb="change")
    if found.delivery != Delivery.DELIVERED_VERIFIED:
        raise Http404
    form = bound(request, forms.Reason, initial={"version": found.version})

    def save() -> str:
        verifications.fall_back(
            by=request.user, act=found, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"{found.reference} is at risk again.")
        return action_url(found)

    return editing.ask(
        request, found, form, save, title=f"Does {found.reference} not hold any more?", sentence=found.title,
        action="It does not hold",
        consequences=[
            "It stands as at risk, and its lead reports on it again.",
            "What was verified stays on record. Delivered again, it has to be verified anew.",
        ],
    )  # fmt: skip


# -- conflicts of interest -------------------------------------------------------------------------------------------


def _those_with_a_conflict(request: Request, act: Action) -> list[Person]:
    """Those for whom this person may declare one: everybody who may verify, or oneself."""
    on = web.today(request)
    verifiers = (
        Membership.objects.in_force(on).visible_to(request.user)
        .filter(partnership_id=act.partnership_id, role__in=permissions.VERIFIERS)
        .select_related("person")
        .order_by("person__name")
    )  # fmt: skip
    people = list(dict.fromkeys([*(each.person for each in verifiers), request.user]))
    declared = {each.person_id for each in conflicts.conflicts_of(act)}

    def may(person: Person) -> bool:
        scope = Scope(frozenset({act.partnership_id}), people=frozenset({person.pk}))
        return allows_new(request.user, "create", permissions.CONFLICT, scope, on)

    return [each for each in people if each.pk not in declared and may(each)]


@member_view
def declare_conflict(request: Request, partnership: Partnership, plan: str, act: str) -> HttpResponse:
    """Declare a conflict of interest in an action."""
    found = editing.found(request, partnership, plan, act)
    mine = Scope(frozenset({partnership.pk}), people=frozenset({request.user.pk}))
    check_new(request.user, "create", permissions.CONFLICT, mine, web.today(request))
    people = _those_with_a_conflict(request, found)
    if not people:
        messages.info(request, "It is declared already.")
        return redirect(action_url(found))
    form = bound(request, step_forms.DeclareConflict, people=people)

    def save() -> str:
        person = form.chosen
        conflicts.declare(by=request.user, act=found, person=person, why=form.cleaned_data["why"], now=request.now)
        messages.success(request, f"The conflict of interest is declared: {person.name} does not verify this action.")
        return action_url(found)

    whose = "your" if people == [request.user] else "a"
    return editing.edit(
        request, found, form, save, title=f"Declare {whose} conflict of interest", button="Declare it", field="why",
        lead="Whoever has a conflict of interest in an action does not verify it, at any level.",
    )  # fmt: skip


@member_view
def withdraw_conflict(request: Request, partnership: Partnership, plan: str, act: str, conflict: UUID) -> HttpResponse:
    """Say that a conflict of interest no longer holds."""
    found = editing.found(request, partnership, plan, act)
    rows = DeclaredConflict.objects.visible_to(request.user).filter(withdrawn_at__isnull=True).select_related("person")
    held: DeclaredConflict = rows.get(action=found, pk=conflict)
    check(request.user, "change", held)
    form = bound(request, forms.Reason, initial={"version": held.version})

    def save() -> str:
        conflicts.withdraw(
            by=request.user, conflict=held, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, "The conflict of interest is withdrawn.")
        return action_url(found)

    return editing.ask(
        request, found, form, save, title="Does this conflict of interest no longer hold?",
        sentence=f"{held.person.name}: {held.why}", action="It no longer holds", about="the conflict of interest",
        consequences=[f"{held.person.name} may verify {found.reference} again."],
    )  # fmt: skip
