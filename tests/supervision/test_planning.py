from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broker_admin.supervision.planning import (
    DrawImpossible,
    Holder,
    Pool,
    draw,
    pair,
    places,
)

HOLDERS = tuple(Holder(f"SJ{number:03}", "ABCD"[number % 4]) for number in range(40))
POOL = Pool(HOLDERS, (1, 2, 3, 4, 5), {"A": 1, "B": 2, "C": 5, "D": 10})
SALT = "5" * 64
CONTENT = POOL.content(SALT)

weights = st.integers(1, 5)
pools = st.builds(
    Pool,
    holders=st.lists(st.builds(Holder, st.text("0123456789", min_size=1, max_size=6),
                               st.sampled_from("ABCD"), weights),
                     unique_by=lambda h: h.license, max_size=20).map(tuple),
    officers=st.lists(st.integers(1, 99), min_size=2, max_size=6, unique=True).map(tuple),
    places=st.dictionaries(st.sampled_from("ABCD"), st.integers(0, 9)))


@settings(max_examples=150, deadline=None)
@given(pools, st.text(max_size=20))
def test_the_same_seed_gives_the_same_result(pool, seed):
    content = pool.content(SALT)
    result = draw(content, seed)
    assert draw(replace(pool, holders=pool.holders[::-1]).content(SALT), seed) == result
    assert len({drawn.license for drawn in result}) == len(result)
    sizes = Counter(holder.grade for holder in pool.holders)
    assert Counter(drawn.grade for drawn in result) == Counter(
        {grade: min(sizes[grade], number) for grade, number in pool.places.items()})
    assert all(len(set(d.officers)) == 2 and set(d.officers) <= set(pool.officers) for d in result)


def test_another_seed_gives_another_result():
    results = {draw(CONTENT, f"seed {number}") for number in range(20)}
    assert len(results) == 20


def test_chances_are_even_among_equals():
    pool = Pool(tuple(Holder(str(n), "B") for n in range(5)), (1, 2), {"B": 1}).content(SALT)
    drawn = Counter(draw(pool, f"seed {n}")[0].license for n in range(1000))
    assert set(drawn) == set("01234")
    assert all(150 < count < 250 for count in drawn.values())


def test_a_heavier_holder_is_drawn_more_often():
    holders = (Holder("light", "B"), Holder("heavy", "B", weight=3))
    pool = Pool(holders, (1, 2), {"B": 1}).content(SALT)
    drawn = Counter(draw(pool, f"seed {n}")[0].license for n in range(1000))
    assert 690 < drawn["heavy"] < 810


def test_every_pair_of_officers_comes_up():
    pool = Pool((Holder("x", "D"),), (1, 2, 3), {"D": 1}).content(SALT)
    pairs = Counter(tuple(sorted(draw(pool, f"seed {n}")[0].officers)) for n in range(600))
    assert set(pairs) == {(1, 2), (1, 3), (2, 3)}
    assert all(140 < count < 260 for count in pairs.values())


def test_the_last_pair_does_not_come_again():
    pool = Pool((Holder("x", "D", last_pair=(1, 2)),), (1, 2, 3), {"D": 1}).content(SALT)
    pairs = {tuple(sorted(draw(pool, f"seed {n}")[0].officers)) for n in range(60)}
    assert pairs == {(1, 3), (2, 3)}


def test_the_last_pair_comes_where_there_is_no_other():
    pool = Pool((Holder("x", "D", last_pair=(1, 2)),), (1, 2), {"D": 1}).content(SALT)
    assert sorted(draw(pool, "seed")[0].officers) == [1, 2]


def test_barred_officers_do_not_come():
    pool = Pool((Holder("x", "D", barred=(2, 4)),), (1, 2, 3, 4), {"D": 1}).content(SALT)
    assert {tuple(sorted(draw(pool, f"seed {n}")[0].officers)) for n in range(30)} == {(1, 3)}


@pytest.mark.parametrize(("officers", "barred"), [((), ()), ((1,), ()), ((1, 2), (2,))])
def test_fewer_than_two_officers_cannot_inspect(officers, barred):
    pool = Pool((Holder("x", "D", barred=barred),), officers, {"D": 1}).content(SALT)
    with pytest.raises(DrawImpossible, match="x"):
        draw(pool, "seed")


def test_the_pair_is_known_from_the_draw():
    drawn = draw(CONTENT, "seed")[0]
    assert pair(CONTENT, "seed", drawn.license) == drawn.officers


@pytest.mark.parametrize("number", range(12))
def test_who_stays_stays_when_the_other_stands_back(number):
    for last in [(), (1, 2), (2, 3), (4, 5)]:
        pool = Pool((Holder("x", "D", last_pair=last),), (1, 2, 3, 4, 5), {"D": 1}).content(SALT)
        stays, leaves = pair(pool, f"seed {number}", "x")
        again = set(pair(pool, f"seed {number}", "x", [leaves]))
        assert stays in again
        assert leaves not in again


def test_three_officers_survive_one_recusal_always():
    for seed in map(str, range(30)):
        pool = Pool((Holder("x", "D", last_pair=(1, 2)),), (1, 2, 3), {"D": 1}).content(SALT)
        for leaves in pair(pool, seed, "x"):
            assert set(pair(pool, seed, "x", [leaves])) == {1, 2, 3} - {leaves}


def test_a_pool_without_another_officer_says_so():
    pool = Pool((Holder("x", "D"),), (1, 2), {"D": 1}).content(SALT)
    with pytest.raises(DrawImpossible, match="x"):
        pair(pool, "seed", "x", [1])


@pytest.mark.parametrize(("rate", "number", "already", "due"), [
    (0.05, 100, 0, 5), (0.05, 1, 0, 1), (0.05, 21, 0, 2), (0.2, 10, 2, 0), (0.2, 10, 3, 0),
    (0.5, 3, 1, 1), (1.0, 7, 0, 7), (0.2, 0, 0, 0),
])
def test_rates_are_rounded_up_over_the_year(rate, number, already, due):
    assert places(rate, number, already) == due
