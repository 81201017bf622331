"""Which limit runs in a case of supervision, and when a year's report is due."""

from datetime import date

from broker_admin.rules.calendar import WorkingCalendar
from broker_admin.rules.deadlines import Deadline
from broker_admin.rules.regime import Regime, regime_version
from broker_admin.supervision.inspection_workflow import RUNNING, InspectionStatus
from broker_admin.supervision.models import AnnualReview, Inspection, Rectification
from broker_admin.supervision.workflow import ReviewStatus as V


def window(regime: Regime, year: int) -> tuple[date, date]:
    """First and last day on which the report about this year is filed: in the year after."""
    opens, closes = regime.supervision.annual_report.opens, regime.supervision.annual_report.closes
    return date.fromisoformat(f"{year + 1}-{opens}"), date.fromisoformat(f"{year + 1}-{closes}")


def year_to_report(regime: Regime, today: date) -> int:
    """The year that is reported on now, late reports included."""
    first, _ = window(regime, today.year - 1)
    return today.year - 1 if today >= first else today.year - 2


def objection(review: AnnualReview) -> Deadline | None:
    """The time in which the holder may object to a preliminary result."""
    if review.status is not V.PRELIMINARY or review.told_on is None:
        return None
    return Deadline(regime_version(review.regime).limits["review_objection"], review.told_on)


def rectification(case: Rectification) -> Deadline | None:
    """The time to answer an order, with its extension; runs anew after a rejection."""
    if case.status not in RUNNING:
        return None
    deadline = Deadline(regime_version(case.regime).limits["rectification"], case.running_from)
    if case.extended_on:
        return deadline.extended(case.extended_on, case.extension_reason or "")
    return deadline


def rectify_by(case: Rectification, calendar: WorkingCalendar) -> date | None:
    """The last day to answer: never later than the outer bound that runs from the order."""
    deadline = rectification(case)
    if deadline is None:
        return None
    bound = Deadline(regime_version(case.regime).limits["rectification_longest"], case.ordered_on)
    days = [day for day in (deadline.due(calendar), bound.due(calendar)) if day]
    return min(days, default=None)


def publication(inspection: Inspection) -> Deadline | None:
    """The time in which a result is made public, from the end of the inspection."""
    if inspection.concluded_on is None or inspection.status is InspectionStatus.PUBLISHED:
        return None
    return Deadline(regime_version(inspection.regime).limits["inspection_publication"],
                    inspection.concluded_on)
