"""An action brought to where its steps are tested: claimed, or with more time asked for."""

from datetime import date, timedelta
from typing import Any

from tests.cast import NOW
from tests.plans.conftest import add
from throughline.plans import actions, extensions
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action, Extension, Plan

LATER = NOW + timedelta(hours=1)
TODAY = date(2026, 1, 12)


def claimed(cast: Any, plan: Plan, **changes: Any) -> Action:
    """An action of the police that its lead calls delivered."""
    act = add(cast, plan, **changes)
    return actions.record_delivery(
        by=cast.bea, act=act, expected_version=act.version, state=Delivery.DELIVERED_CLAIMED, reason="Says its return",
        now=LATER,
    )  # fmt: skip


def asked(cast: Any, act: Action, by: Any = None, proposed: date = date(2026, 6, 30)) -> Extension:
    """An extension that the lead asks for."""
    return extensions.ask(by=by or cast.pauline, act=act, proposed=proposed, reason="Posts are vacant", now=LATER)
