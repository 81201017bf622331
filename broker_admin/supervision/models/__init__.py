"""The tables of supervision."""

from broker_admin.supervision.models.reports import AnnualReport, ReportVersion
from broker_admin.supervision.models.reviews import AnnualReview, Score

__all__ = ["AnnualReport", "AnnualReview", "ReportVersion", "Score"]
