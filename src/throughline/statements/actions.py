"""What is done to a written statement while it is drafted: begun, worded, answered finding by finding."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from throughline.access import Scope, check, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.inspections.models import Finding, Letter
from throughline.partners.models import Agency, Group, Person
from throughline.plans.models import Plan
from throughline.statements import permissions, queries
from throughline.statements.models import FindingResponse, SignOff, Statement
from throughline.statements.states import StatementState
from throughline.statements.steps import CannotDo, Overtaken, as_stored, step


@dataclass(frozen=True)
class Said:
    """What is said to one finding. `expected_version` 0: nothing was said before."""

    finding: Finding
    answer: str
    text: str
    expected_version: int = 0


@action("letter")
def begin(*, by: Person, letter: Letter, plan: Plan, now: datetime) -> Statement:
    """Begin the answer to a letter, with those who are asked to sign to begin with. Raises AccessDenied, CannotDo."""
    scope = Scope(frozenset({letter.partnership_id}), stage=StatementState.DRAFTING)
    check_new(by, "create", permissions.STATEMENT, scope, day_of(now))
    if Statement.objects.filter(letter=letter, withdrawn_at__isnull=True).exists():
        raise CannotDo("This letter has its statement already. Open that one.")
    made = door.create(
        Statement, by=by, verb="begun", now=now, partnership_id=letter.partnership_id, letter=letter, plan=plan
    )
    for number, (body, post) in enumerate(queries.bodies_to_ask(letter, day_of(now)), start=1):
        _ask(by, made, number, body, post, now)
    return made


def _ask(by: Person, statement: Statement, number: int, body: Agency | Group, post: str, now: datetime) -> SignOff:
    which: dict[str, Any] = {"agency": body} if isinstance(body, Agency) else {"group": body}
    return door.create(
        SignOff, by=by, verb="asked to sign", now=now, partnership_id=statement.partnership_id, statement=statement,
        number=number, body_name=body.name, post=post, **which,
    )  # fmt: skip


@action("statement")
def change_words(
    *, by: Person, statement: Statement, expected_version: int, introduction: str, oversight: str, prints_names: bool,
    now: datetime,
) -> Statement:  # fmt: skip
    """Write the introduction, how the actions will be overseen, and whether papers print names.

    Raises AccessDenied, Conflict, CannotDo.
    """
    current = as_stored(statement)
    step(by, "write", current, now)
    return door.change(
        by=by, thing=current, expected_version=expected_version, verb="written", now=now, introduction=introduction,
        oversight=oversight, prints_names=prints_names,
    )  # fmt: skip


@action("statement")
def respond(*, by: Person, statement: Statement, answers: Iterable[Said], now: datetime) -> int:
    """Say what the partnership says to findings; how many responses changed. What is as it was stays untouched.

    Raises AccessDenied, CannotDo, Overtaken with the responses that somebody saved first; then nothing is saved.
    """
    current = as_stored(statement)
    step(by, "write", current, now)
    allowed = {"", *current.regime.answers}
    before = {each.finding_id: each for each in FindingResponse.objects.filter(statement=current)}
    asked = set(_findings(current).values_list("pk", flat=True))
    given = list(answers)
    overtaken = {}
    for each in given:
        if each.finding.pk not in asked:
            raise CannotDo(f"{each.finding.reference} needs no answer in this statement.")
        if each.answer not in allowed:
            raise CannotDo(f"{each.finding.reference}: choose one of the answers.")
        stored = before.get(each.finding.pk)
        is_same = stored is not None and (stored.answer, stored.text) == (each.answer, each.text)
        if stored is not None and stored.version != each.expected_version and not is_same:
            overtaken[each.finding.pk] = stored
    if overtaken:
        raise Overtaken(overtaken)
    return sum(_respond(by, current, each, before.get(each.finding.pk), now) for each in given)


def _findings(statement: Statement) -> Any:
    return Finding.objects.filter(
        inspection=statement.letter.inspection_id, kind__in=queries.ANSWERED_KINDS, withdrawn_at__isnull=True
    )


def _respond(by: Person, statement: Statement, said: Said, before: FindingResponse | None, now: datetime) -> bool:
    if before is None:
        if not said.answer and not said.text:
            return False
        door.create(
            FindingResponse, by=by, verb="responded", now=now, partnership_id=statement.partnership_id,
            statement=statement, finding=said.finding, answer=said.answer, text=said.text,
        )  # fmt: skip
        return True
    if (before.answer, before.text) == (said.answer, said.text):
        return False
    door.change(
        by=by, thing=before, expected_version=said.expected_version, verb="responded", now=now, answer=said.answer,
        text=said.text,
    )  # fmt: skip
    return True


@action("statement")
def respond_to_rest(*, by: Person, statement: Statement, answer: str, now: datetime) -> int:
    """Give every finding that has no answer yet the same one; how many there were. Raises AccessDenied, CannotDo."""
    current = as_stored(statement)
    step(by, "write", current, now)
    if answer not in current.regime.answers:
        raise CannotDo("Choose one of the answers.")
    before = {each.finding_id: each for each in FindingResponse.objects.filter(statement=current)}
    without = [each for each in _findings(current) if each.pk not in before]
    door.bulk(
        FindingResponse, by=by, verb="responded", now=now,
        rows=[
            {"partnership_id": current.partnership_id, "statement": current, "finding": each, "answer": answer}
            for each in without
        ],
    )  # fmt: skip
    blank = [each for each in before.values() if not each.answer]
    for each in blank:
        door.change(by=by, thing=each, expected_version=each.version, verb="responded", now=now, answer=answer)
    return len(without) + len(blank)


@action("statement")
def ask_to_sign(*, by: Person, statement: Statement, body: Agency | Group, post: str, now: datetime) -> SignOff:
    """Put a body on the list of those whose chief officer must sign. Raises AccessDenied, Foreign, CannotDo."""
    current = as_stored(statement)
    step(by, "write", current, now)
    which: dict[str, Any] = {"agency": body} if isinstance(body, Agency) else {"group": body}
    if SignOff.objects.filter(statement=current, withdrawn_at__isnull=True, **which).exists():
        raise CannotDo(f"{body.name} is on the list already.")
    last = SignOff.objects.filter(statement=current).order_by("-number").values_list("number", flat=True).first()
    return _ask(by, current, (last or 0) + 1, body, post, now)


@action("sign")
def take_off(*, by: Person, sign: SignOff, expected_version: int, reason: str, now: datetime) -> SignOff:
    """Take a body off the list of those who must sign. Its officers no longer read the draft. Raises Conflict."""
    current = as_stored(sign.statement)
    step(by, "write", current, now)
    if not reason.strip():
        raise CannotDo("Say why its chief officer need not sign.")
    return door.change(
        by=by, thing=sign, expected_version=expected_version, verb="taken off", now=now, reason=reason,
        withdrawn_at=now, agency=None, group=None,
    )  # fmt: skip


@action("statement")
def record_draft(*, by: Person, statement: Statement, now: datetime) -> None:
    """Put on record that a person was given a draft. Raises AccessDenied."""
    check(by, "view", statement, day_of(now))
    door.note(by=by, thing=statement, verb="draft downloaded", now=now)
