"""Refusals with a sentence that the user may read.  Pure."""


def N_(sentence: str) -> str:  # noqa: N802 (the customary mark for a sentence translated later)
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class Refused(Exception):  # noqa: N818 (it is an answer, not an error)
    """What was asked cannot be done now; the page answers 409 with this sentence."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence % values if values else sentence)
        self.sentence = sentence
        self.values = values
