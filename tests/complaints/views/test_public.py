import re
from io import BytesIO

import pytest

from broker_admin.complaints.models import Complaint, Informant, Report
from broker_admin.db import db
from broker_admin.documents import content
from broker_admin.documents import service as documents
from tests.complaints.factories import CANARY, CANARY_MAIL, CANARY_PHONE
from tests.documents.files import pdf

ABOUT = {"respondent_name": "某某数据有限公司", "narrative": "They sold my data.", "honest": "y"}
COMPLAINT = {**ABOUT, "request": "Delete it.", "name": CANARY, "phone": CANARY_PHONE}
REPORT = {**ABOUT, "named": "no"}
PAGES = {"complain": ("/complaints/new", COMPLAINT, Complaint),
         "report": ("/complaints/report", REPORT, Report)}


def count(model):
    return db.session.scalar(db.select(db.func.count(model.id)))


def one(model):
    return db.session.scalars(db.select(model)).one()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["/", "/new", "/report", "/follow"])
def test_everybody_finds_the_pages(browser, language, path):
    answer = browser.get(f"/{language}/complaints{path}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_start_tells_the_two_apart(browser):
    page = browser.get("/complaints/").text
    assert "/complaints/new" in page
    assert "/complaints/report" in page
    assert "7 working days" in page


@pytest.mark.parametrize("kind", PAGES)
def test_filing_ends_with_number_and_code(browser, kind):
    path, answers, model = PAGES[kind]
    answer = browser.submit(path, **answers)
    assert (answer.status_code, answer.location) == (302, "/complaints/filed")
    page = browser.get("/complaints/filed").text
    filing = one(model)
    assert filing.receipt_number in page.replace(" ", "")
    assert re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){5}", page)


def test_the_code_is_shown_once(browser):
    browser.submit("/complaints/new", **COMPLAINT)
    browser.get("/complaints/filed")
    assert browser.get("/complaints/filed").location == "/complaints/follow"


def test_a_second_click_files_nothing_more(browser):
    form = browser.get("/complaints/new").text
    hidden = {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', form)[1]
              for name in ("csrf_token", "once")}
    for _ in range(2):
        answer = browser.post("/complaints/new", data={**COMPLAINT, **hidden})
        assert answer.status_code in {302, 303}
    assert count(Complaint) == 1


def test_everything_that_was_said_is_kept(browser):
    browser.submit("/complaints/new", **COMPLAINT, conduct_codes=["C06", "C30"], amount="１，２００",
                   happened_on="2026年5月1日", place="广州", email=f" {CANARY_MAIL} ", disclose="y",
                   address="某路", other_bodies="天河法院")
    complaint = one(Complaint)
    assert (complaint.conduct_codes, complaint.amount, complaint.disclose) == (["C06", "C30"], 1200, True)
    assert str(complaint.happened_on) == "2026-05-01"
    assert (complaint.informant.email, complaint.informant.language) == (CANARY_MAIL, "en")


def test_an_anonymous_report_keeps_no_name(browser):
    browser.submit("/complaints/report", **REPORT, name=CANARY, phone=CANARY_PHONE)
    informant = one(Informant)
    assert (informant.name, informant.phone, one(Report).anonymous) == (None, None, True)


def test_a_named_report_needs_the_name(browser):
    answer = browser.submit("/complaints/report", **{**REPORT, "named": "yes"})
    assert answer.status_code == 422
    assert "Enter your name, or report anonymously." in answer.text


@pytest.mark.parametrize("changes", [
    {"respondent_name": ""}, {"narrative": ""}, {"narrative": " \n "}, {"narrative": "长" * 5001},
    {"request": ""}, {"name": ""}, {"phone": ""}, {"honest": ""}, {"email": "nobody"},
    {"happened_on": "2099-01-01"}, {"happened_on": "tomorrow"}, {"amount": "-1"}, {"amount": "1e9"},
    {"conduct_codes": ["C99"]}, {"respondent_number": "9" * 61}, {"name": "x" * 101}])
def test_a_faulty_complaint_is_kept_on_the_page(browser, changes):
    answer = browser.submit("/complaints/new", **{**COMPLAINT, **changes})
    assert (answer.status_code, count(Complaint)) == (422, 0)
    assert "There is a problem" in answer.text
    assert changes.get("respondent_name") == "" or "某某数据有限公司" in answer.text


@pytest.mark.parametrize("narrative", [
    "\0\0x", "<script>x</script>", "\u202eevil", "'; DROP TABLE user; --", "{{ 7*7 }}"])
def test_hostile_words_are_only_words(browser, narrative):
    answer = browser.submit("/complaints/report", **{**REPORT, "narrative": narrative})
    assert answer.status_code == 302
    assert "\0" not in one(Report).narrative


def test_half_a_megabyte_of_text_is_refused(browser):
    answer = browser.submit("/complaints/new", **{**COMPLAINT, "narrative": "x" * 505_000})
    assert (answer.status_code, count(Complaint)) == (413, 0)


def test_evidence_is_kept_with_the_filing(browser):
    files = [(BytesIO(pdf(pages)), f"{pages}.pdf") for pages in (1, 2)]
    assert browser.submit("/complaints/new", **COMPLAINT, files=files).status_code == 302
    kept = documents.of(one(Complaint).reference, "evidence")
    assert [document.name for document in kept] == ["1.pdf", "2.pdf"]
    assert {document.uploaded_by_id for document in kept} == {None}


@pytest.mark.parametrize("page", ["new", "report"])
def test_files_are_looked_at_before_anything_is_written(browser, monkeypatch, page):
    """A file made to be slow must not keep others from writing for as long."""
    seen = []
    monkeypatch.setattr(content, "inspect", lambda kind, data: seen.append(db.session().in_transaction()))
    given = {**(COMPLAINT if page == "new" else REPORT), "files": [(BytesIO(pdf(1)), "a.pdf")]}
    assert browser.submit(f"/en/complaints/{page}", **given).status_code == 302
    assert seen == [False]


def test_files_of_a_faulty_form_are_not_looked_at(browser, monkeypatch):
    monkeypatch.setattr(content, "inspect", None)
    given = {**COMPLAINT, "narrative": "", "files": [(BytesIO(pdf(1)), "a.pdf")]}
    assert browser.submit("/complaints/new", **given).status_code == 422


def test_six_files_are_too_many(browser):
    files = [(BytesIO(pdf(1)), f"{number}.pdf") for number in range(6)]
    answer = browser.submit("/complaints/new", **COMPLAINT, files=files)
    assert (answer.status_code, count(Complaint)) == (422, 0)
    assert "at most 5 files" in answer.text


@pytest.mark.parametrize("upload", [(b"", "a.pdf"), (b"MZ\x90", "a.pdf"), (b"<html>", "a.png")])
def test_a_refused_file_refuses_the_filing(browser, upload):
    data, name = upload
    answer = browser.submit("/complaints/report", **REPORT, files=[(BytesIO(data), name)])
    assert (answer.status_code, count(Report), count(Informant)) == (422, 0, 0)
    assert "a.p" in answer.text


def test_filing_without_the_form_is_refused(browser):
    assert browser.post("/complaints/new", data=COMPLAINT).status_code == 400
    assert count(Complaint) == 0


def test_many_filings_from_one_place_must_wait(browser):
    codes = [browser.submit("/complaints/report", **REPORT).status_code for _ in range(11)]
    assert codes[-1] == 429
    assert count(Report) == 10
