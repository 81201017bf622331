from datetime import date

import pytest

from tests.conftest import NOON
from tests.enforcement.factories import (
    REVOKE,
    Cast,
    assert_refused,
    make_asked,
    make_called,
    make_imposed,
    make_notified,
)

DAY = date(2026, 11, 23)


@pytest.mark.parametrize("lie", [
    {"statement": "It."}, {"stated_at": NOON}, {"hearing_asked": True}, {"hearing_on": DAY},
    {"hearing_called_on": DAY}, {"hearing_minutes": "Heard."},
    {"hearing_minutes": "Heard.", "hearing_on": DAY, "hearing_called_on": DAY}], ids=str)
def test_the_database_refuses_half_a_hearing(cast, lie):
    assert_refused(make_notified(cast).notice, **lie)


@pytest.mark.parametrize("column", ["number", "given_on", "given_by_id", "measure", "basis", "reasons",
                                    "hearing_offered", "case_id"])
def test_no_notice_lacks_what_it_must_say(cast, column):
    assert_refused(make_notified(cast, **REVOKE).notice, **{column: None})


def test_no_two_notices_share_a_number(cast):
    first, second = make_notified(cast).notice, make_notified(Cast()).notice
    assert_refused(second, number=first.number)


def test_what_was_asked_for_stays_offered(cast):
    assert_refused(make_asked(cast).notice, hearing_offered=False)


def test_a_called_hearing_keeps_its_day(cast):
    assert_refused(make_called(cast).notice, hearing_on=None)


@pytest.mark.parametrize("column", ["conduct_code", "established", "facts", "evidence", "officer_id",
                                    "at", "case_id"])
def test_no_finding_lacks_its_grounds(cast, column):
    assert_refused(make_notified(cast).findings[0], **{column: None})


@pytest.mark.parametrize("column", ["cleared", "text", "reviewer_id", "at", "case_id"])
def test_no_opinion_lacks_its_author(cast, column):
    assert_refused(make_imposed(cast).opinions[0], **{column: None})
