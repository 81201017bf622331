import random
from datetime import timedelta

import pytest

from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.licenses import validity
from broker_admin.licenses.models import License
from broker_admin.licenses.search import search_form, terms
from broker_admin.licenses.workflow import LicenseStatus as S
from broker_admin.register import queries
from broker_admin.register.queries import Wanted
from tests.register.factories import act, in_days, make_named

VERBS = ["suspend", "revoke", "annul", "withdraw", None, None]


@pytest.fixture
def many():
    """Fifty licenses of every state and type, some near or past their end."""
    chance, made = random.Random(3), []  # noqa: S311 (made-up states)
    for n in range(50):
        license = make_named(f"{chance.choice(['南沙', '前海'])}数链{n}公司",
                             broker_type=chance.choice(["TECH", "DATA", "FIDU"]),
                             term_years=chance.choice([1, 3]))
        if verb := chance.choice(VERBS):
            act(license, verb, **({"until": in_days(9)} if verb == "suspend" and n % 2 else {}))
        made.append(license)
    return made


def walked(wanted, today):
    """Everything, page by page."""
    rows, after = [], ""
    while True:
        page, after = queries.page(wanted, today, after)
        rows += page
        if not after:
            return rows


def expected(licenses, wanted, today):
    """The same by looking at every license."""
    return [
        license for license in reversed(licenses)
        if all(term in search_form(license.holder_name) for term in terms(wanted.words))
        and wanted.broker_type in {"", license.broker_type}
        and wanted.status in {None, validity.of(license, today).status}
    ]


@pytest.mark.parametrize("days", [0, 10, 400, 1200])
def test_pages_agree_with_brute_force_on_any_day(many, days):
    today = in_days(days)
    for words in ("", "数链", "南沙", "数链1"):
        for status in (None, *S):
            for kind in ("", "TECH"):
                wanted = Wanted(words, status, kind)
                assert walked(wanted, today) == expected(many, wanted, today), wanted


def test_counts_are_those_of_the_lists(many):
    today = in_days(10)
    for wanted in (Wanted(), Wanted("南沙"), Wanted("", S.ACTIVE), Wanted("数链", None, "DATA")):
        counts = queries.counts(wanted, today)
        for status in S:
            one = Wanted(wanted.words, status, wanted.broker_type)
            assert counts.statuses[status] == len(walked(one, today))
        for kind in ("TECH", "DATA", "FIDU"):
            one = Wanted(wanted.words, wanted.status, kind)
            assert counts.types[kind] == len(walked(one, today))


def test_the_table_holds_everything_once(many):
    chunks = list(queries.in_chunks(Wanted(), day_of(now()), size=7))
    numbers = [number for chunk in chunks for number in chunk]
    assert len(numbers) == len(set(numbers)) == 50


def test_a_suspension_that_ran_out_counts_as_valid():
    license = act(make_named("数链公司"), "suspend", until=in_days(3))
    for days, status in [(3, S.SUSPENDED), (4, S.ACTIVE)]:
        query = db.select(queries.status_on(in_days(days))).where(License.id == license.id)
        assert db.session.scalars(query).one() is status


def test_an_unknown_place_in_the_list_is_an_empty_page():
    make_named("数链公司")
    assert queries.page(Wanted(), day_of(now()), "SJ440000D202699999X") == ([], "")


def test_notices_are_newest_first_and_by_kind():
    license = act(make_named("数链公司"), "suspend")
    act(license, "revoke")
    assert [s.act for s in queries.notices()] == ["revoke", "suspend", "issue"]
    assert [s.act for s in queries.notices("suspended")] == ["suspend"]
    assert [s.act for s in queries.notices(before=queries.notices()[0].id)] == ["suspend", "issue"]


def test_the_live_license_answers_for_its_holder():
    old = act(make_named("数链公司"), "revoke")
    with db.session.no_autoflush:
        new = make_named("数链公司")
    assert queries.exact("数链公司")[0] is new
    assert queries.exact(old.number) == [old]


def test_numbers_are_found_in_any_notation():
    license = make_named("数链公司")
    for typed in (license.number, license.number.lower(), license.display_number):
        assert queries.numbered(typed) is license
    assert queries.numbered("SJ") is None


def test_every_act_belongs_to_one_kind_of_notice():
    acts = [act for acts in queries.NOTICE_KINDS.values() for act in acts]
    assert len(acts) == len(set(acts)) == 10


def test_pages_stay_whole_as_licenses_are_added():
    for n in range(queries.PER_PAGE + 2):
        make_named(f"数链{n}公司")
    first, after = queries.page(Wanted(), day_of(now()))
    make_named("数链新公司")
    second, _ = queries.page(Wanted(), day_of(now()) + timedelta(), after)
    assert len(second) == 2
    assert not set(first) & set(second)
