"""The authority's staff, and what happens every night."""

from datetime import datetime, timedelta

from sqlalchemy import select

from broker_admin.accounts import staff
from broker_admin.accounts.models import User
from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.demo.timeline import Life
from broker_admin.jobs.lapses import outdated_practitioners, overdue_applications
from broker_admin.licenses.service import expire_due, resume_due
from broker_admin.permissions import SYSTEM, Role
from broker_admin.supervision.nightly import (
    finalise_reviews,
    overdue_rectifications,
    publish_reviews,
)

DOMAIN = "demo.example.org"
OFFICERS = (
    ("intake", "李敏", (Role.INTAKE_OFFICER,)),
    ("reviewer", "王浩", (Role.REVIEWER,)),
    ("reviewer2", "张倩", (Role.REVIEWER,)),
    ("decider", "周立", (Role.DECIDER,)),
    ("legal", "何正", (Role.LEGAL_REVIEWER,)),
    ("enforcement", "吴岳", (Role.ENFORCEMENT_OFFICER,)),
    ("enforcement2", "罗静", (Role.ENFORCEMENT_OFFICER,)),
    ("enforcement3", "彭锐", (Role.ENFORCEMENT_OFFICER,)),
    ("supervision", "蔡宁", (Role.SUPERVISION_OFFICER,)),
    ("exam", "潘越", (Role.EXAM_ADMIN,)),
    ("exam2", "谢衡", (Role.EXAM_ADMIN,)),
    ("author", "叶文", (Role.QUESTION_AUTHOR,)),
    ("auditor", "曾严", (Role.AUDITOR,)),
    ("admin", "钟理", (Role.ADMINISTRATOR,)),
)

# What the law lets time do.  The rest of the nightly schedule tidies files and prints certificates:
# the worker does that once, when the demonstration is served.
NIGHTLY = (overdue_applications, outdated_practitioners, expire_due, resume_due, finalise_reviews,
           overdue_rectifications, publish_reviews)


def appoint(opening: datetime, password_hash: str) -> Life:
    """Every officer gets an account and their roles, as the command line would give them."""
    yield opening
    for mailbox, name, roles in OFFICERS:
        user = staff.create_staff(email=f"{mailbox}@{DOMAIN}", name=name, roles=frozenset(roles),
                                  language="zh", actor=SYSTEM, at=now())
        user.password_hash = password_hash


def officer(mailbox: str) -> User:
    return account(f"{mailbox}@{DOMAIN}")


def account(email: str) -> User:
    return db.session.scalars(select(User).where(User.email == email)).one()


def nights(opening: datetime) -> Life:
    """What time does by itself, every day soon after midnight."""
    moment = opening
    while True:
        moment += timedelta(days=1)
        yield moment
        for verb in NIGHTLY:
            verb(day_of(moment), actor=SYSTEM, at=moment)
