"""Inspection letters of our own writing, about places that do not exist, in the structures that the real ones have.

A letter is data; `pdf` and `docx` make real files of it. The pages are small, so that paragraphs run over their ends.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import docx
import pikepdf
import typst
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

_PRIVATE = "\uf06e\uf0b7"  # squares and dots of private fonts, which no typeface of ours can draw
_DRAWN = "■"


@dataclass(frozen=True)
class Heading:
    """A heading in bold; `weight` 'regular' sets it like text, `indent` puts it inside a box."""

    text: str
    size: float = 12
    weight: str = "bold"
    style: str = "normal"
    indent: float = 0


@dataclass(frozen=True)
class Bullet:
    """A bullet and its words. `indent` is where the sign stands inside the margin, in points."""

    text: str
    sign: str = "\uf06e"
    indent: float = 0


@dataclass(frozen=True)
class Text:
    """A paragraph. `note` is a footnote, pointed at from behind the word `noted`."""

    text: str
    indent: float = 0
    note: str = ""
    noted: str = ""


@dataclass(frozen=True)
class Break:
    """A page ends here."""


Block = Heading | Bullet | Text | Break


@dataclass(frozen=True)
class Letter:
    """What a letter prints, in order. `foot` stands before each page's number, as large as the text."""

    dated: str
    addressed: tuple[str, ...]
    salutation: str
    title: str
    blocks: tuple[Block, ...]
    spaced: bool = False
    height: float = 500
    foot: str = ""

    def but(self, **changes: object) -> "Letter":
        """The same letter with something else in it."""
        return replace(self, **changes)

    def with_body(self, *body: Block) -> "Letter":
        """The same letter with this between its introduction and its next steps."""
        before = next(index for index, each in enumerate(self.blocks) if isinstance(each, Heading))
        after = self.blocks.index(NEXT_HEADING)
        return replace(self, blocks=(*self.blocks[:before], *body, *self.blocks[after:]))

    def with_next_steps(self, *texts: str) -> "Letter":
        """The same letter with these paragraphs under its last heading."""
        after = self.blocks.index(NEXT_HEADING)
        return replace(
            self, blocks=(*self.blocks[: after + 1], *(Text(each) for each in texts), Text("Yours sincerely"))
        )


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _typst_block(block: Block) -> str:
    match block:
        case Break():
            return "#pagebreak()"
        case Heading(text, size, weight, style, indent):
            return (
                f"#block(pad(left: {indent}pt, text(size: {size}pt, weight: {_quoted(weight)}, "
                f"style: {_quoted(style)}, {_quoted(text)})))"
            )
        case Bullet(text, sign, indent):
            shown = _DRAWN if sign in _PRIVATE else sign
            words = f"text(hyphenate: true, {_noted(text)})"
            return f"#block(pad(left: {indent}pt, grid(columns: (15pt, 1fr), {_quoted(shown)}, {words})))"
        case Text(text, indent, note, noted):
            return f"#block(pad(left: {indent}pt, {_noted(text, note, noted)}))"


def _noted(text: str, note: str = "", noted: str = "") -> str:
    """A text as typst's content; `^3` behind a word is a raised figure without a note of typst's own."""
    if note:
        before, after = text.split(noted, 1)
        return f"{{{_quoted(before + noted)}; footnote({_quoted(note)}); {_quoted(after)}}}"
    parts = text.split("^")
    made = [_quoted(parts[0])]
    for part in parts[1:]:
        made += [f"super(typographic: false, {_quoted(part[0])})", _quoted(part[1:])]
    return "{" + "; ".join(made) + "}"


@cache
def pdf(letter: Letter) -> bytes:
    """The letter as a PDF, its page numbers at the foot."""
    gap = "14pt" if letter.spaced else "5pt"
    source = [
        f"#set page(width: 595.3pt, height: {letter.height}pt, margin: (x: 72pt, y: 70pt), "
        f"footer: context align(right, text({12 if letter.foot else 9}pt, {_quoted(letter.foot)} + "
        "counter(page).display())))",
        '#set text(font: "Libertinus Serif", size: 12pt, lang: "en", region: "gb", hyphenate: false)',
        "#set par(leading: 5pt, spacing: 14pt)\n#set block(spacing: 14pt)\n#set super(typographic: false)",
        f"#block({_quoted(letter.dated)})",
        f"#block(spacing: 20pt, stack(dir: ttb, spacing: {gap}, "
        + ", ".join(f"par({_quoted(each)})" for each in letter.addressed)
        + "))",
        f"#block(above: 30pt, {_quoted(letter.salutation)})",
        f"#block(text(weight: \"bold\", {_quoted(letter.title)}))",
        *(_typst_block(each) for each in letter.blocks),
    ]  # fmt: skip
    made = typst.compile("\n".join(source).encode())
    signs = {block.sign for block in letter.blocks if isinstance(block, Bullet)} & set(_PRIVATE)
    return _with_private_sign(made, signs.pop()) if signs else made


def _with_private_sign(made: bytes, sign: str) -> bytes:
    """The file as Word would have written it: the drawn square's code is a sign of a private font."""
    with pikepdf.open(io.BytesIO(made)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                stream = thing.ToUnicode
                stream.write(stream.read_bytes().replace(b"<%04X>" % ord(_DRAWN), b"<%04X>" % ord(sign)))
        held = io.BytesIO()
        document.save(held)
    return held.getvalue()


@cache
def docx_of(letter: Letter) -> bytes:
    """The letter as a Word document: lists are Word's own, headings are bold paragraphs."""
    document = docx.Document()
    for each in (letter.dated, *letter.addressed, letter.salutation):
        document.add_paragraph(each)
    document.add_paragraph().add_run(letter.title).bold = True
    for block in letter.blocks:
        match block:
            case Break():
                document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
            case Heading(text, size, weight, _, indent):
                paragraph = document.add_paragraph()
                paragraph.paragraph_format.left_indent = Pt(indent)
                run = paragraph.add_run(text)
                run.bold = weight == "bold"
                run.font.size = Pt(size)
            case Bullet(text, _, indent):
                paragraph = document.add_paragraph(style="List Bullet 2" if indent else "List Bullet")
                _add_runs(paragraph, text)
            case Text(text, indent, note, noted):
                paragraph = document.add_paragraph()
                paragraph.paragraph_format.left_indent = Pt(indent)
                before, _, after = text.partition(noted) if note else (text, "", "")
                _add_runs(paragraph, before + noted)
                if note:
                    run = paragraph.add_run()
                    mark = OxmlElement("w:footnoteReference")
                    mark.set(qn("w:id"), "2")
                    run._r.append(mark)
                    _add_runs(paragraph, after)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _add_runs(paragraph: object, text: str) -> None:
    parts = text.split("^")
    paragraph.add_run(parts[0])
    for part in parts[1:]:
        paragraph.add_run(part[0]).font.superscript = True
        paragraph.add_run(part[1:])


def plain(text: str) -> str:
    """A text as it should be read: without the figures that point at notes."""
    parts = text.split("^")
    return parts[0] + "".join(part[1:] for part in parts[1:])


NEXT_HEADING = Heading("Next steps", 14)
ADDRESSED = (
    "Imogen Farrow, Director of Children’s Services, Aldermere Council",
    "Tobias Penhale-Rooke, Accountable Officer, Aldermere and the Marshes Clinical Commissioning Group",
    "Chief Superintendent Odette Marsh, Aldermere Constabulary",
    "Lucian Abara, Police and Crime Commissioner",
    "Wren Castellane QPM, Chief Constable of Marshland Police",
)
STRENGTHS = (
    "Partners meet every morning and agree who will see each child. Schools hear within a day what was decided, and "
    "tell us that they are listened to.",
    "The voice of children is heard^2 in plans. One boy told us that his worker ‘never forgets what I said’.",
    "Health visitors and midwives share one record, which means that risks before birth are seen early.",
)
ACTION = (
    "Strategy discussions are held too late and without health partners. Children wait for decisions that should be "
    "made on the day, and some of them are harmed in the meantime."
)
IMPROVEMENTS = (
    "The police do not always record what children say when they attend an incident. This means that later decisions "
    "are made without knowing how a child felt, and that nobody can tell whether the child was seen on their own or "
    "with the adult who had caused the harm.",
    "Supervision of school nurses is irregular, multi-agency audits are rare, and learning from them is not shared "
    "with those who do the work.",
    "Minutes of meetings are sent out weeks later.",
)
GOOD = ("Ash, a child aged nine, told a teacher about nights alone.", "The teacher rang at once. Ash is now safe.")
POOR = ("Rowan waited for eleven weeks. Nobody asked why Rowan was out of school.",)
NEXT_2018 = (
    "The director of children’s services should prepare a written statement of proposed action responding to the "
    "findings outlined in this letter. This should be a multi-agency response involving the police and schools in "
    "Aldermere. The response should set out the actions for the partnership and, where appropriate, individual "
    "agencies.",
    "The director of children’s services should send the written statement of action to "
    "ProtectionOfChildren@ofsted.gov.uk by 14 August 2018. This statement will inform the lines of enquiry at any "
    "future joint or single agency activity by the inspectorates.",
)


def sections_2018(*, strengths_first: bool = True, sign: str = "\uf06e") -> tuple[Block, ...]:
    """The body of a letter of the first structure. Boxes stand inside the margin."""
    strengths: Sequence[Block] = (
        Heading("Key Strengths", 14),
        *(Bullet(each, sign) for each in STRENGTHS),
        Heading("Case study: highly effective practice", indent=20),
        Heading("A teacher who listened", indent=20),
        *(Text(each, 20) for each in GOOD),
    )
    deficits: Sequence[Block] = (
        Heading("Area for priority action", 14),
        Bullet(ACTION, sign),
        Heading("Areas for improvement", 14),
        Heading("Identifying and managing risk"),
        *(Bullet(each, sign) for each in IMPROVEMENTS[:2]),
        Heading("Leadership and management"),
        Bullet(IMPROVEMENTS[2], sign),
        Heading("Case Study: area(s) for improvement.", indent=20),
        *(Text(each, 20) for each in POOR),
    )
    return (*strengths, *deficits) if strengths_first else (*deficits, *strengths)


INTRO_2018 = (
    Text(
        "Between 29 April and 3 May, Ofsted, the Care Quality Commission (CQC), HMI Constabulary and Fire & Rescue "
        "Services (HMICFRS) and HMI Probation (HMI Prob) undertook a joint inspection of the multi-agency response to "
        "children who go missing in Aldermere. This inspection included a ‘deep dive’.",
        note="This joint inspection was conducted under section 20 of the Children Act 2004.",
        noted="Aldermere",
    ),
    Text("The partnership is ambitious, but its ambition does not yet reach every child."),
)
LETTER_2018 = Letter(
    dated="5 June 2018",
    addressed=ADDRESSED,
    salutation="Dear local partnership",
    title="Joint targeted area inspection of the multi-agency response to children who go missing in Aldermere",
    blocks=(*INTRO_2018, *sections_2018(), NEXT_HEADING, *(Text(each) for each in NEXT_2018),
            Text("Yours sincerely"), Heading("Ofsted"), Text("Nobody Inparticular"), Text("National Director")),
)  # fmt: skip

NEEDS = (
    "The timeliness of decisions about children who come to notice at weekends.",
    "The consistency with which agencies write down the views of children, including those of children who do not "
    "speak, and use them when they plan.",
    "Oversight by senior leaders of the quality of plans.",
)
STRENGTHS_2023 = ("The daily meeting of schools and police.", "Early help in every town, which families find easily.")
HEADLINES = (
    "Children in Thornmoor are mostly helped when they first need it. Leaders know their services well and have made "
    "them better, and they are open about what remains to be done for the children who wait longest of all.",
    "However, some of the youngest children are seen too late.",
)
URGENT = (
    "Urgent action is required by the Vale and Thornmoor NHS Trust to make sure that staff recognise harm, including:"
)
URGENT_PARTS = (
    "checking whether a child is known to other agencies before the child goes home",
    "recording who has parental responsibility.",
)
NEXT_2023 = (
    "We have determined that the Vale Integrated Care Board is the principal authority and should prepare a written "
    "statement of proposed action responding to the findings outlined in this letter. The local safeguarding partners "
    "should oversee implementation of the action plan through their local multi-agency safeguarding arrangements.",
    "The ICB should send the written statement of action to ProtectionOfChildren@ofsted.gov.uk by Friday 23 June 2023. "
    "This statement will inform the lines of enquiry at any future joint or single-agency activity.",
)
BODY_2023: tuple[Block, ...] = (
    Text("This letter summarises the findings of the joint targeted area inspection (JTAI) of the multi-agency "
         "response to the identification of initial need and risk in Thornmoor."),
    Text("This inspection took place from 30 January to 3 February 2023. It was carried out by inspectors from Ofsted, "
         "the Care Quality Commission (CQC) and His Majesty’s Inspectorate of Constabulary and Fire & Rescue Services "
         "(HMICFRS)."),
    Heading("Context"),
    Text("Thornmoor is a district of hills and one harbour."),
    Heading("Headline findings"),
    *(Text(each) for each in HEADLINES),
    Heading("Area for priority action"),
    Text(URGENT),
    *(Bullet(each, "◼") for each in URGENT_PARTS),
    Heading("What needs to improve?"),
    *(Bullet(each, "◼") for each in NEEDS),
    Heading("Early help strengths"),
    *(Bullet(each, "◼") for each in STRENGTHS_2023),
    Heading("Main findings"),
    Text("Referrals are read on the day on which they come."),
    Heading("Practice study: highly effective practice", indent=6),
    *(Text(each, 6) for each in GOOD),
    Text("Managers read plans, though not always before they are sent."),
    Heading("Places and spaces: area for improvement", indent=6),
    *(Text(each, 6) for each in POOR),
    NEXT_HEADING,
    *(Text(each) for each in NEXT_2023),
    Text("Yours sincerely"),
)  # fmt: skip
LETTER_2023 = Letter(
    dated="16 March 2023",
    addressed=(
        "Acting Chief Constable Basil Orme, Vale Police",
        "Petra Lindqvist, Executive Director of Children’s Services, the Metropolitan Borough of Thornmoor and "
        "Harbourside Together",
        "Hugo Tamm, Independent Scrutineer",
    ),
    salutation="Dear Thornmoor Local Safeguarding Partnership",
    title="Joint targeted area inspection of the Royal Borough of Thornmoor",
    blocks=BODY_2023,
    spaced=True,
)
