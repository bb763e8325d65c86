"""Canaries: one unmistakable word in every row that a person may or may not see, in two partnerships.

`sing` makes the rows; `heard` finds every canary in a response, whatever its format; `may_hear` asks the access engine.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.db import models
from django.http.response import HttpResponseBase

from tests.cast import NOW, Cast
from throughline.access import decide, scope_of
from throughline.assurance import actions as assurance
from throughline.evidence import actions as evidence
from throughline.evidence import sighting
from throughline.evidence.models import Evidence
from throughline.impact import judgements, later_tests
from throughline.inspections import actions as inspections
from throughline.inspections.models import Finding
from throughline.partners.models import Partnership, Person
from throughline.plans import actions as plans
from throughline.plans import conflicts, contributors, extensions, milestones, notes, verifications
from throughline.plans.delivery import Delivery
from throughline.plans.models import DesiredImpact
from throughline.plans.verifying import Level
from throughline.reports import actions as reports
from throughline.reports import board
from throughline.returns import actions as returns
from throughline.returns.models import ReportingPeriod, Return, ReturnComment, Update
from throughline.scrutiny import decisions

_WORD = re.compile(r"canary[0-9]{4}bird")


@dataclass
class Aviary:
    """Every canary with the row that it sings in."""

    rows: dict[str, models.Model] = field(default_factory=dict)
    clock: datetime = NOW

    def word(self) -> str:
        """A canary that nobody has heard yet."""
        return f"canary{len(self.rows) + self._given():04d}bird"

    def _given(self) -> int:
        self._count = getattr(self, "_count", 0) + 1
        return self._count

    def keep(self, word: str, row: models.Model) -> models.Model:
        """Remember where a canary sings."""
        self.rows[word] = row
        return row

    def now(self) -> datetime:
        """The next second."""
        self.clock += timedelta(seconds=1)
        return self.clock


def sing(cast: Cast) -> Aviary:
    """A line in each partnership, and returns in every state in Ashvale, each row with its own canary."""
    aviary = Aviary()
    ashvale = _line(aviary, cast, cast.ashvale, cast.bea, (cast.police, cast.hospital, cast.council))
    _line(aviary, cast, cast.brackley, cast.otto, (cast.police, cast.brackley_council))
    first, second = (_period(cast, ashvale, number, aviary) for number in (1, 2))
    _report(aviary, first, "police", cast.pauline)  # stays a draft: heard by the police alone
    _report(aviary, first, "hospitals", cast.hana)
    _step(aviary, first, "hospitals", returns.sign, cast.hugo)
    _step(aviary, first, "hospitals", returns.submit, cast.hana)  # submitted: the first readers hear it too
    _report(aviary, second, "hospitals", cast.hana)
    _step(aviary, second, "hospitals", returns.sign, cast.hugo)
    _step(aviary, second, "hospitals", returns.submit, cast.hana)
    _step(aviary, second, "hospitals", returns.accept, cast.bea)  # accepted: all members hear it
    _send_back(aviary, second, cast)
    _draft(aviary, second, cast)
    _bring(aviary, first, second, cast)
    _programme(aviary, ashvale, cast)
    return aviary


def _line(aviary: Aviary, cast: Cast, partnership: Partnership, by: Person, leads: tuple) -> plans.Plan:
    now = aviary.now()
    words = [aviary.word() for _ in range(5)]
    inspection = inspections.create_inspection(
        by=by,
        partnership=partnership,
        reference="jtai",
        title=f"Inspection {words[0]}",
        framework="jtai",
        fieldwork_start=date(2025, 10, 6),
        now=now,
    )
    finding = inspections.mark_finding(
        by=by,
        inspection=inspection,
        kind="priority_action",
        text=f"Words {words[1]}",
        title=f"Title {words[1]}",
        now=now,
    )
    plan = plans.create_plan(
        by=by, partnership=partnership, reference="improvement-plan", title=f"Plan {words[2]}", now=now
    )
    area = plans.create_area(by=by, plan=plan, title=f"Area {words[3]}", now=now)
    impact = plans.create_desired_impact(by=by, plan=plan, for_whom="Children", would_see=f"See {words[4]}", now=now)
    for word, row in zip(words, (inspection, finding, plan, area, impact), strict=True):
        aviary.keep(word, row)
    acts = []
    for lead in leads:
        word = aviary.word()
        made = plans.create_action(
            by=by, plan=plan, area=area, title=f"Action {word}", due=date(2026, 3, 31), lead_agency=lead,
            findings=[finding], impacts=[impact], now=aviary.now(),
        )  # fmt: skip
        acts.append(aviary.keep(word, made))
    _steps(aviary, by, acts[0], acts[-1], leads[-1])
    _decided(aviary, by, plan, impact, finding)
    return plan


def _decided(aviary: Aviary, by: Person, plan: plans.Plan, impact: DesiredImpact, finding: Finding) -> None:
    """What was judged, what a later inspection said, and what is sought."""
    words = [aviary.word() for _ in range(3)]
    later = inspections.create_inspection(
        by=by, partnership=plan.partnership, reference="later", title="A later inspection", framework="ilacs",
        fieldwork_start=date(2026, 1, 8), now=aviary.now(),
    )  # fmt: skip
    rows = (
        judgements.judge(
            by=by, impact=impact, whose="executive", state="too_early", reason=f"Because {words[0]}",
            on=aviary.clock.date(), now=aviary.now(),
        ),
        later_tests.record(
            by=by, finding=finding, inspection=later, said="partly", says=f"Said {words[1]}", page=None,
            now=aviary.now(),
        ),
        decisions.seek(by=by, plan=plan, text=f"That {words[2]}", now=aviary.now()),
    )  # fmt: skip
    for word, row in zip(words, rows, strict=True):
        aviary.keep(word, row)


def _steps(aviary: Aviary, by: Person, act: models.Model, claimed: models.Model, contributor: models.Model) -> None:
    """Everything that belongs to an action, and what was verified and declared of one that is claimed."""
    words = [aviary.word() for _ in range(6)]
    given = {"by": by, "act": act}
    later = date(2026, 6, 30)
    plans.record_delivery(
        by=by, act=claimed, expected_version=1, state=Delivery.DELIVERED_CLAIMED, reason="So it says", now=aviary.now()
    )
    rows = (
        milestones.add_milestone(**given, title=f"Step {words[0]}", due=date(2026, 2, 27), now=aviary.now()),
        contributors.add_contributor(**given, agency=contributor, part=f"Part {words[1]}", now=aviary.now()),
        extensions.ask(**given, proposed=later, reason=f"Because {words[2]}", now=aviary.now()),
        notes.add_note(**given, text=f"Note {words[3]}", now=aviary.now()),
        verifications.verify(
            by=by, act=claimed, level=Level.CHECKED, satisfied=True, basis=f"Seen {words[4]}",
            on=aviary.clock.date(), now=aviary.now(),
        ),
        conflicts.declare(by=by, act=claimed, person=by, why=f"Wrote {words[5]}", now=aviary.now()),
    )  # fmt: skip
    for word, row in zip(words, rows, strict=True):
        aviary.keep(word, row)


def _period(cast: Cast, plan: plans.Plan, number: int, aviary: Aviary) -> ReportingPeriod:
    opens = date(2026, 1, 5) + timedelta(days=number)
    return returns.open_period(
        by=cast.bea, plan=plan, reference=f"quarter-{number}", label=f"Quarter {number}", opens=opens,
        data_to=opens, due=opens + timedelta(days=60), now=aviary.now(),
    )  # fmt: skip


def _report(aviary: Aviary, period: ReportingPeriod, slug: str, by: Person) -> Update:
    return_ = Return.objects.get(period=period, slug=slug)
    act = returns.led_by(return_).get()
    word = aviary.word()
    said = returns.report(
        by=by, return_=return_, act=act, self_rating="at_risk", progress=f"Progress {word}", now=aviary.now()
    )
    aviary.keep(word, said)
    return said


def _step(aviary: Aviary, period: ReportingPeriod, slug: str, verb, by: Person) -> None:
    return_ = Return.objects.get(period=period, slug=slug)
    verb(by=by, return_=return_, expected_version=return_.version, now=aviary.now())


def _send_back(aviary: Aviary, period: ReportingPeriod, cast: Cast) -> None:
    """The group's return goes back with a comment, which the group and the first readers hear."""
    slug = "strategy-meetings"
    return_ = Return.objects.get(period=period, slug=slug)
    word = aviary.word()
    said = returns.report(
        by=cast.gil, return_=return_, act=None, self_rating="", progress=f"Everything else {word}", now=aviary.now()
    )
    aviary.keep(word, said)
    _step(aviary, period, slug, returns.sign, cast.gil)
    _step(aviary, period, slug, returns.submit, cast.gil)
    return_ = Return.objects.get(pk=return_.pk)
    reason = aviary.word()
    returns.send_back(
        by=cast.bea, return_=return_, expected_version=return_.version, reason=f"Because {reason}", now=aviary.now()
    )
    aviary.keep(reason, ReturnComment.objects.get(return_record=return_))


def _hold(aviary: Aviary, cast: Cast, **changes: object) -> Evidence:
    word = aviary.word()
    held = evidence.hold(
        partnership=cast.ashvale, title=f"Evidence {word}", held_where="Room 4", now=aviary.now(), **changes
    )  # type: ignore[arg-type]
    aviary.keep(word, held)
    return held


def _bring(aviary: Aviary, first: ReportingPeriod, second: ReportingPeriod, cast: Cast) -> None:
    """Evidence at every stage: the police's draft with a link, the hospitals' offered, and the council's restricted."""
    draft = Return.objects.get(period=first, slug="police")
    word = aviary.word()
    held = returns.hold_evidence(
        by=cast.pauline, return_=draft, act=returns.led_by(draft).get(), title=f"Draft {word}",
        link=f"https://example.org/{word}", now=aviary.now(),
    )  # fmt: skip
    aviary.keep(word, held)
    _hold(aviary, cast, by=cast.hana, agency=cast.hospital, things=[returns.led_by(draft).get()])
    _hold(aviary, cast, by=cast.connie, agency=cast.council, restricted=True)
    seen = _hold(aviary, cast, by=cast.gil, group=cast.strategy_group)
    word = aviary.word()
    said = sighting.see(
        by=cast.sian, evidence=seen, on=date(2026, 1, 9), satisfied=False, satisfied_that=f"Because {word}",
        now=aviary.now(),
    )  # fmt: skip
    aviary.keep(word, said)


def _programme(aviary: Aviary, plan: plans.Plan, cast: Cast) -> None:
    """An audit of the police's, open to all members, and what its draft return says it found."""
    word = aviary.word()
    activity = assurance.plan_activity(
        by=cast.quin, plan=plan, title=f"Audit {word}", kind="audit", tests="Police take part.", due=date(2026, 1, 6),
        agency=cast.police, now=aviary.now(),
    )  # fmt: skip
    aviary.keep(word, activity)
    word = aviary.word()
    outcome = returns.report_outcome(
        by=cast.pauline, return_=Return.objects.get(period__reference="quarter-1", slug="police"), activity=activity,
        done_on=date(2026, 1, 7), result="partly", found=f"Found {word}", now=aviary.now(),
    )  # fmt: skip
    aviary.keep(word, outcome)


def _draft(aviary: Aviary, period: ReportingPeriod, cast: Cast) -> None:
    """A board's report is drafted: what its sections say is heard by those who keep it alone."""
    now = aviary.now()
    report = reports.request_report(
        by=cast.bea, period=period, kind="health_and_wellbeing_board", audience="public", as_of=now.date(), now=now
    )
    word = aviary.word()
    kept = board.keep_section(
        by=cast.bea, report=report, key="purpose", text=f"Purpose {word}", expected_version=1, now=aviary.now()
    )
    aviary.keep(word, kept)


def heard(response: HttpResponseBase) -> set[str]:
    """Every canary in a response: its body (also inside Excel and PDF), its headers and where it leads."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    texts = [body.decode("utf-8", "ignore"), str(response.headers)]
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            texts += [archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()]
    elif body[:4] == b"%PDF":
        import pypdfium2

        texts += [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(body)]
    return {word for text in texts for word in _WORD.findall(text.casefold())}


def may_hear(person: Person | None, row: models.Model) -> bool:
    """Whether the engine lets a person view a row, as both are now."""
    if person is None:
        return False
    person.forget_grants()
    current = row.__class__._base_manager.get(pk=row.pk)
    return decide(person.grants_on(datetime.now(UTC).date()), "view", row.access_kind, scope_of(current))
