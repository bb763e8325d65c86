"""What was read is checked: entered, put right, set aside; once, in order, and by those who may."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import NOW
from tests.inspections.conftest import begun, form_of, mark, read_letter, stored_letter
from tests.inspections.test_pages import words_of
from tests.methods.letters_of_our_own import LETTER_2018, LETTER_2023, pdf
from throughline.access import AccessDenied
from throughline.history import verify
from throughline.history.door import Conflict
from throughline.history.models import Event
from throughline.inspections import actions, checking, letter_pages, links, proposing, queries, rules, themes
from throughline.inspections.letter_reading import ReadFinding
from throughline.inspections.models import (
    Finding,
    FindingAgency,
    FindingPart,
    FindingTheme,
    Letter,
    ProposedFinding,
)
from throughline.inspections.naming_forms import parts_wanted
from throughline.inspections.proposals import Words
from throughline.partners import actions as partners

P = "/p/ashvale/inspections/"
CHECK = f"{P}jtai-2018/letters/1/check/"
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def read(cast) -> Letter:
    """A letter of the first structure, read and not yet checked: nine proposals."""
    return read_letter(cast.bea, cast.ashvale, pdf(LETTER_2018))


def all_of(letter: Letter, by) -> list[ProposedFinding]:
    return list(queries.proposals_of(letter, for_person=by))


def chosen(rows) -> dict:
    return {each.pk: each.version for each in rows}


def many(cast, number: int) -> Letter:
    """A letter of which so many findings were read, half of them with parts."""
    letter = stored_letter(cast.bea, cast.ashvale, *(f"Page {each} of {number}" for each in range(3)))
    rows = [
        ReadFinding(
            "strength" if each % 3 else "improvement", 1 + each % 3,
            f"The police and health services do not share what they know of domestic abuse, number {each}.",
            ("the police, of history", "schools, of neglect") if each % 2 else (),
        )
        for each in range(number)
    ]  # fmt: skip
    proposing.propose(by=cast.bea, letter=letter, findings=rows, now=NOW)
    return letter


# -- into the register -----------------------------------------------------------------------------------------------


def test_entering_all_gives_references_in_the_letters_order(cast, read):
    entered = checking.enter(by=cast.bea, letter=read, chosen=chosen(all_of(read, cast.bea)), now=LATER)
    assert [each.reference for each in entered] == [
        "STR-1", "STR-2", "STR-3", "CAS-1", "APA-1", "AFI-1", "AFI-2", "AFI-3", "CAS-2",
    ]  # fmt: skip
    assert [each.state for each in all_of(read, cast.bea)] == ["entered"] * 9
    assert verify.verify() == []


def test_what_is_entered_one_by_one_in_the_letters_order_has_the_same_references(cast, read):
    for each in all_of(read, cast.bea):
        checking.enter(by=cast.bea, letter=read, chosen=chosen([each]), now=LATER)
    found = Finding.objects.order_by("place").values_list("reference", flat=True)
    assert list(found) == ["APA-1", "AFI-1", "AFI-2", "AFI-3", "STR-1", "STR-2", "STR-3", "CAS-1", "CAS-2"]


def test_what_enters_stands_on_its_page_word_for_word(cast):
    for letter in (LETTER_2018, LETTER_2023):
        read = read_letter(cast.bea, cast.ashvale, pdf(letter))
        texts = letter_pages.texts_of(read.file.sha256, name="letter.pdf")
        entered = checking.enter(by=cast.bea, letter=read, chosen=chosen(all_of(read, cast.bea)), now=LATER)
        # A word divided at a line's end, and a footnote's figure, are printed otherwise than they are read.
        for each in entered:
            here, behind = [*texts[each.page - 1 : each.page + 1], ""][:2]
            first = each.text.split("\n")[0].split()[:4]
            assert rules.stands_on_pages(" ".join(first), here, behind), each.text


def test_a_finding_holds_its_parts_their_agencies_whom_it_names_and_its_themes(cast):
    letter = many(cast, 2)
    one = all_of(letter, cast.bea)[1]
    (entered,) = checking.enter(by=cast.bea, letter=letter, chosen=chosen([one]), now=LATER)
    assert entered.text == f"{one.text}\n• the police, of history\n• schools, of neglect"
    assert [(each.number, each.text, each.agency) for each in FindingPart.objects.all()] == [
        (1, "the police, of history", cast.police), (2, "schools, of neglect", None),
    ]  # fmt: skip
    assert {each.agency for each in FindingAgency.objects.all()} == {cast.police, cast.hospital}
    about = set(FindingTheme.objects.values_list("theme__name", flat=True))
    assert {"Domestic abuse", "Neglect"} <= about
    assert Event.objects.get(thing_id=entered.pk).verb == "entered"
    assert Event.objects.filter(thing_id=one.pk).last().verb in {"read", "entered"}


def test_entering_asks_no_more_of_the_database_for_seventy_five_than_for_two(cast):
    numbers = []
    for number in (2, 75):
        letter = many(cast, number) if number == 2 else _another(cast, number)
        rows = all_of(letter, cast.bea)
        with CaptureQueriesContext(connection) as queries_:
            checking.enter(by=cast.bea, letter=letter, chosen=chosen(rows), now=LATER)
        numbers.append(len(queries_))
    assert Finding.objects.count() == 77
    # SQLite is given a thousand values at a time: fewer than ten statements more for seventy-three findings more.
    assert numbers[1] - numbers[0] < 10


def _another(cast, number: int) -> Letter:
    """A second letter of the same inspection, of which so many findings were read."""
    first = Letter.objects.get()
    letter = actions.add_letter(
        by=cast.bea, inspection=first.inspection, file=first.file, pages=3, received=first.received, now=NOW
    )
    rows = [ReadFinding("improvement", 1, f"The police know of domestic abuse, {each}.", ("a", "b"))
            for each in range(number)]  # fmt: skip
    proposing.propose(by=cast.bea, letter=letter, findings=rows, now=NOW)
    return letter


def test_what_was_entered_is_not_entered_again_and_says_as_what(cast, read):
    first, second = all_of(read, cast.bea)[:2]
    checking.enter(by=cast.bea, letter=read, chosen=chosen([first]), now=LATER)
    with pytest.raises(checking.EnteredAlready, match="STR-1") as refused:
        checking.enter(by=cast.bea, letter=read, chosen=chosen([first, second]), now=LATER)
    assert refused.value.finding.reference == "STR-1"
    assert Finding.objects.count() == 1


def test_what_somebody_changed_meanwhile_is_not_entered_unseen(cast, read):
    rows = all_of(read, cast.bea)
    change(cast.bea, rows[1], title="Changed meanwhile")
    with pytest.raises(Conflict):
        checking.enter(by=cast.bea, letter=read, chosen=chosen(rows), now=LATER)
    assert not Finding.objects.exists()


def test_what_was_set_aside_or_merged_is_not_entered(cast, read):
    first, second, third = all_of(read, cast.bea)[:3]
    aside = checking.set_aside(by=cast.bea, proposal=first, expected_version=1, now=LATER)
    with pytest.raises(checking.CannotDo, match="set aside"):
        checking.enter(by=cast.bea, letter=read, chosen=chosen([aside]), now=LATER)
    checking.merge(by=cast.bea, proposal=third, expected_version=1, now=LATER)
    with pytest.raises(checking.CannotDo, match="Somebody merged"):
        checking.enter(by=cast.bea, letter=read, chosen=chosen([second, third]), now=LATER)
    with pytest.raises(checking.CannotDo):
        checking.enter(by=cast.bea, letter=read, chosen={}, now=LATER)


def test_a_theme_taken_off_the_list_and_an_agency_that_is_unknown_are_left_out(cast):
    letter = many(cast, 1)
    (one,) = all_of(letter, cast.bea)
    gone = themes.themes_of(cast.ashvale, for_person=cast.bea).get(name="Domestic abuse")
    themes.withdraw_theme(by=cast.bea, theme=gone, expected_version=1, reason="Ours differ", now=LATER)
    checking.enter(by=cast.bea, letter=letter, chosen=chosen([one]), now=LATER)
    assert "Domestic abuse" not in set(FindingTheme.objects.values_list("theme__name", flat=True))


# -- put right -------------------------------------------------------------------------------------------------------


def change(by, proposal: ProposedFinding, version: int | None = None, **changes):
    given = {
        "kind": proposal.kind, "page": proposal.page, "title": proposal.title,
        "words": proposing.words_of(proposal), **changes,
    }  # fmt: skip
    return checking.change_proposal(
        by=by, proposal=proposal, expected_version=version or proposal.version, draft=checking.Draft(**given), now=LATER
    )


def verbs(thing) -> list[str]:
    return list(Event.objects.filter(thing_id=thing.pk).order_by("sequence").values_list("verb", flat=True))


def test_each_step_has_its_effect_and_its_event(cast, read):
    rows = all_of(read, cast.bea)
    changed = change(cast.bea, rows[0], kind="headline", title="Ours", agencies=[cast.council])
    assert (changed.kind, changed.title, changed.agencies) == ("headline", "Ours", [str(cast.council.pk)])
    moved = checking.move(by=cast.bea, proposal=rows[2], expected_version=1, up=True, now=LATER)
    assert [each.pk for each in all_of(read, cast.bea)][1:3] == [rows[2].pk, rows[1].pk]
    first, second = checking.split(by=cast.bea, proposal=moved, expected_version=2, at=1, now=LATER) if len(
        checking.proposals.pieces(proposing.words_of(moved))) > 1 else (moved, None)  # fmt: skip
    kept = checking.merge(by=cast.bea, proposal=rows[1], expected_version=1, now=LATER)
    assert kept.text.endswith(rows[1].text)
    aside = checking.set_aside(by=cast.bea, proposal=rows[3], expected_version=1, now=LATER)
    back = checking.bring_back(by=cast.bea, proposal=aside, expected_version=2, now=LATER)
    assert (aside.state, back.state) == ("set_aside", "open")
    assert verbs(rows[0]) == ["read", "changed"]
    assert verbs(rows[1]) == ["read", "merged"]
    assert verbs(rows[2])[:2] == ["read", "moved"]
    assert verbs(rows[3]) == ["read", "set aside", "brought back"]
    assert first.letter_id == read.pk
    assert second is None or second.state == "open"
    assert verify.verify() == []


def test_the_first_has_none_before_it_and_the_ends_stay_where_they_are(cast, read):
    rows = all_of(read, cast.bea)
    with pytest.raises(checking.CannotDo, match="none before it"):
        checking.merge(by=cast.bea, proposal=rows[0], expected_version=1, now=LATER)
    assert checking.move(by=cast.bea, proposal=rows[0], expected_version=1, up=True, now=LATER).version == 1
    assert checking.move(by=cast.bea, proposal=rows[-1], expected_version=1, up=False, now=LATER).version == 1


def test_nothing_is_merged_into_what_is_entered_or_set_aside(cast, read):
    first, second, third = all_of(read, cast.bea)[:3]
    checking.enter(by=cast.bea, letter=read, chosen=chosen([first]), now=LATER)
    with pytest.raises(checking.CannotDo, match="in the register already"):
        checking.merge(by=cast.bea, proposal=second, expected_version=1, now=LATER)
    checking.set_aside(by=cast.bea, proposal=second, expected_version=1, now=LATER)
    with pytest.raises(checking.CannotDo, match="bring it back first"):
        checking.merge(by=cast.bea, proposal=third, expected_version=1, now=LATER)


def test_two_people_cannot_overwrite_each_other(cast, read):
    one = all_of(read, cast.bea)[4]
    change(cast.bea, one, title="Hers")
    second = {"by": cast.bea, "proposal": one, "expected_version": 1, "now": LATER}
    for attempt in (
        lambda: change(cast.bea, one, version=1, title="His"),
        lambda: checking.merge(**second),
        lambda: checking.split(**second, at=1),
        lambda: checking.move(**second, up=True),
        lambda: checking.set_aside(**second),
    ):
        with pytest.raises(Conflict):
            attempt()
    assert ProposedFinding.objects.get(pk=one.pk).title == "Hers"


def test_what_was_entered_changes_no_more(cast, read):
    one = all_of(read, cast.bea)[0]
    checking.enter(by=cast.bea, letter=read, chosen=chosen([one]), now=LATER)
    second = {"by": cast.bea, "proposal": one, "expected_version": 2, "now": LATER}
    for attempt in (
        lambda: change(cast.bea, one, version=2, title="Other"),
        lambda: checking.merge(**second),
        lambda: checking.split(**second, at=1),
        lambda: checking.move(**second, up=False),
        lambda: checking.set_aside(**second),
        lambda: checking.bring_back(**second),
    ):
        with pytest.raises(checking.EnteredAlready):
            attempt()


@pytest.mark.parametrize("who", ["hana", "sian", "esther", "quin", "rita", "ada", "otto", "nobody"])
def test_only_those_who_keep_the_inspection_see_and_check_what_was_read(cast, read, who):
    person, one = cast.people[who], all_of(read, cast.bea)[1]
    assert not queries.proposals_of(read, for_person=person).exists()
    second = {"by": person, "proposal": one, "expected_version": 1, "now": LATER}
    for attempt in (
        lambda: checking.enter(by=person, letter=read, chosen=chosen([one]), now=LATER),
        lambda: change(person, one, title="Theirs"),
        lambda: checking.merge(**second),
        lambda: checking.split(**second, at=1),
        lambda: checking.move(**second, up=True),
        lambda: checking.set_aside(**second),
        lambda: checking.bring_back(**second),
        lambda: proposing.propose(by=person, letter=read, findings=[], now=LATER),
    ):
        with pytest.raises(AccessDenied):
            attempt()


# -- the page --------------------------------------------------------------------------------------------------------


def press(client, by, this: ProposedFinding, do: str, **changes):
    fields = {"proposal": str(this.pk), "version": str(this.version), "do": do, **changes}
    return client.post(CHECK, form_of(by, **fields))


def test_a_page_shows_what_was_read_on_it_beside_its_picture_and_its_text(cast, browser, read):
    page = browser(cast.bea).get(f"{CHECK}?page=1")
    said, body = words_of(page), page.content.decode()
    assert "0 of 9 entered." in said
    assert 'alt="Page 1 of the letter; its text follows"' in body
    assert "STR-1" in said
    assert LETTER_2018.title.split()[0] in said
    assert f'href="{CHECK}?page=2"' in body
    assert browser(cast.bea).get(CHECK).context["page"] == all_of(read, cast.bea)[0].page
    for nowhere in ("0", "99", "x", "-1"):
        assert browser(cast.bea).get(f"{CHECK}?page={nowhere}").status_code == 404


def test_one_button_enters_one_finding_and_the_progress_says_so(cast, browser, read):
    bea, rows = browser(cast.bea), all_of(read, cast.bea)
    answer = press(bea, cast.bea, rows[0], "enter")
    assert answer.url == f"{CHECK}?page={rows[0].page}#card-{rows[0].pk}"
    page = bea.get(answer.url)
    assert "STR-1 is in the register." in words_of(page)
    assert f'href="{P}jtai-2018/findings/STR-1/"' in page.content.decode()
    press(bea, cast.bea, rows[1], "aside")
    assert "1 of 9 entered, 1 set aside." in words_of(bea.get(CHECK))
    assert "Late" not in words_of(browser(cast.hana).get(f"{P}jtai-2018/"))


def test_whoever_comes_second_is_told_and_nothing_is_done_twice(cast, browser, read):
    bea, one = browser(cast.bea), all_of(read, cast.bea)[0]
    press(bea, cast.bea, one, "enter")
    answer = press(bea, cast.bea, one, "enter")
    assert "It was entered already, as STR-1" in words_of(bea.get(answer.url))
    assert Finding.objects.count() == 1
    two = all_of(read, cast.bea)[1]
    change(cast.bea, two, title="Changed meanwhile")
    answer = press(bea, cast.bea, two, "aside")
    assert "Somebody changed it first" in words_of(bea.get(answer.url))


def test_a_button_pressed_twice_does_its_work_once(cast, browser, read):
    bea, rows = browser(cast.bea), all_of(read, cast.bea)
    for do, this in (("merge", rows[1]), ("aside", rows[3]), ("enter", rows[4])):
        fields = form_of(cast.bea, proposal=str(this.pk), version="1", do=do)
        assert bea.post(CHECK, fields).url == bea.post(CHECK, fields).url
        assert "problem" not in words_of(bea.get(CHECK))
    assert len(all_of(read, cast.bea)) == 8
    assert Finding.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [{"do": "burn"}, {"version": "x"}, {"version": "9" * 30}, {"proposal": "x"},
     {"proposal": "00000000-0000-4000-8000-000000000000"}],
)  # fmt: skip
def test_what_no_button_sends_is_nowhere(cast, browser, read, fields):
    assert press(browser(cast.bea), cast.bea, all_of(read, cast.bea)[0], **{"do": "enter", **fields}).status_code == 404


def test_entering_all_asks_first_and_says_how_many_of_what(cast, browser, read):
    bea = browser(cast.bea)
    ask = bea.get(f"{CHECK}enter/")
    said = words_of(ask)
    assert "Enter 9 findings in the register?" in said
    assert "3 areas for improvement" in said
    seen = re.search(r'name="seen" value="(\w+)"', ask.content.decode())[1]
    fields = form_of(cast.bea, seen=seen)
    done = bea.post(f"{CHECK}enter/", fields)
    assert done.url == f"{P}jtai-2018/findings/"
    assert bea.post(f"{CHECK}enter/", fields).url == done.url
    assert Finding.objects.count() == 9
    assert bea.get(f"{CHECK}enter/").status_code == 302


def test_entering_a_page_leaves_the_other_pages_open(cast, browser, read):
    bea, rows = browser(cast.bea), all_of(read, cast.bea)
    page = rows[0].page
    here = [each for each in rows if each.page == page]
    seen = re.search(r'name="seen" value="(\w+)"', bea.get(f"{CHECK}enter/?page={page}").content.decode())[1]
    bea.post(f"{CHECK}enter/?page={page}", form_of(cast.bea, seen=seen))
    assert Finding.objects.count() == len(here) < len(rows)


def test_what_somebody_changed_since_the_question_is_not_entered_unseen(cast, browser, read):
    bea = browser(cast.bea)
    seen = re.search(r'name="seen" value="(\w+)"', bea.get(f"{CHECK}enter/").content.decode())[1]
    change(cast.bea, all_of(read, cast.bea)[2], title="Changed meanwhile")
    answer = bea.post(f"{CHECK}enter/", form_of(cast.bea, seen=seen))
    assert "Look again before you enter it" in words_of(bea.get(answer.url))
    assert not Finding.objects.exists()


def test_a_proposal_is_put_right_with_its_parts_agencies_and_themes(cast, browser, read):
    bea, one = browser(cast.bea), all_of(read, cast.bea)[4]
    where = f"{CHECK}{one.pk}/change/"
    page = bea.get(where)
    neglect = themes.themes_of(cast.ashvale, for_person=cast.bea).get(name="Neglect")
    fields = {
        **begun(page), "kind": "improvement", "part_1": "for the police", "agency_1": str(cast.police.pk),
        "part_2": "for all", "agencies": [str(cast.council.pk)], "themes": [str(neglect.pk)],
    }  # fmt: skip
    saved = bea.post(where, form_of(cast.bea, **fields))
    assert saved.url == f"{CHECK}?page={one.page}#card-{one.pk}"
    changed = ProposedFinding.objects.get(pk=one.pk)
    assert changed.parts == ["for the police", "for all"]
    assert changed.part_agencies == [str(cast.police.pk), ""]
    assert (changed.kind, changed.themes) == ("improvement", [str(neglect.pk)])
    shown = words_of(bea.get(saved.url))
    assert "For Police" in shown
    assert "These words are not on page" in shown
    again = bea.post(where, form_of(cast.bea, **{**fields, "title": "Late"}))
    assert again.status_code == 409
    assert "Two people changed what was read" in words_of(again)


def test_a_page_that_the_letter_has_not_is_said_beside_its_field(cast, browser, read):
    bea, one = browser(cast.bea), all_of(read, cast.bea)[0]
    fields = {**begun(bea.get(f"{CHECK}{one.pk}/change/")), "page": "99"}
    answer = bea.post(f"{CHECK}{one.pk}/change/", form_of(cast.bea, **fields))
    assert answer.status_code == 400
    assert f"The letter has {read.pages} pages" in words_of(answer)


def test_a_finding_is_split_at_a_sentence_once(cast, browser, read):
    bea = browser(cast.bea)
    one = next(each for each in all_of(read, cast.bea) if each.text.startswith("Partners meet"))
    where = f"{CHECK}{one.pk}/split/"
    page = words_of(bea.get(where))
    assert "Schools hear within a day" in page
    assert bea.post(where, form_of(cast.bea, version="1")).status_code == 400
    fields = form_of(cast.bea, at="1", version="1")
    assert bea.post(where, fields).url == bea.post(where, fields).url
    rows = all_of(read, cast.bea)
    assert len(rows) == 10
    assert rows[0].text == "Partners meet every morning and agree who will see each child."
    assert rows[1].title.startswith("Schools hear within a day")
    single = next(each for each in rows if each.text.startswith("Minutes of meetings"))
    assert bea.get(f"{CHECK}{single.pk}/split/").status_code == 302


def test_a_passage_or_a_piece_of_it_becomes_a_finding_also_one_of_the_partnerships_own(cast, browser):
    read_letter(cast.bea, cast.ashvale, pdf(LETTER_2023))
    bea, check = browser(cast.bea), f"{P}jtai-2023/letters/1/check/"
    pages = [bea.get(f"{check}?page={number}") for number in range(1, Letter.objects.get().pages + 1)]
    passages = [each for page in pages for each in page.context["passages"]]
    this = next(each for each in passages if each.text.startswith("Referrals are read"))
    where = f"{check}passages/{this.number}/"
    page = bea.get(where)
    assert page.context["form"].initial["text"] == this.text
    made = bea.post(where, form_of(cast.bea, **{**begun(page), "kind": "partnership", "text": "Referrals are read"}))
    assert made.url == f"{check}?page={this.page}"
    finding = Finding.objects.get()
    assert (finding.reference, finding.text, finding.page) == ("PF-1", "Referrals are read", this.page)
    assert FindingTheme.objects.filter(finding=finding, theme__name="Referrals and feedback to referrers").exists()
    assert bea.post(where, form_of(cast.bea, **begun(page))).status_code == 400  # no kind was chosen
    assert bea.get(f"{check}passages/999/").status_code == 404


def test_a_letter_whose_bytes_are_gone_can_still_be_checked(cast, browser, read, settings, tmp_path):
    settings.VAR, settings.FILES_ROOT = tmp_path, tmp_path / "files"
    page = browser(cast.bea).get(f"{CHECK}?page=1")
    assert page.status_code == 200
    assert "Restore it from the newest backup" in words_of(page)


def test_the_page_asks_no_more_of_the_database_for_more_proposals(cast, browser, django_assert_max_num_queries):
    def asked(number: int) -> int:
        client = browser(cast.bea)
        where = f"{P}jtai-2025/letters/{number}/check/?page=1"
        client.get(where)
        with django_assert_max_num_queries(20) as counted:
            client.get(where)
        return len(counted)

    many(cast, 3)
    few = asked(1)
    _another(cast, 75)
    assert asked(2) == few


@pytest.mark.parametrize("who", ["hana", "sian", "rita", "otto", "nobody"])
def test_the_check_is_not_there_for_those_who_may_not_confirm(cast, browser, read, who):
    one = all_of(read, cast.bea)[0]
    client = browser(cast.people[who])
    for name, more in (("check", []), ("enter-all", []), ("passage", [1]), ("change-proposal", [one.pk]),
                       ("split-proposal", [one.pk])):  # fmt: skip
        where = reverse(f"inspections:{name}", args=["ashvale", "jtai-2018", 1, *more])
        assert browser(cast.bea).get(where).status_code == 200
        assert client.get(where).status_code == 404
        assert client.post(where, form_of(cast.people[who])).status_code == 404
    assert "Check what was read" not in words_of(client.get(f"{P}jtai-2018/"))


def test_the_inspection_and_an_empty_overview_lead_to_what_is_to_be_checked(cast, browser, read):
    bea = browser(cast.bea)
    assert "9 findings of 9 not yet in the register" in words_of(bea.get(f"{P}jtai-2018/"))
    assert f'href="{CHECK}"' in bea.get("/p/ashvale/").content.decode()
    checking.enter(by=cast.bea, letter=read, chosen=chosen(all_of(read, cast.bea)), now=LATER)
    assert "What was read in it is checked" in words_of(bea.get(f"{P}jtai-2018/"))


# -- findings in the register ----------------------------------------------------------------------------------------


def test_a_findings_page_says_whom_it_names_and_leads_to_others_like_it(cast, browser):
    letter = many(cast, 2)
    checking.enter(by=cast.bea, letter=letter, chosen=chosen(all_of(letter, cast.bea)), now=LATER)
    page = browser(cast.hana).get(f"{P}jtai-2025/findings/STR-1/")
    said = words_of(page)
    assert "the police, of history For Vale Police" in said
    assert f'href="{P}jtai-2025/findings/?names={cast.police.pk}"' in page.content.decode()
    assert "Neglect" in said
    assert "•" not in said.partition("the police, of history")[0].rpartition("number 1.")[2]


def test_the_list_is_filtered_by_agency_and_theme_and_by_having_none(cast, browser):
    letter = many(cast, 2)
    checking.enter(by=cast.bea, letter=letter, chosen=chosen(all_of(letter, cast.bea)), now=LATER)
    actions.mark_finding(
        by=cast.bea, inspection=letter.inspection, kind="headline", text="Nothing", title="Nobody", now=LATER
    )
    client, where = browser(cast.hana), f"{P}jtai-2025/findings/"
    page = client.get(where)
    names = next(each for each in page.context["list"].filters if each.name == "names")
    assert [(each.label, each.count) for each in names.choices] == [
        ("Ashvale Hospitals NHS Trust", 2), ("Vale Police", 2), ("Without an agency", 1),
    ]  # fmt: skip
    neglect = themes.themes_of(cast.ashvale, for_person=cast.bea).get(name="Neglect")

    def shown(query: str) -> list[str]:
        return re.findall(r">([A-Z]+-\d+)<", client.get(f"{where}?{query}").content.decode())

    assert shown(f"theme={neglect.pk}") == ["STR-1"]
    assert shown(f"names={cast.police.pk}") == ["AFI-1", "STR-1"]
    assert shown("names=none") == shown("theme=none") == ["HEA-1"]
    assert shown(f"names={cast.council.pk}") == shown("theme=nonsense") == []
    file = b"".join(client.get(f"{where}?theme={neglect.pk}&export=csv").streaming_content).decode("utf-8-sig")
    assert "Hospitals, Police" in file
    assert "Neglect" in file


def test_what_a_finding_names_is_put_right_and_its_parts_with_it(cast, browser):
    letter = many(cast, 2)
    checking.enter(by=cast.bea, letter=letter, chosen=chosen(all_of(letter, cast.bea)), now=LATER)
    finding = Finding.objects.get(reference="STR-1")
    bea, where = browser(cast.bea), f"{P}jtai-2025/findings/STR-1/change/"
    page = bea.get(where)
    fields = begun(page)
    assert fields["part_2"] == "schools, of neglect"
    assert fields["text"].endswith("number 1.")
    fields |= {"part_2": "", "agency_1": str(cast.hospital.pk), "agencies": [str(cast.council.pk)], "themes": []}
    assert bea.post(where, form_of(cast.bea, **fields)).status_code == 302
    finding.refresh_from_db()
    assert finding.text.endswith("number 1.\n• the police, of history")
    standing = queries.finding_of(letter.inspection, "STR-1", for_person=cast.bea)
    assert [(each.text, each.agency) for each in standing.standing_parts] == [("the police, of history", cast.hospital)]
    assert [each.agency for each in standing.names] == [cast.council]
    assert standing.about == []
    assert links.words_of(standing, standing.standing_parts).text.endswith("number 1.")
    assert verify.verify() == []


def test_a_finding_of_more_parts_than_a_form_offers_keeps_them_all(cast, browser):
    letter = stored_letter(cast.bea, cast.ashvale)
    parts = tuple(f"part {number}" for number in range(1, 46))
    mark(cast.bea, letter.inspection, letter=letter, page=2, words=Words("They do not:", parts, ("",) * 45))
    bea, where = browser(cast.bea), f"{P}jtai-2025/findings/AFI-1/change/"
    fields = {**begun(bea.get(where)), "title": "Another title"}
    assert bea.post(where, form_of(cast.bea, **fields)).status_code == 302
    standing = queries.finding_of(letter.inspection, "AFI-1", for_person=cast.bea)
    assert (standing.title, len(standing.standing_parts)) == ("Another title", 45)


def test_a_number_of_parts_that_no_form_has_is_not_read():
    sent = ["part_7", "part_41", "part_" + "9" * 5_000, "part_x"]
    assert parts_wanted(Words("Lead", ("one",), ("",)), sent) == 7
    assert parts_wanted(Words("Lead"), ["part_" + "9" * 5_000]) == 2


def test_what_the_reader_asks_to_check_is_shown_until_it_is_checked(cast, browser):
    letter = read_letter(cast.bea, cast.ashvale, pdf(LETTER_2018), notes=("Page 2 has a table.",))
    bea, asks, note = browser(cast.bea), "What the reader asks you to check", "Page 2 has a table."
    for where in (CHECK, f"{P}jtai-2018/"):
        said = words_of(bea.get(where))
        assert asks in said
        assert note in said
    checking.enter(by=cast.bea, letter=letter, chosen=chosen(all_of(letter, cast.bea)), now=LATER)
    assert note not in words_of(bea.get(f"{P}jtai-2018/"))


def test_a_finding_without_parts_has_all_its_words_as_its_lead(cast, letter):
    made = actions.mark_finding(
        by=cast.bea, inspection=letter.inspection, kind="improvement", text="One\n• two", title="T", now=NOW
    )
    assert links.words_of(made, []) == Words("One\n• two")


def test_an_agency_that_has_left_is_still_known_in_an_old_letter(cast):
    system = partners.system_person()
    for seat in partners.Membership.objects.filter(agency=cast.hospital):
        partners.end_role(by=system, membership=seat, expected_version=1, ends=NOW.date(), now=NOW)
    taking_part = partners.Participation.objects.get(agency=cast.hospital)
    partners.leave(by=cast.bea, participation=taking_part, expected_version=1, ends=NOW.date(), now=NOW)
    letter = many(cast, 1)
    assert str(cast.hospital.pk) in all_of(letter, cast.bea)[0].agencies
