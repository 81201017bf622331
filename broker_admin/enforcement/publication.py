"""What the public may know of conduct cases (处罚法 48): the imposed measure, and no person."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from broker_admin.db import db
from broker_admin.enforcement import measures, time_limits
from broker_admin.enforcement.measures import Choice
from broker_admin.enforcement.models import Case
from broker_admin.enforcement.workflow import IMPOSED
from broker_admin.licenses.models import License


@dataclass(frozen=True)
class Published:
    """An imposed measure as the register shows it, while its time of publication runs."""

    decision_number: str
    measure: Choice
    basis: str
    conduct_codes: list[str]
    decided_on: date | None
    measure_until: date | None
    public_until: date | None
    remedies_open: bool

    def name(self, language: str) -> str:
        return self.measure.name(language)


def published(license_number: str, day: date) -> list[Published]:
    """The measures that the register shows with this license on this day, the newest first."""
    return [_published(case, day) for case in db.session.scalars(shown(license_number, day))]


def shown(license_number: str, day: date) -> Select[tuple[Case]]:
    """Chosen by the database, since the register asks this for every visitor."""
    return (
        select(Case).join(Case.license)
        .where(License.number == license_number, Case.status.in_(IMPOSED),
               # The record as of an earlier day knows nothing of what was decided after it.
               Case.decided_on <= day, Case.public_until >= day)
        .options(selectinload(Case.findings))
        .order_by(Case.decided_on.desc(), Case.id.desc())
    )


def _published(case: Case, day: date) -> Published:
    offered = measures.choices(time_limits.regime_of(case), licensed=True)
    return Published(
        decision_number=case.decision_number or "", measure=offered[case.measure or ""],
        basis=case.basis or "", conduct_codes=case.established_codes, decided_on=case.decided_on,
        measure_until=case.measure_until, public_until=case.public_until,
        remedies_open=_may_be_contested(case, day))


def _may_be_contested(case: Case, day: date) -> bool:
    """Both remedies run side by side: the decision stands when the later day has passed."""
    return any(last is not None and day <= last for last in (case.sue_by, case.reconsider_by))
