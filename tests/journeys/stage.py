"""What must be there before a journey begins: officers, and a candidate with two sealed papers."""

from datetime import datetime, timedelta

from broker_admin import clock
from broker_admin.accounts import service as accounts
from broker_admin.accounts import staff, tokens
from broker_admin.clock import GUANGDONG, day_of, now
from broker_admin.db import db, transaction
from broker_admin.exams.service import bank, bookings, candidates, papers, sittings, sweeping
from broker_admin.exams.workflow import Qualification
from broker_admin.permissions import SYSTEM, Role
from broker_admin.rules.regime import regime_on
from tests.exams.factories import make_identity
from tests.factories import _uscc
from tests.licenses.factories import make_license

PASSWORD = "three grey herons wade"
OFFICERS = {
    "intake": Role.INTAKE_OFFICER, "reviewer": Role.REVIEWER, "decider": Role.DECIDER,
    "legal": Role.LEGAL_REVIEWER, "investigator": Role.ENFORCEMENT_OFFICER,
    "colleague": Role.ENFORCEMENT_OFFICER, "supervisor": Role.SUPERVISION_OFFICER,
    "planner": Role.EXAM_ADMIN, "examiner": Role.EXAM_ADMIN,
}
FORMS = ("LAW-1", "PRACTICE-1")
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def address(name):
    return f"{name}@example.org"


def set_up(language):
    """Weeks ago by the moving clock, so that the papers can be sat now."""
    opens_at = now() - 2 * MINUTE
    with clock.at(datetime(opens_at.year - 1, 3, 2, 10, tzinfo=GUANGDONG)), transaction():
        _holder(language)
    with clock.at(opens_at - 20 * DAY), transaction():
        officers = {name: _appoint(name, role, language) for name, role in OFFICERS.items()}
        bank.import_bank(actor=SYSTEM, at=now())
        candidate = _candidate(language)
        planned = [_plan(form, officers["planner"], candidate, opens_at) for form in FORMS]
    with clock.at(opens_at - 5 * DAY), transaction():
        for sitting in planned:
            papers.seal(sitting, actor=officers["planner"], at=now())
    with clock.at(opens_at), transaction():
        for sitting in planned:
            sweeping.sweep(sitting, at=now())
        return {"sittings": [sitting.reference for sitting in planned]}


def _appoint(name, role, language):
    user = staff.create_staff(email=address(name), name=name.title(), roles=frozenset({role}),
                              language=language, actor=SYSTEM, at=now())
    accounts.reset_password(tokens.make(user, tokens.RESET), PASSWORD, at=now())
    return user


def _candidate(language):
    user = _member("candidate", "林思远", language)
    return candidates.register(user, name=user.name, identity=make_identity(),
                               qualification=Qualification.DIPLOMA, actor=user, at=now())


def _holder(language):
    """Of a license since last year, which is what annual reports are about."""
    user = _member("holder", "赵清和", language)
    organization = accounts.create_organization(
        uscc=_uscc(770_078), name="深圳砚桥数据服务有限公司", region_code="440300",
        address="深圳市南山区南海大道12号", founder=user, at=now())
    make_license(organization, actor=user, regime=regime_on(day_of(now())).version)


def _member(name, written, language):
    user = accounts.sign_up(email=address(name), name=written, password=PASSWORD,
                            language=language, at=now())
    accounts.verify_address(tokens.make(user, tokens.VERIFY), at=now())
    return user


def _plan(form, planner, candidate, opens_at):
    sitting = sittings.plan_sitting(
        blueprint=form, place="广州市越秀区考试中心", opens_at=opens_at, ends_at=opens_at + 3 * HOUR,
        capacity=20, actor=planner, at=now())
    sittings.open_booking(sitting, actor=planner, at=now())
    db.session.flush()
    bookings.book(sitting, candidate, actor=candidate.user, at=now())
    return sitting
