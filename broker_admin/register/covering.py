"""Public texts never show who can be reached where.  Pure."""

import re

# A net under the forms, which refuse such numbers: reasons also come from other proceedings.
_PERSONAL = re.compile(r"(?<![0-9A-Za-z])(\d{17}[\dXx]|1[3-9]\d{9}|[\w.+-]+@[\w-]+\.[\w.]+)(?![0-9A-Za-z])",
                       re.ASCII)


def covered(text: str) -> str:
    """The text with identity numbers, mobile numbers and mail addresses blotted out."""
    return _PERSONAL.sub("***", text)
