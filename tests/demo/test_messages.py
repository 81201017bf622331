"""What the people of the history were told."""

import re

import pytest
from sqlalchemy import func, select

from broker_admin.accounts.models import User
from broker_admin.db import db
from broker_admin.demo.offices import DOMAIN, account
from broker_admin.ledger import AuditEntry, Message
from broker_admin.practitioners.models import Practitioner
from tests.conftest import NOON


@pytest.fixture
def messages(app):
    return db.session.scalars(select(Message).order_by(Message.id)).all()


def test_every_message_has_a_title_and_a_body(messages):
    assert [message.id for message in messages if not (message.title and message.body)] == []


def test_no_message_shows_the_bones_of_its_template(messages):
    bones = re.compile(r"{{|{%|None|<broker_admin|%\(\w+\)s|Undefined")
    assert [message.name for message in messages if bones.search(message.title + message.body)] == []


def test_messages_are_in_the_language_of_their_reader(messages):
    chinese = re.compile(r"[\u4e00-\u9fff]")
    assert {message.language for message in messages} == {"zh"}
    assert [message.name for message in messages if not chinese.search(message.title)] == []


def test_no_message_was_sent_after_today(messages):
    assert max(message.queued_at for message in messages) <= NOON


def test_no_message_carries_an_identity_number(messages):
    number = re.compile(r"440199\d{11}[\dX]")
    assert [message.name for message in messages if number.search(message.body)] == []


def test_every_message_belongs_to_an_entry_of_the_record(messages):
    recorded = set(db.session.execute(select(AuditEntry.name, AuditEntry.subject)).tuples())
    assert [m.name for m in messages if (m.name, m.subject) not in recorded] == []


def test_no_message_went_to_an_account_of_somebody_else(messages):
    mailboxes = {number: email for number, email in db.session.execute(select(User.id, User.email))}
    told = [message for message in messages if message.recipient_id]
    assert [m.name for m in told if mailboxes[m.recipient_id] != m.address] == []


def test_many_kinds_of_messages_were_sent(messages):
    assert len({message.name for message in messages}) >= 40


@pytest.mark.parametrize("mailbox", ["firm01", "person70", "candidate01", "firm30"])
def test_everybody_who_signs_in_has_mail(app, mailbox):
    user = account(f"{mailbox}@{DOMAIN}")
    assert db.session.scalar(select(func.count()).where(Message.recipient_id == user.id)) > 0


def test_everybody_certified_was_told_so(app):
    told = set(db.session.scalars(select(Message.recipient_id).where(
        Message.name == "practitioner.certified")))
    assert set(db.session.scalars(select(Practitioner.user_id))) == told


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_inbox_opens_each_kind_of_message(app, language):
    firm = account(f"firm01@{DOMAIN}")
    browser = app.test_client().sign_in(firm)
    newest = db.session.scalars(select(func.max(Message.id)).where(
        Message.recipient_id == firm.id).group_by(Message.name)).all()
    for number in newest:
        page = browser.get(f"/{language}/inbox/{number}")
        assert page.status_code == 200


def test_nobody_reads_the_mail_of_another(app):
    firm, other = account(f"firm01@{DOMAIN}"), account(f"firm02@{DOMAIN}")
    number = db.session.scalar(select(Message.id).where(Message.recipient_id == firm.id).limit(1))
    assert app.test_client().sign_in(other).get(f"/en/inbox/{number}").status_code == 404
