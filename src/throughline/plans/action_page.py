"""The page of one action: a summary, then a section for each thing that one may want to know of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from throughline.access import allows, allows_new, scope_of
from throughline.history.models import Event
from throughline.history.moments import day_of
from throughline.inspections.offers import finding_url, page_url
from throughline.methods.printed import day
from throughline.partners import stories, web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import member_view
from throughline.plans import (
    conflicts,
    contributors,
    editing,
    extensions,
    milestones,
    notes,
    permissions,
    queries,
    verifications,
)
from throughline.plans.delivery import ENDED, OPEN, Delivery
from throughline.plans.models import Action, Extension
from throughline.plans.offers import action_url, area_url, impact_url, plan_url
from throughline.plans.verifying import LEVELS, PRIORITY_KINDS, Level, is_enough
from throughline.plans.views import line_of, may_change
from throughline.ui.parts import Happening, Row

_BEGINNINGS = frozenset({"created", "marked", "added", "entered"})


@member_view
def action(request: Request, partnership: Partnership, plan: str, act: str) -> HttpResponse:
    """One action: what it answers and serves, its days, who does and verifies it, and what happened to it."""
    found = editing.found(request, partnership, plan, act)
    found.area.plan = found.plan
    keeps = may_change(request, found)
    ended = Delivery(found.delivery) in ENDED
    story = stories.story_of(found, request.user)
    context = {
        "partnership": partnership, "plan": found.plan, "plan_url": plan_url(found.plan), "action": found,
        "area_url": area_url(found.area), "line": line_of(found, web.today(request)), "may_change": keeps,
        "may_edit": keeps and not ended, "ended": ended, "urls": urls_of(found),
        "may_restore": keeps and found.delivery == Delivery.WITHDRAWN,
        "successor": _successor(found), "rows": _rows(found, may_edit=keeps and not ended),
        "findings": [_quoted(link.finding) for link in found.answers],  # type: ignore[attr-defined]
        "impacts": [(link.desired_impact, impact_url_in(found, link)) for link in found.serves],  # type: ignore[attr-defined]
        "dates": dates_of(request, found, story), "milestones": _milestones(found, web.today(request)),
        "contributors": _contributors(found), "verification": verification_of(request, found),
        "money": _money(found),
        "notes": [(each, _step_url(found, "withdraw-note", number=each.number)) for each in notes.notes_of(found)],
        "panels": web.panels("action", request, found), "history": _history(found, request, story),
        "actions_url": reverse("plans:actions", args=[partnership.slug, found.plan.reference]),
    }  # fmt: skip
    return render(request, "plans/action.html", context)


_STEPS = (
    "change-action", "set-due", "links", "withdraw-action", "restore-action", "supersede", "add-milestone",
    "add-contributor", "ask-extension", "verify", "fall-back", "declare-conflict", "resources", "screen-action",
    "add-note",
)  # fmt: skip


def urls_of(act: Action) -> dict[str, str]:
    """The addresses of what can be done to an action, by name without hyphens."""
    return {name.replace("-", "_"): _step_url(act, name) for name in _STEPS}


def _step_url(act: Action, name: str, **more: Any) -> str:
    place = {"slug": act.plan.partnership.slug, "plan": act.plan.reference, "act": act.reference}
    return reverse(f"plans:{name}", kwargs={**place, **more})


# -- what and who ----------------------------------------------------------------------------------------------------


def _successor(act: Action) -> tuple[Action, str] | None:
    """The action that took this one's place."""
    new = act.superseded_by
    if new is None:
        return None
    new.plan = act.plan
    return new, action_url(new)


def impact_url_in(act: Action, link: Any) -> str:
    """A desired impact's page, without asking the database for its plan again."""
    link.desired_impact.plan = act.plan
    return impact_url(link.desired_impact)


def _quoted(finding: Any) -> dict[str, Any]:
    """A finding with its words, and where they stand."""
    which = f"{finding.finding_kind.printed} {finding.reference}"
    page = page_url(finding.letter, finding.page) if finding.letter and finding.page else ""
    return {
        "finding": finding, "url": finding_url(finding), "page_url": page,
        "source": f"{which}, page {finding.page} of the letter" if page else which,
    }  # fmt: skip


def _rows(act: Action, *, may_edit: bool) -> list[Row]:
    change = _step_url(act, "change-action") if may_edit else ""
    rows = [Row("Who leads", act.lead.name, change), Row("Owner’s post", act.owner_post, change)]
    if act.own_number:
        rows.append(Row("Its number in the plan it came from", act.own_number))
    return rows


# -- dates -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moved:
    """One move of the due date, or one day that was asked for: what is printed of it. `waits` for its decision."""

    title: str
    on: date
    by: str
    reason: str
    answer: str = ""
    note: str = ""
    waits: bool = False
    decide_url: str = ""
    take_back_url: str = ""


def dates_of(request: Request, act: Action, story: list[stories.Told]) -> dict[str, Any]:
    """The days of an action: those that stand, every move with its reason, every extension that was asked for."""
    asked = extensions.extensions_of(act)
    moves = [*_moves(story, asked), *(_asked(request, act, each) for each in asked)]
    waits = any(each.state == Extension.ASKED for each in asked)
    scope = extensions.scope_of_asking(act)
    may_ask = (
        Delivery(act.delivery) in OPEN and not waits
        and allows_new(request.user, "create", permissions.EXTENSION, scope, web.today(request))
    )  # fmt: skip
    return {"moves": sorted(moves, key=lambda each: each.on), "may_ask": may_ask, "waits": waits}


def _moves(story: list[stories.Told], asked: list[Extension]) -> list[Moved]:
    """The moves of the due date that no extension explains already."""
    given = {(day(each.due_given), each.decided_on) for each in asked if each.due_given and each.decided_on}
    moved = []
    for told in story:
        to = next((each.after for each in told.changes if each.label == "Due date"), "")
        on = day_of(told.event.recorded_at)
        if told.event.verb == "re-dated" and to and (to, on) not in given:
            moved.append(Moved(f"Moved to {to}", on, told.by, told.reason))
    return moved


def _asked(request: Request, act: Action, each: Extension) -> Moved:
    body = each.agency or each.group
    waits = each.state == Extension.ASKED
    place = {"number": each.number}
    decides = waits and allows(request.user, "decide", each)
    takes_back = waits and allows(request.user, "take back", each)
    answers = {
        Extension.ASKED: "Not decided yet.",
        Extension.APPROVED: f"Approved on {day(each.decided_on)} by {each.decided_by_name}: due {day(each.due_given)}."
        if each.due_given and each.decided_on else "",
        Extension.REFUSED: f"Refused on {day(each.decided_on)} by {each.decided_by_name}." if each.decided_on else "",
    }  # fmt: skip
    return Moved(
        f"{body} asked for {day(each.proposed)}", each.asked_on, each.asked_by_name, each.reason, answers[each.state],
        each.decision_note, waits, _step_url(act, "decide-extension", **place) if decides else "",
        _step_url(act, "take-back-extension", **place) if takes_back else "",
    )  # fmt: skip


# -- steps -----------------------------------------------------------------------------------------------------------


def _milestones(act: Action, on: date) -> list[dict[str, Any]]:
    return [
        {
            "milestone": each, "overdue": each.reached is None and on > each.due and Delivery(act.delivery) in OPEN,
            "change_url": _step_url(act, "change-milestone", number=each.number),
            "reach_url": _step_url(act, "reach-milestone", number=each.number),
        }
        for each in milestones.milestones_of(act)
    ]  # fmt: skip


def _contributors(act: Action) -> list[tuple[Any, str, str]]:
    """Who contributes, with where its part is changed and where it is let go."""
    return [
        (each, _step_url(act, "change-contributor", contributor=each.pk),
         _step_url(act, "let-contributor-go", contributor=each.pk))
        for each in contributors.contributors_of(act)
    ]  # fmt: skip


# -- verification ----------------------------------------------------------------------------------------------------


def verification_of(request: Request, act: Action) -> dict[str, Any]:
    """Who verified what, what it still needs, and whether this person may verify it; in words also why not."""
    on = web.today(request)
    kinds = {link.finding.kind for link in act.answers}  # type: ignore[attr-defined]
    declared = conflicts.conflicts_of(act)
    mine = any(each.person_id == request.user.pk for each in declared)
    may = verifications.may_verify(request.user, act, on, declared=mine)
    priority = not PRIORITY_KINDS.isdisjoint(kinds)
    reached = " or ".join(LEVELS[each].printed.lower() for each in may.levels)
    stands = Delivery(act.delivery) in verifications.CAN_BE_VERIFIED
    return {
        "said": [(each, LEVELS[Level(each.level)].printed, is_enough(Level(each.level), answers_priority=priority))
                 for each in verifications.verifications_of(act)],
        "falls_short": bool(may.levels)
        and not any(is_enough(each, answers_priority=priority) for each in may.levels),
        "conflicts": [(each, _step_url(act, "withdraw-conflict", conflict=each.pk),
                       allows(request.user, "change", each) and each.person_id != request.user.pk)
                      for each in declared],
        "needs": verifications.need_in_words(kinds), "may": stands and bool(may.levels), "why_not": may.why_not,
        "reached": reached, "stands": stands, "is_verified": act.delivery == Delivery.DELIVERED_VERIFIED,
        "may_declare": _may_declare(request, act),
    }  # fmt: skip


def _may_declare(request: Request, act: Action) -> bool:
    scope = scope_of(act.plan.partnership)
    mine = type(scope)(scope.partnerships, people=frozenset({request.user.pk}))
    return allows_new(request.user, "create", permissions.CONFLICT, mine, web.today(request))


# -- money and equality ----------------------------------------------------------------------------------------------


def _money(act: Action) -> list[tuple[str, str, list[str]]]:
    """(label, address, lines) for what it costs and for its screening."""
    pay = [Action.RESOURCES[act.resources]]
    if act.funder:
        pay.append(f"Funder: {act.funder}")
    if act.funding_decided:
        pay.append(f"Decided on {day(act.funding_decided)}")
    screened = f", on {day(act.equality_screened)}" if act.equality_screened else ""
    found = [f"{Action.SCREENING[act.equality]}{screened}"]
    return [
        ("Resources", _step_url(act, "resources"), [each for each in (*pay, act.resources_note) if each]),
        ("Equality", _step_url(act, "screen-action"), [each for each in (*found, act.equality_note) if each]),
    ]


# -- what happened ---------------------------------------------------------------------------------------------------


def _history(act: Action, request: Request, story: list[stories.Told]) -> list[Happening]:
    """What happened to the action and to what it was tied to, newest first."""
    ends = queries.links_ever(act, for_person=request.user)
    # Told without their titles, which would ask for each link's two ends.
    events = Event.objects.filter(thing_id__in=ends, thing_kind__in=queries.LINK_KINDS)
    tied = [
        Happening(f"{each.verb.capitalize()}: {ends[each.thing_id]}", each.recorded_at, by=told.by)
        for each in events
        if (told := stories.Told(each, "", "", None))
    ]
    own = [Happening(_title(each), each.event.recorded_at, by=each.by, text=_said(each)) for each in story]
    return sorted([*own, *tied], key=lambda each: each.at, reverse=True)  # type: ignore[arg-type,return-value]


def _title(told: stories.Told) -> str:
    return told.event.verb[:1].upper() + told.event.verb[1:]


def _said(told: stories.Told) -> str:
    changes = [] if told.event.verb in _BEGINNINGS else told.changes
    said = [f"{each.label}: {each.before or '(empty)'} → {each.after or '(empty)'}" for each in changes]
    return "\n".join([*([told.reason] if told.reason else []), *said])
