"""A partnership's own terms for a regime: set by its keepers, used wherever the clock is, of no other partnership."""

from datetime import date

import pytest

from tests.cast import NOW
from tests.inspections.conftest import stored_letter
from throughline.access import AccessDenied
from throughline.history.door import Conflict
from throughline.inspections import actions, due, terms
from throughline.inspections.clock import clock_of
from throughline.inspections.frameworks import FRAMEWORKS
from throughline.inspections.models import FrameworkTerms, Inspection
from throughline.inspections.refusals import CannotDo
from throughline.methods.clocks import Clock, Start, Unit

pytestmark = pytest.mark.django_db
THIRTY = Clock(30, Unit.WORKING_DAYS, Start.PUBLISHED)


def set_for(by, partnership, **changes):
    given = {"framework": "jtai", "response": "Joint answer", "clock": THIRTY, "source": "The letter", **changes}
    return terms.set_terms(by=by, partnership=partnership, now=NOW, **given)


def test_terms_hold_for_every_letter_of_the_partnership_and_for_no_other(cast):
    letter = stored_letter(cast.bea, cast.ashvale)
    theirs = stored_letter(cast.otto, cast.brackley)
    letter = actions.change_dates(
        by=cast.bea, letter=letter, expected_version=1, now=NOW,
        dates=actions.LetterDates(date(2026, 1, 5), date(2026, 1, 8), date(2026, 2, 19)),
    )  # fmt: skip
    set_for(cast.bea, cast.ashvale)
    found = clock_of(type(letter).objects.get(pk=letter.pk))
    assert (found.regime.response, found.deadline.due) == ("Joint answer", date(2026, 2, 19))
    assert found.doubts == ()
    assert clock_of(type(theirs).objects.get(pk=theirs.pk)).regime == FRAMEWORKS["jtai"]
    assert [each.sentence for each in due.statements_due(date(2026, 2, 1))] == ["The joint answer is due"]


def test_a_regime_may_set_no_time_at_all(cast):
    letter = stored_letter(cast.bea, cast.ashvale)
    set_for(cast.bea, cast.ashvale, clock=None)
    found = clock_of(letter)
    assert (found.deadline.due, found.doubts) == (None, ())


def test_the_default_holds_again_once_the_terms_are_withdrawn(cast):
    stored_letter(cast.bea, cast.ashvale)
    made = set_for(cast.bea, cast.ashvale)
    terms.drop_terms(by=cast.bea, terms=made, expected_version=1, reason="The handbook changed.", now=NOW)
    assert Inspection.objects.get().regime == FRAMEWORKS["jtai"]
    assert set_for(cast.bea, cast.ashvale).pk != made.pk


def test_two_people_who_set_terms_at_once_meet(cast):
    set_for(cast.bea, cast.ashvale)
    with pytest.raises(Conflict):
        set_for(cast.bea, cast.ashvale, response="Another")
    assert set_for(cast.bea, cast.ashvale, response="Another", expected_version=1).response == "Another"


def test_only_those_who_keep_the_plan_set_terms_and_say_where_they_have_them(cast):
    for name in ("otto", "pauline", "hana", "esther", "ada", "rita"):
        with pytest.raises(AccessDenied):
            set_for(getattr(cast, name), cast.ashvale)
    for wrong in ({"source": " "}, {"response": ""}, {"framework": "ofsted"}, {"clock": Clock(0, *THIRTY_OF)}):
        with pytest.raises(CannotDo):
            set_for(cast.bea, cast.ashvale, **wrong)


THIRTY_OF = (Unit.WORKING_DAYS, Start.PUBLISHED)


def test_the_page_lists_every_regime_and_says_which_to_check(cast, browser):
    set_for(cast.bea, cast.ashvale)
    page = browser(cast.hana).get("/p/ashvale/regimes/").content.decode()
    assert all(each.printed.replace("'", "&#x27;") in page for each in FRAMEWORKS.values())
    assert page.count("Check the letter") == sum(not each.checked for each in FRAMEWORKS.values())
    assert "30 working days from publication" in page
    assert "Change its terms" not in page
    assert "Change its terms" in browser(cast.bea).get("/p/ashvale/regimes/").content.decode()


def test_terms_are_set_and_taken_back_on_their_pages(cast, browser, form_of):
    bea = browser(cast.bea)
    fields = {"response": "Priority action plan", "count": "35", "unit": "working days", "start": "received",
              "source": "The handbook", "version": "0"}  # fmt: skip
    saved = bea.post("/p/ashvale/regimes/send/", form_of(cast.bea, **fields))
    assert saved.status_code == 302
    assert FrameworkTerms.objects.get().clock == Clock(35, Unit.WORKING_DAYS, Start.RECEIVED)
    wrong = bea.post("/p/ashvale/regimes/send/", form_of(cast.bea, **{**fields, "count": "0"}))
    assert wrong.status_code == 400
    back = bea.post("/p/ashvale/regimes/send/default/", form_of(cast.bea, reason="As printed.", version="1"))
    assert back.status_code == 302
    assert FrameworkTerms.objects.get().withdrawn_at is not None


@pytest.fixture
def form_of():
    from tests.partners.conftest import form_of

    return form_of
