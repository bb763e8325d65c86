"""Those whom a letter names: the list, what each has done, and who may say so."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from tests.cast import NOW, SINCE
from tests.inspections.conftest import form_of, letter, typed
from tests.inspections.test_pages import words_of
from tests.partners.conftest import browser
from throughline.access import AccessDenied, Role
from throughline.history.door import Conflict
from throughline.inspections import duties, record_rules
from throughline.inspections.models import Recipient
from throughline.inspections.record_rules import Duties
from throughline.inspections.refusals import CannotDo
from throughline.partners import actions as partners

__all__ = ["browser", "letter"]
LATER = NOW + timedelta(hours=1)
TODAY = date(2026, 1, 13)
P = "/p/ashvale/inspections/jtai-2025/"
LIST = f"{P}duties/"
PUBLISHED = Duties(date(2026, 1, 10), "https://www.example.org/letter")
LINES = (
    "Connie Marsh, director, Ashvale Council children’s services",
    "Chief constable, Vale Police",
    "Chief nurse, Ashvale Hospitals NHS Trust",
    "A private person",
)


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def listed(cast, letter) -> list[Recipient]:
    """Four recipients, none of them linked to an agency yet."""
    return [duties.add_recipient(by=cast.bea, letter=letter, printed=line, now=NOW) for line in LINES]


def link(cast, letter) -> dict[str, Recipient]:
    duties.link_agencies(by=cast.bea, inspection=letter.inspection, now=NOW)
    return {
        each.agency.short_name: each
        for each in duties.recipients_of(letter.inspection, for_person=cast.bea)
        if each.agency
    }


def record(by, recipient, done=PUBLISHED, **changes):
    given = {"expected_version": recipient.version, "duties": done, "today": TODAY, "now": LATER, **changes}
    return duties.record_duties(by=by, recipient=recipient, **given)


def duties_form(**changes):
    return {
        **typed("published_on", date(2026, 1, 10)), "published_where": "https://www.example.org/letter",
        "contribution": "", "signed_by": "", "version": "1", **changes,
    }  # fmt: skip


def test_an_empty_list_says_what_comes_first_and_a_letter_is_needed(cast, browser, letter):
    page = words_of(browser(cast.bea).get(LIST))
    assert "Nobody is listed yet" in page
    assert "SI 2015/1792, regulations 3 and 4" in page
    assert "Nobody is listed yet" in words_of(browser(cast.bea).get(P))


def test_recipients_are_numbered_in_their_order_and_named_once(cast, letter, listed):
    assert [each.number for each in listed] == [1, 2, 3, 4]
    with pytest.raises(CannotDo, match="already"):
        duties.add_recipient(by=cast.bea, letter=letter, printed=" chief  constable, VALE police", now=LATER)
    gone = duties.withdraw_recipient(
        by=cast.bea, recipient=listed[1], expected_version=1, reason="Not named", now=LATER
    )
    assert gone.withdrawn_at
    again = duties.add_recipient(by=cast.bea, letter=letter, printed=LINES[1], now=LATER)
    assert again.number == 5
    with pytest.raises(CannotDo, match="taken off the list"):
        record(cast.bea, gone)


def test_agencies_are_proposed_by_name_and_linked_only_when_somebody_says_so(cast, browser, letter, listed):
    bea = browser(cast.bea)
    page = words_of(bea.get(LIST))
    assert "3 recipients name an agency of the partnership" in page
    assert not Recipient.objects.filter(agency__isnull=False).exists()
    bea.post(LIST, form_of(cast.bea))
    linked = {each.printed: each.agency for each in Recipient.objects.all()}
    assert linked == dict(zip(LINES, [cast.council, cast.police, cast.hospital, None], strict=True))
    assert "name an agency of the partnership and" not in words_of(bea.get(LIST))
    assert duties.link_agencies(by=cast.bea, inspection=letter.inspection, now=LATER) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Director of children's services, Ashvale Council", 0),
        ("Leader, Ashvale Council", 1),
        ("PCSO, police of the vale", 2),
        ("Vale Fire", None),
        ("Chair, ICB", 3),
        ("Police and Crime Commissioner", None),
        ("", None),
        ("Ashvale Council and Vale Police", None),
    ],
)
def test_a_line_names_the_body_with_the_most_words_or_nobody(line, found):
    names = [
        ("Ashvale Council children’s services", "Council CS"), ("Ashvale Council", "Council C"),
        ("Vale Police", "Police"), ("Integrated Care Board", "ICB"),
    ]  # fmt: skip
    assert record_rules.named_in(line, names) == found


def test_an_agency_lead_records_for_the_own_agency_and_for_no_other(cast, browser, letter, listed):
    rows = link(cast, letter)
    for who in (cast.hana, cast.dev):
        record(who, Recipient.objects.get(pk=rows["Hospitals"].pk))
        for other in ("Police", "Council"):
            with pytest.raises(AccessDenied):
                record(who, rows[other])
        with pytest.raises(AccessDenied):
            record(who, listed[3])
    hana, own = browser(cast.hana), f"{P}letters/1/recipients/3/"
    assert 'name="published_where"' in hana.get(own).content.decode()
    assert "Take it off the list" not in words_of(hana.get(own))
    other = hana.get(f"{P}letters/1/recipients/2/")
    assert other.status_code == 200
    assert 'name="published_where"' not in other.content.decode()
    assert hana.post(f"{P}letters/1/recipients/2/", form_of(cast.hana, **duties_form())).status_code == 404


def test_a_lead_of_the_same_agency_elsewhere_records_nothing_here(cast, letter, listed):
    rows = link(cast, letter)
    lead = partners.create_person(by=partners.system_person(), name="Petra Lowe", email="petra@example.org", now=NOW)
    partners.give_role(
        by=partners.system_person(), partnership=cast.brackley, person=lead, role=Role.AGENCY_LEAD, agency=cast.police,
        starts=SINCE, now=NOW,
    )  # fmt: skip
    with pytest.raises(AccessDenied):
        record(lead, rows["Police"])


@pytest.mark.parametrize(
    "who", ["hana", "olu", "hugo", "gil", "sian", "esther", "quin", "rita", "ada", "otto", "nobody"]
)
def test_only_those_who_keep_the_inspection_keep_the_list(cast, browser, letter, listed, who):
    rows, person = link(cast, letter), cast.people[who]
    row = rows["Hospitals"]
    attempts = [
        lambda: duties.add_recipient(by=person, letter=letter, printed="Somebody", now=LATER),
        lambda: duties.link_agencies(by=person, inspection=letter.inspection, now=LATER),
        lambda: duties.change_recipient(
            by=person, recipient=row, expected_version=2, printed="Other", agency=None, now=LATER
        ),
        lambda: duties.withdraw_recipient(by=person, recipient=row, expected_version=2, reason="No", now=LATER),
    ]
    if who != "hana":
        attempts.append(lambda: record(person, row))
    for attempt in attempts:
        with pytest.raises(AccessDenied):
            attempt()
    client = browser(person)
    for page in ("duties/add/", "letters/1/recipients/3/change/", "letters/1/recipients/3/withdraw/"):
        assert client.get(P + page).status_code == 404
    assert client.post(LIST, form_of(person)).status_code == 404


@pytest.mark.parametrize(
    ("done", "about"),
    [
        (Duties(date(2026, 1, 14), "https://a.example/b"), "published_on"),
        (Duties(date(2026, 1, 10)), "published_where"),
        (Duties(None, "https://a.example/b"), "published_on"),
        (Duties(date(2026, 1, 10), "javascript:alert(1)"), "published_where"),
        (Duties(date(2026, 1, 10), "https://"), "published_where"),
        (Duties(date(2026, 1, 10), "www.example.org"), "published_where"),
        (Duties(date(2026, 1, 10), "https://user@example.org/"), "published_where"),
        (Duties(date(2026, 1, 10), "https://example.org:port/"), "published_where"),
        (Duties(date(2026, 1, 10), "https://exa mple.org/"), "published_where"),
        (Duties(date(2026, 1, 10), "ftp://example.org/"), "published_where"),
        (Duties(contribution="Three actions"), "contributed_on"),
        (Duties(signed_on=date(2026, 1, 10)), "signed_by"),
        (Duties(signed_by="Chief nurse"), "signed_on"),
    ],
)
def test_a_duty_has_its_day_and_its_place_or_is_refused(cast, letter, listed, done, about):
    assert about in record_rules.wrong_duties(done, TODAY)
    with pytest.raises(CannotDo):
        record(cast.bea, listed[0], done)


def test_what_is_right_is_kept_whatever_part_of_it_is_done(cast, letter, listed):
    whole = Duties(
        date(2026, 1, 10), "http://example.org/a?b=c", date(2026, 1, 11), "Three actions", date(2026, 1, 12), "Nurse"
    )
    for row, done in zip(listed, [Duties(), PUBLISHED, whole, Duties(contributed_on=TODAY)], strict=True):
        assert record_rules.wrong_duties(done, TODAY) == {}
        record(cast.bea, row, done)
    counts = duties.counts_of(letter.inspection, for_person=cast.bea)
    assert (counts.recipients, counts.published, counts.contributed, counts.signed) == (4, 2, 2, 1)


def test_duties_are_recorded_counted_filtered_and_exported(cast, browser, letter, listed):
    bea, row = browser(cast.bea), f"{P}letters/1/recipients/2/"
    assert bea.post(row, form_of(cast.bea, **duties_form())).url == LIST
    assert "1 of 4 have published the letter" in words_of(bea.get(P))
    shown = bea.get(f"{LIST}?published=done").content.decode()
    assert 'href="https://www.example.org/letter"' in shown
    assert "Vale Police" in shown
    assert "A private person" not in shown
    assert "A private person" in bea.get(f"{LIST}?published=not-yet").content.decode()
    file = b"".join(bea.get(f"{LIST}?published=done&export=csv").streaming_content).decode("utf-8-sig")
    assert "https://www.example.org/letter" in file
    assert "A private person" not in file


def test_a_letter_published_by_a_recipient_before_the_inspectors_did_is_doubted(cast):
    done = Duties(date(2026, 1, 10), "https://a.example/b")
    assert record_rules.doubts_about_duties(done, date(2026, 1, 10)) == []
    assert "Check both days" in record_rules.doubts_about_duties(done, date(2026, 1, 11))[0]


def test_a_wrong_address_is_said_and_what_was_typed_stays(cast, browser, letter, listed):
    answer = browser(cast.bea).post(
        f"{P}letters/1/recipients/2/", form_of(cast.bea, **duties_form(published_where="www.example.org/letter"))
    )
    assert answer.status_code == 400
    assert "beginning with https://" in words_of(answer)
    assert 'value="www.example.org/letter"' in answer.content.decode()


def test_two_people_who_record_one_recipient_see_both_versions(cast, browser, letter, listed):
    with pytest.raises(Conflict):
        record(cast.bea, record(cast.bea, listed[0]), expected_version=1)
    answer = browser(cast.bea).post(
        f"{P}letters/1/recipients/1/", form_of(cast.bea, **duties_form(signed_by="Nurse", **typed("signed_on", TODAY)))
    )
    assert answer.status_code == 409


def test_an_agency_of_another_partnership_is_not_linked(cast, browser, letter, listed):
    with pytest.raises(CannotDo, match="does not take part"):
        duties.change_recipient(
            by=cast.bea, recipient=listed[0], expected_version=1, printed="One", agency=cast.brackley_council, now=LATER
        )
    page = browser(cast.bea).get(f"{P}letters/1/recipients/1/change/").content.decode()
    assert "Brackley Council" not in page
    chosen = re.search(r'<option value="([^"]*)" selected', page)[1]
    assert chosen == str(cast.council.pk)
    assert "is proposed because the line names it" in words_of(
        browser(cast.bea).get(f"{P}letters/1/recipients/1/change/")
    )


def test_the_list_asks_no_more_of_the_database_for_more_recipients(
    cast, browser, letter, listed, django_assert_max_num_queries
):
    def asked(url: str) -> int:
        client = browser(cast.bea)
        client.get(url)
        with django_assert_max_num_queries(30) as counted:
            client.get(url)
        return len(counted)

    few = [asked(LIST), asked(P)]
    for number in range(15):
        duties.add_recipient(by=cast.bea, letter=letter, printed=f"Recipient {number}", now=LATER)
    assert [asked(LIST), asked(P)] == few


@pytest.mark.parametrize("page", ["record/", "accuracy/", "duties/", "duties/add/", "letters/1/recipients/1/"])
def test_anothers_pages_are_as_absent_as_those_that_do_not_exist(cast, browser, letter, listed, page):
    assert browser(cast.bea).get(P + page).status_code == 200
    for outsider in (cast.otto, cast.nobody, cast.rita):
        theirs = browser(outsider).get(P + page)
        assert theirs.status_code == 404
