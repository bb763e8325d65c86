"""The settings that a host may give, each with its default and meaning. docs/reference/settings.md lists the same."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Setting:
    """One environment variable. `default` is the text used when it is unset or empty."""

    name: str
    default: str
    meaning: str


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "THROUGHLINE_SETTING",
        "embedded",
        "embedded: one machine, loopback only, practice sign-in. shared: many people, TLS, second factor enforced.",
    ),
    Setting("THROUGHLINE_VAR", "var", "The folder that holds the database, files, mail and reports."),
    Setting("DATABASE_URL", "", "Where the data is. Empty: SQLite in the var folder. postgres://… for a shared one."),
    Setting("THROUGHLINE_SECRET_KEY", "", "Signs cookies. Embedded makes its own; shared refuses to start without."),
    Setting("THROUGHLINE_HOSTS", "", "Host names under which the shared setting answers, separated by commas."),
    Setting("THROUGHLINE_ADDRESS", "127.0.0.1", "The address that `serve` listens on. Embedded allows loopback only."),
    Setting("THROUGHLINE_PORT", "8000", "The port that `serve` listens on."),
    Setting("THROUGHLINE_MAIL_HOST", "", "The mail server. Empty: messages are written to the mail folder under var."),
    Setting("THROUGHLINE_MAIL_PORT", "587", "The mail server's port."),
    Setting("THROUGHLINE_MAIL_USER", "", "The account on the mail server, if it wants one."),
    Setting("THROUGHLINE_MAIL_PASSWORD", "", "Its password."),
    Setting("THROUGHLINE_MAIL_TLS", "yes", "yes: STARTTLS before anything is said. no: only for a server on loopback."),
    Setting("THROUGHLINE_MAIL_FROM", "throughline@localhost", "The address that messages come from."),
    Setting("THROUGHLINE_BASE_URL", "http://localhost:8000", "How links in messages and reports begin."),
    Setting("THROUGHLINE_DEVELOPMENT", "no", "yes: the page /styles with every component, and detailed error pages."),
    Setting("THROUGHLINE_OIDC_NAME", "", "The button's name for single sign-on, for example 'Council account'."),
    Setting("THROUGHLINE_OIDC_SERVER", "", "The OpenID Connect server's address."),
    Setting("THROUGHLINE_OIDC_CLIENT", "", "The client id that it gave Throughline."),
    Setting("THROUGHLINE_OIDC_SECRET", "", "The client secret that it gave Throughline."),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}


def read(name: str) -> str:
    """The value of a declared setting. A name that is not declared above is a programming error (KeyError)."""
    return os.environ.get(name, "").strip() or _BY_NAME[name].default


def is_yes(name: str) -> bool:
    """Whether a yes/no setting says yes."""
    return read(name).lower() in {"yes", "true", "1", "on"}


def kept_secret(path: Path) -> str:
    """The embedded setting's own secret key, made once and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii")
