"""Colours by which a plan shows a rating without a word: told by name where they are plain, and never guessed."""

import colorsys

NOT_TOLD = "?"  # a fill of which the file does not say the colour, or says two: patterns and gradients

# The hues of the wheel, in degrees from and to, with how dark each may be before it is brown, olive or black.
_HUES: tuple[tuple[str, int, int, float], ...] = (
    ("Red", -15, 12, 0.15),
    ("Amber", 18, 66, 0.35),
    ("Green", 75, 165, 0.12),
    ("Blue", 185, 248, 0.15),
)
_GREY = 0.062  # between the strongest and the weakest of red, green and blue: no hue is seen below
_WHITE, _BLACK = 0.94, 0.15  # lightness


def colour_name(fill: str) -> str | None:
    """Red, Amber, Green, Blue or Grey for a fill of six hexadecimal digits; amber is orange and yellow too.

    Empty for white, which says nothing; None for what is not plainly one of them.

    >>> [colour_name(each) for each in ("FF0000", "FFC000", "C6EFCE", "FFFFFF", "7030A0")]
    ['Red', 'Amber', 'Green', '', None]
    """
    if len(fill) != 6:
        return None
    red, green, blue = parts_of(fill)
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    spread = max(red, green, blue) - min(red, green, blue)
    if spread <= _GREY:
        return "" if light >= _WHITE else "Grey" if light >= _BLACK else None
    if strength < 0.3 and spread < 0.2:
        return None
    degrees = hue * 360 - 360 if hue * 360 > 300 else hue * 360
    return next(
        (name for name, least, most, dark in _HUES if least <= degrees <= most and light >= dark),
        None,
    )


def parts_of(fill: str) -> tuple[float, float, float]:
    """Red, green and blue of six hexadecimal digits, each from 0 to 1."""
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def tinted(fill: str, tint: float) -> str:
    """A colour made lighter (to 1) or darker (to -1), as Excel does it.

    >>> tinted("70AD47", 0.0), tinted("FFFFFF", -0.5)
    ('70AD47', '808080')
    """
    if not tint:
        return fill
    hue, light, strength = colorsys.rgb_to_hls(*parts_of(fill))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(each * 255):02X}" for each in colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), strength))
