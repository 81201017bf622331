import csv
import io
import re
from datetime import timedelta

import pytest

from broker_admin import clock
from broker_admin.accounts.models import UserSession
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.licenses.workflow import LicenseStatus as S
from broker_admin.register.queries import PER_PAGE
from tests.factories import make_organization
from tests.licenses.factories import make_license
from tests.register.factories import act, in_days, make_named
from tests.wrapping import unwrapped


def names(page):
    return re.findall(r'app-hit__title">.*?>([^<]+)</a>', page.text)


def test_two_chinese_characters_find_the_holder(browser):
    make_named("广州南沙数链有限公司")
    make_named("深圳前海华信有限公司")
    assert names(browser.get("/register?q=数链")) == ["广州南沙数链有限公司"]


def test_without_words_the_whole_register_is_shown(browser):
    made = [make_named(f"数链{n}公司") for n in range(3)]
    page = browser.get("/register")
    assert names(page) == [license.holder_name for license in reversed(made)]
    assert "3 results" in page.text


def test_chips_count_and_narrow_the_list(browser):
    make_named("数链甲公司")
    act(make_named("数链乙公司", broker_type="TECH"), "suspend")
    page = browser.get("/register?q=数链")
    assert all(chip in page.text for chip in ("All 2", "Valid 1", "Suspended 1"))
    assert names(browser.get("/register?q=数链&status=suspended")) == ["数链乙公司"]
    assert names(browser.get("/register?q=数链&type=DATA")) == ["数链甲公司"]


def test_a_suspended_license_shows_since_when_and_why(browser):
    act(make_named("数链公司"), "suspend", reason="Rectification overdue.")
    page = browser.get("/register?q=数链")
    assert f"Suspended since {clock.day_of(now())}." in unwrapped(page.text)
    assert "Rectification overdue." in page.text


def test_nothing_found_warns_in_both_languages(browser):
    assert "Nothing found. Be careful." in browser.get("/en/register?q=无此公司").text
    assert "未查到" in browser.get("/zh/register?q=无此公司").text


def test_pages_go_on_by_key(browser):
    for n in range(PER_PAGE + 1):
        make_named(f"数链{n}公司")
    first = browser.get("/register?q=数链")
    link = re.search(r'rel="next" href="([^"]+)"', first.text)[1].replace("&amp;", "&")
    assert len(names(first)) == PER_PAGE
    assert names(browser.get(link)) == ["数链0公司"]


@pytest.mark.parametrize("query", [
    "q=%00", "q=%25", "q=_", "q=%5C", "q='--", "q=<script>alert(1)</script>", "status=gone",
    "type=%00", "type=NONE", "after=x", "after=SJ440000D202699999X", "q=%FF%FE", "q=〔2026〕",
    "q=" + "SJ" * 40, "status=", "q=１２３"])
def test_hostile_input_gets_a_page(browser, query):
    make_named("数链公司")
    for path in ("/register", "/check", "/register.csv"):
        page = browser.get(f"{path}?{query}")
        assert page.status_code == 200, path
        assert "<script>alert" not in page.text


def test_ten_kilobytes_of_words_are_refused_in_words(browser):
    for path in ("/register", "/check"):
        page = browser.get(f"{path}?q={'数' * 10_000}")
        assert page.status_code == 422
        assert "Use at most 100 characters." in page.text


def test_the_table_is_what_the_search_found(browser):
    make_named("数链公司")
    make_named("前海公司")
    answer = browser.get("/register.csv?q=数链")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=register-")
    assert [row["Holder"] for row in rows] == ["数链公司"]


@pytest.mark.parametrize(("verb", "said"), [
    (None, "may act as a data broker until"), ("suspend", "may not take on new business"),
    ("revoke", "lost its license as a penalty"), ("annul", "should never have had"),
    ("withdraw", "Withdrawn by the authority")])
def test_checking_answers_in_one_sentence(browser, verb, said):
    license = make_named("数链公司")
    if verb:
        act(license, verb)
    for words in (license.number, license.display_number, license.uscc, "数链 公司"):
        assert said in browser.get("/check", query_string={"q": words}).text, words


def test_checking_an_unknown_broker_warns(browser):
    make_named("数链公司")
    for words in ("数链", "91440101MA000001X2", "SJ440000D202600009A"):
        page = browser.get("/check", query_string={"q": words})
        assert "There is no such license." in page.text, words


def test_two_holders_of_one_name_are_not_mixed_up(browser):
    for _ in range(2):
        make_named("数链公司")
    page = browser.get("/check?q=数链公司")
    assert "More than one holder has this name." in page.text
    assert "may act as a data broker until" not in page.text


def test_the_end_of_the_term_needs_no_job(browser):
    license = make_named("数链公司")
    with clock.at(clock.start_of(license.valid_to + timedelta(days=1))):
        page = browser.get(f"/check?q={license.number}")
        assert "Expired: the license of" in page.text
        assert names(browser.get("/register?status=expired")) == ["数链公司"]
    assert license.status is S.ACTIVE


def test_looking_things_up_signs_nobody_in(browser):
    make_named("数链公司")
    browser.get("/register?q=数链")
    assert db.session.scalars(db.select(UserSession)).all() == []


def test_grade_and_place_narrow_list_counts_and_table(browser):
    for name, grade, place in (
            ("一号公司", 1, "440100"), ("二号公司", 2, "440100"), ("三号公司", 2, "440300")):
        make_license(make_organization(name=name, region_code=place), grade=grade)
    db.session.commit()
    for path in ("/register?grade=2&region=440100", "/register.csv?grade=2&region=440100"):
        page = browser.get(path).text
        assert [name in page for name in ("一号公司", "二号公司", "三号公司")] == [False, True, False]
    assert "All 1" in browser.get("/register?grade=2&region=440100").text


def test_filters_keep_what_else_was_asked(browser):
    make_named("数链公司")
    page = browser.get("/register?q=数链&type=DATA&grade=2").text
    assert '<input type="hidden" name="q" value="数链">' in page
    assert '<input type="hidden" name="type" value="DATA">' in page
    assert '<option value="2" selected>' in page


@pytest.mark.parametrize("query", ["grade=9", "grade=x", "region=999999", "region=%00", "grade="])
def test_filters_that_make_no_sense_are_left_out(browser, query):
    make_named("数链公司")
    answer = browser.get(f"/register?{query}")
    assert (answer.status_code, "数链公司" in answer.text) == (200, True)


@pytest.mark.parametrize("words", [
    "南沙", "数链", "广州南沙", "bay", "BAY data", "Ｂａｙ", "南 沙", "（南沙）", "data bay"])
def test_part_of_a_name_finds_it_however_typed(browser, words):
    make_named("广州（南沙）数链有限公司", "Bay Data Broker Ltd.")
    assert names(browser.get("/register", query_string={"q": words})) == ["广州（南沙）数链有限公司"]


@pytest.mark.parametrize("typed", [
    lambda license: license.number, lambda license: license.number.lower(),
    lambda license: license.display_number, lambda license: license.uscc,
    lambda license: license.uscc.lower(), lambda license: f" {license.uscc[:8]} {license.uscc[8:]} ",
    lambda license: license.number.translate({n: n + 0xFEE0 for n in range(48, 58)})])
def test_numbers_and_codes_find_their_license(browser, typed):
    license = make_named("数链公司")
    make_named("前海公司")
    assert names(browser.get("/register", query_string={"q": typed(license)})) == ["数链公司"]


@pytest.mark.parametrize("path", ["/register", "/check"])
def test_ten_megabytes_of_words_are_refused_in_words(browser, path):
    page = browser.get(path, query_string={"q": "x" * 10_000_000})
    assert page.status_code == 422
    assert "Use at most 100 characters." in page.text


def test_the_list_says_of_which_moment_it_is(browser):
    make_named("数链公司")
    page = browser.get("/register").text
    assert "as of" in page
    assert str(clock.day_of(now()).year) in page


@pytest.mark.parametrize("query", ["q=数链", "status=active", "type=DATA", "grade=2", "region=440100"])
def test_the_next_page_keeps_what_was_asked(browser, query):
    for n in range(PER_PAGE + 1):
        make_named(f"数链{n}公司")
    link = re.search(r'rel="next" href="([^"]+)"', browser.get(f"/register?{query}").text)[1]
    assert query.split("=")[0] + "=" in link
    assert names(browser.get(link.replace("&amp;", "&"))) == ["数链0公司"]


def test_the_last_page_has_no_next(browser):
    for n in range(PER_PAGE):
        make_named(f"数链{n}公司")
    assert 'rel="next"' not in browser.get("/register").text


def test_a_suspension_that_ran_out_shows_as_valid(browser):
    license = act(make_named("数链公司"), "suspend", until=in_days(3))
    with clock.at(clock.start_of(in_days(4))):
        assert "Valid: 数链公司" in browser.get(f"/check?q={license.number}").text
        assert names(browser.get("/register?status=active")) == ["数链公司"]
    with clock.at(clock.start_of(in_days(3))):
        assert names(browser.get("/register?status=suspended")) == ["数链公司"]


@pytest.mark.parametrize("path", ["/register", "/check", "/register/certificate", "/notices"])
def test_every_door_of_the_register_reads_chinese(browser, path):
    page = browser.get(f"/zh{path}")
    assert page.status_code == 200
    assert 'lang="zh' in page.text


def test_an_ended_license_stays_in_the_register(browser):
    act(make_named("数链公司"), "annul")
    assert names(browser.get("/register?q=数链")) == ["数链公司"]
    assert "Annulled" in browser.get("/register?q=数链").text
