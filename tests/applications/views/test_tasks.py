from io import BytesIO

import pytest

from broker_admin.applications import filing, queries
from broker_admin.applications.checklist import TaskState
from broker_admin.applications.workflow import ApplicationStatus as S
from broker_admin.db import db
from broker_admin.permissions import Role
from tests.applications.factories import attach_all
from tests.applications.forms.filling import TYPED
from tests.applications.views.pages import path, recorded, send
from tests.documents.files import pdf, picture
from tests.factories import make_member, make_user

TASKS = ["matter", "organization", "people", "technology"]


def state(made, task):
    return filing.task_states(made.application, queries.attached_codes(made.application))[task]


def save(browser, made, task, **changes):
    typed = {key: value for key, value in {**TYPED[task], **changes}.items() if value is not None}
    return browser.sign_in(made.applicant).submit(path(made, f"/tasks/{task}"), **typed)


@pytest.mark.parametrize("task", TASKS)
def test_a_task_saved_whole_is_completed(browser, make, task):
    made = make()
    assert save(browser, made, task).location == path(made)
    assert state(made, task) is TaskState.COMPLETED


def test_nothing_is_saved_by_looking(browser, make):
    made = make()
    save(browser, made, "matter")
    before = recorded(made)
    page = browser.get(path(made, "/tasks/matter"), data={"later": "1"})
    assert (page.status_code, recorded(made)) == (200, before)


@pytest.mark.parametrize("task", TASKS)
def test_a_task_saved_for_later_is_in_progress(browser, make, task):
    made = make()
    typed = dict.fromkeys(TYPED[task])
    assert save(browser, made, task, **typed, later="1").status_code == 302
    assert state(made, task) is TaskState.IN_PROGRESS
    assert "This part is not complete yet." in browser.get(path(made)).text


@pytest.mark.parametrize("task", TASKS)
def test_an_incomplete_task_is_not_saved_as_whole(browser, make, task):
    made = make()
    before = recorded(made)
    assert save(browser, made, task, **dict.fromkeys(TYPED[task])).status_code == 422
    assert (state(made, task), recorded(made)) == (TaskState.NOT_STARTED, before)


def test_what_was_saved_is_there_on_return(browser, make):
    made = make()
    save(browser, made, "organization", controllers="陈怡 60%\n李敏 40%")
    page = browser.get(path(made, "/tasks/organization")).text
    assert "李敏 40%" in page
    assert 'value="2020-03-02"' in page


def test_what_was_typed_is_kept_at_a_fault(browser, make):
    made = make()
    answer = save(browser, made, "organization", registered_capital="much", website="https://kept.example")
    assert answer.status_code == 422
    assert 'value="much"' in answer.text
    assert "https://kept.example" in answer.text


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_task_opens_in_both_languages(browser, make, task, language):
    made = make()
    page = browser.sign_in(made.applicant).get(f"/{language}{path(made, '/tasks/' + task)}")
    assert page.status_code == 200


@pytest.mark.parametrize("code", ["documents", "nonsense", "%00"])
def test_an_unknown_task_is_no_page(browser, make, code):
    made = make()
    assert browser.sign_in(made.applicant).get(path(made, f"/tasks/{code}")).status_code == 404


@pytest.mark.parametrize("status", [S.SUBMITTED, S.UNDER_REVIEW, S.APPROVED])
@pytest.mark.parametrize("page", ["/tasks/matter", "/documents", "/documents/POLICIES"])
def test_what_was_submitted_stays_as_it_is(browser, make, status, page):
    made = make(status)
    before = recorded(made)
    browser.sign_in(made.applicant)
    assert browser.get(path(made, page)).status_code == 409
    assert send(browser, made, "/tasks/matter", **TYPED["matter"]).status_code == 409
    assert recorded(made) == before


def test_a_notice_opens_its_task_with_its_words(browser, make):
    made = make(S.CORRECTION_REQUIRED)
    assert "Say more." in browser.sign_in(made.applicant).get(path(made, "/tasks/technology")).text
    assert browser.get(path(made, "/tasks/matter")).status_code == 409
    assert browser.get(path(made, "/documents")).status_code == 409


def test_without_staff_the_page_says_how(browser, make):
    made = make()
    page = browser.sign_in(made.applicant).get(path(made, "/tasks/staff")).text
    assert "Nobody with a valid certificate has confirmed yet that they work for you." in page


def upload(browser, made, name, data, slot="POLICIES"):
    return browser.sign_in(made.applicant).submit(
        path(made, f"/documents/{slot}"), file=(BytesIO(data), name))


@pytest.mark.parametrize(("name", "data", "sentence"), [
    ("a.pdf", b"MZ" + bytes(100), ""), ("a.pdf", picture(), ""), ("a.exe", pdf(), ""),
    ("a.pdf", b"", "This file is empty.")])
def test_a_file_that_is_something_else_is_refused(browser, make, name, data, sentence):
    made = make()
    answer = upload(browser, made, name, data)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert sentence in answer.text
    assert queries.attached(made.application) == []


def test_no_file_at_all_is_asked_for(browser, make):
    made = make()
    answer = browser.sign_in(made.applicant).submit(path(made, "/documents/POLICIES"))
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


def test_a_newer_file_replaces_the_older(browser, make):
    made = make()
    for name, pages in (("old.pdf", 1), ("new.pdf", 2)):
        assert upload(browser, made, name, pdf(pages)).status_code == 302
    assert [d.name for d in queries.attached(made.application)] == ["new.pdf"]


def test_a_refused_file_leaves_the_older(browser, make):
    made = make()
    upload(browser, made, "old.pdf", pdf())
    upload(browser, made, "new.pdf", b"MZ")
    assert [d.name for d in queries.attached(made.application)] == ["old.pdf"]


@pytest.mark.parametrize("slot", ["NONSENSE", "copy", "%00"])
def test_a_slot_nobody_asked_for_is_no_page(browser, make, slot):
    made = make()
    browser.sign_in(made.applicant)
    assert browser.get(path(made, f"/documents/{slot}")).status_code == 404
    assert send(browser, made, f"/documents/{slot}/remove").status_code == 404


@pytest.fixture
def attached(make, app):
    made = make()
    with app.test_request_context():
        attach_all(made.application, made.applicant)
        db.session.commit()
    return made


def test_a_file_is_removed_and_missing_again(browser, attached):
    browser.sign_in(attached.applicant)
    assert "Every document that is needed is attached." in browser.get(path(attached, "/documents")).text
    assert send(browser, attached, "/documents/POLICIES/remove").status_code == 302
    assert "Still missing: 1." in browser.get(path(attached, "/documents")).text


def test_a_file_removed_twice_is_gone_once(browser, attached):
    browser.sign_in(attached.applicant)
    for _ in range(2):
        assert send(browser, attached, "/documents/POLICIES/remove").status_code == 302
    assert "POLICIES" not in queries.attached_codes(attached.application)


def test_a_stranger_removes_no_file(browser, attached):
    browser.sign_in(make_member()[0])
    assert send(browser, attached, "/documents/POLICIES/remove").status_code == 404
    assert "POLICIES" in queries.attached_codes(attached.application)


def test_a_file_of_a_draft_is_its_partys(browser, attached):
    page = path(attached, f"/file/{queries.attached(attached.application)[0].id}")
    officer, stranger = make_user(Role.REVIEWER), make_member()[0]
    for user, code in ((attached.applicant, 200), (officer, 404), (stranger, 404)):
        with browser.sign_in(user).get(page) as answer:
            assert answer.status_code == code


def test_an_officer_reads_what_was_submitted(browser, make):
    made = make(S.SUBMITTED)
    page = path(made, f"/file/{queries.attached(made.application)[0].id}")
    with browser.sign_in(made.reviewer).get(page) as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_file_of_another_application_is_not_served(browser, make, attached):
    other = make()
    number = queries.attached(attached.application)[0].id
    assert browser.sign_in(other.applicant).get(path(other, f"/file/{number}")).status_code == 404
