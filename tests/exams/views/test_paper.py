import re
from datetime import timedelta

import pytest
from markupsafe import escape

from broker_admin import clock
from broker_admin.db import db
from broker_admin.exams import queries
from broker_admin.exams.models import ExamAttempt
from broker_admin.exams.service import sweeping
from broker_admin.exams.workflow import AttemptStatus as A
from broker_admin.exams.workflow import SubmitReason
from tests.conftest import NOON
from tests.exams.factories import (
    BANK,
    make_admin,
    make_attempt,
    make_bank,
    save,
    sealed_sitting,
    started_attempt,
)
from tests.factories import make_user

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _request(app, monkeypatch):
    # No request for half an hour ends a sign-in; here it is the paper that should end.
    monkeypatch.setitem(app.config, "SESSION_IDLE_MINUTES", 600)
    make_bank()
    with app.test_request_context(), clock.at(NOON):
        yield


@pytest.fixture
def attempt(_request):
    found = started_attempt()
    db.session.commit()
    return found


@pytest.fixture
def paper(browser, attempt):
    """The browser of the candidate, with the paper begun."""
    return browser.sign_in(attempt.booking.candidate.user)


def url(attempt, rest):
    return f"/exams/attempts/{attempt.id}/{rest}"


def hidden(page):
    return dict(re.findall(r'type="hidden" name="(\w+)"[^>]*value="([^"]*)"', page))


def answer(paper, attempt, position, go="next", **given):
    """Fill in the form of a question and press one of its buttons."""
    page = paper.get(url(attempt, f"questions/{position}")).text
    return paper.post(url(attempt, f"questions/{position}"),
                      data={**hidden(page), "go": go, **given})


def stored(attempt):
    db.session.expire_all()
    return {a.position: (a.letters, a.flagged) for a in attempt.answers}


def test_the_rules_come_before_the_paper(browser):
    attempt = make_attempt()
    db.session.commit()
    browser.sign_in(attempt.booking.candidate.user)
    page = browser.get(url(attempt, "start")).text
    assert "30 minutes" in page
    assert "Start the paper" in page
    assert browser.get(url(attempt, "questions/1")).location.endswith("/start")


def test_starting_needs_the_tick(browser):
    attempt = make_attempt()
    db.session.commit()
    browser.sign_in(attempt.booking.candidate.user)
    assert browser.submit(url(attempt, "start")).status_code == 422
    done = browser.submit(url(attempt, "start"), understood="y")
    assert done.location.endswith("/questions/1")
    assert db.session.get(ExamAttempt, attempt.id).status is A.IN_PROGRESS


@pytest.mark.parametrize(("minutes", "sentence"), [(-5, "opens at"), (31, "latest time to begin was")])
def test_outside_the_entry_there_is_no_button(browser, minutes, sentence):
    attempt = make_attempt()
    db.session.commit()
    browser.sign_in(attempt.booking.candidate.user)
    with clock.at(NOON + minutes * MINUTE):
        page = browser.get(url(attempt, "start")).text
        posted = browser.submit(url(attempt, "start"), understood="y")
    assert sentence in page
    assert "Start the paper" not in page
    assert posted.status_code in {400, 409}


def test_a_question_shows_its_words_and_the_time(paper, attempt):
    line = attempt.paper.lines[0]
    text = next(t for t in BANK if t.code == line.code)
    with clock.at(NOON + 10 * MINUTE):
        page = paper.get(url(attempt, "questions/1")).text
    assert escape(text.stem.en) in page
    assert "00:20:00" in page
    assert 'data-left-ms="1200000"' in page


def test_the_switch_keeps_question_and_answer(paper, attempt):
    save(attempt, 1, ["B"], client="page")
    attempt.lease = None
    db.session.commit()
    text = next(t for t in BANK if t.code == attempt.paper.lines[0].code)
    page = paper.get("/zh" + url(attempt, "questions/1")).text
    assert text.stem.zh in page
    assert re.search(r'value="B"\s+checked', page)


def test_next_saves_and_goes_on(paper, attempt):
    done = answer(paper, attempt, 1, v="A", flag="1")
    assert done.location.endswith("/questions/2")
    assert stored(attempt) == {1: (["A"], True)}


@pytest.mark.parametrize(("go", "target"), [
    ("previous", "/questions/1"), ("next", "/questions/3"), ("4", "/questions/4"),
    ("review", "/review"), ("99", "/review"), ("nonsense", "/review"), ("-1", "/review")])
def test_every_button_saves_first(paper, attempt, go, target):
    done = answer(paper, attempt, 2, go=go, v="C")
    assert done.location.endswith(target)
    assert stored(attempt) == {2: (["C"], False)}


def test_several_answers_are_saved_together(paper, attempt):
    answer(paper, attempt, 3, v=["A", "C"])
    assert stored(attempt) == {3: (["A", "C"], False)}


def test_the_grid_shows_what_is_done(paper, attempt):
    answer(paper, attempt, 1, v="A", flag="1")
    page = paper.get(url(attempt, "questions/2")).text
    assert "1 answered · 3 not answered · 1 flagged" in page
    assert "app-navigator__answered app-navigator__flagged" in page


def test_a_page_handed_in_twice_counts_once(paper, attempt):
    page = paper.get(url(attempt, "questions/1")).text
    given = {**hidden(page), "v": "A", "go": "next"}
    for _ in range(3):
        paper.post(url(attempt, "questions/1"), data=given)
    assert len(queries.events_of(attempt)) == 2


def test_going_back_and_answering_anew_counts(paper, attempt):
    page = paper.get(url(attempt, "questions/1")).text
    for letter in "AB":
        paper.post(url(attempt, "questions/1"), data={**hidden(page), "v": letter})
    assert stored(attempt) == {1: (["B"], False)}


def test_closing_the_browser_loses_nothing(app, paper, attempt):
    answer(paper, attempt, 1, v="A")
    other = app.test_client().sign_in(attempt.booking.candidate.user)
    page = other.get(url(attempt, "questions/1")).text
    assert "Continue here" in page
    other.submit(url(attempt, "take-over"), url(attempt, "questions/1"))
    assert re.search(r'value="A"\s+checked', other.get(url(attempt, "questions/1")).text)


def test_the_old_browser_must_take_over_again(app, paper, attempt):
    page = paper.get(url(attempt, "questions/1")).text
    other = app.test_client().sign_in(attempt.booking.candidate.user)
    answer(other, attempt, 2, v="B")
    late = paper.post(url(attempt, "questions/1"), data={**hidden(page), "v": "A"})
    assert late.status_code == 409
    assert "Continue here" in late.text
    assert stored(attempt) == {2: (["B"], False)}


def test_the_review_lists_what_is_blank(paper, attempt):
    answer(paper, attempt, 1, v="A", flag="1")
    page = paper.get(url(attempt, "review")).text
    assert "1 of 4 questions are answered" in page
    assert "Not answered · 3" in page
    assert "Flagged · 1" in page


def test_handing_in_shows_the_receipt(paper, attempt):
    answer(paper, attempt, 1, v="A")
    done = paper.submit(url(attempt, "submit"), url(attempt, "review"))
    page = paper.get(done.location).text
    db.session.expire_all()
    assert attempt.receipt in page
    assert attempt.submit_reason is SubmitReason.CANDIDATE
    assert "1 of 4 questions" in page


@pytest.mark.parametrize("rest", ["questions/1", "review", "start"])
def test_nothing_of_the_paper_shows_after_handing_in(paper, attempt, rest):
    paper.submit(url(attempt, "submit"), url(attempt, "review"))
    first = paper.get(url(attempt, rest))
    page = paper.get(url(attempt, rest), follow_redirects=True)
    assert first.status_code == 302
    assert page.request.path == url(attempt, "finished")
    assert page.headers["Cache-Control"] == "no-store"


def test_handing_in_without_its_page_only_shows_it(paper, attempt):
    token = hidden(paper.get(url(attempt, "questions/1")).text)["csrf_token"]
    done = paper.post(url(attempt, "submit"), data={"csrf_token": token})
    assert done.status_code == 302
    db.session.expire_all()
    assert attempt.status in {A.IN_PROGRESS, A.SUBMITTED}


@pytest.mark.parametrize("rest", ["questions/1", "review"])
def test_after_the_deadline_everything_saved_counts(paper, attempt, rest):
    answer(paper, attempt, 1, v="A")
    with clock.at(NOON + 31 * MINUTE):
        page = paper.get(url(attempt, rest), follow_redirects=True).text
    assert "The time is up" in page
    assert "1 of 4 questions are answered" in page


def test_an_answer_after_the_deadline_is_not_taken(paper, attempt):
    page = paper.get(url(attempt, "questions/1")).text
    with clock.at(NOON + 31 * MINUTE):
        late = paper.post(url(attempt, "questions/1"), data={**hidden(page), "v": "A"})
        handed_in = paper.post(url(attempt, "submit"), data=hidden(page))
        told = paper.get(handed_in.location).text
    assert late.location.endswith("/finished")
    assert "The time was up" in told
    assert stored(attempt) == {}


def test_the_server_closes_and_says_so(paper, attempt):
    answer(paper, attempt, 1, v="A")
    sweeping.sweep(attempt.sitting, at=NOON)
    sweeping.sweep(attempt.sitting, at=NOON + 31 * MINUTE)
    db.session.commit()
    page = paper.get(url(attempt, "finished")).text
    assert "by the server at the end of the time" in page


def test_who_missed_it_reads_so(browser):
    sitting = sealed_sitting()
    sweeping.sweep(sitting, at=NOON + 31 * MINUTE)
    missed = queries.attempts_of(sitting)[0]
    db.session.commit()
    browser.sign_in(missed.booking.candidate.user)
    assert "was not sat" in browser.get(url(missed, "finished")).text


@pytest.mark.parametrize("rest", ["start", "questions/1", "review", "finished", "result"])
@pytest.mark.parametrize("maker", [make_user, make_admin])
def test_nobody_elses_paper_is_found(browser, attempt, rest, maker):
    stranger = maker()
    db.session.commit()
    assert browser.sign_in(stranger).get(url(attempt, rest)).status_code == 404


@pytest.mark.parametrize("rest", ["questions/0", "questions/5", "questions/1000", "questions/x",
                                  "questions/-1", "questions/99999999999999999999"])
def test_a_question_that_is_not_there(paper, attempt, rest):
    assert paper.get(url(attempt, rest)).status_code == 404


@pytest.mark.parametrize("changes", [
    {"v": "Z"}, {"v": "\x00"}, {"v": ["A", "B"]}, {"v": "A" * 10_000}, {"epoch": "x"},
    {"epoch": "9" * 40}, {"seq": "-1"}, {"seq": ""}, {"client": "<script>"}, {"client": "\x00\x00\x00\x00"},
    {"v": ["A"] * 200}])
def test_a_forged_form_changes_nothing(paper, attempt, changes):
    page = paper.get(url(attempt, "questions/1")).text
    sent = paper.post(url(attempt, "questions/1"), data={**hidden(page), **changes})
    assert sent.status_code == 409
    assert stored(attempt) == {}


def test_a_form_for_no_question_is_refused(paper, attempt):
    page = paper.get(url(attempt, "questions/1")).text
    for number in (0, 5, 999):
        sent = paper.post(url(attempt, f"questions/{number}"), data={**hidden(page), "v": "A"})
        assert sent.status_code == 409
    assert stored(attempt) == {}
