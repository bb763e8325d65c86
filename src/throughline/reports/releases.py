"""Words that may go before the public: what could be released, what is, and who decided so, line by line."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from throughline.access import Scope, check, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.line.queries import plan_line
from throughline.line.tree import PlanLine
from throughline.partners.models import Person
from throughline.plans.models import Plan
from throughline.reports import permissions
from throughline.reports.actions import CannotDo
from throughline.reports.models import Release
from throughline.reports.public import Releasable, releasable


@dataclass(frozen=True)
class Shown:
    """Words that could be released, with their release if they are."""

    words: Releasable
    release: Release | None

    @property
    def key(self) -> str:
        """By what a form names them: the row, and which words of it."""
        return f"{self.words.id}:{digest_of(self.words.text)}"


def digest_of(text: str) -> str:
    """The SHA-256 of words, by which a release knows them."""
    return hashlib.sha256(text.encode()).hexdigest()


def standing_of(plan: Plan) -> dict[tuple[str, str], Release]:
    """The releases of a plan that were not taken back, by row and digest."""
    found = Release.objects.filter(plan=plan, withdrawn_at__isnull=True)
    return {(str(each.thing_id), each.digest): each for each in found}


def released_words(plan: Plan, line: PlanLine) -> frozenset[tuple[str, str]]:
    """Pairs of a row's id and its words that papers for the public may print."""
    known = standing_of(plan)
    return frozenset((each.id, each.text) for each in releasable(line) if (each.id, digest_of(each.text)) in known)


def shown_of(plan: Plan, *, for_person: Person) -> list[Shown]:
    """Everything of a plan that could be released, as the person may see it, with its release."""
    known = standing_of(plan)
    line = plan_line(plan, for_person=for_person)
    return [Shown(each, known.get((each.id, digest_of(each.text)))) for each in releasable(line)]


@action("plan")
def release(*, by: Person, plan: Plan, keys: Iterable[str], now: datetime) -> int:
    """Release words to the public; how many were new. `keys` are those of `Shown`. Raises AccessDenied, CannotDo.

    Words that changed since they were shown are not released: the person has not read the new ones.
    """
    check_new(by, "create", permissions.RELEASE, Scope(frozenset({plan.partnership_id})), day_of(now))
    wanted = set(keys)
    found = [each for each in shown_of(plan, for_person=by) if each.key in wanted]
    if len(found) < len(wanted):
        raise CannotDo("Some of these words changed since you read them. Read the page again.")
    new = [each for each in found if each.release is None]
    if not wanted:
        raise CannotDo("Tick the words that may go before the public.")
    door.bulk(
        Release, by=by, verb="released", now=now,
        rows=[
            {"partnership_id": plan.partnership_id, "plan": plan, "what": each.words.kind, "thing_id": each.words.id,
             "digest": digest_of(each.words.text), "by": by, "by_name": by.name, "at": now}
            for each in new
        ],
    )  # fmt: skip
    return len(new)


@action("plan")
def take_back(*, by: Person, plan: Plan, keys: Iterable[str], now: datetime) -> int:
    """Take releases back; how many there were. Frozen papers stay as they are. Raises AccessDenied, CannotDo."""
    wanted = set(keys)
    found = [each for (thing, digest), each in standing_of(plan).items() if f"{thing}:{digest}" in wanted]
    if not found:
        raise CannotDo("Tick the words that are to be taken back.")
    for each in found:
        check(by, "take_back", each, day_of(now))
        door.withdraw(
            by=by, thing=each, expected_version=each.version, now=now, reason="Taken back.", verb="taken back"
        )
    return len(found)
