"""A return's page, as every view of the room draws it: to fill in for those who owe it, to read for those who may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from throughline.access import allows
from throughline.evidence import lists as evidence_lists
from throughline.evidence.addresses import evidence_url, file_url
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import bound, today
from throughline.returns import queries
from throughline.returns.content import Content, Line, Test, content_of
from throughline.returns.forms import OutcomeForm, RestForm, UpdateForm
from throughline.returns.models import Return
from throughline.returns.states import ReturnState
from throughline.ui import page

WRITABLE = (ReturnState.DRAFT, ReturnState.SIGNED, ReturnState.SENT_BACK)
UNSIGNED = (ReturnState.DRAFT, ReturnState.SENT_BACK)


def found(request: Request, partnership: Partnership, period: str, body: str) -> Return:
    """The return that an address names. Raises DoesNotExist for what is not there or not the person's."""
    return queries.return_of(partnership, period, body, for_person=request.user)


def url_of(return_: Return, name: str = "return", *more: str) -> str:
    """A return's page, or what is done with it."""
    return reverse(f"returns:{name}", args=[return_.partnership.slug, return_.period.reference, return_.slug, *more])


@dataclass(frozen=True)
class Asked:
    """One action on the return page, with its form where it may be filled in, and the evidence brought for it."""

    line: Line
    form: UpdateForm | None
    pieces: Sequence[dict[str, Any]]

    @property
    def anchor(self) -> str:
        """Where the action stands on the page."""
        return self.line.act.reference.lower()


@dataclass(frozen=True)
class AskedTest:
    """One assurance activity on the return page, with its form where it may be filled in."""

    test: Test
    form: OutcomeForm | None

    @property
    def anchor(self) -> str:
        """Where the activity stands on the page."""
        return self.test.activity.reference.lower()


def update_form(request: Request, line: Line) -> UpdateForm:
    """The form about one action, with what was said so far."""
    said = line.update
    return bound(
        request, UpdateForm, only=line.act.reference, auto_id=f"{line.act.reference.lower()}-%s", line=line,
        on=today(request),
        initial={
            "form": line.act.reference, "version": said.version if said else 0,
            "self_rating": said.self_rating if said else "", "progress": said.progress if said else "",
            "slip_reason": said.slip_reason if said else "", "proposed_due": said.proposed_due if said else None,
        },
    )  # fmt: skip


def outcome_form(request: Request, test: Test) -> OutcomeForm:
    """The form about one assurance activity, with what was said so far."""
    said, reference = test.said, test.activity.reference
    begins: dict[str, Any] = {"form": reference, "version": said.version if said else 0}
    if said is not None:
        begins |= {name: getattr(said, name) for name in ("done_on", "result", "found", "progress")}
    return bound(
        request, OutcomeForm, only=reference, auto_id=f"{reference.lower()}-%s", on=today(request), initial=begins
    )


def rest_form(request: Request, content: Content) -> RestForm:
    """The form about everything else."""
    said = content.general
    return bound(
        request, RestForm, only="rest", auto_id="rest-%s",
        initial={
            "form": "rest", "version": said.version if said else 0, "progress": said.progress if said else "",
        },
    )  # fmt: skip


def pieces_of(evidence: Sequence[Any], on: date) -> list[dict[str, Any]]:
    """Evidence as a return shows it."""
    return [
        {
            "evidence": each, "url": evidence_url(each),
            "marks": [mark for mark in evidence_lists.marks_of(each, on) if mark.value != "unseen"],
            "shared": [_shared(each, revision) for revision in each.shown_revisions],
            "leave_label": f"Leave {each.reference} out",
        }
        for each in evidence
    ]  # fmt: skip


def _shared(evidence: Any, revision: Any) -> tuple[str, str]:
    revision.evidence = evidence
    return (revision.file.name, file_url(revision)) if revision.file_id else (revision.link, revision.link)


def is_late(return_: Return, on: date) -> bool:
    """Whether its day has passed and it is not given in."""
    return on > return_.period.due and return_.state in WRITABLE


def show(request: Request, return_: Return, *, wrong: Any = None, status: int = 200) -> HttpResponse:
    """The page. `wrong` is a form as it was sent that cannot be saved: it stands in the place of its like."""
    on = today(request)
    if not queries.may_read(return_, request.user, on):
        closed = {
            "return": return_, "is_late": is_late(return_, on),
            "comments": queries.comments_of(return_, for_person=request.user),
        }  # fmt: skip
        return render(request, "returns/closed.html", closed)
    content = content_of(return_, for_person=request.user, on=on)
    can_report = allows(request.user, "report", return_, on) and return_.state in WRITABLE
    key = str(wrong["form"].value()) if wrong is not None else ""
    asked = [
        Asked(each, _form(request, each, wrong, key) if can_report and each.is_asked else None,
              pieces_of(each.evidence, on))
        for each in content.lines
    ]  # fmt: skip
    tests = [AskedTest(each, _test_form(request, each, wrong, key) if can_report else None) for each in content.tests]
    page.describe(request, audience=queries.audience_of(return_))
    rest = (wrong if key == "rest" else rest_form(request, content)) if can_report else None
    return render(
        request, "returns/return.html", status=status,
        context={
            "return": return_, "period": return_.period, "content": content, "asked": asked, "tests": tests, "on": on,
            "rest_form": rest, "can_report": can_report, "is_late": is_late(return_, on), "wrong": wrong,
            "can_sign": allows(request.user, "sign", return_, on) and return_.state in UNSIGNED,
            "can_submit": allows(request.user, "submit", return_, on) and return_.state == ReturnState.SIGNED,
            "can_accept": allows(request.user, "accept", return_, on) and return_.state == ReturnState.SUBMITTED,
            "comments": queries.comments_of(return_, for_person=request.user),
            "pieces": pieces_of(content.evidence, on), "add_evidence_url": url_of(return_, "evidence"),
            "progress": content.answered,
        },
    )  # fmt: skip


def _form(request: Request, line: Line, wrong: Any, key: str) -> UpdateForm:
    return wrong if key == line.act.reference else update_form(request, line)


def _test_form(request: Request, test: Test, wrong: Any, key: str) -> OutcomeForm:
    return wrong if key == test.activity.reference else outcome_form(request, test)
