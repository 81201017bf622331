"""What was filed, by the number under which somebody knows it."""

import hmac

from sqlalchemy import select

from broker_admin.complaints.codes import plain_code
from broker_admin.complaints.models import Complaint, Filing, Report
from broker_admin.db import blind_index, db
from broker_admin.rules.numbering import parse_receipt_number


def by_code(receipt: str, code: str) -> Filing | None:
    """What was filed under this receipt, if this is its code.

    Takes the same path for an unknown receipt as for a wrong code.
    """
    number = parse_receipt_number(receipt) or ""
    found = by_receipt(number)
    expected = found.code_hash if found else blind_index("no filing")
    given = blind_index(f"query code {plain_code(code)}")
    # Compared in constant time, and also where nothing was found.
    return found if hmac.compare_digest(expected, given) else None


def by_receipt(number: str) -> Filing | None:
    complaint = db.session.scalar(select(Complaint).where(Complaint.receipt_number == number))
    report = db.session.scalar(select(Report).where(Report.receipt_number == number))
    return complaint or report


def by_reference(reference: str) -> Filing | None:
    complaint = db.session.scalar(select(Complaint).where(Complaint.reference == reference))
    return complaint or db.session.scalar(select(Report).where(Report.reference == reference))
