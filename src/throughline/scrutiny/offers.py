"""What the scrutiny room puts into other pages: decisions about an action, what waits for the chair, and my work."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from throughline.access import Role
from throughline.inspections.offers import is_member
from throughline.methods.printed import count
from throughline.partners import stories, web
from throughline.partners.models import Partnership, Person
from throughline.partners.requests import Request
from throughline.partners.web import Panel, WorkItem
from throughline.plans.models import Action
from throughline.scrutiny import permissions, queries
from throughline.scrutiny.addresses import decision_url, list_url, seek_url
from throughline.scrutiny.models import Decision
from throughline.ui import menus, scales
from throughline.ui.scales import Mark, Tone

SHOWN = 5


def of_action(request: Request, act: Action) -> Sequence[Panel]:
    """The decisions about an action, and the way to seek one."""
    found = queries.decisions_about(act, for_person=request.user)
    may = queries.may_seek(request.user, act.plan.partnership, web.today(request))
    context = {
        "decisions": [(each, decision_url(each)) for each in found],
        "seek_url": f"{seek_url(act.plan)}?action={act.reference}" if may else "",
    }  # fmt: skip
    return (Panel("scrutiny/action_panel.html", context, order=40),)


def front(request: Request, partnership: Partnership) -> Sequence[Panel]:
    """What waits for an answer, for those who give or record it."""
    if not queries.may_answer(request.user, partnership):
        return ()
    waiting = list(queries.waiting_in(partnership, for_person=request.user))
    if not waiting:
        return ()
    is_chair = Role.EXECUTIVE_CHAIR in web.role_names(request.user, partnership.pk, web.today(request))
    whom = "from you" if is_chair else f"from the {partnership.executive_name}"
    verb = "is" if len(waiting) == 1 else "are"
    context = {
        "sentence": f"{count(len(waiting), 'decision')} {verb} sought {whom}.",
        "waiting": [(each, decision_url(each)) for each in waiting[:SHOWN]],
        "more": len(waiting) > SHOWN, "url": f"{list_url(waiting[0].plan)}?stands=waiting",
    }  # fmt: skip
    return (Panel("scrutiny/front.html", context, order=8),)


def my_work(person: Person, on: date) -> Sequence[WorkItem]:
    """Decisions that the chair is to answer, and answers that a keeper has not recorded after the meeting."""
    roles: dict[object, set[Role]] = {}
    for grant in person.grants_on(on):
        roles.setdefault(grant.partnership, set()).add(grant.role)
    mine = [key for key, held in roles.items() if held & {Role.EXECUTIVE_CHAIR, *permissions.KEEPERS}]
    if not mine:
        return ()
    waiting = (
        Decision.objects.visible_to(person, on)
        .filter(queries.WAITING, partnership__in=mine, withdrawn_at__isnull=True)
        .select_related("partnership", "period", "plan__partnership")
        .order_by("sought_on", "number")
    )
    return [item for each in waiting if (item := _item(each, roles[each.partnership_id], on)) is not None]


def _item(each: Decision, roles: set[Role], on: date) -> WorkItem | None:
    meeting = each.period.meeting if each.period else None
    where = each.partnership.name
    if Role.EXECUTIVE_CHAIR in roles:
        return WorkItem(
            f"Decide on {each.reference}: {_short(each.text)}", decision_url(each), where, due=meeting, order=20
        )
    if meeting is not None and meeting < on and each.outcome == Decision.SOUGHT:
        return WorkItem(
            f"Record what the meeting answered to {each.reference}: {_short(each.text)}",
            decision_url(each, "answer"), where, order=25,
        )  # fmt: skip
    return None


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else f"{line[:90].rsplit(' ', 1)[0]} …"


def _menu_url(request: Request) -> str | None:
    partnership = web.partnership_of(request)
    if partnership is None or not is_member(request, partnership):
        return None
    return reverse("scrutiny:plans", args=[partnership.slug])


def register() -> None:
    """Put everything where it is shown, and say how decisions are told."""
    scales.register(
        "decision",
        (
            Mark("sought", "Sought", Tone.INFO, "question", "Nobody has answered it yet."),
            Mark("deferred", "Put off", Tone.CARE, "hourglass", "It comes back to a later meeting."),
            Mark("not_agreed", "Not agreed", Tone.BAD, "barred", "It was not agreed."),
            Mark("agreed", "Agreed", Tone.GOOD, "disc-tick", "It was agreed."),
        ),
    )
    menus.register(menus.MenuItem("decisions", "Decisions", _menu_url, order=45))
    web.offer_panel("action", of_action)
    web.offer_panel("front", front)
    web.offer_work(my_work)
    stories.tell(
        "scrutiny.decision",
        stories.Teller(
            lambda each: f"{each.reference} {_short(each.text)}", decision_url, related=("plan__partnership",),
            labels={
                "text": "What is to be decided", "why": "Why", "agency_id": "Sought by", "group_id": "Sought by",
                "period_id": "Quarter", "action_id": "About", "sought_on": "Sought", "answered_on": "Answered",
                "answered_by_name": "Recorded by",
            },
        ),
    )  # fmt: skip
