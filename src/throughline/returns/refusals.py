"""What the returns room refuses, in sentences."""


class CannotDo(ValueError):
    """What was asked breaks a rule of the room; the sentence says which and what to do."""


class NotReady(CannotDo):
    """The return cannot be signed yet. `lines` names every gap."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(" ".join(lines))
        self.lines = lines
