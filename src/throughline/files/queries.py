"""Reads of files."""

from uuid import UUID

from throughline.files.models import StoredFile
from throughline.partners.models import Person


def visible_file(file_id: UUID, *, for_person: Person) -> StoredFile | None:
    """The file, if this person may see it and it has not been withdrawn. One query beside the person's grants."""
    found: StoredFile | None = StoredFile.objects.visible_to(for_person).filter(pk=file_id, withdrawn_at=None).first()
    return found
