"""Letters are brought to the library: each is judged, read and kept by itself."""

from datetime import date, timedelta

import pytest
import time_machine

from tests.cast import NOW
from tests.hostile import builders
from tests.inspections.test_pages import words_of
from tests.library.conftest import form_of, sent, upload
from throughline.access import AccessDenied
from throughline.files.models import StoredFile
from throughline.files.store import Blob, open_blob
from throughline.inspections import actions as inspections_actions
from throughline.inspections import queries as inspections
from throughline.inspections import recording
from throughline.inspections.models import Finding
from throughline.jobs import queue
from throughline.jobs.models import Job
from throughline.library import actions, taking_in
from throughline.library.models import LibraryFinding, LibraryLetter, LibraryUpload
from throughline.methods.mentions import searchable
from throughline.partners import actions as partners
from throughline.partners.models import Membership
from throughline.plans import queries as plans

P = "/p/ashvale/library/"


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def read(cast, *contents: bytes, names=(), by=None) -> LibraryUpload:
    """Bring files and have them read; what was written down of them."""
    brought = upload(by or cast.bea, cast.ashvale, *contents, names=names)
    assert queue.run_due("w", NOW + timedelta(days=1)) >= 1
    return LibraryUpload.objects.get(pk=brought.pk)


def test_letters_of_both_structures_are_read_with_their_facts_and_findings(cast, aldermere, thornmoor):
    outcomes = read(cast, aldermere, thornmoor).outcomes
    assert [each["kind"] for each in outcomes] == ["added", "added"]
    assert (
        "Aldermere, 5 June 2018: 1 area for priority action, 3 areas for improvement, 3 strengths"
        in outcomes[0]["sentence"]
    )
    first, second = LibraryLetter.objects.order_by("number")
    assert (first.area, first.published) == ("Aldermere", date(2018, 6, 5))
    assert second.published == date(2023, 3, 16)
    assert "Ofsted" in second.inspectorates
    references = list(first.findings.values_list("reference", flat=True))
    assert {"STR-1", "STR-3", "APA-1", "AFI-3", "CAS-2"} <= set(references)
    for each in LibraryFinding.objects.all():
        assert each.searched == searchable(each.text)
    urgent = second.findings.get(kind="priority_action")
    assert "checking whether a child is known" in urgent.text


def test_a_bad_file_among_good_ones_is_named_and_loses_none_of_them(cast, aldermere, thornmoor):
    outcomes = read(
        cast, b"MZ\x90 no letter", aldermere, b"", builders.pdf("Locked", password="secret"), builders.excel(),
        builders.pdf("A circular about car parks"), thornmoor, aldermere,
        names=["virus.pdf", "one.pdf", "empty.pdf", "locked.pdf", "plan.xlsx", "circular.pdf", "two.pdf", "copy.pdf"],
    ).outcomes  # fmt: skip
    assert [each["kind"] for each in outcomes] == [
        "refused", "added", "refused", "refused", "refused", "refused", "added", "known",
    ]  # fmt: skip
    for each in outcomes:
        assert each["sentence"].rstrip().endswith(".")
        if each["kind"] == "refused":
            assert each["name"] in each["sentence"]
    assert "copy.pdf is the same as one.pdf" in outcomes[-1]["sentence"]
    assert LibraryLetter.objects.count() == StoredFile.objects.count() == 2


def test_reading_again_keeps_everything_once(cast, aldermere):
    done = read(cast, aldermere)
    job = Job.objects.get(key=f"library {done.pk}")
    Job.objects.filter(pk=job.pk).update(state="queued", run_after=NOW)
    queue.run_due("w", NOW + timedelta(days=1))
    again = LibraryUpload.objects.get(pk=done.pk)
    assert again.outcomes == done.outcomes
    assert LibraryLetter.objects.count() == 1


def test_an_attempt_that_was_broken_off_is_finished_by_the_next(cast, aldermere, thornmoor):
    brought = upload(cast.bea, cast.ashvale, aldermere, thornmoor)
    taking_in.take_in(brought, brought.files[0]["sha256"], brought.files[0]["name"], by=cast.bea, now=NOW)
    queue.run_due("w", NOW + timedelta(days=1))
    outcomes = LibraryUpload.objects.get(pk=brought.pk).outcomes
    assert [each["kind"] for each in outcomes] == ["added", "added"]
    assert LibraryLetter.objects.count() == 2


def test_the_same_letter_is_noticed_by_its_bytes_and_by_its_area_and_day(cast, aldermere):
    read(cast, aldermere)
    by_bytes = read(cast, aldermere, names=["again.pdf"]).outcomes[0]
    assert by_bytes["kind"] == "known"
    assert "again.pdf is in the library already, as letter 1 (Aldermere)" in by_bytes["sentence"]
    by_day = read(cast, aldermere + b"\n%", names=["other.pdf"]).outcomes[0]
    assert by_day["kind"] == "known"
    assert "published on 5 June 2018" in by_day["sentence"]
    first = LibraryLetter.objects.get()
    actions.withdraw_letter(by=cast.bea, letter=first, expected_version=1, reason="A better copy", now=NOW)
    assert read(cast, aldermere + b"\n%").outcomes[0]["kind"] == "added"


def test_the_letter_of_an_inspection_of_ones_own_stays_out(cast, letter):
    with open_blob(letter.file.sha256) as file:
        own = file.read()
    brought = upload(cast.bea, cast.ashvale, own, names=["own.pdf"])
    with pytest.raises(actions.CannotDo, match="your own inspection"):
        actions.add_letter(
            by=cast.bea, upload=brought, blob=Blob(letter.file.sha256, letter.file.size), verdict=None,
            name="own.pdf", pages=3, facts=actions.LetterFacts(), findings=[], now=NOW,
        )  # fmt: skip


def test_a_saving_of_ones_own_letter_anew_is_known_by_its_area_and_day(cast, letter, aldermere):
    inspections_actions.change_dates(
        by=cast.bea, letter=letter, expected_version=1, now=NOW,
        dates=inspections_actions.LetterDates(date(2018, 6, 4), date(2018, 6, 5)),
    )  # fmt: skip
    recording.change_record(
        by=cast.bea, inspection=letter.inspection, expected_version=1, now=NOW,
        facts=recording.InspectionFacts(title="Ours", area="aldermere"),
    )  # fmt: skip
    outcome = read(cast, aldermere, names=["ours.pdf"]).outcomes[0]
    assert outcome["kind"] == "refused"
    assert "ours.pdf is the letter of your own inspection ‘Ours’" in outcome["sentence"]
    assert not LibraryLetter.objects.exists()


def test_no_part_of_the_library_counts_as_a_finding_of_ones_own(cast, browser, letter, aldermere):
    before = [each.marked for each in inspections.counts_of(letter.inspection, for_person=cast.bea)]
    read(cast, aldermere)
    assert LibraryFinding.objects.count() > 5
    assert not Finding.objects.exists()
    assert not inspections.findings_of(cast.ashvale, for_person=cast.bea).exists()
    assert [each.marked for each in inspections.counts_of(letter.inspection, for_person=cast.bea)] == before
    assert not inspections.marked_on(letter, for_person=cast.bea).exists()
    assert inspections.inspections_of(cast.ashvale, for_person=cast.bea).get().findings_marked == 0
    assert not plans.plans_of(cast.ashvale, for_person=cast.bea).exists()
    bea = browser(cast.bea)
    for page in ("/p/ashvale/", "/p/ashvale/inspections/jtai-2025/", "/p/ashvale/inspections/jtai-2025/findings/"):
        assert "Partners meet every morning" not in words_of(bea.get(page))


def test_files_are_sent_by_a_form_and_read_by_a_job(cast, browser, aldermere):
    bea = browser(cast.bea)
    assert "The library is empty" in words_of(bea.get(P))
    fields = form_of(cast.bea)
    files = [sent(aldermere, "one.pdf"), sent(b"MZ", "two.pdf")]
    answer = bea.post(f"{P}add/", {**fields, "letters": files})
    assert answer.url.startswith("/jobs/")
    assert "still to be read" in words_of(bea.get(f"{P}brought/1/"))
    for each in files:
        each.seek(0)
    assert bea.post(f"{P}add/", {**fields, "letters": files}).url == answer.url
    assert LibraryUpload.objects.count() == 1
    queue.run_due("w", NOW + timedelta(days=1))
    assert f'href="{P}brought/1/"' in bea.get(answer.url).content.decode()
    said = words_of(bea.get(f"{P}brought/1/"))
    assert "1 letter of 2 files added." in said
    assert "two.pdf" in said
    shown = words_of(bea.get(P))
    assert "Aldermere" in shown
    assert "5 Jun 2018" in shown


def test_a_form_without_files_says_so(cast, browser):
    answer = browser(cast.bea).post(f"{P}add/", form_of(cast.bea))
    assert answer.status_code == 400
    assert "Choose at least one letter" in words_of(answer)


@pytest.mark.parametrize("who", ["hana", "sian", "quin", "esther", "rita", "ada", "otto", "nobody"])
def test_only_those_who_keep_the_library_bring_letters(cast, browser, aldermere, who):
    person = cast.people[who]
    with pytest.raises(AccessDenied):
        upload(person, cast.ashvale, aldermere)
    assert browser(person).get(f"{P}add/").status_code == 404
    brought = upload(cast.bea, cast.ashvale, aldermere)
    assert not taking_in.may_read(person, {"upload": str(brought.pk)})
    assert browser(person).get(f"{P}brought/1/").status_code == 404


def test_a_keeper_whose_role_ended_brings_nothing_in(cast, aldermere):
    brought = upload(cast.bea, cast.ashvale, aldermere)
    held = Membership.objects.get(person=cast.bea, partnership=cast.ashvale)
    partners.end_role(
        by=partners.system_person(), membership=held, expected_version=1, ends=NOW.date(), now=NOW
    )  # fmt: skip
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        queue.run_due("w", NOW + timedelta(days=3))
    assert not LibraryLetter.objects.exists()
    assert LibraryUpload.objects.get(pk=brought.pk).outcomes == []
