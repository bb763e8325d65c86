"""What a finding suggests for the plan: an improvement area, a desired impact, and what would show it.

Rules and data only: no model, no network, no clock. What the tables cannot suggest stays empty, for a person to write.
"""

from throughline.methods.suggestions.bank import Bank, Entries, Kind, bank_of, default_bank
from throughline.methods.suggestions.clauses import Clause, consequence, consequences
from throughline.methods.suggestions.suggesting import Because, Suggestion, ThemeWords, suggest
from throughline.methods.suggestions.turning import Turned, turn

__all__ = [
    "Bank",
    "Because",
    "Clause",
    "Entries",
    "Kind",
    "Suggestion",
    "ThemeWords",
    "Turned",
    "bank_of",
    "consequence",
    "consequences",
    "default_bank",
    "suggest",
    "turn",
]
