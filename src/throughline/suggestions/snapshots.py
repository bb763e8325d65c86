"""How suggestions look in history."""

from throughline.history import snapshots
from throughline.suggestions.models import BankEntry, SetAside

snapshots.record("suggestions.bank_entry", BankEntry)
snapshots.record("suggestions.set_aside", SetAside)
