from datetime import UTC, datetime, timedelta

import pytest

from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.permissions import Role
from broker_admin.practitioners import queries, service
from tests.factories import make_member, make_user
from tests.practitioners.factories import make_practitioner, make_staff

DAY = timedelta(days=1)


@pytest.fixture
def employer(app):
    return make_member()


def named(words=""):
    return [p.name for p in db.session.scalars(queries.worklist(words))]


def test_nobody_is_a_practitioner_before_being_certified(app):
    assert queries.of_user(make_user()) is None


def test_staff_counts_from_the_first_to_the_last_day(employer):
    boss, organization = employer
    practitioner = make_staff(organization, boss)
    for day, counts in [(practitioner.valid_from - DAY, 0), (practitioner.valid_from, 1),
                        (practitioner.valid_to, 1), (practitioner.valid_to + DAY, 0)]:
        assert len(queries.certified_staff(organization, day)) == counts, day


# 00:30 in Guangdong is still the day before in UTC.
@pytest.mark.parametrize(("hour", "counts"), [(15, 1), (16, 0)])
def test_staff_counts_by_days_of_guangdong(employer, hour, counts):
    boss, organization = employer
    last = make_staff(organization, boss).valid_to
    moment = datetime(last.year, last.month, last.day, hour, 30, tzinfo=UTC)
    assert len(queries.certified_staff(organization, day_of(moment))) == counts


@pytest.mark.parametrize("step", ["propose", "decline", "end", "void", "lapse"])
def test_only_confirmed_and_certified_staff_counts(employer, step):
    boss, organization = employer
    practitioner = make_practitioner()
    employment = service.propose(organization, practitioner, actor=boss, at=now())
    if step == "decline":
        service.decline(employment, actor=practitioner.user, at=now())
    elif step != "propose":
        service.confirm(employment, actor=practitioner.user, at=now())
    if step == "end":
        service.end(employment, actor=boss, at=now())
    if step == "void":
        service.void(practitioner, reason="Deceit.", actor=make_user(Role.EXAM_ADMIN), at=now())
    if step == "lapse":
        service.lapse(practitioner, at=now() + timedelta(days=4 * 366))
    db.session.flush()
    assert queries.certified_staff(organization, day_of(now())) == []


def test_staff_of_another_organization_does_not_count(employer):
    boss, organization = employer
    make_staff(organization, boss)
    _, other = make_member()
    assert queries.certified_staff(other, day_of(now())) == []


def test_who_changed_employers_counts_at_the_new_one(employer):
    boss, organization = employer
    practitioner = make_staff(organization, boss)
    service.end(practitioner.employment, actor=practitioner.user, at=now())
    new_boss, new = make_member()
    service.confirm(service.propose(new, practitioner, actor=new_boss, at=now()),
                    actor=practitioner.user, at=now())
    db.session.flush()
    assert queries.certified_staff(organization, day_of(now())) == []
    assert queries.certified_staff(new, day_of(now())) == [practitioner]


def test_current_staff_stands_before_former(employer):
    boss, organization = employer
    left = make_staff(organization, boss, name="白兰")
    service.end(left.employment, actor=boss, at=now())
    make_staff(organization, boss, name="张三")
    db.session.flush()
    rows = db.session.scalars(queries.employments_of(organization)).all()
    assert [e.practitioner.name for e in rows] == ["张三", "白兰"]


def test_a_certificate_is_due_to_lapse_the_day_after(app):
    practitioner = make_practitioner()
    for day, due in [(practitioner.valid_to, []), (practitioner.valid_to + DAY, [practitioner.id])]:
        assert db.session.scalars(queries.due_to_lapse(day)).all() == due


def test_what_is_void_or_lapsed_never_lapses_again(app):
    practitioner = make_practitioner()
    service.void(practitioner, reason="Deceit.", actor=make_user(Role.EXAM_ADMIN), at=now())
    db.session.flush()
    assert db.session.scalars(queries.due_to_lapse(practitioner.valid_to + DAY)).all() == []


def test_the_register_lists_the_newest_first(app):
    make_practitioner(name="陈怡"), make_practitioner(name="王芳")
    assert named() == ["王芳", "陈怡"]


@pytest.mark.parametrize(("words", "found"), [
    ("陈", ["陈怡"]), ("怡", ["陈怡"]), ("李", []), ("%", []), ("_", []), ("\\", []), ("' OR 1=1 --", [])])
def test_people_are_found_by_part_of_their_name(app, words, found):
    make_practitioner(name="陈怡")
    assert named(words) == found


def test_people_are_found_by_the_number_of_their_certificate(app):
    practitioner = make_practitioner(name="陈怡")
    make_practitioner(name="王芳")
    assert named(practitioner.certificate_number.lower()) == ["陈怡"]
    assert named(practitioner.certificate_number[:-1]) == []


def test_people_are_named_by_their_references(app):
    one, other = make_practitioner(name="陈怡"), make_practitioner(name="王芳")
    assert queries.names_of([one.reference, "CY-1999-000001"]) == {
        one.reference: f"陈怡 · {one.certificate_number}"}
    assert queries.names_of([one.reference, other.reference]).keys() == {one.reference, other.reference}
    assert queries.names_of([]) == {}
