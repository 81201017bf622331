import pytest

from broker_admin.clock import at
from broker_admin.permissions import Role
from broker_admin.supervision.workflow import ReviewStatus as V
from tests.factories import make_member, make_user
from tests.supervision.factories import FEBRUARY, GOOD, make_holder, make_review

MARKS = {f"marks_{code}": str(marks) for code, marks in GOOD.items()}
REASONS = {f"reasons_{code}": "Seen on file." for code in GOOD}


@pytest.fixture(autouse=True)
def _february():
    with at(FEBRUARY):
        yield


@pytest.fixture
def make(app):
    def made(status=V.OPEN):
        with app.test_request_context():
            return make_review(status)
    return made


def path(made, rest=""):
    return f"/supervision/reviews/{made.review.reference}{rest}"


def test_an_officer_opens_a_review_from_the_list(browser):
    _, license = make_holder()
    browser.sign_in(make_user(Role.SUPERVISION_OFFICER))
    assert license.display_number in browser.get("/supervision/reviews/open").text
    answer = browser.submit(f"/supervision/reviews/open/{license.number}",
                            page="/supervision/reviews/open")
    assert answer.status_code == 302
    assert "has not been scored" in browser.get(answer.location).text


def test_scoring_shows_the_grade_at_once(browser, make):
    made = make()
    browser.sign_in(made.officer)
    assert browser.submit(path(made, "/score"), **MARKS, **REASONS).status_code == 302
    page = browser.get(path(made, "/case")).text
    assert "Credit grade A (Excellent), 90 of 100 marks" in page
    assert "grade A from 90 marks" in page


@pytest.mark.parametrize("wrong", [
    {"marks_credit": "11"}, {"marks_credit": ""}, {"marks_credit": "-1"}, {"marks_credit": "ten"},
    {"marks_credit": "\0"},    {"reasons_credit": ""}, {"reasons_credit": "x" * 2001}, {"vetoes": "charm"},
])
def test_wrong_scores_keep_what_was_typed(browser, make, wrong):
    made = make()
    answer = browser.sign_in(made.officer).submit(
        path(made, "/score"), **{**MARKS, **REASONS, **wrong})
    assert answer.status_code == 422
    assert 'value="36"' in answer.text
    assert made.review.status is V.OPEN


def test_a_veto_is_explained(browser, make):
    made = make()
    browser.sign_in(made.officer).submit(path(made, "/score"), **MARKS, **REASONS,
                                         vetoes="false_material")
    assert "False material given: grade D whatever the marks." in browser.get(
        path(made, "/case")).text


def test_the_holder_sees_nothing_before_it_is_told(browser, make):
    made = make(V.SCORED)
    browser.sign_in(made.holder)
    assert browser.get(path(made)).status_code == 404
    assert browser.get(path(made, "/object")).status_code == 404
    browser.sign_in(made.officer).submit(path(made, "/announce"))
    assert "Credit grade A" in browser.sign_in(made.holder).get(path(made)).text


def test_the_holder_objects_in_the_portal(browser, make):
    made = make(V.PRELIMINARY)
    browser.sign_in(made.holder)
    assert "Object to the result" in browser.get(path(made)).text
    answer = browser.submit(path(made, "/object"), objection="We filed <b>in time</b>.")
    assert (answer.status_code, made.review.status) == (302, V.OBJECTED)
    assert "&lt;b&gt;in time" in browser.get(path(made)).text


@pytest.mark.parametrize("typed", ["", "  ", "x" * 4001, "Call 13800138000"])
def test_an_objection_needs_a_proper_text(browser, make, typed):
    made = make(V.PRELIMINARY)
    answer = browser.sign_in(made.holder).submit(path(made, "/object"), objection=typed)
    assert answer.status_code == 422
    assert made.review.status is V.PRELIMINARY


def test_the_officer_answers_without_new_marks(browser, make):
    made = make(V.OBJECTED)
    answer = browser.sign_in(made.officer).submit(path(made, "/answer"), answer="It was late.")
    assert (answer.status_code, made.review.status) == (302, V.ANSWERED)
    assert "It was late." in browser.sign_in(made.holder).get(path(made)).text


def test_the_officer_scores_anew_with_the_answer(browser, make):
    made = make(V.OBJECTED)
    given = {**MARKS, **REASONS, "marks_compliance": "20", "amend": "y"}
    answer = browser.sign_in(made.officer).submit(path(made, "/answer"), answer="Partly.", **given)
    assert (answer.status_code, made.review.score.total) == (302, 74)


def test_new_marks_with_a_fault_change_nothing(browser, make):
    made = make(V.OBJECTED)
    given = {**MARKS, **REASONS, "marks_compliance": "99", "amend": "y"}
    answer = browser.sign_in(made.officer).submit(path(made, "/answer"), answer="Partly.", **given)
    assert (answer.status_code, made.review.status) == (422, V.OBJECTED)


def test_a_decider_finalises_and_publishes(browser, make):
    made = make(V.ANSWERED)
    browser.sign_in(made.decider)
    assert browser.submit(path(made, "/finalise")).status_code == 302
    assert browser.submit(path(made, "/publish")).status_code == 302
    assert (made.review.status, made.review.grade) == (V.PUBLISHED, "A")


def test_finalising_within_the_window_is_refused(browser, make):
    made = make(V.PRELIMINARY)
    answer = browser.sign_in(made.decider).submit(path(made, "/finalise"))
    assert (answer.status_code, made.review.status) == (409, V.PRELIMINARY)


def test_steps_out_of_turn_are_conflicts(browser, make):
    made = make(V.PRELIMINARY)
    browser.sign_in(made.officer)
    for rest in ("/score", "/announce", "/answer"):
        assert browser.get(path(made, rest)).status_code == 409


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISION_OFFICER}))
def test_other_roles_take_no_step_of_the_officer(browser, make, role):
    made = make(V.SCORED)
    browser.sign_in(make_user(role))
    for rest in ("/score", "/announce", "/answer"):
        assert browser.get(path(made, rest)).status_code == 404


def test_strangers_find_no_review(browser, make):
    made = make(V.PUBLISHED)
    for user in (make_member()[0], make_user(), make_user(Role.REVIEWER)):
        browser.sign_in(user)
        for rest in ("", "/object", "/case", "/score", "/finalise"):
            assert browser.get(path(made, rest)).status_code == 404
        assert browser.get("/supervision/worklist").status_code == 404


def test_the_worklist_shows_what_runs(browser, make):
    made, published = make(V.PRELIMINARY), make(V.PUBLISHED)
    page = browser.sign_in(made.officer).get("/supervision/worklist").text
    assert made.review.reference in page
    assert published.review.reference in page
    assert "working days left" in page


def test_the_pages_are_chinese_too(browser, make):
    made = make(V.PRELIMINARY)
    assert "年度评估" in browser.sign_in(made.officer).get(f"/zh{path(made, '/case')}").text
