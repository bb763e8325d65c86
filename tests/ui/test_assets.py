"""Set-up takes out what may not be used off GOV.UK, and stops when it cannot."""

import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("assets", ROOT / "tools/assets.py")
assets = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(assets)


def test_the_typeface_and_the_crest_are_taken_out_and_the_rest_is_kept():
    css = (
        "/*! Calvert */@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff2)}"
        ".a{font-family:GDS Transport,arial,sans-serif;color:red}"
        "@media print{.a{font-family:sans-serif}}"
        ".logo:before{background-image:url(/assets/images/govuk-crest.svg)}"
        ".govuk-footer__crown{margin:0}.b{color:blue}"
    )
    assert assets.rewritten(css, "") == (
        ".a{font-family:'Source Sans 3',arial,sans-serif;color:red}"
        "@media print{.a{font-family:'Source Sans 3',arial,sans-serif}}.b{color:blue}"
    )


@pytest.mark.parametrize(
    "left", ["font:1em 'GDS Transport'", "url(/assets/x.png)", "url(https://example.org/x)", ".crest{}"]
)
def test_set_up_stops_with_a_sentence_when_anything_remains(left):
    with pytest.raises(assets.AssetsError, match=r"govuk-frontend\.css still holds .* rewritten\(\)"):
        assets.check("govuk-frontend.css", f".a{{{left}}}")


def test_without_npm_set_up_says_what_to_install(monkeypatch):
    monkeypatch.setattr(assets.shutil, "which", lambda name: None)
    monkeypatch.setattr(assets.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(assets.AssetsError, match="Install Debian's package npm"):
        assets.npm_command()


def test_the_lock_names_no_registry_and_every_package_is_pinned_by_version_and_hash():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert len(packages) == 4
    for name, entry in packages.items():
        assert "resolved" not in entry, name
        assert entry["integrity"].startswith("sha512-"), name
    named = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    assert named["private"] is True
    for version in {**named["dependencies"], **named["devDependencies"]}.values():
        assert version[0].isdigit(), version
