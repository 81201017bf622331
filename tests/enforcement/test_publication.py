from datetime import timedelta

import pytest

from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.enforcement import decisions, publication, service
from tests.enforcement.factories import (
    PAUSE,
    REMIND,
    REVOKE,
    Cast,
    make_cleared,
    make_imposed,
    make_notified,
)


def published(case, day=None):
    return publication.published(case.license.number, day or day_of(now()))


def test_the_register_shows_imposed_measures(cast):
    case = make_imposed(cast)
    (entry,) = published(case)
    assert (entry.decision_number, entry.basis) == (case.decision_number, PAUSE["basis"])
    assert (entry.measure.code, entry.remedies_open) == ("PAUSE", True)
    assert entry.conduct_codes == ["C01"]


@pytest.mark.parametrize(("language", "words"), [
    ("zh", "暂停资格"), ("en", "Suspension of recognition")])
def test_a_published_measure_is_named_in_both_languages(cast, language, words):
    assert published(make_imposed(cast))[0].name(language) == words


def test_publication_ends_by_itself(cast):
    case = make_imposed(cast)
    last = case.public_until
    assert len(published(case, last)) == 1
    assert published(case, last + timedelta(days=1)) == []


def test_nothing_is_public_before_its_decision(cast):
    assert published(make_imposed(cast), day_of(now()) - timedelta(days=1)) == []


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_remedies_are_open_to_their_last_day(cast, days):
    case = make_imposed(cast)
    assert case.sue_by > case.reconsider_by
    (entry,) = published(case, case.sue_by + timedelta(days=days))
    assert entry.remedies_open is (days <= 0)


def test_measures_below_the_line_are_not_public(cast):
    assert published(make_imposed(cast, **REMIND)) == []


def test_acquittals_and_open_cases_are_not_public(cast):
    notified, cleared = make_notified(Cast()), make_cleared(cast)
    decisions.acquit(cleared, reasons="No.", actor=cast.decider, at=now())
    assert published(notified) == published(cleared) == []


def test_a_closed_case_stays_public(cast):
    case = make_imposed(cast)
    service.close(case, reason="It is over.", actor=cast.first, at=now())
    assert [entry.decision_number for entry in published(case)] == [case.decision_number]


def test_a_penalty_is_public_with_its_statute(cast):
    (entry,) = published(make_imposed(cast, **REVOKE))
    assert (entry.measure.code, entry.basis) == ("REVOCATION", REVOKE["basis"])
    assert entry.measure_until is None


def test_publications_are_those_of_one_license(cast):
    case, other = make_imposed(cast), make_imposed(Cast())
    assert published(case)[0].decision_number != published(other)[0].decision_number
    assert publication.published("SJ440000D209900001X", day_of(now())) == []


def test_the_database_chooses_what_is_shown(cast):
    case = make_imposed(cast)
    make_imposed(Cast())
    query = publication.shown(case.license.number, day_of(now()))
    assert db.session.scalars(query).all() == [case]


def test_what_is_public_names_no_person(cast):
    text = str(published(make_imposed(cast)))
    for person in (cast.first, cast.second, cast.lawyer, cast.decider, cast.member):
        assert person.name not in text
