"""Evidence: held by its body, seen by somebody independent, and never more open than what it belongs to."""

from datetime import date

import pytest

from tests.evidence.conftest import WORDS, hold, received
from throughline.access import AccessDenied
from throughline.evidence import actions, links, queries, rules, sighting, taking_away
from throughline.evidence.models import Evidence, EvidenceLink, EvidenceRevision, EvidenceSeen
from throughline.evidence.permissions import DRAFT, OF_A_BODY, OFFERED, SEERS
from throughline.evidence.strength import STRENGTHS, Strength
from throughline.files import store
from throughline.files.models import StoredFile
from throughline.history.door import Conflict, Foreign
from throughline.plans import actions as plans

ON = date(2026, 1, 12)


def seen_by(scene, piece, person, **changes) -> EvidenceSeen:
    given = {
        "by": person, "evidence": piece, "on": date(2026, 1, 10), "satisfied": True,
        "satisfied_that": "All 41 were there.", "now": scene.now(), **changes,
    }  # fmt: skip
    return sighting.see(**given)


def test_every_strength_has_its_words():
    assert set(STRENGTHS) == set(Strength)
    assert all(each.printed and each.means.endswith(".") for each in STRENGTHS.values())


@pytest.mark.parametrize("held_where", ["", " ", "Room 4"])
@pytest.mark.parametrize("has_file", [True, False])
@pytest.mark.parametrize("link", ["", "https://example.org/a"])
def test_evidence_is_somewhere_or_is_brought(held_where, has_file, link):
    found = rules.why_not_held(held_where=held_where, has_file=has_file, link=link)
    assert bool(found) == (not held_where.strip() and not has_file and not link)


@pytest.mark.parametrize(
    ("dated", "expires", "wrong"),
    [
        (None, None, set()), (ON, None, set()), (date(2026, 1, 13), None, {"dated"}), (None, date(2020, 1, 1), set()),
        (ON, ON, set()), (ON, date(2026, 1, 11), {"expires"}), (date(2026, 1, 13), ON, {"dated", "expires"}),
    ],
)  # fmt: skip
def test_evidence_is_of_a_day_that_has_come_and_counts_no_shorter(dated, expires, wrong):
    assert {field for field, _ in rules.why_not_dated(dated, expires, on=ON)} == wrong


def test_the_last_day_still_counts():
    assert [rules.has_expired(expires, ON) for expires in (None, date(2026, 1, 13), ON, date(2026, 1, 11))] == [
        False, False, False, True,
    ]  # fmt: skip


def test_a_body_holds_its_own_evidence_and_keepers_anybodys(scene):
    assert hold(scene).reference == "EV-001"
    assert hold(scene, by=scene.cast.bea).reference == "EV-002"
    for name, person in scene.cast.people.items():
        if name in {"pauline", "olu", "bea"}:
            continue
        with pytest.raises(AccessDenied):
            hold(scene, by=person)
    with pytest.raises(AccessDenied):
        hold(scene, agency=scene.cast.hospital)


def test_evidence_that_is_nowhere_of_nobody_or_of_two_is_refused_whole(scene):
    for changes, says in (
        ({"held_where": ""}, "Say where"), ({"agency": None}, "Choose the agency"),
        ({"group": scene.cast.strategy_group}, "only one"), ({"dated": date(2027, 1, 1)}, "has not come yet"),
        ({"agency": scene.cast.brackley_council}, "does not take part"), ({"strength": "splendid"}, "what kind"),
    ):  # fmt: skip
        with pytest.raises(actions.CannotDo, match=says):
            hold(scene, by=scene.cast.bea, **changes)
    assert not Evidence.objects.exists()
    assert not EvidenceLink.objects.exists()


def test_offered_evidence_is_open_to_members_and_restricted_only_to_its_body_and_the_scrutineer(scene, piece):
    def readers():
        return {
            name
            for name, person in scene.cast.people.items()
            if queries.evidence_of(scene.cast.ashvale, for_person=person).filter(pk=piece.pk).exists()
        }

    everyone = {"bea", "pauline", "olu", "hana", "dev", "hugo", "connie", "gil", "esther", "sian", "quin"}
    assert readers() == everyone
    actions.restrict(
        by=scene.cast.pauline, evidence=piece, expected_version=1, reason="It names staff.", now=scene.now()
    )
    assert readers() == {"pauline", "olu", "sian"}
    with pytest.raises(AccessDenied):
        actions.unrestrict(by=scene.cast.bea, evidence=piece, expected_version=2, reason="Why not?", now=scene.now())
    actions.unrestrict(by=scene.cast.olu, evidence=piece, expected_version=2, reason="Names are out.", now=scene.now())
    assert readers() == everyone


def test_evidence_for_something_that_is_held_back_is_its_bodys_own_until_it_is_offered(scene, monkeypatch):
    kind = links.kind_of(scene.police_action)
    waiting = links.ThingKind(
        kind.name, kind.printed, kind.model, title=str, url=kind.url, related=kind.related, holds_back=lambda _: True
    )
    monkeypatch.setitem(links._KINDS, kind.name, waiting)
    piece = hold(scene)
    assert piece.stage == DRAFT
    for name, person in scene.cast.people.items():
        seen = queries.evidence_of(scene.cast.ashvale, for_person=person).exists()
        assert seen == (name in {"pauline", "olu"}), name
    with pytest.raises(AccessDenied):
        seen_by(scene, piece, scene.cast.sian)
    with pytest.raises(AccessDenied):
        actions.offer(by=scene.cast.bea, partnership=scene.cast.ashvale, pieces=[piece], now=scene.now())
    actions.offer(by=scene.cast.pauline, partnership=scene.cast.ashvale, pieces=[piece], now=scene.now())
    assert Evidence.objects.get().stage == OFFERED


def test_a_file_of_evidence_is_stored_apart_from_the_files_that_every_member_may_fetch(scene, piece):
    made = actions.add_revision(by=scene.cast.pauline, evidence=piece, file=received(), now=scene.now())
    file = StoredFile.objects.get()
    assert (made.number, made.file, file.kept) == (1, file, "with_its_thing")
    for name, person in scene.cast.people.items():
        assert not StoredFile.objects.visible_to(person).filter(pk=file.pk).exists(), name
    assert actions.add_revision(
        by=scene.cast.olu, evidence=piece, link="https://example.org/paper", now=scene.now()
    ).number == 2  # fmt: skip
    with pytest.raises(actions.CannotDo, match="one of the two"):
        actions.add_revision(by=scene.cast.olu, evidence=piece, now=scene.now())
    with pytest.raises(AccessDenied):
        actions.add_revision(by=scene.cast.hana, evidence=piece, link="https://example.org/x", now=scene.now())


def test_a_file_that_should_never_have_been_shared_is_gone_from_the_disk(
    scene, piece, django_capture_on_commit_callbacks
):
    made = actions.add_revision(by=scene.cast.pauline, evidence=piece, file=received(), now=scene.now())
    place = store.path_of(made.file.sha256)
    assert place.read_bytes() == WORDS
    with pytest.raises(AccessDenied):
        taking_away.take_away(by=scene.cast.hana, revision=made, expected_version=1, reason="No.", now=scene.now())
    with django_capture_on_commit_callbacks(execute=True):
        taking_away.take_away(
            by=scene.cast.pauline, revision=made, expected_version=1, reason="It names a child.", now=scene.now()
        )
    assert not place.exists()
    assert EvidenceRevision.objects.get().withdrawn_at is not None
    assert StoredFile.objects.get().withdrawn_at is not None


def test_bytes_that_another_file_still_needs_stay(scene, piece, django_capture_on_commit_callbacks):
    first = actions.add_revision(by=scene.cast.pauline, evidence=piece, file=received(), now=scene.now())
    actions.add_revision(by=scene.cast.pauline, evidence=hold(scene), file=received(), now=scene.now())
    with django_capture_on_commit_callbacks(execute=True):
        taking_away.take_away(by=scene.cast.olu, revision=first, expected_version=1, reason="Twice.", now=scene.now())
    assert store.path_of(first.file.sha256).exists()


def test_the_same_thing_is_linked_once_and_never_one_of_another_partnership(scene, piece):
    with pytest.raises(actions.CannotDo, match="already"):
        actions.link_to(by=scene.cast.pauline, evidence=piece, thing=scene.police_action, now=scene.now())
    actions.link_to(by=scene.cast.pauline, evidence=piece, thing=scene.impact, now=scene.now())
    assert list(queries.belonging_to(scene.impact, for_person=scene.cast.hana)) == [piece]
    theirs = plans.create_plan(
        by=scene.cast.otto, partnership=scene.cast.brackley, reference="theirs", title="Theirs", now=scene.now()
    )
    foreign = plans.create_desired_impact(
        by=scene.cast.otto, plan=theirs, for_whom="Children", would_see="More", now=scene.now()
    )
    with pytest.raises(Foreign):
        actions.link_to(by=scene.cast.pauline, evidence=piece, thing=foreign, now=scene.now())
    with pytest.raises(links.NoSuchThing):
        actions.link_to(by=scene.cast.pauline, evidence=piece, thing=scene.cast.police, now=scene.now())
    link = EvidenceLink.objects.get(thing_id=scene.impact.pk)
    actions.unlink(by=scene.cast.pauline, link=link, expected_version=link.version, now=scene.now())
    assert list(queries.belonging_to(scene.impact, for_person=scene.cast.hana)) == []


@pytest.mark.parametrize(
    "token", ["", "nothing", "plans.action:x", "plans.action:c8dde16d-3508-49ce-9a3b-6823312a3a13", "partners.agency:1"]
)
def test_a_token_that_names_nothing_finds_nothing(scene, token):
    with pytest.raises(links.NoSuchThing):
        links.find(token, partnership=scene.cast.ashvale, for_person=scene.cast.pauline)


def test_a_token_finds_what_the_person_may_see(scene):
    token = links.token_of(scene.police_action)
    assert links.find(token, partnership=scene.cast.ashvale, for_person=scene.cast.pauline) == scene.police_action
    with pytest.raises(links.NoSuchThing):
        links.find(token, partnership=scene.cast.brackley, for_person=scene.cast.pauline)
    with pytest.raises(links.NoSuchThing):
        links.find(token, partnership=scene.cast.ashvale, for_person=scene.cast.rita)


def test_only_somebody_independent_says_that_evidence_satisfied_them(scene, piece):
    assert not set(SEERS) & set(OF_A_BODY)
    for name in ("bea", "quin", "sian", "esther"):
        assert seen_by(scene, piece, getattr(scene.cast, name)).by_name == getattr(scene.cast, name).name
    for name in ("pauline", "olu", "hana", "gil", "rita", "ada", "otto"):
        with pytest.raises(AccessDenied):
            seen_by(scene, piece, getattr(scene.cast, name))
    assert EvidenceSeen.objects.get(by=scene.cast.sian).capacity == "Independent scrutineer"
    with pytest.raises(actions.CannotDo, match="do not hold that capacity"):
        seen_by(scene, piece, scene.cast.sian, capacity="Executive Group chair")


def test_whoever_acts_for_the_body_that_holds_it_is_not_satisfied_by_it(scene, piece):
    from tests.cast import SINCE
    from throughline.access import Role
    from throughline.partners import actions as partners

    partners.give_role(
        by=partners.system_person(), partnership=scene.cast.ashvale, person=scene.cast.quin, role=Role.ACTION_OWNER,
        agency=scene.cast.police, starts=SINCE, now=scene.now(),
    )  # fmt: skip
    scene.cast.quin.forget_grants()
    with pytest.raises(actions.CannotDo, match="Somebody else has to see it"):
        seen_by(scene, piece, scene.cast.quin)


def test_what_was_said_of_evidence_is_taken_back_only_by_whoever_said_it(scene, piece):
    said = seen_by(scene, piece, scene.cast.quin, satisfied=False)
    with pytest.raises(actions.CannotDo, match="said this"):
        sighting.take_back(by=scene.cast.bea, sighting=said, expected_version=1, reason="No.", now=scene.now())
    sighting.take_back(by=scene.cast.quin, sighting=said, expected_version=1, reason="Wrong list.", now=scene.now())
    shown = queries.one(scene.cast.ashvale, "EV-001", for_person=scene.cast.hana)
    assert shown.shown_sightings == []


def test_evidence_that_was_withdrawn_takes_nothing_more(scene, piece):
    actions.withdraw(by=scene.cast.pauline, evidence=piece, expected_version=1, reason="Wrong year.", now=scene.now())
    assert not queries.evidence_of(scene.cast.ashvale, for_person=scene.cast.pauline).exists()
    for step in (
        lambda: seen_by(scene, piece, scene.cast.sian),
        lambda: actions.link_to(by=scene.cast.pauline, evidence=piece, thing=scene.impact, now=scene.now()),
        lambda: actions.add_revision(by=scene.cast.pauline, evidence=piece, link="https://a.org/", now=scene.now()),
    ):
        with pytest.raises(actions.CannotDo, match="withdrawn"):
            step()


def test_whoever_comes_second_is_told(scene, piece):
    words = {"title": "Other", "held_where": "Elsewhere", "strength": "output", "now": scene.now()}
    actions.change(by=scene.cast.pauline, evidence=piece, expected_version=1, **words)
    with pytest.raises(Conflict):
        actions.change(by=scene.cast.olu, evidence=piece, expected_version=1, **words)
    with pytest.raises(actions.CannotDo, match="Say where it is held"):
        actions.change(by=scene.cast.olu, evidence=piece, expected_version=2, **{**words, "held_where": ""})
