"""Drawing the papers of a whole sitting."""

from dataclasses import replace
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broker_admin.exams.blueprints import LAW_STANDARD, PRACTICE_STANDARD
from broker_admin.exams.drawing import DrawingRefused
from broker_admin.exams.sealing import Plan, Seat, seal
from tests.exams.pools import EIGHT, FOUR_OF_EIGHT, POOL, make_item, make_pool

SMALL = Plan(FOUR_OF_EIGHT, tuple(EIGHT), sitting=7, secret=bytes(32))
LAW = Plan(LAW_STANDARD, POOL, sitting=7, secret=bytes(32))


def seats(count: int) -> list[Seat]:
    return [Seat(candidate) for candidate in range(1, count + 1)]


def test_every_candidate_gets_a_paper():
    sealed = seal(LAW, seats(5))

    assert set(sealed.papers) == {1, 2, 3, 4, 5}
    assert len({paper.digest for paper in sealed.papers.values()}) == 5


def test_sealing_again_derives_the_same_papers():
    assert seal(LAW, seats(4)) == seal(LAW, seats(4)[::-1])


def test_another_secret_gives_other_papers():
    other = replace(LAW, secret=b"another secret")

    assert seal(LAW, seats(2)).papers != seal(other, seats(2)).papers


def test_an_unfillable_form_is_refused_before_anybody_starts():
    with pytest.raises(DrawingRefused) as refused:
        seal(replace(LAW, pool=POOL[:20]), seats(1))

    assert len(refused.value.shortages) > 10


def test_enemies_of_different_cells_are_refused_at_sealing():
    pool = tuple(replace(item, enemy_group="one") if item.code.startswith("DSL") else item
                 for item in POOL)

    with pytest.raises(DrawingRefused, match="DSL single 1/6"):
        seal(replace(LAW, pool=pool), seats(1))


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 12), st.binary(min_size=16, max_size=32))
def test_no_item_is_exposed_more_than_its_share(candidates, secret):
    sealed = seal(replace(SMALL, secret=secret), seats(candidates))

    assert max(sealed.exposure.values()) <= ceil(Fraction(candidates * 4, 8))


def test_a_returning_candidate_meets_new_items_first():
    first = seal(SMALL, [Seat(1)]).papers[1]
    again = seal(SMALL, [Seat(1, attempt=2)], seen={1: first.codes}).papers[1]

    assert again.codes.isdisjoint(first.codes)


def test_the_paper_nearest_to_average_difficulty_is_kept():
    pool = tuple(make_item(n, difficulty=3 if n > 4 else 1) for n in range(1, 9))
    plan = replace(SMALL, pool=pool)

    assert plan.expected_difficulty == 8
    drawn = seal(plan, [Seat(1)]).papers[1].codes
    assert sum(item.difficulty for item in plan.pool if item.code in drawn) == 8


def test_expected_difficulty_is_an_exact_fraction():
    pool = tuple(make_item(n, difficulty=2 if n == 1 else 1) for n in range(1, 8))

    assert replace(SMALL, pool=pool).expected_difficulty == Fraction(32, 7)


def test_who_is_dealt_first_is_drawn_too():
    queue = [seat.candidate for seat in SMALL.queue(seats(9))]

    assert sorted(queue) == list(range(1, 10))
    assert queue != sorted(queue)


@pytest.mark.parametrize("changed", [
    {"secret": b"another secret"}, {"sitting": 8}, {"blueprint": PRACTICE_STANDARD}, {"pool": POOL[1:]},
])
def test_the_commitment_covers_everything_papers_follow_from(changed):
    assert replace(LAW, **changed).commitment != LAW.commitment


def test_the_commitment_notices_a_changed_text():
    pool = (replace(POOL[0], digest="0" * 64), *POOL[1:])

    assert replace(LAW, pool=pool).commitment != LAW.commitment


def test_the_commitment_does_not_depend_on_pool_order():
    assert replace(LAW, pool=POOL[::-1]).commitment == LAW.commitment


def test_the_secret_never_shows_in_a_listing():
    assert "secret" not in repr(replace(LAW, pool=(), secret=b"do not print this"))


def test_a_practice_sitting_can_be_sealed():
    plan = replace(LAW, blueprint=PRACTICE_STANDARD, pool=make_pool(PRACTICE_STANDARD))

    sealed = seal(plan, seats(3))

    assert all(len(paper.lines) == 40 for paper in sealed.papers.values())
