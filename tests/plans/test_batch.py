"""Many actions changed alike: looked at first, done all together or not at all, and taken back."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from tests.cast import NOW
from tests.inspections.conftest import form_of, typed
from tests.inspections.test_pages import words_of
from tests.plans.conftest import add
from throughline.history.models import Event
from throughline.inspections.models import Finding
from throughline.plans import actions, batch, queries
from throughline.plans.batch import OFFERED, RULES, ChangedMeanwhile, Cost, Screening, Step, Wanted, What
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action, ActionFinding, DesiredImpact, ImprovementArea

LIST = "/p/ashvale/plans/plan/actions/"
SEVERAL = f"{LIST}several/"


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def four(cast, plan):
    """Four actions: the police's, the hospital's in another area, one that was withdrawn, one of the group's."""
    one, two = Finding.objects.order_by("place")
    add(cast, plan, findings=[one], new_impact=actions.NewImpact("Children", "Less waiting"))
    add(cast, plan, area="Assessment", lead_agency=cast.hospital, owner_post="Matron", findings=[one, two])
    gone = add(cast, plan)
    actions.withdraw_action(by=cast.bea, act=gone, expected_version=1, reason="Merged", now=NOW)
    add(cast, plan, lead_agency=None, lead_group=cast.strategy_group, due=date(2026, 2, 28))
    return plan


def act(reference: str) -> Action:
    return Action.objects.get(reference=reference)


def held(cast, plan) -> dict[str, Action]:
    return {each.reference: each for each in queries.actions_of(plan, for_person=cast.bea)}


def wishes(cast, plan) -> dict[What, Wanted]:
    """One of everything that a batch may change."""
    area = ImprovementArea.objects.get(plan=plan, number=2)
    finding, impact = Finding.objects.order_by("place").first(), DesiredImpact.objects.get()
    values = {
        What.AREA: area, What.LEAD: cast.council, What.POST: "Head of service", What.DUE: date(2026, 5, 29),
        What.RESOURCES: Cost("additional", "A post", "The council", date(2026, 1, 5)),
        What.EQUALITY: Screening("no_effect", "", date(2026, 1, 5)), What.ADD_FINDING: finding,
        What.REMOVE_FINDING: finding, What.ADD_IMPACT: impact, What.REMOVE_IMPACT: impact,
        What.WITHDRAW: Delivery.WITHDRAWN, What.RESTORE: Delivery.NOT_STARTED,
    }  # fmt: skip
    return {what: Wanted(what, value, "Agreed on Monday") for what, value in values.items()}


def test_everything_that_can_be_changed_has_its_rule_and_its_way_back():
    assert set(RULES) == set(What)
    for what in OFFERED:
        back = RULES[what].undo[0]
        assert back in RULES
    assert {What.RESTORE} == set(What) - set(OFFERED)


@pytest.mark.parametrize("what", list(What))
def test_what_is_shown_before_is_what_happens(cast, four, what):
    """A row that would be changed is; one that is refused, or is so already, would be refused by its action too."""
    wanted = wishes(cast, four)[what]
    outcomes = set()
    for reference, each in held(cast, four).items():
        looked = batch.shown(each, wanted)
        step = Step(each.pk, each.version, wanted)
        if looked.would_change:
            outcomes.add("changed")
            batch.change_several(by=cast.bea, plan=four, steps=[step], now=NOW)
            now = held(cast, four)[reference]
            assert RULES[what].say(RULES[what].now(now)) == looked.after
        else:
            outcomes.add("not")
            events = Event.objects.count()
            with pytest.raises(actions.CannotDo):
                batch.change_several(by=cast.bea, plan=four, steps=[step], now=NOW)
            assert Event.objects.count() == events
    assert outcomes == {"changed", "not"}


def test_a_batch_writes_one_event_for_each_action(cast, four):
    wanted = wishes(cast, four)[What.DUE]
    steps = [Step(each.pk, each.version, wanted) for each in held(cast, four).values() if each.delivery != "withdrawn"]
    before = Event.objects.count()
    batch.change_several(by=cast.bea, plan=four, steps=steps, now=NOW)
    assert Event.objects.count() == before + 3
    assert {each.due for each in Action.objects.exclude(delivery="withdrawn")} == {date(2026, 5, 29)}


def test_one_refusal_leaves_all_of_them_as_they_were(cast, four):
    wanted = wishes(cast, four)[What.POST]
    steps = [Step(each.pk, each.version, wanted) for each in held(cast, four).values()]
    with pytest.raises(actions.CannotDo, match="ACT-003 is withdrawn"):
        batch.change_several(by=cast.bea, plan=four, steps=steps, now=NOW)
    assert not Action.objects.filter(owner_post="Head of service").exists()


def test_a_batch_stops_at_an_action_that_was_changed_meanwhile(cast, four):
    wanted = wishes(cast, four)[What.POST]
    steps = [Step(act(each).pk, 1, wanted) for each in ("ACT-001", "ACT-002")]
    actions.set_due(by=cast.bea, act=act("ACT-002"), expected_version=1, due=date(2026, 6, 1), reason="Posts", now=NOW)
    with pytest.raises(ChangedMeanwhile) as raised:
        batch.change_several(by=cast.bea, plan=four, steps=steps, now=NOW)
    assert [each.reference for each in raised.value.acts] == ["ACT-002"]
    assert act("ACT-001").owner_post == ""


# -- the pages -------------------------------------------------------------------------------------------------------


def carried(page: str) -> dict[str, str]:
    """The hidden fields of a step's form, as a browser sends them on."""
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.split("<main")[1])
    return {name: value for name, value in pairs if name not in ("csrfmiddlewaretoken", "request_key")}


class Walk:
    """Somebody who goes through the steps in a browser without scripts."""

    def __init__(self, cast, browser, query: str = "") -> None:
        self.person, self.client, self.where = cast.bea, browser(cast.bea), f"{SEVERAL}{query}"
        self.sent: dict[str, str] = {}

    def send(self, **fields):
        answer = self.client.post(self.where, form_of(self.person, **{**self.sent, **fields}))
        if answer.status_code != 302:
            self.sent = carried(answer.content.decode())
        return answer

    def look(self, what: What, *, acts: list[str] | None = None, **answer):
        chosen = {"scope": "ticked", "acts": acts} if acts else {"scope": "all", "acts": []}
        assert self.send(step="chosen", what=what.value, **chosen).status_code == 200
        return self.send(**answer)


def test_a_keeper_changes_every_action_that_the_list_shows_and_sees_each_before_and_after(cast, browser, four):
    walk = Walk(cast, browser, "?q=within")
    assert "All 4 that the list shows" in words_of(walk.client.get(walk.where))
    looked = words_of(walk.look(What.POST, post="Head of service"))
    for said in ("Nothing is changed yet", "3 actions will be changed", "ACT-003 is withdrawn and stays", "Matron"):
        assert said in looked
    assert not Action.objects.filter(owner_post="Head of service").exists()
    done = walk.send(step="apply")
    assert done.url == f"{SEVERAL}done/?q=within"
    assert Action.objects.filter(owner_post="Head of service").count() == 3


def test_only_ticked_actions_are_changed_with_the_reason(cast, browser, four):
    walk = Walk(cast, browser)
    walk.look(What.DUE, acts=["ACT-004", "ACT-001"], reason="Posts are vacant", **typed("due", date(2026, 5, 29)))
    assert walk.send(step="apply").status_code == 302
    assert act("ACT-004").due == act("ACT-001").due == date(2026, 5, 29)
    assert act("ACT-002").due == date(2026, 3, 31)
    assert "Posts are vacant" in words_of(walk.client.get(f"{LIST}ACT-004/"))


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"scope": "ticked", "acts": [], "what": "lead"}, "Tick at least one action"),
        ({"scope": "all", "acts": [], "what": ""}, "Select what you want to change"),
        ({"scope": "all", "acts": [], "what": "restore"}, "Select what you want to change"),
        ({"scope": "ticked", "acts": ["ACT-999"], "what": "lead"}, "Tick them again"),
    ],
)
def test_a_choice_that_is_wrong_says_what_to_do(cast, browser, four, fields, says):
    answer = Walk(cast, browser).send(step="chosen", **fields)
    assert answer.status_code == 400
    assert says in words_of(answer)


def test_an_answer_that_is_wrong_keeps_its_words_and_the_choice(cast, browser, four):
    walk = Walk(cast, browser)
    answer = walk.look(What.DUE, acts=["ACT-001"], reason="Posts are vacant", due_day="ongoing")
    assert answer.status_code == 400
    assert "Posts are vacant" in answer.content.decode()
    walk.sent = carried(answer.content.decode())
    assert "ACT-001" in words_of(walk.send(reason="Posts are vacant", **typed("due", date(2026, 5, 29))))


def test_somebody_who_was_faster_stops_it_and_nothing_is_saved(cast, browser, four):
    walk = Walk(cast, browser)
    walk.look(What.LEAD, acts=["ACT-001", "ACT-002"], thing=str(cast.council.pk))
    actions.set_due(by=cast.bea, act=act("ACT-002"), expected_version=1, due=date(2026, 6, 1), reason="Posts", now=NOW)
    stopped = walk.send(step="apply")
    assert stopped.status_code == 409
    assert "ACT-002" in words_of(stopped)
    assert "Bea Lindqvist" in words_of(stopped)
    assert act("ACT-001").lead_agency == cast.police
    assert "Ashvale Council" in words_of(walk.send(step="look"))
    assert walk.send(step="apply").status_code == 302
    assert act("ACT-001").lead_agency == act("ACT-002").lead_agency == cast.council


def test_the_same_batch_sent_twice_is_done_once(cast, browser, four):
    walk = Walk(cast, browser)
    walk.look(What.POST, acts=["ACT-001"], post="Head of service")
    form = form_of(cast.bea, **walk.sent, step="apply")
    events = Event.objects.count()
    assert walk.client.post(SEVERAL, form).url == walk.client.post(SEVERAL, form).url
    assert Event.objects.count() == events + 1


def test_a_batch_is_undone_each_action_to_what_it_had(cast, browser, four):
    walk = Walk(cast, browser)
    walk.look(What.POST, acts=["ACT-001", "ACT-002", "ACT-004"], post="Head of service")
    walk.send(step="apply")
    late = act("ACT-004")
    actions.set_due(by=cast.bea, act=late, expected_version=2, due=date(2026, 6, 1), reason="Posts", now=NOW)
    before = walk.client.get(f"{SEVERAL}undo/")
    assert "Matron" in words_of(before)
    assert "ACT-004 was changed again since" in words_of(before)
    undone = walk.client.post(f"{SEVERAL}undo/", form_of(cast.bea, **carried(before.content.decode())))
    assert undone.url == LIST
    assert [act(each).owner_post for each in ("ACT-001", "ACT-002", "ACT-004")] == ["", "Matron", "Head of service"]
    assert walk.client.get(f"{SEVERAL}undo/").status_code == 302


@pytest.mark.parametrize("what", [each for each in OFFERED if each not in (What.POST, What.LEAD)])
def test_every_change_can_be_taken_back(cast, browser, four, what):
    answers = {
        What.AREA: {"thing": str(ImprovementArea.objects.get(number=2).pk)},
        What.DUE: {"reason": "Agreed", **typed("due", date(2026, 5, 29))},
        What.RESOURCES: {"resources": "additional", "funder": "The council", **typed("decided", date(2026, 1, 5))},
        What.EQUALITY: {"equality": "no_effect", **typed("screened", date(2026, 1, 5))},
        What.ADD_FINDING: {"thing": str(Finding.objects.order_by("place")[1].pk)},
        What.REMOVE_FINDING: {"thing": str(Finding.objects.order_by("place")[0].pk)},
        What.ADD_IMPACT: {"thing": str(DesiredImpact.objects.get().pk)},
        What.REMOVE_IMPACT: {"thing": str(DesiredImpact.objects.get().pk)},
        What.WITHDRAW: {"reason": "Merged"},
    }  # fmt: skip
    rule, walk = RULES[what], Walk(cast, browser)
    before = {key: rule.say(rule.now(each)) for key, each in held(cast, four).items()}
    walk.look(what, **answers[what])
    walk.send(step="apply")
    after = {key: rule.say(rule.now(each)) for key, each in held(cast, four).items()}
    assert after != before
    page = walk.client.get(f"{SEVERAL}undo/").content.decode()
    assert walk.client.post(f"{SEVERAL}undo/", form_of(cast.bea, reason="Too soon", **carried(page))).status_code == 302
    assert {key: rule.say(rule.now(each)) for key, each in held(cast, four).items()} == before


def test_undo_of_what_needs_a_reason_asks_for_one(cast, browser, four):
    walk = Walk(cast, browser)
    walk.look(What.WITHDRAW, acts=["ACT-001"], reason="Merged")
    walk.send(step="apply")
    assert walk.client.post(f"{SEVERAL}undo/", form_of(cast.bea, reason="", looked="ACT-001:2")).status_code == 400
    assert act("ACT-001").delivery == "withdrawn"


def test_who_does_not_keep_the_plan_changes_nothing(cast, browser, four):
    for name in ("hana", "esther", "rita", "otto", "nobody"):
        person = getattr(cast, name)
        client = browser(person)
        for tail in ("", "done/", "undo/"):
            assert client.get(f"{SEVERAL}{tail}").status_code == 404
            fields = {"step": "apply", "what": "owner-post", "post": "X", "rows": "ACT-001", "looked": "ACT-001:1"}
            assert client.post(f"{SEVERAL}{tail}", form_of(person, **fields)).status_code == 404
    assert "Change several" not in words_of(browser(cast.hana).get(LIST))
    assert not Action.objects.filter(owner_post="X").exists()


@pytest.mark.parametrize("looked", ["", "ACT-001", "ACT-001:9999999999999", "ACT-001:x ACT-002:-1", "ACT-999:1"])
def test_a_form_that_was_tampered_with_changes_nothing(cast, browser, four, looked):
    fields = {"step": "apply", "what": "owner-post", "post": "X", "rows": "ACT-001 ACT-002", "looked": looked}
    answer = browser(cast.bea).post(SEVERAL, form_of(cast.bea, **fields))
    assert answer.status_code == 200
    assert "Nothing was changed" in words_of(answer)
    assert not Action.objects.filter(owner_post="X").exists()


def test_an_action_of_another_plan_is_not_reached(cast, browser, four):
    other = actions.create_plan(by=cast.bea, partnership=cast.ashvale, reference="other", title="Other", now=NOW)
    theirs = add(cast, other)
    with pytest.raises(actions.CannotDo, match="not in this plan"):
        batch.change_several(by=cast.bea, plan=four, steps=[Step(theirs.pk, 1, Wanted(What.POST, "X"))], now=NOW)
    assert ActionFinding.objects.count() == 3


def test_looking_asks_no_more_of_the_database_for_more_actions(cast, browser, four, django_assert_max_num_queries):
    walk, finding = Walk(cast, browser), Finding.objects.first()

    def asked() -> int:
        walk.sent = {}
        walk.send(step="chosen", what="owner-post", scope="all", acts=[])
        with django_assert_max_num_queries(30) as counted:
            walk.send(post="Head of service")
        return len(counted)

    few = asked()
    for _ in range(20):
        add(cast, four, findings=[finding])
    assert asked() == few
