"""Candidates learn nothing of a key: two papers that differ in it alone look the same, byte by byte."""

import re
from dataclasses import replace

import pytest

from broker_admin import clock
from broker_admin.db import db
from broker_admin.exams import queries
from broker_admin.exams.drawing import draw
from broker_admin.exams.items import ItemKind
from broker_admin.exams.models import CandidatePaper, ExamAttempt, Item, ItemVersion
from broker_admin.exams.service import attempts, bank, papers
from broker_admin.exams.topics import Subject
from broker_admin.exams.workflow import SittingStatus
from tests.conftest import NOON
from tests.exams.factories import (
    BANK,
    EARLIER,
    SMALL_LAW,
    make_candidate,
    make_sitting,
    save,
    sealed_sitting,
    seat,
)
from tests.factories import make_user

TOPIC = [t for t in BANK if t.topic == "DSL"]
# What belongs to the visit or to the person: tokens, receipts, the number of the attempt.
PERSONAL = re.compile(
    r'(?:name="(?:csrf_token|once)"[^>]*value|data-csrf|data-attempt)="[^"]*"'
    r"|attempts/\d+|[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}|Person \d+|person\d+")


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context(), clock.at(NOON):
        yield


def rekeyed(text):
    """The same words with another right answer, and another reason."""
    keys = [option.key for option in text.options]
    wrong = [key for key in keys if key not in text.answer]
    answer = {*wrong, keys[0]} if text.kind is ItemKind.MULTIPLE else wrong[:1]
    return replace(text, answer=frozenset(answer),
                   rationale=replace(text.rationale, zh="另一个理由。", en="Another reason."))


def fill():
    """Two versions of every item, which differ in the key and the reason alone."""
    for text in TOPIC:
        item = Item(code=text.code, subject=text.subject, topic=text.topic, kind=text.kind)
        item.versions = [
            ItemVersion(number=n, made_at=EARLIER, **ItemVersion.columns_of(version))
            for n, version in enumerate((text, rekeyed(text)), start=1)]
        db.session.add(item)
    db.session.flush()


def lay_out(booking, paper, versions):
    numbers = {version.item.code: version.id for version in versions}
    kept = CandidatePaper(booking=booking, seed=paper.seed, digest=paper.digest, attempt_number=1,
                          rows=[papers._row(line, numbers[line.code]) for line in paper.lines])
    attempt = ExamAttempt(booking=booking, paper=kept)
    db.session.add(attempt)
    db.session.flush()
    return attempt


def twins():
    """Two candidates of one sitting with the same questions, and other keys behind them."""
    fill()
    second = bank.versions_in_use(Subject.LAW)
    first = [version.item.versions[0] for version in second]
    sitting = make_sitting()
    bookings = [seat(sitting, make_candidate(make_user(), name="考生")) for _ in range(2)]
    paper = draw(SMALL_LAW, bank.pool_of(first), bytes(32))
    sitting.secret, sitting.commitment, sitting.pool, sitting.sealed_at = "0", "0", [], EARLIER
    sitting.status = SittingStatus.SEALED
    return [lay_out(booking, paper, versions)
            for booking, versions in zip(bookings, (first, second), strict=True)]


def crawl(app, attempt):
    """Everything that the candidate can be shown, from the rules to the receipt."""
    person = attempt.booking.candidate.user
    browser = app.test_client().sign_in(person)
    base = f"/exams/attempts/{attempt.id}"
    pages = [browser.get(path) for path in ("/exams/mine", "/exams/sittings", f"{base}/start")]
    attempts.start(attempt, actor=person, at=NOON)
    save(attempt, 1, ["A"])
    attempt.lease = None
    db.session.commit()
    pages += [browser.get(f"{language}{base}/{page}") for language in ("/zh", "/en")
              for page in ("questions/1", "questions/2", "questions/3", "questions/4", "review")]
    attempts.submit(attempt, actor=person, at=NOON)
    db.session.commit()
    return [*pages, browser.get(f"{base}/finished"), browser.get("/exams/mine"),
            browser.get(f"{base}/result")]


def shown(answer):
    headers = [(k, v) for k, v in answer.headers if k not in {"Set-Cookie", "Content-Length", "Date"}]
    return answer.status_code, sorted(headers), PERSONAL.sub("", answer.text)


def test_a_rekeyed_item_has_another_answer():
    assert all(rekeyed(text).answer != text.answer for text in TOPIC)


def test_two_keys_give_the_same_bytes(app):
    first, second = twins()
    assert first.paper.version_ids != second.paper.version_ids
    before, after = ([shown(page) for page in crawl(app, each)] for each in (first, second))
    assert [status for status, _, _ in before] == [200] * 15 + [404]
    assert before == after


@pytest.mark.parametrize("part", ["rationale", "code", "digest"])
def test_no_page_names_what_only_authors_know(app, part):
    fill()
    attempt = queries.attempts_of(sealed_sitting())[0]
    pages = [page.text for page in crawl(app, attempt)]
    for line in attempt.paper.lines:
        text = rekeyed(next(t for t in TOPIC if t.code == line.code))
        secret = {"rationale": text.rationale.en, "code": text.code, "digest": text.digest}[part]
        assert not any(secret in page for page in pages)
