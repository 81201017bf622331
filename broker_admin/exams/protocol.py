"""What a candidate's browser may send to be saved.  Pure.

A window names itself, numbers what it sends, and repeats it until it is acknowledged:
so nothing sent is lost, and nothing sent twice counts twice.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from broker_admin.refusals import N_, Refused

MOST_BYTES = 64 * 1024
MOST_ENTRIES = 200
_MOST_SEQ = 2**31 - 1
_MOST_LETTERS = 8
_CLIENT = re.compile(r"[A-Za-z0-9_-]{4,64}", re.ASCII)
_LETTER = re.compile(r"[A-H]", re.ASCII)


class Obstacle(StrEnum):
    """Why nothing of a batch was taken, as the browser is told."""

    CLOSED = "closed"
    LEASE_LOST = "lease_lost"
    SEQ_CONFLICT = "seq_conflict"


OBSTACLES = {
    Obstacle.CLOSED: N_("This paper is closed. What was saved before counts."),
    Obstacle.LEASE_LOST: N_("You are taking this paper in another window. Continue here, or there."),
    Obstacle.SEQ_CONFLICT: N_("Two windows sent different answers under one number. Load the page again."),
}


class SaveRefused(Refused):
    """Nothing new was stored; ``acknowledged`` is what had been stored before."""

    def __init__(self, obstacle: Obstacle, acknowledged: Iterable[int] = ()) -> None:
        self.obstacle, self.acknowledged = obstacle, sorted(acknowledged)
        super().__init__(OBSTACLES[obstacle])


class Malformed(Refused):
    """What was sent cannot have come from a page of the exam."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(N_("What your browser sent could not be understood."))


@dataclass(frozen=True)
class Entry:
    """The answer to one question and its flag, as they stand in the window."""

    seq: int
    position: int
    letters: tuple[str, ...]
    flagged: bool = False


@dataclass(frozen=True)
class Batch:
    client: str
    epoch: int
    entries: tuple[Entry, ...] = ()


def read_text(text: bytes | str) -> Batch:
    """Raises Malformed for anything but a batch in JSON."""
    try:
        return read(json.loads(text))
    # Deep nesting overflows the parser's stack, and a text may not be in any encoding.
    except (ValueError, RecursionError) as error:
        raise Malformed("json") from error


def read(payload: object) -> Batch:
    """A batch from what JSON gave.  Raises Malformed naming the first wrong part."""
    if not isinstance(payload, dict):
        raise Malformed("batch")
    client, rows = payload.get("client"), payload.get("batch", [])
    if not isinstance(client, str) or not _CLIENT.fullmatch(client):
        raise Malformed("client")
    if not isinstance(rows, list) or len(rows) > MOST_ENTRIES:
        raise Malformed("batch")
    return Batch(client, _whole(payload, "epoch"), tuple(_entry(row) for row in rows))


def _entry(row: object) -> Entry:
    if not isinstance(row, dict):
        raise Malformed("entry")
    letters, flagged = row.get("v", []), row.get("flag", False)
    if not isinstance(letters, list) or len(letters) > _MOST_LETTERS:
        raise Malformed("v")
    if not all(isinstance(letter, str) and _LETTER.fullmatch(letter) for letter in letters):
        raise Malformed("v")
    if not isinstance(flagged, bool):
        raise Malformed("flag")
    return Entry(_whole(row, "seq"), _whole(row, "slot"), tuple(sorted(set(letters))), flagged)


def _whole(row: Mapping[str, Any], name: str) -> int:
    value = row.get(name)
    # True is an int in Python, and is not one in JSON.
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_SEQ:
        raise Malformed(name)
    return value


class Sent(Protocol):
    """An answer as stored: of which window, under which number."""

    @property
    def client(self) -> str | None: ...
    @property
    def seq(self) -> int | None: ...


def supersedes(new: Sent, old: Sent | None) -> bool:
    """Whether the later arrival counts; not if its own window sent the other one after it."""
    # A window repeats what was not acknowledged, and that may arrive behind what came after.
    if old is None or new.client != old.client:
        return True
    return (new.seq or 0) > (old.seq or 0)
