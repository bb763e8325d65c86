"""A partnership's own terms for a regime: set, taken back to the default, and what they come to."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from throughline.access import GuardedQuerySet, Scope, check, check_new
from throughline.history import door
from throughline.history.door import Conflict, action
from throughline.history.moments import day_of
from throughline.inspections import permissions
from throughline.inspections.frameworks import FRAMEWORKS, Framework
from throughline.inspections.models import FrameworkTerms
from throughline.inspections.refusals import CannotDo
from throughline.methods.clocks import Clock
from throughline.partners.models import Partnership, Person

LONGEST_CLOCK = 400


def terms_of(partnership: Partnership, *, for_person: Person) -> GuardedQuerySet:
    """The terms that the partnership has set, by regime."""
    return FrameworkTerms.objects.visible_to(for_person).filter(partnership=partnership, withdrawn_at__isnull=True)


def regime_in(partnership: Partnership, framework: str) -> Framework:
    """A regime as it holds in a partnership. Reads what was prefetched as `framework_terms`, or asks once."""
    standing: Iterable[FrameworkTerms] = partnership.framework_terms.all()  # type: ignore[attr-defined]
    own = next((each for each in standing if each.framework == framework and each.withdrawn_at is None), None)
    return own.applied() if own is not None else FRAMEWORKS[framework]


@action("partnership")
def set_terms(
    *, by: Person, partnership: Partnership, framework: str, response: str, clock: Clock | None, source: str,
    now: datetime, expected_version: int = 0,
) -> FrameworkTerms:  # fmt: skip
    """Give a regime another time or another name for its answer. `expected_version` 0: nothing was set before.

    What was submitted stays as it was. Raises AccessDenied, Conflict, CannotDo.
    """
    check_new(by, "create", permissions.TERMS, Scope(frozenset({partnership.pk})), day_of(now))
    if framework not in FRAMEWORKS:
        raise CannotDo("Choose a regime from the list.")
    if not response.strip() or not source.strip():
        raise CannotDo("Say what the answer is called, and where you have the terms from.")
    if clock is not None and not 1 <= clock.count <= LONGEST_CLOCK:
        raise CannotDo(f"Give a number from 1 to {LONGEST_CLOCK}.")
    values: dict[str, Any] = {
        "response": response, "source": source, "count": clock.count if clock else None,
        "unit": clock.unit.value if clock else "", "start": clock.start.value if clock else "",
    }  # fmt: skip
    before = FrameworkTerms.objects.filter(
        partnership=partnership, framework=framework, withdrawn_at__isnull=True
    ).first()
    if before is None:
        return door.create(
            FrameworkTerms, by=by, verb="set", now=now, partnership=partnership, framework=framework, **values
        )
    if expected_version == 0:
        raise Conflict(values, before)
    return door.change(by=by, thing=before, expected_version=expected_version, verb="set", now=now, **values)


@action("terms")
def drop_terms(
    *, by: Person, terms: FrameworkTerms, expected_version: int, reason: str, now: datetime
) -> FrameworkTerms:
    """Go back to a regime's default. Raises AccessDenied, Conflict, CannotDo."""
    check(by, "change", terms, day_of(now))
    if not reason.strip():
        raise CannotDo("Say why the default holds again.")
    return door.withdraw(by=by, thing=terms, expected_version=expected_version, now=now, reason=reason)
