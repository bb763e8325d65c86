"""What findings still suggest, what accepting writes, and what was set aside."""

import pytest

from tests.cast import NOW
from tests.suggestions.conftest import finding, mark
from throughline.access import AccessDenied
from throughline.history.models import Event
from throughline.inspections import actions as inspections
from throughline.inspections import themes
from throughline.inspections.models import Finding, FindingTheme, Theme
from throughline.methods.suggestions import Kind, default_bank
from throughline.methods.suggestions.bank import rows
from throughline.plans import actions as plan_actions
from throughline.plans import drafting
from throughline.plans.actions import CannotDo, NewImpact
from throughline.plans.models import DesiredImpact, FindingArea, ImpactFinding, ImpactTest, ImprovementArea, Plan
from throughline.suggestions import actions, bank
from throughline.suggestions.drafts import draft_plan
from throughline.suggestions.models import BankEntry, SetAside

MEETINGS = "Strategy meetings and joint child protection decisions"


def drafts_of(plan: Plan, who):
    return {each.finding.reference: each for each in draft_plan(plan, for_person=who).drafts}


def take(cast, plan, reference="AFI-1", **more):
    draft = drafts_of(plan, cast.bea)[reference]
    said = draft.suggestion
    given = {
        "area": said.area, "impact": NewImpact(said.for_whom, said.would_see),
        "tests": [("measure", said.measures[0]), ("voice", said.voice)], "now": NOW, **more,
    }  # fmt: skip
    return actions.accept(by=given.pop("by", cast.bea), plan=plan, finding=draft.finding, **given)


def test_looking_writes_nothing(cast, plan):
    before = Event.objects.count()
    drafted = draft_plan(plan, for_person=cast.bea)
    assert [each.finding.reference for each in drafted.drafts] == ["AFI-1", "AFI-2", "AFI-3", "AFI-4"]
    assert Event.objects.count() == before


def test_findings_fold_into_the_areas_that_they_suggest_and_the_rest_is_named(cast, plan):
    drafted = draft_plan(plan, for_person=cast.bea)
    assert {each.title: [one.finding.reference for one in each.drafts] for each in drafted.folds} == {
        MEETINGS: ["AFI-1", "AFI-4"], "The front door: referrals, thresholds and first decisions": ["AFI-2"],
    }  # fmt: skip
    assert [each.finding.reference for each in drafted.unplaced] == ["AFI-3"]
    first = drafted.drafts[0]
    assert first.suggestion.would_see == "Children at risk are safeguarded in time: what would we see?"
    assert drafted.drafts[2].pending == ()


def test_themes_that_a_person_gave_count_before_the_words(cast, plan):
    themes.begin_taxonomy(by=cast.bea, partnership=cast.ashvale, now=NOW)
    given = Theme.objects.get(name="Voice of the child")
    from throughline.history import door
    from throughline.history.door import action

    @action("finding")
    def give(*, by, finding, now):
        return door.link(
            FindingTheme, by=by, now=now, partnership_id=finding.partnership_id, finding=finding, theme=given
        )

    give(by=cast.bea, finding=finding("AFI-1"), now=NOW)
    assert drafts_of(plan, cast.bea)["AFI-1"].suggested_area == "Children’s voice and lived experience"


def test_accepting_writes_exactly_what_was_ticked_and_the_record_says_so(cast, plan):
    bank.begin_bank(by=cast.bea, partnership=cast.ashvale, now=NOW)
    before = Event.objects.order_by("sequence").last().sequence
    taken = take(cast, plan)
    assert taken.new_tests == 2
    assert [each.title for each in ImprovementArea.objects.all()] == [MEETINGS]
    assert FindingArea.objects.get().finding == finding("AFI-1")
    impact = DesiredImpact.objects.get()
    assert impact.for_whom == "children at risk"
    assert ImpactFinding.objects.get().finding == finding("AFI-1")
    assert [each.kind for each in ImpactTest.objects.all()] == ["measure", "voice"]
    said = Event.objects.filter(chain__partnership_id=cast.ashvale.pk, sequence__gt=before).order_by("sequence")
    assert [(each.thing_kind, each.verb) for each in said] == [
        ("plans.improvement_area", "created"), ("plans.finding_area", "placed"), ("plans.desired_impact", "created"),
        ("plans.impact_finding", "linked"), ("plans.impact_test", "added"), ("plans.impact_test", "added"),
    ]  # fmt: skip


def test_accepting_twice_does_nothing_twice(cast, plan):
    said = drafts_of(plan, cast.bea)["AFI-1"].suggestion
    again = {"area": said.area, "impact": NewImpact(said.for_whom, said.would_see), "tests": [("audit", said.audit)]}
    actions.accept(by=cast.bea, plan=plan, finding=finding("AFI-1"), now=NOW, **again)
    events = Event.objects.count()
    taken = actions.accept(by=cast.bea, plan=plan, finding=finding("AFI-1"), now=NOW, **again)
    assert taken.new_tests == 0
    assert Event.objects.count() == events


def test_tests_without_an_impact_are_refused_and_nothing_is_kept(cast, plan):
    with pytest.raises(CannotDo, match="Write what would be seen"):
        take(cast, plan, impact=None)
    assert not ImprovementArea.objects.exists()
    assert not BankEntry.objects.exists()


def test_tests_come_to_the_impact_that_the_finding_has_already(cast, plan):
    take(cast, plan, tests=())
    taken = take(cast, plan, area=None, impact=None, tests=[("audit", "Look at eight")])
    assert taken.impact == DesiredImpact.objects.get()
    assert ImpactTest.objects.get().text == "Look at eight"


def test_what_was_taken_is_not_suggested_again_in_whatever_words(cast, plan):
    take(cast, plan, area="Meetings", impact=NewImpact("children", "They are seen"), tests=[("measure", "Days")])
    draft = drafts_of(plan, cast.bea)["AFI-1"]
    assert {each.what for each in draft.pending} == {"audit", "voice"}
    test = ImpactTest.objects.get()
    drafting.withdraw_test(by=cast.bea, test=test, expected_version=1, reason="Not counted", now=NOW)
    assert {each.what for each in drafts_of(plan, cast.bea)["AFI-1"].pending} == {"audit", "voice"}


def test_what_was_set_aside_stays_aside_until_it_is_brought_back(cast, plan):
    draft = drafts_of(plan, cast.bea)["AFI-1"]
    made = actions.set_aside(by=cast.bea, plan=plan, finding=draft.finding, items=draft.pending, now=NOW)
    assert len(made) == len(draft.pending)
    assert actions.set_aside(by=cast.bea, plan=plan, finding=draft.finding, items=draft.pending, now=NOW) == []
    assert drafts_of(plan, cast.bea)["AFI-1"].pending == ()
    assert [each.finding.reference for each in draft_plan(plan, for_person=cast.bea).unplaced] == ["AFI-1", "AFI-3"]
    assert actions.bring_back(by=cast.bea, plan=plan, finding=draft.finding, now=NOW) == len(made)
    assert drafts_of(plan, cast.bea)["AFI-1"].pending == draft.pending
    actions.set_aside(by=cast.bea, plan=plan, finding=draft.finding, items=draft.pending[:1], now=NOW)
    assert SetAside.objects.filter(withdrawn_at__isnull=True).count() == 1


def test_what_was_shown_and_left_is_set_aside_with_the_rest_accepted(cast, plan):
    draft = drafts_of(plan, cast.bea)["AFI-1"]
    left = [each for each in draft.pending if each.what in {"measure", "audit", "voice"}]
    taken = take(cast, plan, tests=(), left=left)
    assert taken.set_aside == len(left)
    assert drafts_of(plan, cast.bea)["AFI-1"].is_decided


def test_areas_are_accepted_together_renamed_and_joined(cast, plan):
    made = actions.accept_areas(
        by=cast.bea,
        plan=plan,
        areas={"Meetings": [finding("AFI-1"), finding("AFI-4")], "Door": [finding("AFI-2")]},
        now=NOW,
    )
    assert [(area.title, number) for area, number in made] == [("Meetings", 2), ("Door", 1)]
    again = actions.accept_areas(
        by=cast.bea, plan=plan, areas={"meetings": [finding("AFI-3"), finding("AFI-2")]}, now=NOW
    )  # AFI-2 was placed meanwhile, so it stays where it is
    assert [(area.title, number) for area, number in again] == [("Meetings", 1)]
    assert FindingArea.objects.count() == 4


def test_an_area_that_the_plan_has_under_the_suggested_title_is_joined(cast, plan):
    plan_actions.create_area(by=cast.bea, plan=plan, title=MEETINGS.upper(), now=NOW)
    assert draft_plan(plan, for_person=cast.bea).folds[0].stands.number == 1
    take(cast, plan)
    assert ImprovementArea.objects.count() == 1


def test_two_findings_may_turn_to_one_impact(cast, plan):
    first = take(cast, plan, tests=())
    words = NewImpact(first.impact.for_whom, first.impact.would_see)
    actions.accept(by=cast.bea, plan=plan, finding=finding("AFI-4"), impact=words, now=NOW)
    assert DesiredImpact.objects.count() == 1
    assert ImpactFinding.objects.count() == 2


def test_the_bank_begins_once_and_knows_every_usual_theme(cast, plan):
    assert bank.begin_bank(by=cast.bea, partnership=cast.ashvale, now=NOW) == len(rows(default_bank()))
    assert bank.begin_bank(by=cast.bea, partnership=cast.ashvale, now=NOW) == 0
    assert not BankEntry.objects.filter(partnership=cast.brackley).exists()


def test_an_entry_of_ones_own_is_suggested_and_a_withdrawn_one_no_more(cast, plan):
    take(cast, plan, "AFI-2")
    theme = Theme.objects.get(name="Strategy meetings")
    area = BankEntry.objects.get(theme=theme, kind="area")
    bank.change_entry(by=cast.bea, entry=area, expected_version=1, text="Meetings that protect", now=NOW)
    assert drafts_of(plan, cast.bea)["AFI-1"].suggested_area == "Meetings that protect"
    for each in BankEntry.objects.filter(theme=theme, kind="measure"):
        bank.withdraw_entry(by=cast.bea, entry=each, expected_version=1, reason="Not counted here", now=NOW)
    added = bank.add_entry(by=cast.bea, theme=theme, kind=Kind.MEASURE, text="Hours to the meeting", now=NOW)
    assert added.number == 4
    assert drafts_of(plan, cast.bea)["AFI-1"].the("measure")[0].text == "Hours to the meeting"
    with pytest.raises(CannotDo):
        bank.add_entry(by=cast.bea, theme=theme, kind=Kind.MEASURE, text="hours to the MEETING", now=NOW)
    with pytest.raises(CannotDo):
        bank.withdraw_entry(by=cast.bea, entry=added, expected_version=1, reason="", now=NOW)


def test_a_theme_renamed_keeps_its_entries_and_a_new_one_has_none(cast, plan):
    bank.begin_bank(by=cast.bea, partnership=cast.ashvale, now=NOW)
    theme = Theme.objects.get(name="Strategy meetings")
    themes.change_theme(
        by=cast.bea, theme=theme, expected_version=1, name="Meetings", words=["strategy meeting"], now=NOW
    )
    themes.add_theme(by=cast.bea, partnership=cast.ashvale, name="Cold", words=["cold"], now=NOW)
    drafts = drafts_of(plan, cast.bea)
    assert drafts["AFI-1"].suggested_area == MEETINGS
    assert drafts["AFI-3"].pending == ()


def test_another_plans_area_and_a_withdrawn_finding_are_refused(cast, plan):
    other = plan_actions.create_plan(by=cast.bea, partnership=cast.ashvale, reference="two", title="Two", now=NOW)
    area = plan_actions.create_area(by=cast.bea, plan=other, title="Theirs", now=NOW)
    with pytest.raises(CannotDo):
        take(cast, plan, area=area)
    gone = finding("AFI-4")
    inspections.withdraw_finding(by=cast.bea, finding=gone, expected_version=1, reason="Twice", now=NOW)
    with pytest.raises(CannotDo):
        actions.accept_areas(by=cast.bea, plan=plan, areas={"A": [gone]}, now=NOW)


@pytest.mark.parametrize("name", ["pauline", "hana", "gil", "esther", "sian", "quin", "rita", "ada", "otto", "nobody"])
def test_only_those_who_keep_the_plan_see_or_take_suggestions(cast, plan, name):
    who = getattr(cast, name)
    bank.begin_bank(by=cast.bea, partnership=cast.ashvale, now=NOW)
    one = finding("AFI-1")
    aside = actions.set_aside(
        by=cast.bea, plan=plan, finding=one, items=drafts_of(plan, cast.bea)["AFI-1"].pending, now=NOW
    )
    entry = BankEntry.objects.first()
    assert aside
    assert not BankEntry.objects.visible_to(who).exists()
    assert not SetAside.objects.visible_to(who).exists()
    for attempt in (
        lambda: actions.accept(by=who, plan=plan, finding=one, now=NOW),
        lambda: actions.accept_areas(by=who, plan=plan, areas={"A": [one]}, now=NOW),
        lambda: actions.set_aside(by=who, plan=plan, finding=one, items=(), now=NOW),
        lambda: actions.bring_back(by=who, plan=plan, finding=one, now=NOW),
        lambda: bank.begin_bank(by=who, partnership=cast.ashvale, now=NOW),
        lambda: bank.add_entry(by=who, theme=entry.theme, kind=Kind.AREA, text="X", now=NOW),
        lambda: bank.change_entry(by=who, entry=entry, expected_version=1, text="X", now=NOW),
        lambda: bank.withdraw_entry(by=who, entry=entry, expected_version=1, reason="X", now=NOW),
    ):
        with pytest.raises(AccessDenied):
            attempt()


def test_a_draft_of_forty_three_findings_asks_no_more_of_the_database(
    cast, plan, letter, django_assert_max_num_queries
):
    def asked() -> int:
        with django_assert_max_num_queries(30) as counted:
            draft_plan(Plan.objects.select_related("partnership").get(pk=plan.pk), for_person=cast.bea)
        return len(counted)

    draft_plan(plan, for_person=cast.bea)
    few = asked()
    for number in range(39):
        mark(
            cast.bea,
            letter.inspection,
            letter=letter,
            page=2,
            title=f"Finding {number}",
            text=f"Plan {number} is late.",
        )
    assert Finding.objects.filter(kind="improvement").count() == 43
    assert asked() == few


def test_a_finding_that_an_action_answers_belongs_where_that_action_stands(cast, plan):
    area = plan_actions.create_area(by=cast.bea, plan=plan, title="Meetings", now=NOW)
    made = plan_actions.create_action(
        by=cast.bea, plan=plan, area=area, title="Hold them within a day", due=NOW.date().replace(month=6),
        lead_agency=cast.police, findings=[finding("AFI-1")], now=NOW,
    )  # fmt: skip
    draft = drafts_of(plan, cast.bea)["AFI-1"]
    assert draft.in_areas == [area]
    assert draft.suggested_area == ""
    assert draft.the("measure")  # what would show it is suggested all the same
    drafted = draft_plan(plan, for_person=cast.bea)
    assert "AFI-1" not in [one.finding.reference for fold in drafted.folds for one in fold.drafts]
    plan_actions.withdraw_action(
        by=cast.bea, act=made, expected_version=made.version, reason="Not needed", now=NOW
    )  # fmt: skip
    assert drafts_of(plan, cast.bea)["AFI-1"].suggested_area == MEETINGS
