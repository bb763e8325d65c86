"""Builds the worked example from its story, through the same actions as everybody else, in its own past.

Only a partnership that is marked illustrative for ever may be given a past; this is the one place that supplies one.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from throughline.access import Role
from throughline.example import durham_findings, durham_statement
from throughline.example import durham_story as story
from throughline.files import store
from throughline.inspections.models import Finding
from throughline.partners import actions as partners
from throughline.partners.models import Agency, Partnership, Person
from throughline.partners.signin import PRACTICE_PASSWORD
from throughline.plans import actions as plans
from throughline.plans.models import Action, DesiredImpact, Plan
from throughline.reports import actions as reports
from throughline.reports import building
from throughline.reports.executive import EXECUTIVE_GROUP
from throughline.reports.models import ReportFile
from throughline.reports.permissions import EXECUTIVE_ONLY
from throughline.returns import actions as returns
from throughline.returns.models import ReportingPeriod, Return

SLUG = "county-durham"
TODAY = date(2019, 1, 30)
BEGAN = date(2018, 7, 1)
MANAGER = "Business manager (illustrative)"


@dataclass
class Durham:
    """What the example is made of, while it is being built."""

    partnership: Partnership
    manager: Person
    leads: dict[str, Person]
    executives: dict[str, Person]
    agencies: dict[str, Agency]


def at(day: date, hour: int = 10) -> datetime:
    """An instant of the story's past."""
    return datetime.combine(day, time(hour), tzinfo=UTC)


def build() -> Partnership | None:
    """Build the example once. Returns the partnership, or None when it is there already."""
    if Partnership.objects.filter(slug=SLUG).exists():
        return None
    durham = _people()
    letter, findings = durham_findings.build(durham.partnership, durham.agencies, by=durham.manager, at=at)
    plan, made = _plan(durham, findings)
    durham_statement.build(letter, plan, list(durham.agencies.values()), by=durham.manager, at=at)
    period = _quarter(durham, plan)
    _returns(durham, period, made)
    _report(durham, period)
    return durham.partnership


def _report(durham: Durham, period: ReportingPeriod) -> None:
    """The Executive Group's report as at the day of the example, frozen that evening."""
    evening = at(TODAY, 18)
    asked = reports.request_report(
        by=durham.manager, period=period, kind=EXECUTIVE_GROUP.name, audience=EXECUTIVE_ONLY, as_of=TODAY, now=evening
    )
    building.build(asked, by=durham.manager, now=evening)


def write_reports(folder: Path) -> list[Path]:
    """Write the example's frozen reports into a folder as files. Those that are there stay; returns the new ones."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    found = ReportFile.objects.filter(report__partnership__slug=SLUG, withdrawn_at__isnull=True)
    for each in found.select_related("report", "file"):
        path = folder / f"{SLUG} {each.report.reference} Executive Group report.{each.format}"
        if not path.exists():
            with store.open_blob(each.file.sha256) as content:
                path.write_bytes(content.read())
            written.append(path)
    return sorted(written)


def _people() -> Durham:
    system, now = partners.system_person(), at(BEGAN)
    partnership = partners.create_partnership(
        by=system, slug=SLUG, name="County Durham (worked example)", illustrative=True, practice=True,
        shown_today=TODAY, executive_name="LSCB Executive Group", now=now,
    )  # fmt: skip

    def person(name: str, post: str, role: Role, agency: Agency | None = None, email: str = "") -> Person:
        made = partners.create_person(
            by=system, name=name, post_title=post, email=email or None, password=PRACTICE_PASSWORD if email else None,
            now=now,
        )  # fmt: skip
        partners.give_role(
            by=system, partnership=partnership, person=made, role=role, agency=agency, starts=BEGAN, now=now
        )
        return made

    agencies, leads, executives = {}, {}, {}
    for key, (name, short) in story.AGENCIES.items():
        agencies[key] = partners.create_agency(by=system, name=name, short_name=short, now=now)
        partners.join(by=system, partnership=partnership, agency=agencies[key], starts=BEGAN, now=now)
        leads[key] = person(f"{short} lead (illustrative)", f"{short} lead", Role.AGENCY_LEAD, agencies[key])
        executives[key] = person(
            f"{short} executive (illustrative)", f"{short} executive", Role.ACCOUNTABLE_EXECUTIVE, agencies[key]
        )
    manager = person(MANAGER, "Business manager", Role.BUSINESS_MANAGER, email="durham@practice.example")
    person(
        "Executive Group chair (illustrative)", "Independent chair", Role.EXECUTIVE_CHAIR,
        email="durham-chair@practice.example",
    )  # fmt: skip
    return Durham(partnership, manager, leads, executives, agencies)


def _plan(durham: Durham, findings: dict[str, Finding]) -> tuple[Plan, dict[str, Action]]:
    by, now = durham.manager, at(date(2018, 11, 30))
    plan = plans.create_plan(
        by=by,
        partnership=durham.partnership,
        reference="improvement-plan",
        title="JTAI Improvement Action Plan",
        now=now,
    )
    areas = [plans.create_area(by=by, plan=plan, title=title, now=now) for title in story.AREAS]
    impacts: dict[str, DesiredImpact] = {
        key: plans.create_desired_impact(by=by, plan=plan, for_whom=whom, would_see=what, now=now)
        for key, (whom, what) in story.IMPACTS.items()
    }
    made = {
        each.key: plans.create_action(
            by=by, plan=plan, area=areas[each.area - 1], title=each.title, due=each.due, owner_post=each.post,
            lead_agency=durham.agencies[each.lead], findings=[findings[key] for key in each.findings],
            impacts=[impacts[each.impact]], now=now,
        )
        for each in story.ACTIONS
    }  # fmt: skip
    return plan, made


def _quarter(durham: Durham, plan: Plan) -> ReportingPeriod:
    return returns.open_period(
        by=durham.manager, plan=plan, reference="q3-2018-19", label="Q3 2018/19", opens=date(2018, 12, 3),
        data_to=date(2018, 12, 31), due=date(2019, 1, 16), papers_cleared=date(2019, 1, 18),
        papers_out=date(2019, 1, 21), meeting=date(2019, 1, 29), now=at(date(2018, 12, 3)),
    )  # fmt: skip


def _returns(durham: Durham, period: ReportingPeriod, made: dict[str, Action]) -> None:
    """Everybody returns in time but Example agency A."""
    for key, agency in durham.agencies.items():
        if key == story.NOT_RETURNED:
            continue
        return_ = Return.objects.get(period=period, agency=agency)
        told = at(date(2019, 1, 15))
        for each in story.ACTIONS:
            if each.lead == key:
                returns.report(
                    by=durham.leads[key], return_=return_, act=made[each.key], self_rating=each.rating,
                    progress=each.update, now=told,
                )  # fmt: skip
        if not any(each.lead == key for each in story.ACTIONS):
            returns.say_nil(by=durham.leads[key], return_=return_, nil=True, now=told)
        for verb, by, when in (
            (returns.sign, durham.executives[key], at(date(2019, 1, 16), 9)),
            (returns.submit, durham.leads[key], at(date(2019, 1, 16), 11)),
            (returns.accept, durham.manager, at(date(2019, 1, 18))),
        ):
            current = Return.objects.get(pk=return_.pk)
            verb(by=by, return_=current, expected_version=current.version, now=when)
