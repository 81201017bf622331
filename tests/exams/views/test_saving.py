import json
from datetime import timedelta

import pytest

from broker_admin import clock
from broker_admin.db import db
from broker_admin.exams.service import attempts
from tests.conftest import NOON
from tests.exams.factories import make_bank, started_attempt
from tests.factories import make_user

MINUTE = timedelta(minutes=1)
END = NOON + 30 * MINUTE


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
    browser.sign_in(attempt.booking.candidate.user)
    page = browser.get(f"/exams/attempts/{attempt.id}/questions/1").text
    browser.token = page.split('data-csrf="')[1].split('"')[0]
    return browser


def send(paper, attempt, body, **changes):
    text = body if isinstance(body, bytes | str) else json.dumps(body)
    return paper.post(f"/exams/attempts/{attempt.id}/answers", data=text,
                      headers={"X-CSRFToken": paper.token},
                      content_type=changes.get("content_type", "application/json"))


def token_of(page):
    return page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


def entry(seq=1, slot=1, v=("A",), flag=False):
    return {"seq": seq, "slot": slot, "v": list(v), "flag": flag}


def batch(*entries, client="window-one", epoch=1):
    return {"client": client, "epoch": epoch, "batch": list(entries)}


def stored(attempt):
    db.session.expire_all()
    return {a.position: (a.letters, a.flagged) for a in attempt.answers}


def test_saving_answers_what_is_stored(paper, attempt):
    reply = send(paper, attempt, batch(entry(), entry(2, 2, "B", True)))
    assert reply.status_code == 200
    assert reply.json["acked"] == [1, 2]
    assert stored(attempt) == {1: (["A"], False), 2: (["B"], True)}


def test_every_reply_carries_the_servers_clock(paper, attempt):
    with clock.at(NOON + 10 * MINUTE):
        reply = send(paper, attempt, batch(entry()))
    assert reply.json["left_ms"] == 20 * 60 * 1000
    assert reply.json["server_now"] == (NOON + 10 * MINUTE).isoformat()
    assert reply.json["deadline"] == END.isoformat()
    assert reply.json["state"] == "in_progress"


def test_the_clock_of_the_browser_is_not_asked(paper, attempt):
    body = {**batch(entry()), "now": "2030-01-01T00:00:00Z", "deadline": "2030-01-01T00:00:00Z"}
    with clock.at(END + MINUTE):
        reply = send(paper, attempt, body)
    assert (reply.status_code, reply.json["code"]) == (409, "closed")


def test_a_repeated_request_is_acknowledged_again(paper, attempt):
    replies = [send(paper, attempt, batch(entry())) for _ in range(3)]
    assert {tuple(r.json["acked"]) for r in replies} == {(1,)}
    assert {r.json["rev"] for r in replies} == {2}


def test_another_answer_under_the_number_conflicts(paper, attempt):
    send(paper, attempt, batch(entry()))
    reply = send(paper, attempt, batch(entry(v="B")))
    assert (reply.status_code, reply.json["code"]) == (409, "seq_conflict")
    assert stored(attempt) == {1: (["A"], False)}


def test_a_second_window_is_told(paper, attempt):
    send(paper, attempt, batch(entry()))
    reply = send(paper, attempt, batch(entry(), client="window-two"))
    assert (reply.status_code, reply.json["code"]) == (409, "lease_lost")
    assert "another window" in reply.json["message"]


def test_taking_over_goes_on_in_this_window(paper, attempt):
    send(paper, attempt, batch(entry()))
    done = paper.post(f"/exams/attempts/{attempt.id}/take-over", data={
        "csrf_token": paper.token, "client": "window-two", "position": "3"})
    assert done.location.endswith("/questions/3")
    reply = send(paper, attempt, batch(entry(1, 2, "B"), client="window-two", epoch=2))
    assert reply.json["acked"] == [1]
    assert send(paper, attempt, batch(entry(9))).json["code"] == "lease_lost"


def test_a_sign_of_life_claims_the_paper(paper, attempt):
    assert send(paper, attempt, batch()).json["acked"] == []
    assert send(paper, attempt, batch(client="window-two")).json["code"] == "lease_lost"


def test_a_window_of_another_sign_in_is_another_window(app, paper, attempt):
    send(paper, attempt, batch(entry()))
    other = app.test_client().sign_in(attempt.booking.candidate.user)
    other.token = token_of(other.get(f"/exams/attempts/{attempt.id}/questions/1").text)
    assert send(other, attempt, batch(entry(2))).json["code"] == "lease_lost"


def test_a_page_that_is_left_sends_a_form(paper, attempt):
    reply = paper.post(f"/exams/attempts/{attempt.id}/answers", data={
        "csrf_token": paper.token, "payload": json.dumps(batch(entry()))})
    assert reply.json["acked"] == [1]
    assert stored(attempt) == {1: (["A"], False)}


@pytest.mark.parametrize("seconds", [5, 0])
def test_the_grace_is_for_the_network(paper, attempt, seconds):
    with clock.at(END + timedelta(seconds=seconds)):
        assert send(paper, attempt, batch(entry())).json["acked"] == [1]
    with clock.at(END + timedelta(seconds=6)):
        late = send(paper, attempt, batch(entry(), entry(2, 2)))
    assert (late.json["code"], late.json["acked"]) == ("closed", [1])


def test_after_handing_in_nothing_is_taken(paper, attempt):
    attempts.submit(attempt, actor=attempt.booking.candidate.user, at=NOON)
    db.session.commit()
    reply = send(paper, attempt, batch(entry()))
    assert (reply.status_code, reply.json["code"], reply.json["state"]) == (409, "closed", "submitted")


@pytest.mark.parametrize("body", [
    b"", b"{", b"nul", b"[]", b"7", b'"x"', b"\xff\xfe\x00", b"[" * 50_000, b'{"client": "\x00"}',
    {}, {"client": None}, {"client": "window-one"}, batch(client="x"), batch(epoch="1"),
    batch(epoch=-1), batch(epoch=10**30), batch(entry(v="Z")), batch(entry(slot=99)),
    batch(entry(slot=-1)), batch(entry(seq=10**20)), batch(entry(seq=True)), batch(entry(v=["\x00"])),
    batch(entry(v=("A", "B"))), batch(*[entry()] * 201), batch({"seq": 1}), batch([]), batch(None),
    batch(client="\ud800window"), batch(client="a" * 5000)])
def test_nonsense_is_told_and_changes_nothing(paper, attempt, body):
    reply = send(paper, attempt, body)
    assert reply.status_code == 422
    assert (reply.json["code"], reply.json["acked"]) == ("malformed", [])
    assert stored(attempt) == {}


def test_a_half_wrong_batch_stores_nothing(paper, attempt):
    assert send(paper, attempt, batch(entry(), entry(2, 2, "Z"))).status_code == 422
    assert stored(attempt) == {}


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml",
                                  "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_too_much_is_refused(paper, attempt, kind):
    reply = send(paper, attempt, b"x" * 600_000, content_type=kind)
    assert reply.status_code in {400, 413, 422}
    assert stored(attempt) == {}


def test_without_a_token_nothing_is_taken(paper, attempt):
    paper.token = "forged"
    assert send(paper, attempt, batch(entry())).status_code == 400
    assert stored(attempt) == {}


def test_another_persons_paper_is_not_found(browser, paper, attempt):
    stranger = make_user()
    db.session.commit()
    browser.sign_in(stranger)
    browser.token = token_of(browser.get("/exams/register").text)
    assert send(browser, attempt, batch(entry())).status_code == 404
    assert stored(attempt) == {}


def test_a_visitor_is_led_to_sign_in(paper, attempt):
    token = paper.token
    paper.sign_out()
    paper.token = token
    assert send(paper, attempt, batch(entry())).status_code in {302, 400}
    assert stored(attempt) == {}


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_the_address_takes_posts_only(paper, attempt, method):
    answer = getattr(paper, method)(f"/exams/attempts/{attempt.id}/answers",
                                    headers={"X-CSRFToken": paper.token})
    assert answer.status_code == 405
