"""The whole thread by hand, as a browser without JavaScript does it, and what nobody else sees of it on the way."""

import io
import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import docx
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from tests.returns.scene import QUOTED, SENTENCE, Scene
from throughline.jobs import queue
from throughline.reports.models import Report, ReportFile
from throughline.returns.models import ReportingPeriod, Return

pytestmark = pytest.mark.django_db

BESIDE = "We audited twenty referrals: the child was named on eighteen."


class Page(HTMLParser):
    """A page as its reader has it: words, forms with their fields, links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.forms, self.links = "", [], []
        self._form = None
        self._area = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._form = {"action": given.get("action"), "method": given.get("method", "get"), "fields": {}}
            self.forms.append(self._form)
        elif tag == "a":
            self.links.append(given.get("href"))
        elif self._form is not None and given.get("name"):
            if tag == "textarea":
                self._area = given["name"]
                self._form["fields"][self._area] = ""
            elif tag == "input" and given.get("type") in {"radio", "checkbox"}:
                if "checked" in given:
                    self._form["fields"][given["name"]] = given.get("value", "on")
            elif tag == "input":
                self._form["fields"][given["name"]] = given.get("value", "")
            elif tag == "select":
                self._select = given["name"]
        if tag == "option" and self._form is not None and "selected" in given:
            self._form["fields"][self._select] = given["value"]

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data):
        self.words += data
        if self._area:
            self._form["fields"][self._area] += data


class Browser:
    """One person's browser."""

    def __init__(self, person) -> None:
        self.client = Client()
        self.client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    def get(self, url: str) -> Page:
        answer = self.client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)
        return Page(answer.content.decode())

    def send(self, url: str, action: str | None = None, choose: int = -1, **words: str):
        """Fill in and send a form of a page: the one that goes to `action`, or the last without one."""
        page = self.get(url)
        forms = [each for each in page.forms if each["method"] == "post" and each["action"] == action]
        assert forms, (url, action, page.forms)
        return self.client.post(action or url, {**forms[choose]["fields"], **words})


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


def _url(name: str, *more: str) -> str:
    return reverse(f"returns:{name}", args=["ashvale", *more])


def test_a_sentence_typed_by_the_police_stands_under_the_finding_in_word_pdf_and_web_page(scene: Scene):
    cast = scene.cast
    pauline, bea, priya = Browser(cast.pauline), Browser(cast.bea), Browser(scene.priya)

    assert "Open the first quarter" in bea.get(reverse("partners:front", args=["ashvale"])).words
    assert "Open the first quarter" not in pauline.get(reverse("partners:front", args=["ashvale"])).words
    opened = bea.send(_url("open"))
    assert opened.status_code == 302, Page(opened.content.decode()).words
    period = ReportingPeriod.objects.get()
    assert "is open" in bea.get(opened.url).words

    mine = _url("return", period.reference, "police")
    page = pauline.get(mine)
    assert QUOTED in page.words
    assert "0 of 1 action answered" in page.words
    to_action = _url("action", period.reference, "police", "ACT-001")
    saved = pauline.send(
        mine, to_action, self_rating="on_track", progress=SENTENCE, slip_reason="The rota was late.",
        proposed_due_day="30", proposed_due_month="6", proposed_due_year="2027",
    )  # fmt: skip
    assert saved.status_code == 302
    assert pauline.send(mine, _url("rest", period.reference, "police"), progress=BESIDE).status_code == 302
    assert "1 of 1 action answered" in pauline.get(mine).words

    assert "Read and sign the return of Vale Police" in priya.get(reverse("home")).words
    to_sign = _url("sign", period.reference, "police")
    assert SENTENCE in priya.get(to_sign).words
    unread = priya.send(to_sign)
    assert unread.status_code == 400
    assert "Tick that you have read the return" in Page(unread.content.decode()).words
    assert priya.send(to_sign, read="on").status_code == 302
    assert pauline.send(_url("submit", period.reference, "police")).status_code == 302

    assert SENTENCE in bea.get(mine).words
    assert bea.send(_url("accept", period.reference, "police")).status_code == 302

    asked = bea.send(reverse("reports:new", args=["ashvale"]))
    assert asked.status_code == 302, Page(asked.content.decode()).words
    assert "being built" in bea.get(asked.url).words
    assert queue.run_due("tests", datetime.now(UTC)) == 1
    report = Report.objects.get()
    assert report.stage == "frozen", report.problem

    shown = bea.get(asked.url)
    _stands_under_the_finding(shown.words)
    assert BESIDE in shown.words
    assert report.head_hash[:12] in shown.words

    def file(format_: str) -> bytes:
        answer = bea.client.get(reverse("reports:download", args=["ashvale", report.reference, format_]))
        assert answer.status_code == 200
        offered = answer["Content-Disposition"]
        assert offered.startswith('attachment; filename="REP-001 Report to the Executive Group, Q'), offered
        return _content(answer)

    _stands_under_the_finding("\n".join(_words_of(docx.Document(io.BytesIO(file("docx"))))))
    pdf = pypdfium2.PdfDocument(file("pdf"))
    _stands_under_the_finding("\n".join(page.get_textpage().get_text_range() for page in pdf))
    _stands_under_the_finding(Page(file("html").decode()).words)

    line = bea.get(reverse("line:line", args=["ashvale", "improvement-plan"]))
    _stands_under_the_finding(line.words)


def _words_of(document) -> list[str]:
    return [
        "".join(node.text or "" for node in each.iter() if node.tag.endswith("}t")) for each in document.element.body
    ]


def _stands_under_the_finding(words: str) -> None:
    """The inspectors' words, then the action, then the agency's sentence, in this order."""
    plain = re.sub(r"\s+", "", words)
    quoted = plain.index(re.sub(r"\s+", "", QUOTED))
    action = plain.index("Puttheescalationrouteintoforce", quoted)
    sentence = plain.index(re.sub(r"\s+", "", SENTENCE), action)
    assert quoted < action < sentence


def _pages(scene: Scene) -> list[str]:
    period = ReportingPeriod.objects.get().reference
    report = Report.objects.get().reference
    return [
        _url("periods"), _url("period", period), _url("return", period, "police"), _url("return", period, "council"),
        _url("sign", period, "police"), _url("submit", period, "police"), _url("accept", period, "police"),
        _url("send_back", period, "police"), _url("open"), f"{_url('period', period)}?export=csv",
        reverse("line:line", args=["ashvale", "improvement-plan"]), reverse("reports:reports", args=["ashvale"]),
        reverse("reports:new", args=["ashvale"]), reverse("reports:report", args=["ashvale", report]),
        *(reverse("reports:download", args=["ashvale", report, each]) for each in ("docx", "pdf", "html")),
    ]  # fmt: skip


def _ask_and_build(scene: Scene, audience: str = "executive", as_of=None) -> Report:
    from throughline.reports import actions

    asked = actions.request_report(
        by=scene.cast.bea, period=ReportingPeriod.objects.get(), kind="executive_group", audience=audience,
        as_of=as_of or scene.clock.date(), now=scene.now(),
    )  # fmt: skip
    queue.run_due("tests", scene.now())
    return Report.objects.get(pk=asked.pk)


def _release_everything(scene: Scene) -> None:
    from throughline.reports import releases

    keys = [each.key for each in releases.shown_of(scene.plan, for_person=scene.cast.bea)]
    assert releases.release(by=scene.cast.bea, plan=scene.plan, keys=keys, now=scene.now()) == len(keys) == 1


def _without_keys(content: bytes) -> bytes:
    """A page without what is drawn anew each time it is printed."""
    return re.sub(rb'(name="(?:csrfmiddlewaretoken|request_key)" value=")[^"]*', rb"\1", content)


def _content(answer) -> bytes:
    """Everything that was answered, a download's bytes as well."""
    if not answer.streaming:
        return answer.content
    try:
        return b"".join(answer.streaming_content)
    finally:
        for close in answer._resource_closers:  # answer.close() would close the test's database as well
            close()


def _read(answer) -> int:
    """The status of a download that was read to its end."""
    assert _content(answer)
    return answer.status_code


def test_to_an_outsider_every_page_is_the_404_of_what_does_not_exist(scene: Scene):
    scene.police_return_to("accepted", scene.open_period())
    _ask_and_build(scene)
    otto = Browser(scene.cast.otto)
    nothing = otto.client.get("/p/no-such-place/returns/")
    for url in _pages(scene):
        answer = otto.client.get(url)
        assert answer.status_code == 404, url
        assert _without_keys(answer.content) == _without_keys(nothing.content), url


def test_a_draft_is_nowhere_for_the_business_manager_and_other_agencies(scene: Scene):
    scene.police_return_to("draft", scene.open_period())
    report = _ask_and_build(scene)
    assert report.stage == "frozen"
    today = scene.clock.date().isoformat()
    readers = (scene.cast.bea, scene.cast.hana, scene.cast.gil, scene.cast.quin)
    for person in readers:
        browser = Browser(person)
        for url in [*_pages(scene), f"{reverse('line:line', args=['ashvale', 'improvement-plan'])}?as-of={today}"]:
            answer = browser.client.get(url)
            content = _content(answer)
            assert answer.status_code in {200, 302, 404}, (url, answer.status_code)
            assert SENTENCE.encode() not in content, (person.name, url)
    assert SENTENCE not in str(report.content)
    assert SENTENCE in Browser(scene.cast.olu).get(_url("return", "quarter-1", "police")).words


def test_who_may_not_read_a_submitted_return_sees_its_state_and_day_only(scene: Scene):
    scene.police_return_to("submitted", scene.open_period())
    words = Browser(scene.cast.hana).get(_url("return", "quarter-1", "police")).words
    assert "Submitted on 12 January 2026; its content opens to all members when it is accepted." in words
    assert SENTENCE not in words


def test_a_board_reader_reads_frozen_public_reports_and_nothing_else(scene: Scene):
    scene.police_return_to("accepted", scene.open_period())
    private, public = _ask_and_build(scene), _ask_and_build(scene, "public")
    rita = Browser(scene.cast.rita)
    listed = rita.get(reverse("reports:reports", args=["ashvale"])).words
    assert public.reference in listed
    assert private.reference not in listed
    shown = rita.get(reverse("reports:report", args=["ashvale", public.reference])).words
    assert QUOTED in shown
    assert SENTENCE not in shown  # an agency's own words are not for the public until somebody releases them
    _release_everything(scene)
    released = _ask_and_build(scene, "public")
    _stands_under_the_finding(rita.get(reverse("reports:report", args=["ashvale", released.reference])).words)
    for format_, found in (("pdf", 200), ("docx", 200)):
        url = reverse("reports:download", args=["ashvale", public.reference, format_])
        assert _read(rita.client.get(url)) == found
    assert rita.client.get(reverse("reports:report", args=["ashvale", private.reference])).status_code == 404
    assert rita.client.get(_url("periods")).content.decode().count("quarter-1") == 0
    assert rita.client.get(reverse("line:line", args=["ashvale", "improvement-plan"])).status_code == 404


def test_a_return_sent_back_shows_its_body_the_reason_and_goes_the_whole_way_again(scene: Scene):
    scene.police_return_to("submitted", scene.open_period())
    bea, pauline = Browser(scene.cast.bea), Browser(scene.cast.pauline)
    unreasoned = bea.send(_url("send_back", "quarter-1", "police"))
    assert unreasoned.status_code == 400
    done = bea.send(_url("send_back", "quarter-1", "police"), reason="Say who was briefed.")
    assert done.status_code == 302
    assert "Say who was briefed." in pauline.get(_url("return", "quarter-1", "police")).words
    assert SENTENCE not in bea.get(_url("return", "quarter-1", "police")).words
    back = Return.objects.get(slug="police")
    assert (back.state, back.signed_by, back.submitted_at) == ("sent_back", None, None)
    scene.sign(scene.priya, back)
    scene.submit(scene.cast.pauline, back)
    assert SENTENCE in bea.get(_url("return", "quarter-1", "police")).words


def test_two_people_who_write_about_one_action_both_keep_their_words(scene: Scene):
    scene.open_period()
    pauline, olu = Browser(scene.cast.pauline), Browser(scene.cast.olu)
    mine, to = _url("return", "quarter-1", "police"), _url("action", "quarter-1", "police", "ACT-001")
    stale = next(each for each in olu.get(mine).forms if each["action"] == to and "progress" in each["fields"])
    assert pauline.send(mine, to, self_rating="on_track", progress="Hers.").status_code == 302
    both = olu.client.post(to, {**stale["fields"], "self_rating": "at_risk", "progress": "His."})
    assert both.status_code == 409
    words = both.content.decode()
    assert "Hers." in words
    assert "His." in words
    assert "Your words are kept. Pauline Okafor saved this" in words
    form = [each for each in Page(words).forms if each["method"] == "post" and "progress" in each["fields"]][-1]
    again = olu.client.post(to, form["fields"])
    assert again.status_code == 302
    assert "His." in pauline.get(mine).words


def test_a_body_without_actions_returns_nil_with_one_click_and_still_signs(scene: Scene):
    from tests.cast import SINCE
    from throughline.access import Role
    from throughline.partners import actions as partner_actions

    scene.open_period()
    cast = scene.cast
    partner_actions.give_role(
        by=partner_actions.system_person(), partnership=cast.ashvale, person=cast.nobody, agency=cast.council,
        role=Role.ACCOUNTABLE_EXECUTIVE, starts=SINCE, now=scene.now(),
    )  # fmt: skip
    connie = Browser(cast.connie)
    mine = _url("return", "quarter-1", "council")
    assert connie.send(mine, _url("nil", "quarter-1", "council")).status_code == 302
    executive = Browser(cast.nobody)
    assert executive.send(_url("sign", "quarter-1", "council"), read="on").status_code == 302
    assert connie.send(_url("submit", "quarter-1", "council")).status_code == 302
    assert Return.objects.get(slug="council").nil


def test_a_file_of_a_report_is_on_record_before_it_is_given(scene: Scene):
    from throughline.history.models import Event

    scene.police_return_to("accepted", scene.open_period())
    report = _ask_and_build(scene)
    url = reverse("reports:download", args=["ashvale", report.reference, "pdf"])
    assert _read(Browser(scene.cast.hana).client.get(url)) == 200
    event = Event.objects.get(verb="downloaded")
    assert event.by_name == "Hana Whitcombe"
    assert event.thing_id == ReportFile.objects.get(report=report, format="pdf").pk


def test_words_typed_into_a_return_wait_for_a_new_sign_in_and_are_saved_by_nobody_meanwhile(scene: Scene):
    from throughline.returns.models import Update

    scene.open_period()
    pauline = Browser(scene.cast.pauline)
    mine, to = _url("return", "quarter-1", "police"), _url("action", "quarter-1", "police", "ACT-001")
    form = next(each for each in pauline.get(mine).forms if each["action"] == to and "progress" in each["fields"])
    pauline.client.logout()
    sent = {**form["fields"], "self_rating": "at_risk", "progress": SENTENCE}
    away = pauline.client.post(to, sent, HTTP_REFERER=f"http://testserver{mine}")
    assert away.status_code == 302
    assert "login" in away.url
    assert not Update.objects.exists()
    pauline.client.force_login(scene.cast.pauline, backend="allauth.account.auth_backends.AuthenticationBackend")
    again = pauline.get(mine)
    kept = next(each for each in again.forms if each["action"] == to and "progress" in each["fields"])
    assert kept["fields"]["progress"].strip() == SENTENCE
    assert kept["fields"]["self_rating"] == "at_risk"
    assert "Your words are kept" in again.words
    assert pauline.client.post(to, kept["fields"]).status_code == 302
    assert Update.objects.get().progress == SENTENCE
