import pytest
from sqlalchemy import select

from broker_admin.db import db
from broker_admin.ledger import AuditEntry, Message
from broker_admin.permissions import Role
from broker_admin.refusals import Refused
from broker_admin.supervision import drawing, recusal
from broker_admin.supervision.inspection_workflow import InspectionStatus as J
from broker_admin.workflow import TransitionRefused
from tests.factories import make_user
from tests.supervision.factories import make_inspection


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def recuse(made, officer=None, actor=None):
    """The first of the pair stands back, unless another is named; returns who did."""
    officer = officer or made.inspection.first_officer_id
    recusal.recuse(made.inspection, officer, reason="A cousin works there.",
                   actor=actor or made.planner, at=made.at)
    return officer


def test_a_recused_officer_is_replaced_by_the_next():
    made = make_inspection()
    before = made.inspection.officer_ids
    third = next(o for o in made.officers if o.id not in before)
    leaving = recuse(made)
    assert made.inspection.officer_ids == (before - {leaving}) | {third.id}
    assert made.inspection.recused == [leaving]


def test_the_draw_still_explains_the_pair():
    made = make_inspection(officers=4)
    drawn = made.draw.result
    for _ in range(2):
        recuse(made)
        assert drawing.replay(made.draw)
    assert made.draw.result == drawn


def test_a_pair_that_no_recusal_explains_is_noticed():
    made = make_inspection()
    third = next(o for o in made.officers if o.id not in made.inspection.officer_ids)
    made.inspection.first_officer = third
    db.session.flush()
    assert not drawing.replay(made.draw)


@pytest.mark.parametrize("invented", [[1, 2, 3], "everybody"])
def test_an_invented_recusal_is_noticed(invented):
    made = make_inspection()
    everybody = [officer.id for officer in made.officers]
    made.inspection.recused = everybody if invented == "everybody" else [everybody[0]]
    made.inspection.first_officer, made.inspection.second_officer = made.officers[:2]
    db.session.flush()
    assert not drawing.replay(made.draw)


def test_nobody_comes_back_who_stood_back():
    made = make_inspection(officers=4)
    gone = [recuse(made), recuse(made)]
    assert not made.inspection.officer_ids & set(gone)
    with pytest.raises(Refused, match="No other officer"):
        recuse(made)
    assert made.inspection.recused == gone


def test_a_pool_can_run_out_of_officers():
    made = make_inspection(officers=2)
    before = made.inspection.officer_ids
    with pytest.raises(Refused, match="No other officer"):
        recuse(made)
    assert (made.inspection.officer_ids, made.inspection.recused) == (before, [])


@pytest.mark.parametrize("status", sorted(set(J) - {J.DRAWN}))
def test_officers_are_not_replaced_after_the_notice(status):
    made = make_inspection(status)
    with pytest.raises(TransitionRefused, match="before the holder is notified"):
        recuse(made)
    assert made.inspection.recused == []


def test_only_somebody_of_the_pair_stands_back():
    made = make_inspection()
    third = next(o for o in made.officers if o.id not in made.inspection.officer_ids)
    with pytest.raises(TransitionRefused, match="Only the two officers"):
        recuse(made, third.id)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISION_OFFICER}))
def test_other_roles_replace_nobody(role):
    made = make_inspection()
    with pytest.raises(TransitionRefused, match="may not take this step"):
        recuse(made, actor=make_user(role))
    assert made.inspection.recused == []


def test_the_pair_does_not_replace_itself():
    made = make_inspection()
    with pytest.raises(TransitionRefused):
        recuse(made, actor=made.inspection.second_officer)


def test_the_record_names_both_and_the_reason():
    made = make_inspection()
    before = made.inspection.officer_ids
    leaving = recuse(made)
    db.session.commit()
    entry = db.session.scalars(select(AuditEntry).where(
        AuditEntry.name == "inspection.officer_recused")).one()
    assert entry.facts == {"recused": leaving, "reason": "A cousin works there.",
                           "replaced_by": next(iter(made.inspection.officer_ids - before))}
    assert entry.actor_id == made.planner.id


def test_the_new_pair_hear_of_it_and_not_who_left():
    made = make_inspection()
    leaving = recuse(made)
    db.session.commit()
    told = {m.recipient_id for m in db.session.scalars(
        select(Message).where(Message.name == "inspection.officer_recused"))}
    assert told == made.inspection.officer_ids
    assert leaving not in told
