"""Made plans as values: any number of findings and actions, every state, and some of everything that can be broken."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from throughline.impact.scale import Impact
from throughline.line.tree import (
    ActionLine,
    ActivityLine,
    AreaLine,
    Body,
    ExtensionLine,
    FindingLine,
    ImpactLine,
    ImpactTestLine,
    JudgementLine,
    LaterTestLine,
    MilestoneLine,
    PlanLine,
    UpdateLine,
    VerificationLine,
)
from throughline.plans.delivery import Delivery

ON = date(2019, 6, 30)
AREAS = (
    "Strategic governance and scrutiny", "Front door and decision making", "Children who live with neglect",
    "Quality of plans and management oversight", "Workforce, training and supervision",
)  # fmt: skip
BODIES = tuple(
    Body(f"body-{n}", name, short)
    for n, (name, short) in enumerate(
        (
            ("Made County Council, children’s services", "Children’s services"), ("Made Constabulary", "Police"),
            ("Made Hospitals NHS Foundation Trust", "Hospitals"),
            ("Made Community Health NHS Trust", "Community health"),
            ("Made Clinical Commissioning Group", "CCG"), ("Made Probation", "Probation"),
            ("Made Rehabilitation Company", "CRC"), ("Made Schools Forum", "Schools"), ("Made Housing", "Housing"),
            ("Made Public Health", "Public health"), ("Made Youth Offending Service", "YOS"),
            ("Training group", "Training group"),
        )
    )
)  # fmt: skip
_DOES = (
    "Publish one threshold document and brief every team that refers children on it",
    "Audit forty strategy discussions each quarter and report what they show",
    "Give the front door a health desk on every working day",
    "Write a chronology for each child with a second referral within a year",
    "Have every plan for a child say what should change, by when and who sees to it",
    "Record supervision on the child’s file within five working days",
    "Train duty officers in the signs of neglect, and watch them use it",
    "Bring the police’s and the council’s lists of children together each week",
)
_SAYS = (
    "Health information reaches strategy discussions too late to shape the decision",
    "Plans do not say what needs to change for the child",
    "Managers’ oversight is recorded and does not lead to anything",
    "Thresholds are understood differently by different agencies",
    "Children’s views are not always sought before decisions are made about them",
    "The board does not know whether its training changes practice",
)
_SEES = (
    "Every strategy discussion has the police, health and children’s social care in it",
    "Children say that they know what their plan is for",
    "Fewer children come back within a year of their case being closed",
    "Neglect is named early, and help begins within a fortnight",
)


def plan(findings: int = 43, actions: int = 100, impacts: int = 30, *, seed: int = 2018, areas: int = 5) -> PlanLine:
    """A made plan. The same numbers give the same plan."""
    dice = Random(seed)
    some_areas = tuple(
        AreaLine(f"area-{n}", n, AREAS[(n - 1) % len(AREAS)], None, "" if n == 3 else "Director of children’s services")
        for n in range(1, areas + 1)
    )
    made_impacts = tuple(_impact(dice, n) for n in range(1, impacts + 1))
    made_findings = tuple(_finding(dice, n, some_areas) for n in range(1, findings + 1))
    made_actions = tuple(
        _action(dice, n, actions, some_areas, made_findings, made_impacts) for n in range(1, actions + 1)
    )
    return PlanLine(
        id="plan", reference="improvement-plan", title="Made improvement plan", as_of=None, sequence=1, head_hash="0",
        findings=made_findings, areas=some_areas, actions=made_actions, impacts=made_impacts, periods=(),
        activities=tuple(_activity(dice, n, made_actions, made_impacts) for n in range(1, impacts // 2 + 1)),
    )  # fmt: skip


def _finding(dice: Random, n: int, areas: tuple[AreaLine, ...]) -> FindingLine:
    priority = n == 1
    says = _SAYS[n % len(_SAYS)]
    return FindingLine(
        id=f"finding-{n}", reference="APA-1" if priority else f"AFI-{n - 1:02d}", inspection="jtai-2018",
        inspection_title="Joint targeted area inspection", kind="priority_action" if priority else "improvement",
        kind_printed="Area for priority action" if priority else "Area for improvement", needs_action=True,
        title=says, text=f"{says}. This means that children wait.", page=4, letter=1,
        areas=(areas[n * len(areas) // 44].id,) if areas else (),
        later=tuple(
            LaterTestLine(
                f"later-{n}-{year}", f"ilacs-{year}", f"ILACS, September {year}", date(year, 9, 9),
                dice.choice(("better", "partly", "came_back")), "What was seen then.", 3,
            )
            for year in (2019, 2022)
            if dice.random() < 0.2
        ),
    )  # fmt: skip


def _impact(dice: Random, n: int) -> ImpactLine:
    kinds = dice.sample(("measure", "audit", "voice"), dice.randint(0, 3))
    judged = dice.random() < 0.6
    return ImpactLine(
        id=f"impact-{n:03d}", reference=f"IMP-{n:02d}", for_whom="Children who need help",
        would_see=_SEES[n % len(_SEES)],
        tests=tuple(
            ImpactTestLine(f"test-{n}-{kind}", kind, "Of forty files, how many say what should change")
            for kind in kinds
        ),
        judgements=(
            JudgementLine(
                f"judgement-{n}", "executive", dice.choice(list(Impact)), "Two kinds of evidence agree.", ON, "Chair"
            ),
        )
        if judged
        else (),
    )  # fmt: skip


def _action(
    dice: Random, n: int, of: int, areas: tuple[AreaLine, ...], findings: tuple[FindingLine, ...],
    impacts: tuple[ImpactLine, ...],
) -> ActionLine:  # fmt: skip
    """Actions lie near the findings and impacts of their place in the plan, as they do in plans that people write."""
    near = n * len(findings) // of
    answered = sorted({max(0, min(len(findings) - 1, near + dice.choice((0, 0, 0, 1, -1, 5)))) for _ in range(2)})
    served = n * len(impacts) // of
    due = ON + timedelta(days=dice.randint(-120, 400))
    lead = BODIES[dice.randrange(len(BODIES))]
    delivery = dice.choice([*list(Delivery)[:5], Delivery.ON_TRACK, Delivery.ON_TRACK, Delivery.WITHDRAWN])
    return ActionLine(
        id=f"action-{n}", reference=f"ACT-{n:03d}", area=areas[min(len(areas) - 1, n * len(areas) // (of + 1))].id,
        title=_DOES[n % len(_DOES)], detail="", lead=lead, owner_post="" if dice.random() < 0.05 else "Head of service",
        original_due=due - timedelta(days=90 if dice.random() < 0.15 else 0), due=due, delivery=delivery,
        findings=() if dice.random() < 0.04 or not findings else tuple(findings[each].id for each in answered),
        impacts=() if dice.random() < 0.08 or not impacts else (impacts[min(len(impacts) - 1, served)].id,),
        updates=(explanation(lead, due),) if dice.random() < 0.4 else (),
    )  # fmt: skip


def explanation(body: Body, due: date, **changes: object) -> UpdateLine:
    """An accepted update that was accepted after a due date and says how far things are."""
    said = UpdateLine(
        id=f"update-{body.id}-{due}", period="q1", period_label="January to March 2019", body=body, stage="accepted",
        self_rating="at_risk", progress="Two of three teams were briefed.", brought_forward=False,
        accepted_at=f"{due + timedelta(days=10)}T10:00:00+00:00",
    )  # fmt: skip
    return replace(said, **changes)


def _activity(dice: Random, n: int, actions: tuple[ActionLine, ...], impacts: tuple[ImpactLine, ...]) -> ActivityLine:
    result = dice.choice(("", "supports", "partly", "does_not_support"))
    tested = dice.random() < 0.7
    return ActivityLine(
        id=f"activity-{n}", reference=f"ASR-{n:02d}", title="Audit of twenty files at the front door", kind="audit",
        tests="Whether the threshold is applied", body=dice.choice(BODIES),
        due=ON + timedelta(days=dice.randint(-60, 90)),
        done_on=ON if result else None, result=result, found="Fourteen of twenty say it." if result else "",
        actions=() if tested or not actions else (dice.choice(actions).id,),
        impacts=(dice.choice(impacts).id,) if tested and impacts else (),
    )  # fmt: skip


def extension(**changes: object) -> ExtensionLine:
    """An extension that was asked for."""
    asked = ExtensionLine(
        id="extension", was_due=date(2019, 3, 31), proposed=date(2019, 9, 30), reason="The supplier is late.",
        asked_on=date(2019, 4, 2), state="asked", due_given=None, decided_on=None, decision_note="",
    )  # fmt: skip
    return replace(asked, **changes)


def milestone(**changes: object) -> MilestoneLine:
    """A milestone that was not reached."""
    return replace(
        MilestoneLine("milestone", 1, "The desk is open.", date(2019, 5, 1), date(2019, 5, 1), None), **changes
    )


def verification(**changes: object) -> VerificationLine:
    """The business unit's check."""
    return replace(
        VerificationLine("verification", "checked", True, "Twenty files.", date(2019, 5, 1), "Business manager"),
        **changes,
    )
