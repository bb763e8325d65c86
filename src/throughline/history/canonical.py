"""The texts that are hashed, and the hashes. Small on purpose: an independent verifier can be written from this page.

A value is canonical as JSON with sorted keys, no spaces, UTF-8 as it is, and these forms: an instant as ISO 8601 in
UTC with six digits and 'Z', a day as ISO 8601, a UUID as 36 characters, a decimal as its plain digits.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

FORMAT_VERSION = 1
GENESIS = "0" * 64


class UnrecordableText(ValueError):
    """A text that no database column or hash can hold as it is: a NUL character or half a surrogate pair."""


def plain(value: Any) -> Any:
    """A column's value as JSON can hold it. Raises UnrecordableText, and TypeError for a type that no column has."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
            raise UnrecordableText("The text holds a character that cannot be kept (NUL or half a character pair).")
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def text_of(value: Any) -> str:
    """Canonical JSON text."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def body_text(*, reason: str, state: Mapping[str, Any], state_version: int) -> str:
    """The text of an event's body."""
    return text_of({"reason": reason, "state": state, "state_version": state_version})


def new_salt() -> str:
    """Thirty-two hexadecimal characters: without it a body that is gone cannot be guessed from its commitment."""
    return secrets.token_hex(16)


def commitment_of(salt: str, text: str) -> str:
    """SHA-256 over the salt and the body's text, joined by a line feed, as 64 hexadecimal characters."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


# Every column of an event except its hash. The chain goes in by the partnership that it belongs to.
HASHED = (
    "id",
    "partnership_id",
    "sequence",
    "recorded_at",
    "by_id",
    "by_name",
    "by_role",
    "by_agency",
    "verb",
    "thing_kind",
    "thing_id",
    "scope",
    "because_of",
    "format_version",
    "commitment",
    "previous_hash",
)


def event_text(values: Mapping[str, Any]) -> str:
    """The text of an event that its hash covers; `values` has at least the keys of HASHED."""
    return text_of({key: values[key] for key in HASHED})


def event_hash(values: Mapping[str, Any]) -> str:
    """SHA-256 over `event_text`, as 64 hexadecimal characters."""
    return hashlib.sha256(event_text(values).encode()).hexdigest()
