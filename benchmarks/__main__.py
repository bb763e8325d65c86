"""`make bench`: measure what people wait for, beside the bare floor. Prints lines; asserts nothing.

Runs on a database of its own in a temporary folder (SQLite), or on the one that DATABASE_URL names if it is empty.
"""

import os
import platform
import tempfile


def main() -> None:
    """Set a fresh copy up, measure, and print."""
    with tempfile.TemporaryDirectory(prefix="throughline-bench-") as folder:
        os.environ["THROUGHLINE_VAR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        from benchmarks import letters, papers, plans, saves
        from benchmarks.measure import reference_loop, seconds

        print(f"{connection.vendor}, Python {platform.python_version()}, {os.cpu_count()} processors")
        print(f"reference loop (SHA-256 of 64 MiB): {min(seconds(reference_loop) for _ in range(3)) * 1000:.0f} ms\n")
        for measured in (saves, papers, letters, plans):
            for result in measured.run():
                print(result.line(), flush=True)


if __name__ == "__main__":
    main()
