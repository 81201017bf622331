
import pytest

from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.enforcement import queries
from broker_admin.enforcement.workflow import CaseStatus as S
from broker_admin.permissions import Role
from broker_admin.rules.calendar import SHIPPED
from tests.enforcement.factories import (
    REGIME_BASIS,
    Cast,
    make_imposed,
    make_investigated,
    make_notified,
    open_case,
)
from tests.factories import make_user

REMIND = {"measure": "REMIND", "months": None, "basis": REGIME_BASIS}


def listed(actor, **filters):
    return set(db.session.scalars(queries.worklist(actor, **filters)))


def test_the_worklist_shows_open_cases(cast):
    case, done = make_investigated(cast), make_imposed(Cast())
    assert listed(cast.decider) == {case}
    assert listed(cast.decider, status=S.EXECUTING) == {done}


def test_no_officer_sees_the_case_of_their_own(cast):
    case, insider = make_investigated(cast), make_user(Role.ENFORCEMENT_OFFICER)
    assert listed(insider) == {case}
    cast.organization.memberships[0].user = insider
    db.session.flush()
    db.session.refresh(insider)
    assert listed(insider) == set()


def test_mine_are_those_i_investigate(cast):
    case, _other = make_investigated(cast), open_case(Cast())
    assert listed(cast.first, mine=True) == listed(cast.second, mine=True) == {case}
    assert listed(cast.lawyer, mine=True) == set()


@pytest.mark.parametrize("words", ["name", "uscc", "reference", "lower"])
def test_cases_are_found_by_words(cast, words):
    case, _other = open_case(cast), open_case(Cast())
    typed = {"name": cast.organization.name, "uscc": cast.organization.uscc,
             "reference": case.reference, "lower": case.reference.lower()}[words]
    assert listed(cast.decider, words=typed) == {case}


@pytest.mark.parametrize("words", ["%", "_", "' OR 1=1 --"])
def test_words_are_no_patterns(cast, words):
    open_case(cast)
    assert listed(cast.decider, words=words) == set()


def test_the_party_sees_only_notified_cases(cast):
    open_case(cast)
    notified = make_notified(cast)
    assert db.session.scalars(queries.of_party(cast.member)).all() == [notified]


def test_strangers_see_no_cases(cast):
    make_notified(cast)
    assert db.session.scalars(queries.of_party(make_user())).all() == []


def test_the_most_urgent_comes_first(cast):
    investigated, notified, imposed = (
        make_investigated(cast), make_notified(Cast()), make_imposed(Cast()))
    rows = queries.by_time_left([imposed, investigated, notified], SHIPPED, day_of(now()))
    assert [row.case for row in rows] == [notified, investigated, imposed]
    assert rows[-1].due is rows[-1].days_left is None
