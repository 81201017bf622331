"""The seal that ties each audit entry to the one before.  Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

GENESIS = "0" * 64


def seal(previous: str, content: Mapping[str, Any]) -> str:
    """SHA-256, in hex, over the seal before and the entry in canonical JSON.

    >>> seal(GENESIS, {"a": 1}) == seal(GENESIS, {"a": 2})
    False
    """
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # The seal before has a fixed length, so no two pairs run together into the same bytes.
    return hashlib.sha256(previous.encode("ascii") + canonical.encode()).hexdigest()


def first_break(entries: Iterable[tuple[int, str, str, Mapping[str, Any]]]) -> int | None:
    """The number of the first entry that does not fit, of (number, before, seal, content) in order."""
    expected, before = 1, GENESIS
    for number, previous, sealed, content in entries:
        if number != expected or previous != before or sealed != seal(previous, content):
            return number
        expected, before = number + 1, sealed
    return None
