"""State machines for cases: a declared table of transitions, and nothing else.

Pure: no Flask, no session.  Each area declares its table in ``<area>/workflow.py``;
services fire transitions, pages list the open ones.
"""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from broker_admin.permissions import Actor, Permission, can
from broker_admin.permissions import Case as _Case
from broker_admin.refusals import N_, Refused

S = TypeVar("S", bound=StrEnum)


class Case(_Case, Protocol[S]):
    status: S


class TransitionRefused(Refused):
    """The case is not in a state, or the actor not in a position, to do this."""


@dataclass(frozen=True)
class Transition(Generic[S]):
    name: str
    sources: Set[S]
    target: S
    permission: Permission


@dataclass(frozen=True)
class Workflow(Generic[S]):
    transitions: tuple[Transition[S], ...]

    def __getitem__(self, name: str) -> Transition[S]:
        return next(t for t in self.transitions if t.name == name)

    def open_to(self, actor: Actor, case: Case[S]) -> list[Transition[S]]:
        """What this actor may do with this case now: the buttons of its page."""
        return [
            t for t in self.transitions
            if case.status in t.sources and can(actor, t.permission, case)
        ]

    def leads(self, before: str, after: str) -> bool:
        """Whether one transition of the table explains this change of state."""
        return any(before in t.sources and t.target == after for t in self.transitions)

    def check(self, name: str, case: Case[S], actor: Actor) -> Transition[S]:
        """The transition, if it is open to this actor now; else :class:`TransitionRefused`."""
        transition = self[name]
        if case.status not in transition.sources:
            raise TransitionRefused(
                N_("This has already moved on: it is now “%(status)s”, so this step is not open."),
                status=case.status,
            )
        if not can(actor, transition.permission, case):
            raise TransitionRefused(N_("You may not take this step in this case."))
        return transition

    def fire(self, name: str, case: Case[S], actor: Actor) -> None:
        case.status = self.check(name, case, actor).target
