"""What the respondent sees of a complaint, and its answer."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.clock import now
from broker_admin.complaints import queries, service, time_limits
from broker_admin.complaints.forms.holder import AnswerForm
from broker_admin.complaints.models import Complaint
from broker_admin.complaints.queries import ANSWER
from broker_admin.complaints.views import bp
from broker_admin.complaints.workflow import COMPLAINT, SHOWN_TO_HOLDER
from broker_admin.documents import service as documents
from broker_admin.permissions import Permission
from broker_admin.web import load, page_of, requires


@bp.get("/mine")
@requires(Permission.COMPLAINT_ANSWER)
def index() -> ResponseReturnValue:
    return render_template("complaints/holder/index.html",
                           page=page_of(queries.of_party(current_user)))


@bp.get("/<string:reference>")
@requires(Permission.COMPLAINT_ANSWER)
def show(reference: str) -> ResponseReturnValue:
    complaint = _told(reference)
    return render_template(
        "complaints/holder/show.html", complaint=complaint, files=documents.of(reference, ANSWER),
        regime=time_limits.regime_of(complaint),
        may_answer="answer" in {t.name for t in COMPLAINT.open_to(current_user, complaint)})


@bp.route("/<string:reference>/answer", methods=["GET", "POST"])
@requires(Permission.COMPLAINT_ANSWER)
def answer(reference: str) -> ResponseReturnValue:
    complaint = _told(reference)
    COMPLAINT.check("answer", complaint, current_user)
    form = AnswerForm()
    place = {"subject": reference, "slot": ANSWER, "actor": current_user, "at": now()}
    if form.validate_on_submit() and form.keep_file(**place):
        service.answer(complaint, text=form.text.data, actor=current_user, at=now())
        flash(gettext("Your answer has been received."), "success")
        return redirect(url_for("complaints.show", reference=reference))
    page = render_template("complaints/holder/answer.html", complaint=complaint, form=form)
    return page, 422 if form.errors else 200


@bp.get("/<string:reference>/answer/<int:number>")
@requires(Permission.COMPLAINT_ANSWER)
def answer_file(reference: str, number: int) -> ResponseReturnValue:
    """A document that the respondent itself handed in."""
    _told(reference)
    # What the complainant handed in may show who it was.
    return documents.send_of(reference, number, {ANSWER})


def _told(reference: str) -> Complaint:
    """The respondent hears of a complaint when it is accepted, and not before."""
    complaint = load(Complaint, Permission.COMPLAINT_ANSWER, reference=reference)
    if complaint.accepted_on is None or complaint.status not in SHOWN_TO_HOLDER:
        abort(404)
    return complaint
