"""The databases and the cast that the tests share.

The suite runs on whichever database DATABASE_URL names (SQLite when it is unset; `python -m tests.on_postgresql` sets
it). Tests marked `django_db` are rolled back. Tests that commit use `own_database`: a copy of the migrated database, of
which nothing is left afterwards (the record's triggers make flushing tables impossible, and rightly so).
"""

import shutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from uuid import uuid4

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files, mail and reports of the tests lie in a folder of the run's own."""
    from django.conf import settings

    var = tmp_path_factory.mktemp("var")
    settings.VAR, settings.FILES_ROOT, settings.EMAIL_FILE_PATH = var, var / "files", var / "mail"
    settings.DEVELOPMENT = True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The test database's own name, so that several runs may share one server or one checkout."""
    from django.db import connection

    name = f"test_{uuid4().hex[:12]}"
    if connection.vendor == "sqlite":
        name = str(tmp_path_factory.mktemp("database") / f"{name}.sqlite3")
    connection.settings_dict["TEST"]["NAME"] = name


class _Databases:
    """The migrated databases of a run: one with nobody in it, and a copy in which the cast lives.

    Most tests begin with the cast, and to make it takes longer than what they test. It is made once, by the same
    actions as ever; a test gets a copy of its objects and is rolled back to it.
    """

    empty = ""
    peopled = ""
    cast = None
    wanted = False  # whether the test that runs next begins with the cast

    def people(self) -> None:
        """Make the second database and the cast in it; the first is the connection's own."""
        from django.db import connection, connections

        from tests.cast import assemble

        self.empty = connection.settings_dict["NAME"]
        self.peopled = f"{self.empty}_cast"
        connections.close_all()
        _copy(self.empty, self.peopled)
        connection.settings_dict["NAME"] = self.peopled
        self.cast = assemble()

    def turn(self) -> None:
        """Turn the connection to the one that is wanted."""
        from django.db import connection

        name = self.peopled if self.wanted else self.empty
        if connection.settings_dict["NAME"] != name:
            connection.close()
            connection.settings_dict["NAME"] = name


_DATABASES = _Databases()


def _wants_the_cast(item: pytest.Item) -> bool:
    names = getattr(item, "fixturenames", ())
    return "cast" in names and "own_database" not in names


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before a test's transaction begins, its connection is turned to the database that it wants."""
    _DATABASES.wanted = _wants_the_cast(item)
    if _DATABASES.empty:
        _DATABASES.turn()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings) -> Iterator[None]:
    """The test databases, in every run: pytest-django's own makes one only for tests that it rolls back."""
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
        _DATABASES.people()
        _DATABASES.turn()
    yield
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = _DATABASES.empty
        _drop(_DATABASES.peopled)
        teardown_databases(made, verbosity=0)


@pytest.fixture
def own_database(django_db_setup, django_db_blocker, tmp_path: Path) -> Iterator[str]:
    """A fresh migrated database for one test, in which transactions really commit. Gives its name."""
    from django.db import connection, connections

    with django_db_blocker.unblock():
        original = connection.settings_dict["NAME"]
        connections.close_all()
        name = str(tmp_path / "own.sqlite3") if connection.vendor == "sqlite" else f"own_{uuid4().hex[:12]}"
        _copy(original, name)
        connection.settings_dict["NAME"] = name
        try:
            yield name
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = original
            _drop(name)


def _copy(source: str, target: str) -> None:
    """Copy a database to which nobody is connected."""
    from django.db import connection

    if connection.vendor == "sqlite":
        shutil.copyfile(source, target)
    else:
        _on_server(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def _drop(name: str) -> None:
    """Drop a database of the server; a file goes with its temporary folder."""
    from django.db import connection

    if connection.vendor == "postgresql":
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    """Run one statement on the PostgreSQL server, outside the test database."""
    import psycopg
    from django.db import connection

    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"] or settings["OPTIONS"].get("host"), port=settings["PORT"] or None,
        user=settings["USER"], password=settings["PASSWORD"] or None, dbname="postgres", autocommit=True,
    ) as server:  # fmt: skip
        server.execute(statement)


@pytest.fixture
def cast(db):
    """The named cast in two partnerships. See tests/cast.py."""
    from django.db import connection

    from tests.cast import assemble

    made = connection.settings_dict["NAME"] == _DATABASES.peopled
    return deepcopy(_DATABASES.cast) if made else assemble()


@pytest.fixture
def full_cast(cast):
    """The cast with something of everything in its partnerships."""
    return cast


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """One Chromium for all tests of a process."""
    from tests.chromium import AXE, CHROMIUM, launched

    if not CHROMIUM.exists() or not AXE.exists():
        pytest.skip("needs Debian's Chromium and the assets of make setup")
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """Passwords are hashed slowly on purpose; the cast has fifteen of them in every test."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
