"""The tables of complaints and reports: two procedures, and two tables."""

from broker_admin.complaints.models.complaints import Complaint
from broker_admin.complaints.models.filings import Informant, Question
from broker_admin.complaints.models.reports import Report

Filing = Complaint | Report

__all__ = ["Complaint", "Filing", "Informant", "Question", "Report"]
