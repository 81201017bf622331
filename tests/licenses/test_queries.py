import random
from datetime import timedelta

import pytest

from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.licenses import queries, service
from broker_admin.licenses.search import search_form, terms
from broker_admin.permissions import Role
from tests.factories import make_member, make_organization, make_user
from tests.licenses.factories import make_license

PARTS = ["数", "链", "南沙", "前海", "数据", "经纪", "（广州）", "%", "_", " Data", " Bay ", "有限公司", "A1"]


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def named(name, english=None, **changes):
    return make_license(make_organization(name=name, name_en=english), **changes)


def found(words):
    query = db.select(queries.License).where(queries.found(words))
    return {license.holder_name for license in db.session.scalars(query)}


def test_searching_agrees_with_brute_force():
    chance = random.Random(7)  # noqa: S311 (made-up names)
    names = {"".join(chance.choices(PARTS, k=5)).strip() for _ in range(60)}
    for name in names:
        named(name)
    for _ in range(150):
        words = "".join(chance.choices(PARTS, k=chance.randint(1, 3)))
        asked = terms(words)
        expected = {n for n in names if asked and all(t in search_form(n) for t in asked)}
        assert found(words) == expected, words


@pytest.mark.parametrize("words", [
    "数链", "（南沙）", "南沙数链", "bay DATA", "Ｂay", "南 沙"])
def test_part_of_either_name_is_found(words):
    named("广州南沙数链有限公司", "Bay Data Broker Ltd.")
    named("深圳市前海华信有限公司")
    assert found(words) == {"广州南沙数链有限公司"}


@pytest.mark.parametrize("words", ["%", "_", "\\", "", "\x00", "' OR 1=1 --", "()", "𠮷"])
def test_wildcards_and_nonsense_find_nobody(words):
    named("广州南沙数链有限公司", "Bay Data Broker Ltd.")
    assert found(words) == set()


def test_a_number_is_found_in_any_notation():
    license = named("数链公司")
    human = license.display_number
    for typed in (license.number, license.number.lower(), human, human.replace("〔", "[").replace("〕", "]"),
                  f" {human} ".replace("2026", "２０２６"), human.removesuffix("号")):
        assert found(typed) == {"数链公司"}, typed


def test_a_credit_code_is_found_however_typed():
    license = named("数链公司")
    code = license.uscc
    assert found(f" {code[:8]} {code[8:].lower()}") == {"数链公司"}


def test_only_a_whole_name_is_exact():
    named("数链公司", "Chain")
    exact = [db.session.scalars(queries.exactly(words)).all() for words in
             ("数链", "数链 公司", "CHAIN", "", "%")]
    assert [len(found) for found in exact] == [0, 1, 1, 0, 0]


def test_the_newest_license_of_a_holder_comes_first():
    user, organization = make_member()
    old = make_license(organization)
    service.surrender(old, reason="Moved.", actor=user, at=now())
    new = make_license(organization)
    assert db.session.scalars(queries.exactly(organization.uscc)).all() == [new, old]


def test_members_see_their_own_licenses_only():
    user, organization = make_member()
    mine = make_license(organization)
    make_license()
    assert db.session.scalars(queries.of_party(user)).all() == [mine]
    assert queries.current_of(organization) is mine


def test_the_worklist_narrows_by_each_filter():
    near = make_license(term_years=1, broker_type="TECH", grade=1)
    make_license()
    today = day_of(now())
    for chosen in ({"broker_type": "TECH"}, {"grade": 1}, {"words": near.holder_name},
                   {"expiring_by": today + timedelta(days=400)}, {"region_code": near.region_code}):
        rows = db.session.scalars(queries.worklist(**chosen)).all()
        assert near in rows, chosen


def test_due_lists_wait_for_the_day_after():
    license, today = make_license(), day_of(now())
    service.suspend(license, basis="b", reason="r", case="", until=today + timedelta(days=3),
                    actor=make_user(Role.DECIDER), at=now())
    db.session.flush()
    for day, due in [(3, []), (4, [license.id])]:
        assert db.session.scalars(queries.due_to_resume(today + timedelta(days=day))).all() == due
    for day, due in [(license.valid_to, []), (license.valid_to + timedelta(days=1), [license.id])]:
        assert db.session.scalars(queries.due_to_expire(day)).all() == due
