"""Which limit runs in a case of supervision, and when a year's report is due."""

from datetime import date

from broker_admin.rules.deadlines import Deadline
from broker_admin.rules.regime import Regime, regime_version
from broker_admin.supervision.models import AnnualReview
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
