"""What must be there before a journey begins: officers, a candidate, and somebody licensed last year."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from broker_admin import clock
from broker_admin.accounts import service as accounts
from broker_admin.accounts import staff, tokens
from broker_admin.accounts.models import User
from broker_admin.clock import GUANGDONG, day_of, now
from broker_admin.db import db, transaction
from broker_admin.exams.models import Sitting
from broker_admin.exams.service import bank, sweeping
from broker_admin.permissions import SYSTEM, Role
from broker_admin.rules.regime import regime_on
from tests.factories import _uscc
from tests.licenses.factories import make_license

HOLDER = "深圳砚桥数据服务有限公司"
PASSWORD = "three grey herons wade"
OFFICERS = {
    "intake": Role.INTAKE_OFFICER, "reviewer": Role.REVIEWER, "decider": Role.DECIDER,
    "legal": Role.LEGAL_REVIEWER, "investigator": Role.ENFORCEMENT_OFFICER,
    "colleague": Role.ENFORCEMENT_OFFICER, "supervisor": Role.SUPERVISION_OFFICER,
    "planner": Role.EXAM_ADMIN, "examiner": Role.EXAM_ADMIN,
}
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def address(name):
    return f"{name}@example.org"


def set_up():
    """Weeks ago by the moving clock; one stage serves every journey."""
    with clock.at(datetime(now().year - 1, 3, 2, 10, tzinfo=GUANGDONG)), transaction():
        _holder()
    with clock.at(now() - 20 * DAY), transaction():
        for name, role in OFFICERS.items():
            _appoint(name, role)
        _member("candidate", "林思远")
        bank.import_bank(actor=SYSTEM, at=now())


def speak(language):
    """Everybody who is here already reads their mails in this language."""
    with transaction():
        db.session.execute(update(User).values(language=language))


def let_the_day_come():
    """A running server's clock cannot be set, so it is the sittings that come nearer."""
    with transaction():
        for sitting in db.session.scalars(select(Sitting)):
            sitting.ends_at += now() - sitting.opens_at
            sitting.opens_at = now()
            sweeping.sweep(sitting, at=now() + MINUTE)


def _appoint(name, role):
    user = staff.create_staff(email=address(name), name=name.title(), roles=frozenset({role}),
                              language="zh", actor=SYSTEM, at=now())
    accounts.reset_password(tokens.make(user, tokens.RESET), PASSWORD, at=now())


def _holder():
    """Of a license since last year, which is what annual reports are about."""
    user = _member("holder", "赵清和")
    organization = accounts.create_organization(
        uscc=_uscc(770_078), name=HOLDER, region_code="440300",
        address="深圳市南山区南海大道12号", founder=user, at=now())
    make_license(organization, actor=user, regime=regime_on(day_of(now())).version)


def _member(name, written):
    user = accounts.sign_up(email=address(name), name=written, password=PASSWORD, language="zh", at=now())
    accounts.verify_address(tokens.make(user, tokens.VERIFY), at=now())
    return user
