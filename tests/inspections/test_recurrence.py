"""Findings that come back: which may be marked, what is proposed, and where it shows."""

from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOW
from tests.inspections.conftest import form_of, letter, mark
from tests.inspections.test_pages import words_of
from tests.partners.conftest import browser
from throughline.access import AccessDenied
from throughline.history import door
from throughline.history.door import Foreign, action
from throughline.inspections import actions, recurrence, themes
from throughline.inspections.models import Finding, FindingTheme, Inspection, Recurrence
from throughline.inspections.refusals import CannotDo

__all__ = ["browser", "letter"]
LATER = NOW + timedelta(hours=1)
P = "/p/ashvale/inspections/"
FINDING = f"{P}jtai-2025/findings/AFI-1/"
PAIR = f"{FINDING}returns/jtai-2019/AFI-1/"
DAYS = st.none() | st.dates(date(2019, 1, 1), date(2019, 1, 9))


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def inspection(by, partnership, reference="jtai-2019", start: date | None = date(2019, 7, 1)) -> Inspection:
    return actions.create_inspection(
        by=by, partnership=partnership, reference=reference, title=f"Inspection {reference}", framework="jtai",
        fieldwork_start=start, now=NOW,
    )  # fmt: skip


@action("finding")
def give_theme(*, by, finding, theme, now):
    return door.link(
        FindingTheme, by=by, now=now, partnership_id=finding.partnership_id, finding=finding, theme=theme
    )  # fmt: skip


@pytest.fixture
def pair(cast, letter) -> tuple[Finding, Finding]:
    """A finding of now, and one of 2019 that says much the same."""
    then = mark(
        cast.bea, inspection(cast.bea, cast.ashvale), text="Strategy meetings are often held too late by police"
    )
    now = mark(cast.bea, letter.inspection, letter=letter, page=2, text="The police hold strategy meetings late")
    return now, then


def test_a_finding_is_marked_as_a_return_and_both_pages_say_so(cast, browser, pair):
    bea = browser(cast.bea)
    chosen = bea.get(f"{FINDING}returns/")
    assert "Proposed: both have the words" in words_of(chosen)
    assert PAIR in chosen.content.decode()
    beside = bea.get(PAIR).content.decode()
    assert "<mark" in beside
    assert "Marked in both: police, strategy, meetings and late." in words_of(bea.get(PAIR))
    assert bea.post(PAIR, form_of(cast.bea, note="Late again")).url == FINDING
    hana = browser(cast.hana)
    assert "A return of AFI-1 Late strategy meetings from ‘Inspection jtai-2019’, 2019" in words_of(hana.get(FINDING))
    earlier = words_of(hana.get(f"{P}jtai-2019/findings/AFI-1/"))
    assert "Returned in 2025 as AFI-1" in earlier
    assert "Late again" in earlier
    assert "1 finding of an earlier inspection came back" in words_of(hana.get(f"{P}jtai-2025/"))
    assert "1 finding of this inspection came back in a later one" in words_of(hana.get(f"{P}jtai-2019/"))
    assert "Inspection jtai-2019" in words_of(hana.get(f"{P}jtai-2025/returns/"))
    assert "Strategy" not in words_of(hana.get(f"{P}jtai-2025/findings/?return=first")).partition("Showing")[2]
    assert "AFI-1" in words_of(hana.get(f"{P}jtai-2025/findings/?return=earlier")).partition("Showing")[2]
    assert "What came back: Late again" in words_of(hana.get(PAIR))
    assert "Take the mark away" not in words_of(hana.get(PAIR))


def test_the_mark_is_taken_away_with_a_reason_and_can_be_made_again(cast, browser, pair):
    bea = browser(cast.bea)
    bea.post(PAIR, form_of(cast.bea, note=""))
    assert bea.post(f"{PAIR}undo/", form_of(cast.bea, reason="", version="1")).status_code == 400
    assert bea.post(f"{PAIR}undo/", form_of(cast.bea, reason="Another matter", version="1")).url == FINDING
    assert "A return of" not in words_of(bea.get(FINDING))
    assert bea.get(f"{PAIR}undo/").status_code == 404
    recurrence.mark_return(by=cast.bea, finding=pair[0], earlier=pair[1], now=LATER)
    assert Recurrence.objects.count() == 2


def test_a_finding_returns_neither_itself_nor_its_own_inspections_nor_a_later_ones_nor_twice(cast, letter, pair):
    now, then = pair
    sibling = mark(cast.bea, letter.inspection, text="Another")
    for finding, earlier in ((now, now), (now, sibling), (then, now)):
        with pytest.raises(CannotDo):
            recurrence.mark_return(by=cast.bea, finding=finding, earlier=earlier, now=LATER)
    recurrence.mark_return(by=cast.bea, finding=now, earlier=then, now=LATER)
    with pytest.raises(CannotDo, match="already"):
        recurrence.mark_return(by=cast.bea, finding=now, earlier=then, now=LATER)
    actions.withdraw_finding(by=cast.bea, finding=sibling, expected_version=1, reason="Mistake", now=LATER)
    with pytest.raises(CannotDo, match="withdrawn"):
        recurrence.mark_return(by=cast.bea, finding=Finding.objects.get(pk=sibling.pk), earlier=then, now=LATER)


def test_an_inspection_without_a_day_is_earlier_than_none(cast, pair):
    undated = mark(cast.bea, inspection(cast.bea, cast.ashvale, "jtai-old", start=None))
    with pytest.raises(CannotDo, match="first day of fieldwork"):
        recurrence.mark_return(by=cast.bea, finding=pair[0], earlier=undated, now=LATER)
    earlier = recurrence.earlier_inspections(pair[0].inspection, for_person=cast.bea)
    assert [(each.reference, day) for each, day in earlier] == [("jtai-2019", date(2019, 7, 1))]


def test_a_finding_of_another_partnership_is_never_the_earlier_one(cast, pair):
    theirs = mark(cast.otto, inspection(cast.otto, cast.brackley))
    with pytest.raises(AccessDenied):
        recurrence.mark_return(by=cast.bea, finding=pair[0], earlier=theirs, now=LATER)
    with pytest.raises((Foreign, AccessDenied)):
        recurrence.mark_return(by=cast.pauline, finding=pair[0], earlier=theirs, now=LATER)


@pytest.mark.parametrize("who", ["hana", "sian", "esther", "quin", "rita", "ada", "otto", "nobody"])
def test_only_those_who_keep_the_inspection_mark_returns(cast, browser, pair, who):
    person, (now, then) = cast.people[who], pair
    with pytest.raises(AccessDenied):
        recurrence.mark_return(by=person, finding=now, earlier=then, now=LATER)
    assert browser(person).get(f"{FINDING}returns/").status_code == 404
    assert browser(person).get(PAIR).status_code == 404
    made = recurrence.mark_return(by=cast.bea, finding=now, earlier=then, now=LATER)
    with pytest.raises(AccessDenied):
        recurrence.undo_return(by=person, recurrence=made, expected_version=1, reason="No", now=LATER)
    with pytest.raises(AccessDenied):
        recurrence.change_note(by=person, recurrence=made, expected_version=1, note="No", now=LATER)
    assert browser(person).post(PAIR, form_of(person, note="x", version="1")).status_code == 404


def test_two_people_who_write_the_note_see_both(cast, browser, pair):
    bea = browser(cast.bea)
    bea.post(PAIR, form_of(cast.bea, note="First"))
    assert bea.post(PAIR, form_of(cast.bea, note="Second", version="1")).url == FINDING
    answer = bea.post(PAIR, form_of(cast.bea, note="Third", version="1"))
    assert answer.status_code == 409
    assert "Second" in words_of(answer)


def test_what_shares_a_theme_is_proposed_first_and_strengths_never(cast, letter, pair):
    now, then = pair
    list_ = {each.name: each for each in themes.begin_taxonomy(by=cast.bea, partnership=cast.ashvale, now=NOW)}
    old = then.inspection
    same = mark(cast.bea, old, text="Minutes arrive late", title="Minutes")
    good = mark(cast.bea, old, kind="strength", text="The police hold strategy meetings and are not late")
    for each in (now, same, good):
        give_theme(by=cast.bea, finding=each, theme=list_["Strategy meetings"], now=NOW)
    rows = list(recurrence.findings_to_return([old], now, for_person=cast.bea))
    found = recurrence.proposed_for(now, ["Strategy meetings"], rows)
    assert [each for each, _ in found] == [same, then]
    assert found[0][1].themes == ("Strategy meetings",)


def test_earlier_findings_are_searched_for_by_all_words(cast, browser, pair):
    bea = browser(cast.bea)
    found = words_of(bea.get(f"{FINDING}returns/?q=strategy+late"))
    assert "1 finding." in found
    assert "Proposed" not in found
    assert "No finding has all these words" in words_of(bea.get(f"{FINDING}returns/?q=strategy+drift"))
    assert "1 finding." in words_of(bea.get(f"{FINDING}returns/?in=jtai-2019&q=%22strategy+meeting%22"))
    assert "No finding" in words_of(bea.get(f"{FINDING}returns/?in=nowhere"))


def test_without_an_earlier_inspection_the_page_says_what_is_missing(cast, browser, letter):
    mark(cast.bea, letter.inspection, letter=letter, page=2)
    bea = browser(cast.bea)
    assert "No earlier inspection of the partnership is on record" in words_of(bea.get(f"{FINDING}returns/"))
    assert "Whether it came back" not in words_of(bea.get(FINDING))


@given(DAYS, DAYS)
def test_of_two_days_at_most_one_is_earlier(one, other):
    assert not (recurrence.is_earlier(one, other) and recurrence.is_earlier(other, one))
    assert not recurrence.is_earlier(one, one)
    known_and_different = one is not None and other is not None and one != other
    assert (recurrence.is_earlier(one, other) or recurrence.is_earlier(other, one)) == known_and_different


def test_pages_ask_no_more_of_the_database_for_more_findings(cast, browser, pair, django_assert_max_num_queries):
    old = pair[1].inspection

    def asked(url: str) -> int:
        client = browser(cast.bea)
        client.get(url)
        with django_assert_max_num_queries(40) as counted:
            client.get(url)
        return len(counted)

    recurrence.mark_return(by=cast.bea, finding=pair[0], earlier=pair[1], now=LATER)
    mark(cast.bea, old, text="Police strategy meetings late")
    urls = (f"{FINDING}returns/", FINDING, f"{P}jtai-2025/", f"{P}jtai-2025/returns/")
    few = [asked(url) for url in urls]
    for number in range(12):
        earlier = mark(cast.bea, old, text=f"Police strategy meetings late {number}")
        if number % 2:
            recurrence.mark_return(by=cast.bea, finding=pair[0], earlier=earlier, now=LATER)
    assert [asked(url) for url in urls] == few
