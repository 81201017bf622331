"""Which conditions are met, for which grade, and by what: before an application and in its review.  Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from broker_admin.rules.regime import Grade, Regime

# Each measure of a grade, in the order in which a reader expects it.
MEASURES = ("dcmm_level", "mlps_level", "data_terabytes", "platforms", "practitioners", "net_assets",
            "years_operating", "cases_in_24_months")
# Technical brokers bring platforms where the others bring data.
_NOT_MEASURED = {"TECH": {"data_terabytes"}, "DATA": {"platforms"}, "FIDU": {"platforms"}}


@dataclass(frozen=True)
class Facts:
    """What an organisation says of itself; what it does not know is None and never passes."""

    broker_type: str
    gates: Mapping[str, bool | None]
    measures: Mapping[str, int | None]


@dataclass(frozen=True)
class Finding:
    """One condition: a gate has no numbers; ``met`` is None where the answer is not known."""

    code: str
    needed: int | None
    given: int | None
    met: bool | None


@dataclass(frozen=True)
class Assessment:
    """The gates, and for every grade its conditions, the highest grade first."""

    gates: tuple[Finding, ...]
    grades: tuple[tuple[Grade, tuple[Finding, ...]], ...]

    @property
    def highest(self) -> Grade | None:
        """The highest grade whose every condition is met; None where a gate is closed or unknown."""
        met = (grade for grade, findings in self.grades if _are_met(findings))
        return next(met, None) if _are_met(self.gates) else None


def _are_met(findings: Iterable[Finding]) -> bool:
    return all(finding.met for finding in findings)


def assess(facts: Facts, regime: Regime) -> Assessment:
    """Hold what is known against the conditions of the law in force."""
    gates = tuple(
        Finding(c.code, None, None, facts.gates.get(c.code)) for c in regime.criteria)
    grades = sorted(regime.grades, key=lambda grade: grade.code)
    return Assessment(gates, tuple((grade, _conditions(facts, grade)) for grade in grades))


def _conditions(facts: Facts, grade: Grade) -> tuple[Finding, ...]:
    skipped = _NOT_MEASURED.get(facts.broker_type, set())
    return tuple(_condition(facts, grade, code) for code in MEASURES if code not in skipped)


def _condition(facts: Facts, grade: Grade, code: str) -> Finding:
    needed, given = int(getattr(grade, code)), facts.measures.get(code)
    return Finding(code, needed, given, None if given is None else given >= needed)
