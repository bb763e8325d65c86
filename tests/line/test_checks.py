"""Every kind of break: a whole plan has none, a planted fault is found and named, and there is a way to mend it."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from tests.line import made
from throughline.access.engine import Grant
from throughline.access.roles import Role
from throughline.impact.scale import Impact
from throughline.line import addresses
from throughline.line.checks import CHECKS, KINDS, Break, Page, all_found, breaks, grouped, watched
from throughline.line.tree import (
    ActionLine,
    AreaLine,
    Body,
    FindingLine,
    ImpactLine,
    ImpactTestLine,
    JudgementLine,
    PlanLine,
)
from throughline.plans.delivery import Delivery

ON = date(2019, 6, 30)
POLICE = Body("5b1f3a58-6a1c-4e1a-9a5e-000000000001", "Made Constabulary", "Police")
FINDING = FindingLine(
    id="f", reference="APA-1", inspection="jtai-2018", inspection_title="Joint targeted area inspection",
    kind="priority_action", kind_printed="Area for priority action", needs_action=True, title="Strategy meetings",
    text="Strategy meetings are late.", page=2, letter=1,
)  # fmt: skip
AREA = AreaLine("area", 1, "Front door", None, "Director of children’s services")
IMPACT = ImpactLine(
    "i", "IMP-01", "Children at risk", "Each meeting has the police in it",
    tests=(ImpactTestLine("t", "audit", "Forty meetings"),),
    judgements=(JudgementLine("j", "executive", Impact.IMPROVING, "Two kinds agree.", ON, "Chair"),),
)  # fmt: skip
ACTION = ActionLine(
    id="a", reference="ACT-001", area="area", title="Put the route into force", detail="", lead=POLICE,
    owner_post="Detective superintendent", original_due=date(2019, 9, 30), due=date(2019, 9, 30),
    delivery=Delivery.ON_TRACK, findings=("f",), impacts=("i",), updates=(),
)  # fmt: skip
WHOLE = PlanLine(
    id="plan", reference="improvement-plan", title="Improvement plan", as_of=None, sequence=1, head_hash="0",
    findings=(FINDING,), areas=(AREA,), actions=(ACTION,), impacts=(IMPACT,), periods=(),
)  # fmt: skip


def acting(**changes: object) -> PlanLine:
    """The whole line with its one action changed."""
    return replace(WHOLE, actions=(replace(ACTION, **changes),))


LATE = {"due": date(2019, 3, 31), "original_due": date(2019, 3, 31)}
PLANTED: dict[str, PlanLine] = {
    "finding without action": replace(WHOLE, findings=(FINDING, replace(FINDING, id="g", reference="AFI-1"))),
    "action without finding": replace(
        WHOLE, actions=(ACTION, replace(ACTION, id="b", reference="ACT-002", findings=()))
    ),
    "action without post": acting(owner_post=" "),
    "action without desired impact": replace(acting(impacts=()), impacts=()),
    "impact without action": replace(WHOLE, impacts=(IMPACT, replace(IMPACT, id="k", reference="IMP-02"))),
    "impact without test": replace(WHOLE, impacts=(replace(IMPACT, tests=()),)),
    "overdue without a reason": acting(**LATE),
    "area without owner": replace(WHOLE, areas=(replace(AREA, owner_post=""),)),
    "milestone overdue": acting(milestones=(made.milestone(),)),
    "priority not confirmed": acting(delivery=Delivery.DELIVERED_VERIFIED, verifications=(made.verification(),)),
    "extension not decided": acting(
        extensions=(made.extension(was_due=date(2019, 9, 30), asked_on=date(2019, 6, 15)),)
    ),
    "overdue with a reason": acting(**LATE, updates=(made.explanation(POLICE, date(2019, 3, 31)),)),
}  # fmt: skip


def test_a_whole_line_is_broken_nowhere():
    assert all_found(WHOLE, ON) == []


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_planted_fault_of_each_kind_is_found_and_nothing_else_is(kind):
    assert [each.kind for each in all_found(PLANTED[kind], ON)] == [kind]


def test_every_kind_has_a_check_a_title_a_mark_a_way_to_mend_it_and_a_planted_fault():
    assert set(KINDS) == set(CHECKS) == set(PLANTED)
    assert set(addresses.WAYS) == set(Page) == {each.page for each in KINDS.values()}
    for each in KINDS.values():
        assert each.title
        assert each.mark
        assert each.mend
        assert addresses.WAYS[each.page]
    marks = [each.mark for each in KINDS.values() if each.title != KINDS["impact without action"].title]
    assert len(set(marks)) == len(marks)


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_sentence_says_what_it_is_about_and_what_to_do(kind):
    (found,) = all_found(PLANTED[kind], ON)
    about = found.finding or found.action or found.impact or f"area {found.area}"
    assert about in found.sentence
    assert found.sentence.endswith(".")
    assert found.sentence.count(". ") >= 1  # what is wrong, and then what to do


def test_what_is_overdue_with_a_reason_is_watched_and_does_not_break_the_line():
    line = PLANTED["overdue with a reason"]
    assert breaks(line, ON) == []
    assert [each.kind for each in watched(line, ON)] == ["overdue with a reason"]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"updates": (made.explanation(POLICE, LATE["due"], stage="submitted"),)}, "overdue without a reason"),
        ({"updates": (made.explanation(POLICE, LATE["due"], progress=" "),)}, "overdue without a reason"),
        ({"updates": (made.explanation(replace(POLICE, id="x"), LATE["due"]),)}, "overdue without a reason"),
        # Accepted before its day, a word explains nothing; on the day itself it is not late yet.
        ({"updates": (made.explanation(POLICE, date(2019, 3, 1)),)}, "overdue without a reason"),
        ({"updates": (made.explanation(POLICE, date(2019, 3, 21)),)}, "overdue without a reason"),
        ({"updates": (made.explanation(POLICE, LATE["due"], progress="", slip_reason="Ill."),)},
         "overdue with a reason"),
        ({"extensions": (made.extension(state="refused", decided_on=ON),)}, "overdue with a reason"),
        # It was asked for from another day, which has been granted since: the new day has passed without a word.
        ({"extensions": (made.extension(was_due=date(2018, 12, 31), state="approved", decided_on=ON),)},
         "overdue without a reason"),
    ],
)  # fmt: skip
def test_only_an_accepted_word_of_its_lead_since_the_day_or_an_extension_from_it_is_a_reason(changes, kind):
    assert [each.kind for each in all_found(acting(**LATE, **changes), ON)] == [kind]


def test_an_extension_is_undecided_for_longer_than_a_fortnight_only_from_the_fifteenth_day():
    def asked(days: int) -> list[Break]:
        line = acting(extensions=(made.extension(was_due=date(2019, 9, 30), asked_on=ON - timedelta(days=days)),))
        return all_found(line, ON)

    assert asked(14) == []
    assert [each.kind for each in asked(15)] == ["extension not decided"]


@pytest.mark.parametrize(
    ("verifications", "confirmed"),
    [
        ((), False),
        ((made.verification(level="assured"),), False),
        ((made.verification(level="confirmed"),), True),
        ((made.verification(level="confirmed", satisfied=False),), False),
        ((made.verification(level="confirmed"), made.verification(level="confirmed", satisfied=False)), False),
        ((made.verification(level="confirmed"), made.verification(level="checked")), True),
    ],
)
def test_what_answers_a_priority_action_is_confirmed_by_a_confirmation_that_still_holds(verifications, confirmed):
    line = acting(delivery=Delivery.DELIVERED_CLAIMED, verifications=verifications)
    assert (all_found(line, ON) == []) is confirmed
    ordinary = replace(line, findings=(replace(FINDING, kind="improvement"),))
    assert all_found(ordinary, ON) == []


def test_ended_actions_are_asked_for_nothing_and_answer_nothing():
    ended = acting(delivery=Delivery.WITHDRAWN, owner_post="", milestones=(made.milestone(),), **LATE)
    assert {each.kind for each in all_found(ended, ON)} == {"finding without action", "impact without action"}


def test_a_finding_that_another_plan_answers_is_answered():
    line = replace(WHOLE, findings=(FINDING, replace(FINDING, id="g", reference="AFI-1", answered_elsewhere=True)))
    assert all_found(line, ON) == []


def test_groups_stand_in_the_order_of_the_kinds():
    line = made.plan()
    titles = [title for title, _ in grouped(all_found(line, ON))]
    assert titles == [each.title for each in KINDS.values() if each.title in titles]
    assert len(titles) > 4


# -- mending ----------------------------------------------------------------------------------------------------------

PARTNERSHIP, OTHER = uuid4(), uuid4()
AT = addresses.Addresses("ashvale", "improvement-plan")


def mends(kind: str, role: Role, *, body: str = "", partnership: UUID = PARTNERSHIP) -> str:
    (found,) = all_found(PLANTED[kind], ON)
    grant = Grant(partnership=partnership, role=role, body=UUID(body) if body else None, person=uuid4())
    return addresses.Mending(AT, PARTNERSHIP, (grant,)).url(found)


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_break_of_each_kind_is_mended_by_somebody_and_by_nobody_of_another_partnership(kind):
    role = Role.SCRUTINEER if kind == "priority not confirmed" else Role.BUSINESS_MANAGER
    url = mends(kind, role)
    assert url.startswith("/p/ashvale/plans/improvement-plan/")
    assert mends(kind, role, partnership=OTHER) == ""
    assert mends(kind, Role.BOARD_READER) == ""


def test_the_way_leads_to_the_very_field():
    assert mends("action without finding", Role.BUSINESS_MANAGER).endswith("/actions/ACT-002/links/#id_findings_0")
    assert mends("overdue without a reason", Role.BUSINESS_MANAGER).endswith("/actions/ACT-001/due/#id_due_day")
    assert "/actions/add/?finding=jtai-2018%2FAFI-1#" in mends("finding without action", Role.BUSINESS_MANAGER)


def test_a_lead_is_sent_where_it_may_ask_and_only_for_its_own_actions():
    own = mends("overdue without a reason", Role.AGENCY_LEAD, body=POLICE.id)
    assert own.endswith("/actions/ACT-001/extensions/ask/#id_proposed_day")
    assert mends("overdue without a reason", Role.AGENCY_LEAD, body=str(uuid4())) == ""
    assert mends("finding without action", Role.AGENCY_LEAD, body=POLICE.id) == ""
