"""Proves the record: the chain is whole, and every case stands where its entries left it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sqlalchemy import select

from broker_admin import chain
from broker_admin.db import Base, db
from broker_admin.ledger import AuditEntry, AuditHead
from broker_admin.sequences import Counter
from broker_admin.workflow import Workflow

# The record grows for ever, and does not fit into memory.
_CHUNK = 1_000
_REFERENCE = re.compile(r"([A-Z]{2,4})-(\d{4})-(\d{6,})")

# A number that a case carries: what was counted, in which year, how far.
Number = tuple[str, int, int]


def number_in(case: Any) -> Number | None:
    """The number inside a reference such as SQ-2026-000123."""
    match = _REFERENCE.fullmatch(case.reference)
    return (match[1], int(match[2]), int(match[3])) if match else None


@dataclass(frozen=True)
class Kind:
    """A kind of case: its table, its workflow, and how it carries its number."""

    model: type[Base]
    workflow: Workflow[Any] | None = None
    number_of: Callable[[Any], Number | None] = number_in


@dataclass(frozen=True)
class Finding:
    """Something that cannot be explained by what was recorded."""

    check: str
    subject: str
    fault: str

    def __str__(self) -> str:
        return f"{self.check}: {self.subject}: {self.fault}"


def verify(kinds: Iterable[Kind]) -> list[Finding]:
    """Everything that does not hold; an empty list means that the record explains the state."""
    return [*chain_findings(), *case_findings(kinds)]


def chain_findings() -> Iterator[Finding]:
    """Each entry is sealed to the one before, and the end is where the head says."""
    last = (0, chain.GENESIS)
    entries = db.session.scalars(
        select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=_CHUNK))

    def rows() -> Iterator[tuple[int, str, str, dict[str, Any]]]:
        nonlocal last
        for entry in entries:
            last = (entry.number, entry.seal)
            yield entry.number, entry.previous, entry.seal, entry.content()

    broken = chain.first_break(rows())
    entries.close()  # where the chain breaks early, the rest waits in the database
    head = db.session.scalars(select(AuditHead)).one_or_none()
    if broken is not None:
        yield Finding("chain", f"entry {broken}", "does not fit the entry before it")
    elif last != ((head.number, head.seal) if head else (0, chain.GENESIS)):
        # Entries cut off at the end leave the rest whole; only the head knows of them.
        yield Finding("chain", f"entry {last[0]}", "is the last, but is not where the chain ended")


def case_findings(kinds: Iterable[Kind]) -> Iterator[Finding]:
    recorded = recorded_states()
    numbers: dict[tuple[str, int], list[int]] = defaultdict(list)
    for kind in kinds:
        for case in cases_of(kind):
            if number := kind.number_of(case):
                numbers[number[:2]].append(number[2])
            yield from _explained(case, kind.workflow, recorded.pop(case.reference, []))
    yield from number_findings(numbers)
    # No case that is on record is ever deleted; the last one of a series would leave no gap behind.
    yield from (Finding("state", reference, "is on record, but there is no such case")
                for reference in sorted(recorded))


def _explained(case: Any, workflow: Workflow[Any] | None, states: list[str]) -> Iterable[Finding]:
    return state_findings(case.reference, str(case.status), states, workflow) if workflow else ()


def cases_of(kind: Kind) -> Iterable[Any]:
    return db.session.scalars(select(kind.model).execution_options(yield_per=_CHUNK))


def recorded_states() -> dict[str, list[str]]:
    """The states each case went through, as its entries say, in order."""
    states: dict[str, list[str]] = defaultdict(list)
    rows = db.session.execute(
        select(AuditEntry.subject, AuditEntry.status).where(AuditEntry.status.is_not(None))
        .order_by(AuditEntry.number).execution_options(yield_per=_CHUNK))
    for subject, status in rows:
        states[subject].append(str(status))
    return states


def state_findings(reference: str, status: str, states: list[str],
                   workflow: Workflow[Any]) -> Iterator[Finding]:
    """The case is where its last entry left it, and every step was one of the table."""
    faults = [*_end_faults(status, states, workflow), *_step_faults(states, workflow)]
    return (Finding("state", reference, fault) for fault in faults)


def _end_faults(status: str, states: list[str], workflow: Workflow[Any]) -> Iterator[str]:
    if not states:
        # A case may begin without an entry, but only in a state into which no step leads.
        if status in {t.target for t in workflow.transitions}:
            yield f"is {status} without any entry that says so"
    elif states[-1] != status:
        yield f"is {status}, but was last recorded as {states[-1]}"


def _step_faults(states: list[str], workflow: Workflow[Any]) -> Iterator[str]:
    # An entry that left the state as it was is no step: a file attached, a deadline moved.
    steps = ((before, after) for before, after in pairwise(states) if before != after)
    for before, after in steps:
        if not workflow.leads(before, after):
            yield f"went from {before} to {after}, which no step does"


def number_findings(numbers: dict[tuple[str, int], list[int]]) -> Iterator[Finding]:
    """Numbers run from 1 to the last one given out, each once."""
    counters = {(c.kind, c.year): c.last for c in db.session.scalars(select(Counter))}
    for (prefix, year), carried in sorted(numbers.items()):
        for fault in _number_faults(carried, counters.get((prefix, year), 0)):
            yield Finding("number", f"{prefix}-{year}", fault)


def _number_faults(carried: list[int], last: int) -> Iterator[str]:
    given, found = set(range(1, last + 1)), set(carried)
    if len(found) != len(carried):
        yield "a number was used twice"
    yield from (f"{number} was given out, but no case carries it" for number in sorted(given - found))
    yield from (f"{number} is carried, but was never given out" for number in sorted(found - given))
