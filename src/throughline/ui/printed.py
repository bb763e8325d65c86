"""The one formatter, for views and forms: throughline.methods.printed under the name that this layer calls it by."""

from throughline.methods.printed import (
    clock_time,
    count,
    day,
    lapse,
    listing,
    london_day,
    moment,
    number,
    short_day,
    size,
)

__all__ = [
    "clock_time", "count", "day", "lapse", "listing", "london_day", "moment", "number", "short_day", "size",
]  # fmt: skip
