from datetime import timedelta

import pytest

from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.permissions import Role
from broker_admin.practitioners import service
from broker_admin.practitioners.queries import certified_staff, of_user
from broker_admin.practitioners.workflow import EmploymentStatus as E
from broker_admin.practitioners.workflow import PractitionerStatus as S
from broker_admin.refusals import Refused
from broker_admin.rules.numbering import is_well_formed
from broker_admin.workflow import TransitionRefused
from tests.factories import make_member, make_user
from tests.practitioners.factories import make_identity, make_practitioner, make_staff

YEARS = timedelta(days=3 * 366)


def test_certifying_numbers_and_dates_the_certificate(app):
    practitioner = make_practitioner()
    assert is_well_formed(practitioner.certificate_number)
    assert practitioner.valid_from == day_of(now())
    assert of_user(practitioner.user) is practitioner


def test_the_identity_number_is_sealed_at_rest(app):
    identity = make_identity()
    practitioner = make_practitioner(identity=identity)
    db.session.flush()
    stored = db.session.execute(db.text("SELECT identity FROM practitioner")).scalar_one()
    assert identity not in stored
    assert practitioner.identity == identity


def test_one_identity_is_certified_once(app):
    identity = make_identity()
    make_practitioner(identity=identity)
    with pytest.raises(Refused, match="certified already"):
        make_practitioner(identity=identity)


def test_passing_again_renews_the_same_certificate(app):
    practitioner, later = make_practitioner(), now() + YEARS
    service.lapse(practitioner, at=later)
    again = make_practitioner(practitioner.user, at=later)
    assert again is practitioner
    assert (again.status, again.valid_from) == (S.CERTIFIED, day_of(later))


def test_a_certificate_lapses_after_its_last_day(app):
    practitioner = make_practitioner()
    with pytest.raises(Refused, match="valid until"):
        service.lapse(practitioner, at=now())
    service.lapse(practitioner, at=now() + YEARS)
    assert practitioner.status is S.LAPSED


def test_staff_counts_once_the_person_confirms(app):
    boss, organization = make_member()
    practitioner = make_practitioner()
    employment = service.propose(organization, practitioner, actor=boss, at=now())
    assert certified_staff(organization, day_of(now())) == []
    service.confirm(employment, actor=practitioner.user, at=now())
    assert certified_staff(organization, day_of(now())) == [practitioner]


def test_staff_with_lapsed_certificates_does_not_count(app):
    boss, organization = make_member()
    make_staff(organization, boss)
    assert certified_staff(organization, day_of(now()) + YEARS) == []


def test_the_employer_cannot_confirm_for_the_person(app):
    boss, organization = make_member()
    employment = service.propose(organization, make_practitioner(), actor=boss, at=now())
    with pytest.raises(TransitionRefused):
        service.confirm(employment, actor=boss, at=now())


def test_nobody_has_two_employers_at_once(app):
    boss, organization = make_member()
    other_boss, other = make_member()
    practitioner = make_staff(organization, boss)
    employment = service.propose(other, practitioner, actor=other_boss, at=now())
    with pytest.raises(Refused, match=organization.name):
        service.confirm(employment, actor=practitioner.user, at=now())


def test_naming_somebody_twice_is_refused(app):
    boss, organization = make_member()
    practitioner = make_staff(organization, boss)
    with pytest.raises(Refused, match="already"):
        service.propose(organization, practitioner, actor=boss, at=now())


@pytest.mark.parametrize("side", ["person", "employer"])
def test_either_side_may_end_an_employment(app, side):
    boss, organization = make_member()
    practitioner = make_staff(organization, boss)
    employment = practitioner.employment
    actor = boss if side == "employer" else practitioner.user
    service.end(employment, actor=actor, at=now())
    assert (employment.status, employment.ended_on) == (E.ENDED, day_of(now()))
    assert practitioner.employment is None


def test_a_declined_employment_never_counts(app):
    boss, organization = make_member()
    practitioner = make_practitioner()
    employment = service.propose(organization, practitioner, actor=boss, at=now())
    service.decline(employment, actor=practitioner.user, at=now())
    assert employment.status is E.DECLINED


def test_voiding_ends_the_employment_too(app):
    boss, organization = make_member()
    practitioner = make_staff(organization, boss)
    admin = make_user(Role.EXAM_ADMIN)
    service.void(practitioner, reason="Pass annulled.", actor=admin, at=now())
    assert (practitioner.status, practitioner.employment) == (S.VOID, None)


def test_a_void_certificate_cannot_be_named(app):
    boss, organization = make_member()
    practitioner = make_practitioner()
    service.void(practitioner, reason="Deceit.", actor=make_user(Role.EXAM_ADMIN), at=now())
    with pytest.raises(Refused, match="not valid"):
        service.propose(organization, practitioner, actor=boss, at=now())
