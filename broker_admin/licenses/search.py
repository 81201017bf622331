"""Names as they are searched for.  Pure."""

import re
import unicodedata

_CJK = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BETWEEN_IDEOGRAPHS = re.compile(f"(?<=[{_CJK}]) | (?=[{_CJK}])")
# No name has a line break, so that nothing found crosses from one name into the next.
_END = "\n"


def search_form(words: str) -> str:
    """As searches compare it: width, case, spacing, brackets and punctuation do not matter."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    spaced = "".join(c if c.isalnum() or unicodedata.category(c) in {"Mn", "Mc"} else " " for c in folded)
    return _BETWEEN_IDEOGRAPHS.sub("", " ".join(spaced.split()))


def searchable(*names: str | None) -> str:
    """What is kept beside a record, for :func:`whole` and :func:`terms` to be looked for in it."""
    return _END + "".join(f"{search_form(name)}{_END}" for name in names if name)


def whole(name: str) -> str:
    """What stands in the kept text only if this is a whole name there."""
    return f"{_END}{search_form(name)}{_END}"


def terms(words: str) -> list[str]:
    """Each must occur, in whatever order; a Chinese name is one term whatever stands inside it."""
    return list(dict.fromkeys(search_form(words).split()))
