"""The desk: what is done with a complaint."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.clock import now
from broker_admin.complaints import service, time_limits
from broker_admin.complaints.forms.desk import (
    AcceptForm,
    CaseForm,
    DeclineForm,
    OutcomeForm,
    QuestionForm,
)
from broker_admin.complaints.models import Complaint
from broker_admin.complaints.views import bp
from broker_admin.complaints.views.desk import ask_for, done
from broker_admin.complaints.workflow import COMPLAINT
from broker_admin.enforcement.forms.desk import PartyForm
from broker_admin.forms import ConfirmForm
from broker_admin.i18n import language
from broker_admin.permissions import Permission
from broker_admin.web import load, requires

P = Permission


@bp.route("/<string:reference>/accept", methods=["GET", "POST"])
@requires(P.COMPLAINT_HANDLE)
def accept(reference: str) -> ResponseReturnValue:
    complaint = _checked(reference, "accept")
    form = AcceptForm()
    if form.validate_on_submit():
        service.accept(complaint, told=form.told.data, answer_by=form.answer_by.data,
                       actor=current_user, at=now())
        return done(complaint, gettext("The complaint is accepted, and the respondent is told."))
    return ask_for("accept", complaint, form)


@bp.route("/<string:reference>/decline", methods=["GET", "POST"])
@requires(P.COMPLAINT_HANDLE)
def decline(reference: str) -> ResponseReturnValue:
    complaint = _checked(reference, "decline")
    form = DeclineForm()
    form.offer(time_limits.regime_of(complaint), language())
    if form.validate_on_submit():
        service.decline(complaint, grounds=form.grounds.data or [], reasons=form.reasons.data,
                        actor=current_user, at=now())
        return done(complaint, gettext("The complaint is not accepted; the complainant is told."))
    return ask_for("decline", complaint, form)


@bp.route("/<string:reference>/mediate", methods=["GET", "POST"])
@requires(P.COMPLAINT_HANDLE)
def mediate(reference: str) -> ResponseReturnValue:
    complaint = _checked(reference, "mediate")
    form = ConfirmForm()
    if form.validate_on_submit():
        service.mediate(complaint, actor=current_user, at=now())
        return done(complaint, gettext("The mediation has begun."))
    return ask_for("mediate", complaint, form,
                   explanation=gettext("Mediation needs the consent of both sides."))


@bp.route("/<string:reference>/settle", methods=["GET", "POST"])
@requires(P.COMPLAINT_HANDLE)
def settle(reference: str) -> ResponseReturnValue:
    complaint = _checked(reference, "settle")
    form = OutcomeForm()
    if form.validate_on_submit():
        service.settle(complaint, outcome=form.outcome.data, actor=current_user, at=now())
        return done(complaint, gettext("The settlement is recorded."))
    return ask_for("settle", complaint, form)


@bp.route("/<string:reference>/terminate", methods=["GET", "POST"])
@requires(P.COMPLAINT_HANDLE)
def terminate(reference: str) -> ResponseReturnValue:
    complaint = _checked(reference, "terminate")
    form = OutcomeForm()
    if form.validate_on_submit():
        service.terminate(complaint, outcome=form.outcome.data, actor=current_user, at=now())
        return done(complaint, gettext("The mediation has ended; the complainant is told."))
    return ask_for("terminate", complaint, form)


@bp.route("/<string:reference>/close", methods=["GET", "POST"])
@requires(P.COMPLAINT_HANDLE)
def close(reference: str) -> ResponseReturnValue:
    complaint = _checked(reference, "close")
    form = ConfirmForm()
    if form.validate_on_submit():
        service.close(complaint, actor=current_user, at=now())
        return done(complaint, gettext("The complaint is closed."))
    return ask_for("close", complaint, form)


@bp.route("/<string:reference>/ask", methods=["GET", "POST"])
@requires(P.COMPLAINT_HANDLE)
def ask(reference: str) -> ResponseReturnValue:
    complaint = _in_hand(reference)
    form = QuestionForm()
    if form.validate_on_submit():
        service.ask(complaint, text=form.text.data, actor=current_user, at=now())
        return done(complaint, gettext("The question is asked."))
    return ask_for("ask", complaint, form)


@bp.route("/<string:reference>/identify", methods=["GET", "POST"])
@requires(P.COMPLAINT_HANDLE)
def identify(reference: str) -> ResponseReturnValue:
    complaint = _in_hand(reference)
    form = PartyForm()
    if form.validate_on_submit():
        service.identify(complaint, form.organization, actor=current_user, at=now())
        return done(complaint, gettext("The respondent is identified."))
    return ask_for("identify", complaint, form)


@bp.route("/<string:reference>/open-case", methods=["GET", "POST"])
@requires(P.COMPLAINT_HANDLE)
def open_case(reference: str) -> ResponseReturnValue:
    complaint = _in_hand(reference)
    form = CaseForm()
    form.offer(time_limits.regime_of(complaint), language(), complaint.conduct_codes)
    if form.validate_on_submit():
        service.open_case(complaint, conduct_codes=form.conduct_codes.data or [],
                          facts=form.facts.data, actor=current_user, at=now())
        return done(complaint, gettext("The case is open; the complaint goes on beside it."))
    return ask_for("open_case", complaint, form)


def _checked(reference: str, step: str) -> Complaint:
    complaint = load(Complaint, P.COMPLAINT_HANDLE, reference=reference)
    COMPLAINT.check(step, complaint, current_user)
    return complaint


def _in_hand(reference: str) -> Complaint:
    complaint = load(Complaint, P.COMPLAINT_HANDLE, reference=reference)
    service.demand_in_hand(complaint, current_user)
    return complaint
