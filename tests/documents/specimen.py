"""A specimen report that uses every block of a document, as an Executive Group would get it."""

from __future__ import annotations

from datetime import date

from throughline.documents.model import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    KeyFacts,
    Link,
    Notice,
    PageBreak,
    Paragraph,
    Quotation,
    Signatures,
    Step,
    Strong,
    Style,
    Table,
    Thread,
    Tone,
)

FINDING = (
    "The front door does not consistently receive police information about children in time for the first strategy "
    "discussion, and some children wait longer than they should for a decision."
)
UPDATE = (
    "A joint triage desk has been staffed on every weekday since 7 January 2019. The night and weekend rota is agreed "
    "but not yet filled."
)

CHART = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 240" font-family="Source Sans 3" font-size="13">
<rect x="0" y="0" width="640" height="240" fill="#ffffff"/>
<g stroke="#c3ced2" stroke-width="1"><line x1="50" y1="200" x2="620" y2="200"/>
<line x1="50" y1="140" x2="620" y2="140"/>
<line x1="50" y1="80" x2="620" y2="80"/><line x1="50" y1="20" x2="620" y2="20"/></g>
<line x1="50" y1="104" x2="620" y2="104" stroke="#4d5d64" stroke-dasharray="6 4"/>
<polyline fill="none" stroke="#0b4f5c" stroke-width="2.5"
 points="60,150 120,138 180,146 240,120 300,112 360,96 420,84 480,70 540,62 600,50"/>
<g fill="#0b4f5c"><circle cx="60" cy="150" r="4"/><circle cx="120" cy="138" r="4"/><circle cx="180" cy="146" r="4"/>
<circle cx="240" cy="120" r="4"/><circle cx="300" cy="112" r="4"/><circle cx="360" cy="96" r="4"/>
<circle cx="420" cy="84" r="4"/><circle cx="480" cy="70" r="4"/><circle cx="540" cy="62" r="4"/>
<circle cx="600" cy="50" r="4"/></g>
<g fill="#14252c" text-anchor="end"><text x="44" y="204">40%</text><text x="44" y="144">60%</text>
<text x="44" y="84">80%</text><text x="44" y="24">100%</text></g>
<g fill="#14252c"><text x="60" y="222">April</text><text x="300" y="222" text-anchor="middle">August</text>
<text x="600" y="222" text-anchor="end">January</text><text x="500" y="118">Median, 72%</text></g></svg>"""

PROGRESS = Table(
    caption="Delivery and impact by improvement area, as verified",
    columns=(
        Column("Improvement area", 3.4),
        Column("Actions", 1, numeric=True),
        Column("Verified", 1.05, numeric=True),
        Column("Delivery", 2.3),
        Column("Impact", 2.3),
    ),
    rows=(
        ("Multi-agency front door", "14", "6", Cell("At risk", Tone.WARNING), Cell("Early sign", Tone.INFO)),
        ("Strategy discussions", "9", "7", Cell("On track", Tone.GOOD), Cell("Improving", Tone.GOOD)),
        ("Health assessments for children", "8", "2", Cell("Overdue", Tone.BAD), Cell("Cannot tell yet", Tone.NEUTRAL)),
        ("Neglect and early help", "11", "5", Cell("On track", Tone.GOOD), Cell("No change shown", Tone.WARNING)),
        ("Scrutiny and challenge", "7", "7", Cell("Delivered", Tone.GOOD), Cell("Too early", Tone.NEUTRAL)),
        (Cell("All areas", bold=True), Cell("49", bold=True), Cell("27", bold=True), "", ""),
    ),
    note=(
        "Delivery is what somebody independent of the action's owner has verified by 30 January 2019. "
        "Impact is the position computed from evidence, before the Executive Group's own judgement."
    ),
    row_headings=True,
)


def actions_table(rows: int) -> Table:
    """A table long enough to run over pages."""
    tones = (Tone.GOOD, Tone.WARNING, Tone.BAD, Tone.NEUTRAL, Tone.INFO)
    words = ("On track", "At risk", "Overdue", "Not started", "Re-dated")
    tasks = (
        "Agree one referral form with schools, health visitors and police, and withdraw the three that it replaces",
        "Staff the triage desk at night and at weekends",
        "Audit twenty strategy discussions each quarter and bring what is learned to practitioners within a fortnight",
        "Write to every general practice about who attends conferences and how reports are sent",
    )
    leads = ("Constabulary", "County Council", "Clinical Commissioning Group", "Hospitals Trust")
    return Table(
        caption="Every open action, with its lead agency and the day by which it will be done",
        columns=(
            Column("Ref", 1.3),
            Column("Action", 5),
            Column("Lead agency", 2),
            Column("Due", 2),
            Column("Delivery", 1.7),
        ),
        rows=tuple(
            (
                f"ACT-{n + 1:03}",
                tasks[n % 4],
                leads[n % 4],
                f"{1 + n % 28} March 2019",
                Cell(words[n % 5], tones[n % 5]),
            )
            for n in range(rows)
        ),
        row_headings=True,
    )


def blocks() -> tuple[Block, ...]:
    return (
        Notice("Illustrative: not a real partnership. Every name and number in this report is made up."),
        Paragraph(
            "Twenty-seven of forty-nine actions are verified as delivered. Children are seen sooner by the front door, "
            "but the partnership cannot yet say whether health assessments have improved.",
            style=Style.LEAD,
        ),
        Heading(1, "What the Executive Group is asked to do"),
        Bullets(
            (
                (Strong("Decide"), " whether the night and weekend rota is to be funded from April 2019."),
                (
                    Strong("Challenge"),
                    " the Hospitals Trust on six health assessments that are more than a quarter late.",
                ),
                (
                    Strong("Note"),
                    " the computed positions in table 1 and record its own judgement beside each of them.",
                ),
            ),
            ordered=True,
        ),
        Heading(1, "Where the plan stands"),
        Paragraph(
            "This is the second quarterly report since the written statement of action of 3 December 2018. It shows "
            "what the register held at the end of 30 January 2019.",
            numbered=True,
        ),
        Paragraph(
            (
                "Nothing here is shown as done because its owner says so. ",
                Strong("Delivery"),
                " is verified by somebody independent; ",
                Strong("impact"),
                " is judged from evidence about children. The regulations are at ",
                Link("legislation.gov.uk", "https://www.legislation.gov.uk/uksi/2015/1792/contents"),
                ".",
            ),
            numbered=True,
        ),
        PROGRESS,
        Heading(2, "The front door"),
        Paragraph("The inspectors wrote, as their second area for improvement:", numbered=True),
        Quotation(FINDING, source="Joint inspection letter of 24 August 2018, page 5, second bullet"),
        Paragraph("From that sentence, the line runs as follows.", numbered=True),
        Thread(
            (
                Step("Finding AFI-02", FINDING, "Letter, page 5"),
                Step(
                    "Action ACT-007",
                    "Staff one triage desk of police, health and social care.",
                    "Constabulary, due 29 March 2019",
                ),
                Step("Update", UPDATE, "Signed off by the Assistant Chief Constable, 21 January 2019"),
                Step(
                    "Assurance",
                    "Twenty of twenty-four sampled cases had police information within a day.",
                    "Audit of 16 January 2019",
                ),
                Step(
                    "Decision D-03",
                    "Bring the funding of nights and weekends to this meeting.",
                    "Executive Group, 12 December 2018",
                ),
            )
        ),
        Figure(
            CHART,
            "Strategy discussions with police information within one working day",
            "A line rises from 57 per cent in April to 90 per cent in January; its median is 72 per cent.",
        ),
        Heading(3, "What children and families said"),
        Bullets(
            (
                "“I only had to tell it once.” A young person, 15.",
                "Two of nine parents did not know why police had been asked for information.",
                "Younger children were not asked; the voice lead will plan this with schools.",
            )
        ),
        Heading(2, "About this quarter"),
        KeyFacts(
            (
                ("Returns received", "7 of 8; the Probation Service has not returned."),
                ("Data to", "31 December 2018"),
                ("Verification closed", "23 January 2019"),
                ("Papers sent", "22 January 2019, five clear days before the meeting"),
            )
        ),
        Paragraph(
            "Small numbers below five are not shown. Percentages are of children, not of referrals.", style=Style.NOTE
        ),
        PageBreak(),
        Heading(1, "Annex A: the open actions"),
        actions_table(34),
        Heading(1, "Signatures"),
        Paragraph("We have read this report and agree that it may go to the Health and Wellbeing Board."),
        Signatures(
            (
                ("Independent chair of the partnership", "A. Chair", ""),
                ("Corporate director of children’s services", "B. Director", "30 January 2019"),
                ("Assistant chief constable", "C. Constable", ""),
            )
        ),
    )


def document(**changes: object) -> Document:
    values: dict[str, object] = {
        "title": "Joint improvement plan: second quarterly report to the Executive Group",
        "subtitle": "October to December 2018 (Q3 2018/19)",
        "organisation": "Northmoor Safeguarding Children Partnership",
        "kind": "Executive Group report",
        "marking": "OFFICIAL-SENSITIVE",
        "audience": "Members of the Executive Group and the independent scrutineer",
        "as_of": date(2019, 1, 30),
        "prepared_on": date(2019, 2, 1),
        "reference": "NSCP/EG/2019/02",
        "blocks": blocks(),
        "footer_note": "Illustrative: not a real partnership",
        "subject": "Progress on the joint improvement plan",
        "keywords": ("joint inspection", "improvement plan", "children"),
        "author": "Business manager, Northmoor Safeguarding Children Partnership",
    }
    return Document(**{**values, **changes})  # type: ignore[arg-type]
