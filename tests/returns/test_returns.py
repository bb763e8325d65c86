"""What agencies return, who may do what with it, and that two at once never make two of it."""

import threading
from datetime import date, datetime, timedelta

import pytest

from tests.returns.scene import SENTENCE, Scene, set_up
from throughline.access import AccessDenied
from throughline.history.door import Conflict
from throughline.history.models import Event
from throughline.notify.models import Message
from throughline.plans import actions as plan_actions
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action
from throughline.returns import actions, due, offers, proposals
from throughline.returns.actions import CannotDo, NotReady
from throughline.returns.models import Return, Update
from throughline.returns.states import ReturnState


@pytest.mark.django_db
def test_every_agency_that_takes_part_on_the_first_day_and_every_group_is_asked_once(scene: Scene):
    period = scene.open_period()
    assert set(Return.objects.filter(period=period).values_list("slug", flat=True)) == {
        "council", "hospitals", "police", "strategy-meetings",
    }  # fmt: skip
    with pytest.raises(CannotDo, match="open already"):
        scene.open_period()


@pytest.mark.django_db
def test_only_the_business_manager_or_lead_officer_opens_a_period(scene: Scene):
    for person in scene.cast.people.values():
        if person == scene.cast.bea:
            continue
        with pytest.raises(AccessDenied):
            actions.open_period(
                by=person, plan=scene.plan, reference="q", label="Q", opens=date(2026, 1, 5),
                data_to=date(2026, 3, 31), due=date(2026, 4, 14), now=scene.now(),
            )  # fmt: skip


@pytest.mark.django_db
def test_nobody_outside_the_body_reports_signs_or_submits_for_it(scene: Scene):
    period = scene.open_period()
    scene.police_return_to("draft", period)
    mine = scene.return_of(period, "police")
    for name, person in scene.cast.people.items():
        if name not in {"pauline", "olu"}:
            with pytest.raises(AccessDenied):
                scene.report(person, mine, scene.police_action, "at_risk", "No.")
        with pytest.raises(AccessDenied):
            scene.sign(person, mine)  # nobody of the cast but Priya answers for the police
    scene.sign(scene.priya, mine)
    with pytest.raises(AccessDenied):
        scene.submit(scene.cast.olu, mine)


@pytest.mark.django_db
def test_a_signature_is_refused_with_every_gap_and_given_when_all_is_answered(scene: Scene):
    period = scene.open_period()
    second = plan_actions.create_action(
        by=scene.cast.bea, plan=scene.plan, area=scene.area, title="Second", due=date(2026, 6, 30),
        lead_agency=scene.cast.police, now=scene.now(),
    )  # fmt: skip
    mine = scene.return_of(period, "police")
    scene.report(scene.cast.pauline, mine, second, "delivered_claimed", "")
    with pytest.raises(NotReady) as refused:
        scene.sign(scene.priya, mine)
    assert refused.value.lines == [
        "ACT-001: say where the action stands.",
        "ACT-004: say in a sentence why it is 'Delivered (claimed)'.",
    ]


@pytest.mark.django_db
def test_nobody_signs_words_that_were_written_while_they_read(scene: Scene):
    period = scene.open_period()
    mine = scene.police_return_to("draft", period)
    seen = actions.fingerprint_of(mine)
    scene.report(scene.cast.olu, mine, scene.police_action, "at_risk", "Changed meanwhile.")
    with pytest.raises(CannotDo, match="changed while you read it"):
        actions.sign(by=scene.priya, return_=mine, expected_version=mine.version, now=scene.now(), seen=seen)


@pytest.mark.django_db
def test_writing_after_the_signature_takes_it_away(scene: Scene):
    period = scene.open_period()
    mine = scene.police_return_to("signed", period)
    scene.report(scene.cast.olu, mine, scene.police_action, "at_risk", "One more thing.")
    after = scene.return_of(period, "police")
    assert (after.state, after.signed_by, after.signed_at) == (ReturnState.DRAFT, None, None)
    with pytest.raises(CannotDo):
        scene.submit(scene.cast.pauline, after)


@pytest.mark.django_db
def test_a_submitted_return_cannot_be_changed_by_its_body(scene: Scene):
    mine = scene.police_return_to("submitted", scene.open_period())
    with pytest.raises(CannotDo, match="send it back"):
        scene.report(scene.cast.pauline, mine, scene.police_action, "at_risk", "Too late.")
    assert Update.objects.get().progress == SENTENCE


@pytest.mark.django_db
def test_a_body_cannot_report_on_what_another_leads_nor_claim_what_is_not_its_to_say(scene: Scene):
    mine = scene.return_of(scene.open_period(), "police")
    with pytest.raises(CannotDo, match="led by somebody else"):
        scene.report(scene.cast.pauline, mine, scene.hospital_action, "on_track", "")
    with pytest.raises(CannotDo):
        scene.report(scene.cast.pauline, mine, scene.police_action, "delivered_verified", "We say so.")


@pytest.mark.django_db
def test_acceptance_makes_the_claim_the_delivery_and_never_verifies(scene: Scene):
    period = scene.open_period()
    mine = scene.return_of(period, "police")
    scene.report(scene.cast.pauline, mine, scene.police_action, "delivered_claimed", SENTENCE)
    scene.sign(scene.priya, mine)
    scene.submit(scene.cast.pauline, mine)
    assert Action.objects.get(pk=scene.police_action.pk).delivery == Delivery.NOT_STARTED
    scene.accept(mine)
    assert Action.objects.get(pk=scene.police_action.pk).delivery == Delivery.DELIVERED_CLAIMED


@pytest.mark.django_db
def test_a_return_is_accepted_although_its_action_was_withdrawn_on_the_way(scene: Scene):
    mine = scene.police_return_to("submitted", scene.open_period())
    act = Action.objects.get(pk=scene.police_action.pk)
    plan_actions.withdraw_action(
        by=scene.cast.bea, act=act, expected_version=act.version, reason="Superseded by law.", now=scene.now()
    )
    assert scene.accept(mine).state == ReturnState.ACCEPTED
    assert Action.objects.get(pk=act.pk).delivery == Delivery.WITHDRAWN


@pytest.mark.django_db
def test_last_quarters_words_are_brought_forward_marked_and_only_when_they_were_accepted(scene: Scene):
    first = scene.open_period(1)
    scene.police_return_to("submitted", first)
    second = scene.open_period(2)
    mine = scene.return_of(second, "police")
    with pytest.raises(CannotDo, match="Nothing was accepted"):
        actions.mark_unchanged(by=scene.cast.pauline, return_=mine, act=scene.police_action, now=scene.now())
    scene.accept(scene.return_of(first, "police"))
    forward = actions.mark_unchanged(by=scene.cast.pauline, return_=mine, act=scene.police_action, now=scene.now())
    assert (forward.progress, forward.brought_forward) == (SENTENCE, True)
    scene.report(scene.cast.pauline, mine, scene.police_action, "on_track", "New words.")
    assert Update.objects.get(return_record=mine).brought_forward is False


@pytest.mark.django_db
def test_saying_the_same_again_records_nothing(scene: Scene):
    mine = scene.police_return_to("draft", scene.open_period())
    before = Event.objects.count()
    scene.report(scene.cast.pauline, mine, scene.police_action, "on_track", SENTENCE)
    assert Event.objects.count() == before


@pytest.mark.django_db
def test_a_stale_submission_is_a_conflict_not_a_second_one(scene: Scene):
    mine = scene.police_return_to("signed", scene.open_period())
    with pytest.raises(Conflict):
        actions.submit(by=scene.cast.pauline, return_=mine, expected_version=mine.version - 1, now=scene.now())


@pytest.mark.django_db
def test_those_who_must_act_are_told_and_no_message_holds_what_the_return_says(scene: Scene):
    scene.police_return_to("accepted", scene.open_period())
    told = {(each.to, each.key.split(":")[1]) for each in Message.objects.all()}
    assert {
        ("pauline@example.org", "asked_for"), ("gil@example.org", "asked_for"), ("priya@example.org", "ready"),
        ("pauline@example.org", "signed"), ("bea@example.org", "received"), ("pauline@example.org", "accepted"),
    } <= told  # fmt: skip
    assert not any(SENTENCE in each.body or SENTENCE in each.subject for each in Message.objects.all())


@pytest.mark.django_db
def test_my_work_names_whoever_must_act_next_and_nobody_else(scene: Scene):
    period = scene.open_period()
    on = date(2026, 1, 12)

    def owes(person) -> list[str]:
        person.forget_grants()
        return [each.sentence for each in offers.my_work(person, on) if "Vale Police" in each.sentence]

    assert owes(scene.cast.pauline) == ["Write the return of Vale Police for Quarter 1"]
    assert owes(scene.priya) == []
    scene.police_return_to("draft", period)
    assert owes(scene.priya) == ["Read and sign the return of Vale Police for Quarter 1"]
    scene.sign(scene.priya, scene.return_of(period, "police"))
    assert owes(scene.cast.pauline) == ["Submit the return of Vale Police for Quarter 1: it is signed"]
    scene.submit(scene.cast.pauline, scene.return_of(period, "police"))
    assert owes(scene.cast.bea) == ["Read the return of Vale Police for Quarter 1, then accept it or send it back"]
    assert owes(scene.cast.pauline) == owes(scene.cast.otto) == owes(scene.cast.hana) == []


@pytest.mark.django_db
def test_a_return_is_due_until_it_is_submitted_and_its_writers_are_reminded(scene: Scene):
    period = scene.open_period()
    keys = {each.sentence: set(each.recipients) for each in due.returns_due(date(2026, 1, 20))}
    assert keys["The return of Vale Police for Quarter 1 is due"] == {scene.cast.pauline.pk}
    assert keys["The return of Ashvale Hospitals NHS Trust for Quarter 1 is due"] == {
        scene.cast.hana.pk, scene.cast.dev.pk,
    }  # fmt: skip
    scene.police_return_to("submitted", period)
    assert not any("Police" in each.sentence for each in due.returns_due(date(2026, 1, 20)))


def test_the_proposed_quarter_leaves_five_clear_days_and_follows_the_newest():
    proposed = proposals.propose(date(2019, 1, 7), frozenset({date(2019, 1, 1), date(2019, 4, 19), date(2019, 4, 22)}))
    assert (proposed.reference, proposed.label) == ("q4-2018-19", "Q4 2018/19")
    assert proposed.data_to == date(2019, 3, 31)
    days = [
        proposed.opens, proposed.due, proposed.verification_closes, proposed.papers_cleared, proposed.papers_out,
        proposed.meeting,
    ]  # fmt: skip
    assert days == sorted(days)
    assert proposals.short_notice(proposed.meeting, proposed.papers_out, frozenset()) == ""
    assert proposals.short_notice(proposed.meeting, proposed.papers_out + timedelta(days=7), frozenset())
    after = proposals.propose(date(2019, 1, 7), frozenset(), last=date(2019, 3, 31), taken=["q1-2019-20"])
    assert (after.label, after.reference) == ("Q1 2019/20", "q1-2019-20-2")


def test_a_period_is_never_called_as_the_page_that_opens_one():
    assert proposals.reference_of("Open") == "open-2"
    assert proposals.reference_of("…") == "period"


def test_ten_who_submit_at_once_submit_once(own_database, django_db_blocker):
    from django.db import connections

    from tests.cast import assemble

    with django_db_blocker.unblock():
        scene = set_up(assemble())
        mine = scene.police_return_to("signed", scene.open_period())
        gate, done, refused = threading.Barrier(10), [], []
        now = datetime.fromisoformat("2026-01-13T09:00:00+00:00")

        def submit() -> None:
            gate.wait()
            try:
                done.append(actions.submit(by=scene.cast.pauline, return_=mine, expected_version=mine.version, now=now))
            except (CannotDo, Conflict) as refusal:
                refused.append(refusal)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=submit) for _ in range(10)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert (len(done), len(refused)) == (1, 9)
        assert Event.objects.filter(thing_id=mine.pk, verb="submitted").count() == 1
        assert Message.objects.filter(to="bea@example.org", key__contains="received").count() == 1
