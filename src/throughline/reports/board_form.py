"""A council's fixed form of a report to its Health and Wellbeing Board: every heading, in order, and none left out.

The order and the ten implications are those of Durham's Health and Wellbeing Board as its report of 30 January 2019
prints them. “None.” is an answer where the form allows one, and then a named person gives it.
"""

from throughline.reports.kinds import Section

FRONT: tuple[Section, ...] = (
    Section("title", "Title", "One line. It names the inspection and the plan."),
    Section("report_of", "Report of", "The post of the officer whose report it is, and the body. No name is needed."),
    Section("divisions", "Electoral division(s) affected", "“Countywide”, or the divisions by name."),
)
BODY: tuple[Section, ...] = (
    Section("purpose", "Purpose of the Report", "What the Board is given, and what for."),
    Section("summary", "Executive Summary", "Who inspected what and when, what they found, and how it was answered."),
    Section("recommendation", "Recommendation(s)", "What members are asked to do. Lines with (a), (b) are a list."),
    Section("background", "Background", "What inspectors did, and what such an inspection is."),
    Section("plan", "The improvement plan", "How the plan was made, and what is in it."),
    Section("progress", "Progress and impact", "What has been done, and what has changed for children. Not the same."),
    Section("governance", "Governance & Monitoring", "Who oversees the plan, what it hears and how often."),
    Section("conclusion", "Conclusion", "What the Board may take from this report."),
)
END: tuple[Section, ...] = (
    Section("background_papers", "Background papers", "What this report was written from.", may_be_none=True),
    Section("other_documents", "Other useful documents", "What members may want to read.", may_be_none=True),
    Section("contact", "Contact", "The post to ask. A name and a number only where you want them published."),
)
IMPLICATIONS: tuple[Section, ...] = (
    Section("legal", "Legal Implications", "Under which power, and who must respond.", may_be_none=True),
    Section("finance", "Finance", "What the actions cost, and who pays.", may_be_none=True),
    Section("consultation", "Consultation", "Who was asked.", may_be_none=True),
    Section(
        "equality", "Equality and Diversity / Public Sector Equality Duty", "Whether the plan was screened, and what "
        "the screening found.", may_be_none=True,
    ),
    Section("human_rights", "Human Rights", "Whose rights the plan touches.", may_be_none=True),
    Section("crime_and_disorder", "Crime and Disorder", "What criminal justice agencies must do.", may_be_none=True),
    Section("staffing", "Staffing", "Whether people, posts or workloads change.", may_be_none=True),
    Section("accommodation", "Accommodation", "Whether buildings or desks change.", may_be_none=True),
    Section("risk", "Risk", "What may go wrong, and how it is dealt with.", may_be_none=True),
    Section("procurement", "Procurement", "What may have to be bought or commissioned.", may_be_none=True),
)  # fmt: skip
ATTACHED: tuple[Section, ...] = (
    Section("letter", "Appendix 2: The inspectors’ letter", "Where members find the letter: attached, or its address."),
)
SECTIONS: tuple[Section, ...] = (*FRONT, *BODY, *END, *IMPLICATIONS, *ATTACHED)
