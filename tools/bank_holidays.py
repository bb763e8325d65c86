"""Write England's bank holidays, 2010 to 2035, to the file that `methods.calendars` reads.

Run again when a holiday is proclaimed or moved, with a newer `holidays` package: python tools/bank_holidays.py
"""

from __future__ import annotations

import json
from datetime import date
from importlib.metadata import version
from pathlib import Path

from holidays import country_holidays

FIRST_YEAR, LAST_YEAR = 2010, 2035
TARGET = Path(__file__).resolve().parents[1] / "src/throughline/methods/data/bank_holidays_england.json"


def bank_holidays() -> dict[str, str]:
    """Day -> name, weekdays only: a holiday that falls on a weekend is kept on its substitute day."""
    found = country_holidays("GB", subdiv="ENG", years=range(FIRST_YEAR, LAST_YEAR + 1), observed=True)
    return {day.isoformat(): name for day, name in sorted(found.items()) if day.weekday() < 5}


def main() -> None:
    content = {
        "generated": date.today().isoformat(),  # noqa: DTZ011 - the day on which somebody ran this, where they are
        "source": f"Python package holidays {version('holidays')}, England (bank and public holidays, substitute days)",
        "from": f"{FIRST_YEAR}-01-01",
        "through": f"{LAST_YEAR}-12-31",
        "days": bank_holidays(),
    }
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(content['days'])} bank holidays written to {TARGET.name}")


if __name__ == "__main__":
    main()
