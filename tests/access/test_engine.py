"""The access engine: the decision about a row and the query are the same clauses, for every kind, role and stage."""

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOW, Cast
from throughline.access import Grant, Role, Scope, decide, kinds, scope_of
from throughline.access.engine import OWN_BODY, Columns, Kind, everyone, reach

TODAY = NOW.date()


def guarded_models() -> list:
    return [model for model in apps.get_models() if hasattr(model, "access_kind")]


@pytest.mark.parametrize("name", ["bea", "otto", "pauline", "olu", "hana", "dev", "hugo", "connie", "gil", "esther",
                                  "sian", "quin", "rita", "ada", "nobody"])  # fmt: skip
def test_what_a_person_sees_is_what_the_engine_decides(full_cast: Cast, name: str) -> None:
    person = full_cast.people[name]
    for model in guarded_models():
        for verb in model.access_kind.verbs:
            seen = set(model.objects.visible_to(person, TODAY, verb).values_list("pk", flat=True))
            grants = person.grants_on(TODAY)
            allowed = {
                row.pk for row in model._base_manager.all() if decide(grants, verb, model.access_kind, scope_of(row))
            }
            assert seen == allowed, (model.__name__, verb)


def test_every_model_with_a_kind_is_in_the_matrix_and_the_other_way_round() -> None:
    assert {model.access_kind.name for model in guarded_models()} == set(kinds())


def test_a_role_that_acts_for_a_body_and_names_none_reaches_nothing() -> None:
    kind = Kind("t", "t", Columns(bodies=("agency_id",)), {"view": everyone([Role.AGENCY_LEAD], OWN_BODY)})
    ids = st.uuids()

    @given(ids, ids, ids)
    def check(person, partnership, agency) -> None:
        grant = Grant(person, partnership, Role.AGENCY_LEAD, None)
        assert not decide([grant], "view", kind, Scope(frozenset({partnership}), frozenset({agency})))
        assert not decide([grant], "view", kind, Scope(frozenset({partnership})))

    check()


def test_no_clause_reaches_beyond_the_grants_partnership() -> None:
    """For every kind, verb and role: a row of another partnership is refused, whatever else it says."""

    @given(st.sampled_from(sorted(Role)), st.uuids(), st.uuids(), st.uuids(), st.uuids())
    def check(role, person, mine, theirs, body) -> None:
        if mine == theirs:
            return
        grant = Grant(person, mine, role, body)
        for kind in kinds().values():
            for verb in kind.verbs:
                for stage in kind.stages:
                    scope = Scope(frozenset({theirs}), frozenset({body}), frozenset({person}), stage)
                    assert not decide([grant], verb, kind, scope)

    check()


def test_board_readers_and_administrators_reach_no_content() -> None:
    """Board readers read frozen reports; administrators keep accounts. Nothing else is theirs."""
    content = {name for name in kinds() if not name.startswith(("partners.", "history.", "reports.report"))}
    for name in content:
        for verb, roles in kinds()[name].verbs.items():
            assert not {Role.BOARD_READER, Role.ADMINISTRATOR} & set(roles), (name, verb)


def test_an_ended_membership_reaches_nothing(cast: Cast) -> None:
    on = TODAY.replace(year=2020)
    assert cast.bea.grants_on(on) == ()
    assert reach(cast.bea.grants_on(on), "view", kinds()["partners.group"]) == ()
