from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from jinja2 import DictLoader

from broker_admin import chain
from broker_admin.clock import now
from broker_admin.db import Attempt, db, transaction
from broker_admin.events import Correspondent, Event, enqueue, record
from broker_admin.ledger import AuditEntry, Job, Message
from broker_admin.permissions import SYSTEM
from tests.factories import make_user


@dataclass(frozen=True, kw_only=True)
class Happened(Event):
    name = "test.happened"

    what: str


def test_entries_are_sealed_to_one_another(app):
    user = make_user()
    for what in ("one", "two"):
        with transaction():
            record(Happened(case=user, actor=user, at=now(), what=what))
    entries = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.number)).all()
    assert [e.facts for e in entries] == [{"what": "one"}, {"what": "two"}]
    assert entries[1].previous == entries[0].seal
    rows = [(e.number, e.previous, e.seal, e.content()) for e in entries]
    assert chain.first_break(rows) is None


@dataclass(frozen=True, kw_only=True)
class Told(Happened):
    name = "test.told"
    email = "test/told"

    who: tuple

    def recipients(self):
        return self.who


@pytest.fixture
def letters(app, monkeypatch):
    """Templates of a mail, in place of those of the rooms."""
    loader = DictLoader({
        "email/test/told.subject.txt": "{{ _('Home') }}:\n {{ event.what }}\n",
        "email/test/told.txt": "{{ person.email }} {{ public_url('public.home', person.language) }}\n",
    })
    monkeypatch.setattr(app.jinja_env, "loader", loader)
    app.jinja_env.cache.clear()
    yield
    app.jinja_env.cache.clear()


def tell(*people, what="it"):
    record(Told(case=make_user(), actor=SYSTEM, at=now(), what=what, who=people))
    return db.session.scalars(db.select(Message).order_by(Message.id)).all()


def test_everybody_is_told_in_their_own_language(letters):
    messages = tell(make_user(language="en"), Correspondent("a@example.org", "zh"))
    assert [m.title for m in messages] == ["Home: it", "首页: it"]
    assert messages[1].body == "a@example.org http://127.0.0.1:8000/zh/"


def test_a_title_is_one_line_whatever_it_carries(letters):
    messages = tell(make_user(), what="a\r\nBcc: everybody@example.org")
    assert messages[0].title == "Home: a Bcc: everybody@example.org"


def test_every_message_is_queued_for_delivery_once(letters):
    messages = tell(make_user(), make_user())
    jobs = db.session.scalars(db.select(Job)).all()
    assert [(j.kind, j.payload["message_id"]) for j in jobs] == [("deliver", m.id) for m in messages]


def test_the_same_work_is_queued_once(app):
    for payload in ("first", "second"):
        enqueue("render", key="license-1", at=now(), what=payload)
    assert [j.payload for j in db.session.scalars(db.select(Job))] == [{"what": "first"}]


def test_a_rollback_forgets_what_was_recorded(app):
    record(Happened(case=make_user(), actor=SYSTEM, at=now(), what="never"))
    db.session.rollback()
    db.session.commit()
    assert db.session.scalars(db.select(AuditEntry)).all() == []


def test_writers_at_once_seal_one_chain(shared_app):
    with shared_app.app_context(), transaction():
        person = make_user()
        number = person.id

    def write(what):
        with shared_app.app_context(), transaction():
            record(Happened(case=db.session.get(type(person), number), actor=SYSTEM, at=now(), what=what))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, map(str, range(24))))
    entries = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.number)).all()
    assert sorted(entry.facts["what"] for entry in entries) == sorted(map(str, range(24)))
    assert chain.first_break(
        [(e.number, e.previous, e.seal, e.content()) for e in entries]) is None


def test_several_events_of_one_change_keep_their_order(app):
    user = make_user()
    with transaction():
        for what in ("first", "second", "third"):
            record(Happened(case=user, actor=user, at=now(), what=what))
    rows = db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.number))
    assert [row.facts["what"] for row in rows] == ["first", "second", "third"]


def test_an_entry_says_who_did_what_to_which_case(app):
    user, moment = make_user(), now()
    with transaction():
        record(Happened(case=user, actor=user, at=moment, what="x"))
    entry = db.session.scalars(db.select(AuditEntry)).one()
    assert (entry.name, entry.subject, entry.actor_id, entry.at) == (
        "test.happened", user.reference, user.id, moment)


def test_what_time_does_is_nobodys_deed(app):
    with transaction():
        record(Happened(case=make_user(), actor=SYSTEM, at=now(), what="x"))
    assert db.session.scalars(db.select(AuditEntry.actor_id)).all() == [None]


def test_a_message_of_a_failed_change_is_never_sent(letters):
    with Attempt(), transaction():
        record(Told(case=make_user(), actor=SYSTEM, at=now(), what="it", who=(make_user(),)))
        raise ValueError
    assert db.session.scalars(db.select(Message)).all() == []
    assert db.session.scalars(db.select(Job)).all() == []


def test_facts_are_what_the_event_adds(app):
    happened = Happened(case=make_user(), actor=SYSTEM, at=now(), what="x")
    assert happened.facts() == {"what": "x"}
    assert list(happened.recipients()) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_message_keeps_the_words_of_its_hour(letters, language):
    user = make_user(language=language)
    message, = tell(user)
    user.language, user.email = "en", "other@example.org"
    db.session.flush()
    assert message.language == language
    assert message.address.startswith("person")
