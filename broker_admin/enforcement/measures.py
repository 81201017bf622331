"""Management measures and penalties that act on a license holder, and their bounds.  Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from broker_admin.rules.counting import add_months
from broker_admin.rules.provisions import HearingOffer, Measure, PenaltyKind
from broker_admin.rules.regime import Regime


class Effect(StrEnum):
    """What a measure does to the license."""

    NONE = auto()
    SUSPENDS = auto()
    ENDS = auto()
    REVOKES = auto()


# By the codes of the regime's ladder and of the penalties of 处罚法 9; all others touch no license.
EFFECTS = {
    "PAUSE": Effect.SUSPENDS,
    "END_RECOGNITION": Effect.ENDS,
    "LICENSE_SUSPENSION": Effect.SUSPENDS,
    "REVOCATION": Effect.REVOKES,
}
# Penalties in money and against persons are not decided in this procedure.
PENALTIES = ("WARNING", "CRITICISM", "LICENSE_SUSPENSION", "REVOCATION")
# The classes of 信用修复管理办法: warnings are minor, circulated criticism general, others serious.
_PENALTY_CLASS = {"WARNING": "minor", "CRITICISM": "general"}
_CLASSES = {1: "minor", 2: "general", 3: "serious"}
# In the order in which the effects are declared: from none to revocation.
_WEIGHTS = tuple(Effect)


class Fault(StrEnum):
    """Why a measure cannot be proposed or imposed."""

    UNKNOWN = auto()
    BASIS = auto()
    TIME_MISSING = auto()
    TIME_UNFIT = auto()
    TOO_LONG = auto()
    HEAVIER = auto()


@dataclass(frozen=True)
class Choice:
    """A measure that the law in force offers; ``most_months`` 0: the law sets no longest time."""

    code: str
    zh: str
    en: str
    is_penalty: bool
    effect: Effect
    order: int
    most_months: int = 0
    hearing: bool = False

    def name(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en

    @property
    def lasts(self) -> bool:
        return self.effect is Effect.SUSPENDS

    @property
    def weight(self) -> tuple[int, bool, int]:
        """The effect on the license weighs most; then a penalty more than a measure."""
        return _WEIGHTS.index(self.effect), self.is_penalty, self.order


def choices(regime: Regime, *, licensed: bool) -> dict[str, Choice]:
    """The ladder of management measures, then the penalties; only a holder can lose a license."""
    return {c.code: c for c in _ladder(regime) if licensed or c.effect is Effect.NONE}


def _ladder(regime: Regime) -> list[Choice]:
    penalties = [_penalty(p, order) for order, p in enumerate(regime.penalty_kinds)
                 if p.code in PENALTIES]
    return [_measure(m) for m in regime.measures] + penalties


def _measure(measure: Measure) -> Choice:
    return Choice(measure.code, measure.zh, measure.en, False,
                  EFFECTS.get(measure.code, Effect.NONE), measure.rung, measure.most_months)


def _penalty(kind: PenaltyKind, order: int) -> Choice:
    return Choice(kind.code, kind.zh, kind.en, True, EFFECTS.get(kind.code, Effect.NONE), order,
                  hearing=kind.hearing is HearingOffer.ALWAYS)


def bases(regime: Regime, choice: Choice, codes: Iterable[str], region: str) -> list[str]:
    """What the measure may rest on: a penalty on a statute that threatens it for this conduct."""
    if not choice.is_penalty:
        # It rests on the regime itself, or on the rule that was broken.
        return [regime.name("zh"), *_broken(regime, codes)]
    # No penalty without a law that names it for this conduct and place (处罚法 4, 16).
    found = set(codes)
    return [basis.article for basis in regime.penalty_bases
            if found & set(basis.conduct) and choice.code in basis.kinds
            and region.startswith(basis.region)]


def _broken(regime: Regime, codes: Iterable[str]) -> Iterable[str]:
    """The articles against which the conduct was, each once, as far as their text is confirmed."""
    return dict.fromkeys(regime.conduct[code].article for code in sorted(set(codes))
                         if regime.conduct[code].confirmed)


def fault(choice: Choice, months: int | None, basis: str, allowed: Iterable[str]) -> Fault | None:
    """What forbids the measure as it is proposed; None where nothing does."""
    if basis not in allowed:
        return Fault.BASIS
    return _fault_of_length(choice, months or 0) if choice.lasts else _fault_of_none(months)


def _fault_of_length(choice: Choice, months: int) -> Fault | None:
    if months < 1:
        return Fault.TIME_MISSING
    return Fault.TOO_LONG if months > (choice.most_months or months) else None


def _fault_of_none(months: int | None) -> Fault | None:
    return Fault.TIME_UNFIT if months else None


def is_heavier(one: Choice, months: int | None, other: Choice, other_months: int | None) -> bool:
    """Whether one measure weighs more than the other (处罚法 45: defending must not cost more)."""
    # Two suspensions are compared by their length first: a long pause outweighs a short penalty.
    longer = one.lasts and other.lasts and (months or 0) > (other_months or 0)
    return longer or one.weight > other.weight


def ends_on(choice: Choice, months: int | None, decided_on: date) -> date | None:
    """The last day of a measure that lasts; None for one that does not."""
    return add_months(decided_on, months) if months and choice.lasts else None


def public_until(
    regime: Regime, choice: Choice, codes: Iterable[str], decided_on: date
) -> date | None:
    """The last day on which the register shows the measure; None where it shows nothing."""
    if not choice.is_penalty and not regime.measures[choice.code].public:
        return None
    rule = regime.publication[_class_of(regime, choice, codes)]
    return add_months(decided_on, rule.most_months) if rule.published else None


def _class_of(regime: Regime, choice: Choice, codes: Iterable[str]) -> str:
    """A penalty is as serious as its kind, a management measure as the gravest conduct behind it."""
    if choice.is_penalty:
        return _PENALTY_CLASS.get(choice.code, "serious")
    return _CLASSES[max((regime.conduct[code].severity for code in codes), default=1)]
