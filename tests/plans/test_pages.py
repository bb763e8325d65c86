"""The plans room's pages, as a browser without scripts sees them."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse

from tests.cast import NOW
from tests.inspections.conftest import form_of, typed
from tests.inspections.test_pages import words_of
from tests.plans.conftest import add
from tests.plans.steps import asked
from throughline.inspections.models import Finding
from throughline.plans import actions, conflicts, contributors, drafting, milestones, notes
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action, Contributor, DeclaredConflict, DesiredImpact, FindingArea, Plan

P = "/p/ashvale/plans/"
PLACED = "11111111-2222-4333-8444-555555555555"  # what has no number of its own is given this id in `whole`
ONE = f"{P}plan/"
ACT = "plan/actions/ACT-001/"
ROUTES = (
    "", "new/", "plan/", "plan/advice/", "plan/screening/", "plan/areas/add/", "plan/areas/1/", "plan/areas/1/rename/",
    "plan/areas/1/owner/", "plan/actions/", "plan/actions/add/", "plan/actions/several/",
    "plan/actions/several/done/", "plan/actions/several/undo/", ACT, f"{ACT}change/",
    f"{ACT}due/", f"{ACT}links/", f"{ACT}withdraw/", f"{ACT}restore/", "plan/impacts/", "plan/impacts/add/",
    "plan/impacts/IMP-01/", "plan/impacts/IMP-01/tests/add/", "plan/impacts/IMP-01/tests/1/",
    "plan/impacts/IMP-01/tests/1/withdraw/", f"plan/placed/{PLACED}/",
    *(f"{ACT}{each}" for each in (
        "supersede/", "resources/", "screening/", "milestones/add/", "milestones/1/", "milestones/1/reached/",
        "milestones/1/withdraw/", "contributors/add/", f"contributors/{PLACED}/", f"contributors/{PLACED}/let-go/",
        "extensions/ask/", "extensions/1/", "extensions/1/take-back/", "verify/", "fall-back/", "conflicts/declare/",
        f"conflicts/{PLACED}/withdraw/", "notes/add/", "notes/1/withdraw/",
    )),
)  # fmt: skip
_ENDS = (
    "/1/", f"{PLACED}/", "new/", "add/", "rename/", "owner/", "change/", "due/", "links/", "withdraw/", "supersede/",
    "resources/", "screening/", "reached/", "let-go/", "ask/", "take-back/", "verify/", "fall-back/", "declare/",
)  # fmt: skip
FORMS = [each for each in ROUTES if each.endswith(_ENDS) and each != "plan/areas/1/"]


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def new_action(cast, **changes) -> dict:
    return form_of(cast.bea, **{
        "new_area": "Strategy meetings", "title": "Hold them within a day", "detail": "", "lead": str(cast.police.pk),
        "owner_post": "Head of safeguarding", **typed("due", date(2026, 3, 31)),
        "for_whom": "Children at risk", "would_see": "Fewer wait a day for a decision", **changes,
    })  # fmt: skip


def test_an_empty_plan_leads_to_what_comes_first(cast, browser):
    bea = browser(cast.bea)
    assert "/p/ashvale/inspections/new/" in bea.get(P).content.decode()
    assert browser(cast.hana).get(P).status_code == 200
    assert f'href="{P}new/"' not in browser(cast.hana).get(P).content.decode()


def test_a_plan_is_begun_and_its_first_action_answers_a_finding(cast, browser, letter, plan):
    Plan.objects.filter(pk=plan.pk)  # the fixture's own plan stands beside the one that is begun here
    bea = browser(cast.bea)
    begun = bea.post(f"{P}new/", form_of(cast.bea, title="Improvement plan 2026"))
    assert begun.url == f"{P}improvement-plan-2026/"
    finding = bea.get("/p/ashvale/inspections/jtai-2025/findings/AFI-1/").content.decode()
    where = re.search(r'href="([^"]*improvement-plan-2026/actions/add/[^"]*)"', finding)[1]
    form = bea.get(where).content.decode()
    ticked = re.findall(r'<input type="checkbox" name="findings" value="([^"]+)"[^>]*checked', form)
    assert ticked == [str(Finding.objects.get(reference="AFI-1").pk)]
    made = bea.post(where, new_action(cast, findings=ticked))
    assert made.url == f"{P}improvement-plan-2026/actions/ACT-001/"
    page = words_of(browser(cast.hana).get(made.url))
    assert "Strategy meetings are held late" in page
    assert "Fewer wait a day for a decision" in page
    assert "Vale Police" in page
    assert "Not judged yet" in page
    assert "Withdraw this action" not in page
    front = words_of(bea.get(begun.url))
    assert "ACT-001" in front
    assert "1 of 2 findings without action" in front
    answered = words_of(bea.get("/p/ashvale/inspections/jtai-2025/findings/?answer=answered"))
    assert "ACT-001" in answered


def test_the_same_form_sent_twice_makes_one_action(cast, browser, plan):
    bea, fields = browser(cast.bea), new_action(cast)
    assert bea.post(f"{ONE}actions/add/", fields).url == bea.post(f"{ONE}actions/add/", fields).url
    assert Action.objects.count() == DesiredImpact.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"new_area": ""}, "Enter the title of the improvement area"),
        ({"due_day": "ongoing"}, "Due date must be a real date"),
        ({"would_see": ""}, "Say what would be seen"),
        ({"lead": ""}, "Select who leads"),
        ({"due_year": "2099"}, "Check the year"),
    ],
)
def test_a_form_that_is_wrong_says_what_to_do_and_keeps_every_word(cast, browser, plan, changes, says):
    answer = browser(cast.bea).post(f"{ONE}actions/add/", new_action(cast, **changes))
    assert answer.status_code == 400
    assert says in words_of(answer)
    assert 'value="Hold them within a day"' in answer.content.decode()
    assert not Action.objects.exists()


def test_a_day_that_has_passed_is_allowed_and_said(cast, browser, plan):
    bea = browser(cast.bea)
    made = bea.post(f"{ONE}actions/add/", new_action(cast, **typed("due", date(2026, 1, 5))))
    page = words_of(bea.get(made.url))
    assert "has passed" in page
    assert "Overdue" in page


def test_a_due_date_moves_with_its_reason_and_the_first_one_stays_beside_it(cast, browser, plan):
    add(cast, plan)
    bea, where = browser(cast.bea), f"{ONE}actions/ACT-001/due/"
    fields = {"version": "1", **typed("due", date(2026, 6, 30))}
    assert bea.post(where, form_of(cast.bea, reason="", **fields)).status_code == 400
    assert bea.post(where, form_of(cast.bea, reason="Posts are vacant", **fields)).status_code == 302
    page = words_of(bea.get(f"{ONE}actions/ACT-001/"))
    for said in ("30 June 2026", "First due 31 March 2026", "Posts are vacant", "Re-dated"):
        assert said in page


def test_two_people_who_change_one_action_see_both_versions(cast, browser, plan):
    act = add(cast, plan)
    bea, where = browser(cast.bea), f"{ONE}actions/ACT-001/change/"
    fields = {"area": str(act.area_id), "detail": "", "owner_post": "", "version": "1"}
    hers = form_of(cast.bea, title="Hers", lead=str(cast.hospital.pk), **fields)
    assert bea.post(where, hers).status_code == 302
    answer = bea.post(where, form_of(cast.bea, title="His", lead=str(cast.council.pk), **fields))
    page = words_of(answer)
    assert answer.status_code == 409
    assert "Hers" in page
    assert "His" in page
    assert "Ashvale Hospitals NHS Trust" in page
    assert Action.objects.get().title == "Hers"


def test_an_action_is_withdrawn_and_put_back_with_reasons(cast, browser, plan):
    add(cast, plan)
    bea, where = browser(cast.bea), f"{ONE}actions/ACT-001/"
    assert bea.get(f"{where}restore/").status_code == 404
    assert bea.post(f"{where}withdraw/", form_of(cast.bea, reason="Merged", version="1")).status_code == 302
    assert "Merged" in words_of(bea.get(where))
    assert bea.get(f"{where}withdraw/").status_code == 404
    assert bea.post(f"{where}restore/", form_of(cast.bea, reason="A mistake", version="2")).status_code == 302
    assert Action.objects.get().delivery == "not_started"


def test_links_are_ticked_and_the_story_tells_of_both(cast, browser, plan):
    one, two = Finding.objects.order_by("place")
    add(cast, plan, findings=[one])
    bea, where = browser(cast.bea), f"{ONE}actions/ACT-001/"
    assert bea.post(f"{where}links/", form_of(cast.bea, findings=[str(two.pk)])).status_code == 302
    page = words_of(bea.get(where))
    for said in ("Linked: AFI-1", "Unlinked: AFI-1", "Linked: AFI-2"):
        assert said in page


def test_an_impact_is_put_in_other_words(cast, browser, plan):
    actions.create_desired_impact(by=cast.bea, plan=plan, for_whom="Children", would_see="Less waiting", now=NOW)
    where = f"{ONE}impacts/IMP-01/"
    fields = form_of(cast.bea, for_whom="Children at risk", would_see="No waiting", version="1")
    assert browser(cast.hana).post(where, fields).status_code == 404
    assert browser(cast.bea).post(where, fields).status_code == 302
    assert "No waiting" in words_of(browser(cast.hana).get(f"{ONE}impacts/?check=without"))


@pytest.fixture
def whole(cast, plan, monkeypatch):
    """One of everything."""
    finding = Finding.objects.first()
    act = add(cast, plan, new_impact=actions.NewImpact("Children", "Less waiting"), findings=[finding])
    impact = DesiredImpact.objects.get()
    drafting.add_tests(by=cast.bea, impact=impact, tests=[("measure", "Days waited")], now=NOW)
    drafting.turn_finding(by=cast.bea, impact=impact, finding=finding, now=NOW)
    with monkeypatch.context() as patched:
        patched.setattr(FindingArea._meta.get_field("id"), "_get_default", lambda: UUID(PLACED))
        for model in (Contributor, DeclaredConflict):
            patched.setattr(model._meta.get_field("id"), "_get_default", lambda: UUID(PLACED))
        drafting.place_findings(by=cast.bea, area=act.area, findings=[finding], now=NOW)
        contributors.add_contributor(by=cast.bea, act=act, agency=cast.council, part="Rooms", now=NOW)
        conflicts.declare(by=cast.quin, act=act, person=cast.quin, why="Trained them", now=NOW)
    milestones.add_milestone(by=cast.bea, act=act, title="A rota", due=date(2026, 2, 28), now=NOW)
    notes.add_note(by=cast.bea, act=act, text="Asked for by the board", now=NOW)
    asked(cast, act)
    return act


@pytest.mark.parametrize("route", ROUTES)
def test_a_page_of_another_partnership_is_as_absent_as_one_that_does_not_exist(cast, browser, whole, route):
    mine = browser(cast.bea).get(P + route).status_code
    other = {"": 302, f"{ACT}restore/": 404, f"{ACT}fall-back/": 404, f"{ACT}verify/": 302}
    nothing_to_undo = dict.fromkeys(("plan/actions/several/done/", "plan/actions/several/undo/"), 302)
    assert mine == {**other, **nothing_to_undo}.get(route, 200)
    for outsider in (cast.otto, cast.nobody):
        client = browser(outsider)
        theirs = client.get(P + route)
        assert theirs.status_code == 404
        assert words_of(theirs) == words_of(client.get("/p/nowhere/plans/" + route))
        assert client.post(P + route, form_of(outsider)).status_code == 404


@pytest.mark.parametrize("route", FORMS)
def test_a_form_is_not_there_for_those_who_may_not_send_it(cast, browser, whole, route):
    hana = browser(cast.hana)
    assert hana.get(P + route).status_code == 404
    assert hana.post(P + route, form_of(cast.hana)).status_code == 404


def test_a_board_reader_sees_no_plan(cast, browser, whole):
    rita = browser(cast.rita)
    for route in ("plan/", "plan/actions/", ACT, "plan/impacts/"):
        assert rita.get(P + route).status_code == 404
    assert "Our plan" not in words_of(rita.get("/p/ashvale/"))


def test_every_address_of_the_room_is_in_the_list_of_routes():
    from throughline.plans.urls import urlpatterns

    named = {"slug": "ashvale", "plan": "plan", "area": 1, "act": "ACT-001", "impact": "IMP-01", "number": 1}
    named |= dict.fromkeys(("placed", "contributor", "conflict"), UUID(PLACED))
    every = {
        reverse(f"plans:{each.name}", kwargs={key: named[key] for key in each.pattern.converters})
        for each in urlpatterns
        if "importing" not in each.callback.__module__  # those have tests of their own
    }
    assert every == {P + route for route in ROUTES}


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["ACT-001", "ACT-002", "ACT-003"]),
        ("?lead=Vale+Police", ["ACT-001"]),
        ("?check=overdue", ["ACT-002"]),
        ("?check=without-finding&check=without-impact", ["ACT-002", "ACT-003"]),
        ("?area=2", ["ACT-003"]),
        ("?delivery=at_risk", ["ACT-003"]),
        ("?q=assess&sort=-number", ["ACT-003", "ACT-002"]),
    ],
)
def test_filters_show_what_they_say_and_the_file_holds_what_the_screen_shows(cast, browser, whole, query, shown):
    plan = whole.plan
    add(cast, plan, title="Assess sooner", lead_agency=cast.hospital, due=date(2026, 1, 2))
    third = add(cast, plan, area="Assessment", title="Assess better", lead_agency=cast.hospital)
    actions.record_delivery(by=cast.bea, act=third, expected_version=1, state=Delivery.AT_RISK, reason="Posts", now=NOW)
    bea, where = browser(cast.bea), f"{ONE}actions/{query}"
    assert re.findall(r">(ACT-\d+)</a>", bea.get(where).content.decode()) == shown
    joined = "&" if query else "?"
    file = b"".join(bea.get(f"{where}{joined}export=csv").streaming_content).decode("utf-8-sig")
    assert re.findall(r"^\"?(ACT-\d+)", file, re.MULTILINE) == shown


@pytest.mark.parametrize("route", ["plan/", "plan/actions/", ACT])
def test_pages_ask_no_more_of_the_database_for_more_actions(cast, browser, whole, route, django_assert_max_num_queries):
    finding = Finding.objects.first()

    def asked(limit: int) -> int:
        client = browser(cast.bea)
        client.get(P + route)
        with django_assert_max_num_queries(limit) as counted:
            client.get(P + route)
        return len(counted)

    # Five are the frame's: session, person, memberships, partnership, menu.
    limit = {"plan/actions/": 12, "plan/": 18 + 5}.get(route, 25 + 5)
    for _ in range(24):
        add(cast, whole.plan, findings=[finding])
    few = asked(limit)
    for _ in range(75):
        add(cast, whole.plan, findings=[finding])
    assert asked(limit) == few
