import pytest

from broker_admin.admin import queries
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.permissions import Role
from broker_admin.workdays import CalendarNotice
from tests.conftest import NOON
from tests.factories import make_user


@pytest.fixture
def people(app):
    return {
        "applicant": make_user(email="applicant@example.org", name="林找得到"),
        "reviewer": make_user(Role.REVIEWER, email="reviewer@example.org", name="Rui"),
        "auditor": make_user(Role.AUDITOR, email="auditor@example.org", name="An"),
        "closed": make_user(Role.REVIEWER, email="closed@example.org", name="Gone", disabled_at=NOON),
        "fresh": make_user(email="fresh@example.org", name="Fresh 100%", email_verified_at=None),
    }


def found(people, **asked):
    users = db.session.scalars(queries.users(**asked)).all()
    return [name for user in users for name, person in people.items() if person is user]


def test_everybody_is_listed_newest_first(people):
    assert found(people) == ["fresh", "closed", "auditor", "reviewer", "applicant"]


@pytest.mark.parametrize(("words", "names"), [
    ("reviewer@", ["reviewer"]), ("REVIEWER", ["reviewer"]), ("找得", ["applicant"]),
    ("example.org", ["fresh", "closed", "auditor", "reviewer", "applicant"]),
    ("an", ["auditor", "applicant"]),
    ("100%", ["fresh"]), ("%", ["fresh"]), ("_", []), ("nobody", []), ("'; DROP TABLE user", []),
])
def test_people_are_found_by_name_or_address(people, words, names):
    assert [n for n in found(people, words=words) if n in names] == names
    assert len(found(people, words=words)) == len(names)


@pytest.mark.parametrize(("role", "names"), [
    (Role.REVIEWER, ["closed", "reviewer"]), (Role.AUDITOR, ["auditor"]), (Role.DECIDER, []),
])
def test_people_are_found_by_role(people, role, names):
    assert found(people, role=role) == names


@pytest.mark.parametrize(("state", "names"), [
    ("staff", ["closed", "auditor", "reviewer"]), ("public", ["fresh", "applicant"]),
    ("closed", ["closed"]), ("unconfirmed", ["fresh"]), ("", None), ("moon", None),
])
def test_people_are_found_by_state(people, state, names):
    assert found(people, state=state) == (found(people) if names is None else names)


@pytest.mark.parametrize(("asked", "names"), [
    ({"role": Role.REVIEWER, "state": "closed"}, ["closed"]),
    ({"words": "reviewer", "state": "public"}, []),
    ({"words": "gone", "role": Role.REVIEWER, "state": "staff"}, ["closed"]),
])
def test_filters_narrow_each_other(people, asked, names):
    assert found(people, **asked) == names


def test_somebody_with_two_roles_is_listed_once(app):
    user = make_user(Role.REVIEWER, Role.DECIDER)
    assert db.session.scalars(queries.users(role=Role.DECIDER)).all() == [user]


def test_notices_are_listed_newest_first(app):
    administrator = make_user(Role.ADMINISTRATOR)
    notices = [CalendarNotice(year=year, text="", source="N", imported_by_id=administrator.id,
                              imported_at=now()) for year in (2028, 2027, 2027)]
    for notice in notices:
        db.session.add(notice)
        db.session.flush()
    assert db.session.scalars(queries.imported_notices()).all() == notices[::-1]
