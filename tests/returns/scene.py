"""A small plan over the cast: three findings, three actions led by police, hospitals and a group, one open quarter."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.cast import NOW, PASSWORD, SINCE, Cast
from throughline.access import Role
from throughline.inspections import actions as inspection_actions
from throughline.inspections.models import Finding, Inspection
from throughline.partners import actions as partner_actions
from throughline.partners.models import Person
from throughline.plans import actions as plan_actions
from throughline.plans.models import Action, DesiredImpact, ImprovementArea, Plan
from throughline.returns import actions
from throughline.returns.models import ReportingPeriod, Return, Update

SENTENCE = "The escalation route was agreed on 4 March and all 41 sergeants were briefed."
QUOTED = (
    "Strategy discussions do not routinely include all relevant agencies, so decisions rest on partial information."
)


@dataclass
class Scene:
    """Who, what, and the clock that moves on a minute with every step."""

    cast: Cast
    priya: Person  # the police's accountable executive
    inspection: Inspection
    plan: Plan
    area: ImprovementArea
    findings: list[Finding]
    impact: DesiredImpact
    police_action: Action
    hospital_action: Action
    group_action: Action
    clock: datetime

    def now(self) -> datetime:
        """The next minute."""
        self.clock += timedelta(minutes=1)
        return self.clock

    def open_period(self, number: int = 1, **changes: object) -> ReportingPeriod:
        """The n-th quarter of the scene."""
        opens = date(2026, 1, 5) + timedelta(days=91 * (number - 1))
        days = {"opens": opens, "data_to": opens + timedelta(days=80), "due": opens + timedelta(days=90), **changes}
        return actions.open_period(
            by=self.cast.bea, plan=self.plan, reference=f"quarter-{number}", label=f"Quarter {number}", now=self.now(),
            **days,
        )  # type: ignore[arg-type]  # fmt: skip

    def return_of(self, period: ReportingPeriod, slug: str) -> Return:
        """One body's return as it is now."""
        return Return.objects.get(period=period, slug=slug)

    def report(self, by: Person, return_: Return, act: Action | None, rating: str, words: str) -> Update:
        """Say something about an action, over whatever was said before."""
        before = Update.objects.filter(return_record=return_, action=act).first()
        return actions.report(
            by=by, return_=return_, act=act, self_rating=rating, progress=words, now=self.now(),
            expected_version=before.version if before else 0,
        )  # fmt: skip

    def sign(self, by: Person, return_: Return) -> Return:
        """Sign as it stands."""
        return actions.sign(by=by, return_=return_, expected_version=self._version(return_), now=self.now())

    def submit(self, by: Person, return_: Return) -> Return:
        """Submit as it stands."""
        return actions.submit(by=by, return_=return_, expected_version=self._version(return_), now=self.now())

    def accept(self, return_: Return) -> Return:
        """Bea accepts."""
        return actions.accept(
            by=self.cast.bea, return_=return_, expected_version=self._version(return_), now=self.now()
        )

    def send_back(self, return_: Return, reason: str = "Say who was briefed.") -> Return:
        """Bea sends back."""
        return actions.send_back(
            by=self.cast.bea, return_=return_, expected_version=self._version(return_), reason=reason, now=self.now()
        )

    def police_return_to(self, state: str, period: ReportingPeriod, words: str = SENTENCE) -> Return:
        """The police's return, brought to a state: draft, signed, submitted or accepted."""
        return_ = self.return_of(period, "police")
        self.report(self.cast.pauline, return_, self.police_action, "on_track", words)
        if state != "draft":
            self.sign(self.priya, return_)
        if state in {"submitted", "accepted"}:
            self.submit(self.cast.pauline, return_)
        if state == "accepted":
            self.accept(return_)
        return self.return_of(period, "police")

    @staticmethod
    def _version(return_: Return) -> int:
        return Return.objects.get(pk=return_.pk).version


def set_up(cast: Cast, start: datetime = NOW) -> Scene:
    """Make the scene through the same actions as everybody else."""
    system = partner_actions.system_person()
    clock = start.astimezone(UTC)
    priya = partner_actions.create_person(
        by=system, name="Priya Nair", email="priya@example.org", post_title="Assistant chief constable",
        password=PASSWORD, now=clock,
    )  # fmt: skip
    partner_actions.give_role(
        by=system, partnership=cast.ashvale, person=priya, role=Role.ACCOUNTABLE_EXECUTIVE, agency=cast.police,
        starts=SINCE, now=clock,
    )  # fmt: skip
    inspection = inspection_actions.create_inspection(
        by=cast.bea, partnership=cast.ashvale, reference="jtai-2025", title="Joint targeted area inspection",
        framework="jtai", theme="Domestic abuse", fieldwork_start=date(2025, 10, 6), fieldwork_end=date(2025, 10, 10),
        now=clock,
    )  # fmt: skip
    findings = [
        inspection_actions.mark_finding(
            by=cast.bea, inspection=inspection, letter=None, kind=kind, page=None, text=text, title=title, now=clock
        )
        for kind, text, title in (
            ("priority_action", QUOTED, "Agencies missing from strategy discussions"),
            ("improvement", "Health information reaches the front door late.", "Late health information"),
            ("improvement", "Children’s views are not always recorded.", "Children’s views"),
        )
    ]
    plan = plan_actions.create_plan(
        by=cast.bea, partnership=cast.ashvale, reference="improvement-plan", title="Improvement plan", now=clock
    )
    area = plan_actions.create_area(by=cast.bea, plan=plan, title="Strategy discussions", now=clock)
    impact = plan_actions.create_desired_impact(
        by=cast.bea, plan=plan, for_whom="Children at risk of significant harm",
        would_see="Every strategy discussion has the police, health and children’s social care in it.", now=clock,
    )  # fmt: skip

    def action(title: str, finding: Finding, **lead: object) -> Action:
        return plan_actions.create_action(
            by=cast.bea, plan=plan, area=area, title=title, due=date(2026, 6, 30), findings=[finding], now=clock, **lead
        )  # type: ignore[arg-type]

    return Scene(
        cast=cast, priya=priya, inspection=inspection, plan=plan, area=area, findings=findings, impact=impact,
        police_action=plan_actions.create_action(
            by=cast.bea, plan=plan, area=area, title="Put the escalation route into force", due=date(2026, 3, 31),
            findings=[findings[0]], impacts=[impact], lead_agency=cast.police, owner_post="Detective superintendent",
            now=clock,
        ),
        hospital_action=action("Give the front door a health desk", findings[1], lead_agency=cast.hospital),
        group_action=action("Agree one agenda for strategy meetings", findings[0], lead_group=cast.strategy_group),
        clock=clock,
    )  # fmt: skip
