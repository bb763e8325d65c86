"""What the line puts into other rooms' pages."""


def register() -> None:
    """Put the room into the menu."""
