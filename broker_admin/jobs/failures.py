"""What may be kept of an error.  Pure."""

import traceback
from pathlib import Path

LONGEST = 300
OURS = str(Path(__file__).parent.parent)


def summary(error: BaseException) -> str:
    """Kind and place, without the message: that may hold what a person typed.

    >>> summary(ValueError("Li Hua, 13800138000"))
    'ValueError'
    """
    if isinstance(error, BaseExceptionGroup):
        return "; ".join(sorted({summary(each) for each in error.exceptions}))[:LONGEST]
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if f.filename.startswith(OURS)] or list(frames)
    place = f" in {ours[-1].name}, line {ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{place}"[:LONGEST]


def how_many(error: BaseException) -> int:
    """The number of cases that failed."""
    return len(error.exceptions) if isinstance(error, BaseExceptionGroup) else 1
