from datetime import timedelta

import pytest

from broker_admin.clock import day_of, now
from broker_admin.enforcement import hearings, service
from broker_admin.enforcement.workflow import CaseStatus as S
from broker_admin.permissions import Role
from broker_admin.refusals import Refused
from broker_admin.rules.calendar import SHIPPED
from broker_admin.workflow import TransitionRefused
from tests.enforcement.factories import REVOKE, later, make_notified, make_stated
from tests.factories import make_user


@pytest.fixture
def asked(cast):
    return make_stated(cast, hearing_asked=True, **REVOKE)


def call(case, actor, days=30):
    hearings.call_hearing(case, on=day_of(later(days=days)), calendar=SHIPPED, actor=actor, at=now())


def test_the_referral_waits_for_the_hearing(cast, asked):
    with pytest.raises(Refused, match="asked for a hearing"):
        service.refer(asked, calendar=SHIPPED, actor=cast.first, at=now())


def test_a_held_hearing_frees_the_referral(cast, asked):
    call(asked, cast.lawyer)
    hearings.hold_hearing(asked, minutes="Heard.", actor=cast.lawyer, at=later(days=30))
    service.refer(asked, calendar=SHIPPED, actor=cast.first, at=later(days=30))
    assert asked.status is S.LEGAL_REVIEW


@pytest.mark.parametrize("days", [-1, 0, 1, 7])
def test_the_party_hears_seven_working_days_before(cast, asked, days):
    with pytest.raises(Refused, match="working days before"):
        call(asked, cast.lawyer, days)
    assert asked.notice.hearing_on is None


def test_the_minutes_wait_for_the_day(cast, asked):
    call(asked, cast.lawyer)
    with pytest.raises(Refused, match="not come yet"):
        hearings.hold_hearing(asked, minutes="Early.", actor=cast.lawyer, at=now())


def test_no_minutes_without_a_day(cast, asked):
    with pytest.raises(Refused, match="not come yet"):
        hearings.hold_hearing(asked, minutes="Never called.", actor=cast.lawyer, at=now())


def test_investigators_do_not_chair(cast, asked):
    cast.first.grants += make_user(Role.LEGAL_REVIEWER).grants
    with pytest.raises(TransitionRefused, match="not by you"):
        call(asked, cast.first)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LEGAL_REVIEWER}))
def test_only_the_legal_reviewer_calls(asked, role):
    assert not hearings.may_call(asked, make_user(role))


def test_nobody_calls_what_nobody_asked_for(cast):
    assert not hearings.may_call(make_notified(cast, **REVOKE), cast.lawyer)


def test_a_hearing_is_held_once(cast, asked):
    call(asked, cast.lawyer)
    hearings.hold_hearing(asked, minutes="Heard.", actor=cast.lawyer, at=later(days=30))
    with pytest.raises(TransitionRefused):
        hearings.hold_hearing(asked, minutes="Again.", actor=cast.lawyer, at=later(days=31))


def test_recording_opens_on_the_day(cast, asked):
    call(asked, cast.lawyer)
    day = asked.notice.hearing_on
    assert not hearings.may_record(asked, cast.lawyer, day - timedelta(days=1))
    assert hearings.may_record(asked, cast.lawyer, day)
