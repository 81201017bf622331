"""Several at once, each on a connection of its own, on a database that all of them see."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from broker_admin import create_app
from broker_admin.clock import now
from broker_admin.db import db, transaction
from broker_admin.licenses import service
from broker_admin.licenses.models import License
from broker_admin.permissions import Role
from broker_admin.workflow import TransitionRefused
from tests.conftest import settings
from tests.factories import make_organization, make_user
from tests.licenses.factories import make_license

TOGETHER = 4


@pytest.fixture
def shared(fresh_database_url):
    app = create_app(settings(fresh_database_url))
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def at_once(app, act, how_many=TOGETHER):
    """Run it in so many threads that start together; what each returned or raised."""
    gate = Barrier(how_many)

    def run(number):
        with app.app_context(), app.test_request_context(method="POST"):
            gate.wait(10)
            try:
                with transaction():
                    return act(number)
            except (TransitionRefused, StaleDataError, IntegrityError) as refusal:
                return refusal
            finally:
                db.session.remove()

    with ThreadPoolExecutor(how_many) as pool:
        return list(pool.map(run, range(how_many)))


def test_numbers_are_given_once_and_without_gap(shared):
    def issue(number):
        return [make_license(actor=make_user(password_hash="-"),
                             organization=make_organization(uscc=f"{number}-{n}"),
                             decision=f"SQ-{number}-{n}").number for n in range(3)]

    numbers = [number for given in at_once(shared, issue) for number in given]
    assert sorted(int(number[13:18]) for number in numbers) == list(range(1, 13))


def test_a_failed_issue_gives_its_number_back(shared):
    def issue(number):
        license = make_license(actor=make_user(password_hash="-"), decision="SQ-THE-SAME",
                               organization=make_organization(uscc=f"{number}"))
        db.session.flush()
        return license.number

    given = at_once(shared, issue)
    assert [type(answer) for answer in given].count(str) == 1
    with transaction(), shared.test_request_context():
        assert int(make_license(decision="SQ-NEXT").number[13:18]) == 2


def test_of_two_officers_one_suspends(shared):
    with shared.test_request_context(), transaction():
        key, number = _made()

    def suspend(which):
        decider = make_user(Role.DECIDER, password_hash="-")
        service.suspend(db.session.get_one(License, key), basis="b", reason="r", case="",
                        until=None, actor=decider, at=now())
        return number

    answers = at_once(shared, suspend, 2)
    assert answers.count(number) == 1
    license = db.session.get_one(License, key)
    assert [s.act for s in license.standings] == ["issue", "suspend"]


def _made():
    license = make_license()
    db.session.flush()
    return license.id, license.number
