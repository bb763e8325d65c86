"""What is done with evidence: it is held, shared, linked, restricted, offered and withdrawn. Seeing: sighting.py."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from throughline.access import Scope, check, check_new
from throughline.evidence import links, permissions, rules
from throughline.evidence.models import Evidence, EvidenceLink, EvidenceRevision
from throughline.evidence.strength import Strength
from throughline.files.intake import Received
from throughline.files.models import StoredFile
from throughline.files.permissions import WITH_ITS_THING
from throughline.history import consequences, door
from throughline.history.door import action
from throughline.history.models import Event
from throughline.history.moments import day_of
from throughline.partners.models import Agency, Group, Participation, Partnership, Person

# What higher rooms may follow: what a piece of evidence says, brings or belongs to is another than before.
CHANGED = "evidence.changed"


class CannotDo(ValueError):
    """What was asked breaks a rule of the room; the sentence says which and what to do."""


def _check_words(
    *, held_where: str, has_file: bool, link: str, strength: str, days: tuple[date | None, ...], on: date
) -> None:
    if sentence := rules.why_not_held(held_where=held_where, has_file=has_file, link=link):
        raise CannotDo(sentence)
    if strength not in set(Strength):
        raise CannotDo("Choose what kind of evidence it is.")
    if wrong := rules.why_not_dated(*days, on=on):
        raise CannotDo(" ".join(sentence for _, sentence in wrong))


def _check_body(partnership: Partnership, agency: Agency | None, group: Group | None) -> Agency | Group:
    if agency is not None and group is None:
        if not Participation.objects.filter(
            partnership_id=partnership.pk, agency=agency, withdrawn_at__isnull=True
        ).exists():
            raise CannotDo(f"{agency} does not take part in this partnership. Choose whose evidence it is.")
        return agency
    if group is not None and agency is None:
        return group
    raise CannotDo("Choose the agency or the group whose evidence it is, and only one.")


@action("partnership")
def hold(
    *, by: Person, partnership: Partnership, title: str, now: datetime, agency: Agency | None = None,
    group: Group | None = None, held_where: str = "", detail: str = "", dated: date | None = None,
    expires: date | None = None, strength: str = Strength.ASSERTION, things: Sequence[Model] = (),
    restricted: bool = False, file: Received | None = None, link: str = "", note: str = "",
) -> Evidence:  # fmt: skip
    """Register evidence of a body: what it is, where it is held, and perhaps the file or a link to it.

    things: what it belongs to (an action, an assurance activity, a return). While one of them holds it back, it is a
    draft that its body alone sees. file: what passed the gate before this action began. Raises AccessDenied, Foreign,
    CannotDo.
    """
    body = _check_body(partnership, agency, group)
    stage = permissions.DRAFT if links.holds_back(things) else permissions.OFFERED
    sensitivity = permissions.RESTRICTED if restricted else permissions.ORDINARY
    scope = Scope(frozenset({partnership.pk}), frozenset({body.pk}), stage=stage, sensitivity=sensitivity)
    check_new(by, "create", permissions.EVIDENCE, scope, day_of(now))
    _check_words(
        held_where=held_where, has_file=file is not None, link=link, strength=strength, days=(dated, expires),
        on=day_of(now),
    )  # fmt: skip
    last = Evidence.objects.filter(partnership=partnership).order_by("-number").values_list("number", flat=True).first()
    number = (last or 0) + 1
    made = door.create(
        Evidence, by=by, verb="held", now=now, partnership=partnership, agency=agency, group=group, number=number,
        reference=rules.reference(number), title=title, detail=detail, held_where=held_where, dated=dated,
        expires=expires, strength=str(strength), stage=stage, sensitivity=sensitivity,
    )  # fmt: skip
    if file is not None or link:
        _add_revision(by, made, file, link, note, now)
    for thing in dict.fromkeys(things):
        _link(by, made, thing, now)
    return made


def _add_revision(
    by: Person, evidence: Evidence, file: Received | None, link: str, note: str, now: datetime
) -> EvidenceRevision:
    stored = None
    if file is not None:
        # Given out by this room alone, to those who may see the evidence: the open file pages know nothing of it.
        stored = door.create(
            StoredFile, by=by, verb="stored", now=now, partnership_id=evidence.partnership_id, sha256=file.blob.sha256,
            size=file.blob.size, kind=file.verdict.kind.value, name=file.name, kept=WITH_ITS_THING,
        )  # fmt: skip
    numbers = EvidenceRevision.objects.filter(evidence=evidence).order_by("-number").values_list("number", flat=True)
    return door.create(
        EvidenceRevision, by=by, verb="shared", now=now, partnership_id=evidence.partnership_id, evidence=evidence,
        agency_id=evidence.agency_id, group_id=evidence.group_id, number=(numbers.first() or 0) + 1, file=stored,
        link="" if stored else link, note=note, added_on=day_of(now),
    )  # fmt: skip


def _link(by: Person, evidence: Evidence, thing: Any, now: datetime) -> EvidenceLink:
    kind = links.kind_of(thing)
    if thing.partnership_id != evidence.partnership_id:
        raise door.Foreign("what the evidence belongs to is of another partnership")
    return door.link(
        EvidenceLink, by=by, now=now, partnership_id=evidence.partnership_id, evidence=evidence,
        agency_id=evidence.agency_id, group_id=evidence.group_id, thing_kind=kind.name, thing_id=thing.pk,
    )  # fmt: skip


def standing(evidence: Evidence) -> Evidence:
    """The evidence as it is now. Raises CannotDo when it was withdrawn."""
    current = Evidence.objects.select_related("agency", "group").get(pk=evidence.pk)
    if current.withdrawn_at is not None:
        raise CannotDo(f"{current.reference} was withdrawn. Hold it anew if it counts after all.")
    return current


def tell_changed(by: Person, row: Model, evidence: Evidence, now: datetime) -> None:
    """Tell higher rooms that what the evidence says is another than before."""
    cause = Event.objects.filter(thing_id=row.pk).order_by("-sequence").first()
    if cause is not None:
        consequences.follow(CHANGED, by=by, cause=cause, now=now, evidence=evidence)


@action("evidence")
def change(
    *, by: Person, evidence: Evidence, expected_version: int, title: str, held_where: str, now: datetime,
    detail: str = "", dated: date | None = None, expires: date | None = None, strength: str = Strength.ASSERTION,
) -> Evidence:  # fmt: skip
    """Put evidence in other words. Raises AccessDenied, Conflict, CannotDo."""
    current = standing(evidence)
    check(by, "change", current, day_of(now))
    shared = EvidenceRevision.objects.filter(evidence=current, withdrawn_at__isnull=True).exists()
    _check_words(
        held_where=held_where, has_file=shared, link="", strength=strength, days=(dated, expires), on=day_of(now)
    )
    changed = door.change(
        by=by, thing=current, expected_version=expected_version, verb="changed", now=now, title=title, detail=detail,
        held_where=held_where, dated=dated, expires=expires, strength=str(strength),
    )  # fmt: skip
    tell_changed(by, changed, changed, now)
    return changed


@action("evidence")
def add_revision(
    *, by: Person, evidence: Evidence, now: datetime, file: Received | None = None, link: str = "", note: str = ""
) -> EvidenceRevision:
    """Share a file or a link as evidence; earlier ones stay beside it. `file` passed the gate before this action.

    Raises AccessDenied, CannotDo.
    """
    current = standing(evidence)
    check(by, "change", current, day_of(now))
    if (file is None) == (not link):
        raise CannotDo("Add the file or a link to it, one of the two.")
    made = _add_revision(by, current, file, link, note, now)
    tell_changed(by, made, current, now)
    return made


@action("evidence")
def link_to(*, by: Person, evidence: Evidence, thing: Model, now: datetime) -> EvidenceLink:
    """Say that evidence belongs to a thing. Once only. Raises AccessDenied, Foreign, CannotDo."""
    current = standing(evidence)
    check(by, "change", current, day_of(now))
    kind = links.kind_of(thing)
    if EvidenceLink.objects.filter(
        evidence=current, thing_kind=kind.name, thing_id=thing.pk, withdrawn_at__isnull=True
    ).exists():
        raise CannotDo(f"{current.reference} belongs to that already.")
    made = _link(by, current, thing, now)
    tell_changed(by, made, current, now)
    return made


@action("link")
def unlink(*, by: Person, link: EvidenceLink, expected_version: int, now: datetime) -> EvidenceLink:
    """Say that evidence does not belong to a thing after all. Raises AccessDenied, Conflict."""
    current = standing(link.evidence)
    check(by, "change", current, day_of(now))
    gone = door.unlink(by=by, thing=link, expected_version=expected_version, now=now)
    tell_changed(by, gone, current, now)
    return gone


@action("evidence")
def restrict(*, by: Person, evidence: Evidence, expected_version: int, reason: str, now: datetime) -> Evidence:
    """Keep evidence to its body and the independent scrutineer, with the reason. Raises AccessDenied, Conflict."""
    return _set_sensitivity(by, evidence, expected_version, permissions.RESTRICTED, "restricted", reason, now)


@action("evidence")
def unrestrict(*, by: Person, evidence: Evidence, expected_version: int, reason: str, now: datetime) -> Evidence:
    """Open restricted evidence to every member, with the reason. Raises AccessDenied, Conflict, CannotDo."""
    return _set_sensitivity(by, evidence, expected_version, permissions.ORDINARY, "opened", reason, now)


def _set_sensitivity(
    by: Person, evidence: Evidence, expected_version: int, to: str, verb: str, reason: str, now: datetime
) -> Evidence:
    current = standing(evidence)
    check(by, "change", current, day_of(now))
    if current.sensitivity == to:
        raise CannotDo(f"{current.reference} is {'restricted' if to == permissions.RESTRICTED else 'open'} already.")
    if not reason.strip():
        raise CannotDo("Say why. The reason stays on record.")
    changed = door.change(
        by=by, thing=current, expected_version=expected_version, verb=verb, now=now, reason=reason, sensitivity=to
    )
    tell_changed(by, changed, changed, now)
    return changed


@action("evidence")
def expire(
    *, by: Person, evidence: Evidence, expected_version: int, expires: date, reason: str, now: datetime
) -> Evidence:
    """Say after which day evidence shows nothing any more, and why. Raises AccessDenied, Conflict, CannotDo."""
    current = standing(evidence)
    check(by, "change", current, day_of(now))
    if wrong := rules.why_not_dated(current.dated, expires, on=max(day_of(now), current.dated or expires)):
        raise CannotDo(wrong[0][1])
    if not reason.strip():
        raise CannotDo("Say why it shows nothing after that day. The reason stays on record.")
    changed = door.change(
        by=by, thing=current, expected_version=expected_version, verb="expiry set", now=now, reason=reason,
        expires=expires,
    )  # fmt: skip
    tell_changed(by, changed, changed, now)
    return changed


@action("evidence")
def withdraw(*, by: Person, evidence: Evidence, expected_version: int, reason: str, now: datetime) -> Evidence:
    """Say that a piece of evidence does not count after all, with the reason. Raises AccessDenied, Conflict."""
    current = standing(evidence)
    check(by, "change", current, day_of(now))
    if not reason.strip():
        raise CannotDo("Say why it does not count. The reason stays on record.")
    gone = door.withdraw(by=by, thing=current, expected_version=expected_version, now=now, reason=reason)
    tell_changed(by, gone, gone, now)
    return gone


@action("partnership")
def offer(*, by: Person, partnership: Partnership, pieces: Iterable[Evidence], now: datetime) -> list[Evidence]:
    """Open drafts to those who may see offered evidence: what they belong to was submitted. Raises AccessDenied."""
    drafts = [each for each in pieces if each.stage == permissions.DRAFT and each.withdrawn_at is None]
    for each in drafts:
        check(by, "change", each, day_of(now))
    return door.change_many(
        by=by, changes=[(each, each.version, {"stage": permissions.OFFERED}) for each in drafts], verb="offered",
        now=now,
    )  # fmt: skip


@action("revision")
def record_download(*, by: Person, revision: EvidenceRevision, now: datetime) -> None:
    """Put on record that a person was given a file of evidence. Raises AccessDenied."""
    check(by, "view", revision, day_of(now))
    if revision.withdrawn_at is not None or revision.file_id is None:
        raise CannotDo("There is no file here any more.")
    door.note(by=by, thing=revision, verb="downloaded", now=now)
