"""A line of the reference case's size: 43 findings, 100 actions, 12 agencies, all states of both scales. Pure."""

from datetime import date, timedelta

from throughline.impact.scale import Impact
from throughline.line.tree import (
    ActionLine,
    ActivityLine,
    AreaLine,
    Body,
    ContributorLine,
    DecisionLine,
    FindingLine,
    ImpactLine,
    JudgementLine,
    MilestoneLine,
    PeriodLine,
    PlanLine,
    ReturnLine,
    UpdateLine,
    VerificationLine,
)
from throughline.plans.delivery import Delivery
from throughline.reports.kinds import Facts

ON = date(2019, 7, 30)
BODIES = tuple(Body(f"b{n}", f"Agency number {n} of the county", f"A{n}") for n in range(1, 13))
_STATES = (
    Delivery.NOT_STARTED, Delivery.ON_TRACK, Delivery.AT_RISK, Delivery.DELIVERED_CLAIMED, Delivery.DELIVERED_VERIFIED,
)  # fmt: skip
WORDS = (
    "The standard was agreed by all partners in the second week of the month. Meetings by telephone began in the same "
    "week, and whether it is kept is tested by the audit of the next quarter."
)
FINDING = (
    "The front door does not consistently receive information about children in time for the first discussion, "
    "and some children wait longer than they should for a decision, so that they are not safeguarded in time."
)


def period(number: int) -> PeriodLine:
    """The n-th quarter with a return of each body, one of them late and one missing."""
    opens = date(2018, 12, 3) + timedelta(days=91 * (number - 1))
    due = opens + timedelta(days=44)

    def owed(at: int, body: Body) -> ReturnLine:
        came = due + timedelta(days=5 if at == 3 else -1)
        missing = at == 5
        return ReturnLine(
            f"r{number}-{at}", body.short_name, body, "draft" if missing else "accepted", False,
            None if missing else came, None if missing else came + timedelta(days=2), None,
        )  # fmt: skip

    return PeriodLine(
        f"p{number}", f"q{number}", f"Q{number}", opens, opens + timedelta(days=28), due, None,
        due + timedelta(days=14), tuple(owed(at, body) for at, body in enumerate(BODIES)),
    )  # fmt: skip


def action(number: int) -> ActionLine:
    """One action with a contributor, two milestones and an update for each of three quarters."""
    lead, due = BODIES[number % 12], date(2019, 3, 1) + timedelta(days=3 * number)
    updates = tuple(
        UpdateLine(f"u{number}-{q}", f"q{q}", f"Q{q}", lead, "accepted", "on_track", WORDS, False, None)
        for q in (3, 2, 1)
    )
    return ActionLine(
        id=f"a{number}", reference=f"ACT-{number:03d}", area=f"area{number % 5}",
        title=f"Put measure {number} into force with every agency at the front door and report on it each month",
        detail="", lead=lead, owner_post="Head of service, safeguarding", original_due=due - timedelta(days=number % 3),
        due=due, delivery=_STATES[number % 5], findings=(f"f{number % 43}", f"f{(number * 7) % 43}"),
        impacts=(f"i{number % 8}",), updates=updates, resources="within_existing",
        contributors=(ContributorLine(f"c{number}", BODIES[(number + 1) % 12], "Name who attends, day and night"),),
        milestones=(
            MilestoneLine(f"m{number}-1", 1, "First half in place", due, due - timedelta(days=60), due),
            MilestoneLine(f"m{number}-2", 2, "Second half in place", due, due - timedelta(days=20), None),
        ),
        verifications=(
            (VerificationLine(f"v{number}", "checked", number % 10 != 3, "Saw ten records.", ON, "Business manager"),)
            if number % 5 in (3, 4) else ()
        ),
    )  # fmt: skip


def line(actions: int = 100, findings: int = 43) -> PlanLine:
    """The whole line."""
    return PlanLine(
        id="p", reference="improvement-plan", title="Improvement plan", as_of=ON, sequence=1234, head_hash="ab" * 32,
        findings=tuple(
            FindingLine(
                f"f{n}", f"AFI-{n}", "jtai", "Joint targeted area inspection", "improvement", "Area for improvement",
                True, f"Agencies are late in matter {n}", FINDING, 3, 1, areas=(f"area{n % 5}",),
            )
            for n in range(findings)
        ),
        areas=tuple(AreaLine(f"area{n}", n + 1, f"Improvement area number {n + 1}") for n in range(5)),
        actions=tuple(action(n) for n in range(actions)),
        impacts=tuple(
            ImpactLine(
                f"i{n}", f"IMP-{n:02d}", "Children at risk", "Every meeting is held in time by all who know the child",
                judgements=(JudgementLine(f"j{n}", "executive", list(Impact)[n], "The audit says so.", ON, "Chair"),),
            )
            for n in range(8)
        ),
        periods=tuple(period(n) for n in (1, 2, 3)),
        activities=tuple(
            ActivityLine(
                f"t{n}", f"ASR-{n:02d}", f"Audit number {n}", "audit", "Whether it is so.", BODIES[n % 12],
                ON - timedelta(days=10 * n), ON - timedelta(days=10 * n) if n % 2 else None,
                "supports" if n % 2 else "", "Eighteen of twenty." if n % 2 else "", (f"a{n}",), (f"i{n % 8}",),
            )
            for n in range(1, 11)
        ),
        decisions=(
            DecisionLine("d1", "DEC-01", "Agree a new date.", "The system is late.", BODIES[0], ON, "q3", "ACT-003",
                         "sought", "", None),
            DecisionLine("d2", "DEC-02", "Agree two posts.", "Contacts wait.", None, ON, "q3", "", "agreed", "Agreed.",
                         ON),
        ),
    )  # fmt: skip


def facts(**changes: object) -> Facts:
    """What a report of this line prints beside it."""
    given = {
        "organisation": "A partnership", "group": "Executive Group", "marking": "OFFICIAL-SENSITIVE",
        "audience": "Members", "reference": "REP-001", "prepared_on": ON, "prepared_by": "the business unit", "on": ON,
        **changes,
    }  # fmt: skip
    return Facts(**given)  # type: ignore[arg-type]
