from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from broker_admin.clock import day_of, now, start_of
from broker_admin.db import db
from broker_admin.ledger import Job
from broker_admin.licenses import service
from broker_admin.licenses.models import License
from broker_admin.licenses.workflow import LicenseStatus as S
from broker_admin.permissions import SYSTEM, Role
from broker_admin.refusals import Refused
from broker_admin.rules.numbering import is_well_formed
from tests.factories import make_member, make_user
from tests.licenses.factories import make_license

REASON = {"basis": "PAUSE", "reason": "Rectification overdue.", "case": "AJ-2026-000001"}


@pytest.fixture(autouse=True)
def _request(app):
    # Messages are rendered with links, which need the pages of the room or a path for them.
    with app.test_request_context():
        yield


@pytest.fixture
def decider(_request):
    return make_user(Role.DECIDER)


def test_issuing_numbers_without_gap(decider):
    numbers = [make_license(actor=decider).number for _ in range(3)]
    assert all(map(is_well_formed, numbers))
    assert [int(number[13:18]) for number in numbers] == [1, 2, 3]


def test_issuing_orders_one_certificate(decider):
    license = make_license(actor=decider)
    service.order_certificate(license, at=now())
    kinds = db.session.scalars(db.select(Job.kind).where(Job.kind == "make_certificate")).all()
    assert kinds == ["make_certificate"]


def test_a_second_live_license_is_refused(decider):
    _, organization = make_member()
    make_license(organization, actor=decider)
    with pytest.raises(IntegrityError):
        make_license(organization, actor=decider)


def test_suspending_notes_who_why_and_until(decider):
    license, until = make_license(), day_of(now()) + timedelta(days=60)
    service.suspend(license, **REASON, until=until, actor=decider, at=now())
    last = license.standings[-1]
    assert (license.status, license.suspended_until) == (S.SUSPENDED, until)
    assert (last.act, last.basis, last.case, last.actor_id) == (
        "suspend", "PAUSE", "AJ-2026-000001", decider.id)


def test_a_suspension_cannot_end_before_it_begins(decider):
    license = make_license()
    with pytest.raises(Refused, match="later day"):
        service.suspend(license, **REASON, until=day_of(now()), actor=decider, at=now())
    assert license.status is S.ACTIVE


def test_lifting_makes_the_license_valid_again(decider):
    license = make_license()
    service.suspend(license, **REASON, until=None, actor=decider, at=now())
    service.lift(license, reason="Rectified.", case="AJ-2026-000001", actor=decider, at=now())
    assert (license.status, license.suspended_until) == (S.ACTIVE, None)


def test_a_suspension_ends_by_itself_the_day_after(decider):
    license, until = make_license(), day_of(now()) + timedelta(days=5)
    service.suspend(license, **REASON, until=until, actor=decider, at=now())
    with pytest.raises(Refused, match="not ended"):
        service.resume(license, at=now())
    service.resume(license, at=now() + timedelta(days=7))
    assert license.standings[-1].true_from == until + timedelta(days=1)


@pytest.mark.parametrize(("verb", "status"), [
    (service.revoke, S.REVOKED), (service.annul, S.ANNULLED), (service.withdraw, S.WITHDRAWN)])
def test_ending_needs_a_legal_basis(decider, verb, status):
    license = make_license()
    with pytest.raises(Refused, match="legal basis"):
        verb(license, **{**REASON, "basis": " "}, actor=decider, at=now())
    verb(license, **REASON, actor=decider, at=now())
    assert (license.status, license.ended_on) == (status, day_of(now()))


def test_a_holder_gives_up_its_license():
    user, organization = make_member()
    license = make_license(organization)
    service.surrender(license, reason="Business ended.", actor=user, at=now())
    assert license.status is S.CANCELLED


def test_expiry_waits_for_the_last_day():
    license = make_license()
    with pytest.raises(Refused, match="valid until"):
        service.expire(license, at=now())
    service.expire(license, at=now() + timedelta(days=3 * 366))
    assert (license.status, license.ended_on) == (S.EXPIRED, license.valid_to)


def test_cancelling_is_the_last_act(decider):
    license = make_license()
    service.revoke(license, **REASON, actor=decider, at=now())
    service.cancel(license, reason="Revoked.", actor=decider, at=now())
    assert [s.act for s in license.standings] == ["issue", "revoke", "cancel"]


def test_the_nightly_job_expires_what_is_over():
    over, running = make_license(term_years=1), make_license()
    db.session.commit()
    day = over.valid_to + timedelta(days=1)
    for done in (1, 0):
        assert service.expire_due(day, actor=SYSTEM, at=start_of(day)) == done
    assert (over.status, running.status) == (S.EXPIRED, S.ACTIVE)


def test_the_nightly_job_ends_suspensions_in_time(decider):
    short, long = make_license(), make_license()
    for license, days in ((short, 3), (long, 9)):
        service.suspend(license, **REASON, until=day_of(now()) + timedelta(days=days),
                        actor=decider, at=now())
    db.session.commit()
    day = day_of(now()) + timedelta(days=4)
    assert service.resume_due(day, actor=SYSTEM, at=start_of(day)) == 1
    assert (short.status, long.status) == (S.ACTIVE, S.SUSPENDED)


@pytest.mark.parametrize("wrong", [
    {"valid_to": None}, {"ended_on": now().date()}, {"status": S.REVOKED},
    {"suspended_until": now().date()}, {"valid_to": now().date() - timedelta(days=9)}])
def test_the_database_refuses_a_lie(wrong):
    license = make_license()
    db.session.flush()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(db.update(License).where(License.id == license.id).values(**wrong))


def test_what_was_noted_is_never_changed(decider):
    license = make_license()
    first = license.standings[0]
    before = (first.status, first.true_from, first.known_at, first.act)
    service.revoke(license, **REASON, actor=decider, at=now())
    assert (first.status, first.true_from, first.known_at, first.act) == before
