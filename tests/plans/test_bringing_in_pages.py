"""The pages by which a plan comes in, as a browser without scripts sees them, and the files by which it goes out."""

import html
import io
import json
import re
from datetime import date, timedelta
from uuid import UUID

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl.styles import PatternFill

from tests.cast import NOW
from tests.inspections.conftest import form_of, typed
from tests.inspections.test_pages import words_of
from tests.methods import plans_of_our_own as own
from tests.plans.conftest import add
from throughline.history.models import Event
from throughline.plans.actions import CannotDo
from throughline.plans.models import Action, RememberedHeading

ONE = "/p/ashvale/plans/plan/"
BRING = f"{ONE}bring-in/"


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def upload(browser, cast, content: bytes, name: str = "Our plan.xlsx"):
    return browser.post(BRING, form_of(cast.bea, plan=SimpleUploadedFile(name, content)))


def fields_of(page: str) -> dict[str, str]:
    """What the page's own form would send: hidden values, chosen options, and empty days."""
    found = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page)
        if name != "csrfmiddlewaretoken"
    }
    for name, inner in re.findall(r'<select name="([\w-]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]*selected', inner)
        found[name] = html.unescape(chosen[1]) if chosen else ""
    return found


def to_check(browser, cast, content: bytes, *, name: str = "Our plan.xlsx", **meanings: str):
    """Upload, say what the unknown headings mean, and give (the address of the last step, its page)."""
    first = upload(browser, cast, content, name)
    assert first.status_code == 302, words_of(first)
    page = browser.get(first.url).content.decode()
    sent = fields_of(page)
    for printed, value in meanings.items():
        label = re.search(rf'for="id_(heading-\d+)">‘{re.escape(printed)}’', page)
        sent[label[1]] = value
    second = browser.post(first.url, sent)
    assert second.status_code == 302, words_of(second)
    return second.url, browser.get(second.url).content.decode()


def test_a_plan_is_brought_in_from_the_file_to_the_register(cast, browser, plan) -> None:
    bea = browser(cast.bea)
    where, page = to_check(bea, cast, own.workbook(own.RECOMMENDATIONS), Scope="note")
    assert "Agree a protocol for sharing" in page
    assert not Action.objects.exists()
    done = bea.post(where, fields_of(page))
    assert done.url == ONE
    shown = words_of(bea.get(ONE))
    assert "The plan is brought in: 2 actions added." in shown
    assert "Put flags on records" in shown


def test_unknown_headings_are_asked_for_and_remembered(cast, browser, plan) -> None:
    bea = browser(cast.bea)
    first = upload(bea, cast, own.workbook(own.RECOMMENDATIONS))
    page = bea.get(first.url)
    assert "1 heading is not known here" in words_of(page)
    refused = bea.post(first.url, fields_of(page.content.decode()))
    assert refused.status_code == 400
    assert "Say what ‘Scope’ means, or leave the column out" in words_of(refused)
    assert not RememberedHeading.objects.exists()
    to_check(bea, cast, own.workbook(own.RECOMMENDATIONS), Scope="leave-out")
    again = words_of(bea.get(upload(bea, cast, own.workbook(own.RECOMMENDATIONS)).url))
    assert "All of the headings are known" in again
    assert RememberedHeading.objects.get(heading="scope").field == ""
    assert "What the heading ‘scope’ means in a plan" in words_of(bea.get("/p/ashvale/record/"))


def test_what_a_row_lacks_is_mended_on_the_page(cast, browser, plan) -> None:
    table = own.Table("Plan", [
        ["Action", "Lead", "By when"], ["Train all screeners", "Head of MASH", "Ongoing"],
        ["Write it down", None, "31/3/26"],
    ])  # fmt: skip
    bea = browser(cast.bea)
    where, page = to_check(bea, cast, own.workbook(table))
    refused = bea.post(where, fields_of(page))
    assert refused.status_code == 400
    said = words_of(refused)
    assert "‘Ongoing’ is not a date" in said
    assert "‘Head of MASH’ is no agency or group here" in said
    assert not Action.objects.exists()
    police = str(cast.police.pk)
    mended = {**fields_of(page), **typed("due-0", date(2026, 6, 30)), "who-0": police, "lead-1": str(cast.council.pk)}
    looked = bea.post(where, {**mended, "look": "1"})
    assert looked.status_code == 200
    assert "Ashvale Council children" in words_of(looked)
    assert not Action.objects.exists()
    assert bea.post(where, mended).url == ONE
    first, second = Action.objects.order_by("number")
    assert (first.lead_agency, first.due, first.owner_post) == (cast.police, date(2026, 6, 30), "Head of MASH")
    assert (second.lead_agency, second.due) == (cast.council, date(2026, 3, 31))


def test_a_row_that_differs_says_stop_until_somebody_decides(cast, browser, plan) -> None:
    add(cast, plan, title="Hold them within a day")
    add(cast, plan, title="Send the minutes")
    table = own.Table("Plan", [
        ["Action", "Lead", "By when"], ["Hold them within a day", "Hospitals", "31/3/2026"],
        ["Send the minutes", "Police", "30/4/2026"],
    ])  # fmt: skip
    bea = browser(cast.bea)
    where, page = to_check(bea, cast, own.workbook(table))
    refused = bea.post(where, fields_of(page))
    assert refused.status_code == 400
    assert "row 2 says stop, so nothing is brought in" in words_of(refused)
    done = bea.post(where, {**fields_of(page), "all": "update"})
    assert done.url == ONE
    assert [(each.lead, str(each.due)) for each in Action.objects.order_by("number")] == [
        (cast.hospital, "2026-03-31"), (cast.police, "2026-04-30"),
    ]  # fmt: skip


def test_the_same_decisions_sent_twice_bring_one_plan_in(cast, browser, plan) -> None:
    bea = browser(cast.bea)
    where, page = to_check(bea, cast, own.workbook(own.BUSINESS_PLAN))
    sent = fields_of(page)
    assert bea.post(where, sent).url == bea.post(where, sent).url == ONE
    assert Action.objects.count() == 2


def test_a_plan_that_somebody_changed_meanwhile_is_shown_again(cast, browser, plan) -> None:
    bea = browser(cast.bea)
    where, page = to_check(bea, cast, own.workbook(own.BUSINESS_PLAN))
    add(cast, plan)
    again = bea.post(where, fields_of(page))
    assert again.status_code == 400
    assert "Somebody changed the plan while you looked at this" in words_of(again)
    assert Action.objects.count() == 1
    assert bea.post(where, fields_of(again.content.decode())).url == ONE
    assert Action.objects.count() == 3


def test_an_upload_is_nobody_elses_and_of_no_other_plan(cast, browser, plan) -> None:
    bea = browser(cast.bea)
    where, _ = to_check(bea, cast, own.workbook(own.BUSINESS_PLAN))
    assert browser(cast.hana).get(where).status_code == 404
    assert bea.get(f"{BRING}check/?upload=forged").status_code == 404
    assert bea.get(f"{BRING}check/").url == BRING
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        assert browser(cast.bea).get(where).url == BRING


def test_only_keepers_find_the_pages(cast, browser, plan) -> None:
    for who in (cast.hana, cast.esther, cast.otto):
        for step in ("", "headings/", "check/"):
            assert browser(who).get(f"{BRING}{step}").status_code == 404
    assert "bring-in" not in browser(cast.hana).get(ONE).content.decode()
    assert "bring-in" in browser(cast.bea).get(ONE).content.decode()


@pytest.mark.parametrize(("name", "content", "sentence"), [
    ("plan.pdf", b"%PDF-1.4 nothing", "plan.pdf"),
    ("plan.xlsx", own.workbook(own.Table("Notes", [["Only a title"]])), "has no table with a row of headings"),
    ("plan.docx", own.word(), "has no table with words in it"),
    ("plan.xlsx", b"nothing at all", "plan.xlsx"),
])  # fmt: skip
def test_a_file_without_a_plan_is_refused_in_one_sentence(name, content, sentence, cast, browser, plan) -> None:
    refused = upload(browser(cast.bea), cast, content, name)
    assert refused.status_code == 400
    assert sentence in words_of(refused)


def test_a_word_plan_with_area_rows_is_brought_in_too(cast, browser, plan) -> None:
    bea = browser(cast.bea)
    where, page = to_check(bea, cast, own.word(*own.AREA_ROWS), name="Our plan.docx")
    assert "Table 1 under ‘Acronyms’ (2 rows) is no plan and was left out" in page
    bea.post(where, {**fields_of(page), **typed("due-1", date(2026, 6, 30))})
    areas = [each.area.title for each in Action.objects.order_by("number")]
    assert areas == ["Strategy meetings", "Strategy meetings", "Voice of the child"]


def test_a_word_plan_with_a_table_for_each_action_is_brought_in(cast, browser, plan) -> None:
    cards = [
        own.Table(
            "Front door", [["Action", title], ["Lead", "Police"], ["By when", "31/3/2026"], ["Progress", "Begun"]]
        )
        for title in ("Hold them within a day", "Send the minutes")
    ]
    bea = browser(cast.bea)
    where, page = to_check(bea, cast, own.word(*cards), name="Our plan.docx")
    assert bea.post(where, fields_of(page)).url == ONE
    assert [(each.title, each.lead, str(each.due)) for each in Action.objects.order_by("number")] == [
        ("Hold them within a day", cast.police, "2026-03-31"), ("Send the minutes", cast.police, "2026-03-31"),
    ]  # fmt: skip
    _, again = to_check(bea, cast, own.word(*cards), name="Our plan.docx")
    assert "Nothing in the file differs from the plan" in again


def test_a_rating_shown_by_colour_is_seen_before_it_comes_in_and_kept_as_a_note(cast, browser, plan) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Action", "Lead", "By when", "RAG"], ["Hold them", "Police", "31/3/2026"], ["Write", "Police", "31/3/2026"],
    ):  # fmt: skip
        book.active.append(row)
    for place, colour in (("D2", "FFC000"), ("D3", "7030A0")):
        book.active[place].fill = PatternFill("solid", fgColor=colour)
    held = io.BytesIO()
    book.save(held)
    bea = browser(cast.bea)
    first = upload(bea, cast, held.getvalue())
    assert "No row has words in this column, and 1 cell has a colour" in words_of(bea.get(first.url))
    where, page = to_check(bea, cast, held.getvalue())
    assert "RAG: Amber (shown by colour)" in page
    assert "1 rating is shown by colour alone, and read as words." in page
    assert "Sheet ‘Sheet’, row 3, column D (‘RAG’): The cell’s colour is not plainly red" in html.unescape(page)
    bea.post(where, fields_of(page))
    hold, write = Action.objects.order_by("number")
    assert [each.text for each in hold.notes.all()] == ["RAG: Amber (shown by colour)"]
    assert not write.notes.exists()
    _, again = to_check(bea, cast, held.getvalue())
    assert "Nothing in the file differs from the plan" in again


# -- JSON --------------------------------------------------------------------------------------------------------------


def json_of(browser, cast) -> bytes:
    return browser(cast.bea).get(f"{ONE}export/json/").content


def to_decide(browser, cast, content: bytes, name: str = "plan.json"):
    """Upload JSON, and give (the address of the last step, its page)."""
    first = upload(browser, cast, content, name)
    assert first.status_code == 302, words_of(first)
    assert "/bring-in/check/" in first.url
    return first.url, browser.get(first.url).content.decode()


def test_the_json_that_goes_out_comes_in_again_without_a_change(cast, browser, plan) -> None:
    add(cast, plan, title="Hold them", detail="Line one\nLine two")
    add(cast, plan, title="Hold them")
    bea = browser(cast.bea)
    assert f"{ONE}export/json/" in bea.get(ONE).content.decode()
    where, page = to_decide(bea, cast, json_of(browser, cast))
    assert "Nothing in the file differs from the plan" in page
    assert "What the headings mean" not in page
    before = Event.objects.count()
    assert bea.post(where, fields_of(page)).url == ONE
    assert (Action.objects.count(), Event.objects.count()) == (2, before)
    assert bea.get(where.replace("/check/", "/headings/")).url == where


def test_an_action_that_differs_in_json_is_decided_on_as_one_in_excel_is(cast, browser, plan) -> None:
    act = add(cast, plan, title="Hold them")
    value = json.loads(json_of(browser, cast))
    value["actions"][0].update(title="Hold them within a day", delivery="delivered_verified")
    value["actions"].append({**value["actions"][0], "id": str(UUID(int=7)), "reference": "", "title": "Another"})
    bea = browser(cast.bea)
    where, page = to_decide(bea, cast, json.dumps(value).encode())
    refused = bea.post(where, fields_of(page))
    assert refused.status_code == 400
    assert "Action 1 (ACT-001) says stop, so nothing is brought in" in words_of(refused)
    assert Action.objects.count() == 1
    done = bea.post(where, {**fields_of(page), "choice-0": "update"})
    assert done.url == ONE
    act.refresh_from_db()
    assert (act.title, act.delivery) == ("Hold them within a day", "not_started")
    assert Action.objects.filter(title="Another").exists()


def test_a_lead_that_json_names_and_nobody_knows_is_asked_for(cast, browser, plan) -> None:
    add(cast, plan)
    value = json.loads(json_of(browser, cast))
    value["actions"][0]["lead"].update(name="Elsewhere Council", short_name="EC")
    value["actions"][0].update(id=str(UUID(int=7)), reference="", title="Another", detail="Ring.\nThen <write>.")
    bea = browser(cast.bea)
    where, page = to_decide(bea, cast, json.dumps(value).encode())
    assert "Ring.<br>Then &lt;write&gt;." in page, "what stands on lines of its own is shown so"
    refused = bea.post(where, fields_of(page))
    assert refused.status_code == 400
    assert "‘Elsewhere Council’ takes no part here. Say who leads, or skip it." in words_of(refused)
    assert bea.post(where, {**fields_of(page), "who-0": str(cast.police.pk)}).url == ONE
    assert Action.objects.get(title="Another").lead == cast.police


def test_two_actions_of_json_that_match_one_stop_until_one_is_added_as_another(cast, browser, plan) -> None:
    add(cast, plan, title="Hold them")
    value = json.loads(json_of(browser, cast))
    value["actions"][0]["title"] = "Hold them now"
    value["actions"].append({**value["actions"][0], "id": str(UUID(int=7)), "reference": "", "title": "Hold them"})
    bea = browser(cast.bea)
    where, page = to_decide(bea, cast, json.dumps(value).encode())
    assert "It matches ACT-001, as Action 1 (ACT-001) does." in page
    assert bea.post(where, {**fields_of(page), "choice-0": "update", "choice-1": "add"}).url == ONE
    assert [each.title for each in Action.objects.order_by("number")] == ["Hold them now", "Hold them"]


def test_what_fails_in_one_action_of_json_brings_none_in(cast, browser, plan, monkeypatch) -> None:
    add(cast, plan)
    value = json.loads(json_of(browser, cast))
    value["actions"] = [
        {**value["actions"][0], "id": str(UUID(int=each)), "reference": "", "title": f"Number {each}"}
        for each in (1, 2)
    ]

    def refuse_the_second(by, act, wanted, now) -> None:
        if act.title == "Number 2":
            raise CannotDo("Not this one.")

    monkeypatch.setattr("throughline.plans.importing.parts.add_notes", refuse_the_second)
    bea = browser(cast.bea)
    where, page = to_decide(bea, cast, json.dumps(value).encode())
    before = Event.objects.count()
    refused = bea.post(where, fields_of(page))
    assert refused.status_code == 400
    assert "Action 2 (Number 2): Not this one." in words_of(refused)
    assert (Action.objects.count(), Event.objects.count()) == (1, before)


@pytest.mark.parametrize(("spoil", "sentence"), [
    (lambda value: value["actions"][0].update(due="ongoing"), "plan.json, actions/0/due: ‘ongoing’ is no day. Give"),
    (lambda value: value["actions"][0].pop("lead"), "plan.json, actions/0: ‘lead’ is missing. Add it."),
    (lambda value: value.update(actions=[]), "plan.json, actions: the list is empty. Choose the file that holds the"),
    (lambda value: value.update(version=2), "plan.json, version: this must be 1"),
])  # fmt: skip
def test_json_that_breaks_the_schema_is_refused_on_the_page_with_its_place(
    spoil, sentence, cast, browser, plan
) -> None:
    add(cast, plan)
    value = json.loads(json_of(browser, cast))
    spoil(value)
    refused = upload(browser(cast.bea), cast, json.dumps(value).encode(), "plan.json")
    assert refused.status_code == 400
    assert sentence in words_of(refused)


@pytest.mark.parametrize(("name", "content", "sentence"), [
    ("plan.json", b'{"format":\n nothing}', "plan.json is not JSON from line 2, column 2. Give a file"),
    ("plan.json", b'{"caf\xe9": 1}', "plan.json is not UTF-8 text."),
    ("plan.json", b"  ", "plan.json is empty"),
    ("plan.json", b"[" * 100_000, "plan.json is not JSON."),
    ("plan.json", b"[" + b"[]," * 1_000_000 + b"1]", "plan.json has more in it than any plan"),
    ("plan.json", own.workbook(own.RECOMMENDATIONS), "plan.json ends in .json but its content is an Excel workbook"),
    ("plan.xlsx", b'{"format": "throughline-plan"}', "plan.xlsx ends in .xlsx but its content is plain text"),
    ("plan.txt", b'{"format": "throughline-plan"}', "plan.txt holds no table that can be read"),
])  # fmt: skip
def test_what_is_no_json_plan_is_refused_in_one_sentence(name, content, sentence, cast, browser, plan) -> None:
    refused = upload(browser(cast.bea), cast, content, name)
    assert refused.status_code == 400
    assert sentence in words_of(refused)


def test_json_saved_with_a_mark_of_its_encoding_is_read(cast, browser, plan) -> None:
    add(cast, plan)
    _, page = to_decide(browser(cast.bea), cast, b"\xef\xbb\xbf" + json_of(browser, cast), "Our plan.JSON")
    assert "Nothing in the file differs from the plan" in page


def test_uploaded_json_is_nobody_elses(cast, browser, plan) -> None:
    add(cast, plan)
    content = json_of(browser, cast)
    where, _ = to_decide(browser(cast.bea), cast, content)
    assert browser(cast.hana).get(where).status_code == 404
    assert upload(browser(cast.hana), cast, content, "plan.json").status_code == 404


def test_the_exported_plan_is_a_workbook_with_our_own_headings(cast, browser, plan) -> None:
    add(cast, plan, title="=Hold them", detail="Line one\nLine two")
    answer = browser(cast.hana).get(f"{ONE}export/xlsx/")
    assert answer["Content-Disposition"].startswith('attachment; filename="plan-2026-01-13.xlsx"')
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Our plan", *[None] * 15]
    heading = next(row for row in rows if row[0] == "Reference")
    first = rows[rows.index(heading) + 1]
    assert first[:5] == ["ACT-001", None, "Strategy meetings", None, "=Hold them"]
    assert sheet.cell(rows.index(heading) + 2, 5).data_type == "s"
    assert browser(cast.hana).get(f"{ONE}export/pdf/").status_code == 404
    assert browser(cast.otto).get(f"{ONE}export/xlsx/").status_code == 404
    assert browser(cast.hana).get(f"{ONE}export/json/")["Content-Type"].startswith("application/json")
