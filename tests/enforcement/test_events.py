"""Who hears of what: each verb, its recipients, and the mail in both languages."""

import pytest

from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.enforcement import decisions, hearings, service
from broker_admin.rules.calendar import SHIPPED
from tests.enforcement.factories import (
    PAUSE,
    find,
    later,
    make_asked,
    make_called,
    make_cleared,
    make_imposed,
    make_investigated,
    make_notified,
    make_opened,
    make_referred,
    make_reopened,
    make_stated,
    messages,
    recorded,
)
from tests.factories import make_user


def join(case, cast):
    service.join(case, actor=cast.second, at=now())


def record_finding(case, cast):
    find(case, cast)


def drop(case, cast):
    service.drop(case, reason="No.", actor=cast.first, at=now())


def give_notice(case, cast):
    service.give_notice(case, **PAUSE, reasons="It.", calendar=SHIPPED, actor=cast.first, at=now())


def state(case, cast):
    service.state(case, statement="No.", hearing_asked=False, calendar=SHIPPED, actor=cast.member, at=now())


def refer(case, cast):
    service.refer(case, calendar=SHIPPED, actor=cast.first, at=now())


def call_hearing(case, cast):
    hearings.call_hearing(case, on=day_of(later(days=30)), calendar=SHIPPED, actor=cast.lawyer, at=now())


def hold_hearing(case, cast):
    hearings.hold_hearing(case, minutes="Heard.", actor=cast.lawyer, at=later(days=30))


def reopen(case, cast):
    decisions.reopen(case, opinion="No.", actor=cast.lawyer, at=now())


def clear(case, cast):
    decisions.clear(case, opinion="Yes.", actor=cast.lawyer, at=now())


def impose(case, cast):
    decisions.impose(case, **PAUSE, reasons="It.", calendar=SHIPPED, actor=cast.decider, at=now())


def acquit(case, cast):
    decisions.acquit(case, reasons="No.", actor=cast.decider, at=now())


def close(case, cast):
    service.close(case, reason="Over.", actor=cast.first, at=now())


# From where, the verb, what is recorded, and who is told.
TOLD = [
    (make_opened, join, "case.investigator_joined", []),
    (make_opened, record_finding, "case.finding_recorded", []),
    (make_investigated, drop, "case.dropped", []),
    (make_reopened, drop, "case.dropped", ["member"]),
    (make_investigated, give_notice, "case.notice_given", ["member"]),
    (make_notified, state, "case.statement_made", ["first", "second"]),
    (make_stated, refer, "case.referred", []),
    (make_asked, call_hearing, "case.hearing_called", ["member"]),
    (make_called, hold_hearing, "case.hearing_held", ["first", "second"]),
    (make_referred, reopen, "case.reopened", ["first", "second"]),
    (make_referred, clear, "case.cleared", []),
    (make_cleared, impose, "case.measure_imposed", ["member"]),
    (make_cleared, acquit, "case.acquitted", ["member"]),
    (make_imposed, close, "case.closed", []),
]
PEOPLE = ("first", "second", "lawyer", "decider", "member")


@pytest.mark.parametrize(("make", "verb", "name", "people"), TOLD)
def test_each_verb_is_recorded_and_told(cast, make, verb, name, people):
    case = make(cast)
    before, told = recorded(case), len(messages())
    verb(case, cast)
    assert recorded(case)[len(before):] == [name]
    known = {getattr(cast, who).id: who for who in PEOPLE}
    assert sorted(known[m.recipient_id] for m in messages()[told:]) == people


MAILS = [
    (make_investigated, give_notice, "member", "prior notice of a measure", "处理事先告知",
     "You may make a statement until", "陈述、申辩。"),
    (make_notified, state, "first", "the party has made its statement", "当事人已提交陈述、申辩",
     "The party has answered the prior notice.", "内容见案件页面。"),
    (make_asked, call_hearing, "member", "day of the hearing", "听证日期通知",
     "The hearing that you asked for is on", "贵机构要求的听证定于"),
    (make_called, hold_hearing, "second", "the hearing was held", "听证已举行",
     "The minutes of the hearing are on the page", "听证笔录见案件页面。"),
    (make_referred, reopen, "first", "back from legal review", "法制审核退回",
     "returned the case to the investigators", "法制审核已将案件退回执法人员"),
    (make_cleared, impose, "member", "decision on a measure", "处理决定",
     "your remedies with their last days", "救济途径及其截止日期。"),
    (make_cleared, acquit, "member", "the case ends without a measure", "案件不予处理",
     "ended the case without a measure", "主管部门决定不予处理"),
    (make_reopened, drop, "member", "the case is not pursued", "案件不予立案",
     "does not pursue the case of which you were notified", "主管部门决定不予立案。"),
]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("make", "verb", "who", "title", "titel", "body", "text"), MAILS)
def test_each_mail_is_in_its_readers_language(
    cast, make, verb, who, title, titel, body, text, language
):
    case, person = make(cast), getattr(cast, who)
    person.language = language
    verb(case, cast)
    message = [m for m in messages() if m.recipient_id == person.id][-1]
    assert (message.language, message.address) == (language, person.email)
    assert (title if language == "en" else titel) in message.title
    assert (body if language == "en" else text) in message.body
    page = f"/{language}/cases/{case.reference}{'' if who == 'member' else '/case'}"
    assert (case.reference in message.title, page in message.body) == (True, True)


@pytest.mark.parametrize(("make", "verb"), [row[:2] for row in TOLD])
def test_no_mail_names_officers_source_or_evidence(cast, make, verb):
    case = make(cast)
    verb(case, cast)
    text = str([(m.title, m.body) for m in messages()])
    secrets = [cast.first.name, cast.second.name, cast.lawyer.name, cast.decider.name, case.source,
               case.facts, "Contract 7."]
    assert not [secret for secret in secrets if secret in text]


def test_the_notice_names_the_day_of_the_answer(cast):
    case = make_notified(cast)
    due = service.time_limits.reply_period(case, case.notice).due(SHIPPED)
    (message,) = messages()
    assert (due.isoformat() in message.body, case.notice.number in message.body) == (True, True)


def test_every_member_of_the_party_is_told(cast):
    colleague, first = make_user(password_hash="-"), cast.organization.memberships[0]
    cast.organization.memberships.append(type(first)(
        user=colleague, status=first.status, asked_at=now(), decided_at=now(), administers=False))
    db.session.flush()
    make_notified(cast)
    assert {m.recipient_id for m in messages()} == {cast.member.id, colleague.id}
