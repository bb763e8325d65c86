"""Findings placed in areas, impacts turned from them, and what would show an impact."""

import re

import pytest

from tests.cast import NOW
from tests.inspections.conftest import form_of
from tests.inspections.test_pages import words_of
from throughline.access import AccessDenied
from throughline.inspections import actions as findings
from throughline.inspections.models import Finding
from throughline.plans import actions, drafting, placings
from throughline.plans.models import DesiredImpact, FindingArea


@pytest.fixture
def impact(cast, plan) -> DesiredImpact:
    return actions.create_desired_impact(by=cast.bea, plan=plan, for_whom="Children", would_see="Less waiting", now=NOW)


def test_a_finding_is_placed_once_moved_and_taken_out(cast, plan):
    one, two = Finding.objects.order_by("place")
    first = actions.create_area(by=cast.bea, plan=plan, title="One", now=NOW)
    second = actions.create_area(by=cast.bea, plan=plan, title="Two", now=NOW)
    assert len(drafting.place_findings(by=cast.bea, area=first, findings=[one, two, one], now=NOW)) == 2
    assert drafting.place_findings(by=cast.bea, area=first, findings=[two], now=NOW) == []
    placed = FindingArea.objects.get(finding=one)
    with pytest.raises(actions.CannotDo):
        drafting.move_finding(by=cast.bea, placed=placed, expected_version=1, area=first, now=NOW)
    moved = drafting.move_finding(by=cast.bea, placed=placed, expected_version=1, area=second, now=NOW)
    assert FindingArea.objects.get(pk=placed.pk).withdrawn_at is not None
    drafting.take_out(by=cast.bea, placed=moved, expected_version=1, now=NOW)
    assert [each.finding for each in placings.placed_in(plan, for_person=cast.hana)] == [two]


def test_an_impact_in_the_same_words_is_the_same_impact_for_two_findings(cast, plan, impact):
    same = drafting.impact_in_words(by=cast.bea, plan=plan, for_whom="children", would_see="LESS waiting", now=NOW)
    assert same == impact
    for finding in Finding.objects.all():
        drafting.turn_finding(by=cast.bea, impact=impact, finding=finding, now=NOW)
        drafting.turn_finding(by=cast.bea, impact=impact, finding=finding, now=NOW)
    assert placings.turned_in(plan, for_person=cast.hana).count() == 2


def test_tests_of_an_impact_are_added_once_changed_and_let_go(cast, impact):
    tests = [("measure", "Days waited"), ("voice", "Did help come in time?"), ("measure", "Days waited")]
    made = drafting.add_tests(by=cast.bea, impact=impact, tests=tests, now=NOW)
    assert [each.number for each in made] == [1, 2]
    assert drafting.add_tests(by=cast.bea, impact=impact, tests=tests, now=NOW) == []
    with pytest.raises(actions.CannotDo):
        drafting.add_tests(by=cast.bea, impact=impact, tests=[("wish", "More")], now=NOW)
    with pytest.raises(actions.CannotDo):
        drafting.withdraw_test(by=cast.bea, test=made[0], expected_version=1, reason=" ", now=NOW)
    gone = drafting.withdraw_test(by=cast.bea, test=made[0], expected_version=1, reason="Not counted", now=NOW)
    with pytest.raises(actions.CannotDo):
        drafting.change_test(by=cast.bea, test=gone, expected_version=2, kind="audit", text="Look", now=NOW)
    again = drafting.add_tests(by=cast.bea, impact=impact, tests=tests[:1], now=NOW)
    assert [each.number for each in again] == [3]
    assert [each.text for each in placings.tests_of(impact, for_person=cast.hana)] == [
        "Did help come in time?", "Days waited",
    ]  # fmt: skip


def test_a_withdrawn_finding_is_placed_nowhere_and_turned_to_nothing(cast, plan, impact):
    finding = Finding.objects.order_by("place").first()
    findings.withdraw_finding(by=cast.bea, finding=finding, expected_version=1, reason="Twice", now=NOW)
    area = actions.create_area(by=cast.bea, plan=plan, title="One", now=NOW)
    with pytest.raises(actions.CannotDo):
        drafting.place_findings(by=cast.bea, area=area, findings=[finding], now=NOW)
    with pytest.raises(actions.CannotDo):
        drafting.turn_finding(by=cast.bea, impact=impact, finding=finding, now=NOW)


def test_only_those_who_keep_the_plan_draft_it(cast, plan, impact):
    area = actions.create_area(by=cast.bea, plan=plan, title="One", now=NOW)
    finding = Finding.objects.first()
    for who in (cast.hana, cast.sian, cast.esther, cast.otto):
        with pytest.raises(AccessDenied):
            drafting.place_findings(by=who, area=area, findings=[finding], now=NOW)
        with pytest.raises(AccessDenied):
            drafting.turn_finding(by=who, impact=impact, finding=finding, now=NOW)
        with pytest.raises(AccessDenied):
            drafting.add_tests(by=who, impact=impact, tests=[("audit", "Look")], now=NOW)
        with pytest.raises(AccessDenied):
            drafting.impact_in_words(by=who, plan=plan, for_whom="Children", would_see="Less waiting", now=NOW)


def test_the_plans_page_the_impacts_page_and_the_findings_page_show_what_was_drafted(cast, browser, plan, impact):
    finding = Finding.objects.order_by("place").first()
    area = actions.create_area(by=cast.bea, plan=plan, title="Early decisions", now=NOW)
    drafting.place_findings(by=cast.bea, area=area, findings=[finding], now=NOW)
    drafting.turn_finding(by=cast.bea, impact=impact, finding=finding, now=NOW)
    drafting.add_tests(by=cast.bea, impact=impact, tests=[("voice", "Did help come in time?")], now=NOW)
    hana = browser(cast.hana)
    page = words_of(hana.get("/p/ashvale/plans/plan/"))
    assert "1 finding in this area" in page.replace("1 Finding", "1 finding").replace("One finding", "1 finding")
    assert "No action yet" in page
    assert "Move" not in page
    seen = words_of(hana.get("/p/ashvale/plans/plan/impacts/IMP-01/"))
    assert "Did help come in time?" in seen
    assert finding.title in seen
    assert "Take out" not in seen
    told = words_of(hana.get(f"/p/ashvale/inspections/jtai-2025/findings/{finding.reference}/"))
    assert "improvement area 1 Early decisions" in told
    assert "Less waiting" in told


def test_an_action_added_from_a_finding_begins_with_its_area_and_impacts(cast, browser, plan, impact):
    finding = Finding.objects.order_by("place").first()
    area = actions.create_area(by=cast.bea, plan=plan, title="Early decisions", now=NOW)
    drafting.place_findings(by=cast.bea, area=area, findings=[finding], now=NOW)
    drafting.turn_finding(by=cast.bea, impact=impact, finding=finding, now=NOW)
    where = f"/p/ashvale/plans/plan/actions/add/?finding=jtai-2025/{finding.reference}"
    form = browser(cast.bea).get(where).content.decode()
    assert f'<option value="{area.pk}" selected>' in form
    assert re.findall(r'name="impacts" value="([^"]+)"[^>]*checked', form) == [str(impact.pk)]
    assert re.findall(r'name="findings" value="([^"]+)"[^>]*checked', form) == [str(finding.pk)]


def test_a_finding_is_moved_and_a_test_changed_by_hand(cast, browser, plan, impact):
    finding = Finding.objects.order_by("place").first()
    first = actions.create_area(by=cast.bea, plan=plan, title="One", now=NOW)
    second = actions.create_area(by=cast.bea, plan=plan, title="Two", now=NOW)
    [placed] = drafting.place_findings(by=cast.bea, area=first, findings=[finding], now=NOW)
    bea = browser(cast.bea)
    where = f"/p/ashvale/plans/plan/placed/{placed.pk}/"
    assert bea.post(where, form_of(cast.bea, version="1")).status_code == 400
    assert bea.post(where, form_of(cast.bea, version="1", area=str(second.pk))).status_code == 302
    moved = FindingArea.objects.get(withdrawn_at__isnull=True)
    assert moved.area == second
    out = form_of(cast.bea, version="1", area="out")
    assert bea.post(f"/p/ashvale/plans/plan/placed/{moved.pk}/", out).status_code == 302
    tests = "/p/ashvale/plans/plan/impacts/IMP-01/tests/"
    assert bea.post(f"{tests}add/", form_of(cast.bea, kind="audit", text="Look at eight")).status_code == 302
    changed = form_of(cast.bea, kind="audit", text="Look at ten", version="1")
    assert bea.post(f"{tests}1/", changed).status_code == 302
    mine = form_of(cast.bea, kind="audit", text="Look at twelve", version="1")
    assert bea.post(f"{tests}1/", mine).status_code == 409
    assert bea.post(f"{tests}1/withdraw/", form_of(cast.bea, reason="Too many", version="2")).status_code == 302
    assert bea.get(f"{tests}1/").status_code == 404
