"""How a written statement is signed: its words are fixed, each chief officer signs, and the last one signs it off."""

from datetime import date, datetime
from typing import Any

from throughline.access import Scope, check, check_new
from throughline.documents import kept
from throughline.history import asof, door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.inspections import duties
from throughline.methods.printed import day
from throughline.partners.models import Person
from throughline.statements import content, notices, permissions, queries, states
from throughline.statements.models import HERE, ON_PAPER, SignOff, Statement
from throughline.statements.states import StatementState
from throughline.statements.steps import CannotDo, NotAsSeen, NotReady, after, as_stored, step, today_of


@action("statement")
def open_for_signature(
    *, by: Person, statement: Statement, expected_version: int, now: datetime, seen: str | None = None
) -> Statement:
    """Fix the words, and ask every chief officer on the list to sign them.

    From now on the paper is what was read now, whatever the plan does meanwhile. `seen`: `content.digest_of` what the
    person was shown, for answers and actions have versions of their own; None where nothing was shown. Raises
    AccessDenied, Conflict, CannotDo, NotAsSeen, NotReady with every gap that forbids it.
    """
    current = as_stored(statement)
    state = step(by, "open_for_signature", current, now)
    on = today_of(current, now)
    if seen is not None and seen != content.digest_of(current, by=by):
        raise NotAsSeen(
            "The statement says something else than when you opened this page: an answer, an action or a signatory was "
            "changed. Read it again before you fix its words."
        )
    findings = queries.findings_of(current, for_person=by)
    signs = queries.signs_of(current, for_person=by)
    ready = queries.readiness_of(current, findings, signs, on=on)
    if ready.forbids:
        raise NotReady([each.sentence for each in ready.forbids])
    moment = asof.head(current.partnership_id)
    opened = door.change(
        by=by, thing=current, expected_version=expected_version, verb="opened for signature", now=now,
        state=state.value, content=kept.to_data(content.read(current, by=by, on=on)), sequence=moment.sequence,
        head_hash=moment.hash, fixed_at=now,
    )  # fmt: skip
    for each in signs:
        notices.asked_to_sign(each, at=now)
    return opened


@action("statement")
def reopen(*, by: Person, statement: Statement, expected_version: int, reason: str, now: datetime) -> Statement:
    """Take a statement back for drafting, before it is submitted: every signature given so far falls.

    Raises AccessDenied, Conflict, CannotDo.
    """
    current = as_stored(statement)
    state = step(by, "reopen", current, now)
    if not reason.strip():
        raise CannotDo("Say why it is opened again. Those who have signed read it.")
    opened = door.change(
        by=by, thing=current, expected_version=expected_version, verb="opened again", now=now, reason=reason,
        state=state.value, content=None, sequence=0, head_hash="", fixed_at=None,
    )  # fmt: skip
    given = SignOff.objects.filter(statement=current, signed_on__isnull=False, withdrawn_at__isnull=True)
    signed = list(given.select_related("agency"))
    for each in signed:
        agency, signed_on = each.agency, each.signed_on
        door.change(
            by=by, thing=each, expected_version=each.version, verb="signature dropped", now=now, reason=reason,
            signed_on=None, how="", name="", note="", signed_by=None,
        )  # fmt: skip
        if agency is not None and signed_on is not None:
            duties.signature_fell(
                by=by, letter=current.letter, agency=agency, signed_on=signed_on, post=each.post, reason=reason, now=now
            )
    notices.reopened(as_stored(opened), signed, at=now)
    return opened


@action("sign")
def sign(*, by: Person, sign: SignOff, expected_version: int, seen: int, now: datetime) -> SignOff:
    """Sign for one's own body. `seen` is the version that was read: nobody signs words that came later.

    Raises AccessDenied, Conflict, CannotDo.
    """
    current = as_stored(sign.statement)
    body = sign.agency_id or sign.group_id
    own = Scope(
        frozenset({current.partnership_id}), frozenset({body} if body else ()), stage=current.state
    )  # fmt: skip
    check_new(by, "sign", permissions.SIGN_OFF, own, day_of(now))
    after("sign", current)
    if seen != current.version:
        raise CannotDo("The statement was changed while you read it. Read it again before you sign.")
    return _signed(
        by, current, sign, expected_version, now, name=by.name, signed_on=today_of(current, now), how=HERE,
        signed_by=by, note="",
    )  # fmt: skip


@action("sign")
def record_signature(
    *, by: Person, sign: SignOff, expected_version: int, signed_on: date, name: str, note: str, now: datetime
) -> SignOff:
    """Record a signature that was given on paper; the record says who recorded it. `note`: where the paper is.

    Raises AccessDenied, Conflict, CannotDo.
    """
    current = as_stored(sign.statement)
    check(by, "record_signature", sign, day_of(now))
    after("record_signature", current)
    if not note.strip():
        raise CannotDo("Say where the signed paper is kept.")
    fixed = current.fixed_at
    if signed_on > today_of(current, now) or (fixed is not None and signed_on < _fixed_on(current)):
        raise CannotDo(
            f"Give a day from {day(_fixed_on(current))}, when the words were fixed, to today: what was signed earlier "
            "was another paper."
        )
    return _signed(
        by, current, sign, expected_version, now, name=name, signed_on=signed_on, how=ON_PAPER,
        signed_by=None, note=note,
    )  # fmt: skip


def _fixed_on(statement: Statement) -> date:
    """The day on which the words were fixed, in an illustrative partnership by its own calendar."""
    if statement.partnership.shown_today is not None:
        return min(statement.partnership.shown_today, day_of(statement.fixed_at))  # type: ignore[arg-type]
    return day_of(statement.fixed_at)  # type: ignore[arg-type]


def _signed(
    by: Person, statement: Statement, sign: SignOff, expected_version: int, now: datetime, **signature: Any
) -> SignOff:
    stored = SignOff.objects.get(pk=sign.pk)
    if stored.withdrawn_at is not None:
        raise CannotDo(f"{stored.body_name} need not sign any more.")
    if stored.signed_on is not None:
        raise CannotDo(f"{stored.body_name} has signed already.")
    signed = door.change(by=by, thing=stored, expected_version=expected_version, verb="signed", now=now, **signature)
    if signed.agency is not None and signed.signed_on is not None:
        duties.signed_with_statement(
            by=by, letter=statement.letter, agency=signed.agency, signed_on=signed.signed_on, post=signed.post, now=now
        )
    standing = SignOff.objects.filter(statement=statement, withdrawn_at__isnull=True)
    state = states.after_signing(standing.filter(signed_on__isnull=False).count(), standing.count())
    if state is StatementState.SIGNED_OFF:
        whole = door.change(
            by=by, thing=statement, expected_version=statement.version, verb="signed off", now=now, state=state.value
        )
        notices.signed_off(as_stored(whole), at=now)
    return signed
