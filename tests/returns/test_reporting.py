"""What a return holds: parts, milestones, slips, outcomes and evidence; and what becomes of it when it is accepted."""

from datetime import date
from typing import Any

import pytest

from tests.returns.scene import SENTENCE, Scene
from throughline.access import AccessDenied
from throughline.assurance import actions as assurance
from throughline.assurance.models import AssuranceActivity
from throughline.evidence import actions as evidence_actions
from throughline.evidence import queries as evidence_queries
from throughline.evidence.models import Evidence
from throughline.history.door import Conflict
from throughline.line.queries import plan_line
from throughline.plans import actions as plan_actions
from throughline.plans import contributors, milestones
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action, Extension, Milestone
from throughline.returns import actions, asked
from throughline.returns.actions import CannotDo, NotReady
from throughline.returns.content import content_of
from throughline.returns.models import AssuranceOutcome, MilestoneUpdate, Return, Update
from throughline.returns.states import ReturnState

ON = date(2026, 1, 12)
OWED = date(2026, 1, 20)  # within the first quarter
FOUND = "In 18 of 20 discussions the police took part."


@pytest.fixture
def period(scene: Scene) -> Any:
    """The first quarter, reporting up to 26 March 2026."""
    return scene.open_period()


def step(scene: Scene, act: Action, title: str = "Route agreed", due: date = OWED) -> Milestone:
    return milestones.add_milestone(by=scene.cast.bea, act=act, title=title, due=due, now=scene.now())


def audit(scene: Scene, due: date = OWED, **changes: Any) -> AssuranceActivity:
    given = {
        "by": scene.cast.quin, "plan": scene.plan, "title": "Audit of discussions", "kind": "audit", "due": due,
        "tests": "Police take part.", "agency": scene.cast.police, "impacts": [scene.impact], "now": scene.now(),
        **changes,
    }  # fmt: skip
    return assurance.plan_activity(**given)


def late_action(scene: Scene) -> Action:
    """An action of the police's whose day lies within the first quarter."""
    return plan_actions.create_action(
        by=scene.cast.bea, plan=scene.plan, area=scene.area, title="Brief every sergeant", due=date(2026, 2, 1),
        lead_agency=scene.cast.police, now=scene.now(),
    )  # fmt: skip


def rated(scene: Scene, mine: Return, act: Action, rating: str = "on_track", **more: Any) -> Update:
    return actions.report(
        by=scene.cast.pauline, return_=mine, act=act, self_rating=rating, progress=SENTENCE, now=scene.now(), **more
    )


def through(scene: Scene, mine: Return) -> Return:
    """Signed, submitted and accepted."""
    scene.sign(scene.priya, mine)
    scene.submit(scene.cast.pauline, mine)
    return scene.accept(mine)


# -- contributors ----------------------------------------------------------------------------------------------------


def test_a_contributor_reports_its_own_part_which_never_becomes_the_delivery(scene: Scene, period):
    contributors.add_contributor(
        by=scene.cast.bea, act=scene.hospital_action, part="Send a constable to the desk", agency=scene.cast.police,
        now=scene.now(),
    )  # fmt: skip
    mine = scene.return_of(period, "police")
    rated(scene, mine, scene.police_action)
    with pytest.raises(NotReady, match="ACT-002, your part"):
        scene.sign(scene.priya, mine)
    with pytest.raises(CannotDo, match="Only who leads"):
        rated(scene, mine, scene.hospital_action, slip_reason="Ill.", proposed_due=date(2026, 9, 1))
    rated(scene, mine, scene.hospital_action, "delivered_claimed")
    lines = content_of(mine, for_person=scene.cast.pauline, on=ON).lines
    assert [(each.act.reference, each.part) for each in lines] == [
        ("ACT-001", ""), ("ACT-002", "Send a constable to the desk"),
    ]  # fmt: skip
    through(scene, mine)
    assert Action.objects.get(pk=scene.hospital_action.pk).delivery == Delivery.NOT_STARTED
    assert Update.objects.get(return_record=mine, action=scene.hospital_action).self_rating == "delivered_claimed"


def test_whoever_neither_leads_nor_contributes_says_nothing_about_an_action(scene: Scene, period):
    mine = scene.return_of(period, "police")
    with pytest.raises(CannotDo, match="led by somebody else"):
        rated(scene, mine, scene.group_action)


def test_what_is_verified_or_ended_is_not_asked_about_again(scene: Scene, period):
    mine = scene.return_of(period, "police")
    asked_before = [each.reference for each in asked.asked_about(mine)]
    plan_actions.withdraw_action(
        by=scene.cast.bea, act=scene.police_action, expected_version=1, reason="Not needed.", now=scene.now()
    )
    assert (asked_before, list(asked.asked_about(mine))) == (["ACT-001"], [])
    assert actions.gaps_of(mine) == ["Write what you have to report, or say that there is nothing."]


# -- slips -----------------------------------------------------------------------------------------------------------


def test_a_slip_becomes_an_extension_that_is_asked_for_and_moves_no_day(scene: Scene, period):
    act = late_action(scene)
    mine = scene.return_of(period, "police")
    rated(scene, mine, scene.police_action)
    said = rated(scene, mine, act, "at_risk")
    with pytest.raises(NotReady, match="ACT-004 was due on 1 February 2026 and is not delivered"):
        scene.sign(scene.priya, mine)
    rated(
        scene, mine, act, "at_risk", slip_reason="The trainer was ill.", proposed_due=date(2026, 5, 1),
        expected_version=said.version,
    )  # fmt: skip
    assert not Extension.objects.exists()
    through(scene, mine)
    asked_for = Extension.objects.get()
    assert (asked_for.action, asked_for.proposed, asked_for.state) == (act, date(2026, 5, 1), "asked")
    assert asked_for.reason == "The trainer was ill."
    assert Action.objects.get(pk=act.pk).due == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("reason", "proposed", "says"),
    [("Ill.", None, "Propose the day"), ("", date(2026, 9, 1), "Say why"), ("Ill.", date(2026, 3, 1), "a day after"),
     ("Ill.", date(2040, 1, 1), "many years away")],
)  # fmt: skip
def test_half_a_slip_or_one_to_an_earlier_day_is_refused(scene: Scene, period, reason, proposed, says):
    mine = scene.return_of(period, "police")
    with pytest.raises(CannotDo, match=says):
        rated(scene, mine, scene.police_action, slip_reason=reason, proposed_due=proposed)
    assert not Update.objects.exists()


def test_a_slip_of_what_was_ended_or_asked_for_meanwhile_asks_for_nothing_more(scene: Scene, period):
    from throughline.plans import extensions

    act = late_action(scene)
    mine = scene.return_of(period, "police")
    rated(scene, mine, scene.police_action)
    rated(scene, mine, act, slip_reason="The trainer was ill.", proposed_due=date(2026, 5, 1))
    extensions.ask(by=scene.cast.bea, act=act, proposed=date(2026, 4, 1), reason="Asked by letter.", now=scene.now())
    through(scene, mine)
    assert [each.reason for each in Extension.objects.all()] == ["Asked by letter."]


# -- milestones ------------------------------------------------------------------------------------------------------


def test_milestones_are_reached_and_moved_when_the_return_is_accepted_and_not_before(scene: Scene, period):
    first, second = step(scene, scene.police_action), step(scene, scene.police_action, "All briefed")
    mine = scene.return_of(period, "police")
    rated(scene, mine, scene.police_action)
    with pytest.raises(NotReady) as refused:
        scene.sign(scene.priya, mine)
    assert len(refused.value.lines) == 2
    told = {"by": scene.cast.olu, "return_": mine}
    actions.report_milestone(milestone=first, reached=date(2026, 1, 10), now=scene.now(), **told)
    actions.report_milestone(
        milestone=second, proposed_due=date(2026, 2, 20), note="Sickness.", now=scene.now(), **told
    )
    assert Milestone.objects.filter(reached__isnull=False).count() == 0
    through(scene, mine)
    first, second = Milestone.objects.get(pk=first.pk), Milestone.objects.get(pk=second.pk)
    assert first.reached == date(2026, 1, 10)
    assert (second.due, second.original_due, second.reached) == (date(2026, 2, 20), OWED, None)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"reached": date(2026, 3, 1)}, "has not come yet"),
        ({"reached": date(2026, 1, 10), "proposed_due": date(2026, 2, 1), "note": "x"}, "not both"),
        ({"proposed_due": date(2026, 2, 1)}, "Say why its day moves"),
        ({"reached": date(2024, 1, 1)}, "before the inspection"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_of_a_milestone_is_refused(scene: Scene, period, said, says):
    milestone, mine = step(scene, scene.police_action), scene.return_of(period, "police")
    with pytest.raises(CannotDo, match=says):
        actions.report_milestone(by=scene.cast.olu, return_=mine, milestone=milestone, now=scene.now(), **said)
    assert not MilestoneUpdate.objects.exists()


def test_nobody_reports_on_anothers_milestone(scene: Scene, period):
    theirs, mine = step(scene, scene.hospital_action), scene.return_of(period, "police")
    with pytest.raises(CannotDo, match="led by somebody else"):
        actions.report_milestone(
            by=scene.cast.olu, return_=mine, milestone=theirs, reached=date(2026, 1, 10), now=scene.now()
        )
    with pytest.raises(AccessDenied):
        actions.report_milestone(
            by=scene.cast.hana, return_=mine, milestone=theirs, reached=date(2026, 1, 10), now=scene.now()
        )


def test_everything_about_an_action_is_kept_at_once_or_not_at_all(scene: Scene, period):
    milestone, mine = step(scene, scene.police_action), scene.return_of(period, "police")
    told = {"by": scene.cast.pauline, "return_": mine, "act": scene.police_action}
    with pytest.raises(CannotDo, match="has not come yet"):
        actions.report_action(
            self_rating="on_track", progress=SENTENCE, now=scene.now(),
            milestones=[actions.MilestoneWords(milestone, reached=date(2027, 1, 1))], **told,
        )  # fmt: skip
    assert not Update.objects.exists()
    actions.report_action(
        self_rating="on_track", progress=SENTENCE, now=scene.now(),
        milestones=[actions.MilestoneWords(milestone, reached=date(2026, 1, 9))], **told,
    )  # fmt: skip
    assert actions.gaps_of(mine) == []
    with pytest.raises(Conflict):
        actions.report_action(
            self_rating="on_track", progress=SENTENCE, now=scene.now(), expected_version=1,
            milestones=[actions.MilestoneWords(milestone, reached=date(2026, 1, 8))], **told,
        )  # fmt: skip


# -- outcomes --------------------------------------------------------------------------------------------------------


def test_what_an_audit_found_becomes_its_result_when_the_return_is_accepted(scene: Scene, period):
    activity, mine = audit(scene), scene.return_of(period, "police")
    rated(scene, mine, scene.police_action)
    with pytest.raises(NotReady, match="ASR-01: say what it found, or how it stands"):
        scene.sign(scene.priya, mine)
    actions.report_outcome(
        by=scene.cast.pauline, return_=mine, activity=activity, done_on=date(2026, 1, 10), result="partly", found=FOUND,
        now=scene.now(),
    )  # fmt: skip
    assert AssuranceActivity.objects.get().result == ""
    through(scene, mine)
    done = AssuranceActivity.objects.get()
    assert (done.result, done.done_on, done.found) == ("partly", date(2026, 1, 10), FOUND)


def test_how_it_stands_is_enough_and_leaves_the_activity_open(scene: Scene, period):
    activity, mine = audit(scene), scene.return_of(period, "police")
    rated(scene, mine, scene.police_action)
    actions.report_outcome(
        by=scene.cast.pauline, return_=mine, activity=activity, done_on=None, result="", found="",
        progress="Twelve of twenty files are read.", now=scene.now(),
    )  # fmt: skip
    through(scene, mine)
    assert AssuranceActivity.objects.get().done_on is None


@pytest.mark.parametrize("said", [
    {"done_on": None, "result": "", "found": ""}, {"done_on": date(2026, 1, 10), "result": "", "found": FOUND},
    {"done_on": date(2026, 1, 10), "result": "supports", "found": " "},
    {"done_on": date(2026, 3, 1), "result": "supports", "found": FOUND},
])  # fmt: skip
def test_half_an_outcome_is_refused(scene: Scene, period, said):
    activity, mine = audit(scene), scene.return_of(period, "police")
    with pytest.raises(CannotDo):
        actions.report_outcome(by=scene.cast.pauline, return_=mine, activity=activity, now=scene.now(), **said)
    assert not AssuranceOutcome.objects.exists()


def test_an_activity_that_is_due_later_may_be_reported_and_is_not_owed(scene: Scene, period):
    audit(scene, due=date(2026, 9, 1))
    mine = scene.return_of(period, "police")
    rated(scene, mine, scene.police_action)
    assert actions.gaps_of(mine) == []
    tests = content_of(mine, for_person=scene.cast.pauline, on=ON).tests
    assert [(each.activity.reference, each.is_owed) for each in tests] == [("ASR-01", False)]


def test_a_body_that_leads_nothing_but_owes_an_outcome_cannot_return_nil(scene: Scene, period):
    activity = audit(scene, agency=scene.cast.council)
    mine = scene.return_of(period, "council")
    with pytest.raises(CannotDo, match="Something is asked of you"):
        actions.say_nil(by=scene.cast.connie, return_=mine, nil=True, now=scene.now())
    actions.report_outcome(
        by=scene.cast.connie, return_=mine, activity=activity, done_on=None, result="", found="", progress="Begun.",
        now=scene.now(),
    )  # fmt: skip
    assert actions.gaps_of(mine) == []


def test_a_result_that_a_planner_recorded_meanwhile_stays(scene: Scene, period):
    activity, mine = audit(scene), scene.return_of(period, "police")
    rated(scene, mine, scene.police_action)
    actions.report_outcome(
        by=scene.cast.pauline, return_=mine, activity=activity, done_on=date(2026, 1, 10), result="supports",
        found="All well.", now=scene.now(),
    )  # fmt: skip
    assurance.record_result(
        by=scene.cast.quin, activity=activity, expected_version=1, done_on=date(2026, 1, 11), result="does_not_support",
        found=FOUND, now=scene.now(),
    )  # fmt: skip
    assert through(scene, mine).state == ReturnState.ACCEPTED
    assert AssuranceActivity.objects.get().result == "does_not_support"


# -- the signature ---------------------------------------------------------------------------------------------------


def test_any_change_of_anything_takes_the_signature_and_another_fingerprint(scene: Scene, period):
    milestone, activity = step(scene, scene.police_action), audit(scene)
    mine = scene.return_of(period, "police")
    told = {"by": scene.cast.pauline, "return_": mine}
    held = evidence_actions.hold(
        by=scene.cast.pauline, partnership=scene.cast.ashvale, agency=scene.cast.police, title="List",
        held_where="Room 4", now=scene.now(),
    )  # fmt: skip
    outcome = {"activity": activity, "done_on": None, "result": "", "found": ""}
    steps = (
        lambda: rated(scene, mine, scene.police_action),
        lambda: actions.report_milestone(milestone=milestone, reached=date(2026, 1, 9), now=scene.now(), **told),
        lambda: actions.report_outcome(progress="Begun.", now=scene.now(), **outcome, **told),
        lambda: actions.report_outcome(progress="Half.", expected_version=1, now=scene.now(), **outcome, **told),
        lambda: actions.bring_evidence(evidence=held, now=scene.now(), **told),
        lambda: evidence_actions.change(
            by=scene.cast.olu,
            evidence=held,
            expected_version=1,
            title="Longer list",
            held_where="Room 4",
            now=scene.now(),
        ),
        lambda: evidence_actions.add_revision(
            by=scene.cast.olu, evidence=held, link="https://example.org/list", now=scene.now()
        ),
        lambda: evidence_actions.link_to(by=scene.cast.olu, evidence=held, thing=scene.impact, now=scene.now()),
        lambda: actions.hold_evidence(title="More", held_where="Room 5", now=scene.now(), **told),
        lambda: actions.leave_evidence_out(evidence=held, now=scene.now(), **told),
        lambda: actions.report(act=None, self_rating="", progress="One more thing.", now=scene.now(), **told),
    )
    seen = [actions.fingerprint_of(mine)]
    for number, change in enumerate(steps):
        change()
        current = scene.return_of(period, "police")
        assert (current.state, current.signed_by_id) == (ReturnState.DRAFT, None), number
        seen.append(actions.fingerprint_of(mine))
        if not actions.gaps_of(mine):
            scene.sign(scene.priya, mine)
    assert len(set(seen)) == len(steps) + 1


# -- evidence --------------------------------------------------------------------------------------------------------


def test_evidence_of_a_return_is_its_bodys_own_until_it_is_submitted(scene: Scene, period):
    mine = scene.return_of(period, "police")
    rated(scene, mine, scene.police_action)
    held = actions.hold_evidence(
        by=scene.cast.olu, return_=mine, act=scene.police_action, title="Attendance list", held_where="Room 4",
        now=scene.now(),
    )  # fmt: skip
    hidden = actions.hold_evidence(
        by=scene.cast.olu, return_=mine, title="Names", held_where="Room 4", restricted=True, now=scene.now()
    )

    def readers(piece: Evidence) -> set[str]:
        return {
            name
            for name, person in scene.cast.people.items()
            if evidence_queries.evidence_of(scene.cast.ashvale, for_person=person).filter(pk=piece.pk).exists()
        }

    def told_at(person) -> set[str]:
        line = plan_line(scene.plan, for_person=person, as_of=date(2026, 1, 12), on=ON)
        return {each.title for each in line.evidence}

    assert readers(held) == readers(hidden) == {"pauline", "olu"}
    assert told_at(scene.cast.bea) == set()
    scene.sign(scene.priya, mine)
    assert readers(held) == {"pauline", "olu"}
    scene.submit(scene.cast.pauline, mine)
    assert readers(held) == {
        "bea", "pauline", "olu", "hana", "dev", "hugo", "connie", "gil", "esther", "sian", "quin",
    }  # fmt: skip
    assert readers(hidden) == {"pauline", "olu", "sian"}
    assert told_at(scene.cast.bea) == {"Attendance list"}

    def shown_to(person) -> set[str]:
        content = content_of(mine, for_person=person, on=ON)
        return {each.title for each in (*content.evidence, *content.lines[0].evidence)}

    assert shown_to(scene.cast.bea) == {"Attendance list"}
    assert shown_to(scene.cast.sian) == {"Attendance list", "Names"}


def test_a_return_brings_only_its_own_bodys_evidence(scene: Scene, period):
    theirs = evidence_actions.hold(
        by=scene.cast.hana, partnership=scene.cast.ashvale, agency=scene.cast.hospital, title="Theirs",
        held_where="Ward 2", now=scene.now(),
    )  # fmt: skip
    mine = scene.return_of(period, "police")
    with pytest.raises(CannotDo, match="held by somebody else"):
        actions.bring_evidence(by=scene.cast.pauline, return_=mine, evidence=theirs, now=scene.now())
    with pytest.raises(CannotDo, match="led by somebody else"):
        actions.hold_evidence(
            by=scene.cast.pauline, return_=mine, act=scene.group_action, title="X", held_where="Y", now=scene.now()
        )
    with pytest.raises(AccessDenied):
        actions.hold_evidence(by=scene.cast.hana, return_=mine, title="X", held_where="Y", now=scene.now())


def test_nothing_is_added_to_a_return_that_is_given_in(scene: Scene, period):
    mine = scene.police_return_to("submitted", period)
    with pytest.raises(CannotDo, match="send it back"):
        actions.hold_evidence(by=scene.cast.pauline, return_=mine, title="X", held_where="Y", now=scene.now())
