"""What goes out comes in again without a change, as a workbook and as JSON, whatever the plan holds."""

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import NOW
from tests.plans.bringing import NAME, beside, bring, held
from tests.plans.conftest import add
from throughline.documents.tables import xlsx_bytes
from throughline.history.moments import day_of
from throughline.plans import actions, contributors, drafting, milestones, notes, resources
from throughline.plans.delivery import Delivery
from throughline.plans.importing import actions as importing
from throughline.plans.importing import interchange, preview, schema
from throughline.plans.importing.exporting import plan_table
from throughline.plans.importing.preview import Choice, Kind
from throughline.plans.models import Action, DesiredImpact, Plan

ROOT = Path(__file__).resolve().parents[2]
# Words as people write and paste them: formula signs, bullets, dates, escapes of Excel's own, two kinds of line end.
PIECES = st.sampled_from([
    "=1+1", "-", "• ", "9.12.16", "31 March 2026", "Q1: ", "_x0041_", "ACT-001", "AFI-1", "IMP-01", "Police",
    "Funder: X", "Within existing resource", ", by 1 May 2026", "(for all)", "Ongoing", "TBC",
    "\n", "\u2028", "’", "é", "😀", "#REF!",
    "%", "'", "Key Improvement Area 1: ",
])  # fmt: skip
TEXT = st.lists(st.one_of(PIECES, st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)), min_size=1)
WORDS = TEXT.map(" ".join).map(str.strip).filter(lambda text: any(each.isalnum() for each in text))
LINE = WORDS.map(lambda text: " ".join(text.split())[:120].strip()).filter(bool)
PASTED = st.one_of(st.just(""), WORDS.map(lambda text: text[:400].strip()))
DAYS = st.dates(date(2025, 12, 1), date(2028, 12, 31))


@st.composite
def an_action(draw) -> dict:
    return {
        "title": draw(LINE), "detail": draw(PASTED), "owner_post": draw(st.one_of(st.just(""), LINE)),
        "due": draw(DAYS), "moved": draw(st.one_of(st.none(), DAYS)),
        "own_number": draw(st.sampled_from(["", "1", "1.1", "2.10"])),
        "milestones": draw(st.lists(st.tuples(LINE, DAYS), max_size=2)), "parts": draw(st.lists(LINE, max_size=2)),
        "notes": draw(st.lists(st.tuples(WORDS, st.one_of(st.none(), st.just(date(2026, 1, 5)))), max_size=3)),
        "impact": draw(st.one_of(st.none(), LINE)), "finding": draw(st.booleans()),
        "money": draw(st.one_of(st.none(), LINE)),
        "lead": draw(st.sampled_from(["police", "council", "strategy_group"])), "area": draw(LINE),
    }  # fmt: skip


def make(cast, plan: Plan, said: dict) -> Action:
    findings = list(held(cast.bea, plan).findings[:1]) if said["finding"] else []
    lead = getattr(cast, said["lead"])
    body = {"lead_group": lead} if said["lead"] == "strategy_group" else {"lead_agency": lead}
    area = actions.create_area(by=cast.bea, plan=plan, title=said["area"], now=NOW)
    act = actions.create_action(
        by=cast.bea, plan=plan, area=area, title=said["title"], detail=said["detail"], owner_post=said["owner_post"],
        due=said["due"], own_number=said["own_number"], findings=findings, now=NOW, **body,
    )  # fmt: skip
    if said["moved"] and said["moved"] != act.due:
        act = actions.set_due(
            by=cast.bea, act=act, expected_version=act.version, due=said["moved"], reason="Later", now=NOW
        )
    if said["impact"]:
        impact = drafting.impact_in_words(
            by=cast.bea, plan=plan, for_whom="Children", would_see=said["impact"], now=NOW
        )
        actions.serve_impact(by=cast.bea, act=act, impact=impact, now=NOW)
    if said["money"]:
        act = resources.set_resources(
            by=cast.bea, act=act, expected_version=act.version, resources=Action.ADDITIONAL, note=said["money"],
            funder="The council", decided=date(2026, 1, 2), now=NOW,
        )  # fmt: skip
    for title, due in said["milestones"]:
        milestones.add_milestone(by=cast.bea, act=act, title=title, due=due, now=NOW)
    for part, who in zip(said["parts"], (cast.hospital, cast.council), strict=False):
        if who != lead:
            contributors.add_contributor(by=cast.bea, act=act, part=part, agency=who, now=NOW)
    for text, dated in said["notes"]:
        notes.add_note(by=cast.bea, act=act, text=text, dated=dated, source="paste", now=NOW)
    return act


def exported(by, plan: Plan) -> bytes:
    return xlsx_bytes(plan_table(held(by, plan), on=day_of(NOW), audience="OFFICIAL-SENSITIVE"))


ONCE_A_TEST = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=15)


@ONCE_A_TEST
@given(said=st.lists(an_action(), min_size=1, max_size=3))
def test_an_exported_workbook_comes_in_again_without_a_change(said, cast, plan) -> None:
    from django.db import transaction

    with transaction.atomic(), TemporaryDirectory() as folder:
        for each in said:
            make(cast, plan, each)
        found = beside(cast.bea, plan, exported(cast.bea, plan), Path(folder))
        assert [each.wanted.held.act.reference for each in found.rows] == [
            each.reference for each in Action.objects.order_by("number")
        ]
        assert [each.differences for each in found.rows if each.kind is not Kind.SAME] == []
        assert [each.problems for each in found.rows if each.problems] == []
        transaction.set_rollback(True)


@ONCE_A_TEST
@given(said=st.lists(an_action(), min_size=1, max_size=3))
def test_exported_json_is_by_the_schema_and_comes_in_again_without_a_change(said, cast, plan) -> None:
    from django.db import transaction

    with transaction.atomic():
        for each in said:
            make(cast, plan, each)
        here = held(cast.bea, plan)
        text = interchange.text_of(here)
        assert schema.first_wrong(json.loads(text)) == ""
        found = preview.shown_beside(interchange.wanted_in(text, here, name="plan.json"), here)
        assert [(each.kind, each.differences) for each in found.rows if each.kind is not Kind.SAME] == []
        transaction.set_rollback(True)


def test_json_builds_the_same_plan_elsewhere(cast, plan) -> None:
    said = {
        "title": "Hold them", "detail": "Daily", "owner_post": "Head", "due": date(2026, 3, 31),
        "moved": date(2026, 4, 30), "own_number": "1.1", "milestones": [("Guidance", date(2026, 2, 1))],
        "parts": ["sends a nurse"], "notes": [("Agreed", date(2026, 1, 5))], "impact": "Fewer wait", "finding": True,
        "money": "Two posts", "lead": "police", "area": "Strategy meetings",
    }  # fmt: skip
    act = make(cast, plan, said)
    drafting.add_tests(by=cast.bea, impact=DesiredImpact.objects.get(), tests=[("audit", "Forty files")], now=NOW)
    text = interchange.text_of(held(cast.bea, plan))
    other = actions.create_plan(by=cast.bea, partnership=cast.ashvale, reference="other", title="Other", now=NOW)
    bring_json(cast, other, text)
    copy = Action.objects.get(plan=other)
    assert (copy.title, copy.detail, copy.owner_post, copy.own_number) == ("Hold them", "Daily", "Head", "1.1")
    assert (copy.original_due, copy.due, copy.lead) == (act.original_due, date(2026, 4, 30), cast.police)
    assert (copy.resources, copy.resources_note, copy.funder) == ("additional", "Two posts", "The council")
    assert [each.finding.reference for each in copy.finding_links.all()] == ["AFI-1"]
    assert [(each.title, each.due) for each in copy.milestones.all()] == [("Guidance", date(2026, 2, 1))]
    assert [(each.text, each.dated, each.source) for each in copy.notes.all()] == [
        ("Agreed", date(2026, 1, 5), "paste")
    ]
    assert [each.part for each in copy.contributors.all()] == ["sends a nurse"]
    copied = copy.impact_links.get().desired_impact
    assert [(each.kind, each.text) for each in copied.tests.all()] == [("audit", "Forty files")]
    again = bring_json(cast, other, text)
    assert (again.added, again.updated) == ((), ())


def bring_json(cast, plan: Plan, text: str):
    here = held(cast.bea, plan)
    found = preview.shown_beside(interchange.wanted_in(text, here, name=NAME), here)
    rows = [(each, Choice.ADD if each.kind is Kind.NEW else Choice.SKIP) for each in found.rows]
    return importing.bring_in(by=cast.bea, plan=plan, expected=found.digest, rows=rows, name=NAME, now=NOW)


def test_what_differs_in_signs_or_in_letters_that_are_not_ours_is_not_mixed_up(cast, plan) -> None:
    for words in ("Heard: yes!", "Heard, yes?", "Слово", "Речь", "="):
        said = {
            "title": words, "detail": "", "owner_post": "", "due": date(2026, 3, 1), "moved": None, "own_number": "",
            "milestones": [], "parts": [], "notes": [], "impact": words, "finding": False, "money": None,
            "lead": "police", "area": "One",
        }  # fmt: skip
        make(cast, plan, said)
    text = interchange.text_of(held(cast.bea, plan))
    shown = preview.shown_beside(interchange.wanted_in(text, held(cast.bea, plan), name=NAME), held(cast.bea, plan))
    assert [each.kind for each in shown.rows] == [Kind.SAME] * 5
    other = actions.create_plan(by=cast.bea, partnership=cast.ashvale, reference="again", title="Again", now=NOW)
    bring_json(cast, other, text)
    shown = preview.shown_beside(interchange.wanted_in(text, held(cast.bea, other), name=NAME), held(cast.bea, other))
    assert [each.kind for each in shown.rows if each.wanted.title not in ("Heard: yes!", "Heard, yes?")] == (
        [Kind.SAME] * 3
    )


def test_json_never_delivers_anything(cast, plan) -> None:
    act = add(cast, plan)
    value = json.loads(interchange.text_of(held(cast.bea, plan)))
    value["actions"][0].update(delivery="delivered_verified", title="In other words")
    here = held(cast.bea, plan)
    (row,) = preview.shown_beside(interchange.wanted_in(json.dumps(value), here, name=NAME), here).rows
    assert [each.label for each in row.differences] == ["Action"]
    importing.bring_in(by=cast.bea, plan=plan, expected=here.digest, rows=[(row, Choice.UPDATE)], name=NAME, now=NOW)
    act.refresh_from_db()
    assert (act.title, act.delivery) == ("In other words", Delivery.NOT_STARTED)


@pytest.mark.parametrize(("spoil", "sentence"), [
    (lambda value: value.pop("actions"), "‘actions’ is missing"),
    (lambda value: value["actions"][0].pop("due"), "actions/0: ‘due’ is missing"),
    (lambda value: value["actions"][0].update(due="ongoing"), "actions/0/due: ‘ongoing’ is no day. Give it"),
    (lambda value: value["actions"][0].update(id="1"), "actions/0/id: ‘1’ is no UUID"),
    (lambda value: value["actions"][0].update(title=" "), "actions/0/title: this is empty"),
    (lambda value: value["actions"][0].update(title="x" * 301), "301 characters, and at most 300 are kept"),
    (lambda value: value["actions"][0].update(title=3), "actions/0/title: this must be text"),
    (lambda value: value["actions"][0].update(title="a\x00"), "cannot be kept"),
    (lambda value: value["actions"][0].update(owner="x"), "‘owner’ is not known here"),
    (lambda value: value["actions"][0].update(delivery="green"), "actions/0/delivery: this must be one of"),
    (lambda value: value.update(version=2), "version: this must be 1"),
    (lambda value: value["actions"].append(dict(value["actions"][0])), "ACT-001 stands twice"),
])  # fmt: skip
def test_json_that_breaks_the_schema_is_refused_with_its_place(spoil, sentence, cast, plan) -> None:
    add(cast, plan)
    here = held(cast.bea, plan)
    value = json.loads(interchange.text_of(here))
    spoil(value)
    with pytest.raises(interchange.NotInterchange, match=r"plan\.json") as refused:
        interchange.wanted_in(json.dumps(value), here, name="plan.json")
    assert sentence in str(refused.value)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "null", '"plan"', "[]"])
def test_what_is_no_plan_in_json_is_refused_in_one_sentence(text, cast, plan) -> None:
    with pytest.raises(interchange.NotInterchange, match=r"^plan\.json"):
        interchange.wanted_in(text, held(cast.bea, plan), name="plan.json")


def test_the_published_schema_is_the_one_that_is_checked() -> None:
    published = json.loads((ROOT / "docs" / "reference" / "plan.schema.json").read_text(encoding="utf-8"))
    assert published == schema.schema()


def test_a_changed_cell_of_an_export_is_the_only_difference(cast, plan, tmp_path) -> None:
    import io

    import openpyxl

    add(cast, plan, detail="Daily")
    add(cast, plan, title="Another")
    book = openpyxl.load_workbook(io.BytesIO(exported(cast.bea, plan)))
    sheet = book.active
    place = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Daily")
    place.value = "Twice a day"
    changed = io.BytesIO()
    book.save(changed)
    found = beside(cast.bea, plan, changed.getvalue(), tmp_path)
    assert [(each.here, each.there) for row in found.rows for each in row.differences] == [("Daily", "Twice a day")]
    bring(cast.bea, plan, found, row_0=Choice.UPDATE)
    assert Action.objects.get(number=1).detail == "Twice a day"
    assert Action.objects.get(number=1).due == date(2026, 3, 31)
