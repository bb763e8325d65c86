"""Milestones, contributors, notes, owners, money, equality and successors: what is allowed and what is refused."""

from datetime import date, timedelta

import pytest

from tests.cast import NOW
from tests.plans.conftest import add
from tests.plans.steps import LATER, TODAY, asked, claimed
from throughline.access import AccessDenied
from throughline.history.door import Conflict
from throughline.inspections.models import Finding
from throughline.plans import actions, areas, contributors, due, milestones, notes, resources, superseding
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action, ActionFinding, Contributor, Milestone

OUTSIDE = ["hana", "pauline", "esther", "sian", "quin", "rita", "ada", "otto", "nobody"]


@pytest.fixture
def act(cast, plan):
    return add(cast, plan)


@pytest.fixture
def step(cast, act) -> Milestone:
    return milestones.add_milestone(by=cast.bea, act=act, title="A rota", due=date(2026, 2, 28), now=NOW)


@pytest.mark.parametrize("who", OUTSIDE)
def test_only_those_who_keep_the_plan_keep_its_steps(cast, plan, act, step, who):
    by = {"by": cast.people[who], "now": LATER}
    tries = (
        lambda: milestones.add_milestone(**by, act=act, title="No", due=date(2026, 3, 1)),
        lambda: milestones.reach(**by, milestone=step, expected_version=1, reached=TODAY),
        lambda: milestones.move(**by, milestone=step, expected_version=1, due=date(2026, 3, 1), reason="No"),
        lambda: contributors.add_contributor(**by, act=act, agency=cast.hospital, part="No"),
        lambda: notes.add_note(**by, act=act, text="No"),
        lambda: areas.set_owner(**by, area=act.area, expected_version=1, post="No", agency=cast.police),
        lambda: resources.set_resources(**by, act=act, expected_version=1, resources=Action.WITHIN),
        lambda: resources.screen_action(**by, act=act, expected_version=1, equality="no_effect", screened=TODAY),
        lambda: resources.screen_plan(**by, plan=plan, expected_version=1, screened=TODAY, note="No"),
        lambda: superseding.supersede(**by, act=act, expected_version=1, successor=act, reason="No"),
    )
    for each in tries:
        with pytest.raises(AccessDenied):
            each()


def test_the_first_day_of_a_milestone_stays_and_a_move_needs_a_reason(cast, step):
    move = {"by": cast.bea, "milestone": step, "expected_version": 1, "now": LATER}
    with pytest.raises(actions.CannotDo, match="Say why"):
        milestones.move(**move, due=date(2026, 3, 15), reason=" ")
    with pytest.raises(actions.CannotDo, match="its day already"):
        milestones.move(**move, due=date(2026, 2, 28), reason="Same")
    moved = milestones.move(**move, due=date(2026, 3, 15), reason="Half term")
    assert (moved.due, moved.original_due) == (date(2026, 3, 15), date(2026, 2, 28))
    with pytest.raises(Conflict):
        milestones.move(**move, due=date(2026, 3, 20), reason="Later still")


def test_a_milestone_is_reached_on_a_day_that_was_and_its_lead_hears_no_more_of_it(cast, step):
    with pytest.raises(actions.CannotDo, match="has not come yet"):
        milestones.reach(by=cast.bea, milestone=step, expected_version=1, reached=TODAY + timedelta(days=1), now=LATER)
    assert due.milestones_due(step.due)
    reached = milestones.reach(by=cast.bea, milestone=step, expected_version=1, reached=TODAY, now=LATER)
    assert due.milestones_due(step.due) == []
    again = milestones.reach(by=cast.bea, milestone=reached, expected_version=2, reached=TODAY, now=LATER)
    assert again.version == 2  # the same day again says nothing new
    with pytest.raises(actions.CannotDo, match="no longer moves"):
        milestones.move(
            by=cast.bea, milestone=reached, expected_version=2, due=date(2026, 3, 1), reason="Why", now=LATER
        )
    back = milestones.not_reached(
        by=cast.bea, milestone=reached, expected_version=2, reason="Two agencies left", now=LATER
    )
    assert (back.reached, len(due.milestones_due(step.due))) == (None, 1)


def test_numbers_of_milestones_are_never_used_again(cast, act, step):
    milestones.withdraw(by=cast.bea, milestone=step, expected_version=1, reason="Merged", now=LATER)
    made = milestones.add_milestone(by=cast.bea, act=act, title="Another", due=date(2026, 3, 1), now=LATER)
    assert (made.number, [each.number for each in milestones.milestones_of(act)]) == (2, [2])
    with pytest.raises(actions.CannotDo, match="taken out"):
        milestones.reach(by=cast.bea, milestone=step, expected_version=2, reached=TODAY, now=LATER)


def test_a_contributor_is_another_body_of_this_partnership_once(cast, act):
    given = {"by": cast.bea, "act": act, "part": "Send a nurse", "now": LATER}
    with pytest.raises(actions.CannotDo, match="leads ACT-001"):
        contributors.add_contributor(**given, agency=cast.police)
    with pytest.raises(actions.CannotDo, match="does not take part"):
        contributors.add_contributor(**given, agency=cast.brackley_council)
    with pytest.raises(actions.CannotDo, match="only one"):
        contributors.add_contributor(**given, agency=cast.hospital, group=cast.strategy_group)
    contributors.add_contributor(**given, agency=cast.hospital)
    contributors.add_contributor(**given, group=cast.strategy_group)
    with pytest.raises(actions.CannotDo, match="already"):
        contributors.add_contributor(**given, agency=cast.hospital)
    assert [each.body for each in contributors.contributors_of(act)] == [cast.hospital, cast.strategy_group]


def test_a_contributor_that_takes_the_lead_contributes_no_longer(cast, act):
    contributors.add_contributor(by=cast.bea, act=act, agency=cast.hospital, part="Send a nurse", now=LATER)
    contributors.add_contributor(by=cast.bea, act=act, agency=cast.council, part="Rooms", now=LATER)
    actions.change_action(
        by=cast.bea, act=act, expected_version=1, area=act.area, title=act.title, detail="", owner_post="",
        lead_agency=cast.hospital, now=LATER,
    )  # fmt: skip
    assert [each.body for each in contributors.contributors_of(act)] == [cast.council]
    assert Contributor.objects.get(agency=cast.hospital).withdrawn_at is not None


def test_an_area_has_a_post_with_its_body_or_nobody(cast, act):
    given = {"by": cast.bea, "area": act.area, "now": LATER}
    with pytest.raises(actions.CannotDo, match="Give the post"):
        areas.set_owner(**given, expected_version=1, post=" ", agency=cast.police)
    with pytest.raises(actions.CannotDo, match="whose post"):
        areas.set_owner(**given, expected_version=1, post="Head")
    with pytest.raises(actions.CannotDo, match="does not take part"):
        areas.set_owner(**given, expected_version=1, post="Head", agency=cast.brackley_council)
    owned = areas.set_owner(**given, expected_version=1, post="Chair", group=cast.strategy_group)
    assert (owned.owner, owned.owner_post) == (cast.strategy_group, "Chair")
    assert areas.set_owner(**given, expected_version=2, post="").owner is None


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"resources": "free"}, "Choose whether"),
        ({"resources": Action.WITHIN, "funder": "The trust"}, "Only additional"),
        ({"resources": Action.NOT_SAID, "decided": TODAY}, "Only additional"),
        ({"resources": Action.ADDITIONAL, "decided": TODAY + timedelta(days=1)}, "has not come yet"),
    ],
)
def test_money_that_does_not_fit_together_is_refused(cast, act, said, why):
    with pytest.raises(actions.CannotDo, match=why):
        resources.set_resources(by=cast.bea, act=act, expected_version=1, now=LATER, **said)


@pytest.mark.parametrize(
    ("found", "why"),
    [
        ({"equality": "fine", "screened": TODAY}, "Choose what"),
        ({"equality": "no_effect"}, "Give the day"),
        ({"equality": "", "screened": TODAY}, "leave its day"),
        ({"equality": "full", "screened": TODAY}, "Say for whom"),
        ({"equality": "no_effect", "screened": TODAY + timedelta(days=1)}, "has not come yet"),
    ],
)
def test_a_screening_that_says_half_is_refused(cast, act, found, why):
    with pytest.raises(actions.CannotDo, match=why):
        resources.screen_action(by=cast.bea, act=act, expected_version=1, now=LATER, **found)


@pytest.mark.parametrize("equality", sorted(Action.SCREENING))
def test_every_outcome_of_a_screening_can_be_recorded_and_taken_back(cast, act, equality):
    day, note = (TODAY, "An interpreter is booked") if equality else (None, "")
    done = resources.screen_action(
        by=cast.bea, act=act, expected_version=1, equality=equality, screened=day, note=note, now=LATER
    )
    assert done.equality == equality
    back = resources.screen_action(by=cast.bea, act=done, expected_version=2, equality="", now=LATER)
    assert (back.equality, back.equality_screened, back.equality_note) == ("", None, "")


def test_an_action_is_superseded_by_one_of_its_plan_that_stands_and_keeps_what_was_written(cast, plan):
    finding = Finding.objects.first()
    old = add(cast, plan, findings=[finding])
    notes.add_note(by=cast.bea, act=old, text="Raised at the board", now=LATER)
    asked(cast, old)
    gone = add(cast, plan)
    actions.withdraw_action(by=cast.bea, act=gone, expected_version=1, reason="No", now=LATER)
    given = {"by": cast.bea, "act": old, "expected_version": 1, "reason": "One meeting", "now": LATER}
    with pytest.raises(actions.CannotDo, match="own place"):
        superseding.supersede(**given, successor=old)
    with pytest.raises(actions.CannotDo, match="no longer in the plan"):
        superseding.supersede(**given, successor=gone)
    new = add(cast, plan)
    with pytest.raises(actions.CannotDo, match="Say why"):
        superseding.supersede(**{**given, "reason": " "}, successor=new)
    with pytest.raises(actions.CannotDo, match="Name the action"):
        actions.record_delivery(
            by=cast.bea, act=old, expected_version=1, state=Delivery.SUPERSEDED, reason="It is", now=LATER
        )
    ended = superseding.supersede(**given, successor=new)
    assert (ended.delivery, ended.superseded_by) == (Delivery.SUPERSEDED, new)
    assert ActionFinding.objects.get(withdrawn_at__isnull=True).action == old  # nothing was taken over
    assert notes.notes_of(old)
    with pytest.raises(actions.CannotDo, match="no longer in the plan"):
        superseding.supersede(**{**given, "expected_version": 2}, successor=new)


def test_what_was_verified_is_taken_over_only_as_far_as_it_may_be(cast, plan):
    """A successor that was delivered takes findings over like any other action."""
    finding = Finding.objects.first()
    old, new = add(cast, plan, findings=[finding]), claimed(cast, plan)
    superseding.supersede(
        by=cast.bea, act=old, expected_version=1, successor=new, reason="Merged", take_over=True, now=LATER
    )
    assert [each.action for each in ActionFinding.objects.filter(finding=finding, action=new)] == [new]


def test_notes_stand_by_their_days_and_a_note_of_a_day_to_come_is_refused(cast, act):
    notes.add_note(by=cast.bea, act=act, text="Undated", now=LATER)
    notes.add_note(by=cast.bea, act=act, text="Old", dated=date(2025, 12, 1), now=LATER)
    notes.add_note(by=cast.bea, act=act, text="New", dated=TODAY, source="Minutes", now=LATER)
    assert [each.text for each in notes.notes_of(act)] == ["New", "Old", "Undated"]
    with pytest.raises(actions.CannotDo, match="has not come yet"):
        notes.add_note(by=cast.bea, act=act, text="Tomorrow", dated=TODAY + timedelta(days=1), now=LATER)
    with pytest.raises(actions.CannotDo, match="Write the note"):
        notes.add_note(by=cast.bea, act=act, text=" ", now=LATER)


def test_what_has_ended_gains_no_steps(cast, act, step):
    actions.withdraw_action(by=cast.bea, act=act, expected_version=1, reason="No", now=LATER)
    for each in (
        lambda: milestones.add_milestone(by=cast.bea, act=act, title="No", due=date(2026, 3, 1), now=LATER),
        lambda: milestones.reach(by=cast.bea, milestone=step, expected_version=1, reached=TODAY, now=LATER),
        lambda: contributors.add_contributor(by=cast.bea, act=act, agency=cast.hospital, part="No", now=LATER),
    ):
        with pytest.raises(actions.CannotDo, match="no longer in the plan"):
            each()
    assert notes.add_note(by=cast.bea, act=act, text="It ended well", now=LATER)
