"""The tables of conduct cases."""

from broker_admin.enforcement.models.cases import Case
from broker_admin.enforcement.models.findings import Finding, Opinion
from broker_admin.enforcement.models.notices import Notice

__all__ = ["Case", "Finding", "Notice", "Opinion"]
