"""Drawings that may be printed: a small, closed part of SVG with nothing in it that runs or fetches."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from throughline.documents.text import clean

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc"}
_PAINT = {"marker", "clipPath", "linearGradient", "radialGradient", "stop", "pattern"}
_ELEMENTS = _SHAPES | _PAINT | {"svg", "g", "defs", "use", "symbol"}
_FORBIDDEN_VALUE = re.compile(r"url\(\s*['\"]?(?!#)|javascript:|data:|@import|expression\(", re.IGNORECASE)


def checked_svg(svg: str) -> str:
    """`svg` as it will be printed: parsed and written out again, with only drawing elements and attributes.

    Raises ValueError for anything that is not a plain drawing: a document type, scripts, event handlers, styles (which
    a strict Content-Security-Policy would block), embedded pages and anything fetched from elsewhere.
    """
    text = clean(svg).strip()
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("The drawing has a document type declaration: leave it out.")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - without a document type there are no entities to expand
    except ElementTree.ParseError as error:
        raise ValueError(f"The drawing is not well-formed SVG: {error}.") from error
    if root.tag != f"{{{_SVG}}}svg":
        raise ValueError('The drawing does not begin with an <svg xmlns="http://www.w3.org/2000/svg"> element.')
    if not root.get("viewBox"):
        raise ValueError("The drawing has no viewBox: without one it cannot be fitted to the page.")
    for element in root.iter():
        _check_element(element)
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    return ElementTree.tostring(root, encoding="unicode")


def _check_element(element: ElementTree.Element) -> None:
    if not isinstance(element.tag, str):
        raise ValueError("The drawing holds a processing instruction: leave it out.")
    namespace, _, name = element.tag.removeprefix("{").rpartition("}")
    if namespace != _SVG or name not in _ELEMENTS:
        raise ValueError(f"The drawing holds <{name}>, which is not part of a plain drawing.")
    for attribute, value in element.attrib.items():
        bare = attribute.rpartition("}")[2]
        if bare.lower().startswith("on") or bare == "style":
            raise ValueError(f"The drawing's <{name}> has the attribute '{bare}': use presentation attributes only.")
        if bare == "href" and not value.startswith("#"):
            raise ValueError(f"The drawing's <{name}> refers to something outside the drawing.")
        if _FORBIDDEN_VALUE.search(value):
            raise ValueError(f"The drawing's <{name}> refers to something outside the drawing.")
