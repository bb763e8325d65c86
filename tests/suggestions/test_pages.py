"""The suggestions room's pages, as a browser without scripts sees them."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.cast import NOW
from tests.inspections.test_pages import words_of
from tests.suggestions.conftest import finding, form_of, mark
from throughline.history.models import Event
from throughline.plans.models import DesiredImpact, FindingArea, ImpactTest, ImprovementArea
from throughline.suggestions import bank
from throughline.suggestions.models import BankEntry, SetAside

DRAFT = "/p/ashvale/plans/plan/draft/"
BANK = "/p/ashvale/bank/"
AFI_1 = f"{DRAFT}jtai-2025/AFI-1/"
MEETINGS = "Strategy meetings and joint child protection decisions"


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def sent(answer, who, **changes):
    """The fields of the page's first form as a browser would send them, with changes; None takes a field away."""
    main = answer.content.decode().split("<main", 1)[1]
    body = main.split('<form method="post"', 1)[1].split("</form>")[0]
    fields: dict = {}
    for name, value in re.findall(r'<input type="(?:text|hidden)" name="([^"]+)" value="([^"]*)"', body):
        fields[name] = value.replace("&#x27;", "'")
    for tag in re.findall(r'<input type="checkbox"[^>]*>', body):
        if " checked" in tag:
            name = re.search(r'name="([^"]+)"', tag)[1]
            value = re.search(r'value="([^"]+)"', tag)
            fields.setdefault(name, []).append(value[1] if value else "on")
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', body, re.DOTALL):
        fields[name] = (re.findall(r'<option value="([^"]*)" selected', options) or [""])[0]
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>\s*(.*?)</textarea>', body, re.DOTALL):
        fields[name] = text
    fields = {key: value for key, value in {**fields, **changes}.items() if value is not None}
    return {**fields, **{key: value for key, value in form_of(who).items() if key not in changes}}


def test_the_overview_says_what_the_findings_suggest_and_writes_nothing(cast, browser, plan):
    bea = browser(cast.bea)
    before = Event.objects.count()
    page = words_of(bea.get(DRAFT))
    for said in (MEETINGS, "2 findings", "Suggested", "No suggestion: place these yourself", "Cold building"):
        assert said in page
    assert "Kind staff" not in page
    assert Event.objects.count() == before


def test_areas_are_taken_after_asking_with_their_new_titles(cast, browser, plan):
    bea = browser(cast.bea)
    fields = sent(bea.get(DRAFT), cast.bea)
    title = next(key for key, value in fields.items() if value == MEETINGS)
    asking = bea.post(DRAFT, {**fields, title: "Meetings that protect"})
    assert asking.status_code == 200
    assert "Place 3 findings in 2 improvement areas?" in words_of(asking)
    assert "‘Meetings that protect’ begins with AFI-1 and AFI-4." in words_of(asking)
    assert not FindingArea.objects.exists()
    answer = sent(asking, cast.bea)
    hidden = re.findall(r'<input type="hidden" name="(findings_\w+)" value="([^"]+)"', asking.content.decode())
    for name in {name for name, _ in hidden}:
        answer[name] = [value for each, value in hidden if each == name]
    assert bea.post(DRAFT, answer).url == DRAFT
    assert [each.title for each in ImprovementArea.objects.order_by("number")] == [
        "Meetings that protect", "The front door: referrals, thresholds and first decisions",
    ]  # fmt: skip
    assert FindingArea.objects.count() == 3
    assert "In an area of the plan already" in words_of(bea.get(DRAFT))


def confirmed(asking, who):
    """What the page that asks sends when its button is pressed."""
    answer = sent(asking, who)
    hidden = re.findall(r'<input type="hidden" name="(findings_\w+)" value="([^"]+)"', asking.content.decode())
    return answer | {name: [value for each, value in hidden if each == name] for name, _ in hidden}


def test_areas_that_were_placed_a_moment_ago_are_not_a_mistake(cast, browser, plan):
    bea, second = browser(cast.bea), browser(cast.bea)
    fields = confirmed(bea.post(DRAFT, sent(bea.get(DRAFT), cast.bea)), cast.bea)
    later = confirmed(second.post(DRAFT, sent(second.get(DRAFT), cast.bea)), cast.bea)
    assert bea.post(DRAFT, fields).url == DRAFT
    again = bea.post(DRAFT, fields)
    assert (again.status_code, again.url) == (302, DRAFT), "the second click goes where the first one went"
    assert "placed already" not in words_of(bea.get(DRAFT))
    answer = second.post(DRAFT, later | form_of(cast.bea))
    assert (answer.status_code, answer.url) == (302, DRAFT)
    assert "These findings were placed already" in words_of(second.get(DRAFT))
    assert FindingArea.objects.count() == 3


def test_one_area_is_taken_alone(cast, browser, plan):
    bea = browser(cast.bea)
    page = bea.get(DRAFT)
    only = re.findall(r'name="only" value="(\w+)"', page.content.decode())[1]
    asking = bea.post(DRAFT, sent(page, cast.bea, only=only))
    assert "Place 1 finding in 1 improvement area?" in words_of(asking).replace("one", "1")
    nothing = {key: None for key in sent(page, cast.bea) if key.startswith("take_")}
    answer = bea.post(DRAFT, sent(page, cast.bea, **nothing))
    assert answer.status_code == 400
    assert "Tick at least one area" in words_of(answer)


def test_a_findings_page_marks_the_consequence_and_accepting_leads_to_the_next(cast, browser, plan):
    bea = browser(cast.bea)
    page = bea.get(AFI_1)
    body = page.content.decode()
    assert "<mark>children are not safeguarded in time</mark>" in body
    assert "Children at risk are safeguarded in time: what would we see?" in body
    assert "‘strategy meeting’" in words_of(page)
    assert "Finding 1 of 4" in words_of(page)
    answer = bea.post(AFI_1, sent(page, cast.bea, do="take", would_see="Children at risk are safe the same day"))
    assert answer.url == f"{DRAFT}jtai-2025/AFI-2/"
    assert ImprovementArea.objects.get().title == MEETINGS
    assert DesiredImpact.objects.get().would_see == "Children at risk are safe the same day"
    assert {each.kind for each in ImpactTest.objects.all()} == {"measure", "audit", "voice"}
    assert not SetAside.objects.exists()
    assert "1 decided" in words_of(bea.get(answer.url))


def test_words_are_kept_when_somebody_else_was_first(cast, browser, plan):
    bea, second = browser(cast.bea), browser(cast.bea)
    page = second.get(AFI_1)
    fields = sent(bea.get(AFI_1), cast.bea, do="take")
    assert bea.post(AFI_1, fields).url == f"{DRAFT}jtai-2025/AFI-2/"
    assert bea.post(AFI_1, fields).url == f"{DRAFT}jtai-2025/AFI-2/", "the second click goes where the first one went"
    late = second.post(AFI_1, sent(page, cast.bea, do="take", would_see="Nobody waits", measure=None, audit=None,
                                   voice=None))  # fmt: skip
    assert late.status_code == 400
    assert "was changed while you wrote" in words_of(late)
    assert "Nobody waits" in words_of(late)
    assert DesiredImpact.objects.count() == 1
    again = sent(late, cast.bea, do="take", area="", would_see="Nobody waits", take_impact="on")
    assert second.post(AFI_1, again).status_code == 302
    assert DesiredImpact.objects.filter(would_see="Nobody waits").exists()


def test_what_is_unticked_is_set_aside_and_can_be_brought_back(cast, browser, plan):
    bea = browser(cast.bea)
    fields = sent(bea.get(AFI_1), cast.bea, do="take", measure=None, audit=None, voice=None)
    assert bea.post(AFI_1, fields).status_code == 302
    assert not ImpactTest.objects.exists()
    page = bea.get(AFI_1)
    assert "set aside" in words_of(page)
    assert "What would show it" not in words_of(page)
    assert bea.post(AFI_1, form_of(cast.bea, do="back")).url == AFI_1
    assert "What would show it" in words_of(bea.get(AFI_1))
    assert bea.post(AFI_1, form_of(cast.bea, do="aside")).status_code == 302
    assert "What would show it" not in words_of(bea.get(AFI_1))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"new_area": ""}, "Enter the title of the new area"),
        ({"would_see": ""}, "Say what would be seen"),
        ({"for_whom": ""}, "Say for whom it would be"),
        ({"take_impact": None}, "Tick the desired impact that this would show"),
    ],
)
def test_a_form_that_is_wrong_says_what_to_do(cast, browser, plan, changes, says):
    bea = browser(cast.bea)
    answer = bea.post(AFI_1, sent(bea.get(AFI_1), cast.bea, do="take", **changes))
    assert answer.status_code == 400
    assert says in words_of(answer)
    assert not ImprovementArea.objects.exists()


def test_a_finding_that_suggests_nothing_is_placed_by_hand(cast, browser, plan):
    bea, where = browser(cast.bea), f"{DRAFT}jtai-2025/AFI-3/"
    page = bea.get(where)
    assert "No suggestion" in words_of(page)
    fields = sent(page, cast.bea, do="take", area="new", new_area="Buildings")
    assert bea.post(where, fields).status_code == 302
    assert FindingArea.objects.get().area.title == "Buildings"


def test_the_bank_is_begun_changed_added_to_and_shortened(cast, browser, plan):
    bea = browser(cast.bea)
    assert "The bank is not your own yet" in words_of(bea.get(BANK))
    assert bea.post(BANK, form_of(cast.bea)).url == BANK
    entry = BankEntry.objects.get(theme__name="Strategy meetings", kind="area")
    where = f"{BANK}entries/{entry.pk}/"
    assert bea.post(where, form_of(cast.bea, text="Meetings", version="1")).status_code == 302
    assert bea.post(where, form_of(cast.bea, text="Others", version="1")).status_code == 409
    added = form_of(cast.bea, kind="voice", text="To pupils: did it help?")
    assert bea.post(f"{BANK}{entry.theme_id}/add/", added).status_code == 302
    assert "To pupils: did it help?" in words_of(bea.get(BANK))
    assert (
        bea.post(
            f"{BANK}{entry.theme_id}/add/", added | form_of(cast.bea, kind="voice", text="To pupils: did it help?")
        ).status_code
        == 400
    )
    assert bea.post(f"{where}withdraw/", form_of(cast.bea, reason="Not ours", version="2")).status_code == 302
    assert bea.get(where).status_code == 404
    long = form_of(cast.bea, kind="area", text="x" * 201)
    assert bea.post(f"{BANK}{entry.theme_id}/add/", long).status_code == 400


def test_the_front_page_and_the_plan_lead_to_what_the_findings_suggest(cast, browser, plan):
    front = browser(cast.bea).get("/p/ashvale/").content.decode()
    assert "See what the findings suggest" in front
    assert DRAFT in front
    assert DRAFT in browser(cast.bea).get("/p/ashvale/plans/plan/").content.decode()
    assert DRAFT not in browser(cast.hana).get("/p/ashvale/").content.decode()
    assert DRAFT not in browser(cast.hana).get("/p/ashvale/plans/plan/").content.decode()


def test_what_was_accepted_is_the_plans_and_open_to_every_member(cast, browser, plan):
    bea = browser(cast.bea)
    bea.post(AFI_1, sent(bea.get(AFI_1), cast.bea, do="take"))
    hana = browser(cast.hana)
    assert MEETINGS in words_of(hana.get("/p/ashvale/plans/plan/"))
    shown = words_of(hana.get("/p/ashvale/plans/plan/impacts/IMP-01/"))
    assert "Late strategy meetings" in shown
    assert "To practitioners" in shown


def routes(theme, entry):
    return (
        DRAFT, AFI_1, BANK, f"{BANK}{theme}/add/", f"{BANK}entries/{entry}/", f"{BANK}entries/{entry}/withdraw/",
    )  # fmt: skip


@pytest.mark.parametrize("name", ["hana", "esther", "sian", "rita", "ada", "otto", "nobody"])
def test_pages_of_suggestions_are_not_there_for_others(cast, browser, plan, name):
    bank.begin_bank(by=cast.bea, partnership=cast.ashvale, now=NOW)
    entry = BankEntry.objects.first()
    who = getattr(cast, name)
    client = browser(who)
    for route in routes(entry.theme_id, entry.pk):
        assert browser(cast.bea).get(route).status_code == 200
        assert client.get(route).status_code == 404
        assert client.post(route, form_of(who)).status_code == 404
    assert browser(cast.bea).get(f"{DRAFT}jtai-2025/STR-01/").status_code == 404


def test_every_address_of_the_room_is_tried():
    from throughline.suggestions.urls import urlpatterns

    pk = "11111111-2222-4333-8444-555555555555"
    named = {"slug": "ashvale", "plan": "plan", "inspection": "jtai-2025", "finding": "AFI-1", "theme": pk, "entry": pk}
    every = {
        reverse(f"suggestions:{each.name}", kwargs={key: named[key] for key in each.pattern.converters})
        for each in urlpatterns
    }
    assert every == set(routes(pk, pk))


@pytest.mark.parametrize("route", [DRAFT, AFI_1])
def test_pages_ask_no_more_of_the_database_for_forty_three_findings(
    cast, browser, plan, letter, route, django_assert_max_num_queries
):
    def asked() -> int:
        client = browser(cast.bea)
        client.get(route)
        with django_assert_max_num_queries(40) as counted:
            client.get(route)
        return len(counted)

    few = asked()
    for number in range(39):
        mark(
            cast.bea, letter.inspection, letter=letter, page=2, title=f"Finding {number}",
            text=f"Plan {number} is late, so children are not seen.",
        )  # fmt: skip
    assert finding("AFI-43")
    assert asked() == few
