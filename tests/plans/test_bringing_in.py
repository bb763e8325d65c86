"""A plan that a council has is brought in: what each row becomes, what stands in the way, and all or nothing."""

from datetime import date

import pytest

from tests.cast import NOW
from tests.methods import plans_of_our_own as own
from tests.plans.bringing import beside, bring, held, mended
from tests.plans.conftest import add
from throughline.access import AccessDenied
from throughline.history.models import Event
from throughline.plans import actions as plan_actions
from throughline.plans.actions import CannotDo
from throughline.plans.delivery import Delivery
from throughline.plans.importing import actions
from throughline.plans.importing.preview import Choice, Kind
from throughline.plans.importing.wanting import Answers
from throughline.plans.models import Action, ActionNote, DesiredImpact, ImprovementArea, Milestone, RememberedHeading


def rows_by_number(found):
    return {each.wanted.own_number or each.wanted.title: each for each in found.rows}


def test_a_hierarchy_gives_areas_numbers_and_dated_notes(cast, plan, tmp_path) -> None:
    found = beside(cast.bea, plan, own.workbook(own.HIERARCHY), tmp_path)
    rows = rows_by_number(found)
    assert {number: each.wanted.area for number, each in rows.items()} == {
        "1.1": "Front door", "1.2": "Front door", "2.1": "Management oversight",
    }  # fmt: skip
    assert [problem.field for problem in rows["1.2"].problems] == ["due"]
    assert "‘Ongoing’ is not a date" in rows["1.2"].problems[0].sentence
    assert rows["2.1"].wanted.lead == cast.council
    assert rows["2.1"].wanted.owner_post == "Head of safeguarding, Council"
    mended = beside(
        cast.bea, plan, own.workbook(own.HIERARCHY), tmp_path, answers=Answers(days={"1": date(2019, 6, 30)})
    )
    assert bring(cast.bea, plan, mended).added
    first = Action.objects.get(own_number="1.1")
    assert (first.area.title, first.lead_agency, first.due) == ("Front door", cast.council, date(2018, 12, 31))
    assert first.delivery == Delivery.NOT_STARTED
    notes = [(str(each.dated), each.text) for each in first.notes.order_by("number")]
    assert ("2016-12-09", "Training held.") in notes
    assert ("2017-01-14", "Rota agreed.") in notes
    assert [each.title for each in ImprovementArea.objects.filter(plan=plan)] == ["Front door", "Management oversight"]


def test_findings_are_known_by_the_inspectors_words_and_by_their_reference(cast, plan, tmp_path) -> None:
    table = own.Table("Plan", [
        ["Area for improvement", "Action", "Lead", "Due date"],
        ["Strategy meetings are held late", "Hold them in time", "Police", "31/3/2026"],
        ["AFI-2", "Invite the police", "Police", "31/3/2026"],
        ["Something that no inspector said about anything here", "Do it", "Police", "31/3/2026"],
    ])  # fmt: skip
    rows = beside(cast.bea, plan, own.workbook(table), tmp_path).rows
    register = held(cast.bea, plan).findings
    assert [each.reference for each in register] == ["AFI-1", "AFI-2"], "the scene has two findings of the same words"
    assert rows[0].wanted.findings == () or rows[0].wanted.findings[0].reference == "AFI-1"
    assert [each.reference for each in rows[1].wanted.findings] == ["AFI-2"]
    assert rows[2].wanted.findings == ()
    assert "No finding of the register has the words ‘Something that no inspector said" in rows[2].remarks[0]
    assert any("Something that no inspector said" in each.text for each in rows[2].wanted.notes)


def test_a_rating_is_kept_as_a_note_and_nothing_becomes_delivered(cast, plan, tmp_path) -> None:
    bring(cast.bea, plan, beside(cast.bea, plan, own.workbook(own.RECOMMENDATIONS), tmp_path))
    assert {each.delivery for each in Action.objects.all()} == {Delivery.NOT_STARTED}
    flags = Action.objects.get(title="Put flags on records")
    assert [each.text for each in flags.notes.order_by("number")][:2] == [
        "Progress indicator (R/A/G): Green", "Date of completion and outcome: 14 June 2019 flags in use",
    ]  # fmt: skip
    protocol = Action.objects.get(title="Agree a protocol for sharing")
    assert [(each.title, str(each.due)) for each in protocol.milestones.order_by("number")] == [
        ("Draft ready", "2018-11-01"), ("draft agreed", "2018-12-31"), ("staff trained", "2019-01-31"),
    ]  # fmt: skip
    assert protocol.due == date(2019, 3, 31)


def test_an_outcome_becomes_a_desired_impact_with_its_measure(cast, plan, tmp_path) -> None:
    found = beside(cast.bea, plan, own.workbook(own.BUSINESS_PLAN), tmp_path)
    assert [each.wanted.lead for each in found.rows] == [cast.strategy_group, cast.strategy_group]
    bring(cast.bea, plan, found)
    impact = DesiredImpact.objects.get(would_see="Children at risk are safeguarded in time")
    assert [(each.kind, each.text) for each in impact.tests.all()] == [("measure", "Nine in ten meetings within a day")]
    assert "does not say for whom" in " ".join(found.rows[0].remarks)


def test_a_revised_date_is_due_and_the_original_one_stays_beside_it(cast, plan, tmp_path) -> None:
    found = beside(cast.bea, plan, own.workbook(own.HIGHLIGHT), tmp_path)
    bring(cast.bea, plan, found)
    review = Action.objects.get(title="Review thresholds")
    assert (review.original_due, review.due) == (date(2018, 12, 31), date(2019, 2, 28))
    train = Action.objects.get(title="Train screeners")
    assert (train.original_due, train.due) == (date(2018, 11, 30), date(2018, 11, 30))


@pytest.mark.parametrize("title", own.ALL)
def test_what_was_brought_in_comes_in_again_without_a_change(title, cast, plan, tmp_path) -> None:
    content = own.workbook(*own.ALL[title])
    first = mended(cast.bea, plan, content, tmp_path)
    assert {each.kind for each in first.rows} == {Kind.NEW}
    bring(cast.bea, plan, first)
    again = beside(cast.bea, plan, content, tmp_path)
    told = [(each.wanted.where, each.differences) for each in again.rows if each.kind is not Kind.SAME]
    assert told == []


def test_a_row_that_says_stop_keeps_everything_out(cast, plan, tmp_path) -> None:
    found = beside(cast.bea, plan, own.workbook(own.BUSINESS_PLAN), tmp_path)
    with pytest.raises(CannotDo, match="row 3 says stop, so nothing is brought in"):
        bring(cast.bea, plan, found, row_1=Choice.STOP)
    assert not Action.objects.exists()


def test_a_row_that_a_rule_refuses_takes_the_whole_import_back(cast, plan, tmp_path) -> None:
    table = own.Table("Plan", [
        ["Finding reference", "Action", "Lead", "Due date"],
        ["AFI-1", "Good", "Police", "31/3/2026"],
        ["AFI-1", "Due before the inspection began", "Police", "31/3/1999"],
    ])  # fmt: skip
    found = beside(cast.bea, plan, own.workbook(table), tmp_path)
    before = Event.objects.count()
    with pytest.raises(
        CannotDo, match="row 3, column D \\(‘Due date’\\): 31 March 1999 is before the inspection began"
    ):
        bring(cast.bea, plan, found)
    assert not Action.objects.exists()
    assert Event.objects.count() == before


def test_a_plan_that_was_changed_meanwhile_is_looked_at_again(cast, plan, tmp_path) -> None:
    found = beside(cast.bea, plan, own.workbook(own.BUSINESS_PLAN), tmp_path)
    add(cast, plan)
    with pytest.raises(actions.PlanChanged, match="look again"):
        bring(cast.bea, plan, found)
    assert Action.objects.count() == 1


def test_a_matching_action_is_updated_field_by_field_only_when_asked(cast, plan, tmp_path) -> None:
    act = add(cast, plan, title="Hold them within a day", detail="As before")
    table = own.Table("Plan", [
        ["Reference", "Action", "How", "Lead agency", "Due date", "Contributors", "Milestones"],
        ["ACT-001", "Hold them within a day", "By telephone", "Hospitals", "30/4/2026", "Council: sends a manager",
         "Guidance by 1 February 2026"],
    ])  # fmt: skip
    found = beside(cast.bea, plan, own.workbook(table), tmp_path)
    (row,) = found.rows
    assert row.kind is Kind.DIFFERS
    assert row.choices == (Choice.STOP, Choice.SKIP, Choice.UPDATE)
    assert [(each.label, each.here, each.there) for each in row.differences] == [
        ("How", "As before", "By telephone"), ("Who leads", "Vale Police", "Ashvale Hospitals NHS Trust"),
        ("Due date", "31 March 2026", "30 April 2026"),
        ("Contributors", "", "+ Ashvale Council children's services: sends a manager"),
        ("Milestones", "", "+ Guidance, by 1 February 2026"),
    ]  # fmt: skip
    bring(cast.bea, plan, found)
    act.refresh_from_db()
    assert act.detail == "As before"
    bring(cast.bea, plan, found, row_0=Choice.UPDATE)
    act.refresh_from_db()
    assert (act.detail, act.lead_agency, act.due) == ("By telephone", cast.hospital, date(2026, 4, 30))
    assert act.original_due == date(2026, 3, 31)
    assert Milestone.objects.get(action=act).title == "Guidance"


def test_an_empty_cell_changes_nothing(cast, plan, tmp_path) -> None:
    add(cast, plan, detail="As before", owner_post="Head of safeguarding")
    table = own.Table("Plan", [["Reference", "Action", "How", "Lead", "Due date"], ["ACT-001", None, None, None, None]])
    (row,) = beside(cast.bea, plan, own.workbook(table), tmp_path).rows
    assert row.kind is Kind.SAME
    assert row.problems == ()


def test_a_lead_that_nobody_knows_is_asked_for_once(cast, plan, tmp_path) -> None:
    table = own.Table("Plan", [
        ["Action", "Lead", "Due date"], ["One", "Head of MASH", "31/3/2026"], ["Two", "head of MASH", "31/3/2026"],
    ])  # fmt: skip
    content = own.workbook(table)
    found = beside(cast.bea, plan, content, tmp_path)
    assert list(found.unknown_leads) == ["head of mash"]
    with pytest.raises(CannotDo, match="‘Head of MASH’ is no agency or group here"):
        bring(cast.bea, plan, found)
    known = beside(cast.bea, plan, content, tmp_path, answers=Answers(who={"head of mash": cast.police}))
    bring(cast.bea, plan, known)
    assert [(each.lead_agency, each.owner_post) for each in Action.objects.order_by("number")] == [
        (cast.police, "Head of MASH"), (cast.police, "head of MASH"),
    ]  # fmt: skip


def test_two_rows_that_match_one_action_stop_until_one_is_skipped(cast, plan, tmp_path) -> None:
    add(cast, plan)
    table = own.Table("Plan", [
        ["Reference", "Action", "Lead", "Due date"], ["ACT-001", "One", "Police", "31/3/2026"],
        ["ACT-001", "Two", "Police", "31/3/2026"],
    ])  # fmt: skip
    found = beside(cast.bea, plan, own.workbook(table), tmp_path)
    with pytest.raises(CannotDo, match="matches ACT-001, as Sheet ‘Plan’, row 2 does"):
        bring(cast.bea, plan, found, row_0=Choice.UPDATE, row_1=Choice.UPDATE)
    bring(cast.bea, plan, found, row_0=Choice.UPDATE)
    assert Action.objects.get().title == "One"


def test_a_withdrawn_action_is_not_brought_back_by_a_file(cast, plan, tmp_path) -> None:
    act = add(cast, plan)
    plan_actions.withdraw_action(by=cast.bea, act=act, expected_version=act.version, reason="Merged", now=NOW)
    table = own.Table("Plan", [["Reference", "Action", "Lead"], ["ACT-001", "Another title", "Police"]])
    (row,) = beside(cast.bea, plan, own.workbook(table), tmp_path).rows
    assert "was ended" in row.problems[0].sentence


def test_nobody_but_the_keepers_brings_a_plan_in(cast, plan, tmp_path) -> None:
    found = beside(cast.bea, plan, own.workbook(own.BUSINESS_PLAN), tmp_path)
    for who in (cast.hana, cast.esther, cast.otto, cast.nobody):
        with pytest.raises(AccessDenied):
            bring(who, plan, found)
        with pytest.raises(AccessDenied):
            actions.remember_headings(by=who, partnership=cast.ashvale, fields={"scope": "note"}, now=NOW)
    assert not Action.objects.exists()


def test_every_row_made_is_told_in_the_record(cast, plan, tmp_path) -> None:
    before = set(Event.objects.values_list("pk", flat=True))
    bring(cast.bea, plan, beside(cast.bea, plan, own.workbook(own.BUSINESS_PLAN), tmp_path))
    new = Event.objects.exclude(pk__in=before)
    assert [each.thing_kind for each in new].count("plans.action") == 2
    assert {each.by_id for each in new} == {cast.bea.pk}


def test_headings_are_remembered_once_and_may_be_told_anew(cast) -> None:
    def tell(**fields: str) -> int:
        return actions.remember_headings(by=cast.bea, partnership=cast.ashvale, fields=fields, now=NOW)

    assert tell(scope="note", risk="") == 2
    assert tell(scope="note") == 0
    assert tell(scope="detail") == 1
    assert dict(RememberedHeading.objects.values_list("heading", "field")) == {"scope": "detail", "risk": ""}


def test_the_queries_of_a_preview_do_not_grow_with_the_plan(cast, plan, tmp_path) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    bring(cast.bea, plan, beside(cast.bea, plan, own.workbook(own.BUSINESS_PLAN), tmp_path))

    def queries() -> int:
        cast.bea.forget_grants()
        with CaptureQueriesContext(
            connection,
        ) as seen:
            held(cast.bea, plan).digest  # noqa: B018
        return len(seen)

    few = queries()
    for tables in own.ALL.values():
        bring(cast.bea, plan, mended(cast.bea, plan, own.workbook(*tables), tmp_path))
    assert queries() == few


def test_every_note_names_where_it_stood(cast, plan, tmp_path) -> None:
    bring(cast.bea, plan, beside(cast.bea, plan, own.workbook(own.HIERARCHY), tmp_path,
                                 answers=Answers(days={"1": date(2019, 6, 30)})))  # fmt: skip
    assert "plan.xlsx, ‘Current Status’" in set(ActionNote.objects.values_list("source", flat=True))
