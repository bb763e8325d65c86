"""Pages of written statements that show: the list, one statement, the paper, and its files."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from throughline.access import Scope, allows
from throughline.access.engine import decide
from throughline.documents import html
from throughline.files import serving
from throughline.files.names import attachment
from throughline.files.serving import CONTENT_TYPES
from throughline.inspections import queries as inspections
from throughline.inspections.offers import finding_url, inspection_url
from throughline.methods.printed import count, day
from throughline.partners.models import Partnership, Person
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, member_view, today
from throughline.plans.offers import action_url, plan_url
from throughline.statements import actions, building, lists, permissions, queries, states, submitting
from throughline.statements.models import SignOff, Statement
from throughline.statements.notices import place_of
from throughline.statements.queries import Answered
from throughline.statements.rules import Gap, Missing
from throughline.statements.states import StatementState
from throughline.statements.steps import CannotDo
from throughline.ui import page

REFRESH_SECONDS = 4


def found(request: Request, partnership: Partnership, inspection: str, letter: int) -> Statement:
    """The statement of a letter, for its reader; tells the page who else may read it. Raises DoesNotExist."""
    which = inspections.letter_of(
        inspections.inspection_of(partnership, inspection, for_person=request.user), letter, for_person=request.user
    )
    statement = queries.statement_of(which, for_person=request.user)
    page.describe(request, audience=queries.audience_of(statement), section="inspections")
    return statement


def may(request: Request, verb: str, statement: Statement) -> bool:
    """Whether to offer this person a step now: by role, and by the table of steps."""
    return states.after(verb, StatementState(statement.state)) is not None and allows(request.user, verb, statement)


def may_sign(person: Person, sign: SignOff, state: str) -> bool:
    """Whether this person may sign for the body of a sign-off, by role; it says nothing of the statement's state."""
    body = sign.agency_id or sign.group_id
    scope = Scope(frozenset({sign.partnership_id}), frozenset({body} if body else ()), stage=state)
    return decide(person.grants_on(timezone.localdate()), "sign", permissions.SIGN_OFF, scope)


@member_view
def statements(request: Request, partnership: Partnership) -> HttpResponseBase:
    """The partnership's statements, one for each letter that is being answered."""
    rows = queries.statements_of(partnership, for_person=request.user)
    return lists.statements(today(request)).respond(
        request, rows, template="statements/statements.html", context={"partnership": partnership}
    )


@dataclass(frozen=True)
class Signing:
    """A sign-off as the page shows it: with the steps that this reader may take."""

    sign: SignOff
    sign_url: str = ""
    paper_url: str = ""
    off_url: str = ""


@member_view
def statement(request: Request, partnership: Partnership, inspection: str, letter: int) -> HttpResponse:
    """A statement: how far it is, what is missing, who has signed, and the next step."""
    return show(request, found(request, partnership, inspection, letter))


_PAGES = (
    "words", "respond", "rest", "add-signatory", "open", "reopen", "submit", "receipt", "follow-up", "read", "print",
)  # fmt: skip


def show(request: Request, statement: Statement, *, status: int = 200) -> HttpResponse:
    """The statement's page."""
    on = today(request)
    findings = queries.findings_of(statement, for_person=request.user)
    signs = queries.signs_of(statement, for_person=request.user)
    ready = queries.readiness_of(statement, findings, signs, on=on)
    verbs = {verb: may(request, verb, statement) for verb in states.STEPS if verb not in {"sign", "record_signature"}}
    context: dict[str, Any] = {
        "partnership": statement.partnership, "statement": statement, "letter": statement.letter,
        "inspection": statement.letter.inspection, "inspection_url": inspection_url(statement.letter.inspection),
        "plan_url": plan_url(statement.plan), "ready": ready, "left": ready.clock.left(on), "may": verbs,
        "drafting": statement.state == StatementState.DRAFTING,
        "forbids": _grouped(ready.forbids, findings, statement),
        "warns": _grouped(ready.warns, findings, statement),
        "signs": [_signing(request, each, statement, writes=verbs["write"]) for each in signs],
        "signed": sum(each.signed_on is not None for each in signs),
        "draft_formats": [
            (name, place_of(statement, "draft", key)) for key, name in building.DRAFT_FORMATS.items()
        ] if not statement.is_frozen else [],
        "files": queries.files_of(statement, for_person=request.user) if statement.is_frozen else [],
        "can_print": statement.is_frozen and allows(request.user, "print", statement),
        "follow_ups": queries.follow_ups_of(statement, for_person=request.user),
        "urls": {
            name.replace("-", "_"): place_of(statement, name)
            for name in _PAGES
        },
    }  # fmt: skip
    response = render(request, "statements/statement.html", context, status=status)
    if statement.is_frozen and not context["files"]:
        # A header, so that a reader who has turned refreshing off in the browser keeps the page still.
        response.headers["Refresh"] = str(REFRESH_SECONDS)
    return response


def _signing(request: Request, sign: SignOff, statement: Statement, *, writes: bool) -> Signing:
    if statement.state == StatementState.DRAFTING:
        return Signing(sign, off_url=place_of(statement, "take-off", sign.number) if writes else "")
    if statement.state != StatementState.SIGNING or sign.signed_on is not None:
        return Signing(sign)
    records = allows(request.user, "record_signature", sign)
    return Signing(
        sign,
        sign_url=place_of(statement, "sign", sign.number) if may_sign(request.user, sign, statement.state) else "",
        paper_url=place_of(statement, "paper", sign.number) if records else "",
    )  # fmt: skip


# What stands over gaps of one kind when there are many, in singular and plural.
_MANY = {
    Gap.NO_ANSWER: "finding has no answer,findings have no answer",
    Gap.NO_REASON: "answer needs its reason,answers need their reason",
    Gap.NO_ACTION: "finding has no action,findings have no action",
    Gap.NO_OWNER: "action has no owner,actions have no owner",
    Gap.NO_IMPACT: "action serves no desired impact,actions serve no desired impact",
    Gap.LEAD_LEFT: "action has a lead that left,actions have a lead that left",
    Gap.ACTION_PAST: "action is past its day,actions are past their day",
}
_FEW = 4
Linked = tuple[Missing, str]


def _grouped(
    gaps: list[Missing], findings: list[Answered], statement: Statement
) -> list[tuple[str, list[Linked]]]:  # fmt: skip
    """Gaps with their links: those of which there are few as one list, the others by kind under a line with their
    number."""
    by_kind: dict[Gap, list[Linked]] = {}
    for each in gaps:
        by_kind.setdefault(each.gap, []).append(_linked(each, findings, statement))
    few = [each for gap, those in by_kind.items() if len(those) <= _FEW or gap not in _MANY for each in those]
    many = [
        (count(len(those), *_MANY[gap].split(",")), those)
        for gap, those in by_kind.items()
        if len(those) > _FEW and gap in _MANY
    ]
    return [*many, *([("", few)] if few else [])]


def _linked(gap: Missing, findings: list[Answered], statement: Statement) -> Linked:
    """A gap with the page on which it is closed."""
    for each in findings:
        if each.finding.reference == gap.about:
            is_action = gap.gap is Gap.NO_ACTION
            return gap, finding_url(
                each.finding
            ) if is_action else f"{place_of(statement, 'respond')}#{gap.about.lower()}"
        for act in each.actions:
            if act.reference == gap.about:
                return gap, action_url(act)
    pages = {
        Gap.NO_SIGNATORY: "add-signatory", Gap.NO_INTRODUCTION: "words", Gap.NO_OVERSIGHT: "words",
    }  # fmt: skip
    if gap.gap in pages:
        return gap, place_of(statement, pages[gap.gap])
    if gap.gap is Gap.NOBODY_SIGNS:
        return gap, f"{place_of(statement)}#signatures"
    inspection = statement.letter.inspection
    if gap.gap in (Gap.NO_AUTHORITY, Gap.AUTHORITY_DOES_NOT_SIGN, Gap.NO_PRINTED_DUE):
        place = [inspection.partnership.slug, inspection.reference, statement.letter.number]
        return gap, reverse("inspections:letter-dates", args=place)
    if gap.gap is Gap.NO_FINDING:
        return gap, reverse("inspections:findings", args=[inspection.partnership.slug, inspection.reference])
    return gap, ""


@member_view
def read(request: Request, partnership: Partnership, inspection: str, letter: int) -> HttpResponse:
    """The paper on the screen, as it is printed."""
    statement = found(request, partnership, inspection, letter)
    document = building.document_of(statement, by=request.user, on=today(request))
    return render(
        request, "statements/read.html",
        {"statement": statement, "partnership": partnership, "document": document, "url": place_of(statement),
         "body": mark_safe(html.fragment(document))},  # noqa: S308 - every text of a document is escaped there
    )  # fmt: skip


@member_view
def draft(request: Request, partnership: Partnership, inspection: str, letter: int, format: str) -> HttpResponse:
    """The paper as it is now, marked as a draft. Printed for this reader alone; who was given it is on record."""
    statement = found(request, partnership, inspection, letter)
    if statement.is_frozen or format not in building.DRAFT_FORMATS:
        raise Http404
    document = building.document_of(statement, by=request.user, on=today(request))
    data = building.files_of(document, format)[format]
    actions.record_draft(by=request.user, statement=statement, now=request.now)
    response = HttpResponse(data, content_type=CONTENT_TYPES[submitting.FORMATS[format]])
    name = f"DRAFT {statement.response}, {statement.letter.inspection.reference}, {day(today(request))}.{format}"
    response["Content-Disposition"] = attachment(name)
    return serving.harmless(response)


@member_view
def download(request: Request, partnership: Partnership, inspection: str, letter: int, format: str) -> HttpResponseBase:
    """One file of a submitted statement, as an attachment. Who was given it is on record before it leaves."""
    statement = found(request, partnership, inspection, letter)
    wanted = next(
        (each for each in queries.files_of(statement, for_person=request.user) if each.format == format), None
    )
    if wanted is None or statement.submitted_on is None:
        raise Http404
    submitting.record_download(by=request.user, file=wanted, now=request.now)
    name = f"{statement.response}, {statement.letter.inspection.reference}, {day(statement.submitted_on)}.{format}"
    response = serving.as_attachment(sha256=wanted.file.sha256, size=wanted.file.size, kind=wanted.file.kind, name=name)
    if format == "html":
        response["Content-Type"] = "text/html; charset=utf-8"
    return response


@member_view
def print_files(request: Request, partnership: Partnership, inspection: str, letter: int) -> HttpResponse:
    """Ask once more for files that were not printed."""
    statement = found(request, partnership, inspection, letter)
    if request.method != "POST":
        return redirect(place_of(statement))
    if not (statement.is_frozen and allows(request.user, "print", statement)):
        raise Http404

    def ask() -> str:
        submitting.print_files(by=request.user, statement=statement, now=request.now)
        messages.success(request, "Its files are being printed.")
        return place_of(statement)

    try:
        return answer_once(request, ask)
    except CannotDo as refusal:
        messages.info(request, str(refusal))
        return redirect(place_of(statement))


def stylesheet(request: Request) -> HttpResponse:
    """The stylesheet of papers, for the pages that show one."""
    return HttpResponse(html.report_css(), content_type="text/css; charset=utf-8")
