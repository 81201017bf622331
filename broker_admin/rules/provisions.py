"""The shapes of a regime's provisions; the values stand in ``regimes/``, each with its source."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar


class Coded(Protocol):
    @property
    def code(self) -> object: ...


T = TypeVar("T", bound=Coded)


@dataclass(frozen=True)
class Listed(Generic[T]):
    """Provisions in the order of the law: iterated one by one, or looked up by their code."""

    entries: tuple[T, ...]

    def __iter__(self) -> Iterator[T]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, code: object) -> bool:
        return any(entry.code == code for entry in self.entries)

    def __getitem__(self, code: object) -> T:
        """Raises ``KeyError`` for a code that this version of the law does not know."""
        for entry in self.entries:
            if entry.code == code:
                return entry
        raise KeyError(code)

    @property
    def codes(self) -> tuple[object, ...]:
        return tuple(entry.code for entry in self.entries)


class LegalNature(StrEnum):
    """What the authority's act is in law (许可法 15, 17): decides what a sanction may rest on."""

    LICENSE = "license"  # 许可
    RECOGNITION = "recognition"  # 认定
    REGISTRATION = "registration"  # 登记
    NOTIFICATION = "notification"  # 备案


@dataclass(frozen=True, kw_only=True)
class Named:
    code: str
    zh: str
    en: str

    def name(self, lang: str) -> str:
        return self.zh if lang.startswith("zh") else self.en


@dataclass(frozen=True, kw_only=True)
class Sourced:
    """Where it stands, and whether the text itself was read.

    Unconfirmed: ``basis`` says ``design``, ``memory`` or ``page`` (a public page about the text).
    """

    article: str = ""
    confirmed: bool
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class Words:
    zh: str
    en: str

    def name(self, lang: str) -> str:
        return self.zh if lang.startswith("zh") else self.en


@dataclass(frozen=True, kw_only=True)
class Authority(Words):
    """``issuer_code`` stays empty until the operator enters the authority's own credit code."""

    issuer_code: str
    reconsideration: Words
    court: Words
    hotline: str


@dataclass(frozen=True, kw_only=True)
class BrokerType(Named, Sourced):
    former: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Scope(Named, Sourced):
    """``excludes``: scopes that nobody may exercise over the same object."""

    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Grade(Sourced):
    """The least that a broker of this grade has; every criterion must be met."""

    code: int
    zh: str
    en: str
    dcmm_level: int
    mlps_level: int
    mlps_report_months: int
    data_terabytes: int
    data_records: int
    platforms: int
    practitioners: int
    net_assets: int
    years_operating: int
    cases_in_24_months: int
    dbcmm_score: int
    dbcmm_least_domain: int

    def name(self, lang: str) -> str:
        return self.zh if lang.startswith("zh") else self.en


@dataclass(frozen=True, kw_only=True)
class Criterion(Named, Sourced):
    """A hard gate; ``value`` is its number of years or its level, 0 where it has none."""

    value: int = 0


@dataclass(frozen=True, kw_only=True)
class Term(Sourced):
    license_years: int
    practitioner_years: int
    renewal_opens_days: int
    near_expiry_days: int
    deemed_if_undecided: bool


@dataclass(frozen=True, kw_only=True)
class PaperPart:
    """So many questions of one kind; ``marks`` may be a half, as in 2.5 for each."""

    kind: str
    count: int
    marks: float


@dataclass(frozen=True, kw_only=True)
class ExamSubject(Named, Sourced):
    minutes: int
    marks: int
    parts: tuple[PaperPart, ...]


@dataclass(frozen=True, kw_only=True)
class Exam(Sourced):
    least_age: int
    pass_mark: int
    rolling_years: int
    retake_days: int
    attempts_per_year: int
    sessions_per_year: int
    certificate_years: int
    training_hours: int
    autosave_seconds: int
    exposure_cap: float
    anchor_share: float
    integrity_years: int
    subjects: Listed[ExamSubject]


@dataclass(frozen=True, kw_only=True)
class AnnualReportWindow(Sourced):
    """Month and day, as in 01-01, of the year after the one reported on."""

    opens: str
    closes: str


@dataclass(frozen=True, kw_only=True)
class ReviewPart(Named, Sourced):
    weight: int


@dataclass(frozen=True, kw_only=True)
class CreditGrade(Named, Sourced):
    """``least_score`` of the annual review; rate and visits bound the random inspections."""

    least_score: int
    inspection_rate: float
    visits_per_year: int


@dataclass(frozen=True, kw_only=True)
class Supervision:
    annual_report: AnnualReportWindow
    review: Listed[ReviewPart]
    grades: Listed[CreditGrade]


@dataclass(frozen=True, kw_only=True)
class Measure(Named, Sourced):
    """One rung of the ladder of management measures; ``most_months`` 0: it does not last."""

    rung: int
    most_months: int = 0
    public: bool = False


class HearingOffer(StrEnum):
    """When the party must be told that it may ask for a hearing (处罚法 63)."""

    NEVER = "never"
    ABOVE_THRESHOLD = "above_threshold"
    ALWAYS = "always"


@dataclass(frozen=True, kw_only=True)
class PenaltyKind(Named, Sourced):
    hearing: HearingOffer


@dataclass(frozen=True, kw_only=True)
class PenaltyBasis(Named, Sourced):
    """Fines in yuan for one breach; 0 where the article knows none.

    ``multiple``: times the unlawful gains; ``region``: the area code outside which it is no law.
    """

    conduct: tuple[str, ...]
    organisation_least: int
    organisation_most: int
    person_least: int = 0
    person_most: int = 0
    region: str = ""
    multiple_least: int = 0
    multiple_most: int = 0
    grave_organisation_least: int = 0
    grave_organisation_most: int = 0
    grave_person_least: int = 0
    grave_person_most: int = 0
    turnover_percent: int = 0
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Threshold(Named, Sourced):
    value: float


@dataclass(frozen=True, kw_only=True)
class Conduct(Named, Sourced):
    """``severity``: 1 minor, 2 general, 3 serious."""

    severity: int


@dataclass(frozen=True, kw_only=True)
class Ground(Named, Sourced):
    """A reason for saying no, as the applicant or complainant reads it."""


@dataclass(frozen=True, kw_only=True)
class ClockStop(Named, Sourced):
    """An event whose days are not counted."""


@dataclass(frozen=True, kw_only=True)
class Publication(Named, Sourced):
    """How long a penalty of this severity stays public, in months from the decision."""

    published: bool
    least_months: int
    most_months: int
    repairable: bool


@dataclass(frozen=True, kw_only=True)
class Fee(Named, Sourced):
    amount: int
