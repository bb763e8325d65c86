"""The Health and Wellbeing Board's report yields every fact of the one that Durham's had on 30 January 2019."""

import io
import re
from datetime import date

import docx
import pypdfium2
import pytest

from throughline.documents import kept
from throughline.documents.model import Heading, Paragraph
from throughline.documents.strings import strings_of
from throughline.example import durham, durham_board
from throughline.partners.models import Partnership, Person
from throughline.reports import building
from throughline.reports.board_form import IMPLICATIONS
from throughline.reports.models import Report, ReportSection
from throughline.returns.models import ReportingPeriod

# Every fact of that report but people's names and numbers, and the words by which ours says it, in any order. Several
# words of a fact must stand in one string of the paper.
FACTS = (
    ("the board and the report's purpose", ("bring the Health and Wellbeing Board up to date", "for information")),
    ("whose report it is: a post", ("Report of the Corporate Director of Children",)),
    ("divisions", ("Countywide",)),
    ("9 to 13 July 2018", ("Between 9 and 13 July 2018", "four inspectorates")),
    ("the team of 15", ("team was made up of 15 inspectors",)),
    ("Ofsted", ("Ofsted",)),
    ("the Care Quality Commission", ("Care Quality Commission",)),
    ("the constabulary's and fire services' inspectorate", ("Constabulary and Fire & Rescue Services (HMICFRS)",)),
    ("probation's inspectorate", ("HMI Probation",)),
    ("a deep dive on domestic abuse", ("deep dive was into domestic abuse",)),
    ("children of all ages", ("children of all ages who live with domestic abuse", "all agencies")),
    ("a letter to all key partners", ("sent to all", "key partners", "Appendix 2")),
    ("strengths", ("strengths",)),
    ("one area for priority action", ("one area for priority action",)),
    ("areas for improvement", ("areas for improvement",)),
    ("the lead officer, with chief officers", ("lead officer", "was required")),
    ("of the board", ("to work with the chief officers of the Local Safeguarding Children Board (LSCB)",)),
    ("a written statement of proposed actions", ("written statement of proposed action",)),
    ("submitted on 3 December 2018", ("submitted on 3 December 2018",)),
    ("the recommendation", ("recommended to:",)),
    ("to note", ("note what this report says", "JTAI Improvement Action Plan")),
    ("time at First Contact and the hub", ("First Contact", "multi-agency safeguarding hub (MASH)")),
    ("whom inspectors met", ("senior and middle managers", "front-line practitioners", "children and families")),
    ("case files, seven in depth", ("a large number of case files", "seven of them in depth")),
    ("complexity acknowledged", ("acknowledged", "complex", "more than one victim", "not always show at once")),
    ("assessing risk and deciding is complex", ("assess the risk and to decide is often complex", "the only risk")),
    ("no overall grade", ("no overall grade", "strong", "improve")),
    ("partners worked together", ("Both during the inspection and straight after it", "LSCB Executive Group")),
    ("consideration, plan finalised and attached", ("considered the outcome with care", "finalised", "attached")),
    ("five areas", ("grouped in five key improvement areas",)),
    ("expected impact with scrutiny and audit", ("which impact on children is expected",)),
    ("the Executive Group monitors and scrutinises", ("LSCB Executive Group is responsible for monitoring",)),
    ("by quarterly reports it holds to account", ("By quarterly reports", "to account", "desired impact on children")),
    ("agencies and groups report quarterly", ("report to it each quarter", "progress", "outcome of their assurance")),
    ("the first in January 2019", ("first of these reports", "January 2019")),
    ("the conclusion", ("sums up what came of the joint targeted area inspection",)),
    ("partners developed the plan together", ("All partners worked closely together during the inspection and after",)),
    ("governance gives assurance", ("scrutiny and challenge", "children and families are better off")),
    ("the background paper", ("Letter of findings", "24 August 2018")),
    ("the other document", ("JTAI Improvement Action Plan",)),
    ("legal", ("section 20 of the Children Act 2004", "must respond to the findings")),
    ("legal: the lead agency", ("the local authority is the lead agency",)),
    ("finance", ("within existing resource wherever possible",)),
    ("equality", ("equality impact screening", "Public Sector Equality Duty")),
    ("crime and disorder", ("riminal justice agencies", "partnership", "domestic abuse on children")),
    ("staffing: too few people in the hub", ("too few people",)),
    ("staffing: for the partnership together", ("staffing implications",)),
    ("risk", ("do not bring the improvement in practice", "outcomes for children and families do not improve")),
    ("risk: remedial action", ("each quarter from every partner", "remedial action is identified and taken")),
    ("procurement", ("procurement process may be required",)),
    ("procurement: for assurance", ("scrutiny and overview of the delivery", "assurance", "impact that is required")),
    ("appendix 2", ("letter of 24 August 2018 is attached",)),
)  # fmt: skip
AREAS = (
    "Priority Action to Improve Strategy Meetings", "Front Door/Multi Agency Safeguarding Arrangements (MASH)",
    "Safeguarding Practice and Workforce Development", "Leadership & Management", "Voice of the Child",
)  # fmt: skip
ORDER = (
    "Electoral division(s) affected", "Purpose of the Report", "Executive Summary", "Recommendation(s)", "Background",
    "The JTAI Improvement Action Plan", "Progress and impact", "Governance & Monitoring", "Conclusion",
    "Background papers", "Other useful documents", "Contact", "Appendix 1: Implications", "Legal Implications",
    "Finance", "Consultation", "Equality and Diversity / Public Sector Equality Duty", "Human Rights",
    "Crime and Disorder", "Staffing", "Accommodation", "Risk", "Procurement", "Appendix 2: The inspectors’ letter",
    "Appendix 3: JTAI Improvement Action Plan",
)  # fmt: skip


def missing(texts: list[str]) -> list[str]:
    """The facts that no string of the paper says."""
    return [fact for fact, words in FACTS if not any(all(each in text for each in words) for text in texts)]


def _report() -> Report:
    durham.build(until=durham.FIRST_REPORT)
    partnership = Partnership.objects.get(slug=durham.SLUG)
    found = Report.objects.filter(kind="health_and_wellbeing_board", as_of=date(2019, 1, 30)).first()
    if found is not None:
        return found
    period = ReportingPeriod.objects.filter(partnership=partnership).order_by("opens").first()
    manager = Person.objects.get(name=durham.MANAGER)
    return durham_board.build(period, by=manager, as_of=date(2019, 1, 30), at=durham.at)


@pytest.mark.django_db
def test_every_fact_of_the_boards_report_of_30_january_2019_is_in_ours(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    report = _report()
    assert report.stage == "frozen"
    document = kept.from_data(report.content)
    texts = list(strings_of(document))
    assert missing(texts) == []
    # A planted fault: a paper that lost one of its strings is found out.
    assert missing([each for each in texts if "team was made up" not in each]) == [
        "9 to 13 July 2018", "the team of 15",
    ]  # fmt: skip

    headings = [each.text for each in document.blocks if isinstance(each, Heading)]
    assert [each for each in headings if each in ORDER] == list(ORDER)
    whole = "\n".join(texts)
    places = [whole.index(area, whole.index("key improvement areas:")) for area in AREAS]
    assert places == sorted(places)
    assert "30 January 2019" in whole or document.as_of == date(2019, 1, 30)

    none = set(ReportSection.objects.filter(report=report, answer="none").values_list("key", "by_name"))
    assert none == {(key, durham.MANAGER) for key in ("consultation", "human_rights", "accommodation")}
    for heading in ("Consultation", "Human Rights", "Accommodation"):
        place = next(n for n, each in enumerate(document.blocks) if isinstance(each, Heading) and each.text == heading)
        assert document.blocks[place + 1] == Paragraph("None.")
    assert len(IMPLICATIONS) == 10

    files = building.files_of(document)
    word = "".join(
        node.text or ""
        for node in docx.Document(io.BytesIO(files["docx"])).element.body.iter()
        if node.tag.endswith("}t")
    )
    pdf = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(files["pdf"]))
    for words in ("submitted on 3 December 2018", "no overall grade", "section 20 of the Children Act 2004"):
        plain = re.sub(r"\s+", "", words)
        assert plain in re.sub(r"\s+", "", word)
        assert plain in re.sub(r"\s+", "", pdf)
        assert words in files["html"].decode()
    names = [each for each in Person.objects.values_list("name", flat=True) if each in whole]
    assert names == []
    assert not re.search(r"\b0\d{4} ?\d{6}\b", whole)
