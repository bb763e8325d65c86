"""The evidence of a return: held or uploaded for it and its actions, a draft until the return is submitted."""

from datetime import date, datetime
from typing import Any

from throughline.evidence import actions as evidence_actions
from throughline.evidence import links
from throughline.evidence.models import Evidence, EvidenceLink
from throughline.evidence.strength import Strength
from throughline.files.intake import Received
from throughline.history.door import action
from throughline.partners.models import Person
from throughline.plans.models import Action
from throughline.returns import asked
from throughline.returns.models import Return
from throughline.returns.refusals import CannotDo
from throughline.returns.reporting import current, said, step, unsign
from throughline.returns.states import ReturnState

_GIVEN_IN = (ReturnState.SUBMITTED, ReturnState.ACCEPTED)


def is_held_back(return_: Return) -> bool:
    """Whether evidence that is held for a return stays with its body for now."""
    return return_.state not in _GIVEN_IN


def _check_own(return_: Return, act: Action | None) -> None:
    if act is None:
        return
    if act.plan_id != return_.period.plan_id or not (
        asked.leads(return_, act) or asked.parts_of(return_).filter(action=act).exists()
    ):
        raise CannotDo(f"{act.reference} is led by somebody else.")


@action("return_")
def hold_evidence(
    *, by: Person, return_: Return, title: str, now: datetime, act: Action | None = None, held_where: str = "",
    detail: str = "", dated: date | None = None, expires: date | None = None, strength: str = Strength.ASSERTION,
    restricted: bool = False, file: Received | None = None, link: str = "", note: str = "",
) -> Evidence:  # fmt: skip
    """Register evidence of the body for its return, perhaps for one action of it. `file` passed the gate before.

    Until the return is submitted its body alone sees it. Raises AccessDenied, CannotDo of either room.
    """
    return_ = current(return_)
    state = step(by, "report", return_, now)
    _check_own(return_, act)
    held = evidence_actions.hold(
        by=by, partnership=return_.partnership, agency=return_.agency, group=return_.group,
        things=[return_, act] if act is not None else [return_], title=title, held_where=held_where, detail=detail,
        dated=dated, expires=expires, strength=strength, restricted=restricted, file=file, link=link, note=note,
        now=now,
    )  # fmt: skip
    said(by, return_, state, now)
    return held


@action("return_")
def bring_evidence(
    *, by: Person, return_: Return, evidence: Evidence, now: datetime, act: Action | None = None
) -> EvidenceLink:
    """Have a return bring evidence that the body holds already, perhaps for one action of it.

    Raises AccessDenied, CannotDo of either room.
    """
    return_ = current(return_)
    state = step(by, "report", return_, now)
    _check_own(return_, act)
    if (evidence.agency_id, evidence.group_id) != (return_.agency_id, return_.group_id):
        raise CannotDo(f"{evidence.reference} is held by somebody else. A return brings its own body's evidence.")
    if act is not None and not _belongs(evidence, act):
        evidence_actions.link_to(by=by, evidence=evidence, thing=act, now=now)
    link = evidence_actions.link_to(by=by, evidence=evidence, thing=return_, now=now)
    said(by, return_, state, now)
    return link


def _belongs(evidence: Evidence, thing: Any) -> bool:
    return EvidenceLink.objects.filter(
        evidence=evidence, thing_kind=links.kind_of(thing).name, thing_id=thing.pk, withdrawn_at__isnull=True
    ).exists()


@action("return_")
def leave_evidence_out(*, by: Person, return_: Return, evidence: Evidence, now: datetime) -> EvidenceLink:
    """Have a return not bring a piece of evidence after all. The body still holds it.

    Raises AccessDenied, CannotDo of either room.
    """
    return_ = current(return_)
    state = step(by, "report", return_, now)
    link = EvidenceLink.objects.filter(
        evidence=evidence, thing_kind=asked.KIND, thing_id=return_.pk, withdrawn_at__isnull=True
    ).first()
    if link is None:
        raise CannotDo(f"{evidence.reference} is not in this return.")
    gone = evidence_actions.unlink(by=by, link=link, expected_version=link.version, now=now)
    said(by, return_, state, now)
    return gone


def follow_change(*, by: Any, evidence: Evidence, now: datetime, **_facts: Any) -> None:
    """Take the signature off every return that brings a piece of evidence which was changed just now."""
    bringing = EvidenceLink.objects.filter(evidence=evidence, thing_kind=asked.KIND).values("thing_id")
    for each in Return.objects.filter(pk__in=bringing, state=ReturnState.SIGNED):
        unsign(by, each, ReturnState.DRAFT, now)


def offer_evidence(by: Person, return_: Return, now: datetime) -> None:
    """Open the drafts that a return brings, because it is submitted. Inside the action that submits it."""
    pieces = asked.evidence_of(return_).filter(stage="draft")
    evidence_actions.offer(by=by, partnership=return_.partnership, pieces=pieces, now=now)
