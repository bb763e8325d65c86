"""What the words of a statement mean: printed at its end, and shown where a response is chosen. Pure."""

from collections.abc import Mapping

# The first word of every regime takes a finding as it stands, the last refuses it; what lies between takes a part.
MEANINGS: Mapping[str, str] = {
    "Accepted": "We take the finding as it stands, and act on it.",
    "Accepted in part": "We take a part of the finding, say which, and act on that part.",
    "Not accepted": "We do not take the finding, and say why.",
    "Agreed": "We take the recommendation as it stands, and act on it.",
    "Partly agreed": "We take a part of the recommendation, say which, and act on that part.",
    "Not agreed": "We do not take the recommendation, and say why.",
}
TERMS: tuple[tuple[str, str], ...] = (
    ("Lead", "The agency or group that answers for the action. Others may take part in it."),
    ("Owner’s post", "The post in the lead that sees to it that the action is done."),
    ("Due", "The last day by which the action is to be done."),
    ("Desired impact", "What would be different for children, and what one would see if it were so."),
)


def is_accepted(answers: tuple[str, ...], answer: str) -> bool:
    """Whether an answer takes a finding as it stands."""
    return bool(answers) and answer == answers[0]


def is_refused(answers: tuple[str, ...], answer: str) -> bool:
    """Whether an answer takes nothing of a finding, so that no action has to answer it."""
    return len(answers) > 1 and answer == answers[-1]
