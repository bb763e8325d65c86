"""The worked example's quarters: returns from every body, verifications, decisions and judgements."""

from datetime import datetime, timedelta
from functools import partial

from throughline.assurance import actions as assurance
from throughline.assurance.models import AssuranceActivity
from throughline.evidence import sighting
from throughline.evidence.models import Evidence
from throughline.example import story_bodies, story_evidence, story_later, story_plan, story_quarters
from throughline.example.story_evidence import Held
from throughline.example.story_quarters import Judged, Said, Sought, StoryPeriod, Verified
from throughline.example.timeline import Story, Timeline
from throughline.impact import judgements
from throughline.impact.permissions import EXECUTIVE, SCRUTINEER
from throughline.partners.models import Person
from throughline.plans import actions as plans
from throughline.plans import extensions, verifications
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action, Extension, Milestone
from throughline.plans.verifying import Level
from throughline.returns import actions as returns
from throughline.returns import asked, bringing, reporting
from throughline.returns.models import Return
from throughline.scrutiny import decisions
from throughline.scrutiny.models import Decision

_PART_DONE, _PART_GOES_ON = "Our part is done.", "Our part is under way."


def tell(story: Story, timeline: Timeline) -> None:
    """Everything that the four quarters brought, and the last steps after them."""
    for number, period in enumerate(story_quarters.PERIODS):
        timeline.at(period.opens, 11, partial(_open, story, period))
        for key in (*story_bodies.AGENCIES, *story_bodies.GROUPS):
            if (period.reference, key) in story_quarters.NOT_RETURNED:
                continue
            submitted = story_quarters.LATE.get((period.reference, key), period.due)
            timeline.at(submitted - timedelta(days=1), 10, partial(_report, story, period, number, key))
            timeline.at(submitted, 9, partial(_sign_and_submit, story, period, key))
            timeline.at(max(submitted, period.cleared), 12, partial(_accept, story, period, key))
        timeline.at(period.meeting, 14, partial(_decide_extensions, story))
    for held in story_evidence.EVIDENCE:
        if held.seen is not None:
            timeline.at(held.seen.on, 14, partial(_see, story, held))
    for verified in story_quarters.VERIFIED:
        timeline.at(verified.on, 15, partial(_verify, story, verified))
    for sought in story_quarters.SOUGHT:
        timeline.at(sought.on, 16, partial(_seek, story, sought))
        timeline.at(sought.answer[0], 13, partial(_answer, story, sought))
    for judged in story_quarters.JUDGED:
        timeline.at(judged.on, 15, partial(_judge, story, judged))
    _tell_the_end(story, timeline)


def _open(story: Story, told: StoryPeriod, now: datetime) -> None:
    story.periods[told.reference] = returns.open_period(
        by=story.manager, plan=story.plan, reference=told.reference, label=told.label, opens=told.opens,
        data_to=told.data_to, due=told.due, papers_cleared=told.cleared, papers_out=told.out, meeting=told.meeting,
        now=now,
    )  # fmt: skip


def _return_of(story: Story, told: StoryPeriod, key: str) -> Return:
    return Return.objects.get(period=story.periods[told.reference], **story.body(key))


def _report(story: Story, told: StoryPeriod, number: int, key: str, now: datetime) -> None:
    """What a body says of each action that it leads or has a part in, of milestones, and of its assurance."""
    return_, by = _return_of(story, told, key), story.leads[key]
    led = {each.pk for each in asked.led_by(return_)}
    has_part = {each.pk for each in asked.asked_about(return_)} - led
    for action in story_plan.ACTIONS:
        act, said = story.act(action.key), story_quarters.SAID[action.key][number]
        if act.pk in led and said is not None:
            reporting.report(
                by=by, return_=return_, act=act, self_rating=said.rating, progress=said.words, slip_reason=said.slip,
                proposed_due=said.proposed, now=now,
            )  # fmt: skip
            _report_milestones(return_, act, said, told, by, now)
            _bring_evidence(return_, act, action.key, told, by, now)
        elif act.pk in has_part:
            done = said is not None and said.rating == story_quarters.DELIVERED
            reporting.report(
                by=by, return_=return_, act=act, now=now,
                self_rating=story_quarters.DELIVERED if done else story_quarters.ON_TRACK,
                progress=_PART_DONE if done else _PART_GOES_ON,
            )  # fmt: skip
    tested = _report_outcomes(story, return_, key, told, by, now)
    if not (led or has_part or tested):
        reporting.say_nil(by=by, return_=return_, nil=True, now=now)


def _report_milestones(
    return_: Return, act: Action, said: Said, told: StoryPeriod, by: Person, now: datetime
) -> None:  # fmt: skip
    """Milestones whose day had come were reached on it, but for those of an action that slipped."""
    for milestone in Milestone.objects.filter(action=act, reached__isnull=True, due__lte=now.date()):
        if said.rating != story_quarters.AT_RISK or milestone.due <= told.data_to:
            reporting.report_milestone(by=by, return_=return_, milestone=milestone, reached=milestone.due, now=now)


def _bring_evidence(return_: Return, act: Action, key: str, told: StoryPeriod, by: Person, now: datetime) -> None:
    for each in story_evidence.EVIDENCE:
        if (each.period, each.action) == (told.reference, key):
            bringing.hold_evidence(
                by=by, return_=return_, act=act, title=each.title, held_where=each.where, strength=each.strength,
                dated=each.dated, now=now,
            )  # fmt: skip


def _see(story: Story, told: Held, now: datetime) -> None:
    assert told.seen is not None
    evidence = Evidence.objects.get(partnership=story.partnership, title=told.title)
    sighting.see(
        by=_who(story, told.seen.who), evidence=evidence, on=told.seen.on, satisfied=told.seen.satisfied,
        satisfied_that=told.seen.words, now=now,
    )  # fmt: skip


def _report_outcomes(
    story: Story, return_: Return, key: str, told: StoryPeriod, by: Person, now: datetime
) -> bool:  # fmt: skip
    """The outcomes of tests that were done by the end of what the period covers."""
    said = False
    for each in story_plan.PROGRAMME:
        activity = AssuranceActivity.objects.get(pk=story.activities[each.key].pk)
        if each.body != key or activity.done_on is not None or each.done is None:
            continue
        done_on, result, found = each.done
        if done_on <= told.data_to:
            reporting.report_outcome(
                by=by, return_=return_, activity=activity, done_on=done_on, result=result, found=found, now=now
            )
            said = True
    return said


def _sign_and_submit(story: Story, told: StoryPeriod, key: str, now: datetime) -> None:
    return_ = _return_of(story, told, key)
    signed = returns.sign(by=story.signatories[key], return_=return_, expected_version=return_.version, now=now)
    returns.submit(by=story.leads[key], return_=signed, expected_version=signed.version, now=now + timedelta(hours=2))


def _accept(story: Story, told: StoryPeriod, key: str, now: datetime) -> None:
    return_ = _return_of(story, told, key)
    returns.accept(by=story.manager, return_=return_, expected_version=return_.version, now=now)


def _decide_extensions(story: Story, now: datetime) -> None:
    """The Executive Group decides in its meeting on every other day that was asked for."""
    for each in Extension.objects.filter(action__plan=story.plan, state=Extension.ASKED):
        extensions.decide(
            by=story.chair, extension=each, expected_version=each.version, approve=True, due=each.proposed,
            note="Agreed in the meeting.", now=now,
        )  # fmt: skip


def _who(story: Story, key: str) -> Person:
    return {
        "manager": story.manager, "quality": story.quality, "scrutineer": story.scrutineer, "chair": story.chair,
    }[key]  # fmt: skip


def _verify(story: Story, told: Verified, now: datetime) -> None:
    verifications.verify(
        by=_who(story, told.who), act=story.act(told.action), level=Level(told.level), satisfied=told.satisfied,
        basis=told.basis, on=told.on, now=now,
    )  # fmt: skip


def _seek(story: Story, told: Sought, now: datetime) -> None:
    story.decisions[told.key] = decisions.seek(
        by=story.manager, plan=story.plan, text=told.text, why=told.why, act=story.act(told.action),
        period=story.periods[told.period], now=now,
    )  # fmt: skip


def _answer(story: Story, told: Sought, now: datetime) -> None:
    decision = Decision.objects.get(pk=story.decisions[told.key].pk)
    on, outcome, words = told.answer
    decisions.answer(
        by=story.chair, decision=decision, expected_version=decision.version, outcome=outcome, answer=words, on=on,
        now=now,
    )  # fmt: skip


def _judge(story: Story, told: Judged, now: datetime) -> None:
    whose = SCRUTINEER if told.who == "scrutineer" else EXECUTIVE
    judgements.judge(
        by=story.scrutineer if whose == SCRUTINEER else story.chair, impact=story.impacts[told.impact], whose=whose,
        state=told.state, reason=told.reason, on=told.on, now=now,
    )  # fmt: skip


def _tell_the_end(story: Story, timeline: Timeline) -> None:
    """After the fourth quarter: a second sample of messages to schools, and what was judged then."""
    timeline.at(story_later.SECOND_SAMPLE, 10, partial(_sample_again, story))
    timeline.at(story_later.ENDED, 10, partial(_close_the_last, story))
    for judged in story_later.JUDGED:
        timeline.at(judged.on, 15, partial(_judge, story, judged))


def _sample_again(story: Story, now: datetime) -> None:
    told = story_later.SAMPLE
    activity = assurance.plan_activity(
        by=story.manager, plan=story.plan, title=told.title, kind=told.kind, tests=told.tests, due=told.due, now=now,
        actions=[story.act(key) for key in told.actions], impacts=[story.impacts[key] for key in told.impacts],
        **story.body(told.body),
    )  # fmt: skip
    assert told.done is not None
    done_on, result, found = told.done
    assurance.record_result(
        by=story.manager, activity=activity, expected_version=activity.version, done_on=done_on, result=result,
        found=found, now=now,
    )  # fmt: skip


def _close_the_last(story: Story, now: datetime) -> None:
    act = story.act("encompass")
    claimed = plans.record_delivery(
        by=story.manager, act=act, expected_version=act.version, state=Delivery.DELIVERED_CLAIMED,
        reason="As Example agency B reported to the meeting.", now=now,
    )  # fmt: skip
    verifications.verify(
        by=story.quality, act=claimed, level=Level.ASSURED, satisfied=True, basis=story_later.SAMPLE_BASIS,
        on=story_later.ENDED, now=now,
    )  # fmt: skip
