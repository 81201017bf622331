from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from broker_admin.accounts.models import Organization, User
from broker_admin.clock import day_of
from broker_admin.db import Base, filled_once, filled_while
from broker_admin.enforcement.models.findings import Finding, Opinion
from broker_admin.enforcement.models.notices import Notice
from broker_admin.enforcement.workflow import DECIDED, IMPOSED, NOTIFIED, CaseStatus
from broker_admin.licenses.models import License

S = CaseStatus


class Case(Base):
    """Suspected misconduct of one organisation, investigated by two officers."""

    __tablename__ = "conduct_case"
    __table_args__ = (
        # No decision without the notice (处罚法 44), two officers (42) and the review of the law (58).
        filled_once(NOTIFIED, "noticed_on"),
        filled_once(NOTIFIED, "second_investigator_id"),
        filled_once(DECIDED | {S.DECISION_PENDING}, "legal_reviewer_id"),
        # What a decision must say (处罚法 59): written with it, and not a moment before.
        *(filled_while(DECIDED, column) for column in (
            "decided_at", "decided_on", "decider_id", "decision_number", "decision_reasons")),
        *(filled_while(IMPOSED, column) for column in (
            "measure", "basis", "reconsider_by", "sue_by")),
        filled_while({S.NOT_FILED, S.CLOSED}, "ended_reason"),
        # Those who investigate, the one who reviews the law and the one who decides are different.
        CheckConstraint("second_investigator_id <> investigator_id", name="two_investigators"),
        CheckConstraint("legal_reviewer_id NOT IN (investigator_id, second_investigator_id)",
                        name="reviewer_apart"),
        CheckConstraint("decider_id NOT IN (investigator_id, second_investigator_id, "
                        "legal_reviewer_id)", name="decider_apart"),
        CheckConstraint("measure_until IS NULL OR measure_until > decided_on",
                        name="measure_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    status: Mapped[CaseStatus] = mapped_column(default=S.INVESTIGATING, index=True)
    regime: Mapped[str] = mapped_column(String(60))
    organization_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    license_id: Mapped[int | None] = mapped_column(ForeignKey("license.id"), index=True)
    conduct_codes: Mapped[list[str]] = mapped_column(JSON)
    # The complaint, report or inspection that it came from, or "own": for officers only.
    source: Mapped[str] = mapped_column(String(80))
    facts: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime]
    opened_on: Mapped[date]
    investigator_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    second_investigator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    noticed_on: Mapped[date | None]
    legal_reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision_number: Mapped[str | None] = mapped_column(String(40), unique=True)
    decided_at: Mapped[datetime | None]
    decided_on: Mapped[date | None]
    decider_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision_reasons: Mapped[str | None] = mapped_column(Text)
    measure: Mapped[str | None] = mapped_column(String(40))
    measure_months: Mapped[int | None]
    measure_until: Mapped[date | None]
    basis: Mapped[str | None] = mapped_column(Text)
    reconsider_by: Mapped[date | None]
    sue_by: Mapped[date | None]
    # Reckoned when it is decided and kept: a later version of the law moves no printed day.
    public_until: Mapped[date | None] = mapped_column(index=True)
    ended_reason: Mapped[str | None] = mapped_column(Text)
    # Two officers who decide at once: the second meets a conflict, and not the first's decision.
    version: Mapped[int] = mapped_column()

    organization: Mapped[Organization] = relationship()
    license: Mapped[License | None] = relationship()
    investigator: Mapped[User] = relationship(foreign_keys=investigator_id)
    second_investigator: Mapped[User | None] = relationship(foreign_keys=second_investigator_id)
    legal_reviewer: Mapped[User | None] = relationship(foreign_keys=legal_reviewer_id)
    decider: Mapped[User | None] = relationship(foreign_keys=decider_id)
    findings: Mapped[list[Finding]] = relationship(order_by="Finding.id")
    notices: Mapped[list[Notice]] = relationship(order_by="Notice.id")
    opinions: Mapped[list[Opinion]] = relationship(order_by="Opinion.id")

    __mapper_args__ = {"version_id_col": version}

    @property
    def investigator_ids(self) -> frozenset[int]:
        both = {self.investigator_id, self.second_investigator_id}
        return frozenset(person for person in both if person is not None)

    @property
    def established_codes(self) -> list[str]:
        """The conduct that was found; the last finding on a code counts."""
        last = {finding.conduct_code: finding for finding in self.findings}
        return sorted(code for code, finding in last.items() if finding.established)

    @property
    def notice(self) -> Notice | None:
        """The prior notice that counts: after a return to investigation there may be another."""
        return self.notices[-1] if self.notices else None

    @property
    def awaits_hearing(self) -> bool:
        """Whether the party asked for a hearing that has not been held."""
        notice = self.notice
        return notice is not None and notice.hearing_asked and notice.hearing_minutes is None

    def told_in(self, notice: Notice) -> list[Finding]:
        """What a notice told the party: the last word on each code when it was given."""
        last = {finding.conduct_code: finding for finding in self.findings
                if day_of(finding.at) <= notice.given_on}
        return [last[code] for code in notice.conduct_codes if code in last]

    @property
    def party_ids(self) -> frozenset[int]:
        return frozenset()

    @property
    def party_organization_ids(self) -> frozenset[int]:
        """Also before the notice, so that no officer of the organisation handles its case."""
        return frozenset({self.organization_id})

    @property
    def barred_ids(self) -> frozenset[int]:
        """The investigators; and whoever reviewed the law may review again but not decide."""
        reviewers = {opinion.reviewer_id for opinion in self.opinions}
        return self.investigator_ids | (reviewers if self.status is S.DECISION_PENDING else set())
