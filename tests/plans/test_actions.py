"""What is done to a plan, and by whom it is not done."""

from datetime import date, timedelta

import pytest

from tests.cast import NOW
from tests.inspections.conftest import mark, stored_letter
from tests.plans.conftest import add
from throughline.access import AccessDenied
from throughline.history.door import Conflict
from throughline.inspections.models import Finding
from throughline.inspections.queries import findings_of
from throughline.plans import actions, due, queries
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action, ActionFinding, DesiredImpact, ImprovementArea

LATER = NOW + timedelta(hours=1)


def test_an_action_brings_its_area_and_its_impact_or_nothing_at_all(cast, plan):
    made = add(cast, plan, new_impact=actions.NewImpact("Children at risk", "Fewer wait a day"))
    assert (made.reference, made.area.title) == ("ACT-001", "Strategy meetings")
    assert made.impact_links.get().desired_impact.reference == "IMP-01"
    with pytest.raises(actions.CannotDo):
        add(cast, plan, area="Another", due=date(2199, 1, 1), new_impact=actions.NewImpact("Nobody", "Nothing"))
    assert ImprovementArea.objects.count() == DesiredImpact.objects.count() == Action.objects.count() == 1


def test_references_count_on_and_are_never_used_again(cast, plan):
    first, second = add(cast, plan), add(cast, plan)
    actions.withdraw_action(by=cast.bea, act=second, expected_version=1, reason="Not needed", now=LATER)
    assert [first.reference, add(cast, plan).reference] == ["ACT-001", "ACT-003"]


@pytest.mark.parametrize("who", ["hana", "pauline", "esther", "sian", "rita", "ada", "otto", "nobody"])
def test_only_those_who_keep_the_plan_change_it(cast, plan, who):
    person, act = cast.people[who], add(cast, plan)
    with pytest.raises(AccessDenied):
        add(cast, plan, by=person)
    with pytest.raises(AccessDenied):
        actions.set_due(by=person, act=act, expected_version=1, due=date(2026, 4, 1), reason="Late", now=LATER)
    with pytest.raises(AccessDenied):
        actions.withdraw_action(by=person, act=act, expected_version=1, reason="No", now=LATER)
    with pytest.raises(AccessDenied):
        actions.set_links(by=person, act=act, findings=[], impacts=[], now=LATER)


def test_a_body_that_takes_no_part_cannot_lead(cast, plan):
    with pytest.raises(actions.CannotDo, match="does not take part"):
        add(cast, plan, lead_agency=cast.brackley_council)
    with pytest.raises(actions.CannotDo, match="only one"):
        add(cast, plan, lead_group=cast.strategy_group)


def test_the_first_due_date_stays_and_a_move_needs_a_reason(cast, plan):
    act = add(cast, plan)
    with pytest.raises(actions.CannotDo, match="Say why"):
        actions.set_due(by=cast.bea, act=act, expected_version=1, due=date(2026, 6, 30), reason=" ", now=LATER)
    moved = actions.set_due(by=cast.bea, act=act, expected_version=1, due=date(2026, 6, 30), reason="Posts", now=LATER)
    assert (moved.due, moved.original_due) == (date(2026, 6, 30), date(2026, 3, 31))


def test_nothing_is_due_before_the_inspection_began_but_the_past_is_allowed(cast, plan):
    finding = Finding.objects.first()
    with pytest.raises(actions.CannotDo, match="17 November 2025"):
        add(cast, plan, findings=[finding], due=date(2025, 11, 16))
    act = add(cast, plan, findings=[finding], due=date(2025, 12, 1))
    with pytest.raises(actions.CannotDo, match="17 November 2025"):
        actions.set_due(by=cast.bea, act=act, expected_version=1, due=date(2025, 11, 1), reason="Earlier", now=LATER)


def test_links_become_exactly_what_was_ticked_and_what_stays_is_not_written_again(cast, plan):
    one, two = Finding.objects.order_by("place")
    act = add(cast, plan, findings=[one])
    kept = ActionFinding.objects.get()
    actions.set_links(by=cast.bea, act=act, findings=[one, two], impacts=[], now=LATER)
    actions.set_links(by=cast.bea, act=act, findings=[one], impacts=[], now=LATER)
    assert ActionFinding.objects.get(withdrawn_at__isnull=True).pk == kept.pk
    actions.set_links(by=cast.bea, act=act, findings=[two], impacts=[], now=LATER)
    assert [each.finding_id for each in ActionFinding.objects.filter(withdrawn_at__isnull=True)] == [two.pk]


def test_an_action_cannot_answer_another_partnerships_finding(cast, plan):
    theirs = stored_letter(cast.otto, cast.brackley)
    finding = mark(cast.otto, theirs.inspection)
    with pytest.raises(Exception, match="another partnership"):
        add(cast, plan, findings=[finding])
    assert not Action.objects.exists()


def test_what_is_withdrawn_answers_nothing_until_it_is_put_back(cast, plan):
    finding = Finding.objects.first()
    act = add(cast, plan, findings=[finding])

    def answered() -> bool:
        return findings_of(cast.ashvale, for_person=cast.bea).get(pk=finding.pk).answered

    assert answered()
    gone = actions.withdraw_action(by=cast.bea, act=act, expected_version=1, reason="Merged", now=LATER)
    assert not answered()
    actions.restore_action(by=cast.bea, act=gone, expected_version=2, reason="A mistake", now=LATER)
    assert answered()


def test_delivery_follows_the_table_and_nobody_skips_to_verified(cast, plan):
    act = add(cast, plan)
    with pytest.raises(actions.CannotDo, match="independent"):
        actions.record_delivery(
            by=cast.bea, act=act, expected_version=1, state=Delivery.DELIVERED_VERIFIED, reason="Done", now=LATER
        )
    with pytest.raises(actions.CannotDo, match="Say why"):
        actions.record_delivery(by=cast.bea, act=act, expected_version=1, state=Delivery.AT_RISK, reason="", now=LATER)
    same = actions.record_delivery(
        by=cast.bea, act=act, expected_version=1, state=Delivery.NOT_STARTED, reason="", now=LATER
    )
    assert same.version == 1


def test_two_people_cannot_overwrite_each_others_words(cast, plan):
    act = add(cast, plan)
    words = {
        "by": cast.bea, "act": act, "expected_version": 1, "area": act.area, "detail": "", "owner_post": "",
        "lead_agency": cast.police, "now": LATER,
    }  # fmt: skip
    actions.change_action(**words, title="First")
    with pytest.raises(Conflict) as caught:
        actions.change_action(**words, title="Second")
    assert (caught.value.mine["title"], caught.value.theirs.title) == ("Second", "First")


def test_the_plan_in_numbers_counts_what_its_lists_show(cast, plan):
    finding = Finding.objects.first()
    add(cast, plan, findings=[finding], new_impact=actions.NewImpact("Children", "Less waiting"))
    add(cast, plan, due=date(2026, 1, 1))
    gone = add(cast, plan)
    actions.withdraw_action(by=cast.bea, act=gone, expected_version=1, reason="No", now=LATER)
    found = queries.summary_of(plan, for_person=cast.bea, on=date(2026, 1, 12))
    assert (found.actions, found.overdue, found.without_finding, found.without_impact) == (2, 1, 1, 1)
    assert (found.findings, found.unanswered) == (2, 1)


def test_those_who_lead_hear_of_what_is_due_until_it_is_done(cast, plan):
    act = add(cast, plan)
    (item,) = due.actions_due(date(2026, 3, 31))
    assert item.recipients == (cast.pauline.pk,)
    assert "Hold them" not in item.sentence
    actions.record_delivery(
        by=cast.bea, act=act, expected_version=1, state=Delivery.DELIVERED_CLAIMED, reason="Done", now=LATER
    )
    assert due.actions_due(date(2026, 3, 31)) == []


def test_a_group_that_leads_is_reminded_through_its_chair(cast, plan):
    add(cast, plan, lead_agency=None, lead_group=cast.strategy_group)
    assert [item.recipients for item in due.actions_due(date(2026, 3, 31))] == [(cast.gil.pk,)]
