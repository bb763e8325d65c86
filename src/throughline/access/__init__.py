"""Who may do what: roles, one engine, and the same clauses as a query. Knows no noun."""

from throughline.access.engine import AccessDenied, Grant, Kind, Scope, decide, declare, kinds, reach
from throughline.access.roles import Role
from throughline.access.rows import GuardedQuerySet, allows, allows_new, check, check_new, scope_of

__all__ = [
    "AccessDenied",
    "Grant",
    "GuardedQuerySet",
    "Kind",
    "Role",
    "Scope",
    "allows",
    "allows_new",
    "check",
    "check_new",
    "decide",
    "declare",
    "kinds",
    "reach",
    "scope_of",
]
