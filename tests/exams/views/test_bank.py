import pytest
from markupsafe import escape

from broker_admin.db import db
from broker_admin.exams.service import bank
from broker_admin.permissions import SYSTEM, Role
from tests.conftest import NOON
from tests.exams.factories import BANK, make_bank
from tests.factories import make_user

ITEM = next(t for t in BANK if t.topic == "DSL")


@pytest.fixture(autouse=True)
def _request(app):
    make_bank()
    with app.test_request_context():
        yield


@pytest.fixture(params=[Role.QUESTION_AUTHOR, Role.EXAM_ADMIN])
def author(request, browser):
    user = make_user(request.param)
    db.session.commit()
    return browser.sign_in(user)


def test_the_bank_counts_by_topic_and_kind(author):
    page = author.get("/exams/bank").text
    count = sum(t.topic == "DSL" and t.kind == "single" for t in BANK)
    assert "Data Security Law" in page
    assert f'kind=single">{count}<' in page


@pytest.mark.parametrize(("query", "count"), [
    ("topic=DSL", 13), ("topic=DSL&kind=single", None), ("q=law-dsl-001", 1), ("q=％", 0),
    ("topic=NONE&kind=NONE&page=99999999999", 22)])
def test_the_bank_is_narrowed(author, query, count):
    page = author.get(f"/exams/bank?{query}")
    asked = [t for t in BANK if t.topic == "DSL" and t.kind == "single"]
    assert page.status_code == 200
    assert f"{len(asked) if count is None else count} items" in page.text


def test_an_item_is_shown_in_both_languages(author):
    page = author.get(f"/exams/bank/{ITEM.code}").text
    assert escape(ITEM.stem.zh) in page
    assert escape(ITEM.stem.en) in page
    assert escape(ITEM.rationale.zh) in page
    assert f"Art. {ITEM.article}" in page


def test_an_item_shows_all_its_versions(author):
    bank.import_bank([t for t in BANK if t.topic == "SRC"], actor=SYSTEM, at=NOON)
    db.session.commit()
    page = author.get(f"/exams/bank/{ITEM.code}").text
    assert "Retired on" in page
    assert ITEM.digest[:16] in page


@pytest.mark.parametrize("code", ["LAW-XXX-001", "x", "' OR 1=1 --", "%00"])
def test_an_unknown_item_is_not_found(author, code):
    assert author.get(f"/exams/bank/{code}").status_code == 404


@pytest.mark.parametrize("role", [None, *sorted(set(Role) - {Role.QUESTION_AUTHOR, Role.EXAM_ADMIN})])
def test_nobody_else_reads_the_bank(browser, role):
    user = make_user(*([role] if role else []))
    db.session.commit()
    browser.sign_in(user)
    assert browser.get("/exams/bank").status_code == 404
    assert browser.get(f"/exams/bank/{ITEM.code}").status_code == 404
