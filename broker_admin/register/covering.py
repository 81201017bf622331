"""Public texts never show who can be reached where.  Pure."""

import re

from broker_admin.rules.identifiers import IDENTITY_IN_TEXT, MOBILE_IN_TEXT

# A net under the forms, which refuse such numbers: reasons also come from other proceedings.
_PERSONAL = re.compile(
    rf"(?<![0-9０-９A-Za-z])({IDENTITY_IN_TEXT}|{MOBILE_IN_TEXT}|[\w.+-]+@[\w-]+\.[\w.]+)(?![0-9０-９A-Za-z])",
    re.ASCII)


def covered(text: str) -> str:
    """The text with identity numbers, mobile numbers and mail addresses blotted out."""
    return _PERSONAL.sub("***", text)
