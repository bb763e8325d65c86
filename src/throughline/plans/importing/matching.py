"""Whom and what the words of a row mean: bodies by their names, findings by reference or by their own words.

Only what is plain is taken. What is not is named in a sentence and left to a person.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from throughline.inspections.models import Finding
from throughline.methods.likeness import likeness, subject_words
from throughline.methods.mentions import searchable
from throughline.plans.importing.held import Body

_REFERENCE = re.compile(r"(?:\b([a-z0-9][a-z0-9-]*)/)?\b(APA|AFI|STR|HEA|CAS|PF)[ -]?(\d{1,3})\b", re.IGNORECASE)
_ALIKE = 0.6  # of the words that two texts have between them, the share that both have
_FEWEST = 4  # words of its own that a text needs before it can be told from others


@dataclass(frozen=True)
class NamedBodies:
    """The bodies that a text names, in its order. `only` when it says nothing else."""

    bodies: tuple[Body, ...]
    only: bool


def bodies_in(text: str, bodies: Sequence[Body]) -> NamedBodies:
    """The bodies that a text names by name or short name, as whole words; a longer name counts before a shorter one."""
    rest = searchable(text)
    found: list[tuple[int, Body]] = []
    names = sorted(
        ((searchable(name), body) for body in bodies for name in (body.name, body.short_name) if name.strip()),
        key=lambda each: -len(each[0]),
    )
    for name, body in names:
        while name.strip() and (at := rest.find(name)) >= 0:
            found.append((at, body))
            rest = f"{rest[: at + 1]}{'_' * (len(name) - 2)}{rest[at + len(name) - 1 :]}"
    in_order = [body for _, body in sorted(found, key=lambda each: each[0])]
    left = rest.replace("_", "").split()
    return NamedBodies(tuple(dict.fromkeys(in_order)), not [each for each in left if each not in ("and", "with")])


@dataclass(frozen=True)
class NamedFindings:
    """The findings that a row names; `unmet` are texts that name none, and `sentences` say what to do about them.

    `loose` are texts whose words are not all the finding's own: they are kept beside it.
    """

    findings: tuple[Finding, ...]
    unmet: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()


def findings_in(numbers: str, texts: Iterable[str], findings: Sequence[Finding]) -> NamedFindings:
    """The findings that a row's numbers and texts name."""
    met: list[Finding] = []
    unmet: list[str] = []
    loose: list[str] = []
    sentences: list[str] = []
    referred, wrong = _referred(numbers, findings)
    met += referred
    sentences += wrong
    if numbers.strip() and _REFERENCE.sub("", numbers).strip(" ,;\n\t"):
        loose.append(numbers)
    for text in texts:
        named, wrong = _referred(text, findings)
        sentences += wrong
        if named:
            met += named
            if re.search(r"\w", _REFERENCE.sub("", text)):
                loose.append(text)
            continue
        likely = _by_words(text, findings)
        if not likely:
            lines = [each for each in text.split("\n") if each.strip()]
            likely = [found for each in lines for found in _by_words(each, findings)] if len(lines) > 1 else []
            loose += [text] if likely else []
        elif searchable(text).strip() not in searchable(likely[0].text):
            loose.append(text)
        met += likely
        if not likely:
            unmet.append(text)
            words = " ".join(text.split())
            shown = f"{words[:60]}{'…' if len(words) > 60 else ''}"
            sentences.append(
                f"No finding of the register has the words ‘{shown}’. Link the finding on the action’s page."
            )
    return NamedFindings(tuple(dict.fromkeys(met)), tuple(unmet), tuple(loose), tuple(dict.fromkeys(sentences)))


def reference_of(finding: Finding) -> str:
    """A finding's reference with its inspection's, as exports print it: jtai-2018/AFI-17."""
    return f"{finding.inspection.reference}/{finding.reference}"


def _referred(text: str, findings: Sequence[Finding]) -> tuple[list[Finding], list[str]]:
    """(findings that a text names by reference, sentences about references that name none or several)."""
    met, sentences = [], []
    for found in _REFERENCE.finditer(text):
        inspection, kind, number = (found[1] or "").casefold(), found[2].upper(), int(found[3])
        same = [
            each
            for each in findings
            if _parts(each.reference) == (kind, number) and inspection in ("", each.inspection.reference.casefold())
        ]
        if len(same) == 1:
            met.append(same[0])
        elif same:
            places = ", ".join(reference_of(each) for each in same)
            sentences.append(f"‘{found[0]}’ is a finding of several inspections. Write which one: {places}.")
        else:
            sentences.append(f"There is no finding ‘{found[0]}’. Check its reference in the list of findings.")
    return met, sentences


def _parts(reference: str) -> tuple[str, int]:
    kind, _, number = reference.rpartition("-")
    return kind.upper(), int(number) if number.isdecimal() else -1


def _by_words(text: str, findings: Sequence[Finding]) -> list[Finding]:
    """The one finding whose own words these are; none when it is not plain."""
    plain, own = searchable(text).strip(), subject_words(text)
    if len(own) < 2:
        return []
    within = [
        each
        for each in findings
        if plain == searchable(each.text).strip()
        or (len(own) >= _FEWEST and (plain in searchable(each.text) or searchable(each.text).strip() in plain))
    ]
    if len(within) == 1:
        return within
    if len(own) < _FEWEST or within:
        return []
    rated = sorted(((likeness(own, subject_words(each.text)), each) for each in findings), key=lambda each: -each[0])
    if rated and rated[0][0] >= _ALIKE and (len(rated) == 1 or rated[1][0] < rated[0][0]):
        return [rated[0][1]]
    return []
