"""Who takes part in the worked example: agencies and groups by what they do, never by whom they were.

What the example has them report is invented. What would shame somebody (late, at risk, not confirmed) is told of
Example agencies A and B, which nobody is. Public record: three partnership working groups carried the plan from day to
day, and the safeguarding board was followed by a safeguarding partnership in April 2019.
"""

from collections.abc import Mapping

# key -> (name, short name)
AGENCIES: Mapping[str, tuple[str, str]] = {
    "council": ("Children’s social care", "Social care"),
    "police": ("Police", "Police"),
    "ccg": ("Clinical commissioning groups", "Commissioners"),
    "hospital": ("Hospital trust", "Hospitals"),
    "mental": ("Mental health trust", "Mental health"),
    "community": ("Community health trust", "Community health"),
    "nps": ("National Probation Service", "NPS"),
    "crc": ("Community rehabilitation company", "CRC"),
    "yos": ("Youth offending service", "YOS"),
    "schools": ("Schools and colleges", "Schools"),
    "board": ("Local safeguarding children board", "LSCB"),
    "a": ("Example agency A", "Agency A"),
    "b": ("Example agency B", "Agency B"),
}
GROUPS: Mapping[str, tuple[str, str]] = {
    "door": ("Front door and strategy meetings group", "Front door group"),
    "practice": ("Practice and workforce group", "Practice group"),
    "performance": ("Performance and audit group", "Performance group"),
}
# Which of those whom the letter names, by their number, is which agency of the example.
RECIPIENT_OF: Mapping[int, str] = {1: "council", 2: "ccg", 4: "police", 5: "yos", 6: "crc", 7: "nps", 8: "board"}
