"""What the tests of pages ask again and again."""

import sqlalchemy as sa

from broker_admin.db import db
from broker_admin.ledger import AuditEntry

TERMS = {"broker_type": "DATA", "grade": "2", "scope": ["MATCH"], "term_years": "3",
         "reasons": "Every criterion is met."}
GROUNDS = {"grounds": ["STAFF_SHORT"], "reasons": "Two of five practitioners."}


def path(made, page=""):
    return f"/applications/{made.application.reference}{page}"


def recorded(made):
    """How many events the record holds about this application."""
    db.session.commit()
    return db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry).where(
        AuditEntry.subject == made.application.reference))


def send(browser, made, page, **answers):
    """As a click on the button of a page that was opened before: only its token is fetched."""
    return browser.submit(path(made, page), page="/applications/eligibility", **answers)
