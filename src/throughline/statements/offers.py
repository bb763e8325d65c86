"""What the statements room puts into other pages: an inspection's, a plan's and the front page, and "my work"."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from throughline.access import Scope, allows_new
from throughline.inspections import queries as inspections
from throughline.inspections import responses
from throughline.inspections.clock import clock_given
from throughline.inspections.models import Inspection, Letter
from throughline.partners import stories
from throughline.partners.models import Partnership, Person
from throughline.partners.requests import Request
from throughline.partners.web import Panel, WorkItem, offer_panel, offer_work, partnership_of, today
from throughline.plans.models import Plan
from throughline.plans.queries import plans_of
from throughline.statements import due, permissions, queries
from throughline.statements.models import SignOff, Statement
from throughline.statements.notices import place_of
from throughline.statements.states import FROZEN, StatementState
from throughline.ui import scales
from throughline.ui.scales import Mark, Tone

_RELATED = ("statement__letter__inspection__partnership",)

scales.register(
    "statement",
    (
        Mark("drafting", "Being drafted", Tone.INFO, "pencil", "Seen by those who keep the plan and those who sign."),
        Mark("signing", "Open for signature", Tone.CARE, "flag", "Its words are fixed; chief officers are asked."),
        Mark("signed_off", "Signed off", Tone.HOLLOW, "ring-tick", "Every chief officer who must sign has signed."),
        Mark("submitted", "Submitted", Tone.GOOD, "up-box", "Sent to the inspectors, and frozen."),
        Mark("receipt_filed", "Receipt filed", Tone.GOOD, "disc-tick", "The inspectors' receipt is filed against it."),
    ),
)


def register() -> None:
    """Put everything where it is shown."""
    offer_panel("inspection", of_inspection)
    offer_panel("plan", of_plan)
    offer_panel("front", front)
    offer_work(my_work)
    responses.offer(queries.letters_answered)
    stories.tell(
        "statements.statement",
        stories.Teller(
            str, place_of, related=("letter__inspection__partnership",), last_only=True,
            untold=frozenset({"content"}),
        ),
    )  # fmt: skip
    stories.tell(
        "statements.response",
        stories.Teller(str, lambda each: place_of(each.statement), related=("finding", *_RELATED), last_only=True),
    )
    stories.tell(
        "statements.sign_off",
        stories.Teller(
            lambda each: f"Sign-off of {each.body_name}", lambda each: place_of(each.statement), related=_RELATED,
            last_only=True,
        ),
    )  # fmt: skip
    stories.tell(
        "statements.file",
        stories.Teller(
            lambda each: f"{each.statement.response} as {each.get_format_display()}",
            lambda each: place_of(each.statement), related=_RELATED,
        ),
    )  # fmt: skip
    stories.tell(
        "statements.follow_up",
        stories.Teller(str, lambda each: place_of(each.statement), related=_RELATED),
    )
    due.register()


def of_inspection(request: Request, inspection: Inspection) -> Sequence[Panel]:
    """Each letter's statement, or the way to begin it."""
    partnership = partnership_of(request)
    letters = list(inspections.letters_of(inspection, for_person=request.user))
    if partnership is None or not letters:
        return ()
    found = {
        each.letter_id: each
        for each in queries.statements_of(partnership, for_person=request.user).filter(letter__inspection=inspection)
    }
    may_begin = allows_new(
        request.user, "create", permissions.STATEMENT,
        Scope(frozenset({partnership.pk}), stage=StatementState.DRAFTING),
    )  # fmt: skip
    has_plan = bool(found) or plans_of(partnership, for_person=request.user).exists()
    rows = [_row(each, found.get(each.pk), today(request)) for each in letters]
    if not (found or may_begin):
        return ()
    context = {
        "rows": rows, "may_begin": may_begin, "has_plan": has_plan, "response": inspection.regime.response,
        "several": len(letters) > 1, "list_url": reverse("statements:statements", args=[partnership.slug]),
        "plans_url": reverse("plans:plans", args=[partnership.slug]),
    }  # fmt: skip
    return (Panel("statements/inspection_panel.html", context, order=10),)


def _row(letter: Letter, statement: Statement | None, on: date) -> dict[str, Any]:
    where = [letter.inspection.partnership.slug, letter.inspection.reference, letter.number]
    is_open = statement is None or statement.state not in FROZEN
    return {
        "letter": letter, "statement": statement, "url": place_of(statement) if statement else "",
        "begin_url": reverse("statements:begin", args=where),
        "left": clock_given(letter, submitted=None).left(on) if is_open else "",
    }  # fmt: skip


def of_plan(request: Request, plan: Plan) -> Sequence[Panel]:
    """The statements that a plan's actions answer letters with."""
    found = list(queries.statements_of(plan.partnership, for_person=request.user).filter(plan=plan))
    rows = [_row(each.letter, each, today(request)) for each in found]
    return (Panel("statements/plan_panel.html", {"rows": rows}, order=20),) if rows else ()


def front(request: Request, partnership: Partnership) -> Sequence[Panel]:
    """The newest letter's statement, until its receipt is filed."""
    newest = (
        queries.statements_of(partnership, for_person=request.user)
        .exclude(state=StatementState.RECEIPT_FILED)
        .first()
    )  # fmt: skip
    if newest is None:
        return ()
    return (Panel("statements/front_panel.html", _row(newest.letter, newest, today(request)), order=10),)


def my_work(person: Person, on: date) -> list[WorkItem]:
    """What waits for a chief officer's signature, and what those who keep a plan have to do with a statement.

    Reads across partnerships, as "my work" does. Three queries at most.
    """
    grants = person.grants_on(on)
    keeps = {each.partnership for each in grants if each.role in permissions.KEEPERS}
    bodies = {
        (each.partnership, each.body) for each in grants if each.role in permissions.SIGNATORIES and each.body
    }  # fmt: skip
    found: list[WorkItem] = []
    if bodies:
        ids = {body for _, body in bodies}
        waiting = SignOff.objects.visible_to(person, on).filter(
            Q(agency__in=ids) | Q(group__in=ids), statement__state=StatementState.SIGNING, signed_on__isnull=True,
            withdrawn_at__isnull=True, statement__withdrawn_at__isnull=True,
        )  # fmt: skip
        for each in waiting.select_related(*_RELATED):
            if (each.partnership_id, each.agency_id or each.group_id) in bodies:
                statement = each.statement
                sentence = f"Read and sign the {statement.response.lower()} for {each.body_name}"
                found.append(_item(statement, sentence, place_of(statement, "sign", each.number), 5))
    if keeps:
        open_ones = (
            Statement.objects.visible_to(person, on)
            .filter(partnership__in=keeps, withdrawn_at__isnull=True)
            .exclude(state=StatementState.RECEIPT_FILED)
            .select_related("letter__inspection__partnership")
            .defer("content")
        )
        found += [_kept(each) for each in open_ones]
    return found


_TO_DO = {
    StatementState.DRAFTING: ("Draft the {}", 25),
    StatementState.SIGNING: ("Have the {} signed", 25),
    StatementState.SIGNED_OFF: ("Submit the {}: it is signed off", 5),
    StatementState.SUBMITTED: ("File the receipt of the {}", 60),
}


def _kept(statement: Statement) -> WorkItem:
    words, order = _TO_DO[StatementState(statement.state)]
    return _item(statement, words.format(statement.response.lower()), place_of(statement), order)


def _item(statement: Statement, sentence: str, url: str, order: int) -> WorkItem:
    due_on = statement.letter.statement_due if statement.state not in FROZEN else None
    return WorkItem(sentence, url, statement.letter.inspection.partnership.name, due=due_on, order=order)
