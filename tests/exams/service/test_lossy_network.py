"""A candidate types while the network loses, repeats and reorders: nothing acknowledged is lost."""

from datetime import timedelta
from itertools import pairwise
from random import Random

import pytest

from broker_admin import chain
from broker_admin.exams import queries
from broker_admin.exams.protocol import Batch, Entry, SaveRefused
from broker_admin.exams.scoring import read_answer
from broker_admin.exams.service import answers, attempts
from broker_admin.exams.workflow import EventKind
from tests.conftest import NOON
from tests.exams.factories import make_bank, started_attempt

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _request(app):
    make_bank()
    with app.test_request_context():
        yield


class Window:
    """What the page's script does: it keeps every entry until its number is acknowledged."""

    def __init__(self, attempt, name, chance):
        self.attempt, self.name, self.chance = attempt, name, chance
        self.epoch, self.seq, self.waiting, self.acknowledged = attempt.epoch, 0, [], {}
        self.typed = {}

    def type(self, position, letters, flagged):
        self.seq += 1
        self.waiting.append(Entry(self.seq, position, letters, flagged))
        self.typed[position] = (list(letters), flagged)

    def send(self, at):
        """One request, which may be lost, may be answered in vain, and may arrive twice."""
        batch = Batch(self.name, self.epoch, tuple(self.waiting[:self.chance.randint(1, 4)]))
        if not batch.entries or self.chance.random() < 0.3:
            return
        for _ in range(self.chance.choice([1, 1, 2])):
            stored = answers.save(self.attempt, batch, actor=self.attempt.booking.candidate.user, at=at)
        if self.chance.random() < 0.7:
            self.hear(stored)

    def hear(self, stored):
        self.acknowledged |= {entry.seq: entry for entry in self.waiting if entry.seq in stored}
        self.waiting = [entry for entry in self.waiting if entry.seq not in stored]


def letters_for(attempt, position, chance):
    """Something that may be chosen there, or nothing."""
    line = attempt.paper.lines[position - 1]
    while True:
        picked = tuple(sorted(chance.sample(line.letters, chance.randint(0, len(line.letters)))))
        if not read_answer(line, picked).flaw:
            return picked


def work(attempt, chance, steps=40):
    """A whole exam over a bad line; in the end the line is good and the rest is sent."""
    window, at = Window(attempt, "window-1", chance), NOON
    for _ in range(steps):
        at += SECOND * chance.randint(0, 5)
        if chance.random() < 0.6:
            position = chance.randint(1, len(attempt.paper.lines))
            window.type(position, letters_for(attempt, position, chance), chance.random() < 0.2)
        window.send(at)
    while window.waiting:
        window.hear(answers.save(
            attempt, Batch(window.name, window.epoch, tuple(window.waiting[:4])),
            actor=attempt.booking.candidate.user, at=at))
    return window


@pytest.mark.parametrize("seed", range(12))
def test_what_was_typed_last_is_what_counts(seed):
    attempt = started_attempt()
    window = work(attempt, Random(seed))  # noqa: S311
    kept = {a.position: (a.letters, a.flagged) for a in attempt.answers}
    assert kept == window.typed
    assert answers.rebuild(attempt) == kept


@pytest.mark.parametrize("seed", range(12, 24))
def test_everything_acknowledged_is_on_record_once(seed):
    attempt = started_attempt()
    window = work(attempt, Random(seed))  # noqa: S311
    saved = [e for e in queries.events_of(attempt) if e.kind is EventKind.SAVED]
    assert sorted(event.seq for event in saved) == sorted(window.acknowledged)
    for event in saved:
        entry = window.acknowledged[event.seq]
        assert (event.position, tuple(event.letters), event.flagged) == (
            entry.position, entry.letters, entry.flagged)


@pytest.mark.parametrize("seed", range(24, 30))
def test_the_log_of_an_attempt_is_one_chain(seed):
    attempt = started_attempt()
    work(attempt, Random(seed))  # noqa: S311
    events = queries.events_of(attempt)
    assert [event.number for event in events] == list(range(1, attempt.event_count + 1))
    assert events[0].previous == chain.GENESIS
    for before, event in pairwise(events):
        assert event.previous == before.seal
        assert event.seal == chain.seal(event.previous, event.content())
    assert attempt.chain_head == events[-1].seal


@pytest.mark.parametrize("seed", range(30, 36))
def test_an_old_window_changes_nothing_after_another_took_over(seed):
    attempt, chance = started_attempt(), Random(seed)  # noqa: S311
    old = work(attempt, chance, steps=10)
    attempts.take_over(attempt, client="window-2", actor=attempt.booking.candidate.user, at=NOON + SECOND)
    before = answers.rebuild(attempt)
    old.type(1, letters_for(attempt, 1, chance), True)
    with pytest.raises(SaveRefused):
        answers.save(attempt, Batch(old.name, old.epoch, tuple(old.waiting)),
                     actor=attempt.booking.candidate.user, at=NOON + SECOND)
    assert answers.rebuild(attempt) == before


@pytest.mark.parametrize("seed", range(36, 40))
def test_what_was_acknowledged_is_acknowledged_again_later(seed):
    attempt = started_attempt()
    window = work(attempt, Random(seed), steps=10)  # noqa: S311
    person = attempt.booking.candidate.user
    attempts.submit(attempt, actor=person, at=NOON + 60 * SECOND)
    entries = tuple(window.acknowledged.values())[:4]
    again = answers.save(attempt, Batch(window.name, window.epoch, entries), actor=person,
                         at=NOON + 90 * SECOND)
    assert again == [entry.seq for entry in entries]
