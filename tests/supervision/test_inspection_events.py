import re

import pytest
from sqlalchemy import select

from broker_admin.db import db
from broker_admin.ledger import AuditEntry, Message
from broker_admin.permissions import Role
from broker_admin.rules.calendar import SHIPPED
from broker_admin.supervision import rectifying, recusal
from broker_admin.supervision.inspection_workflow import InspectionResult as R
from broker_admin.supervision.inspection_workflow import InspectionStatus as J
from tests.factories import make_user
from tests.supervision.factories import (
    JUNE,
    MadeInspection,
    MadeRectification,
    make_inspection,
    make_rectification,
)

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def mails(name):
    db.session.commit()
    return db.session.scalars(select(Message).where(Message.name == name)).all()


def facts(name):
    db.session.commit()
    return db.session.scalars(select(AuditEntry.facts).where(AuditEntry.name == name)).one()


def in_chinese(*people):
    for person in people:
        person.language = "zh"
    db.session.flush()


@pytest.fixture
def inspection():
    return make_inspection()


def test_each_officer_drawn_is_told(inspection):
    told = mails("inspection.drawn")
    assert {m.recipient_id for m in told} == inspection.inspection.officer_ids
    for mail in told:
        assert "were drawn for this inspection" in mail.body
        assert f"/en/supervision/inspections/{inspection.inspection.reference}/case" in mail.body
        assert inspection.license.organization.name not in mail.title + mail.body


def test_the_officers_are_told_in_their_language():
    made = MadeInspection()
    in_chinese(*made.officers)
    made.make()
    for mail in mails("inspection.drawn"):
        assert "被抽选执行本次检查" in mail.body
        assert "/zh/supervision/" in mail.body
        assert CHINESE.search(mail.title)


STEPS = {"inspection.notified": (J.DRAWN, "notify"), "inspection.told": (J.CONCLUDED, "tell")}


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_holder_hears_of_notice_and_result(name, language):
    before, step = STEPS[name]
    made = make_inspection(before)
    made.holder.language = language
    getattr(made, step)()
    [mail] = mails(name)
    assert mail.recipient_id == made.holder.id
    assert made.inspection.reference in mail.title
    assert f"/{language}/supervision/inspections/{made.inspection.reference}\n" in mail.body + "\n"
    assert bool(CHINESE.search(mail.title)) is (language == "zh")


def test_the_notice_names_number_and_day(inspection):
    inspection.notify()
    [mail] = mails("inspection.notified")
    assert inspection.inspection.notice_number in mail.body
    assert "2026-06-08" in mail.body


def test_no_mail_tells_what_was_found():
    made = make_inspection(J.PUBLISHED)
    for mail in mails("inspection.told"):
        assert "Keep records." not in mail.body
    assert made.holder.id not in {m.recipient_id for m in mails("inspection.drawn")}


@pytest.mark.parametrize("name", ["inspection.recorded", "inspection.concluded", "inspection.published",
                                  "plan.published", "draw.committed", "draw.made"])
def test_nobody_is_written_to_about_the_rest(name):
    make_inspection(J.PUBLISHED)
    assert mails(name) == []
    assert facts(name)


def test_the_record_of_a_draw_proves_it():
    made = make_inspection()
    assert facts("draw.committed") == {"pool_sha256": made.draw.pool_sha256,
                                       "commitment": made.draw.commitment}
    assert facts("draw.made") == {"seed": made.draw.seed, "number": 1}


def test_the_record_keeps_findings_and_result():
    made = make_inspection(J.RECORDED)
    made.conclude(R.RECTIFY)
    made.tell()
    assert facts("inspection.recorded") == {"items": {"I01": "Y", "I07": "Y"}}
    assert facts("inspection.concluded") == {"result": "rectify"}
    assert facts("inspection.told") == {"result": "rectify", "follow_up": made.inspection.follow_up}


def test_a_new_officer_is_told_in_their_language():
    made = make_inspection()
    in_chinese(*made.officers)
    recusal.recuse(made.inspection, made.inspection.first_officer_id, reason="A cousin.",
                   actor=made.planner, at=made.at)
    told = mails("inspection.officer_recused")
    assert {m.recipient_id for m in told} == made.inspection.officer_ids
    assert all("被抽选执行本次检查" in m.body and "cousin" not in m.body for m in told)


ORDERS = {
    "rectification.extended": ((), "extend", "2026-11-12"),
    "rectification.rejected": (("answer",), "reject", "2026-10-22"),
    "rectification.verified": (("answer",), "verify", ""),
}


@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_holder_hears_what_becomes_of_the_order(name, language):
    steps, step, day = ORDERS[name]
    made = make_rectification(*steps)
    made.holder.language = language
    getattr(made, step)()
    [mail] = mails(name)
    assert mail.recipient_id == made.holder.id
    assert made.case.reference in mail.title
    assert day in mail.body
    assert f"/{language}/supervision/rectifications/{made.case.reference}" in mail.body
    assert bool(CHINESE.search(mail.body)) is (language == "zh")


def test_an_order_names_its_number_and_day():
    made = make_rectification()
    [mail] = mails("rectification.ordered")
    assert mail.recipient_id == made.holder.id
    assert made.case.document_number in mail.body
    assert "2026-10-22" in mail.body
    assert made.case.demands not in mail.body


def test_who_ordered_hears_of_the_answer():
    made = make_rectification("answer")
    [mail] = mails("rectification.answered")
    assert mail.recipient_id == made.officer.id
    assert f"/supervision/rectifications/{made.case.reference}/case" in mail.body


def test_who_ordered_hears_of_the_answer_in_chinese():
    made = MadeRectification()
    in_chinese(made.officer)
    made.answer()
    [mail] = mails("rectification.answered")
    assert CHINESE.search(mail.title)
    assert CHINESE.search(mail.body)


@pytest.mark.parametrize(("language", "sentence"), [
    ("en", "ended on 2026-12-23: answer at once."), ("zh", "已于 2026-12-23 届满，请立即答复。")])
def test_no_mail_asks_for_an_answer_by_a_past_day(language, sentence):
    made = make_rectification("answer").wait(days=95)
    made.holder.language = language
    made.reject()
    [mail] = mails("rectification.rejected")
    assert sentence in mail.body
    assert "Answer again by" not in mail.body
    assert facts("rectification.rejected") == {"answer_by": "2026-12-23", "over": True}


@pytest.mark.parametrize(("language", "word"), [("en", "The time is over"), ("zh", "逾期")])
def test_the_holder_hears_that_it_is_overdue(language, word):
    made = make_rectification().wait(days=40)
    made.holder.language = language
    made.lapse()
    [mail] = mails("rectification.lapsed")
    assert mail.recipient_id == made.holder.id
    assert word in mail.title + mail.body


def test_every_member_of_the_holder_is_told():
    made = MadeInspection()
    order = rectifying.order(made.license, source="x", demands="x", calendar=SHIPPED, at=JUNE,
                             actor=make_user(Role.ENFORCEMENT_OFFICER))
    members = {member.id for member in order.organization.members}
    assert {m.recipient_id for m in mails("rectification.ordered")} == members
