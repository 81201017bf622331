"""The tables of supervision."""

from broker_admin.supervision.models.draws import Draw, InspectionPlan
from broker_admin.supervision.models.inspections import Inspection
from broker_admin.supervision.models.rectifications import Rectification
from broker_admin.supervision.models.reports import AnnualReport, ReportVersion
from broker_admin.supervision.models.reviews import AnnualReview, Score

__all__ = [
    "AnnualReport", "AnnualReview", "Draw", "Inspection", "InspectionPlan", "Rectification",
    "ReportVersion", "Score",
]
