"""A letter of Ashvale's with three findings, a plan that answers two of them, and two bodies that must sign.

Chandra is the police's chief constable, Nils the council's director. The hospital has only its accountable executive,
Hugo. The letter is written here, by nobody who inspects.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.cast import NOW, PASSWORD, SINCE, Cast
from tests.inspections.conftest import stored_letter
from throughline.access import Role
from throughline.inspections import actions as inspection_actions
from throughline.inspections.models import Finding, Letter
from throughline.partners import actions as partner_actions
from throughline.partners.models import Person
from throughline.plans import actions as plan_actions
from throughline.plans.models import Action, DesiredImpact, Plan
from throughline.statements import actions, signing, submitting
from throughline.statements.actions import Said
from throughline.statements.models import SignOff, Statement

VERBATIM = "Strategy meetings are held late and without the police, so children wait for protection."
HOSTILE = '<script>alert("1")</script> #strong[*bold*] {{ 7*7 }} \\textbf{x} & “quotes”'


@dataclass
class Scene:
    """Who, what, and the clock that moves on a minute with every step."""

    cast: Cast
    chandra: Person
    nils: Person
    letter: Letter
    findings: list[Finding]
    plan: Plan
    impact: DesiredImpact
    acts: list[Action]
    clock: datetime

    def now(self) -> datetime:
        """The next minute."""
        self.clock += timedelta(minutes=1)
        return self.clock

    def begin(self) -> Statement:
        """Bea begins the statement: police and council are asked to sign."""
        return actions.begin(by=self.cast.bea, letter=self.letter, plan=self.plan, now=self.now())

    @property
    def statement(self) -> Statement:
        """The statement as it is now."""
        return Statement.objects.get(letter=self.letter)

    def sign_off(self, body: Any) -> SignOff:
        """The sign-off of a body as it is now."""
        return SignOff.objects.get(statement=self.statement, agency=body, withdrawn_at__isnull=True)

    def respond(self, **answers: str) -> int:
        """Answer findings by reference: AFI_1='Accepted in part: because'."""
        said = []
        for name, words in answers.items():
            answer, _, text = words.partition(": ")
            finding = next(each for each in self.findings if each.reference == name.replace("_", "-"))
            before = self.statement.responses.filter(finding=finding).first()
            said.append(Said(finding, answer, text, before.version if before else 0))
        return actions.respond(by=self.cast.bea, statement=self.statement, answers=said, now=self.now())

    def complete(self) -> Statement:
        """Everything that the signatures need."""
        self.respond(APA_1="Accepted: We will meet within a day.", AFI_1="Accepted in part: Only one ward is affected.",
                     AFI_2="Not accepted: The inspectors saw an older form.")  # fmt: skip
        return actions.change_words(
            by=self.cast.bea, statement=self.statement, expected_version=self.statement.version,
            introduction="We thank the inspectors.\n\nThis is our answer.", oversight="The Executive Group, quarterly.",
            prints_names=False, now=self.now(),
        )  # fmt: skip

    def open(self) -> Statement:
        """Bea opens it for signature."""
        return signing.open_for_signature(
            by=self.cast.bea, statement=self.statement, expected_version=self.statement.version, now=self.now()
        )

    def sign(self, person: Person, body: Any) -> SignOff:
        """Sign for a body as it stands."""
        asked = self.sign_off(body)
        return signing.sign(
            by=person, sign=asked, expected_version=asked.version, seen=self.statement.version, now=self.now()
        )

    def reopen(self, reason: str = "A word was wrong.") -> Statement:
        """Bea takes it back."""
        return signing.reopen(
            by=self.cast.bea, statement=self.statement, expected_version=self.statement.version, reason=reason,
            now=self.now(),
        )  # fmt: skip

    def submit(self, on: date | None = None) -> Statement:
        """Bea submits."""
        return submitting.submit(
            by=self.cast.bea, statement=self.statement, expected_version=self.statement.version,
            on=on or self.clock.date(), to="statements@inspectors.example", now=self.now(),
        )  # fmt: skip

    def bring_to(self, state: str) -> Statement:
        """The statement, brought to a state on the way."""
        self.begin()
        if state == "drafting":
            return self.statement
        self.complete()
        self.open()
        if state != "signing":
            self.sign(self.chandra, self.cast.police)
            self.sign(self.nils, self.cast.council)
        if state in {"submitted", "receipt_filed"}:
            self.submit()
        if state == "receipt_filed":
            self.file_receipt()
        return self.statement

    def file_receipt(self) -> Statement:
        """Bea files the receipt."""
        import io

        from throughline.files.store import put
        from throughline.files.verdict import Kind, Verdict

        upload = submitting.Upload(put(io.BytesIO(b"Received with thanks.")), Verdict(Kind.TEXT), "receipt.txt")
        return submitting.file_receipt(
            by=self.cast.bea, statement=self.statement, expected_version=self.statement.version, upload=upload,
            on=self.clock.date(), reference="REC-7", note="", now=self.now(),
        )  # fmt: skip


def chief(cast: Cast, name: str, post: str, body: Any, at: datetime, role: Role = Role.CHIEF_OFFICER) -> Person:
    """A chief officer of a body in Ashvale."""
    system = partner_actions.system_person()
    person = partner_actions.create_person(
        by=system, name=name, email=f"{name.split()[0].lower()}@example.org", post_title=post, password=PASSWORD, now=at
    )
    partner_actions.give_role(
        by=system, partnership=cast.ashvale, person=person, role=role, agency=body, starts=SINCE, now=at
    )
    return person


def set_up(cast: Cast, start: datetime = NOW) -> Scene:
    """Make the scene through the same actions as everybody else."""
    clock = start.astimezone(UTC)
    chandra = chief(cast, "Chandra Iyer", "Chief constable", cast.police, clock)
    nils = chief(cast, "Nils Bergqvist", "Director of children’s services", cast.council, clock)
    letter = stored_letter(cast.bea, cast.ashvale)
    letter = inspection_actions.change_dates(
        by=cast.bea, letter=letter, expected_version=letter.version, now=clock,
        dates=inspection_actions.LetterDates(date(2026, 1, 5), date(2026, 1, 8), date(2026, 4, 16)),
    )  # fmt: skip
    findings = [
        inspection_actions.mark_finding(
            by=cast.bea,
            inspection=letter.inspection,
            letter=letter,
            page=2,
            kind=kind,
            text=text,
            title=title,
            now=clock,
        )
        for kind, text, title in (
            ("priority_action", VERBATIM, "Late strategy meetings"),
            ("improvement", "Health information reaches the front door late.", "Late health information"),
            ("improvement", "Children’s views are not always recorded.", "Children’s views"),
            ("strength", "Leaders know their services well.", "Leadership"),
        )
    ]
    plan = plan_actions.create_plan(
        by=cast.bea, partnership=cast.ashvale, reference="plan", title="Our plan", now=clock
    )
    area = plan_actions.create_area(by=cast.bea, plan=plan, title="Strategy meetings", now=clock)
    impact = plan_actions.create_desired_impact(
        by=cast.bea, plan=plan, for_whom="Children at risk", would_see="Every meeting is held within a day.", now=clock
    )

    def action(title: str, finding: Finding, **more: Any) -> Action:
        return plan_actions.create_action(
            by=cast.bea, plan=plan, area=area, title=title, due=date(2026, 6, 30), findings=[finding], now=clock, **more
        )

    acts = [
        action("Hold strategy meetings within a day", findings[0], lead_agency=cast.police, impacts=[impact],
               owner_post="Detective superintendent", detail="From the first of March."),
        action("Share one agenda", findings[0], lead_group=cast.strategy_group),
        action("Give the front door a health desk", findings[1], lead_agency=cast.hospital),
    ]  # fmt: skip
    return Scene(cast, chandra, nils, letter, findings, plan, impact, acts, clock)
