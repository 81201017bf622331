import pytest

from broker_admin.clock import at
from broker_admin.permissions import Role
from broker_admin.supervision.workflow import ReviewStatus as V
from tests.factories import make_member, make_user
from tests.supervision.factories import FEBRUARY, GOOD, MadeReport, make_holder, make_review

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
    {"marks_credit": "\0"}, {"reasons_credit": ""}, {"reasons_credit": "x" * 2001}, {"vetoes": "charm"},
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


def test_strangers_find_no_review(browser, make):
    made = make(V.PUBLISHED)
    for user in (make_member()[0], make_user(), make_user(Role.REVIEWER)):
        browser.sign_in(user)
        for rest in ("", "/object", "/case", "/score", "/finalise"):
            assert browser.get(path(made, rest)).status_code == 404
        assert browser.get("/supervision/worklist").status_code == 404


STEPS = ("score", "announce", "answer", "finalise", "publish")
OPEN = {
    V.OPEN: {"score"}, V.SCORED: {"score", "announce"}, V.PRELIMINARY: {"finalise"},
    V.OBJECTED: {"answer"}, V.ANSWERED: {"finalise"}, V.FINAL: {"publish"}, V.PUBLISHED: set(),
}
WHO = dict.fromkeys(("score", "announce", "answer"), Role.SUPERVISION_OFFICER) | dict.fromkeys(
    ("finalise", "publish"), Role.DECIDER)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("status", list(V))
def test_every_step_is_open_in_its_states_only(browser, make, status, step):
    made = make(status)
    browser.sign_in(made.officer if WHO[step] is Role.SUPERVISION_OFFICER else made.decider)
    answer = browser.get(path(made, f"/{step}"))
    assert answer.status_code == (200 if step in OPEN[status] else 409)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("role", sorted(Role))
def test_every_step_belongs_to_one_role(browser, make, role, step):
    made = make(next(status for status, steps in OPEN.items() if step in steps))
    answer = browser.sign_in(make_user(role)).get(path(made, f"/{step}"))
    assert answer.status_code == (200 if role is WHO[step] else 404)


@pytest.mark.parametrize("status", list(V))
def test_the_case_offers_the_open_steps_only(browser, make, status):
    made = make(status)
    for user, role in ((made.officer, Role.SUPERVISION_OFFICER), (made.decider, Role.DECIDER)):
        page = browser.sign_in(user).get(path(made, "/case")).text
        offered = {step for step in STEPS if f'{path(made)}/{step}"' in page}
        assert offered == {step for step in OPEN[status] if WHO[step] is role}


def test_the_desk_cannot_object_for_the_holder(browser, make):
    made = make(V.PRELIMINARY)
    page = browser.sign_in(made.officer).get(path(made, "/case")).text
    assert "/object" not in page
    assert browser.get(path(made, "/object")).status_code == 404


@pytest.mark.parametrize(("status", "step", "target"), [
    (V.SCORED, "announce", V.PRELIMINARY), (V.ANSWERED, "finalise", V.FINAL),
    (V.FINAL, "publish", V.PUBLISHED),
])
def test_the_second_officer_gets_a_conflict(browser, make, status, step, target):
    made = make(status)
    other = make_user(WHO[step])
    first = made.officer if step == "announce" else made.decider
    assert browser.sign_in(first).submit(path(made, f"/{step}")).status_code == 302
    answer = browser.sign_in(other).submit(path(made, f"/{step}"), page="/supervision/worklist")
    assert answer.status_code == 409
    assert "This has already moved on" in answer.text
    assert made.review.status is target


def test_a_conflict_is_told_in_chinese_too(browser, make):
    made = make(V.PUBLISHED)
    answer = browser.sign_in(made.decider).get(f"/zh{path(made, '/publish')}")
    assert answer.status_code == 409
    assert "该事项已有进展，当前状态为“已公布”" in answer.text


def test_two_officers_do_not_open_one_review_twice(browser, make):
    made = make()
    answer = browser.sign_in(make_user(Role.SUPERVISION_OFFICER)).submit(
        f"/supervision/reviews/open/{made.license.number}", page="/supervision/worklist")
    assert answer.status_code == 409
    assert "The review of this license for 2025 is open already." in answer.text


def test_a_license_that_is_reviewed_leaves_the_list(browser, make):
    made = make()
    page = browser.sign_in(made.officer).get("/supervision/reviews/open").text
    assert made.license.display_number not in page
    assert "Every license has its review." in page


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISION_OFFICER}))
def test_only_the_supervision_officer_opens_reviews(browser, role):
    _, license = make_holder()
    browser.sign_in(make_user(role))
    assert browser.get("/supervision/reviews/open").status_code == 404
    answer = browser.submit(f"/supervision/reviews/open/{license.number}", page="/account/profile")
    assert answer.status_code in {400, 404}


def test_the_holders_own_officer_opens_nothing(browser):
    officer = make_user(Role.SUPERVISION_OFFICER)
    _, license = make_holder()
    license.organization.memberships[0].user = officer
    answer = browser.sign_in(officer).submit(
        f"/supervision/reviews/open/{license.number}", page="/supervision/reviews/open")
    assert answer.status_code == 404


@pytest.mark.parametrize(("language", "wrong", "sentence"), [
    ("en", {"marks_compliance": "41"}, "Enter a number from 0 to 40."),
    ("zh", {"marks_compliance": "41"}, "请填写 0 至 40 之间的数字。"),
    ("en", {"marks_credit": ""}, "Enter the marks."), ("zh", {"marks_credit": ""}, "请填写得分。"),
    ("en", {"reasons_credit": ""}, "Give the reasons."), ("zh", {"reasons_credit": ""}, "请写明理由。"),
])
def test_wrong_scores_are_explained(browser, make, language, wrong, sentence):
    made = make()
    answer = browser.sign_in(made.officer).submit(
        f"/{language}{path(made, '/score')}", **{**MARKS, **REASONS, **wrong})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert made.review.scores == []


def test_scoring_again_begins_with_the_last_marks(browser, make):
    made = make(V.SCORED)
    page = browser.sign_in(made.officer).get(path(made, "/score")).text
    assert 'value="36"' in page
    assert "Seen on file." in page


@pytest.mark.parametrize("step", ["announce", "answer", "finalise", "publish"])
def test_whoever_decides_sees_the_marks(browser, make, step):
    made = make(next(status for status, steps in OPEN.items() if step in steps))
    browser.sign_in(made.officer if WHO[step] is Role.SUPERVISION_OFFICER else made.decider)
    page = browser.get(path(made, f"/{step}")).text
    assert "Seen on file." in page


@pytest.mark.parametrize(("language", "sentence"), [("en", "Write the answer."), ("zh", "请填写答复。")])
def test_an_answer_that_says_nothing_is_explained(browser, make, language, sentence):
    made = make(V.OBJECTED)
    answer = browser.sign_in(made.officer).submit(f"/{language}{path(made, '/answer')}", answer=" ")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert (made.review.status, made.review.answer) == (V.OBJECTED, None)


def test_marks_that_were_not_ticked_are_not_taken(browser, make):
    made = make(V.OBJECTED)
    given = {**MARKS, **REASONS, "marks_compliance": "0"}
    browser.sign_in(made.officer).submit(path(made, "/answer"), answer="No.", **given)
    assert [score.total for score in made.review.scores] == [90]


def test_another_officer_may_answer_and_is_barred_then(browser, make):
    made, other = make(V.OBJECTED), make_user(Role.SUPERVISION_OFFICER, Role.DECIDER)
    assert browser.sign_in(other).submit(path(made, "/answer"), answer="No.").status_code == 302
    assert made.review.answered_by_id == other.id
    assert browser.get(path(made, "/finalise")).status_code == 404


def test_whoever_scored_reads_why_somebody_else_decides(browser, make):
    made = make(V.ANSWERED)
    words = "You scored this year, so somebody else makes the grade final."
    assert words in browser.sign_in(made.officer).get(path(made, "/case")).text
    assert words not in browser.sign_in(made.decider).get(path(made, "/case")).text


@pytest.mark.parametrize(("language", "sentence"), [
    ("en", "The holder may object until 2026-02-24; the grade is not final before."),
    ("zh", "持证单位在 2026-02-24（含当日）前可以提出异议，期限届满前不得确定等级。"),
])
def test_a_grade_too_early_is_explained(browser, make, language, sentence):
    made = make(V.PRELIMINARY)
    answer = browser.sign_in(made.decider).submit(
        f"/{language}{path(made, '/finalise')}", page="/supervision/worklist")
    assert answer.status_code == 409
    assert sentence in answer.text
    assert made.review.grade is None


@pytest.mark.parametrize(("language", "heading"), [("en", ": 2025"), ("zh", "：2025 年")])
def test_the_heading_names_holder_and_year(browser, make, language, heading):
    made = make()
    page = browser.sign_in(made.officer).get(f"/{language}{path(made, '/case')}").text
    assert f"{made.review.organization.name}{heading}" in page


def test_the_case_leads_to_the_report_that_was_filed(browser, make, app):
    made = make()
    browser.sign_in(made.officer)
    assert "No report was filed about this year." in browser.get(path(made, "/case")).text
    with app.test_request_context():
        report = MadeReport(at=FEBRUARY).fill_in().file().report
    report.license_id = made.license.id
    assert f"/supervision/reports/{report.reference}/case" in browser.get(path(made, "/case")).text


def test_the_register_shows_the_grade_afterwards(browser, make):
    made = make(V.FINAL)
    page = f"/register/{made.license.number}"
    assert "Excellent" not in browser.get(page).text
    browser.sign_in(made.decider).submit(path(made, "/publish"))
    assert "Excellent" in browser.sign_out().get(page).text
    assert "优秀" in browser.get(f"/zh{page}").text
