"""The authority's staff, and what happens every night."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from broker_admin.accounts import staff
from broker_admin.accounts.models import User
from broker_admin.applications import intake
from broker_admin.applications.models import Application
from broker_admin.applications.queries import open_applications
from broker_admin.applications.workflow import ApplicationStatus
from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.demo.timeline import Life
from broker_admin.licenses import queries as licenses
from broker_admin.licenses import service as license_service
from broker_admin.licenses.models import License
from broker_admin.permissions import SYSTEM, Role
from broker_admin.rules.calendar import SHIPPED
from broker_admin.supervision import nightly

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


def appoint(opening: datetime, password_hash: str) -> Life:
    """Every officer gets an account and their roles, as the command line would give them."""
    yield opening
    for mailbox, name, roles in OFFICERS:
        user = staff.create_staff(email=f"{mailbox}@{DOMAIN}", name=name, roles=frozenset(roles),
                                  language="zh", actor=SYSTEM, at=now())
        user.password_hash = password_hash


def officer(mailbox: str) -> User:
    return db.session.scalars(select(User).where(User.email == f"{mailbox}@{DOMAIN}")).one()


def nights(opening: datetime) -> Life:
    """What time does by itself, every day soon after midnight."""
    moment = opening
    while True:
        moment += timedelta(days=1)
        yield moment
        _applications(moment)
        nightly.finalise_reviews(day_of(moment), actor=SYSTEM, at=moment)
        nightly.publish_reviews(day_of(moment), actor=SYSTEM, at=moment)
        _each(licenses.due_to_resume(day_of(moment)), License,
              lambda license: license_service.resume(license, at=now()))
        _each(licenses.due_to_expire(day_of(moment)), License,
              lambda license: license_service.expire(license, at=now()))


def _applications(moment: datetime) -> None:
    for number in db.session.scalars(open_applications()).all():
        application = db.session.get(Application, number)
        if application is None:
            continue
        if application.status is ApplicationStatus.SUBMITTED:
            intake.deem_accepted(application, calendar=SHIPPED, at=moment)
        elif application.status is ApplicationStatus.CORRECTION_REQUIRED:
            intake.lapse(application, calendar=SHIPPED, at=moment)


def _each(query: object, model: type[License], verb: Callable[[License], None]) -> None:
    for number in db.session.scalars(query).all():  # type: ignore[call-overload]
        found = db.session.get(model, number)
        if found:
            verb(found)
