"""Where the pages of evidence are."""

from django.db.models import Model
from django.urls import reverse
from django.utils.http import urlencode

from throughline.evidence import links
from throughline.evidence.models import Evidence, EvidenceRevision
from throughline.partners.models import Partnership

FOR = "for"  # the name, in an address, of what new evidence is to belong to


def list_url(partnership: Partnership) -> str:
    """The list of evidence."""
    return reverse("evidence:list", args=[partnership.slug])


def add_url(partnership: Partnership, thing: Model | None = None) -> str:
    """Where evidence is registered, perhaps for a thing."""
    url = reverse("evidence:add", args=[partnership.slug])
    return f"{url}?{urlencode({FOR: links.token_of(thing)})}" if thing is not None else url


def evidence_url(evidence: Evidence, name: str = "evidence") -> str:
    """A piece of evidence, or what is done with it: `change`, `share`, `links`, `see`, `restrict`, and so on."""
    return reverse(f"evidence:{name}", args=[evidence.partnership.slug, evidence.reference])


def file_url(revision: EvidenceRevision, name: str = "file") -> str:
    """A shared file's download, or its `take-away`. Its evidence is at hand."""
    evidence = revision.evidence
    return reverse(f"evidence:{name}", args=[evidence.partnership.slug, evidence.reference, revision.number])
