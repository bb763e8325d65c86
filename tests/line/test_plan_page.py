"""The plan on a page as people see it: cells in words, what moved, what needs a decision, files, and as at a day."""

import io
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.cast import NOW
from tests.line import made
from tests.returns.scene import Scene
from throughline.assurance import actions as assurance_actions
from throughline.impact import judgements
from throughline.impact.scale import Impact
from throughline.line import marks, moved
from throughline.line.matrix import matrix_of
from throughline.line.moved import Since
from throughline.line.page_view import in_words
from throughline.line.tree import JudgementLine, PeriodLine
from throughline.plans import actions as plan_actions
from throughline.plans import extensions
from throughline.plans.delivery import KEY, Delivery
from throughline.scrutiny import decisions
from throughline.ui import glyphs

BASE = "/p/ashvale/plans/improvement-plan/page/"


# -- values -----------------------------------------------------------------------------------------------------------


def test_every_action_is_counted_once_in_its_cell_its_row_its_column_and_the_whole():
    line = made.plan()
    found = matrix_of(line, made.ON)
    assert sum(cell.actions for row in found.rows for cell in row.cells) == len(line.actions) == 100
    assert [row.total.actions for row in found.rows] == [len(line.actions_in(row.area)) for row in found.rows]
    assert sum(cell.actions for cell in found.totals) == found.total.actions == 100
    assert {each.name for each in found.bodies} == {each.lead.name for each in line.actions}


def test_a_cell_shows_its_least_favourable_judgement_and_never_hides_what_nobody_judged():
    line = made.plan(findings=1, actions=2, impacts=2, areas=1)
    lead = line.actions[0].lead
    acts = [
        replace(each, lead=lead, impacts=(impact.id,), delivery=Delivery.ON_TRACK)
        for each, impact in zip(line.actions, line.impacts, strict=True)
    ]

    def cell(*states: Impact | None):
        impacts = [
            replace(each, judgements=(judged_as(state),) if state else ())
            for each, state in zip(line.impacts, states, strict=True)
        ]
        return matrix_of(replace(line, actions=tuple(acts), impacts=tuple(impacts)), made.ON).total

    assert cell(Impact.ACHIEVED, Impact.EARLY_SIGN).impact is Impact.EARLY_SIGN
    assert cell(Impact.ACHIEVED, None).impact is None
    assert cell(Impact.GETTING_WORSE, None).impact is Impact.GETTING_WORSE
    assert in_words(cell(Impact.ACHIEVED, None)).endswith("Impact: not judged yet.")


def judged_as(state: Impact) -> JudgementLine:
    """The Executive Group's judgement."""
    return JudgementLine("judgement", "executive", state, "Two kinds of evidence agree.", made.ON, "Chair")


def test_what_was_ended_is_counted_by_the_key_and_asked_for_no_impact():
    line = made.plan(findings=1, actions=1, impacts=1, areas=1)
    ended = replace(line, actions=(replace(line.actions[0], delivery=Delivery.WITHDRAWN),))
    assert in_words(matrix_of(ended, made.ON).total) == "1 withdrawn or superseded."


def test_every_place_of_both_scales_has_a_mark_of_its_own_with_words_and_a_shape():
    ratings, impacts = [marks.rating_mark(each) for each in KEY], marks.impact_key()
    for found in (ratings, impacts, marks.result_key(), marks.later_key()):
        assert len({each.words for each in found}) == len(found)
        assert len({each.glyph for each in found}) == len(found)
        assert {each.glyph for each in found} <= set(glyphs.names())
    assert [each.printed for each in KEY] == [each.words for each in ratings]


def period(label: str, opens: date, meeting: date | None = None) -> PeriodLine:
    return PeriodLine(label, label, label, opens, opens, opens, None, meeting, ())


@pytest.mark.parametrize(
    ("periods", "since"),
    [
        ((), None),
        ((period("Q3", date(2018, 12, 3), date(2019, 1, 29)),), Since(date(2018, 12, 3), "Q3 was opened")),
        (
            (period("Q3", date(2018, 12, 3), date(2019, 1, 29)), period("Q4", date(2019, 2, 1))),
            Since(date(2019, 1, 29), "the meeting of Q3"),
        ),
        ((period("Q3", date(2018, 12, 3)), period("Q4", date(2019, 2, 1))), Since(date(2019, 2, 1), "Q4 was opened")),
        ((period("Q1", date(2019, 7, 1)),), None),
    ],
)
def test_a_quarter_is_looked_at_from_the_last_ones_meeting_or_from_its_own_opening(periods, since):
    assert moved.since(periods, date(2019, 6, 30)) == since


# -- the page ---------------------------------------------------------------------------------------------------------


def _get(client, person, query: str = "") -> str:
    client.force_login(person)
    answer = client.get(f"{BASE}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def _eventful(scene: Scene) -> None:
    """A quarter was opened; since then everything that the page tells happened once."""
    cast = scene.cast
    scene.open_period(opens=date(2026, 1, 20))
    scene.clock = scene.clock.replace(month=2)
    act = scene.police_action
    plan_actions.record_delivery(
        by=cast.bea, act=act, expected_version=act.version, state=Delivery.DELIVERED_CLAIMED, reason="It says so.",
        now=scene.now(),
    )  # fmt: skip
    hospital = scene.hospital_action
    plan_actions.set_due(
        by=cast.bea, act=hospital, expected_version=hospital.version, due=date(2026, 2, 20), reason="Sooner.",
        now=scene.now(),
    )  # fmt: skip
    extensions.ask(by=cast.gil, act=scene.group_action, proposed=date(2026, 9, 30), reason="Posts.", now=scene.now())
    judgements.judge(
        by=cast.esther, impact=scene.impact, whose="executive", state=Impact.EARLY_SIGN, reason="One kind.",
        on=date(2026, 2, 12), now=scene.now(),
    )  # fmt: skip
    decisions.seek(by=cast.bea, plan=scene.plan, text="That the desk is funded.", now=scene.now())
    audit = assurance_actions.plan_activity(
        by=cast.bea, plan=scene.plan, title="Audit of minutes", kind="audit", tests="Whether they are kept",
        agency=cast.police, due=date(2026, 2, 12), now=scene.now(), impacts=[scene.impact],
    )  # fmt: skip
    assurance_actions.record_result(
        by=cast.bea, activity=audit, expected_version=audit.version, done_on=date(2026, 2, 12),
        result="does_not_support", found="Six of twenty.", now=scene.now(),
    )  # fmt: skip


@pytest.mark.django_db
def test_the_page_tells_both_scales_what_moved_and_what_needs_a_decision(scene, client):
    _eventful(scene)
    html = _get(client, scene.cast.bea)
    for told in (
        "What moved since 20 January 2026", "ACT-001: from not started to delivered (claimed).",
        "IMP-01: the Executive Group judged “early sign”.", "ACT-002: from 30 June 2026 to 20 February 2026.",
        "ACT-002 was due on 20 February 2026.", "That the desk is funded.",
        "Strategy meetings group asks to move it from 30 June 2026 to 30 September 2026.",
        "Ashvale Hospitals NHS Trust has given no reason.", "Vale Police says that it is done.", "Six of twenty.",
    ):  # fmt: skip
        assert told in html, told
    assert "/actions/?area=1&amp;lead=Vale+Police" in html
    for path in ("actions/ACT-001/", "assurance/ASR-01/", "decisions/DEC-01/", "impacts/IMP-01/"):
        assert f'href="/p/ashvale/plans/improvement-plan/{path}"' in html


@pytest.mark.django_db
def test_as_at_a_day_the_page_is_what_the_register_held_then(scene, client):
    _eventful(scene)
    then = _get(client, scene.cast.bea, "?as-of=2026-01-31")
    assert "1 not started" not in then
    assert "That the desk is funded." not in then
    assert "from not started to delivered" not in then
    later = _get(client, scene.cast.bea, "?as-of=2026-02-28")
    assert "ACT-001: from not started to delivered (claimed)." in later
    assert "line/?area=1&amp;body=" in later
    assert "The register held no actions" in _get(client, scene.cast.bea, "?as-of=2020-01-01")


@pytest.mark.django_db
def test_the_matrix_is_exported_as_shown(scene, client):
    _eventful(scene)
    client.force_login(scene.cast.bea)
    csv = client.get(f"{BASE}?export=csv").content.decode("utf-8-sig")
    assert "OFFICIAL-SENSITIVE" in csv
    assert '"Improvement area","Ashvale Hospitals NHS Trust","Strategy meetings group","Vale Police","All"' in csv
    assert '"1 delivered, not verified. Impact: early sign."' in csv
    answer = client.get(f"{BASE}?export=xlsx&as-of=2026-01-31")
    assert answer.headers["Content-Disposition"].endswith('plan-on-a-page-improvement-plan-2026-01-31.xlsx"')
    sheet = load_workbook(io.BytesIO(answer.content)).active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "As at the end of 31 January 2026." in cells
    assert "1 not started. Impact: not judged yet." in cells


@pytest.mark.django_db
def test_an_empty_plan_says_what_comes_first(cast, client):
    plan_actions.create_plan(by=cast.bea, partnership=cast.ashvale, reference="improvement-plan", title="Plan", now=NOW)
    assert "The plan has no actions yet." in _get(client, cast.bea)


@pytest.mark.django_db
def test_the_page_costs_the_same_number_of_queries_however_long_the_plan_is(scene, client):
    _eventful(scene)
    client.force_login(scene.cast.bea)

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get(BASE).status_code == 200
        return len(counted)

    queries()  # what the first page of a visit asks once
    before = queries()
    for number in range(12):
        plan_actions.create_action(
            by=scene.cast.bea, plan=scene.plan, area=scene.area, title=f"Action {number}", due=date(2026, 3, 1),
            lead_agency=scene.cast.council, findings=scene.findings, impacts=[scene.impact], now=scene.now(),
        )  # fmt: skip
    assert queries() == before
    assert before <= 45
