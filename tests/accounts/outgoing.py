"""What was sent, and what was recorded, as tests of accounts look at it."""

import re

from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.jobs.runner import run_due
from broker_admin.ledger import AuditEntry, Message


def messages():
    run_due(now())  # links that were asked for are sent by a job
    return list(db.session.scalars(db.select(Message).order_by(Message.id)))


def last_link():
    """The path of the link in the newest mail, without its language."""
    return re.search(r"https?://[^/]+/(?:zh|en)(/\S+)", messages()[-1].body)[1]


def recorded(case=None):
    """The names of what happened (to this case), oldest first; of what is committed."""
    db.session.commit()
    query = db.select(AuditEntry.name).order_by(AuditEntry.number)
    return list(db.session.scalars(query.where(AuditEntry.subject == case.reference) if case else query))
