"""The line's pages: the drawing beside the words, narrowed and as at a day, and the thread of a single finding."""

import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import NOW
from tests.returns.scene import QUOTED, SENTENCE, Scene
from throughline.line.checks import breaks
from throughline.line.queries import plan_line
from throughline.plans import actions as plan_actions

pytestmark = pytest.mark.django_db
BASE = "/p/ashvale/plans/improvement-plan/line/"
NS = "{http://www.w3.org/2000/svg}"


def _get(client: Client, person, path: str = "", *, status: int = 200) -> str:
    client.force_login(person)
    answer = client.get(f"{BASE}{path}")
    assert answer.status_code == status, path
    return answer.content.decode()


def _drawn(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(re.search(r"<svg xmlns.*?</svg>(?=</div>|$)", html, re.DOTALL)[0])


def _links(root: ElementTree.Element) -> set[str]:
    return {each.get("href") for each in root.iter(f"{NS}a")}


def test_the_drawing_stands_beside_the_same_in_words_and_leads_to_every_things_page(scene, client):
    html = _get(client, scene.cast.bea)
    links = _links(_drawn(html))
    for path in ("line/jtai-2025/APA-1/", "actions/ACT-001/", "impacts/IMP-01/"):
        assert f"/p/ashvale/plans/improvement-plan/{path}" in links
    assert html.index('href="#in-words"') < html.index("<svg xmlns")
    words = html[html.index('id="in-words"') :]
    assert QUOTED in words
    assert "Put the escalation route into force" in words


def test_every_break_has_its_fix_one_click_away_and_the_page_has_the_field(scene, client):
    client.force_login(scene.cast.bea)
    html = client.get(BASE).content.decode()
    section = html[html.index('id="broken"') : html.index("</section>", html.index('id="broken"'))]
    urls = [each.replace("&amp;", "&") for each in re.findall(r'<a class="govuk-link" href="([^"]+)"', section)]
    found = breaks(plan_line(scene.plan, for_person=scene.cast.bea), timezone.localdate())
    assert len(urls) == len(found) > 4
    for url in urls:
        page, _, field = url.partition("#")
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert re.search(rf'id="{field}"', answer.content.decode()), url


def test_whoever_may_not_mend_reads_the_breaks_without_links(scene, client):
    html = _get(client, scene.cast.quin)
    assert "has no action. Add one that answers it." in html
    assert "Add an action" not in html


def test_the_past_is_drawn_as_it_was_and_is_not_mended(scene, client):
    plan_actions.create_action(
        by=scene.cast.bea, plan=scene.plan, area=scene.area, title="Ask children at each visit",
        due=scene.police_action.due, findings=[scene.findings[2]], lead_agency=scene.cast.council,
        now=scene.clock.replace(month=2),
    )  # fmt: skip
    now, then = _get(client, scene.cast.bea, "drawing/"), _get(client, scene.cast.bea, "drawing/?as-of=2026-01-31")
    assert "Ask children at each visit" in now
    assert "Ask children at each visit" not in then
    assert "As at the end of 31 January 2026" in then
    assert not [url for url in _links(_drawn(then)) if "/add/" in url or "#id_" in url]
    assert [url for url in _links(_drawn(then)) if url.endswith("APA-1/?as-of=2026-01-31")]


def test_the_line_is_narrowed_to_an_area_a_body_and_what_is_broken(scene, client):
    other = plan_actions.create_area(by=scene.cast.bea, plan=scene.plan, title="Voice", now=scene.now())
    plan_actions.create_action(
        by=scene.cast.bea, plan=scene.plan, area=other, title="Ask children at each visit",
        owner_post="Head of service", due=scene.police_action.due, findings=[scene.findings[2]], impacts=[scene.impact],
        lead_agency=scene.cast.council, now=scene.now(),
    )  # fmt: skip

    def drawn(query: str) -> str:
        return _get(client, scene.cast.bea, f"drawing/?{query}")

    assert "Ask children at each visit" in drawn("area=2")
    assert "escalation route" not in drawn("area=2")
    assert "escalation route" in drawn(f"body={scene.cast.police.pk}")
    assert "Ask children at each visit" not in drawn(f"body={scene.cast.police.pk}")
    broken = drawn("broken=yes")
    assert "Give the front door a health desk" in broken  # it serves no desired impact
    assert "Shown: only what is broken" in broken
    # What is no choice narrows nothing.
    assert "escalation route" in drawn("area=99&body=x")


def test_the_file_is_exactly_what_is_shown_and_its_links_lead_back_here(scene, client):
    client.force_login(scene.cast.bea)
    shown = _drawn(client.get(f"{BASE}drawing/?as-of=2026-01-31&area=1").content.decode())
    answer = client.get(f"{BASE}drawing.svg?as-of=2026-01-31&area=1")
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="line-improvement-plan-2026-01-31.svg"'
    file = ElementTree.fromstring(answer.content)
    assert [each.text for each in file.iter(f"{NS}text")] == [each.text for each in shown.iter(f"{NS}text")]
    assert [each.get("d") for each in file.iter(f"{NS}path")] == [each.get("d") for each in shown.iter(f"{NS}path")]
    assert {url.removeprefix("http://testserver") for url in _links(file)} == _links(shown)
    assert any("OFFICIAL-SENSITIVE" in (each.text or "") for each in file.iter(f"{NS}text"))


def test_a_plan_without_findings_says_how_the_line_begins(cast, client):
    plan_actions.create_plan(by=cast.bea, partnership=cast.ashvale, reference="improvement-plan", title="Plan", now=NOW)
    assert "The line begins with the inspectors’ words." in _get(client, cast.bea)
    assert "There is nothing to draw yet." in _get(client, cast.bea, "drawing/")


# -- the thread of a finding ------------------------------------------------------------------------------------------


def test_a_findings_thread_runs_from_the_verbatim_words_to_what_is_missing(scene, client):
    scene.police_return_to("accepted", scene.open_period())
    html = _get(client, scene.cast.bea, "jtai-2025/APA-1/")
    order = [
        QUOTED, "<svg xmlns", "Put the escalation route into force</a>", SENTENCE, "What shows it and what was judged",
        "The Executive Group has not judged it yet.",
    ]  # fmt: skip
    places = [html.index(each) for each in order]
    assert places == sorted(places)
    texts = " ".join(each.text or "" for each in _drawn(html).iter(f"{NS}text"))
    assert "ACT-001" in texts
    assert "ACT-002" not in texts  # another finding's
    assert "Reported for Quarter 1: on track" in html


def test_a_finding_that_nothing_answers_says_so_and_offers_the_action(scene, client):
    html = _get(client, scene.cast.bea, "jtai-2025/AFI-2/")
    assert "No action of this plan answers this finding." in html
    assert "/plans/improvement-plan/actions/add/?finding=jtai-2025%2FAFI-2" in html


def test_an_unaccepted_update_is_in_the_thread_of_its_own_body_only(scene, client):
    scene.police_return_to("draft", scene.open_period())
    assert SENTENCE in _get(client, scene.cast.pauline, "jtai-2025/APA-1/")
    assert SENTENCE not in _get(client, scene.cast.hana, "jtai-2025/APA-1/")
    assert SENTENCE not in _get(client, scene.cast.bea, "jtai-2025/APA-1/?as-of=2026-01-31")


def test_a_day_before_the_finding_was_marked_says_that_it_was_not_there(scene, client):
    assert "did not hold this finding on that day" in _get(client, scene.cast.bea, "jtai-2025/APA-1/?as-of=2020-01-01")
    _get(client, scene.cast.bea, "jtai-2025/AFI-99/", status=404)
    _get(client, scene.cast.otto, "jtai-2025/APA-1/", status=404)


def test_the_findings_own_page_leads_to_its_whole_line(scene, client):
    client.force_login(scene.cast.bea)
    html = client.get("/p/ashvale/inspections/jtai-2025/findings/APA-1/").content.decode()
    assert f'href="{BASE}jtai-2025/APA-1/"' in html


@pytest.mark.parametrize("path", ["", "drawing/", "drawing.svg", "jtai-2025/APA-1/"])
def test_the_pages_cost_the_same_number_of_queries_however_long_the_line_is(scene: Scene, client, path):
    client.force_login(scene.cast.bea)

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get(f"{BASE}{path}").status_code == 200
        return len(counted)

    queries()  # what the first page of a visit asks once
    before = queries()
    for number in range(10):
        plan_actions.create_action(
            by=scene.cast.bea, plan=scene.plan, area=scene.area, title=f"Action {number}", due=scene.police_action.due,
            lead_agency=scene.cast.council, findings=scene.findings, impacts=[scene.impact], now=scene.now(),
        )  # fmt: skip
    scene.police_return_to("accepted", scene.open_period())
    assert queries() == before
