"""A letter comes in: two steps, one save, and nothing of it in the register before somebody has looked."""

import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings

from tests.cast import NOW
from tests.hostile import builders
from tests.inspections.conftest import (
    NEW,
    TITLE,
    begun,
    choose,
    facts,
    form_of,
    letter_bytes,
    read_letter,
    take_in,
    typed,
)
from tests.inspections.test_pages import words_of
from tests.inspections.test_terms import set_for
from tests.methods.letters_of_our_own import IMPROVEMENTS, LETTER_2018, LETTER_2023, Bullet, docx_of, pdf
from throughline.files.store import put
from throughline.history.consequences import subscribed
from throughline.history.models import Event
from throughline.inspections import carried, letter_reading, redacted, sameness
from throughline.inspections.models import Finding, Inspection, Letter, ProposedFinding, Recipient, Theme
from throughline.methods.clocks import Clock, Start, Unit

P = "/p/ashvale/inspections/"


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


# -- two steps -------------------------------------------------------------------------------------------------------


def test_a_letter_is_read_and_everything_read_is_there_to_be_checked_before_anything_is_saved(cast, browser):
    bea = browser(cast.bea)
    first = choose(bea, cast.bea, pdf(LETTER_2018))
    assert first.status_code == 302
    page = bea.get(first.url)
    said = words_of(page)
    assert "1 area for priority action, 3 areas for improvement, 3 strengths and 2 case studies" in said
    form = page.context["form"]
    assert form.initial["title"] == LETTER_2018.title
    assert form.initial["area"] == "Aldermere"
    assert form.initial["framework"] == "jtai"
    assert form.initial["statement_due"] == date(2018, 8, 14)
    assert form.initial["recipients"].count("\n") == 4
    assert "The letter prints ‘14 August 2018’" in said
    assert "is before the letter was received" in said  # what the clock makes of it
    assert not Inspection.objects.exists()


def test_what_is_odd_about_the_due_date_is_said_once(cast, browser):
    bea = browser(cast.bea)
    steps = "The DCS should send the written statement of action by Friday 14 August 2018."  # a Tuesday
    first = choose(bea, cast.bea, pdf(LETTER_2018.with_next_steps(steps)))
    assert words_of(bea.get(first.url)).count("is a Tuesday") == 1


def test_one_save_makes_the_inspection_its_letter_those_it_names_and_what_was_read(cast, browser):
    bea = browser(cast.bea)
    saved = take_in(bea, cast.bea, pdf(LETTER_2018), theme="Children who go missing")
    assert saved.url == f"{P}jtai-2018/letters/1/check/"
    letter = Letter.objects.select_related("inspection").get()
    assert (letter.inspection.area, letter.inspection.theme) == ("Aldermere", "Children who go missing")
    assert letter.inspection.inspectorates == ["Ofsted", "CQC", "HMICFRS", "HMI Probation"]
    assert (letter.was_read, letter.statement_due_printed) == (True, "14 August 2018")
    assert [each.number for each in Recipient.objects.all()] == [1, 2, 3, 4, 5]
    assert Recipient.objects.get(number=1).printed.startswith("Imogen Farrow, Director")
    assert [each.kind for each in ProposedFinding.objects.all()].count("improvement") == 3
    assert not Finding.objects.exists()
    assert Theme.objects.filter(partnership=cast.ashvale).exists()
    moments = Event.objects.filter(thing_id__in=[letter.pk, letter.inspection_id]).values_list("verb", flat=True)
    assert sorted(moments) == ["added", "created"]


def test_a_due_date_put_right_is_no_longer_said_to_be_as_printed(cast, browser):
    take_in(browser(cast.bea), cast.bea, pdf(LETTER_2018), **typed("statement_due", date(2018, 8, 15)))
    assert Letter.objects.get().statement_due_printed == ""


def test_a_word_file_of_a_letter_is_read_as_well(cast, browser):
    saved = take_in(browser(cast.bea), cast.bea, docx_of(LETTER_2023), name="letter.docx")
    assert saved.url == f"{P}jtai-2023/letters/1/check/"
    (urgent,) = ProposedFinding.objects.filter(kind="priority_action")
    assert len(urgent.parts) == 2


def test_a_wrong_field_never_asks_for_the_file_again(cast, browser):
    bea = browser(cast.bea)
    first = choose(bea, cast.bea, pdf(LETTER_2018))
    typed_in = {**begun(bea.get(first.url)), "area": "Aldermere and the Marshes"}
    wrong = bea.post(first.url, form_of(cast.bea, **{**typed_in, "title": ""}))
    assert wrong.status_code == 400
    assert 'value="Aldermere and the Marshes"' in wrong.content.decode()
    assert 'type="file"' not in wrong.content.decode()
    assert bea.post(first.url, form_of(cast.bea, **typed_in)).status_code == 302
    assert Inspection.objects.get().area == "Aldermere and the Marshes"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        (typed("fieldwork_end", date(2018, 4, 1)), "The last day of fieldwork is before the first"),
        ({"recipients": "x" * 301}, "put each recipient on a line of its own"),
        ({"framework": ""}, "Select the kind of inspection"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(cast, browser, fields, says):
    answer = take_in(browser(cast.bea), cast.bea, pdf(LETTER_2018), **fields)
    assert answer.status_code == 400
    assert says in words_of(answer)


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"MZ\x90 not a letter", "letter.pdf", "letter.pdf"),
        (b"", "empty.pdf", "empty"),
        (builders.pdf("Locked", password="secret"), "locked.pdf", "locked.pdf"),
        (builders.excel(), "plan.xlsx", "plan.xlsx is not a letter"),
    ],
)
def test_what_cannot_be_a_letter_is_refused_in_a_sentence_with_its_day_kept(cast, browser, content, name, says):
    answer = choose(browser(cast.bea), cast.bea, content, name=name)
    assert answer.status_code == 400
    assert 'name="received_year" type="text" inputmode="numeric" value="2026"' in answer.content.decode()
    assert says in re.search(r'(?s)id="id_letter_error".*?</p>', answer.content.decode())[0]
    assert not Inspection.objects.exists()


def test_a_file_must_be_chosen_again_only_when_the_day_beside_it_is_wrong(cast, browser):
    bea = browser(cast.bea)
    from tests.inspections.conftest import upload

    answer = bea.post(NEW, {**form_of(cast.bea), "letter": upload(letter_bytes())})
    assert "Choose the letter again" in words_of(answer)


def test_a_letter_that_the_reader_does_not_know_says_so_and_is_marked_by_hand(cast, browser):
    bea = browser(cast.bea)
    first = choose(bea, cast.bea, letter_bytes())
    page = bea.get(first.url)
    assert "letter.pdf is not a joint targeted area inspection letter" in words_of(page)
    assert page.context["form"].initial["title"] == ""
    assert page.context["form"].initial["framework"] == ""
    saved = bea.post(first.url, form_of(cast.bea, **{**begun(page), **facts()}))
    assert saved.url == f"{P}jtai-2025/letters/1/pages/1/"
    assert not ProposedFinding.objects.exists()
    assert not Letter.objects.get().was_read


def test_a_scan_says_that_it_is_one(cast, browser):
    bea = browser(cast.bea)
    page = bea.get(choose(bea, cast.bea, builders.pdf("", "")).url)
    assert "letter.pdf is a scan without text" in words_of(page)


def test_the_same_form_sent_twice_makes_one_inspection(cast, browser):
    bea = browser(cast.bea)
    first = choose(bea, cast.bea, pdf(LETTER_2018))
    fields = form_of(cast.bea, **begun(bea.get(first.url)))
    assert bea.post(first.url, fields).url == bea.post(first.url, fields).url
    assert Inspection.objects.count() == Letter.objects.count() == 1


# -- the token between the steps -------------------------------------------------------------------------------------


def test_what_one_person_uploaded_is_nobody_elses_and_nowhere_elses(cast, browser, letter):
    first = choose(browser(cast.bea), cast.bea, pdf(LETTER_2018))
    token = first.url.partition("?")[2]
    assert browser(cast.bea).get(first.url).status_code == 200
    assert browser(cast.otto).get(f"/p/brackley/inspections/new/check/?{token}").status_code == 404
    assert browser(cast.bea).get(f"{P}jtai-2025/letters/add/check/?{token}").status_code == 404
    for other in (cast.otto, cast.hana, cast.rita):
        assert browser(other).get(first.url).status_code == 404
    assert browser(cast.bea).get(f"{P}new/check/?upload=forged").status_code == 404
    assert browser(cast.bea).get(f"{P}new/check/").url == NEW


def test_an_upload_of_yesterday_is_asked_for_again(cast, browser):
    first = choose(browser(cast.bea), cast.bea, pdf(LETTER_2018))
    with time_machine.travel(NOW + timedelta(days=1) + carried.LASTS + timedelta(minutes=1), tick=False):
        bea = browser(cast.bea)
        answer = bea.get(first.url)
        assert answer.url == NEW
        assert "uploaded too long ago" in words_of(bea.get(NEW))


@pytest.mark.parametrize("who", ["hana", "sian", "esther", "rita", "ada"])
def test_only_those_who_keep_the_inspection_take_letters_in(cast, browser, letter, who):
    client = browser(cast.people[who])
    for where in ("new/", "new/check/", "jtai-2025/letters/add/", "jtai-2025/letters/add/check/"):
        assert client.get(f"{P}{where}").status_code == 404
        assert client.post(f"{P}{where}", form_of(cast.people[who])).status_code == 404


# -- the same letter again -------------------------------------------------------------------------------------------


ANEW = pdf(LETTER_2018) + b"\n% saved anew"
MINUTES = Bullet(IMPROVEMENTS[2])
CORRECTED = LETTER_2018.but(
    blocks=tuple(
        Bullet(f"{each.text} We have corrected this.") if each == MINUTES else each for each in LETTER_2018.blocks
    )
)
LATER_ONE = CORRECTED.but(dated="6 June 2018")
ELSEWHERE = LETTER_2023


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (pdf(LETTER_2018), "This is the same file as letter 1 of"),
        (ANEW, "Its text is the same as that of letter 1 of"),
        (pdf(CORRECTED), "It is of the same area and day, 5 June 2018, as letter 1 of"),
        (pdf(LATER_ONE), "has the same days of fieldwork"),
    ],
)
def test_the_same_letter_is_noticed_and_never_taken_in_twice_in_silence(cast, browser, content, says):
    bea = browser(cast.bea)
    take_in(bea, cast.bea, pdf(LETTER_2018))
    first = choose(bea, cast.bea, content)
    page = bea.get(first.url)
    assert says in words_of(page)
    assert f'href="{P}jtai-2018/' in page.content.decode()
    asked = bea.post(first.url, form_of(cast.bea, **begun(page)))
    assert asked.status_code == 400
    assert "Say whether this is one of them" in words_of(asked)
    assert Letter.objects.count() == 1


def test_a_letter_of_another_area_and_day_is_not_taken_for_one_that_is_here(cast, browser):
    bea = browser(cast.bea)
    take_in(bea, cast.bea, pdf(LETTER_2018))
    assert "may be here already" not in words_of(bea.get(choose(bea, cast.bea, pdf(ELSEWHERE)).url))


def test_what_is_here_may_be_given_another_letter_or_be_passed_over_knowingly(cast, browser):
    bea = browser(cast.bea)
    take_in(bea, cast.bea, pdf(LETTER_2018))
    here = Inspection.objects.get()
    added = take_in(bea, cast.bea, pdf(CORRECTED), same=f"add:{here.pk}")
    assert added.url == f"{P}jtai-2018/letters/2/check/"
    assert (Inspection.objects.count(), Letter.objects.count()) == (1, 2)
    other = take_in(bea, cast.bea, pdf(CORRECTED), same="new")
    assert other.url == f"{P}jtai-2018-2/letters/1/check/"


def test_another_letter_of_an_inspection_comes_in_the_same_way_without_asking_what_is_known(cast, browser):
    bea = browser(cast.bea)
    take_in(bea, cast.bea, pdf(LETTER_2018))
    where = f"{P}jtai-2018/letters/add/"
    page = bea.get(choose(bea, cast.bea, pdf(LATER_ONE), to=where).url)
    assert "title" not in page.context["form"].fields
    assert "same" not in page.context["form"].fields
    assert take_in(bea, cast.bea, pdf(LATER_ONE), to=where).url == f"{P}jtai-2018/letters/2/check/"


def test_what_somebody_else_took_in_meanwhile_is_said_before_it_is_here_twice(cast, browser):
    bea = browser(cast.bea)
    first = choose(bea, cast.bea, pdf(LETTER_2018))
    fields = begun(bea.get(first.url))
    read_letter(cast.bea, cast.ashvale, pdf(LETTER_2018))
    answer = bea.post(first.url, form_of(cast.bea, **fields))
    assert answer.status_code == 400
    assert "This is the same file as letter 1" in words_of(answer)
    seen = re.search(r'name="seen" value="([^"]+)"', answer.content.decode())[1]
    again = bea.post(first.url, form_of(cast.bea, **fields, same="new", seen=seen))
    assert again.status_code == 302


def test_what_only_the_chosen_inspection_makes_alike_is_said_once_and_then_saved(cast, browser):
    bea = browser(cast.bea)
    take_in(bea, cast.bea, pdf(LETTER_2018))
    here = Inspection.objects.get()
    Inspection.objects.filter(pk=here.pk).update(area="Aldermere and the Marshes")
    first = choose(bea, cast.bea, pdf(CORRECTED))
    page = bea.get(first.url)
    assert "has the same days of fieldwork" in words_of(page)
    fields = {**begun(page), "same": f"add:{here.pk}"}
    asked = bea.post(first.url, form_of(cast.bea, **fields))
    assert asked.status_code == 400
    assert "It is of the same area and day, 5 June 2018, as letter 1" in words_of(asked)
    assert "Open that one, add this letter to it, or say that it is another." in words_of(asked)
    seen = re.search(r'name="seen" value="([^"]+)"', asked.content.decode())[1]
    saved = bea.post(first.url, form_of(cast.bea, **{**fields, "seen": seen}))
    assert saved.url == f"{P}jtai-2018/letters/2/check/"


def test_the_check_reckons_with_the_partnerships_own_terms(cast, browser):
    bea = browser(cast.bea)
    first = choose(bea, cast.bea, letter_bytes())
    fields = {**begun(bea.get(first.url)), **facts(title=""), **typed("published", date(2026, 1, 8))}
    before = bea.post(first.url, form_of(cast.bea, **fields)).context["doubts"]
    set_for(cast.bea, cast.ashvale, clock=Clock(10, Unit.WORKING_DAYS, Start.PUBLISHED))
    assert bea.post(first.url, form_of(cast.bea, **fields)).context["doubts"] != before


# -- what was read is forgotten with the bytes ------------------------------------------------------------------------


def test_what_was_read_of_withdrawn_bytes_is_forgotten_after_a_redaction_and_nothing_else(
    cast, letter, django_capture_on_commit_callbacks
):
    kept = letter.file.sha256
    gone = put(io.BytesIO(pdf(LETTER_2018))).sha256
    for each in (kept, gone):
        letter_reading.reading_of(each, name="letter.pdf")

    def derived(sha256: str) -> int:
        return len(list((Path(settings.VAR) / "derived").glob(f"*/{sha256[:2]}/{sha256[2:]}-*.json")))

    assert (derived(kept), derived(gone)) == (2, 2)
    assert redacted.follow in [each.run for each in subscribed() if each.on == "history.redacted"]
    with django_capture_on_commit_callbacks(execute=True):
        redacted.follow()
    assert (derived(kept), derived(gone)) == (2, 0)


def test_an_inspection_of_the_same_area_kind_and_year_is_noticed_and_others_are_not():
    here = Inspection(title="T", framework="jtai", area="Ash Vale", fieldwork_start=date(2018, 5, 1))
    marks = sameness.Marks(framework="jtai", area="ash-vale", year=2018, fieldwork_start=date(2018, 9, 1))
    assert "in 2018" in sameness.why_inspection(here, marks)
    for other in ({"framework": "ilacs"}, {"area": "Brackley"}, {"year": 2019}, {"area": ""}):
        assert sameness.why_inspection(here, sameness.Marks(**{**marks.__dict__, **other})) == ""


def test_nothing_is_like_nothing():
    letter = Letter(inspection=Inspection(title="T", framework="jtai"), number=1, file=_file(), words_sha256="")
    assert sameness.why_letter(letter, sameness.Marks()) == ""
    assert sameness.why_inspection(Inspection(title="T", framework="jtai"), sameness.Marks(framework="jtai")) == ""


def _file():
    from throughline.files.models import StoredFile

    return StoredFile(sha256="0" * 64, name="letter.pdf")


# -- what is read ----------------------------------------------------------------------------------------------------


def test_a_letter_is_read_in_a_process_once_and_kept(cast, browser, monkeypatch):
    bea = browser(cast.bea)
    content = pdf(LETTER_2018) + b"\n% once"
    first = choose(bea, cast.bea, content)

    def never(*_, **__):
        raise AssertionError("read again")

    monkeypatch.setattr(letter_reading.child, "run", never)
    assert bea.post(first.url, form_of(cast.bea, **begun(bea.get(first.url)))).status_code == 302
    assert bea.get(f"{P}jtai-2018/letters/1/pages/1/").status_code == 200


def test_parts_without_a_lead_are_led_by_the_first_of_them():
    read = letter_reading._finding(
        {"kind": "improvement", "page": 2, "text": " ", "sub": [{"text": "a"}, {"text": "b"}]}
    )
    assert (read.text, read.parts) == ("a", ("b",))


def test_a_letter_with_its_proposals_is_taken_in_by_as_many_queries_as_one_without(cast, browser):
    """Each table is written once, however much was read."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    numbers = []
    for letter in (LETTER_2018, LETTER_2023):
        with CaptureQueriesContext(connection) as queries:
            read_letter(cast.bea, cast.ashvale, pdf(letter))
        numbers.append(len([each for each in queries if "proposedfinding" in each["sql"]]))
    assert numbers[0] == numbers[1] <= 3


def test_the_title_that_a_person_gives_counts(cast, browser):
    take_in(browser(cast.bea), cast.bea, pdf(LETTER_2018), title=TITLE)
    assert Inspection.objects.get().title == TITLE
