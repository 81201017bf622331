import pytest
import sqlalchemy as sa

from broker_admin.applications.eligibility import MEASURES
from broker_admin.applications.models import Application
from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.ledger import AuditEntry
from broker_admin.rules.regime import regime_on

PAGE = "/applications/eligibility"


def answers(grade=2, **changes):
    law = regime_on(day_of(now()))
    gates = {criterion.code: "yes" for criterion in law.criteria}
    row = {code: str(getattr(law.grades[grade], code)) for code in MEASURES}
    return {"broker_type": "DATA", **gates, **row, **changes}


@pytest.mark.parametrize(("language", "title"), [
    ("en", "Can I apply, and for which grade?"), ("zh", "我能否申请、申请哪个等级？")])
def test_anybody_may_ask_without_signing_in(browser, language, title):
    page = browser.get(f"/{language}{PAGE}")
    assert page.status_code == 200
    assert title in page.text
    assert "app-verdict" not in page.text


@pytest.mark.parametrize("grade", [1, 2, 3])
def test_the_highest_grade_met_is_named(browser, grade):
    page = browser.submit(PAGE, **answers(grade))
    assert page.status_code == 200
    assert f"By these answers you can apply for Grade {grade}." in page.text


def test_the_verdict_is_told_in_chinese(browser):
    assert "二级" in browser.submit(f"/zh{PAGE}", **answers()).text


@pytest.mark.parametrize("answer", ["no", "unknown"])
def test_one_gate_closed_means_not_yet(browser, answer):
    page = browser.submit(PAGE, **answers(G2=answer)).text
    assert "By these answers you cannot apply yet." in page
    assert {"no": "Not met", "unknown": "Not known"}[answer] in page


def test_what_is_missing_is_shown_with_its_number(browser):
    page = browser.submit(PAGE, **answers(3, practitioners="2")).text
    assert "Number of certified practitioners: at least 3" in page
    assert "By these answers you cannot apply yet." in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sums_are_shown_with_their_thousands_apart(browser, language):
    assert "0,000,000" in browser.submit(f"/{language}{PAGE}", **answers()).text


def test_only_confirmed_articles_are_shown(browser):
    page = browser.submit(PAGE, **answers()).text
    assert "(数据安全法第33条)" in page
    assert "()" not in page


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"broker_type": ""}, "Choose a type."), ({"broker_type": "OTHER"}, "Not a valid choice."),
    ({"practitioners": "many"}, "Enter a whole number in digits."),
    ({"practitioners": "-1"}, "Enter a number from 0 to 1,000,000,000,000."),
    ({"G1": "maybe"}, "Not a valid choice.")])
def test_a_fault_is_explained_and_nothing_judged(browser, changes, sentence):
    page = browser.submit(PAGE, **answers(**changes))
    assert page.status_code == 422
    assert sentence in page.text
    assert "app-verdict" not in page.text


def test_what_was_typed_is_kept_at_a_fault(browser):
    page = browser.submit(PAGE, **answers(practitioners="many", net_assets="123456"))
    assert 'value="many"' in page.text
    assert 'value="123456"' in page.text


@pytest.mark.parametrize("typed", ["\x00", "<script>alert(1)</script>", "9" * 500])
def test_hostile_numbers_are_only_numbers(browser, typed):
    page = browser.submit(PAGE, **answers(practitioners=typed))
    assert page.status_code in {200, 422}
    assert "<script>alert" not in page.text


def test_nothing_is_kept_of_the_answers(browser):
    browser.submit(PAGE, **answers())
    for kept in (Application, AuditEntry):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(kept)) == 0
