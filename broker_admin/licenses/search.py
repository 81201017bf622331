"""Names as they are searched for."""

import unicodedata


def search_form(words: str) -> str:
    """As searches compare it: width, case and spacing do not matter."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return " ".join(folded.split())
