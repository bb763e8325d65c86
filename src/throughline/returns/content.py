"""A return with everything that it is asked about and says, exceptions first, for somebody who may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q

from throughline.assurance.models import AssuranceActivity
from throughline.evidence.models import EvidenceLink, EvidenceRevision
from throughline.methods.printed import count
from throughline.partners.models import Person
from throughline.plans.delivery import Delivery, Shown, shown_delivery
from throughline.plans.models import Action, ActionFinding, Extension, Milestone
from throughline.returns import asked, rules
from throughline.returns.models import AssuranceOutcome, MilestoneUpdate, Return, Update
from throughline.returns.states import ReturnState

_IN = (ReturnState.SUBMITTED, ReturnState.ACCEPTED)


@dataclass(frozen=True)
class Step:
    """A milestone on a return: what is said about it now, and whether something must be."""

    milestone: Milestone
    said: MilestoneUpdate | None
    is_owed: bool

    @property
    def is_answered(self) -> bool:
        """Whether it was said that it was reached, or when it will be."""
        return asked.milestone_answer(self.milestone, self.said).is_answered


@dataclass(frozen=True)
class Line:
    """One action on a return: what was found, what is owed, what was said last quarter and what is said now.

    part: what the body contributes, where another leads; empty where it leads. `gaps` are sentences.
    """

    act: Action
    shown: Shown
    update: Update | None
    last: Update | None
    answer: rules.Answer
    gaps: tuple[str, ...]
    steps: tuple[Step, ...]
    evidence: tuple[Any, ...]
    part: str
    is_slip_owed: bool
    is_slip_asked: bool
    waiting: Extension | None
    is_asked: bool

    @property
    def is_answered(self) -> bool:
        """Whether nothing more has to be said about it."""
        return not self.gaps

    @property
    def steps_owed(self) -> int:
        """How many milestones still want a word."""
        return sum(each.is_owed and not each.is_answered for each in self.steps)

    @property
    def said_steps(self) -> list[Step]:
        """The milestones about which something was said."""
        return [each for each in self.steps if each.is_answered]

    @property
    def change_label(self) -> str:
        """What stands over the form of what is answered already."""
        return f"Change what you say about {self.act.reference}"

    @property
    def last_summary(self) -> str:
        """What stands over the last accepted words."""
        return f"What was said for {self.last.return_record.period.label}" if self.last else ""

    @property
    def save_label(self) -> str:
        """The button that saves this action's answer."""
        return f"Save {self.act.reference}"

    @property
    def is_quick(self) -> bool:
        """Whether 'on track, nothing to add' would answer everything about it."""
        return not self.is_slip_owed and not any(each.is_owed for each in self.steps)

    @property
    def is_exception(self) -> bool:
        """Whether it stands before the others: overdue, slipped, at risk, or said to be at risk."""
        at_risk = Delivery.AT_RISK in (self.shown.state, self.update and self.update.self_rating)
        return self.shown.overdue or self.is_slip_owed or at_risk or bool(self.steps_owed)


@dataclass(frozen=True)
class Test:
    """An assurance activity of the body on its return."""

    __test__ = False  # the name is the field's

    activity: AssuranceActivity
    said: AssuranceOutcome | None
    is_owed: bool

    @property
    def is_answered(self) -> bool:
        """Whether it says what was found, or how it stands."""
        return asked.outcome_answer(self.activity, self.said).is_answered

    @property
    def gap(self) -> bool:
        """Whether something must still be said."""
        return self.is_owed and not self.is_answered

    @property
    def change_label(self) -> str:
        """What stands over the form where nothing need be said any more, or not yet."""
        if self.said is not None:
            return f"Change what you say about {self.activity.reference}"
        return f"{self.activity.reference} is not due yet. Report on it already"

    @property
    def save_label(self) -> str:
        """The button that saves it."""
        return f"Save {self.activity.reference}"


@dataclass(frozen=True)
class Content:
    """Everything that a return says, exceptions first."""

    lines: tuple[Line, ...]
    tests: tuple[Test, ...]
    general: Update | None
    evidence: tuple[Any, ...]
    gaps: tuple[str, ...]

    @property
    def answered(self) -> str:
        """How many actions, and how many activities that are due, need nothing more; empty where nothing is asked."""
        due = [each for each in self.tests if each.is_owed]
        found = []
        if self.lines:
            found.append(f"{sum(each.is_answered for each in self.lines)} of {count(len(self.lines), 'action')}")
        if due:
            found.append(f"{sum(not each.gap for each in due)} of {count(len(due), 'activity', 'activities')}")
        return f"{' and '.join(found)} answered" if found else ""

    @property
    def asked(self) -> int:
        """How many actions and activities stand on the page."""
        return len(self.lines) + len(self.tests)

    @property
    def owes_nothing(self) -> bool:
        """Whether the body may say that it has nothing to report."""
        return not self.lines and not any(each.is_owed for each in self.tests)


def content_of(return_: Return, *, for_person: Person, on: date) -> Content:
    """What a return says, for somebody who may read it, in a constant number of queries.

    Of its evidence only what the person may see: restricted evidence is not open to everybody who reads the return.
    """
    said = {
        each.action_id: each
        for each in Update.objects.filter(return_record=return_).select_related("action__area", "action__plan")
    }
    general = said.pop(None, None)
    closed = return_.state in _IN
    steps = _steps(return_, closed=closed)
    acts = _acts(return_, {pk for pk in said if pk} | set(steps))
    parts = dict(asked.parts_of(return_).values_list("action_id", "part"))
    last = asked.last_said(return_)
    evidence = _evidence(return_, for_person)
    waiting = _waiting(acts)
    lines = [
        _line(
            return_, act, said.get(act.pk), last.get(act.pk), steps.get(act.pk, []), evidence.get(act.pk, ()),
            part=parts.get(act.pk, ""), waiting=waiting.get(act.pk), on=on, closed=closed,
        )
        for act in acts
    ]  # fmt: skip
    lines.sort(key=lambda each: (not each.is_exception, not each.answer.leads, each.act.number))
    tests = _tests(return_, closed=closed)
    gaps = () if closed else tuple(asked.gaps_of(return_))
    return Content(tuple(lines), tests, general, evidence.get(None, ()), gaps)


def _acts(return_: Return, told: set[UUID]) -> list[Action]:
    """What is asked about, and what was said about anything that has been ended or handed on since."""
    findings = (
        ActionFinding.objects.filter(withdrawn_at__isnull=True, finding__withdrawn_at__isnull=True)
        .select_related("finding__inspection", "finding__letter")
        .order_by("finding__place")
    )
    return list(
        Action.objects.filter(plan_id=return_.period.plan_id)
        .filter(Q(pk__in=asked.asked_about(return_)) | Q(pk__in=told))
        .select_related("area", "plan", "lead_agency", "lead_group")
        .prefetch_related(Prefetch("finding_links", queryset=findings, to_attr="answers"))
    )


def _steps(return_: Return, *, closed: bool) -> dict[UUID, list[Step]]:
    """By action: the milestones that are waited for, and those about which something was said."""
    told = {each.milestone_id: each for each in MilestoneUpdate.objects.filter(return_record=return_)}
    rows = Milestone.objects.filter(
        Q(pk__in=told) | (Q(pk__in=[]) if closed else Q(pk__in=asked.milestones_of(return_).order_by().values("pk")))
    ).order_by("due", "number")
    found: dict[UUID, list[Step]] = {}
    for each in rows:
        said = told.get(each.pk)
        is_owed = not closed and rules.is_milestone_owed(asked.milestone_answer(each, said), return_.period.data_to)
        found.setdefault(each.action_id, []).append(Step(each, said, is_owed))
    return found


def _waiting(acts: Sequence[Action]) -> Mapping[UUID, Extension]:
    """By action: the extension that is asked for and waits."""
    rows = Extension.objects.filter(action__in=acts, state=Extension.ASKED, withdrawn_at__isnull=True)
    return {each.action_id: each for each in rows}


def _evidence(return_: Return, person: Person) -> dict[UUID | None, tuple[Any, ...]]:
    """By action: the evidence that the return brings for it; under None what it brings for itself. Three queries."""
    rows: Any = asked.evidence_of(return_)
    pieces: dict[UUID, Any] = {
        each.pk: each
        for each in rows.visible_to(person).select_related("agency", "group", "partnership").order_by("number")
    }
    for each in pieces.values():
        each.shown_revisions, each.shown_sightings = [], []
    revisions = EvidenceRevision.objects.filter(evidence__in=pieces, withdrawn_at__isnull=True).select_related("file")
    for revision in revisions.order_by("-number"):
        pieces[revision.evidence_id].shown_revisions.append(revision)
    found: dict[UUID | None, list[Any]] = {}
    placed = set()
    links = EvidenceLink.objects.filter(evidence__in=pieces, thing_kind="plans.action", withdrawn_at__isnull=True)
    for link in links.order_by("evidence__number"):
        found.setdefault(link.thing_id, []).append(pieces[link.evidence_id])
        placed.add(link.evidence_id)
    found[None] = [each for pk, each in pieces.items() if pk not in placed]
    return {key: tuple(some) for key, some in found.items()}


def _line(
    return_: Return, act: Action, update: Update | None, last: Update | None, steps: list[Step],
    evidence: tuple[Any, ...], *, part: str, waiting: Extension | None, on: date, closed: bool,
) -> Line:  # fmt: skip
    data_to = return_.period.data_to
    answer = asked.answer(
        return_, act, update, [asked.milestone_answer(each.milestone, each.said) for each in steps],
        is_asked=waiting is not None,
    )  # fmt: skip
    shown = shown_delivery(Delivery(act.delivery), act.due, act.original_due, on)
    is_asked = act.delivery in asked.REPORTED_ON and act.withdrawn_at is None and (answer.leads or bool(part))
    is_open = is_asked and not closed
    return Line(
        act, shown, update, last, answer,
        gaps=tuple(rules.gaps_of_action(answer, data_to)) if is_open else (),
        steps=tuple(steps), evidence=evidence, part="" if answer.leads else part or "Led by somebody else meanwhile",
        is_slip_owed=is_open and rules.is_slip_owed(answer, data_to),
        is_slip_asked=rules.is_slip_asked(answer, data_to), waiting=waiting, is_asked=is_asked,
    )  # fmt: skip


def _tests(return_: Return, *, closed: bool) -> tuple[Test, ...]:
    """The body's activities that are not done, and those about which something was said."""
    told = {each.activity_id: each for each in AssuranceOutcome.objects.filter(return_record=return_)}
    open_ones = Q(pk__in=[]) if closed else Q(pk__in=asked.activities_of(return_).order_by().values("pk"))
    rows = AssuranceActivity.objects.filter(Q(pk__in=told) | open_ones).order_by("due", "number")
    return tuple(
        Test(
            each, told.get(each.pk),
            not closed
            and rules.is_outcome_owed(asked.outcome_answer(each, told.get(each.pk)), return_.period.data_to),
        )
        for each in rows
    )  # fmt: skip
