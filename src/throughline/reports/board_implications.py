"""Drafts of the ten implications of a board report, each from the facts of the register that bear on it. Pure.

What the register cannot know (whom the council consulted, which rights are touched, which desks move) is left to be
written: an empty draft is never an answer.
"""

from collections.abc import Callable, Mapping

from throughline.line.tree import ActionLine, Body, FindingLine, PlanLine
from throughline.methods.mentions import mentions
from throughline.methods.printed import day, listing
from throughline.plans.delivery import Delivery
from throughline.reports.board_facts import BoardFacts
from throughline.reports.draft import NOTHING, Draft
from throughline.reports.kinds import Facts
from throughline.reports.standing import needing, not_confirmed, standing
from throughline.reports.wording import counted, in_words, sentence

# Bodies of criminal justice, by words of their names.
_JUSTICE = (
    "police", "constabulary", "probation", "rehabilitation company", "youth offending", "youth justice", "prison",
    "crown prosecution", "courts", "nps", "crc", "yos", "yjs",
)  # fmt: skip
# Not "staff" alone: what staff do or do not do says nothing of how many there are.
_CAPACITY = (
    "staffing", "understaffed", "short staffed", "shortage of staff", "staff shortage", "enough staff",
    "number of staff",
    "capacity", "caseload", "workload", "under-resourced", "resourced", "posts", "vacanc", "recruit",
    "turnover", "workforce", "volume", "too few", "sickness",
)  # fmt: skip
_BOUGHT = ("procure", "procurement", "commissioned", "commissioning of", "tender", "contract", "supplier")
# What the law says about a regime: under which power, and what it asks.
_LAW: Mapping[str, str] = {
    "jtai": "The joint inspection was carried out under section 20 of the Children Act 2004. Under the Children Act "
    "2004 (Joint Area Reviews) Regulations 2015 (SI 2015/1792) the principal authority that the letter names must make "
    "a written statement of proposed action, and the others who received the letter must co-operate.",
}


def _legal(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    found = about.inspection
    if found is None:
        return NOTHING
    law = _LAW.get(found.framework) or sentence(f"The inspection was carried out under: {found.source}")
    who = ""
    if found.principal_authority:
        post = inline_post(found.principal_authority)
        who = f"The letter names the {post} as the one who must respond to the findings."
    if found.submitted:
        who = f"{who} The response was submitted on {day(found.submitted)}.".strip()
    sources = (("Regime", found.source), ("Principal authority", found.principal_authority))
    return Draft(f"{law} {who}".strip(), tuple(pair for pair in sources if pair[1]))


def inline_post(post: str) -> str:
    """A post inside a sentence, without an article of its own."""
    return post[4:] if post.casefold().startswith("the ") else post


def _finance(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    actions = standing(line)
    within = [each for each in actions if each.resources == "within_existing"]
    more = [each for each in actions if each.resources == "additional"]
    if not within and not more:
        return NOTHING
    text = "Actions are to be delivered within existing resource wherever possible. "
    text += f"So far that is said of {in_words(len(within))} of {counted(len(actions), 'action')}"
    left = len(actions) - len(within) - len(more)
    text += f"; for {in_words(left)} it is not said yet." if left else "."
    if more:
        verb = "needs" if len(more) == 1 else "need"
        text += f" {in_words(len(more)).capitalize()} {verb} additional resource:"
        text = "\n".join([text, *(f"- {_cost(each)}" for each in more)])
    sources = (
        ("Within existing resource", _names(within)), ("Additional resource", _names(more)),
        ("Not said", str(left) if left else ""),
    )  # fmt: skip
    return Draft(text, tuple(pair for pair in sources if pair[1]))


def _cost(act: ActionLine) -> str:
    parts = [f"{act.reference} {act.title}"]
    parts += [act.resources_note.rstrip(".")] if act.resources_note else []
    if act.funder:
        decided = f", decided on {day(act.funding_decided)}" if act.funding_decided else ", not decided yet"
        parts.append(f"Funded by {act.funder}{decided}")
    return sentence(". ".join(parts))


def _names(actions: list[ActionLine]) -> str:
    return ", ".join(each.reference for each in actions)


def _left_to_be_written(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    return NOTHING


def _equality(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    said = []
    if line.equality_screened:
        said.append(
            f"An equality impact screening of the plan was carried out on {day(line.equality_screened)}, to make sure "
            f"that it complies with the Public Sector Equality Duty. {line.equality_note}".strip()
        )
    actions = standing(line)
    screened = [each for each in actions if each.equality]
    if screened:
        text = f"{in_words(len(screened)).capitalize()} of {counted(len(actions), 'action')} "
        said.append(f"{text}{'was' if len(screened) == 1 else 'were'} screened one by one.")
    for code, words in (("mitigated", "An effect was found, and what will be done about it is said, for"),
                        ("full", "A full assessment is needed for")):  # fmt: skip
        if found := [each for each in screened if each.equality == code]:
            said.append(f"{words} {_names(found)}.")
    sources = (
        ("Plan screened", day(line.equality_screened) if line.equality_screened else ""),
        ("What it found", line.equality_note), ("Actions screened", f"{len(screened)} of {len(actions)}"),
    )  # fmt: skip
    return Draft(" ".join(said), tuple(pair for pair in sources if pair[1])) if said else NOTHING


def is_justice(body: Body) -> bool:
    """Whether a body belongs to criminal justice, by its names. A crime commissioner is one of them."""
    return mentions(f"{body.name} | {body.short_name}", _JUSTICE)


def _crime(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    actions = standing(line)
    bodies: dict[str, Body] = {}
    leads: list[ActionLine] = []
    helps: list[ActionLine] = []
    for act in actions:
        if is_justice(act.lead):
            bodies.setdefault(act.lead.id, act.lead)
            leads.append(act)
        others = [each.body for each in act.contributors if is_justice(each.body)]
        bodies |= {each.id: each for each in others}
        if others and act not in leads:
            helps.append(act)
    if not bodies:
        return NOTHING
    theme = about.inspection.theme if about.inspection else ""
    what = f" the effect of {_topic(theme)} on children" if theme else " harm to children"
    verb = "is" if len(bodies) == 1 else "are"
    text = f"The criminal justice agencies in the plan {verb} {listing([each.name for each in bodies.values()])}. "
    text += f"They lead {counted(len(leads), 'action')}"
    text += f" and contribute to {in_words(len(helps))} more" if helps else ""
    text += f", and have to work in partnership to address and reduce{what}."
    return Draft(text, (("Lead", _names(leads)), ("Contribute", _names(helps))))


def _topic(theme: str) -> str:
    """What a theme is about: 'the multi-agency response to domestic abuse' is about domestic abuse."""
    lower = theme[:1].lower() + theme[1:]
    return lower.rpartition("response to ")[2] or lower


def _spoken_of(words: tuple[str, ...], *texts: str) -> bool:
    return mentions(" | ".join(texts), words)


def _staffing(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    findings = [each for each in needing(line) if _spoken_of(_CAPACITY, each.title, each.text)]
    about_it = {each.id for each in findings}
    actions = [
        each
        for each in standing(line)
        if about_it & set(each.findings) or _spoken_of(_CAPACITY, each.title, each.detail, each.resources_note)
    ]
    if not findings and not actions:
        return NOTHING
    parts = []
    if findings:
        parts.append("\n".join(["Inspectors spoke of staffing or of capacity in:", *map(_finding, findings)]))
    if actions:
        parts.append("\n".join(["Actions that may have staffing implications:", *map(_action, actions)]))
        parts.append("Whether they have is known when they are done; it is for the partnership to address together.")
    sources = (("Findings", ", ".join(each.reference for each in findings)), ("Actions", _names(actions)))
    return Draft("\n\n".join(parts), tuple(pair for pair in sources if pair[1]))


def _finding(each: FindingLine) -> str:
    return f"- {each.reference} {each.title}"


def _action(each: ActionLine) -> str:
    note = f": {each.resources_note.rstrip('.')}" if each.resources_note else ""
    return f"- {each.reference} {each.title}{note}"


def _risk(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    actions = standing(line)
    if not actions:
        return NOTHING
    overdue = [each for each in actions if each.shown(facts.on).overdue]
    risky = [each for each in actions if each.delivery == Delivery.AT_RISK and each not in overdue]
    unconfirmed = [each for each in actions if not_confirmed(each)]
    text = (
        "There is a risk that the actions do not bring the improvement in practice that is needed, and that outcomes "
        "for children and families do not improve."
    )
    groups = ((overdue, "overdue"), (risky, "at risk"), (unconfirmed, "claimed and not confirmed"))
    counts = [f"{counted(len(found), 'action')} {'is' if len(found) == 1 else 'are'} {words}"
              for found, words in groups if found]  # fmt: skip
    if counts:
        text += f" At the end of {day(facts.on)}, {listing(counts)} (Appendix 3)."
    text += (
        f" The {facts.group} receives a report of progress each quarter from every partner that contributes to the "
        "plan. Where actions do not have the impact that is required, remedial action is identified and taken."
    )
    sources = tuple((words.capitalize(), _names(found)) for found, words in groups if found)
    return Draft(text, (*sources, ("Group that oversees", facts.group)))


def _procurement(line: PlanLine, facts: Facts, about: BoardFacts) -> Draft:
    found = [
        each for each in standing(line)
        if each.funder or _spoken_of(_BOUGHT, each.title, each.detail, each.resources_note)
    ]  # fmt: skip
    if not found:
        return NOTHING
    lines = "\n".join(f"- {_cost(each)}" for each in found)
    return Draft(f"A procurement process may be required for:\n{lines}", (("Actions", _names(found)),))


_Drafting = Callable[[PlanLine, Facts, BoardFacts], Draft]
DRAFTS: Mapping[str, _Drafting] = {
    "legal": _legal, "finance": _finance, "consultation": _left_to_be_written, "equality": _equality,
    "human_rights": _left_to_be_written, "crime_and_disorder": _crime, "staffing": _staffing,
    "accommodation": _left_to_be_written, "risk": _risk, "procurement": _procurement,
}  # fmt: skip
