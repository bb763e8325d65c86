"""The letter of the worked example: in our own words, in the order and form in which such letters are printed.

It is a real file: the reader reads it as it would the inspectors' own, so anybody may try the first hour with it.
"""

import json
from datetime import date
from importlib import resources

from throughline.documents.fonts import font_dir
from throughline.documents.pdf import compile_typst
from throughline.example import story_findings
from throughline.methods.printed import day

PUBLISHED = date(2018, 8, 24)
TITLE = "Joint targeted area inspection of the multi-agency response to domestic abuse in County Durham"
# By post: who held it then is in the public record, and is nobody's business here.
RECIPIENTS = (
    "Director, children’s services, Example county council",
    "Director of nursing, Example clinical commissioning groups",
    "Police and crime commissioner, Example police area",
    "Chief constable, Example police force",
    "Manager, Example youth offending service",
    "Chief executive, Example community rehabilitation company",
    "Head, Example division of the National Probation Service",
    "Chair, Example local safeguarding children board",
)
SECTIONS = (
    ("strength", "Key strengths"),
    ("good_practice", "Case study: highly effective practice"),
    ("priority_action", "Area for priority action"),
    ("improvement", "Areas for improvement"),
    ("missed", "Case study: area for improvement"),
)


def letter_pdf() -> bytes:
    """The letter as a tagged PDF."""
    layout = resources.files("throughline.example").joinpath("letter.typ").read_text(encoding="utf-8")
    data = json.dumps(_data(), ensure_ascii=False)
    return compile_typst(layout, "pdf", font_dir=font_dir(), inputs={"letter": data}, on=PUBLISHED)[0]


def _data() -> dict[str, object]:
    return {
        "title": TITLE,
        "author": "County Durham (worked example)",
        "date": [PUBLISHED.year, PUBLISHED.month, PUBLISHED.day],
        "day": day(PUBLISHED),
        "notice": "Illustrative: written for a worked example. It is not the inspectors’ letter.",
        "recipients": RECIPIENTS,
        "salutation": "Dear local partnership",
        "opening": [
            "Between 9 and 13 July 2018, Ofsted, the Care Quality Commission (CQC), HMI Constabulary and Fire & Rescue "
            "Services (HMICFRS) and HMI Probation looked together at how agencies in County Durham respond to domestic "
            "abuse. Children who live with it were at the centre: the cases of seven were followed in depth.",
            "This letter says in other words what they found. Partners want the same things for children and have made "
            "plans, but the plans have not yet changed much in practice. What matters most is that strategy meetings "
            "are held in time and do their work.",
        ],
        "sections": [
            {
                "heading": heading,
                "bulleted": not heading.startswith("Case study"),
                "texts": [
                    text
                    for each in story_findings.FINDINGS
                    if each.section == section
                    for text in each.text.split("\n")
                ],
            }
            for section, heading in SECTIONS
        ],
        "last": {
            "heading": "Next steps",
            "texts": [
                "The director of children’s services should prepare a written statement of proposed action responding "
                "to the findings outlined in this letter. This should be a multi-agency response involving the police, "
                "health, probation and youth offending services. It should set out the actions for the partnership "
                "and, where appropriate, individual agencies.",
                "The director of children’s services should send the written statement of action by 3 December 2018. "
                "It will inform the lines of enquiry at any future joint or single agency activity by the "
                "inspectorates.",
            ],
        },
        "signed": "The inspectorates (illustrative)",
    }
