"""What is done when a plan is brought in: all of its rows or none, and what its headings meant is remembered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from throughline.access import Scope, check, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.methods.plan_tables.fields import Field, alike
from throughline.partners.models import Agency, Group, Partnership, Person
from throughline.plans import actions, drafting, permissions, resources
from throughline.plans.actions import CannotDo
from throughline.plans.importing import parts
from throughline.plans.importing.changes import Change
from throughline.plans.importing.held import Body, held_in
from throughline.plans.importing.preview import Choice, Shown
from throughline.plans.importing.wanted import Wanted, WantedImpact
from throughline.plans.models import Action, DesiredImpact, ImprovementArea, Plan, RememberedHeading
from throughline.plans.sufficiency import Sufficiency


class PlanChanged(CannotDo):
    """Somebody changed the plan after the preview was drawn: it must be looked at again."""


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    added: tuple[Action, ...]
    updated: tuple[Action, ...]
    skipped: int


@dataclass
class _Work:
    """One import on its way: who, where, when, and the areas made so far."""

    by: Person
    plan: Plan
    now: datetime
    name: str
    areas: dict[str, ImprovementArea] = field(default_factory=dict)


@action("plan")
def bring_in(
    *, by: Person, plan: Plan, expected: str, rows: Sequence[tuple[Shown, Choice]], name: str, now: datetime
) -> Outcome:
    """Add and update what a file's rows ask for, each as it was decided; all of it or, when anything fails, nothing.

    expected: the digest of the plan that the preview was drawn beside; name: what the file is called.
    Raises AccessDenied, Conflict, PlanChanged, and CannotDo for a row that says stop or that a rule refuses.
    """
    check_new(by, "create", permissions.ACTION, Scope(frozenset({plan.partnership_id})), day_of(now))
    if held_in(plan, for_person=by, on=day_of(now)).digest != expected:
        raise PlanChanged("Somebody changed the plan while you looked at this. Nothing was brought in: look again.")
    if refusal := why_not(rows):
        raise CannotDo(refusal)
    work = _Work(by, plan, now, name)
    work.areas = {
        alike(each.title): each
        for each in ImprovementArea.objects.filter(plan=plan, withdrawn_at__isnull=True).order_by("-number")
    }
    added, updated = [], []
    for shown, choice in rows:
        try:
            if choice is Choice.ADD:
                added.append(_add(work, shown.wanted))
            elif choice is Choice.UPDATE:
                updated.append(_update(work, shown))
        except PlanChanged:
            raise
        except CannotDo as error:
            raise CannotDo(f"{shown.wanted.where}: {error}") from error
    return Outcome(tuple(added), tuple(updated), len(rows) - len(added) - len(updated))


def why_not(rows: Sequence[tuple[Shown, Choice]]) -> str:
    """The sentence for the first row that stops the import; empty when none does."""
    for shown, choice in rows:
        where = shown.wanted.where
        if choice not in shown.choices:
            return f"{where}: choose again what to do with {shown.wanted.shown}."
        if choice is Choice.STOP:
            return f"{where} says stop, so nothing is brought in. Choose what to do with {shown.wanted.shown}."
        if choice is not Choice.SKIP and shown.problems:
            return shown.wanted.told(shown.problems[0])
    return ""


def _add(work: _Work, wanted: Wanted) -> Action:
    assert wanted.lead is not None
    assert wanted.due is not None
    first = wanted.first_due or wanted.due
    made = actions.create_action(
        by=work.by, plan=work.plan, area=_area(work, wanted.area), title=wanted.title, due=first, detail=wanted.detail,
        owner_post=wanted.owner_post, own_number=wanted.own_number, findings=wanted.findings,
        impacts=[_impact(work, each) for each in wanted.impacts], now=work.now, **_lead(wanted.lead),
    )  # fmt: skip
    if first != wanted.due:
        made = _redate(work, made, wanted.due)
    columns = {key: value for key, value in wanted.columns.items() if getattr(made, key) != value}
    made = _set_columns(work, made, columns)
    parts.add_parts(work.by, made, [each for each in wanted.parts if each.body != wanted.lead], work.now)
    parts.add_steps(work.by, made, wanted.steps, _why(work), work.now)
    parts.add_notes(work.by, made, wanted.notes, work.now)
    return made


def _update(work: _Work, shown: Shown) -> Action:
    held, change = shown.wanted.held, shown.change
    assert held is not None
    act = held.act
    check(work.by, "change", act, day_of(work.now))
    if change.says_otherwise:
        act = _change_words(work, act, change)
    act = _set_columns(work, act, change.columns)
    if change.due is not None:
        act = _redate(work, act, change.due)
    for finding in change.findings:
        actions.answer_finding(by=work.by, act=act, finding=finding, now=work.now)
    for impact in change.impacts:
        actions.serve_impact(by=work.by, act=act, impact=_impact(work, impact), now=work.now)
    for impact in change.tests:
        _impact(work, impact)
    parts.add_parts(work.by, act, change.parts, work.now)
    parts.add_steps(work.by, act, change.steps, _why(work), work.now)
    parts.add_notes(work.by, act, change.notes, work.now)
    return act


def _change_words(work: _Work, act: Action, change: Change) -> Action:
    return actions.change_action(
        by=work.by, act=act, expected_version=act.version, title=change.title or act.title,
        area=_area(work, change.area) if change.area else act.area,
        detail=act.detail if change.detail is None else change.detail, owner_post=change.owner_post or act.owner_post,
        now=work.now, **_lead(change.lead or act.lead),
    )  # fmt: skip


def _redate(work: _Work, act: Action, due: date) -> Action:
    return actions.set_due(by=work.by, act=act, expected_version=act.version, due=due, reason=_why(work), now=work.now)


def _why(work: _Work) -> str:
    return f"So in {work.name}, from which it was brought in."[:500]


def _set_columns(work: _Work, act: Action, columns: Mapping[str, Any]) -> Action:
    """Set what stands beside an action's words, by the verb that each belongs to; the rest of each stays as it is."""

    def value(name: str) -> Any:
        return columns.get(name, getattr(act, name))

    if columns.keys() & {"resources", "resources_note", "funder", "funding_decided"}:
        act = resources.set_resources(
            by=work.by, act=act, expected_version=act.version, resources=value("resources"),
            note=value("resources_note"), funder=value("funder"), decided=value("funding_decided"), now=work.now,
        )  # fmt: skip
    if columns.keys() & {"equality", "equality_note", "equality_screened"}:
        act = resources.screen_action(
            by=work.by, act=act, expected_version=act.version, equality=value("equality"),
            note=value("equality_note"), screened=value("equality_screened"), now=work.now,
        )  # fmt: skip
    if "own_number" in columns:
        act = door.change(
            by=work.by, thing=act, expected_version=act.version, verb="changed", now=work.now,
            own_number=columns["own_number"],
        )  # fmt: skip
    return act


def _lead(body: Body) -> dict[str, Any]:
    return {
        "lead_agency": body if isinstance(body, Agency) else None,
        "lead_group": body if isinstance(body, Group) else None,
    }


def _area(work: _Work, title: str) -> ImprovementArea:
    """The area of this title, made once for all rows that name it."""
    key = alike(title)
    if key not in work.areas:
        work.areas[key] = actions.create_area(by=work.by, plan=work.plan, title=title, now=work.now)
    return work.areas[key]


def _impact(work: _Work, wanted: WantedImpact) -> DesiredImpact:
    """The desired impact, made once for all rows that name it, with what would show it."""
    impact = wanted.standing
    if impact is None:
        impact = drafting.impact_in_words(
            by=work.by, plan=work.plan, for_whom=wanted.for_whom, would_see=wanted.would_see, now=work.now
        )
        if wanted.sufficiency and wanted.sufficiency != impact.sufficiency:
            impact = actions.change_desired_impact(
                by=work.by, impact=impact, expected_version=impact.version, for_whom=impact.for_whom,
                would_see=impact.would_see, sufficiency=Sufficiency(wanted.sufficiency), now=work.now,
            )  # fmt: skip
    if wanted.tests:
        drafting.add_tests(by=work.by, impact=impact, tests=wanted.tests, now=work.now)
    return impact


@action("partnership")
def remember_headings(*, by: Person, partnership: Partnership, fields: Mapping[str, str], now: datetime) -> int:
    """Remember what headings mean in this partnership: folded heading -> field. Returns how many are new or changed.

    Raises AccessDenied, and ValueError for a field that there is not.
    """
    on = day_of(now)
    check_new(by, "create", permissions.HEADING, Scope(frozenset({partnership.pk})), on)
    wanted = {heading: Field(value).value for heading, value in fields.items() if heading}
    standing = {
        each.heading: each for each in RememberedHeading.objects.filter(partnership=partnership, heading__in=wanted)
    }
    new = [
        {"partnership": partnership, "heading": heading, "field": value}
        for heading, value in wanted.items()
        if heading not in standing
    ]
    made = door.bulk(RememberedHeading, by=by, verb="remembered", now=now, rows=new)
    changed = [each for each in standing.values() if each.field != wanted[each.heading]]
    for each in changed:
        check(by, "change", each, on)
    done = door.change_many(
        by=by, changes=[(each, each.version, {"field": wanted[each.heading]}) for each in changed], verb="changed",
        now=now,
    )  # fmt: skip
    return len(made) + len(done)
