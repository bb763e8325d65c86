"""The statement's pages, as browsers without scripts see them, and who sees which."""

import io
import re
from datetime import date

import docx
import pypdfium2
import pytest
from django.urls import reverse

from tests.inspections.conftest import upload
from tests.statements.scene import HOSTILE, VERBATIM, Scene
from throughline.access import Role
from throughline.history.models import Event
from throughline.inspections import actions as inspection_actions
from throughline.inspections import terms
from throughline.jobs import queue
from throughline.partners import actions as partner_actions
from throughline.statements import lists, queries
from throughline.statements.models import FindingResponse, Statement

pytestmark = pytest.mark.django_db
AT = "/p/ashvale/inspections/jtai-2025/letters/1/statement/"


def words_of(answer) -> str:
    """What a page says, without its markup."""
    text = re.sub(r"(?s)<(script|style).*?</\1>", "", answer.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).replace("&#x27;", "'")


def hidden_of(answer) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    found = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', answer.content.decode())
    return {name: value for name, value in found if name not in {"request_key", "csrfmiddlewaretoken"}}


def content_of(answer) -> bytes:
    """Everything that was answered, a download's bytes as well."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def send(browser, form_of):
    """Send the form of a page, with its hidden fields, and further words."""

    def sent(person, page: str, **fields):
        client = browser(person)
        hidden = hidden_of(client.get(f"{AT}{page}"))
        return client.post(f"{AT}{page}", form_of(person, **{**hidden, **fields}))

    return sent


@pytest.fixture
def form_of():
    from tests.partners.conftest import form_of

    return form_of


def test_a_letter_is_answered_from_its_first_page_to_the_receipt(scene: Scene, browser, send, form_of):
    cast, bea = scene.cast, browser(scene.cast.bea)
    inspection = words_of(bea.get("/p/ashvale/inspections/jtai-2025/"))
    assert "working days left" in inspection
    assert "Begin the statement" in inspection
    assert send(cast.bea, "begin/").url == AT
    assert "3 findings answered" in words_of(bea.get(AT)).replace("0 of ", "")

    answers = {
        "answer-APA-1": "Accepted", "text-APA-1": "We will meet within a day.", "version-APA-1": "0",
        "answer-AFI-2": "Not accepted", "text-AFI-2": "An older form.", "version-AFI-2": "0",
        "answer-AFI-1": "", "text-AFI-1": "", "version-AFI-1": "0",
    }  # fmt: skip
    saved = send(cast.bea, "responses/", **answers)
    assert saved.status_code == 302
    assert "1 finding has no answer yet" in words_of(bea.get(saved.url))
    assert "AFI-1" in words_of(bea.get(f"{AT}responses/rest/"))
    assert send(cast.bea, "responses/rest/").status_code == 302
    assert {each.answer for each in FindingResponse.objects.all()} == {"Accepted", "Not accepted"}
    assert send(cast.bea, "words/", introduction="We thank.", oversight="Quarterly.").status_code == 302
    assert "Nothing stands in the way" in words_of(bea.get(AT))
    assert send(cast.bea, "open/").status_code == 302

    assert "Read and sign the written statement of proposed action for Vale Police" in words_of(
        browser(scene.chandra).get(reverse("home"))
    )
    mine = scene.sign_off(cast.police).number
    page = browser(scene.chandra).get(f"{AT}signatories/{mine}/sign/")
    assert VERBATIM in words_of(page)
    unread = send(scene.chandra, f"signatories/{mine}/sign/")
    assert unread.status_code == 400
    assert "Tick that you have read the statement" in words_of(unread)
    assert send(scene.chandra, f"signatories/{mine}/sign/", read="on").status_code == 302
    other = scene.sign_off(cast.council).number
    on = {"signed_on_day": "12", "signed_on_month": "1", "signed_on_year": "2026"}
    done = send(cast.bea, f"signatories/{other}/paper/", name="Nils Bergqvist", note="Scan in the office.", **on)
    assert done.status_code == 302
    assert "Submit the statement" in words_of(bea.get(AT))
    sent_on = {"on_day": "12", "on_month": "1", "on_year": "2026"}
    assert send(cast.bea, "submit/", to="statements@inspectors.example", **sent_on).status_code == 302
    assert "being printed" in words_of(bea.get(AT))
    queue.run_due("tests", scene.now())
    shown = bea.get(AT)
    assert "Download as Word" in words_of(shown)
    assert "SHA-256" in words_of(shown)
    receipt = send(
        cast.bea, "receipt/", receipt=upload(b"Received with thanks.", "receipt.txt"), reference="REC-7", **sent_on
    )
    assert receipt.status_code == 302, words_of(receipt)
    followed = send(cast.bea, "follow-up/", kind="Feedback received", text="They liked it.", **sent_on)
    assert followed.status_code == 302
    last = words_of(browser(cast.hana).get(AT))
    assert "REC-7" in last
    assert "Feedback received, 12 January 2026" in last
    assert "They liked it." in last
    assert "Submitted" in words_of(bea.get("/p/ashvale/inspections/jtai-2025/"))
    assert "working days left" not in words_of(bea.get("/p/ashvale/inspections/jtai-2025/"))


def _paper(scene: Scene, browser, format_: str) -> bytes:
    answer = browser(scene.cast.hana).get(f"{AT}files/{format_}/")
    assert answer.status_code == 200
    return content_of(answer)


def test_word_and_pdf_hold_every_findings_own_words_and_every_action(scene: Scene, browser):
    scene.bring_to("submitted")
    queue.run_due("tests", scene.now())
    document = docx.Document(io.BytesIO(_paper(scene, browser, "docx")))
    word = "\n".join(
        "".join(node.text or "" for node in each.iter() if node.tag.endswith("}t")) for each in document.element.body
    )
    pdf = pypdfium2.PdfDocument(_paper(scene, browser, "pdf"))
    printed = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    wanted = [
        VERBATIM, "Health information reaches the front door late.", "Children’s views are not always recorded.",
        "Hold strategy meetings within a day", "From the first of March.", "Share one agenda",
        "Give the front door a health desk", "Detective superintendent", "Strategy meetings group",
        "Every meeting is held within a day.", "We will meet within a day.", "Only one ward is affected.",
        "We thank the inspectors.", "The Executive Group, quarterly.", "Chief constable", "In Throughline",
        "12 January 2026", "16 April 2026", "We do not take the finding, and say why.",
    ]  # fmt: skip
    for text, where in ((word, "Word"), (printed, "PDF")):
        plain = re.sub(r"\s+", "", text)
        assert [each for each in wanted if re.sub(r"\s+", "", each) not in plain] == [], where
        assert "Chandra" not in text, "posts are printed, not names"
        assert "DRAFT" not in text
        assert "Leaders know their services well." not in text, "a strength needs no answer"


def test_names_are_printed_where_the_partnership_chose_so(scene: Scene, browser):
    scene.begin()
    scene.complete()
    from throughline.statements import actions

    actions.change_words(
        by=scene.cast.bea, statement=scene.statement, expected_version=scene.statement.version, introduction="",
        oversight="", prints_names=True, now=scene.now(),
    )  # fmt: skip
    scene.open()
    scene.sign(scene.chandra, scene.cast.police)
    scene.sign(scene.nils, scene.cast.council)
    assert "Chandra Iyer" in str(scene.submit().content)


def test_a_draft_says_that_it_is_one_and_who_took_it_is_on_record(scene: Scene, browser):
    scene.bring_to("drafting")
    bea = browser(scene.cast.bea)
    for format_ in ("docx", "pdf"):
        answer = bea.get(f"{AT}draft/{format_}/")
        assert answer.status_code == 200
        assert "DRAFT" in answer["Content-Disposition"]
    pdf = pypdfium2.PdfDocument(answer.content)
    assert "DRAFT of 12 January 2026" in pdf[0].get_textpage().get_text_range()
    assert Event.objects.filter(verb="draft downloaded").count() == 2
    assert bea.get(f"{AT}draft/html/").status_code == 404
    assert "No response yet" in words_of(bea.get(f"{AT}read/"))


def test_hostile_text_prints_as_text(scene: Scene, browser):
    inspection_actions.change_finding(
        by=scene.cast.bea, finding=scene.findings[0], expected_version=scene.findings[0].version, text=HOSTILE,
        title=HOSTILE, page=2, now=scene.now(),
    )  # fmt: skip
    scene.bring_to("submitted")
    queue.run_due("tests", scene.now())
    pdf = pypdfium2.PdfDocument(_paper(scene, browser, "pdf"))
    printed = re.sub(r"\s+", "", "".join(page.get_textpage().get_text_range() for page in pdf))
    assert re.sub(r"\s+", "", HOSTILE) in printed
    for page in ("", "read/"):
        assert b"<script>alert" not in browser(scene.cast.bea).get(f"{AT}{page}").content
    html = _paper(scene, browser, "html")
    assert b"<script>" not in html
    assert b"&lt;script&gt;" in html


# Who opens the statement's own page at each state. A chief officer reads what waits for the own signature; other
# members read what every chief officer signed.
READS = {
    "drafting": {"bea", "chandra", "nils"},
    "signing": {"bea", "chandra", "nils"},
    "signed_off": {"bea", "chandra", "nils", "pauline", "olu", "hana", "dev", "hugo", "connie", "gil", "esther", "sian",
                   "quin"},
}  # fmt: skip
READS |= {"submitted": READS["signed_off"], "receipt_filed": READS["signed_off"]}


@pytest.mark.parametrize("state", READS)
def test_who_reads_a_statement_at_each_state(scene: Scene, browser, state: str):
    scene.bring_to(state)
    queue.run_due("tests", scene.now())
    people = {**scene.cast.people, "chandra": scene.chandra, "nils": scene.nils}
    for page in ("", "read/"):
        found = {name for name, who in people.items() if browser(who).get(f"{AT}{page}").status_code == 200}
        assert found == READS[state], (state, page)
    for name, who in people.items():
        listed = browser(who).get("/p/ashvale/statements/")
        assert (b"jtai-2025/letters/1/statement/" in listed.content) == (name in READS[state]), (state, name)


STEPS = ("begin/", "words/", "responses/", "responses/rest/", "signatories/add/", "signatories/1/take-off/", "open/",
         "reopen/", "signatories/1/paper/", "submit/", "receipt/", "follow-up/")  # fmt: skip


@pytest.mark.parametrize("state", ["drafting", "signing", "signed_off", "submitted"])
def test_only_those_who_keep_the_plan_take_its_steps(scene: Scene, browser, state: str):
    scene.bring_to(state)
    people = {**scene.cast.people, "chandra": scene.chandra, "nils": scene.nils}
    lead = partner_actions.create_person(
        by=partner_actions.system_person(), name="Lena Ford", email="lena@example.org", now=scene.now()
    )
    partner_actions.give_role(
        by=partner_actions.system_person(), partnership=scene.cast.ashvale, person=lead, role=Role.LEAD_OFFICER,
        starts=scene.clock.date(), now=scene.now(),
    )  # fmt: skip
    for page in STEPS:
        for name, who in {**people, "lena": lead}.items():
            status = browser(who).get(f"{AT}{page}").status_code
            assert (status in {200, 302}) == (name in {"bea", "lena"}), (state, page, name, status)


def test_two_people_who_save_responses_at_once_see_both_and_choose(scene: Scene, browser, send, form_of):
    scene.begin()
    stale = hidden_of(browser(scene.cast.bea).get(f"{AT}responses/"))
    scene.respond(AFI_1="Accepted: Hers.")
    clash = browser(scene.cast.bea).post(
        f"{AT}responses/", form_of(scene.cast.bea, **{**stale, "answer-AFI-1": "Not accepted", "text-AFI-1": "His."})
    )
    assert clash.status_code == 409
    words = words_of(clash)
    assert "somebody saved ‘Accepted: Hers.’ while you wrote" in words
    assert "His." in words
    again = browser(scene.cast.bea).post(
        f"{AT}responses/",
        form_of(scene.cast.bea, **{**hidden_of(clash), "answer-AFI-1": "Not accepted", "text-AFI-1": "His."}),
    )
    assert again.status_code == 302
    assert FindingResponse.objects.get().text == "His."


def test_two_people_who_change_the_words_at_once_see_both(scene: Scene, send):
    scene.begin()
    scene.complete()
    clash = send(scene.cast.bea, "words/", introduction="His words.", oversight="", version="1")
    assert clash.status_code == 409
    assert "His words." in words_of(clash)
    assert "We thank the inspectors." in words_of(clash)


def test_opening_too_early_lists_every_gap_with_its_link(scene: Scene, browser, send):
    scene.begin()
    page = words_of(browser(scene.cast.bea).get(AT))
    assert "Before it can be signed" in page
    assert "AFI-2: no action of the plan answers it." in page
    refused = send(scene.cast.bea, "open/")
    assert refused.status_code == 400
    assert Statement.objects.get().state == "drafting"


def test_what_the_letter_says_is_put_right_from_the_gap_that_misses_it(scene: Scene, browser):
    inspection_actions.change_dates(
        by=scene.cast.bea, letter=scene.letter, expected_version=scene.letter.version, now=scene.now(),
        dates=inspection_actions.LetterDates(date(2026, 1, 5)), principal_authority="",
    )  # fmt: skip
    scene.begin()
    page = browser(scene.cast.bea).get(AT).content.decode()
    at = AT.replace("statement/", "dates/")
    for says in ("The principal authority is not recorded", "printed due date is not recorded"):
        assert re.search(rf'href="{at}"[^>]*>[^<]*{says}', page)


def test_the_number_of_queries_does_not_grow_with_the_findings(scene: Scene, browser, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    scene.begin()
    bea = browser(scene.cast.bea)

    def counted(page: str) -> int:
        bea.get(f"{AT}{page}")
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert bea.get(f"{AT}{page}").status_code == 200
        return len(found)

    before = {page: counted(page) for page in ("", "read/", "responses/")}
    for number in range(8):
        made = inspection_actions.mark_finding(
            by=scene.cast.bea, inspection=scene.letter.inspection, letter=scene.letter, page=1, kind="improvement",
            text=f"Finding {number}", title=f"Finding {number}", now=scene.now(),
        )  # fmt: skip
        from throughline.plans import actions as plan_actions

        plan_actions.answer_finding(by=scene.cast.bea, act=scene.acts[0], finding=made, now=scene.now())
    assert {page: counted(page) for page in before} == before


def test_a_plan_is_wanted_before_the_statement(cast, browser):
    from tests.inspections.conftest import stored_letter

    stored_letter(cast.bea, cast.ashvale)
    assert "Begin the plan first" in words_of(browser(cast.bea).get("/p/ashvale/inspections/jtai-2025/"))
    answer = browser(cast.bea).get(f"{AT}begin/")
    assert answer.status_code == 302
    assert AT not in answer.url


def test_what_a_draft_said_before_it_was_signed_off_stays_with_those_who_wrote_it(scene: Scene, browser):
    scene.begin()
    scene.respond(AFI_1="Accepted: A hasty word.")
    scene.complete()
    scene.open()
    scene.sign(scene.chandra, scene.cast.police)
    scene.sign(scene.nils, scene.cast.council)
    for event in Event.objects.filter(thing_kind="statements.response"):
        answer = browser(scene.cast.hana).get(f"/p/ashvale/record/{event.sequence}/")
        assert b"A hasty word." not in answer.content
    listed = browser(scene.cast.hana).get("/p/ashvale/record/")
    assert b"A hasty word." not in listed.content


def test_an_answer_that_changes_before_the_words_are_fixed_is_read_first(scene: Scene, browser, form_of):
    scene.begin()
    scene.complete()
    bea = browser(scene.cast.bea)
    shown = hidden_of(bea.get(f"{AT}open/"))
    scene.respond(APA_1="Accepted: Something else.")
    answer = bea.post(f"{AT}open/", form_of(scene.cast.bea, **shown))
    assert answer.url == f"{AT}open/"
    assert "Read it again before you fix its words" in words_of(bea.get(answer.url))
    assert Statement.objects.get().state == "drafting"
    again = hidden_of(bea.get(f"{AT}open/"))
    assert bea.post(f"{AT}open/", form_of(scene.cast.bea, **again)).url == AT
    assert Statement.objects.get().state == "signing"


def test_what_is_submitted_keeps_its_name_when_the_terms_change(scene: Scene, browser):
    scene.bring_to("submitted")
    queue.run_due("tests", scene.now())
    bea = browser(scene.cast.bea)

    def names() -> tuple[str, str]:
        answer = bea.get(f"{AT}files/pdf/")
        content_of(answer)
        return answer["Content-Disposition"], str(Statement.objects.get())

    before = names()
    terms.set_terms(
        by=scene.cast.bea, partnership=scene.cast.ashvale, framework=scene.letter.inspection.framework,
        response="Joint reply", clock=None, source="Agreed", now=scene.now(),
    )  # fmt: skip
    assert names() == before
    assert "Joint reply" not in words_of(bea.get(AT))
    listed = queries.statements_of(scene.cast.ashvale, for_person=scene.cast.bea).get()
    assert listed.response != "Joint reply"
    assert "content" in listed.get_deferred_fields()


def test_a_list_of_open_statements_asks_nothing_of_each_row(scene: Scene, browser, django_assert_num_queries):
    scene.begin()
    row = queries.statements_of(scene.cast.ashvale, for_person=scene.cast.bea).get()
    column = next(each for each in lists.statements(date(2026, 1, 13)).columns if each.label == "Time")
    with django_assert_num_queries(0):
        assert "left" in column.value(row)
