"""A report in a board's form is drafted by keepers alone, decided in somebody's name, and frozen with no gap left."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse

from tests.reports.test_thread import Browser, Page
from tests.returns.scene import SENTENCE, Scene
from throughline.access import AccessDenied
from throughline.documents import kept
from throughline.documents.strings import found_in, strings_of
from throughline.history.door import Conflict
from throughline.history.models import Event
from throughline.jobs import queue
from throughline.reports import actions, board, compare_views, releases
from throughline.reports.board_form import SECTIONS
from throughline.reports.drafting import drafting_of
from throughline.reports.models import Release, Report, ReportSection

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


def ask(scene: Scene, audience: str = "public") -> Report:
    period = scene.open_period()
    scene.police_return_to("accepted", period)
    return actions.request_report(
        by=scene.cast.bea, period=period, kind="health_and_wellbeing_board", audience=audience,
        as_of=scene.clock.date(), now=scene.now(),
    )  # fmt: skip


def decide_all(scene: Scene, report: Report, words: str = "Written for the Board.") -> None:
    for part in drafting_of(report, by=scene.cast.bea, now=scene.now()).parts:
        given = {"by": scene.cast.bea, "report": report, "key": part.state.section.key, "now": scene.now(),
                 "expected_version": part.state.row.version}  # fmt: skip
        if part.state.section.may_be_none and not part.draft.text:
            board.say_none(**given)
        elif part.draft.text:
            board.take_draft(**given, draft=part.draft.text)
        else:
            board.keep_section(**given, text=words)


def freeze(scene: Scene, report: Report) -> Report:
    board.freeze(by=scene.cast.bea, report=report, expected_version=report.version, now=scene.now())
    queue.run_due("tests", scene.now())
    return Report.objects.get(pk=report.pk)


def test_a_draft_opens_with_every_section_of_the_form_undecided_and_nothing_is_built(scene: Scene):
    report = ask(scene)
    assert report.stage == "drafting"
    assert ReportSection.objects.filter(report=report, answer="").count() == len(SECTIONS)
    assert queue.run_due("tests", scene.now()) == 0


def test_it_cannot_be_frozen_while_a_section_is_open_and_every_gap_is_named_at_once(scene: Scene):
    report = ask(scene)
    with pytest.raises(board.NotReady) as refused:
        board.freeze(by=scene.cast.bea, report=report, expected_version=report.version, now=scene.now())
    assert [each.key for each in refused.value.gaps] == [each.key for each in SECTIONS]
    bea = Browser(scene.cast.bea)
    page = bea.client.get(reverse("reports:freeze", args=["ashvale", report.reference]))
    assert page.status_code == 409
    shown = Page(page.content.decode())
    for each in SECTIONS:
        assert each.heading in shown.words
        assert reverse("reports:section", args=["ashvale", report.reference, each.key]) in shown.links
    decide_all(scene, report)
    frozen = freeze(scene, report)
    assert frozen.stage == "frozen", frozen.problem
    assert "DRAFT" not in kept.from_data(frozen.content).title
    assert SENTENCE not in str(frozen.content)


def test_none_is_somebodys_answer_on_record_and_never_where_the_form_forbids_it(scene: Scene):
    report = ask(scene)
    row = ReportSection.objects.get(report=report, key="human_rights")
    answered = board.say_none(
        by=scene.cast.bea, report=report, key="human_rights", expected_version=row.version, now=scene.now()
    )
    assert (answered.answer, answered.by_name) == ("none", "Bea Lindqvist")
    event = Event.objects.get(verb="answered none")
    assert (event.by_name, event.thing_id) == ("Bea Lindqvist", row.pk)
    with pytest.raises(actions.CannotDo, match="must say something"):
        board.say_none(by=scene.cast.bea, report=report, key="purpose", expected_version=1, now=scene.now())
    taken_back = board.open_again(
        by=scene.cast.bea, report=report, key="human_rights", expected_version=answered.version, now=scene.now()
    )
    assert (taken_back.answer, taken_back.by) == ("", None)


def test_only_those_who_keep_the_plan_see_a_draft_or_write_it(scene: Scene):
    report = ask(scene)
    for name in ("pauline", "esther", "sian", "rita", "ada", "otto"):
        browser = Browser(getattr(scene.cast, name))
        for page, more in (("report", ()), ("section", ("risk",)), ("preview", ()), ("freeze", ()), ("discard", ())):
            url = reverse(f"reports:{page}", args=["ashvale", report.reference, *more])
            assert browser.client.get(url).status_code == 404, (name, page)
    with pytest.raises(AccessDenied):
        board.keep_section(
            by=scene.cast.esther, report=report, key="risk", text="Mine.", expected_version=1, now=scene.now()
        )


def test_a_section_is_decided_on_its_page_beside_the_draft_and_the_facts_it_came_from(scene: Scene):
    report = ask(scene)
    bea = Browser(scene.cast.bea)
    url = reverse("reports:section", args=["ashvale", report.reference, "legal"])
    page = bea.get(url)
    assert "section 20 of the Children Act 2004" in page.words
    assert "SI 2015/1792, regulations 3 and 4" in page.words
    forms = {each["fields"]["form"]: each["fields"] for each in page.forms if "form" in each["fields"]}
    assert set(forms) == {"draft", "none", "own"}
    assert bea.client.post(url, forms["draft"]).status_code == 302
    taken = ReportSection.objects.get(report=report, key="legal")
    assert taken.answer == "draft"
    assert "section 20" in taken.text
    empty = bea.client.post(url, {**_form(bea, url, "own"), "text": " "})
    assert empty.status_code == 400
    assert "say that there is none" in empty.content.decode()
    assert bea.client.post(url, {**_form(bea, url, "own"), "text": "Our words."}).status_code == 302
    own = ReportSection.objects.get(report=report, key="legal")
    assert (own.answer, own.text) == ("own", "Our words.")


def _form(browser: Browser, url: str, name: str) -> dict:
    return next(each["fields"] for each in browser.get(url).forms if each["fields"].get("form") == name)


def test_two_keepers_who_write_one_section_both_keep_their_words(scene: Scene):
    report = ask(scene)
    bea = Browser(scene.cast.bea)
    url = reverse("reports:section", args=["ashvale", report.reference, "risk"])
    stale = _form(bea, url, "own")
    assert bea.client.post(url, {**_form(bea, url, "own"), "text": "Hers."}).status_code == 302
    both = bea.client.post(url, {**stale, "text": "His."})
    assert both.status_code == 409
    words = both.content.decode()
    assert "Hers." in words
    assert "His." in words
    again = [each for each in Page(words).forms if each["method"] == "post" and "text" in each["fields"]][-1]
    assert bea.client.post(url, again["fields"]).status_code == 302
    assert ReportSection.objects.get(report=report, key="risk").text == "His."
    with pytest.raises(Conflict):
        board.keep_section(
            by=scene.cast.bea, report=report, key="risk", text="Late.", expected_version=1, now=scene.now()
        )


def test_a_frozen_reports_sections_stay_and_a_draft_can_be_set_aside(scene: Scene):
    report = ask(scene)
    decide_all(scene, report)
    frozen = freeze(scene, report)
    with pytest.raises(AccessDenied):
        board.keep_section(
            by=scene.cast.bea, report=frozen, key="risk", text="Later.", expected_version=2, now=scene.now()
        )
    bea = Browser(scene.cast.bea)
    away = bea.client.get(reverse("reports:section", args=["ashvale", frozen.reference, "risk"]))
    assert away.status_code == 302
    other = actions.request_report(
        by=scene.cast.bea, period=frozen.period, kind=frozen.kind, audience="public", as_of=frozen.as_of,
        now=scene.now(),
    )  # fmt: skip
    gone = bea.send(reverse("reports:discard", args=["ashvale", other.reference]), reason="Made twice.")
    assert gone.status_code == 302
    bea.get(gone.url)  # says that it was done, once
    assert other.reference not in bea.get(reverse("reports:reports", args=["ashvale"])).words


def test_a_name_a_telephone_number_and_a_birthday_in_a_section_are_advised_against_and_block_nothing(scene: Scene):
    report = ask(scene)
    text = "Ask Pauline Okafor on 03000 123456. She was born on 3 May 2010."
    row = ReportSection.objects.get(report=report, key="contact")
    board.keep_section(
        by=scene.cast.bea, report=report, key="contact", text=text, expected_version=row.version, now=scene.now()
    )
    words = Browser(scene.cast.bea).get(reverse("reports:report", args=["ashvale", report.reference])).words
    for advice in ("looks like a person’s name", "telephone number", "date of birth"):
        assert advice in words


def test_drafts_are_taken_at_once_and_nothing_is_answered_none_by_it(scene: Scene):
    report = ask(scene)
    bea = Browser(scene.cast.bea)
    assert bea.send(reverse("reports:take-drafts", args=["ashvale", report.reference])).status_code == 302
    answers = set(ReportSection.objects.filter(report=report).values_list("answer", flat=True))
    assert answers == {"draft", ""}
    assert ReportSection.objects.get(report=report, key="human_rights").answer == ""


def test_a_paper_as_at_another_day_holds_no_word_that_was_decided_about_a_later_one(scene: Scene):
    report = ask(scene)
    decide_all(scene, report)
    period, kind, day = report.period, report.kind, report.as_of
    assert len(board.kept_in(period, kind, as_of=day, for_person=scene.cast.bea)) == len(SECTIONS)
    assert board.kept_in(period, kind, as_of=day - timedelta(days=1), for_person=scene.cast.bea) == {}
    later = board.kept_in(period, kind, as_of=day + timedelta(days=1), for_person=scene.cast.bea)
    answers = dict(ReportSection.objects.filter(report=report).values_list("key", "answer"))
    assert {answers[key] for key in later} == {"own", "none"}


# -- what the public may read


def unfit_for_the_public(document, scene: Scene) -> list[str]:
    """Every name of a person, self-rating and unreleased word that a paper for the public prints."""
    names = [each.name for each in scene.cast.people.values()] + [scene.priya.name]
    ratings = [f"says {word}" for word in ("on track", "at risk", "not started", "delivered")]
    return found_in(document, [*names, *ratings, SENTENCE, "It slipped because"])


@pytest.mark.parametrize("kind", ["executive_group", "health_and_wellbeing_board"])
def test_a_paper_for_the_public_holds_no_name_no_self_rating_and_no_unreleased_word(scene: Scene, kind: str):
    from throughline.reports import building

    period = scene.open_period()
    scene.police_return_to("accepted", period)
    given = {"by": scene.cast.bea, "kind": kind, "as_of": scene.clock.date(), "marking": "OFFICIAL", "reference": "",
             "now": scene.now()}  # fmt: skip
    public, _, _ = building.read(period, audience="public", **given)
    assert unfit_for_the_public(public, scene) == []
    assert len(list(strings_of(public))) > 40
    # The planted fault: the same paper for members says these things, and is found out.
    planted, _, _ = building.read(period, audience="executive", **given)
    if kind == "executive_group":
        assert {SENTENCE, "says on track"} <= set(unfit_for_the_public(planted, scene))
    shown = releases.shown_of(scene.plan, for_person=scene.cast.bea)
    releases.release(by=scene.cast.bea, plan=scene.plan, keys=[each.key for each in shown], now=scene.now())
    released, _, _ = building.read(period, audience="public", **given)
    assert unfit_for_the_public(released, scene) == [SENTENCE]


def test_words_are_released_and_taken_back_line_by_line_in_somebodys_name(scene: Scene):
    scene.police_return_to("accepted", scene.open_period())
    bea = Browser(scene.cast.bea)
    url = reverse("reports:release", args=["ashvale"])
    page = bea.get(url)
    assert SENTENCE in page.words
    key = releases.shown_of(scene.plan, for_person=scene.cast.bea)[0].key
    form = next(each for each in page.forms if each["fields"].get("do") == "release")
    assert bea.client.post(url, {**form["fields"], "words": key}).status_code == 302
    assert Release.objects.get().by_name == "Bea Lindqvist"
    assert "Released by Bea Lindqvist" in bea.get(url).words
    form = next(each for each in bea.get(url).forms if each["fields"].get("do") == "take_back")
    assert bea.client.post(url, {**form["fields"], "words": key}).status_code == 302
    assert not Release.objects.filter(withdrawn_at__isnull=True).exists()
    assert Browser(scene.cast.esther).client.get(url).status_code == 404
    with pytest.raises(AccessDenied):
        releases.release(by=scene.cast.esther, plan=scene.plan, keys=[key], now=scene.now())


def test_words_that_changed_are_not_released_with_those_that_were_read(scene: Scene):
    scene.police_return_to("accepted", scene.open_period())
    key = releases.shown_of(scene.plan, for_person=scene.cast.bea)[0].key
    other = key.partition(":")[0] + ":" + "0" * 64
    with pytest.raises(actions.CannotDo, match="changed since you read"):
        releases.release(by=scene.cast.bea, plan=scene.plan, keys=[other], now=scene.now())
    assert not Release.objects.exists()


def test_two_frozen_reports_are_compared_as_a_page_and_as_a_file(scene: Scene, monkeypatch):
    from throughline.plans import actions as plan_actions

    period = scene.open_period()
    scene.police_return_to("accepted", period)

    def frozen() -> Report:
        asked = actions.request_report(
            by=scene.cast.bea, period=period, kind="executive_group", audience="executive",
            as_of=scene.clock.date(), now=scene.now(),
        )  # fmt: skip
        queue.run_due("tests", scene.now())
        return Report.objects.get(pk=asked.pk)

    first = frozen()
    plan_actions.set_due(
        by=scene.cast.bea, act=scene.group_action, expected_version=1, due=date(2026, 12, 1), reason="Slipped.",
        now=scene.now(),
    )  # fmt: skip
    second = frozen()
    hana = Browser(scene.cast.hana)
    url = reverse("reports:compare", args=["ashvale"])
    asked = f"{url}?before={first.reference}&after={second.reference}"
    page = hana.get(asked)
    for words in ("ACT-003: Due", "30 Jun 2026", "1 Dec 2026", "Changed", first.head_hash[:12], second.head_hash[:12]):
        assert words in page.words
    answer = hana.client.get(f"{asked}&export=csv")
    file = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "ACT-003: Due" in file
    assert "Ashvale Safeguarding Partnership" in file
    answer = hana.client.get(f"{asked}&export=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert "ACT-003: Due" in {cell for row in book.active.iter_rows(values_only=True) for cell in row}
    assert hana.client.get(f"{asked}&export=pdf").status_code == 404
    # Few differences under a heading are shown at once; many are folded, and can be opened.
    assert "<summary" not in hana.client.get(asked).content.decode()
    monkeypatch.setattr(compare_views, "_MOST_OPEN", 0)
    assert "<summary" in hana.client.get(asked).content.decode()
    same = hana.client.get(f"{url}?before={first.reference}&after={first.reference}")
    assert same.status_code == 400
    assert "Choose another report" in same.content.decode()
    assert first.reference not in Browser(scene.cast.rita).get(url).words
