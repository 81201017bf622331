import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from broker_admin.audit.queries import history
from broker_admin.clock import day_of
from broker_admin.db import db
from broker_admin.ledger import AuditEntry, Message
from broker_admin.permissions import SYSTEM, Role
from broker_admin.refusals import Refused
from broker_admin.rules.calendar import SHIPPED
from broker_admin.supervision import nightly, rectifying
from broker_admin.supervision.inspection_workflow import RectificationStatus as Z
from broker_admin.supervision.time_limits import rectify_by
from broker_admin.workflow import TransitionRefused
from tests.factories import make_user
from tests.supervision.factories import SEPTEMBER, make_holder, make_rectification


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context():
        yield


def by(made):
    return str(rectify_by(made.case, SHIPPED))


def test_the_time_counts_working_days_over_holidays():
    made = make_rectification()
    assert by(made) == "2026-10-22"


def test_the_holder_is_told_until_when():
    made = make_rectification()
    told = db.session.scalars(select(Message).where(
        Message.name == "rectification.ordered")).one()
    assert told.recipient_id == made.holder.id
    assert "2026-10-22" in told.body


@pytest.mark.parametrize("role", sorted(
    set(Role) - {Role.ENFORCEMENT_OFFICER, Role.SUPERVISION_OFFICER}))
def test_other_roles_order_nothing(role):
    _, license = make_holder()
    with pytest.raises(TransitionRefused):
        rectifying.order(license, source="x", demands="x", calendar=SHIPPED, actor=make_user(role),
                         at=SEPTEMBER)


def test_the_time_is_extended_once():
    made = make_rectification("extend")
    assert by(made) == "2026-11-12"
    with pytest.raises(Refused, match="extended once"):
        made.extend()


def test_a_time_that_is_over_is_not_extended():
    made = make_rectification().wait(days=40)
    with pytest.raises(Refused, match="extended once"):
        made.extend()


def test_an_answer_is_verified():
    made = make_rectification("answer", "verify")
    assert (made.case.status, made.case.verdict) == (Z.VERIFIED, "Seen.")


def test_verifying_ones_own_order_is_recorded():
    made = make_rectification("answer")
    made.verify(made.officer)
    db.session.commit()
    entry = db.session.scalars(select(AuditEntry).where(
        AuditEntry.name == "rectification.verified")).one()
    assert entry.facts == {"by_who_ordered": True}


def test_a_rejection_starts_the_time_anew():
    made = make_rectification("answer").wait(days=20)
    made.reject()
    assert (made.case.status, by(made)) == (Z.REJECTED, "2026-11-04")
    made.answer()
    assert made.case.status is Z.ANSWERED


def test_the_outer_bound_is_never_passed():
    made = make_rectification("extend", "answer").wait(days=85)
    made.reject()
    assert by(made) == "2026-12-23"


def test_time_makes_it_overdue():
    made = make_rectification()
    at = SEPTEMBER.replace(month=10, day=22)
    assert nightly.overdue_rectifications(day_of(at), actor=SYSTEM, at=at) == 0
    at = at.replace(day=23)
    assert nightly.overdue_rectifications(day_of(at), actor=SYSTEM, at=at) == 1
    assert nightly.overdue_rectifications(day_of(at), actor=SYSTEM, at=at) == 0
    assert made.case.status is Z.OVERDUE


def test_a_late_answer_is_still_taken():
    made = make_rectification().wait(days=40)
    made.lapse()
    made.answer()
    assert made.case.status is Z.ANSWERED


def test_nothing_lapses_before_its_time():
    made = make_rectification()
    with pytest.raises(Refused, match="not over yet"):
        made.lapse()


@pytest.mark.parametrize("steps", [("verify",), ("reject",), ("answer", "answer"),
                                   ("answer", "verify", "answer"), ("answer", "reject", "verify")])
def test_steps_out_of_turn_are_refused(steps):
    made = make_rectification(*steps[:-1])
    with pytest.raises(TransitionRefused):
        getattr(made, steps[-1])()


def test_the_database_ties_the_day_to_the_state():
    made = make_rectification("answer", "verify")
    made.case.verified_on = None
    with pytest.raises(IntegrityError):
        db.session.flush()


STATES = {Z.ISSUED: (), Z.ANSWERED: ("answer",), Z.REJECTED: ("answer", "reject"),
          Z.VERIFIED: ("answer", "verify")}
OPEN = {"answer": {Z.ISSUED, Z.REJECTED, Z.OVERDUE}, "verify": {Z.ANSWERED}, "reject": {Z.ANSWERED},
        "extend": {Z.ISSUED, Z.REJECTED}}


def in_state(status):
    if status is not Z.OVERDUE:
        return make_rectification(*STATES[status])
    made = make_rectification().wait(days=40)
    made.lapse()
    return made


@pytest.mark.parametrize("status", list(Z))
@pytest.mark.parametrize("verb", OPEN)
def test_each_verb_in_each_state(verb, status):
    made = in_state(status)
    if status in OPEN[verb]:
        getattr(made, verb)()
    else:
        with pytest.raises(Refused):
            getattr(made, verb)()
        assert (made.case.status, made.case.extended_on) == (status, None)


CALLS = {
    "answer": lambda case, actor: rectifying.answer(case, text="Done.", actor=actor, at=SEPTEMBER),
    "verify": lambda case, actor: rectifying.verify(case, verdict="x", actor=actor, at=SEPTEMBER),
    "reject": lambda case, actor: rectifying.reject(
        case, verdict="x", calendar=SHIPPED, actor=actor, at=SEPTEMBER),
    "extend": lambda case, actor: rectifying.extend(
        case, reason="x", calendar=SHIPPED, actor=actor, at=SEPTEMBER),
}
ACTORS = {Role.ENFORCEMENT_OFFICER, Role.SUPERVISION_OFFICER}


@pytest.mark.parametrize("role", sorted(Role))
@pytest.mark.parametrize("verb", ["verify", "reject", "extend"])
def test_two_roles_alone_act_for_the_authority(verb, role):
    made = in_state(Z.ISSUED if verb == "extend" else Z.ANSWERED)
    if role in ACTORS:
        CALLS[verb](made.case, make_user(role))
    else:
        with pytest.raises(TransitionRefused):
            CALLS[verb](made.case, make_user(role))


@pytest.mark.parametrize("verb", OPEN)
def test_outsiders_and_the_night_act_on_no_order(verb):
    made = in_state(Z.ANSWERED if verb in {"verify", "reject"} else Z.ISSUED)
    before = made.case.status
    holder = [] if verb == "answer" else [made.holder]
    for actor in (make_holder()[0], make_user(), SYSTEM, *holder):
        with pytest.raises(TransitionRefused):
            CALLS[verb](made.case, actor)
    assert (made.case.status, made.case.extended_on) == (before, None)


def test_no_officer_answers_for_the_holder():
    made = make_rectification()
    with pytest.raises(TransitionRefused):
        CALLS["answer"](made.case, make_user(*Role))
    assert made.case.answer is None


def test_an_officer_of_the_holder_verifies_nothing():
    made = make_rectification("answer")
    made.holder.grants = make_user(Role.SUPERVISION_OFFICER).grants
    db.session.flush()
    with pytest.raises(TransitionRefused):
        CALLS["verify"](made.case, made.holder)
    assert made.case.status is Z.ANSWERED


def test_an_order_names_license_source_and_regime():
    made = make_rectification()
    assert (made.case.license, made.case.source) == (made.license, "JC-2026-000009")
    assert made.case.reference.startswith("ZG-2026-")
    assert made.case.regime == "guangdong/2026-04-15"


def test_the_extension_keeps_day_and_reason():
    made = make_rectification("extend")
    assert (made.case.extended_on, made.case.extension_reason) == (day_of(SEPTEMBER), "The supplier is late.")
    db.session.commit()
    entry = db.session.scalars(select(AuditEntry).where(
        AuditEntry.name == "rectification.extended")).one()
    assert entry.facts == {"answer_by": "2026-11-12"}


def test_an_extension_ends_at_the_outer_bound():
    made = make_rectification("answer").wait(days=60)
    made.reject()
    made.extend()
    assert by(made) == "2026-12-23"


def test_the_night_marks_each_order_once():
    made, other = make_rectification(), make_rectification("answer")
    at = SEPTEMBER.replace(month=10, day=23)
    nights = [nightly.overdue_rectifications(day_of(at), actor=SYSTEM, at=at) for _ in range(3)]
    assert nights == [1, 0, 0]
    assert (made.case.status, other.case.status) == (Z.OVERDUE, Z.ANSWERED)
    lapsed = db.session.scalars(select(Message).where(Message.name == "rectification.lapsed")).all()
    assert [message.recipient_id for message in lapsed] == [made.holder.id]


def test_the_night_respects_the_outer_bound():
    made = make_rectification("answer").wait(days=85)
    made.reject()
    at = SEPTEMBER.replace(month=12, day=24)
    assert nightly.overdue_rectifications(day_of(at), actor=SYSTEM, at=at) == 1
    assert made.case.status is Z.OVERDUE


def test_every_step_is_in_the_history():
    made = make_rectification("extend", "answer", "reject", "answer", "verify")
    db.session.commit()
    names = [entry.name.removeprefix("rectification.") for entry in history(made.case.reference)]
    assert names == ["ordered", "extended", "answered", "rejected", "answered", "verified"]
