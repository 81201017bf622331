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
    # Rules may open the window later in the year; until then the year before is the one still due.
    first, _ = window(regime, today.year - 1)
    return today.year - 1 if today >= first else today.year - 2


def objection(review: AnnualReview) -> Deadline | None:
    """The time in which the holder may object to a preliminary result."""
    if review.status is not V.PRELIMINARY or review.told_on is None:
        return None
    return Deadline(regime_version(review.regime).limits["review_objection"], review.told_on)


def rectification(case: Rectification, calendar: WorkingCalendar) -> Deadline | None:
    """What ends first: the time to answer, or the outer bound that runs from the order."""
    if case.status not in RUNNING:
        return None
    return min(_answering(case), _bound(case), key=lambda limit: limit.due(calendar) or date.max)


def _answering(case: Rectification) -> Deadline:
    """The time to answer runs anew after a rejection; what was granted for an earlier run is spent."""
    deadline = Deadline(regime_version(case.regime).limits["rectification"], case.running_from)
    if case.extended_on and case.extended_on >= case.running_from:
        return deadline.extended(case.extended_on, case.extension_reason or "")
    return deadline


def _bound(case: Rectification) -> Deadline:
    return Deadline(regime_version(case.regime).limits["rectification_longest"], case.ordered_on)


def rectify_by(case: Rectification, calendar: WorkingCalendar) -> date | None:
    """The last day to answer."""
    deadline = rectification(case, calendar)
    return deadline.due(calendar) if deadline else None


def may_extend(case: Rectification, calendar: WorkingCalendar, today: date) -> bool:
    """Once for each order, while the time runs, and never beyond the outer bound."""
    # The order's one extension, whichever run it was granted in.
    deadline = None if case.extended_on else rectification(case, calendar)
    return bool(deadline and deadline.can_be_extended(calendar, today))


def publication(inspection: Inspection) -> Deadline | None:
    """The time in which a result is made public, from the end of the inspection."""
    if inspection.concluded_on is None or inspection.status is InspectionStatus.PUBLISHED:
        return None
    return Deadline(regime_version(inspection.regime).limits["inspection_publication"],
                    inspection.concluded_on)
