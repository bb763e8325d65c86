"""Every change of a model has its migration."""

from django.core.management import call_command


def test_every_migration_is_written(db) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
