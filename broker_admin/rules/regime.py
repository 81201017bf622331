"""The law in force on a day: thresholds, limits and words, each with its article."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from broker_admin.rules.limits import Direction, Limit, Unit
from broker_admin.rules.provisions import (
    Authority,
    BrokerType,
    ClockStop,
    Conduct,
    CreditGrade,
    Criterion,
    Exam,
    ExamSubject,
    Fee,
    Grade,
    Ground,
    LegalNature,
    Listed,
    Measure,
    PenaltyBasis,
    PenaltyKind,
    Publication,
    ReviewPart,
    Scope,
    Supervision,
    Term,
    Threshold,
    Words,
)
from broker_admin.rules.reading import RegimeError, build, merge

__all__ = [
    "Conduct", "CreditGrade", "Criterion", "Direction", "ExamSubject", "Grade", "Ground",
    "LegalNature", "Limit", "Listed", "Measure", "Regime", "RegimeError", "ReviewPart", "Unit",
    "load", "regime_on", "regime_version", "versions",
]

_DEFAULT = "guangdong"


@dataclass(frozen=True, kw_only=True)
class Regime:
    """One version of one regime; a case keeps the version in force when it was opened."""

    code: str
    version: str
    in_force_from: date
    names: Words
    certificate: Words
    legal_nature: LegalNature
    authority: Authority
    types: Listed[BrokerType]
    scopes: Listed[Scope]
    grades: Listed[Grade]
    criteria: Listed[Criterion]
    limits: Listed[Limit]
    clock_stops: Listed[ClockStop]
    term: Term
    exam: Exam
    supervision: Supervision
    publication: Listed[Publication]
    measures: Listed[Measure]
    penalty_kinds: Listed[PenaltyKind]
    penalty_bases: Listed[PenaltyBasis]
    thresholds: Listed[Threshold]
    conduct: Listed[Conduct]
    refusal_grounds: Listed[Ground]
    non_acceptance_grounds: Listed[Ground]
    complaint_grounds: Listed[Ground]
    fees: Listed[Fee]

    def __post_init__(self) -> None:
        for kind in self.types:
            _demand_known(self.scopes, kind.scopes)
        for basis in self.penalty_bases:
            _demand_known(self.conduct, basis.conduct)
            _demand_known(self.penalty_kinds, basis.kinds)
        for subject in self.exam.subjects:
            _demand_sum(subject)
        if sum(part.weight for part in self.supervision.review) != 100:
            raise RegimeError("supervision.review: the weights do not add up to 100")

    def name(self, lang: str) -> str:
        return self.names.name(lang)

    def remedy_limits(self) -> tuple[Limit, Limit]:
        """What every unfavourable decision must name (许可法 38): reconsideration, litigation."""
        return self.limits["reconsideration"], self.limits["litigation"]


def regime_on(day: date, code: str = _DEFAULT) -> Regime:
    """The version in force on this day.  Raises ``LookupError`` before the first one."""
    for regime in reversed(versions(code)):
        if regime.in_force_from <= day:
            return regime
    raise LookupError(f"no version of {code} was in force on {day}")


def regime_version(version: str) -> Regime:
    """The version that a case was opened under.  Raises ``LookupError`` for an unknown one."""
    for regime in versions(version.partition("/")[0]):
        if regime.version == version:
            return regime
    raise LookupError(f"no version {version}")


def versions(code: str = _DEFAULT) -> tuple[Regime, ...]:
    """Every version of a regime, in the order in which they came into force."""
    return _shipped(code)


# Read once per process: the law changes with a release, not while it runs.
@cache
def _shipped(code: str) -> tuple[Regime, ...]:
    folder = files("broker_admin.rules").joinpath("regimes", code)
    # The code becomes part of a path.
    if not code.isidentifier() or not folder.is_dir():
        raise LookupError(f"no regime {code}")
    texts = {
        f"{code}/{entry.name.removesuffix('.toml')}": entry.read_text("utf-8")
        for entry in folder.iterdir() if entry.name.endswith(".toml")
    }
    return load(texts)


def load(texts: dict[str, str]) -> tuple[Regime, ...]:
    """Read the files of a regime, given by version.  Raises ``RegimeError``."""
    tables = {version: _table(version, text) for version, text in texts.items()}
    regimes = [_regime(version, tables) for version in tables]
    return tuple(sorted(regimes, key=lambda regime: regime.in_force_from))


def _table(version: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RegimeError(f"{version}: {error}") from None


def _regime(version: str, tables: dict[str, dict[str, Any]]) -> Regime:
    code, _, day = version.partition("/")
    values = _amended(version, tables)
    try:
        in_force_from = date.fromisoformat(day)
        values |= {"code": code, "version": version, "in_force_from": in_force_from}
        return build(Regime, values, "regime")
    except ValueError as error:
        raise RegimeError(f"{version}: {error}") from None


def _amended(version: str, tables: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The version's table on top of those that it amends, which must be older."""
    table = dict(tables[version])
    earlier = table.pop("amends", None)
    if earlier is None:
        return table
    # Older means smaller, the files being named after their day: so no circle can close.
    if earlier not in tables or earlier >= version:
        raise RegimeError(f"{version}: amends {earlier}, which is no earlier version")
    return merge(_amended(earlier, tables), table)


def _demand_sum(subject: ExamSubject) -> None:
    if sum(part.count * part.marks for part in subject.parts) != subject.marks:
        raise RegimeError(f"exam.subjects.{subject.code}: the parts do not add up")


def _demand_known(known: Listed[Any], codes: Iterable[str]) -> None:
    for code in codes:
        if code not in known:
            raise RegimeError(f"{code} is used but not listed")
