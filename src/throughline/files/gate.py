"""The one gate in front of every reader. Nothing that a person uploads is opened before it has passed here."""

from dataclasses import asdict
from pathlib import Path

from throughline.files import child
from throughline.files.examine import check_size
from throughline.files.names import safe_name
from throughline.files.verdict import DEFAULT, Fault, Kind, Limits, Refused, Verdict

__all__ = ["Kind", "Limits", "Refused", "Verdict", "inspect"]


def inspect(path: Path, *, name: str, limits: Limits = DEFAULT) -> Verdict:
    """Judge an uploaded file by its content, in a process of its own with limits of time and memory.

    `name` is the name that the person's machine gave it. Raises Refused with one sentence for that person. The path
    must be one that nobody else can write to, for the same bytes are read again later.
    """
    try:
        check_size(path.stat().st_size, limits)
    except Fault as fault:
        raise Refused(f"{safe_name(name)} {fault}.") from None
    answer = child.run(
        "inspect",
        path,
        name=name,
        arguments={"name": name, "limits": asdict(limits)},
        seconds=limits.seconds,
        memory_mb=limits.memory_mb,
    )
    found = answer.value
    return Verdict(Kind(found["kind"]), tuple(found["warnings"]), found["encoding"])
