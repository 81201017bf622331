"""Management measures and penalties that act on the license, and their bounds.  Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from broker_admin.rules.counting import add_months
from broker_admin.rules.regime import Regime


class Effect(StrEnum):
    """What a measure does to the license."""

    NONE = auto()
    SUSPENDS = auto()
    REVOKES = auto()
    ENDS = auto()


EFFECTS = {
    "PAUSE": Effect.SUSPENDS,
    "END_RECOGNITION": Effect.ENDS,
    "SUSPEND_LICENSE": Effect.SUSPENDS,
    "REVOKE_LICENSE": Effect.REVOKES,
}


@dataclass(frozen=True)
class Choice:
    """A measure that the law in force offers, and how it must be founded."""

    code: str
    words: str
    is_penalty: bool
    most_months: int
    effect: Effect


def choices(regime: Regime, language: str) -> dict[str, Choice]:
    """The ladder of management measures, then the penalties that concern the license."""
    ladder = {
        m.code: Choice(m.code, m.name(language), False, m.most_months,
                       EFFECTS.get(m.code, Effect.NONE))
        for m in regime.measures
    }
    penalties = {
        p.code: Choice(p.code, p.name(language), True, 0, EFFECTS.get(p.code, Effect.NONE))
        for p in regime.penalty_kinds
    }
    return ladder | penalties


def fault(choice: Choice, months: int | None, basis: str, statutes: set[str]) -> str | None:
    """Why this measure cannot be proposed: a code for the page; None where it can.

    A penalty needs a statutory basis (处罚法 16); a measure that lasts has its longest time.
    """
    if not basis:
        return "basis_missing"
    if choice.is_penalty and basis not in statutes:
        return "basis_not_statutory"
    if choice.most_months and not months:
        return "time_missing"
    if choice.most_months and months and months > choice.most_months:
        return "too_long"
    return None


def ends_on(choice: Choice, months: int | None, decided_on: date) -> date | None:
    """The last day of a measure that lasts; None for one that does not."""
    return add_months(decided_on, months) if months and choice.effect is Effect.SUSPENDS else None
