"""What the room's verbs say when a rule of the room stands in the way."""


class CannotDo(ValueError):
    """What was asked breaks a rule of the room; the sentence says which and what to do."""
