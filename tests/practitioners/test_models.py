from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.practitioners import service
from broker_admin.practitioners.models import Employment, Practitioner
from broker_admin.practitioners.workflow import EmploymentStatus as E
from tests.factories import make_member
from tests.practitioners.factories import make_practitioner, make_staff

TODAY = day_of(now())


def lie(case, **wrong):
    """Tell the database something that cannot be true of this case."""
    db.session.flush()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(db.update(type(case)).where(type(case).id == case.id).values(**wrong))


def proposed():
    boss, organization = make_member()
    return service.propose(organization, make_practitioner(), actor=boss, at=now())


def confirmed():
    boss, organization = make_member()
    return make_staff(organization, boss).employment


@pytest.mark.parametrize("column", [
    "reference", "status", "regime", "user_id", "name", "identity", "identity_index",
    "certificate_number", "certified_on", "valid_from", "valid_to"])
def test_nothing_about_a_practitioner_is_left_open(column):
    lie(make_practitioner(), **{column: None})


@pytest.mark.parametrize("days", [0, -1, -400])
def test_a_certificate_ends_after_it_begins(days):
    practitioner = make_practitioner()
    lie(practitioner, valid_to=practitioner.valid_from + timedelta(days=days))


@pytest.mark.parametrize("column", ["reference", "user_id", "identity_index", "certificate_number"])
def test_no_two_practitioners_share_what_tells_them_apart(column):
    first, second = make_practitioner(), make_practitioner()
    lie(second, **{column: getattr(first, column)})


def test_a_practitioner_is_somebody_who_signs_in():
    lie(make_practitioner(), user_id=10**6)


@pytest.mark.parametrize(("table", "make"), [("practitioner", make_practitioner), ("employment", proposed)])
def test_only_states_of_the_table_exist(table, make):
    make()
    db.session.flush()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(db.text(f"UPDATE {table} SET status = 'retired'"))  # noqa: S608 (our names)


@pytest.mark.parametrize(("make", "wrong"), [
    (proposed, {"answered_at": now()}), (proposed, {"ended_on": TODAY}),
    (proposed, {"status": E.CONFIRMED}), (proposed, {"status": E.DECLINED}),
    (proposed, {"status": E.ENDED, "answered_at": now()}), (proposed, {"organization_id": 10**6}),
    (proposed, {"practitioner_id": 10**6}), (proposed, {"proposed_by_id": None}),
    (confirmed, {"answered_at": None}), (confirmed, {"ended_on": TODAY}),
    (confirmed, {"status": E.ENDED}), (confirmed, {"status": E.PROPOSED})])
def test_the_days_of_an_employment_fit_its_state(make, wrong):
    lie(make(), **wrong)


def test_nobody_is_confirmed_by_two_employers_at_once():
    employment, other = confirmed(), proposed()
    lie(other, status=E.CONFIRMED, answered_at=now(), practitioner_id=employment.practitioner_id)


def test_an_ended_employment_makes_room_for_the_next():
    employment = confirmed()
    service.end(employment, actor=employment.practitioner.user, at=now())
    boss, organization = make_member()
    second = service.propose(organization, employment.practitioner, actor=boss, at=now())
    service.confirm(second, actor=employment.practitioner.user, at=now())
    db.session.flush()
    assert employment.practitioner.employment is second


def test_two_changes_of_one_certificate_collide():
    practitioner = make_practitioner()
    db.session.flush()
    before = practitioner.version
    practitioner.name = "陈宜"
    db.session.flush()
    assert practitioner.version == before + 1


def test_an_unanswered_proposal_is_the_persons_alone():
    employment = proposed()
    assert employment.party_ids == {employment.practitioner.user_id}
    assert employment.party_organization_ids == frozenset()


def test_a_confirmed_employment_has_two_sides():
    employment = confirmed()
    assert employment.party_organization_ids == {employment.organization_id}
    assert employment.practitioner.party_organization_ids == {employment.organization_id}


def test_a_practitioner_without_employer_has_one_side():
    practitioner = make_practitioner()
    assert practitioner.party_ids == {practitioner.user_id}
    assert practitioner.party_organization_ids == practitioner.barred_ids == frozenset()


def test_an_employment_is_named_by_its_number():
    employment = confirmed()
    assert employment.reference == f"employment-{employment.id}"
    assert {type(employment), type(employment.practitioner)} == {Employment, Practitioner}
