"""How files look in history. The bytes are not in the record; their hash is."""

from throughline.files.models import StoredFile
from throughline.history import snapshots

snapshots.record("files.file", StoredFile, codes={"sha256"})
