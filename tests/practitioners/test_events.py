"""Who is told what, each in their own language."""

from datetime import timedelta

import pytest

from broker_admin.clock import day_of, now, start_of
from broker_admin.db import db
from broker_admin.ledger import AuditEntry, Message
from broker_admin.permissions import Role
from broker_admin.practitioners import service
from tests.factories import make_member, make_user
from tests.practitioners.factories import make_practitioner


class Pair:
    """A practitioner who reads Chinese, and an employer who reads English."""

    def __init__(self):
        self.boss, self.organization = make_member(language="en")
        self.practitioner = make_practitioner(make_user(language="zh"))
        self.person = self.practitioner.user

    def proposed(self):
        return service.propose(self.organization, self.practitioner, actor=self.boss, at=now())

    def confirmed(self):
        employment = self.proposed()
        service.confirm(employment, actor=self.person, at=now())
        return employment

    def declined(self):
        service.decline(self.proposed(), actor=self.person, at=now())

    def ended(self):
        service.end(self.confirmed(), actor=self.boss, at=now())

    def lapsed(self):
        service.lapse(self.practitioner, at=start_of(self.practitioner.valid_to + timedelta(days=1)))

    def voided(self):
        service.void(self.practitioner, reason="Somebody else sat.", at=now(),
                     actor=make_user(Role.EXAM_ADMIN))


@pytest.fixture
def pair(app):
    return Pair()


def told(name):
    db.session.flush()
    rows = db.session.scalars(db.select(Message).where(Message.name == name))
    return {message.recipient_id: message for message in rows}


def entry(name):
    db.session.commit()
    return db.session.scalars(db.select(AuditEntry).where(AuditEntry.name == name)).one()


PERSON_ONLY = {
    "practitioner.certified": (lambda pair: None, "从业人员"),
    "practitioner.lapsed": (Pair.lapsed, "已失效"),
    "practitioner.voided": (Pair.voided, "宣告无效"),
    "employment.proposed": (Pair.proposed, "请确认"),
}
BOTH = {
    "employment.confirmed": (Pair.confirmed, "confirmed by both"),
    "employment.declined": (Pair.declined, "does not work for"),
    "employment.ended": (Pair.ended, "has ended on"),
}


@pytest.mark.parametrize("name", PERSON_ONLY)
def test_the_person_alone_hears_in_chinese(pair, name):
    happen, said = PERSON_ONLY[name]
    happen(pair)
    messages = told(name)
    assert set(messages) == {pair.person.id}
    message = messages[pair.person.id]
    assert said in message.title + message.body
    assert "/zh/practitioners/mine" in message.body


@pytest.mark.parametrize("name", BOTH)
def test_both_sides_hear_each_in_their_language(pair, name):
    happen, said = BOTH[name]
    happen(pair)
    messages = told(name)
    assert set(messages) == {pair.person.id, pair.boss.id}
    assert said in messages[pair.boss.id].body
    assert "执业" in messages[pair.person.id].body
    assert pair.organization.name in messages[pair.person.id].title


@pytest.mark.parametrize("name", [*PERSON_ONLY, *BOTH])
def test_no_message_carries_identity_number_or_reasons(pair, name):
    {**PERSON_ONLY, **BOTH}[name][0](pair)
    for message in told(name).values():
        text = message.title + message.body
        assert pair.practitioner.identity not in text
        assert "Somebody else sat." not in text
        assert text.count("http") == 1


@pytest.mark.parametrize("name", [*PERSON_ONLY, *BOTH])
def test_no_entry_carries_a_name_or_identity_number(pair, name):
    {**PERSON_ONLY, **BOTH}[name][0](pair)
    noted = str(entry(name).facts)
    assert pair.practitioner.identity not in noted
    assert pair.practitioner.name not in noted


def test_the_entry_of_a_certificate_says_number_and_term(pair):
    made = entry("practitioner.certified")
    assert (made.subject, made.status) == (pair.practitioner.reference, "certified")
    assert made.facts == {"certificate_number": pair.practitioner.certificate_number,
                          "valid_to": str(pair.practitioner.valid_to)}


def test_the_entry_of_a_voiding_says_why_and_who(pair):
    pair.voided()
    made = entry("practitioner.voided")
    assert (made.status, made.facts) == ("void", {"reason": "Somebody else sat."})
    assert made.actor_id


def test_voiding_tells_the_employer_that_the_employment_ended(pair):
    pair.confirmed()
    pair.voided()
    assert pair.boss.id in told("employment.ended")
    assert entry("employment.ended").facts == {"ended_on": str(day_of(now()))}


def test_lapsing_is_the_systems_own_act(pair):
    pair.lapsed()
    assert entry("practitioner.lapsed").actor_id is None
