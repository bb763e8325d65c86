"""What still stands between a draft and its submission: every gap at once, as sentences, each with its weight. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from throughline.methods.printed import count, day, listing


class Weight(StrEnum):
    """What a gap does."""

    FORBIDS = "forbids"
    WARNS = "warns"


class Gap(StrEnum):
    """Everything that may be missing from a statement."""

    NO_FINDING = "no_finding"
    NO_ANSWER = "no_answer"
    NO_REASON = "no_reason"
    NO_ACTION = "no_action"
    NO_SIGNATORY = "no_signatory"
    NOBODY_SIGNS = "nobody_signs"
    NO_INTRODUCTION = "no_introduction"
    NO_OVERSIGHT = "no_oversight"
    NO_AUTHORITY = "no_authority"
    AUTHORITY_DOES_NOT_SIGN = "authority_does_not_sign"
    NO_PRINTED_DUE = "no_printed_due"
    DUE_PASSED = "due_passed"
    NO_OWNER = "no_owner"
    NO_IMPACT = "no_impact"
    LEAD_LEFT = "lead_left"
    ACTION_PAST = "action_past"


# What forbids that a statement is opened for signature, and what only warns. Every kind of gap is here.
WEIGHTS: Mapping[Gap, Weight] = {
    Gap.NO_FINDING: Weight.FORBIDS,
    Gap.NO_ANSWER: Weight.FORBIDS,
    Gap.NO_REASON: Weight.FORBIDS,
    Gap.NO_ACTION: Weight.FORBIDS,
    Gap.NO_SIGNATORY: Weight.FORBIDS,
    Gap.NOBODY_SIGNS: Weight.WARNS,
    Gap.NO_INTRODUCTION: Weight.WARNS,
    Gap.NO_OVERSIGHT: Weight.WARNS,
    Gap.NO_AUTHORITY: Weight.WARNS,
    Gap.AUTHORITY_DOES_NOT_SIGN: Weight.WARNS,
    Gap.NO_PRINTED_DUE: Weight.WARNS,
    Gap.DUE_PASSED: Weight.WARNS,
    Gap.NO_OWNER: Weight.WARNS,
    Gap.NO_IMPACT: Weight.WARNS,
    Gap.LEAD_LEFT: Weight.WARNS,
    Gap.ACTION_PAST: Weight.WARNS,
}


@dataclass(frozen=True)
class Missing:
    """One gap. `about` is the reference of the finding or action that it is about, for its link; empty for none."""

    gap: Gap
    sentence: str
    about: str = ""

    @property
    def forbids(self) -> bool:
        """Whether the statement cannot be signed or submitted with it."""
        return WEIGHTS[self.gap] is Weight.FORBIDS


@dataclass(frozen=True)
class ActionState:
    """What readiness asks of an action."""

    reference: str
    lead: str
    owner_post: str
    due: date
    has_impact: bool
    lead_takes_part: bool = True
    is_open: bool = True


@dataclass(frozen=True)
class FindingState:
    """What readiness asks of a finding that needs an answer. `is_accepted`: the answer takes all of it."""

    reference: str
    answer: str
    text: str
    actions: Sequence[ActionState] = ()
    is_accepted: bool = True
    is_refused: bool = False


@dataclass(frozen=True)
class SignState:
    """What readiness asks of a body that must sign."""

    body: str
    post: str
    has_officer: bool


@dataclass(frozen=True)
class Draft:
    """Everything that readiness asks of a statement, on a day."""

    on: date
    findings: Sequence[FindingState] = ()
    signs: Sequence[SignState] = ()
    introduction: str = ""
    oversight: str = ""
    authority: str = ""
    due: date | None = None
    due_is_printed: bool = True
    response: str = field(default="Statement")


def missing(draft: Draft) -> list[Missing]:
    """Every gap, what forbids before what warns, each about one thing. Empty when nothing is left to do."""
    found = [*_of_findings(draft), *_of_actions(draft), *_of_signs(draft), *_of_words(draft), *_of_dates(draft)]
    return sorted(found, key=lambda each: not each.forbids)


def _of_findings(draft: Draft) -> Iterator[Missing]:
    if not draft.findings:
        yield Missing(Gap.NO_FINDING, "No finding that needs an answer is in the register. Enter the findings.")
    for each in draft.findings:
        if not each.answer:
            yield Missing(Gap.NO_ANSWER, f"{each.reference}: say whether you accept it.", each.reference)
        elif not each.is_accepted and not each.text.strip():
            yield Missing(Gap.NO_REASON, f"{each.reference}: say why the answer is ‘{each.answer}’.", each.reference)
        if not each.actions and not each.is_refused:
            yield Missing(Gap.NO_ACTION, f"{each.reference}: no action of the plan answers it.", each.reference)


def _of_actions(draft: Draft) -> Iterator[Missing]:
    """Each action once, however many findings it answers."""
    actions = {each.reference: each for finding in draft.findings for each in finding.actions}
    for each in actions.values():
        if not each.owner_post.strip():
            yield Missing(Gap.NO_OWNER, f"{each.reference}: no post answers for it.", each.reference)
        if not each.has_impact:
            yield Missing(Gap.NO_IMPACT, f"{each.reference}: it serves no desired impact.", each.reference)
        if not each.lead_takes_part:
            yield Missing(
                Gap.LEAD_LEFT, f"{each.reference}: {each.lead}, which leads it, no longer takes part.", each.reference
            )
        if each.is_open and each.due < draft.on:
            yield Missing(
                Gap.ACTION_PAST, f"{each.reference}: its due date, {day(each.due)}, has passed.", each.reference
            )


def _of_signs(draft: Draft) -> Iterator[Missing]:
    if not draft.signs:
        yield Missing(Gap.NO_SIGNATORY, "Say which chief officers must sign.")
    for each in draft.signs:
        if not each.has_officer:
            yield Missing(
                Gap.NOBODY_SIGNS,
                f"Nobody may sign for {each.body} here. Give its chief officer that role, or record the signature on "
                "paper.",
            )


def _of_words(draft: Draft) -> Iterator[Missing]:
    if not draft.introduction.strip():
        yield Missing(Gap.NO_INTRODUCTION, "It has no introduction.")
    if not draft.oversight.strip():
        yield Missing(
            Gap.NO_OVERSIGHT,
            "It does not say how the actions will be overseen. The safeguarding partners oversee them through their "
            "local arrangements.",
        )
    if not draft.authority.strip():
        yield Missing(
            Gap.NO_AUTHORITY, "The principal authority is not recorded. The letter says who must make the statement."
        )
    elif draft.signs and not any(_is_of(draft.authority, each) for each in draft.signs):
        who = listing([each.body for each in draft.signs])
        yield Missing(
            Gap.AUTHORITY_DOES_NOT_SIGN,
            f"The principal authority is ‘{draft.authority}’, and it is not among those who sign ({who}).",
        )


def _is_of(authority: str, sign: SignState) -> bool:
    """Whether the letter's words for the principal authority and a signatory name each other."""
    words = authority.casefold().strip()
    return any(words in each or each in words for each in (sign.body.casefold(), sign.post.casefold()) if each)


def _of_dates(draft: Draft) -> Iterator[Missing]:
    if not draft.due_is_printed:
        until = f" {day(draft.due, weekday=True)} is computed." if draft.due else ""
        yield Missing(Gap.NO_PRINTED_DUE, f"The letter’s printed due date is not recorded.{until}")
    if draft.due is not None and draft.due < draft.on:
        ago = (draft.on - draft.due).days
        yield Missing(Gap.DUE_PASSED, f"Its day, {day(draft.due)}, passed {count(ago, 'day')} ago.")
