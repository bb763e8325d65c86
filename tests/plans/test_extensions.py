"""Another due date: asked for by the body that leads, decided by a keeper or the Executive Group's chair."""

from datetime import date

import pytest

from tests.plans.conftest import add
from tests.plans.steps import LATER, asked, claimed
from throughline.access import AccessDenied
from throughline.history.models import Event
from throughline.plans import actions, extensions
from throughline.plans.models import Action, Extension


def decide(cast, extension, **changes):
    given = {"by": cast.esther, "expected_version": extension.version, "approve": True, "now": LATER, **changes}
    return extensions.decide(extension=extension, **given)


@pytest.mark.parametrize("who", ["pauline", "olu", "bea"])
def test_the_lead_asks_or_a_keeper_asks_for_it(cast, plan, who):
    made = asked(cast, add(cast, plan), cast.people[who])
    assert (made.agency, made.asked_by_name) == (cast.police, cast.people[who].name)
    assert (made.was_due, made.proposed) == (date(2026, 3, 31), date(2026, 6, 30))


@pytest.mark.parametrize("who", ["hana", "hugo", "gil", "esther", "sian", "rita", "otto", "nobody"])
def test_nobody_else_asks_for_more_time(cast, plan, who):
    with pytest.raises(AccessDenied):
        asked(cast, add(cast, plan), cast.people[who])


def test_a_group_that_leads_asks_through_its_chair(cast, plan):
    act = add(cast, plan, lead_agency=None, lead_group=cast.strategy_group)
    assert asked(cast, act, cast.gil).group == cast.strategy_group
    with pytest.raises(AccessDenied):
        asked(cast, act, cast.pauline)


@pytest.mark.parametrize("who", ["bea", "esther"])
def test_approved_the_date_moves_with_the_bodys_reason_and_the_first_one_stays(cast, plan, who):
    act = add(cast, plan)
    decided = decide(cast, asked(cast, act), by=cast.people[who])
    act.refresh_from_db()
    assert (act.due, act.original_due, decided.due_given) == (date(2026, 6, 30), date(2026, 3, 31), date(2026, 6, 30))
    moved = Event.objects.get(thing_id=act.pk, verb="re-dated")
    assert moved.by_id == cast.people[who].pk
    assert "Posts are vacant" in moved.body.text


@pytest.mark.parametrize("who", ["pauline", "hana", "sian", "quin", "otto"])
def test_whoever_asks_does_not_decide(cast, plan, who):
    extension = asked(cast, add(cast, plan))
    with pytest.raises(AccessDenied):
        decide(cast, extension, by=cast.people[who])


def test_another_day_than_the_proposed_one_may_be_given_but_no_earlier_than_stood(cast, plan):
    act = add(cast, plan)
    extension = asked(cast, act)
    with pytest.raises(actions.CannotDo, match="later day"):
        decide(cast, extension, due=date(2026, 3, 1))
    extension.refresh_from_db()
    assert extension.state == Extension.ASKED
    assert decide(cast, extension, due=date(2026, 4, 30)).due_given == date(2026, 4, 30)
    act.refresh_from_db()
    assert act.due == date(2026, 4, 30)


def test_refused_needs_a_note_and_moves_nothing(cast, plan):
    act = add(cast, plan)
    extension = asked(cast, act)
    with pytest.raises(actions.CannotDo, match="why it is refused"):
        decide(cast, extension, approve=False, note=" ")
    refused = decide(cast, extension, approve=False, note="Borrow a post from the council")
    act.refresh_from_db()
    assert (refused.state, refused.due_given, act.due, act.version) == ("refused", None, date(2026, 3, 31), 1)


def test_one_is_open_at_a_time_and_after_the_answer_another_may_be_asked_for(cast, plan):
    act = add(cast, plan)
    first = asked(cast, act)
    with pytest.raises(actions.CannotDo, match="not decided yet"):
        asked(cast, act)
    decide(cast, first, approve=False, note="No")
    assert asked(cast, act).number == 2


def test_what_was_asked_may_be_taken_back_until_it_is_decided(cast, plan):
    act = add(cast, plan)
    first = asked(cast, act)
    with pytest.raises(AccessDenied):
        extensions.take_back(by=cast.hana, extension=first, expected_version=1, now=LATER)
    extensions.take_back(by=cast.pauline, extension=first, expected_version=1, now=LATER)
    with pytest.raises(actions.CannotDo, match="taken back"):
        decide(cast, first)
    second = asked(cast, act, proposed=date(2026, 5, 31))
    decide(cast, second)
    with pytest.raises(actions.CannotDo, match="approved already"):
        extensions.take_back(by=cast.pauline, extension=second, expected_version=2, now=LATER)


def test_two_who_decide_at_once_do_not_decide_twice(cast, plan):
    act = add(cast, plan)
    extension = asked(cast, act)
    decide(cast, extension)
    for version in (1, 2):
        with pytest.raises(actions.CannotDo, match="Esther Vance approved it"):
            decide(cast, extension, expected_version=version, approve=False, note="No", by=cast.bea)
    assert Action.objects.get(pk=act.pk).due == date(2026, 6, 30)


def test_a_date_that_a_keeper_moved_meanwhile_does_not_stand_in_the_way(cast, plan):
    act = add(cast, plan)
    extension = asked(cast, act)
    actions.set_due(by=cast.bea, act=act, expected_version=1, due=date(2026, 6, 30), reason="Agreed", now=LATER)
    assert decide(cast, extension).state == Extension.APPROVED
    assert Action.objects.get(pk=act.pk).version == 2


def test_what_no_longer_waits_for_its_day_needs_no_more_time(cast, plan):
    with pytest.raises(actions.CannotDo, match="no longer counts"):
        asked(cast, claimed(cast, plan))
    with pytest.raises(actions.CannotDo, match="later day"):
        asked(cast, add(cast, plan), proposed=date(2026, 3, 31))
    act = add(cast, plan)
    extension = asked(cast, act)
    actions.withdraw_action(by=cast.bea, act=act, expected_version=1, reason="Merged", now=LATER)
    with pytest.raises(actions.CannotDo, match="no longer in the plan"):
        asked(cast, act)
    with pytest.raises(actions.CannotDo, match="no longer in the plan"):
        decide(cast, extension)
    assert decide(cast, extension, approve=False, note="It ended").state == Extension.REFUSED
