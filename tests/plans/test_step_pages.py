"""The pages of an action's steps, as a browser without scripts sees them."""

from datetime import date, timedelta

import pytest
import time_machine

from tests.cast import NOW
from tests.inspections.conftest import form_of, mark, typed
from tests.inspections.test_pages import words_of
from tests.plans.conftest import add
from tests.plans.steps import asked, claimed
from throughline.plans import actions, areas, milestones, work
from throughline.plans.delivery import Delivery
from throughline.plans.models import (
    Action,
    ActionNote,
    Contributor,
    DesiredImpact,
    Extension,
    ImprovementArea,
    Milestone,
    Plan,
    Verification,
)

ONE = "/p/ashvale/plans/plan/"
ACT = f"{ONE}actions/ACT-001/"


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def test_the_lead_asks_for_another_date_and_the_executive_chair_answers(cast, browser, plan):
    add(cast, plan)
    pauline, esther = browser(cast.pauline), browser(cast.esther)
    assert "Ask for another date" in words_of(pauline.get(ACT))
    assert "Ask for another date" not in words_of(browser(cast.hana).get(ACT))
    words = {"reason": "Two posts are vacant"}
    early = form_of(cast.pauline, **words, **typed("proposed", date(2026, 3, 1)))
    refused = pauline.post(f"{ACT}extensions/ask/", early)
    assert refused.status_code == 400
    assert "Give a later day" in words_of(refused)
    assert "Two posts are vacant" in refused.content.decode()
    fields = form_of(cast.pauline, **words, **typed("proposed", date(2026, 6, 30)))
    assert pauline.post(f"{ACT}extensions/ask/", fields).status_code == 302
    page = words_of(pauline.get(ACT))
    assert "Vale Police asked for 30 June 2026" in page
    assert "Not decided" in page
    assert "Approve or refuse" not in page
    assert "Ask for another date" not in page
    assert "Approve or refuse" in words_of(esther.get(ACT))
    answer = {"answer": "approve", "note": "No later", "version": "1", **typed("due", date(2026, 5, 31))}
    assert esther.post(f"{ACT}extensions/1/", form_of(cast.esther, **answer)).status_code == 302
    page = words_of(pauline.get(ACT))
    for said in ("Due on 31 May 2026", "First due 31 March 2026", "by Esther Vance: due 31 May 2026", "No later"):
        assert said in page
    assert page.count("Two posts are vacant") == 2  # beside the date, and in what happened


def test_a_refusal_without_a_note_says_so_and_what_was_asked_can_be_taken_back(cast, browser, plan):
    act = add(cast, plan)
    asked(cast, act)
    bea, pauline = browser(cast.bea), browser(cast.pauline)
    fields = {"answer": "refuse", "note": "", "version": "1", **typed("due", date(2026, 6, 30))}
    answer = bea.post(f"{ACT}extensions/1/", form_of(cast.bea, **fields))
    assert answer.status_code == 400
    assert "Say why it is refused" in words_of(answer)
    assert pauline.post(f"{ACT}extensions/1/take-back/", form_of(cast.pauline)).status_code == 302
    assert bea.get(f"{ACT}extensions/1/").status_code == 404
    assert Extension.objects.get().withdrawn_at is not None


def test_somebody_independent_says_what_they_have_seen_and_the_lead_reads_why_it_cannot(cast, browser, plan):
    claimed(cast, plan)
    sian, pauline = browser(cast.sian), browser(cast.pauline)
    page = words_of(sian.get(ACT))
    assert "Say what you have seen" in page
    assert "In your role, what you have seen counts as: confirmed" in page
    hers = words_of(pauline.get(ACT))
    assert "Say what you have seen" not in hers
    assert "You hold no capacity that verifies" in hers
    fields = {"level": "confirmed", "basis": "Sat in six meetings", "satisfied": "yes", **typed("on", date(2026, 1, 9))}
    assert pauline.post(f"{ACT}verify/", form_of(cast.pauline, **fields)).status_code == 404
    empty = sian.post(f"{ACT}verify/", form_of(cast.sian, **{**fields, "satisfied": ""}))
    assert empty.status_code == 400
    assert "Sat in six meetings" in empty.content.decode()
    assert sian.post(f"{ACT}verify/", form_of(cast.sian, **fields)).status_code == 302
    assert "Sat in six meetings On 9 January 2026 by Sian Prothero" in words_of(pauline.get(ACT))
    assert "Delivered (verified)" in words_of(pauline.get(ACT))
    assert "It does not hold any more" in words_of(browser(cast.bea).get(ACT))


def test_a_verifier_who_cannot_is_told_why_instead_of_a_form(cast, browser, plan):
    act = add(cast, plan)
    answer = browser(cast.quin).get(f"{ACT}verify/", follow=True)
    assert "Only what its lead calls delivered is verified" in words_of(answer)
    fields = {**form_of(cast.quin, why="Trained the team"), "person": str(cast.quin.pk)}
    assert browser(cast.quin).post(f"{ACT}conflicts/declare/", fields).status_code == 302
    actions.record_delivery(
        by=cast.bea, act=act, expected_version=1, state=Delivery.DELIVERED_CLAIMED, reason="So it says", now=NOW
    )
    page = words_of(browser(cast.quin).get(ACT))
    assert "You have a declared conflict of interest" in page
    assert "Say what you have seen" not in page
    assert "Quin Ashby: Trained the team" in words_of(browser(cast.hana).get(ACT))


def test_milestones_are_added_moved_reached_and_not_reached_after_all(cast, browser, plan):
    add(cast, plan)
    bea = browser(cast.bea)
    late = form_of(cast.bea, title="A rota", **typed("due", date(2026, 4, 30)))
    assert "after the action’s own due date" in words_of(bea.post(f"{ACT}milestones/add/", late, follow=True))
    fields = {"title": "A rota for all", "version": "1", **typed("due", date(2026, 2, 28))}
    assert bea.post(f"{ACT}milestones/1/", form_of(cast.bea, reason="", **fields)).status_code == 400
    assert bea.post(f"{ACT}milestones/1/", form_of(cast.bea, reason="Sooner", **fields)).status_code == 302
    page = words_of(bea.get(ACT))
    assert "A rota for all Due 28 February 2026 (first 30 April 2026)" in page
    reached = form_of(cast.bea, version="2", **typed("reached", date(2026, 1, 10)))
    assert bea.post(f"{ACT}milestones/1/reached/", reached).status_code == 302
    assert "Reached 10 January 2026" in words_of(browser(cast.hana).get(ACT))
    fields = form_of(cast.bea, version="3", reason="Two agencies did not agree")
    assert bea.post(f"{ACT}milestones/1/reached/", fields).status_code == 302
    assert Milestone.objects.get().reached is None
    assert bea.post(f"{ACT}milestones/1/withdraw/", form_of(cast.bea, version="4", reason="Merged")).status_code == 302
    assert "A rota for all" not in words_of(browser(cast.hana).get(ACT)).split("What happened to it")[0]


def test_two_people_who_change_one_milestone_see_both_versions(cast, browser, plan):
    act = add(cast, plan)
    milestones.add_milestone(by=cast.bea, act=act, title="A rota", due=date(2026, 2, 28), now=NOW)
    bea = browser(cast.bea)
    fields = {"version": "1", "reason": "", **typed("due", date(2026, 2, 28))}
    assert bea.post(f"{ACT}milestones/1/", form_of(cast.bea, title="Hers", **fields)).status_code == 302
    answer = bea.post(f"{ACT}milestones/1/", form_of(cast.bea, title="His", **fields))
    assert answer.status_code == 409
    assert "Hers" in words_of(answer)
    assert "His" in answer.content.decode()


def test_contributors_and_notes_come_and_go_with_reasons(cast, browser, plan):
    add(cast, plan)
    bea = browser(cast.bea)
    page = bea.get(f"{ACT}contributors/add/").content.decode()
    assert f'value="{cast.police.pk}"' not in page  # it leads
    fields = form_of(cast.bea, body=str(cast.hospital.pk), part="Send a named nurse")
    assert bea.post(f"{ACT}contributors/add/", fields).status_code == 302
    assert "Send a named nurse" in words_of(browser(cast.hana).get(ACT))
    where = f"{ACT}contributors/{Contributor.objects.get().pk}/"
    assert bea.post(where, form_of(cast.bea, part="Send two", version="1")).status_code == 302
    assert bea.post(f"{where}let-go/", form_of(cast.bea, reason="The council does", version="2")).status_code == 302
    assert "Nobody else does a part of it" in words_of(browser(cast.hana).get(ACT))
    note = form_of(cast.bea, text="Raised at the board", source="Minutes", **typed("dated", date(2026, 1, 5)))
    assert bea.post(f"{ACT}notes/add/", note).status_code == 302
    assert "Raised at the board 5 January 2026 · Minutes" in words_of(browser(cast.hana).get(ACT))
    assert bea.post(f"{ACT}notes/1/withdraw/", form_of(cast.bea, reason="Wrong one", version="1")).status_code == 302
    assert ActionNote.objects.get().withdrawn_at is not None


def test_money_and_equality_are_said_beside_the_action_and_for_the_plan_as_a_whole(cast, browser, plan):
    add(cast, plan)
    bea = browser(cast.bea)
    wrong = form_of(cast.bea, resources="within_existing", funder="The trust", version="1")
    answer = bea.post(f"{ACT}resources/", wrong)
    assert answer.status_code == 400
    assert "Only additional resource has a funder" in words_of(answer)
    right = form_of(
        cast.bea, resources="additional", funder="The trust", resources_note="Two posts", version="1",
        **typed("funding_decided", date(2026, 1, 5)),
    )  # fmt: skip
    assert bea.post(f"{ACT}resources/", right).status_code == 302
    seen = {"equality": "mitigated", "version": "2", **typed("equality_screened", date(2026, 1, 6))}
    assert bea.post(f"{ACT}screening/", form_of(cast.bea, equality_note="", **seen)).status_code == 400
    assert bea.post(f"{ACT}screening/", form_of(cast.bea, equality_note="An interpreter", **seen)).status_code == 302
    page = words_of(browser(cast.hana).get(ACT))
    for said in ("Additional resource", "Funder: The trust", "Decided on 5 January 2026", "An interpreter"):
        assert said in page
    whole = form_of(cast.bea, equality_note="No adverse effect", version="1", **typed("equality_screened", NOW.date()))
    assert bea.post(f"{ONE}screening/", whole).status_code == 302
    assert "on 12 January 2026: No adverse effect" in words_of(browser(cast.hana).get(ONE))
    assert Plan.objects.get(reference="plan").equality_note == "No adverse effect"


def test_an_area_shows_the_findings_that_its_actions_answer_though_none_is_placed_in_it(cast, browser, plan, letter):
    from throughline.inspections.models import Finding

    finding = Finding.objects.first()
    add(cast, plan, findings=[finding])
    page = words_of(browser(cast.hana).get(f"{ONE}areas/1/"))
    assert "1 action. 1 finding." in page
    assert f"{finding.reference} {finding.title} Answered by ACT-001" in page


def test_an_area_has_a_page_with_its_owner_findings_and_actions(cast, browser, plan):
    add(cast, plan)
    bea, where = browser(cast.bea), f"{ONE}areas/1/"
    assert "Nobody owns this area" in words_of(bea.get(where))
    lonely = bea.post(f"{where}owner/", form_of(cast.bea, owner_post="Head of safeguarding", owner="", version="1"))
    assert lonely.status_code == 400
    assert "Choose whose post it is" in words_of(lonely)
    fields = form_of(cast.bea, owner_post="Head of safeguarding", owner=str(cast.council.pk), version="1")
    assert bea.post(f"{where}owner/", fields).status_code == 302
    page = words_of(browser(cast.hana).get(where))
    assert "Owned by: Head of safeguarding, Ashvale Council children's services" in page
    assert "ACT-001" in page
    assert "Rename" not in page
    assert "Owned by: Head of safeguarding" in words_of(browser(cast.hana).get(ONE))
    stale = bea.post(f"{where}owner/", form_of(cast.bea, owner_post="Mine", owner=str(cast.police.pk), version="1"))
    assert stale.status_code == 409
    assert "Vale Police" in words_of(stale)
    gone = form_of(cast.bea, owner_post="", owner="", version="2")
    assert bea.post(f"{where}owner/", gone).status_code == 302
    assert ImprovementArea.objects.get().owner is None


def test_an_action_takes_anothers_place_and_its_findings_with_it(cast, browser, plan, letter):
    from throughline.inspections.models import Finding

    finding = Finding.objects.first()
    add(cast, plan, findings=[finding], new_impact=actions.NewImpact("Children", "Less waiting"))
    new = add(cast, plan, title="Hold them the same day")
    bea = browser(cast.bea)
    fields = form_of(cast.bea, successor=str(new.pk), take_over="on", reason="One meeting", version="1")
    assert bea.post(f"{ACT}supersede/", fields).status_code == 302
    page = words_of(browser(cast.hana).get(ACT))
    assert "ACT-002 Hold them the same day takes its place" in page
    assert finding.title in page
    assert [link.finding_id for link in new.finding_links.all()] == [finding.pk]
    assert new.impact_links.get().desired_impact == DesiredImpact.objects.get()
    assert bea.get(f"{ACT}supersede/").status_code == 404
    assert bea.get(f"{ACT}restore/").status_code == 404


def test_which_evidence_is_enough_is_chosen_with_the_impact(cast, browser, plan):
    bea = browser(cast.bea)
    words = {"for_whom": "Children at risk", "would_see": "No waiting"}
    assert bea.post(f"{ONE}impacts/add/", form_of(cast.bea, **words, sufficiency="all_three")).status_code == 302
    assert "all agree" in words_of(browser(cast.hana).get(f"{ONE}impacts/IMP-01/"))
    fields = form_of(cast.bea, **words, sufficiency="audit_and_voice", version="1")
    assert bea.post(f"{ONE}impacts/IMP-01/", fields).status_code == 302
    assert DesiredImpact.objects.get().sufficiency == "audit_and_voice"


def test_a_step_sent_twice_is_taken_once(cast, browser, plan):
    claimed(cast, plan)
    sian = browser(cast.sian)
    fields = form_of(
        cast.sian, level="confirmed", basis="Sat in", satisfied="no", **typed("on", date(2026, 1, 9))
    )  # fmt: skip
    assert sian.post(f"{ACT}verify/", fields).url == sian.post(f"{ACT}verify/", fields).url
    assert Verification.objects.count() == 1
    assert "Not confirmed" in words_of(sian.get(ACT))
    assert Action.objects.get().delivery == "delivered_claimed"


def test_more_steps_ask_no_more_of_the_database(cast, browser, plan, django_assert_max_num_queries):
    act = add(cast, plan)

    def fill() -> None:
        for number in range(3):
            milestones.add_milestone(by=cast.bea, act=act, title=f"Step {number}", due=date(2026, 3, 1), now=NOW)

    def asks(where: str) -> int:
        client = browser(cast.bea)
        client.get(where)
        with django_assert_max_num_queries(60) as counted:
            client.get(where)
        return len(counted)

    fill()
    before = asks(ACT), asks(f"{ONE}areas/1/")
    fill()
    for _ in range(5):
        add(cast, plan)
    areas.set_owner(
        by=cast.bea, area=act.area, expected_version=1, post="Head", agency=cast.council, now=NOW
    )  # fmt: skip
    few, more = before, (asks(ACT), asks(f"{ONE}areas/1/"))
    assert more[0] == few[0]
    assert more[1] <= few[1] + 2  # the owner's body, its links for more than one action


def test_my_work_names_the_dates_to_decide_and_the_claims_to_look_at(cast, plan, letter):
    late, act = add(cast, plan), claimed(cast, plan)
    asked(cast, late)
    on = NOW.date()
    (decide,) = work.my_work(cast.esther, on)
    assert decide.sentence == "Decide whether ACT-001 of Vale Police may be done by 30 June 2026"
    says = [each.sentence for each in work.my_work(cast.bea, on)]
    assert says == [decide.sentence, "Say what you have seen of 1 action that is delivered as claimed"]
    for who in (cast.pauline, cast.sian, cast.otto, cast.rita, cast.nobody):
        assert work.my_work(who, on) == []
    priority = mark(cast.bea, letter.inspection, letter=letter, page=2, kind="priority_action", title="Meetings fail")
    actions.answer_finding(by=cast.bea, act=act, finding=priority, now=NOW)
    assert "1 action that is delivered" in work.my_work(cast.sian, on)[0].sentence
    assert [each.sentence for each in work.my_work(cast.bea, on)] == [decide.sentence]
