"""XML parts, read as a stream: no document types, no entities, no deep nesting, and what people should be told of."""

from collections.abc import Iterable
from xml.parsers import expat

from throughline.files.verdict import SAVE_AGAIN, Fault

# What is noted on the way, by element name without its prefix; Word writes each of these where the sentence holds.
_WATCHED = {
    "ins": "tracked changes",
    "del": "tracked changes",
    "moveFrom": "tracked changes",
    "vanish": "hidden text",
    "comment": "comments",
    "ddeLink": "links to another program",
    "oleLink": "links to another program",
    "dbPr": "links to another program",
    "webPr": "links to something outside the file",
}
_FIELDS = ("DDE", "INCLUDETEXT", "INCLUDEPICTURE", "LINK ", "IMPORT ")
_OBJECTS = {"oleObject", "package", "control", "aFChunk", "attachedToolbars"}
_HIDDEN = {"hidden", "veryHidden"}


class _Walk:
    """One pass over one part."""

    def __init__(self, depth: int) -> None:
        self.limit = depth
        self.depth = 0
        self.seen: set[str] = set()
        self.types: dict[str, str] = {}
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.XmlDeclHandler = self.declared
        self.parser.StartDoctypeDeclHandler = self.refuse_type
        self.parser.EntityDeclHandler = self.refuse_type
        self.parser.ExternalEntityRefHandler = self.refuse_type
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in {"utf-8", "utf8", "utf-16", "us-ascii", "ascii"}:
            raise Fault(f"is written in an unusual encoding: {SAVE_AGAIN}")

    def refuse_type(self, *_: object) -> int:
        raise Fault(f"declares a document type or entities, which no Office program writes: {SAVE_AGAIN}")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > self.limit:
            raise Fault(f"is nested more deeply than is safe to read: {SAVE_AGAIN}")
        local = name.rpartition(":")[2]
        if local in _WATCHED:
            self.seen.add(_WATCHED[local])
        elif local in ("instrText", "fldSimple"):
            self.field("".join(value for key, value in attributes.items() if key.rpartition(":")[2] == "instr"))
            self.parser.CharacterDataHandler = self.field
        elif local == "Relationship":
            self.relationship(attributes)
        elif local == "sheet" and attributes.get("state") in _HIDDEN:
            self.seen.add("hidden sheets")
        elif local in ("Override", "Default"):
            key = attributes.get("PartName", "").lstrip("/") or f"*.{attributes.get('Extension', '')}"
            self.types[key.lower()] = attributes.get("ContentType", "")

    def end(self, _name: str) -> None:
        self.depth -= 1
        self.parser.CharacterDataHandler = None

    def field(self, text: str) -> None:
        if text.strip().upper().startswith(_FIELDS):
            self.seen.add("fields that fetch something from outside")

    def relationship(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        if attributes.get("TargetMode") == "External" and kind != "hyperlink":
            self.seen.add("links to something outside the file")
        if kind in _OBJECTS:
            self.seen.add("embedded objects")


def walk(pieces: Iterable[bytes], depth: int, *, strict: bool = True) -> tuple[set[str], dict[str, str]]:
    """Read one part to its end. Gives what was noted and, for [Content_Types].xml, part name -> content type.

    Raises Fault. With `strict` off, a part that is no well-formed XML is read as far as it goes: Excel's old drawings
    hold unclosed HTML.
    """
    walked = _Walk(depth)
    try:
        for piece in pieces:
            walked.parser.Parse(piece, False)
        walked.parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError, UnicodeError):
        if strict:
            raise Fault(f"holds a damaged part: {SAVE_AGAIN}") from None
    return walked.seen, walked.types
