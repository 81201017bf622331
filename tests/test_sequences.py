from broker_admin.db import Attempt, db, transaction
from broker_admin.sequences import Counter, next_number, next_reference


def test_numbers_begin_at_one_each_year(app):
    assert [next_number("license", 2026) for _ in range(3)] == [1, 2, 3]
    assert next_number("license", 2027) == 1


def test_kinds_are_counted_apart(app):
    assert next_number("license", 2026) == 1
    assert next_number("decision", 2026) == 1


def test_a_reference_says_kind_and_year(app):
    assert next_reference("SQ", 2026) == "SQ-2026-000001"
    assert next_reference("SQ", 2026) == "SQ-2026-000002"


def test_a_number_of_a_failed_transaction_is_given_back(app):
    with transaction():
        next_number("license", 2026)
    with Attempt(), transaction():
        assert next_number("license", 2026) == 2
        raise ValueError
    assert next_number("license", 2026) == 2


def test_more_than_a_million_still_fit(app):
    db.session.add(Counter(kind="SQ", year=2026, last=999_999))
    db.session.flush()
    assert next_reference("SQ", 2026) == "SQ-2026-1000000"
