"""Drafts of a board report's sections, from what the register holds. Pure.

Each draft says only what is in the register and names the facts that it came from; where the register has nothing, it
is left to be written. No draft repeats what an agency wrote about itself.
"""

from collections.abc import Callable, Mapping
from datetime import date

from throughline.line.tree import PeriodLine, PlanLine
from throughline.methods.printed import MONTHS, day, listing
from throughline.reports.board_facts import BoardFacts, InspectionFacts
from throughline.reports.board_implications import DRAFTS as IMPLICATIONS
from throughline.reports.draft import NOTHING, Draft
from throughline.reports.kinds import Facts
from throughline.reports.position import delivery, impact
from throughline.reports.standing import needing, standing, unanswered
from throughline.reports.wording import counted, in_words, sentence

BOARD = "Health and Wellbeing Board"
_FULL_NAMES: Mapping[str, str] = {
    "cqc": "Care Quality Commission (CQC)",
    "hmicfrs": "HM Inspectorate of Constabulary and Fire & Rescue Services (HMICFRS)",
    "hmic": "HM Inspectorate of Constabulary (HMIC)",
    "hmi probation": "HM Inspectorate of Probation (HMI Probation)",
    "hmip": "HM Inspectorate of Probation (HMI Probation)",
}
# Regimes that give no overall grade, and what they give instead.
_NO_GRADE: Mapping[str, str] = {
    "jtai": "A joint targeted area inspection gives no overall grade. It says where agencies together are strong, and "
    "what they need to improve.",
}
_COUNTED = (
    ("strength", "strength", "strengths"), ("priority_action", "area for priority action", "areas for priority action"),
    ("improvement", "area for improvement", "areas for improvement"),
)  # fmt: skip


def drafts(line: PlanLine, period: PeriodLine, facts: Facts) -> dict[str, Draft]:
    """Every section's draft by its key; one without words where the register has nothing to say."""
    about = facts.about or BoardFacts()
    own = {key: draft(line, facts, about) for key, draft in _DRAFTS.items()}
    return own | {key: draft(line, facts, about) for key, draft in IMPLICATIONS.items()}


def inline(title: str) -> str:
    """A title inside a sentence: its first letter small, unless it begins with an abbreviation."""
    return title if len(title) > 1 and title[1].isupper() else title[:1].lower() + title[1:]


def _between(found: InspectionFacts) -> str:
    """The days of the fieldwork: 'between 9 and 13 July 2018'."""
    if found.started is None:
        return ""
    if found.ended is None or found.ended == found.started:
        return f"On {day(found.started)}"
    first = str(found.started.day)
    if found.started.month != found.ended.month or found.started.year != found.ended.year:
        first = day(found.started)
    return f"Between {first} and {day(found.ended)}"


def full_name(inspectorate: str) -> str:
    """An inspectorate's name with what it stands for."""
    return _FULL_NAMES.get(inspectorate.strip().casefold(), inspectorate.strip())


def _title(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    found = about.inspection
    if found is None:
        return Draft(line.title, (("Plan", line.title),))
    return Draft(f"{found.title}: {line.title}", (("Inspection", found.title), ("Plan", line.title)))


def _report_of(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    if not about.lead_officer:
        return NOTHING
    return Draft(f"the {about.lead_officer}", (("Lead officer’s post", about.lead_officer),))


def _divisions(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    area = about.inspection.area if about.inspection else ""
    if not area:
        return NOTHING
    words = "Countywide" if area.casefold().startswith("county ") else f"All in {area}"
    return Draft(words, (("Area inspected", area),))


def _purpose(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    if about.inspection is None:
        return NOTHING
    title = about.inspection.title
    return Draft(
        f"To bring the {BOARD} up to date after the {inline(title)}, and to put the {line.title} before it for "
        "information.",
        (("Inspection", title), ("Plan", line.title)),
    )  # fmt: skip


def _summary(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    found = about.inspection
    if found is None:
        return NOTHING
    parts = [_who_inspected(found), _deep_dive(found), _letter_says(line, found), _answered_by(facts, about, found)]
    sources = [
        ("Fieldwork", _between(found)), ("Inspectorates", listing(found.inspectorates)),
        ("Team", str(found.team_size or "")), ("Theme", found.theme),
        ("Cases in depth", str(found.deep_dive_cases or "")),
        ("Letter", day(found.published) if found.published else ""),
        ("Findings", _counts(line, found)), ("Lead officer’s post", about.lead_officer),
        (found.response, f"submitted {day(found.submitted)}" if found.submitted else ""),
    ]  # fmt: skip
    return Draft("\n\n".join(each for each in parts if each), tuple(pair for pair in sources if pair[1]))


def _who_inspected(found: InspectionFacts) -> str:
    count = len(found.inspectorates)
    who = f"{in_words(count)} inspectorates together carried out" if count > 1 else "there was"
    when = _between(found)
    where = f" in {found.area}" if found.area else ""
    text = f"{when}, {who}" if when else who.capitalize()
    text += f" a {inline(found.regime)}{where}."
    if not count:
        return text
    team = f"The inspection team was made up of {found.team_size} inspectors from:" if found.team_size else "They were:"
    return "\n".join([f"{text} {team}", *(f"- {full_name(each)}" for each in found.inspectorates)])


def _deep_dive(found: InspectionFacts) -> str:
    if not found.theme:
        return ""
    theme = inline(found.theme)
    if not found.deep_dive_cases:
        return f"Its theme was {theme}."
    cases = counted(found.deep_dive_cases, "child", "children")
    return f"Its deep dive was into {theme}: the cases of {cases} were followed in depth across all agencies."


def _counts(line: PlanLine, found: InspectionFacts) -> str:
    """How many findings of each kind the letter has, as far as they are in the register."""
    kinds = [each.kind for each in line.findings if each.inspection_title == found.title]
    return listing([counted(kinds.count(kind), one, many) for kind, one, many in _COUNTED if kinds.count(kind)])


def _letter_says(line: PlanLine, found: InspectionFacts) -> str:
    counts = _counts(line, found)
    if not counts:
        return ""
    whom = f"all {counted(len(found.recipients), 'key partner')}" if found.recipients else "all key partners"
    of = f" of {day(found.published)}" if found.published else ""
    return f"What they found is in a letter{of}, sent to {whom} (Appendix 2). It names {counts}."


def _answered_by(facts: Facts, about: BoardFacts, found: InspectionFacts) -> str:
    said = []
    response = inline(found.response)
    who = f"The {about.lead_officer} is the lead officer and " if about.lead_officer else "The lead officer "
    if found.response_due or found.submitted:
        due = f", due on {day(found.response_due)}" if found.response_due else ""
        said.append(f"{who}was required to work with the chief officers of the partners to answer the inspectorates "
                    f"with a {response}{due}.")  # fmt: skip
    if found.submitted:
        said.append(f"It was submitted on {day(found.submitted)}.")
    return " ".join(said)


def _recommendation(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    words = f"Members of the {BOARD} are recommended to:\n(a) note what this report says, and the {line.title}."
    return Draft(words, (("Plan", line.title),))


def _background(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    found = about.inspection
    if found is None:
        return NOTHING
    did = found.did.strip()
    starts = did.casefold().startswith(("inspectors", "they ", "the inspectors", "during"))
    parts = [] if not did else [did if starts else f"During the inspection, inspectors {inline(did)}"]
    parts += [_NO_GRADE[found.framework]] if found.framework in _NO_GRADE else []
    if about.others:
        parts.append(sentence(f"The plan also answers findings of: {listing(about.others)}"))
    sources = (("What inspectors did", did), ("Regime", found.regime), ("Other inspections", listing(about.others)))
    return Draft("\n\n".join(parts), tuple(pair for pair in sources if pair[1]))


def _plan(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    if not line.areas:
        return NOTHING
    answered = len(needing(line)) - len(unanswered(line))
    areas = [f"{each.number}. {each.title}" for each in line.areas]
    grouped = (
        f"The findings are grouped in {counted(len(line.areas), 'key improvement area')}:"
        if len(line.areas) > 1 else "The findings are in one key improvement area:"
    )  # fmt: skip
    actions = counted(len(standing(line)), "action")
    said = [
        f"The {line.title} is attached as Appendix 3. It has {actions} and answers {in_words(answered)} of "
        f"{counted(len(needing(line)), 'finding')} that need an action.",
        "\n".join([grouped, *areas]),
    ]
    if line.impacts:
        programme = (
            f", together with a programme of scrutiny and audit, so far of "
            f"{counted(len(line.activities), 'activity', 'activities')}, that tests whether it has come about"
            if line.activities else ""
        )  # fmt: skip
        said.append(f"For its actions the plan says which impact on children is expected{programme}.")
    sources = (
        ("Areas", str(len(line.areas))), ("Actions", str(len(standing(line)))),
        ("Findings answered", f"{answered} of {len(needing(line))}"), ("Desired impacts", str(len(line.impacts))),
        ("Assurance activities", str(len(line.activities))),
    )  # fmt: skip
    return Draft("\n\n".join(said), sources)


def _progress(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    said = [
        f"This is how the plan stood at the end of {day(facts.on)}. {' '.join(delivery(line, facts))}",
        " ".join(impact(line)),
    ]
    return Draft("\n\n".join(said), (("Counted", f"as at {day(facts.on)}"),))


def _governance(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    said = [
        f"The {facts.group} is responsible for monitoring and scrutinising the plan as a whole. By quarterly reports "
        "it holds each partner agency and partnership group to account, and challenges whether actions have the "
        "desired impact on children.",
    ]
    first = line.periods[0] if line.periods else None
    reports = (
        "Partner agencies and partnership groups report to it each quarter on the progress of their actions and the "
        "outcome of their assurance activity."
    )
    if first is not None:
        verb = "was due" if first.due <= facts.on else "is due"
        reports += f" The first of these reports {verb} in {_month(first.due)}."
    said.append(reports)
    if about.groups:
        verb = "carries" if len(about.groups) == 1 else "carry"
        groups = counted(len(about.groups), "working group")
        said.append(sentence(f"{groups.capitalize()} {verb} the plan from day to day: {listing(about.groups)}"))
    sources = [("Group that oversees", facts.group), ("Working groups", listing(about.groups))]
    sources += [("First returns due", day(first.due))] if first else []
    return Draft("\n\n".join(said), tuple(pair for pair in sources if pair[1]))


def _month(value: date) -> str:
    return f"{MONTHS[value.month - 1]} {value.year}"


def _conclusion(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    found = about.inspection
    if found is None:
        return NOTHING
    return Draft(
        f"This report sums up what came of the {inline(found.title)}, and the plan with which partners answer it.\n\n"
        f"The {facts.group}’s oversight, and the scrutiny and challenge that partners have bound themselves to, are "
        "there to keep the plan on what matters: that children and families are better off.",
        (("Inspection", found.title), ("Group that oversees", facts.group)),
    )  # fmt: skip


def _papers(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    found = about.inspection
    if found is None:
        return NOTHING
    of = f", {day(found.published)}" if found.published else ""
    return Draft(f"- Letter of findings: {found.title}{of}", (("Letter", of.strip(", ") or "no day"),))


def _other(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    found = about.inspection
    lines = [f"- {line.title}"]
    if found is not None and found.submitted:
        lines.append(f"- {found.response}, submitted on {day(found.submitted)}")
    return Draft("\n".join(lines), (("Plan", line.title),))


def _contact(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    if not about.contact:
        return NOTHING
    return Draft(f"{about.contact}, {facts.organisation}", (("Business manager’s post", about.contact),))


def _letter(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    found = about.inspection
    if found is None or found.published is None:
        return NOTHING
    words = f"The inspectors’ letter of {day(found.published)} is attached to this report as a file of its own."
    return Draft(words, (("Letter published", day(found.published)),))


_Drafting = Callable[[PlanLine, Facts, BoardFacts], Draft]
_DRAFTS: Mapping[str, _Drafting] = {
    "title": _title, "report_of": _report_of, "divisions": _divisions, "purpose": _purpose, "summary": _summary,
    "recommendation": _recommendation, "background": _background, "plan": _plan, "progress": _progress,
    "governance": _governance, "conclusion": _conclusion, "background_papers": _papers, "other_documents": _other,
    "contact": _contact, "letter": _letter,
}  # fmt: skip
