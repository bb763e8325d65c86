"""What a statement says now, read for one person and made into a paper."""

import hashlib
import json
from datetime import date

from throughline.documents import kept
from throughline.documents.model import Document
from throughline.methods.printed import day
from throughline.partners.models import Person
from throughline.statements import paper, queries
from throughline.statements.models import ON_PAPER, SignOff, Statement
from throughline.statements.paper import ActionPart, FindingPart, Parts, Sign
from throughline.statements.queries import Answered

_ANY_DAY = date(2000, 1, 1)


def read(statement: Statement, *, by: Person, on: date) -> Document:
    """The statement as the register has it, for `by`, who may see it."""
    letter, regime, partnership = statement.letter, statement.regime, statement.partnership
    inspection = letter.inspection
    findings = queries.findings_of(statement, for_person=by)
    signs = queries.signs_of(statement, for_person=by)
    clock = queries.clock_of(letter)
    due, printed = clock.deadline.due, letter.statement_due
    computed = ""
    if due is not None and due != printed and regime.clock is not None:
        computed = f"{day(due, weekday=True)}: {regime.clock.printed} from {clock.start_words}"
    return paper.build(
        Parts(
            response=regime.response, organisation=partnership.name, inspection=inspection.title, area=inspection.area,
            theme=inspection.theme, published=letter.published, received=letter.received,
            authority=letter.principal_authority,
            due_words=letter.statement_due_printed or (day(printed, weekday=True) if printed else ""),
            computed=computed, introduction=statement.introduction, oversight=statement.oversight,
            answers=regime.answers,
            findings=[_finding(each) for each in findings],
            signs=[Sign(each.post, each.body_name) for each in signs],
            marking=partnership.marking, prepared_on=on, illustrative=partnership.illustrative,
        )
    )  # fmt: skip


def digest_of(statement: Statement, *, by: Person) -> str:
    """The SHA-256 of what the statement says now, whatever the day: whether it is what somebody has looked at."""
    said = kept.to_data(read(statement, by=by, on=_ANY_DAY))
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _finding(each: Answered) -> FindingPart:
    finding = each.finding
    page = f", page {finding.page} of the letter" if finding.page else ""
    return FindingPart(
        reference=finding.reference, kind=finding.finding_kind.plural, title=finding.title, text=finding.text,
        source=f"{finding.finding_kind.printed}{page}", answer=each.answer, said=each.said,
        actions=[
            ActionPart(
                act.reference, act.title, act.detail, str(act.lead), act.owner_post, act.due,
                [link.desired_impact.would_see for link in act.serves],  # type: ignore[attr-defined]
            )
            for act in each.actions
        ],
    )  # fmt: skip


def printed_signs(statement: Statement, signs: list[SignOff]) -> list[Sign]:
    """Those who must sign, as papers print them: the post, and the name only where the partnership chose so."""
    return [
        Sign(
            each.post, each.body_name, each.name if statement.prints_names else "", each.signed_on,
            on_paper=each.how == ON_PAPER,
        )
        for each in signs
    ]  # fmt: skip
