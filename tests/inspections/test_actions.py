"""What is done to inspections and findings, and by whom it is not done."""

import io
from datetime import date, timedelta

import pytest

from tests.cast import NOW
from tests.inspections.conftest import letter_bytes, mark, read_letter
from tests.methods.letters_of_our_own import LETTER_2018, pdf
from throughline.access import AccessDenied
from throughline.files.store import put
from throughline.files.verdict import Kind, Verdict
from throughline.history.door import Conflict
from throughline.history.models import Event
from throughline.inspections import actions, due, queries
from throughline.inspections.models import Finding, Inspection, Letter
from throughline.plans import actions as plans

LATER = NOW + timedelta(hours=1)


def read(content: bytes, pages: int = 3) -> actions.ReadLetter:
    return actions.ReadLetter(put(io.BytesIO(content)), Verdict(Kind.PDF), "letter.pdf", pages)


def begin(cast, by=None, **changes):
    given = {
        "partnership": cast.ashvale, "about": actions.About("A joint inspection", "jtai"),
        "letter": read(letter_bytes()), "dates": actions.LetterDates(date(2026, 1, 5)), "now": NOW, **changes,
    }  # fmt: skip
    return actions.begin_inspection(by=by or cast.bea, **given)


def test_an_inspection_its_letter_and_its_file_are_made_together_or_not_at_all(cast, monkeypatch):
    letter = begin(cast)
    assert (letter.inspection.reference, letter.number, letter.pages) == ("jtai-2026", 1, 3)

    def broken(**_):
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(actions, "add_letter", broken)
    with pytest.raises(RuntimeError):
        begin(cast, letter=read(letter_bytes("Another letter")))
    assert Inspection.objects.count() == Letter.objects.count() == 1


def test_the_same_letter_is_not_taken_in_twice_but_another_partnership_may_have_it(cast):
    content = read(letter_bytes())
    first = begin(cast, letter=content)
    with pytest.raises(actions.SameLetter) as caught:
        begin(cast, letter=content)
    assert caught.value.letter == first
    assert begin(cast, by=cast.otto, partnership=cast.brackley, letter=content).partnership == cast.brackley


@pytest.mark.parametrize("who", ["hana", "sian", "esther", "rita", "ada", "otto", "nobody"])
def test_only_those_who_keep_the_inspection_add_to_it(cast, letter, who):
    person = cast.people[who]
    with pytest.raises(AccessDenied):
        begin(cast, by=person, letter=read(letter_bytes("Another letter")))
    with pytest.raises(AccessDenied):
        mark(person, letter.inspection)
    finding = mark(cast.bea, letter.inspection)
    with pytest.raises(AccessDenied):
        actions.withdraw_finding(by=person, finding=finding, expected_version=1, reason="Mistake", now=LATER)
    assert Finding.objects.get().withdrawn_at is None


def test_a_reference_is_never_used_again(cast, letter):
    first = mark(cast.bea, letter.inspection, letter=letter, page=2)
    assert first.reference == "AFI-1"
    actions.withdraw_finding(by=cast.bea, finding=first, expected_version=1, reason="Marked twice", now=LATER)
    assert mark(cast.bea, letter.inspection, letter=letter, page=2).reference == "AFI-2"
    assert mark(cast.bea, letter.inspection, kind="priority_action", letter=letter, page=2).reference == "APA-1"


def test_the_page_of_a_finding_is_one_of_the_letters(cast, letter):
    with pytest.raises(actions.CannotDo, match="3 pages"):
        mark(cast.bea, letter.inspection, letter=letter, page=4)


def test_a_finding_that_an_action_answers_is_not_withdrawn_until_it_is_taken_off(cast, letter):
    finding = mark(cast.bea, letter.inspection)
    plan = plans.create_plan(by=cast.bea, partnership=cast.ashvale, reference="plan", title="Plan", now=NOW)
    act = plans.add_action(
        by=cast.bea, plan=plan, area="Strategy meetings", title="Hold them", due=date(2026, 3, 31),
        lead_agency=cast.police, findings=[finding], now=NOW,
    )  # fmt: skip
    with pytest.raises(actions.CannotDo, match="answered by ACT-001"):
        actions.withdraw_finding(by=cast.bea, finding=finding, expected_version=1, reason="Mistake", now=LATER)
    plans.set_links(by=cast.bea, act=act, findings=[], impacts=[], now=LATER)
    gone = actions.withdraw_finding(by=cast.bea, finding=finding, expected_version=1, reason="Mistake", now=LATER)
    assert gone.withdrawn_at is not None
    assert not queries.findings_of(cast.ashvale, for_person=cast.bea).exists()


def test_a_withdrawn_finding_stays_as_it_was(cast, letter):
    finding = mark(cast.bea, letter.inspection)
    gone = actions.withdraw_finding(by=cast.bea, finding=finding, expected_version=1, reason="Mistake", now=LATER)
    with pytest.raises(actions.CannotDo):
        actions.change_finding(
            by=cast.bea, finding=gone, expected_version=gone.version, text="Other", title="Other", page=None, now=LATER
        )


def test_two_people_cannot_overwrite_each_others_words(cast, letter):
    finding = mark(cast.bea, letter.inspection)
    words = {"by": cast.bea, "finding": finding, "expected_version": 1, "title": "Mine", "page": None, "now": LATER}
    actions.change_finding(**words, text="First")
    with pytest.raises(Conflict) as caught:
        actions.change_finding(**words, text="Second")
    assert (caught.value.mine["text"], caught.value.theirs.text) == ("Second", "First")


def test_each_change_is_in_the_record_with_its_reason(cast, letter):
    finding = mark(cast.bea, letter.inspection)
    actions.change_finding(
        by=cast.bea, finding=finding, expected_version=1, text="As printed", title="T", page=None, reason="A slip",
        now=LATER,
    )  # fmt: skip
    verbs = list(Event.objects.filter(thing_id=finding.pk).order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["marked", "changed"]


def test_a_due_day_put_right_later_is_no_longer_said_to_be_as_printed(cast):
    letter = read_letter(cast.bea, cast.ashvale, pdf(LETTER_2018))
    assert letter.statement_due_printed == "14 August 2018"
    same = actions.LetterDates(date(2018, 6, 6), letter.published, letter.statement_due)
    letter = actions.change_dates(by=cast.bea, letter=letter, expected_version=1, now=LATER, dates=same)
    assert letter.statement_due_printed == "14 August 2018"
    other = actions.LetterDates(date(2018, 6, 6), letter.published, date(2018, 8, 15))
    letter = actions.change_dates(by=cast.bea, letter=letter, expected_version=2, now=LATER, dates=other)
    assert letter.statement_due_printed == ""


def test_who_answers_a_letter_stays_unless_it_is_put_right(cast):
    letter = read_letter(cast.bea, cast.ashvale, pdf(LETTER_2018))
    before = letter.principal_authority
    assert before
    given = {"by": cast.bea, "letter": letter, "dates": actions.LetterDates(date(2018, 6, 6)), "now": LATER}
    letter = actions.change_dates(**given, expected_version=1)
    assert letter.principal_authority == before
    letter = actions.change_dates(**given, expected_version=2, principal_authority="Vale Police")
    assert letter.principal_authority == "Vale Police"


def test_a_statements_printed_day_is_told_to_those_who_keep_the_inspection(cast, letter):
    actions.change_dates(
        by=cast.bea, letter=letter, expected_version=1, now=LATER,
        dates=actions.LetterDates(date(2026, 1, 5), statement_due=date(2026, 4, 16)),
    )  # fmt: skip
    (item,) = due.statements_due(date(2026, 4, 16))
    assert (item.recipients, item.due) == ((cast.bea.pk,), date(2026, 4, 16))
    assert due.statements_due(date(2026, 4, 17)) == []
