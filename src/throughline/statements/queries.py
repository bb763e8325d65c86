"""Reads of written statements. Everything starts from what the person may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, Q
from django.db.models.fields.json import KT

from throughline.access import GuardedQuerySet
from throughline.inspections.clock import LetterClock, clock_of
from throughline.inspections.models import Finding, Letter
from throughline.inspections.queries import NEEDS_ACTION
from throughline.partners.models import Agency, Group, Membership, Participation, Partnership, Person
from throughline.plans.delivery import OPEN, Delivery
from throughline.plans.models import Action, ActionImpact
from throughline.plans.queries import standing_answers
from throughline.statements import rules, words
from throughline.statements.models import FindingResponse, FollowUp, SignOff, Statement, StatementFile
from throughline.statements.permissions import SIGNATORIES
from throughline.statements.states import FROZEN, OPEN_TO_MEMBERS

# What the partnership found itself is in the plan; a statement answers what the inspectors found.
ANSWERED_KINDS = tuple(each for each in NEEDS_ACTION if each != "partnership")


def statements_of(partnership: Partnership, *, for_person: Person) -> GuardedQuerySet:
    """The partnership's statements, newest letter first, with how many have signed of how many, in one query."""
    standing = Q(signs__withdrawn_at__isnull=True)
    return (
        Statement.objects.visible_to(for_person)
        .filter(partnership=partnership, withdrawn_at__isnull=True)
        .select_related("letter__inspection__partnership", "plan")
        .prefetch_related("letter__inspection__partnership__framework_terms")
        .defer("content")
        .annotate(
            asked=Count("signs", filter=standing & Q(signs__isnull=False), distinct=True),
            signed=Count("signs", filter=standing & Q(signs__signed_on__isnull=False), distinct=True),
            frozen_title=KT("content__document__title"),
        )
        .order_by("-letter__received")
    )


def statement_of(letter: Letter, *, for_person: Person) -> Statement:
    """A letter's statement with its content. Raises DoesNotExist, also when it is not for this person to see."""
    found: Statement = (
        Statement.objects.visible_to(for_person)
        .select_related("letter__inspection__partnership", "plan__partnership", "partnership", "receipt_file")
        .get(letter=letter, withdrawn_at__isnull=True)
    )
    return found


def letters_answered(letters: Iterable[UUID]) -> Mapping[UUID, date]:
    """By letter: the day on which its statement was submitted. For reminders and clocks, which know no person."""
    found = Statement.objects.filter(letter__in=list(letters), state__in=FROZEN, withdrawn_at__isnull=True)
    return {letter: on for letter, on in found.values_list("letter", "submitted_on") if on is not None}


@dataclass(frozen=True)
class Answered:
    """A finding that needs an answer, what is answered so far, and the plan's standing actions that answer it."""

    finding: Finding
    response: FindingResponse | None
    actions: Sequence[Action]

    @property
    def answer(self) -> str:
        """The response's word, empty while there is none."""
        return self.response.answer if self.response else ""

    @property
    def said(self) -> str:
        """The response's own words."""
        return self.response.text if self.response else ""


def findings_of(statement: Statement, *, for_person: Person) -> list[Answered]:
    """The findings of the statement's inspection that need an answer, in the letter's order. Five queries at most.

    A corrected letter does not take findings away from the first one: both are of one inspection.
    """
    served = (
        ActionImpact.objects.filter(withdrawn_at__isnull=True, desired_impact__withdrawn_at__isnull=True)
        .select_related("desired_impact")
        .order_by("desired_impact__number")
    )
    actions = (
        Action.objects.visible_to(for_person)
        .select_related("lead_agency", "lead_group", "plan__partnership")
        .prefetch_related(Prefetch("impact_links", queryset=served, to_attr="serves"))
    )
    links = (
        standing_answers()
        .filter(action__plan=statement.plan_id)
        .order_by("action__number")
        .prefetch_related(Prefetch("action", queryset=actions))
    )
    findings = (
        Finding.objects.visible_to(for_person)
        .filter(
            inspection=statement.letter.inspection_id, kind__in=ANSWERED_KINDS, withdrawn_at__isnull=True
        )
        .select_related("inspection__partnership", "letter")
        .prefetch_related(Prefetch("action_links", queryset=links, to_attr="in_plan"))
        .order_by("place")
    )  # fmt: skip
    responses = {
        each.finding_id: each for each in FindingResponse.objects.visible_to(for_person).filter(statement=statement)
    }
    return [
        Answered(each, responses.get(each.pk), [link.action for link in each.in_plan]) for each in findings
    ]  # fmt: skip


def signs_of(statement: Statement, *, for_person: Person) -> list[SignOff]:
    """Those who must sign, in the order in which they are printed."""
    found = SignOff.objects.visible_to(for_person).filter(statement=statement, withdrawn_at__isnull=True)
    return list(found.select_related("agency", "group", "statement__letter__inspection__partnership"))


def files_of(statement: Statement, *, for_person: Person) -> list[StatementFile]:
    """The submitted statement's files, Word first."""
    order = ["docx", "pdf", "html"]
    found = StatementFile.objects.visible_to(for_person).filter(statement=statement, withdrawn_at__isnull=True)
    return sorted(found.select_related("file"), key=lambda each: order.index(each.format))


def follow_ups_of(statement: Statement, *, for_person: Person) -> list[FollowUp]:
    """What followed, oldest first."""
    return list(FollowUp.objects.visible_to(for_person).filter(statement=statement, withdrawn_at__isnull=True))


@dataclass(frozen=True)
class Readiness:
    """How far a draft is: the numbers, every gap, and the letter's clock."""

    findings: int
    answered: int
    with_action: int
    gaps: Sequence[rules.Missing]
    clock: LetterClock

    @property
    def forbids(self) -> list[rules.Missing]:
        """What stands in the way."""
        return [each for each in self.gaps if each.forbids]

    @property
    def warns(self) -> list[rules.Missing]:
        """What a person should weigh."""
        return [each for each in self.gaps if not each.forbids]


def readiness_of(
    statement: Statement, findings: Sequence[Answered], signs: Sequence[SignOff], *, on: date
) -> Readiness:
    """What is still missing from a statement, from rows that were read for somebody who may see them. Two queries."""
    regime, letter = statement.regime, statement.letter
    clock = clock_of(letter)
    agencies = set(
        Participation.objects.filter(partnership_id=statement.partnership_id, withdrawn_at__isnull=True, starts__lte=on)
        .exclude(ends__lt=on)
        .values_list("agency_id", flat=True)
    )
    officers = set(
        Membership.objects.in_force(on)
        .filter(partnership_id=statement.partnership_id, role__in=SIGNATORIES, person__is_active=True)
        .values_list("agency_id", "group_id")
    )
    draft = rules.Draft(
        on=on,
        findings=[_finding_state(each, regime.answers, agencies) for each in findings],
        signs=[
            rules.SignState(each.body_name, each.post, (each.agency_id, each.group_id) in officers) for each in signs
        ],
        introduction=statement.introduction,
        oversight=statement.oversight,
        authority=letter.principal_authority,
        due=clock.deadline.day,
        due_is_printed=letter.statement_due is not None,
        response=regime.response,
    )
    return Readiness(
        findings=len(findings),
        answered=sum(bool(each.answer) for each in findings),
        with_action=sum(bool(each.actions) for each in findings),
        gaps=rules.missing(draft),
        clock=clock,
    )


def _finding_state(each: Answered, answers: tuple[str, ...], agencies: set[UUID]) -> rules.FindingState:
    return rules.FindingState(
        reference=each.finding.reference,
        answer=each.answer,
        text=each.said,
        is_accepted=words.is_accepted(answers, each.answer),
        is_refused=words.is_refused(answers, each.answer),
        actions=[
            rules.ActionState(
                act.reference, str(act.lead), act.owner_post, act.due, bool(act.serves),  # type: ignore[attr-defined]
                lead_takes_part=act.lead_agency_id is None or act.lead_agency_id in agencies,
                is_open=Delivery(act.delivery) in OPEN,
            )
            for act in each.actions
        ],
    )  # fmt: skip


def bodies_to_ask(letter: Letter, on: date) -> list[tuple[Agency | Group, str]]:
    """Who is asked to sign to begin with, each with the post of the officer who would: those of the letter's recipients
    that are agencies here, and every body that has a chief officer. For the action that begins a statement."""
    held = (
        Membership.objects.in_force(on)
        .filter(partnership_id=letter.partnership_id, role__in=SIGNATORIES)
        .select_related("person", "agency", "group")
        .order_by("role", "pk")
    )
    posts: dict[Agency | Group, str] = {}
    chiefs: dict[Agency | Group, None] = {}
    for each in held:
        body = each.agency or each.group
        if body is None:
            continue
        if each.role == SIGNATORIES[0]:
            chiefs[body] = None
            posts[body] = each.person.post_title or posts.get(body, "")
        posts.setdefault(body, each.person.post_title)
    recipients = letter.recipients.filter(agency__isnull=False, withdrawn_at__isnull=True).select_related("agency")
    bodies = dict.fromkeys([*(each.agency for each in recipients if each.agency), *sorted(chiefs, key=str)])
    return [(each, posts.get(each) or "Chief officer") for each in bodies]


def audience_of(statement: Statement) -> str:
    """Who may read a statement, as the end of a sentence."""
    if statement.state in OPEN_TO_MEMBERS:
        return f"all members of {statement.partnership.name}"
    return "those who keep the plan and the chief officers who are to sign, until all have signed"
