"""What the plans room puts into other rooms' pages."""


def register() -> None:
    """Say what this room offers."""
