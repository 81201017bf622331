"""Which characters the printing font can draw.  Pure."""

from bisect import bisect_right
from functools import cache
from pathlib import Path

COVERAGE = Path(__file__).parent / "static" / "fonts" / "coverage.txt"

# They move the pen or steer the line, and leave no ink.
INKLESS = frozenset("\t\n\r\u00a0\u200b\u200e\u200f\u2060\ufeff")


def missing_glyphs(text: str) -> list[str]:
    """The characters that would print as empty boxes, each once, in order of appearance."""
    return [character for character in dict.fromkeys(text) if not _drawable(character)]


def spelled_out(text: str) -> str:
    """The text with every character that cannot be drawn as its number: 〔U+1F600〕."""
    return text.translate({ord(lost): f"〔U+{ord(lost):04X}〕" for lost in missing_glyphs(text)})


def _drawable(character: str) -> bool:
    if character in INKLESS:
        return True
    starts, ends = _coverage()
    position = bisect_right(starts, ord(character)) - 1
    return position >= 0 and ord(character) <= ends[position]


@cache
def _coverage() -> tuple[list[int], list[int]]:
    """First and last code point of every run of the font, ascending."""
    starts, ends = [], []
    for line in COVERAGE.read_text(encoding="ascii").split():
        first, _, last = line.partition("-")
        starts.append(int(first, 16))
        ends.append(int(last or first, 16))
    return starts, ends
