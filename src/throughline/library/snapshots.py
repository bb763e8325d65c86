"""How the library looks in history."""

from throughline.history import snapshots
from throughline.library.models import LibraryFinding, LibraryLetter, LibraryUpload

snapshots.record("library.upload", LibraryUpload)
snapshots.record("library.letter", LibraryLetter)
snapshots.record("library.finding", LibraryFinding)
