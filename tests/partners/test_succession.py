"""An agency is succeeded by another: nobody loses their work, and what was reported keeps its name."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from tests.cast import NOW, SINCE
from tests.inspections.conftest import typed
from tests.inspections.test_pages import words_of
from tests.partners.conftest import form_of
from tests.returns.conftest import scene
from throughline.access import AccessDenied, Role
from throughline.assurance import actions as assurance
from throughline.evidence import actions as evidence
from throughline.evidence.models import Evidence
from throughline.history import door, verify
from throughline.history.models import Event
from throughline.line.queries import plan_line
from throughline.partners import actions, succession
from throughline.partners.former import called_on
from throughline.partners.models import Agency, Membership, Participation
from throughline.plans.models import Action, Contributor, ImprovementArea
from throughline.returns.models import Update
from throughline.scrutiny import decisions

__all__ = ["scene"]
ON = date(2026, 1, 12)
EVE = ON - timedelta(days=1)


def succeed(scene, **changes) -> Participation:
    given = {
        "by": scene.cast.bea, "partnership": scene.cast.ashvale, "agency": scene.cast.police, "on": ON,
        "name": "Vale and Moor Police", "short_name": "Vale and Moor", "now": scene.now(), **changes,
    }  # fmt: skip
    return succession.succeed(**given)


def of(scene, agency: Agency) -> set[tuple]:
    """Who acts for an agency in Ashvale: person, role, first and last day."""
    held = Membership.objects.filter(partnership=scene.cast.ashvale, agency=agency, withdrawn_at__isnull=True)
    return set(held.values_list("person__name", "role", "starts", "ends"))


def test_the_one_ends_the_day_before_and_the_other_begins_with_the_day(scene):
    joined = succeed(scene)
    old, new = Agency.objects.get(pk=scene.cast.police.pk), joined.agency
    assert (old.valid_to, old.successor, new.valid_from) == (EVE, new, ON)
    assert (new.name, new.short_name, joined.starts, joined.ends) == ("Vale and Moor Police", "Vale and Moor", ON, None)
    assert Participation.objects.get(partnership=scene.cast.ashvale, agency=old).ends == EVE
    assert verify.verify() == []


def test_whoever_acted_for_the_one_acts_for_the_other_from_that_day(scene):
    before = of(scene, scene.cast.police)
    assert len(before) == 3
    new = succeed(scene).agency
    assert of(scene, scene.cast.police) == {(who, role, starts, EVE) for who, role, starts, _ in before}
    assert of(scene, new) == {(who, role, ON, None) for who, role, _, _ in before}


def test_a_role_that_began_on_the_day_is_given_for_the_successor_and_one_that_ended_before_is_left(scene):
    cast = scene.cast
    for person, starts, ends in ((cast.nobody, ON, None), (cast.quin, SINCE, date(2025, 12, 31))):
        actions.give_role(
            by=cast.bea, partnership=cast.ashvale, person=person, role=Role.DEPUTY,
            agency=cast.police, starts=starts, ends=ends, now=scene.now(),
        )  # fmt: skip
    new = succeed(scene).agency
    assert ("Nobody Special", "deputy", ON, None) in of(scene, new)
    assert not [each for each in of(scene, cast.police) if each[0] == "Nobody Special"]
    assert ("Quin Ashby", "deputy", SINCE, date(2025, 12, 31)) in of(scene, cast.police)
    assert not [each for each in of(scene, new) if each[0] == "Quin Ashby"]


def test_open_work_goes_to_the_successor_because_of_the_succession(scene):
    cast = scene.cast
    quarter = scene.open_period()
    scene.police_return_to("draft", quarter)
    area = door.action("area")(_own)(by=cast.bea, area=scene.area, agency=cast.police, now=scene.now())
    _contributes(scene, scene.hospital_action, cast.police)
    audit = assurance.plan_activity(
        by=cast.quin, plan=scene.plan, title="Audit", kind="audit", tests="It holds.", due=date(2026, 3, 1),
        agency=cast.police, now=scene.now(),
    )  # fmt: skip
    sought = decisions.seek(by=cast.pauline, plan=scene.plan, text="Money.", agency=cast.police, now=scene.now())
    joined = succeed(scene)
    new = joined.agency
    cause = Event.objects.get(thing_kind="partners.participation", verb="succeeded")
    assert Action.objects.get(pk=scene.police_action.pk).lead_agency == new
    assert ImprovementArea.objects.get(pk=area.pk).owner_agency == new
    assert Contributor.objects.get(action=scene.hospital_action).agency == new
    for each, kind in ((audit, "assurance.activity"), (sought, "scrutiny.decision")):
        each.refresh_from_db()
        assert each.agency == new
        assert Event.objects.filter(thing_kind=kind, thing_id=each.pk).latest("sequence").because_of == cause.pk
    return_ = scene.return_of(quarter, "police")
    assert return_.agency == new
    assert set(Update.objects.filter(return_record=return_).values_list("agency", flat=True)) == {new.pk}
    told = Event.objects.filter(thing_id=scene.police_action.pk).latest("sequence")
    assert (told.verb, told.because_of) == ("lead followed", cause.pk)
    cast.pauline.forget_grants()
    led = Action.objects.get(pk=scene.police_action.pk)
    assert scene.report(cast.pauline, return_, led, "on_track", "We carry on.").progress == "We carry on."


def _own(*, by, area, agency, now):
    return door.change(
        by=by, thing=area, expected_version=area.version, verb="owned", now=now, owner_agency=agency
    )  # fmt: skip


def _contributes(scene, act, agency):
    def add(*, by, act, agency, now):
        return door.create(
            Contributor, by=by, verb="contributor named", now=now, partnership_id=act.partnership_id, action=act,
            agency=agency, part="Its part.",
        )  # fmt: skip

    return door.action("act")(add)(by=scene.cast.bea, act=act, agency=agency, now=scene.now())


def test_as_at_the_day_before_the_former_name_stands_and_accepted_returns_keep_it(scene):
    quarter = scene.open_period()
    scene.police_return_to("accepted", quarter)
    new = succeed(scene, on=ON, now=scene.now() + timedelta(days=1)).agency
    then = plan_line(scene.plan, for_person=scene.cast.bea, as_of=ON)
    now = plan_line(scene.plan, for_person=scene.cast.bea)
    lead = {each.id: each.lead.name for each in then.actions}, {each.id: each.lead.name for each in now.actions}
    assert [each[str(scene.police_action.pk)] for each in lead] == ["Vale Police", new.name]
    assert scene.return_of(quarter, "police").agency == scene.cast.police
    assert {update.body.name for each in now.actions for update in each.updates} == {"Vale Police"}


def test_one_that_takes_part_already_takes_over_and_nobody_contributes_to_what_it_leads(scene):
    cast = scene.cast
    _contributes(scene, scene.police_action, cast.hospital)
    _contributes(scene, scene.group_action, cast.hospital)
    _contributes(scene, scene.group_action, cast.police)
    joined = succeed(scene, successor=cast.hospital, name="")
    assert joined.agency == cast.hospital
    assert Participation.objects.filter(partnership=cast.ashvale, agency=cast.hospital).count() == 1
    standing = Contributor.objects.filter(withdrawn_at__isnull=True)
    assert [(each.action, each.agency) for each in standing] == [(scene.group_action, cast.hospital)]
    assert Action.objects.get(pk=scene.police_action.pk).lead_agency == cast.hospital


def test_evidence_that_nobody_else_sees_stays_with_those_who_held_it(scene):
    cast = scene.cast
    piece = evidence.hold(
        by=cast.pauline, partnership=cast.ashvale, title="Restricted list", agency=cast.police,
        held_where="The police’s own system", now=scene.now(), restricted=True,
    )  # fmt: skip
    succeed(scene)
    cast.pauline.forget_grants()
    assert list(Evidence.objects.visible_to(cast.pauline, ON).filter(pk=piece.pk)) == [piece]


def test_the_other_partnership_follows_in_its_own_time_with_the_same_agency_and_day(scene):
    cast = scene.cast
    new = succeed(scene).agency
    assert Membership.objects.get(partnership=cast.brackley, person=cast.pauline).agency == cast.police
    with pytest.raises(actions.CannotDo, match="succeeded by Vale and Moor Police from 12 January 2026 already"):
        succeed(scene, by=cast.otto, partnership=cast.brackley, successor=cast.brackley_council)
    joined = succeed(scene, by=cast.otto, partnership=cast.brackley, name="VALE AND MOOR POLICE")
    assert joined.agency == new
    assert Event.objects.filter(thing_kind="partners.agency", thing_id=cast.police.pk, verb="succeeded").count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"on": ON + timedelta(days=1)}, "has not come yet"),
        ({"on": SINCE}, "did not take part on 31 August 2025"),
        ({"name": " "}, "Name the agency that takes its place"),
        ({"name": "vale police"}, "cannot take its own place"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(scene, wrong, sentence):
    with pytest.raises(actions.CannotDo, match=sentence):
        succeed(scene, **wrong)
    assert not Agency.objects.filter(successor__isnull=False).exists()
    assert Participation.objects.get(partnership=scene.cast.ashvale, agency=scene.cast.police).ends is None


def test_no_agency_is_succeeded_by_what_it_came_from(scene):
    new = succeed(scene, on=date(2026, 1, 5)).agency
    with pytest.raises(actions.CannotDo, match="cannot be followed by it again"):
        succeed(scene, agency=new, successor=Agency.objects.get(pk=scene.cast.police.pk), name="")


def test_only_the_business_manager_and_the_administrator_record_it(scene):
    for name, person in scene.cast.people.items():
        if name in {"bea", "ada"}:
            continue
        with pytest.raises(AccessDenied):
            succeed(scene, by=person)
    assert succeed(scene, by=scene.cast.ada).agency.name == "Vale and Moor Police"


def test_a_partnership_and_its_executive_group_are_called_anew_from_a_day_and_as_before_as_at_then(scene):
    cast = scene.cast
    later = scene.now() + timedelta(days=1)
    actions.change_partnership(
        by=cast.bea, partnership=cast.ashvale, expected_version=cast.ashvale.version, name="Ashvale Partnership",
        marking=cast.ashvale.marking, executive_name="Partnership executive", now=later,
    )  # fmt: skip
    cast.ashvale.refresh_from_db()
    now, then = called_on(cast.ashvale, None), called_on(cast.ashvale, ON)
    assert (now.name, now.executive_name) == ("Ashvale Partnership", "Partnership executive")
    assert (then.name, then.executive_name) == ("Ashvale Safeguarding Partnership", "Executive Group")
    assert called_on(cast.ashvale, date(2025, 1, 1)).name == "Ashvale Partnership", "before its record: as it is now"


# -- the page --------------------------------------------------------------------------------------------------------


def page_of(scene) -> str:
    part = Participation.objects.get(partnership=scene.cast.ashvale, agency=scene.cast.police)
    return f"/p/ashvale/bodies/{part.pk}/succeed/"


def sent(scene, **changes):
    words = {"successor": "", "name": "Vale and Moor Police", "short_name": "Vale and Moor", **typed("on", ON)}
    return form_of(scene.cast.bea, **{**words, **changes})


@pytest.fixture
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


@pytest.mark.usefixtures("_at_the_casts_time")
def test_a_succession_is_recorded_from_the_list_of_agencies_which_then_says_whom_it_follows(scene, browser):
    bea, url = browser(scene.cast.bea), page_of(scene)
    assert f'href="{url}"' in bea.get("/p/ashvale/bodies/").content.decode()
    assert "3 people who act for it act for the successor" in words_of(bea.get(url))
    assert bea.post(url, sent(scene)).url == "/p/ashvale/bodies/"
    page = words_of(bea.get("/p/ashvale/bodies/"))
    assert "Vale and Moor Police follows Vale Police, to 11 January 2026" in page
    lead = words_of(browser(scene.cast.pauline).get("/p/ashvale/plans/improvement-plan/actions/ACT-001/"))
    assert "Vale and Moor Police" in lead


@pytest.mark.usefixtures("_at_the_casts_time")
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Name the agency that takes its place, or choose one that is listed"),
        ({"short_name": ""}, "Give its short name"),
        (typed("on", date(2026, 2, 1)), "That day has not come yet"),
        ({"name": "Vale Police"}, "An agency cannot take its own place"),
    ],
)
def test_what_is_wrong_is_said_and_the_words_stay(scene, browser, wrong, sentence):
    answer = browser(scene.cast.bea).post(page_of(scene), sent(scene, **wrong))
    assert answer.status_code == 400
    assert sentence in words_of(answer)
    assert "Vale and Moor" in answer.content.decode()
    assert not Agency.objects.filter(successor__isnull=False).exists()


@pytest.mark.usefixtures("_at_the_casts_time")
def test_only_keepers_of_accounts_find_the_page(scene, browser):
    for name, person in scene.cast.people.items():
        expected = 200 if name in {"bea", "ada"} else 404
        assert browser(person).get(page_of(scene)).status_code == expected, name


@pytest.mark.usefixtures("_at_the_casts_time")
def test_a_page_as_at_a_day_bears_the_name_that_the_partnership_had_then(scene, browser):
    cast = scene.cast
    actions.change_partnership(
        by=cast.bea, partnership=cast.ashvale, expected_version=cast.ashvale.version, name="Ashvale Partnership",
        marking=cast.ashvale.marking, executive_name="Partnership executive", now=NOW + timedelta(days=1),
    )  # fmt: skip
    hana = browser(cast.hana)
    line = "/p/ashvale/plans/improvement-plan/line/"
    header = re.compile(r"Ashvale (Safeguarding )?Partnership")
    assert header.search(words_of(hana.get(line)))[0] == "Ashvale Partnership"
    assert header.search(words_of(hana.get(f"{line}?as-of=2026-01-12")))[0] == "Ashvale Safeguarding Partnership"
