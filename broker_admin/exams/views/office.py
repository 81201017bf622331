"""The examination office: its sittings, one of them, and who works on a paper now."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.clock import now
from broker_admin.exams import queries
from broker_admin.exams.forms import PlanForm
from broker_admin.exams.models import Sitting
from broker_admin.exams.service import sittings
from broker_admin.exams.views import bp
from broker_admin.exams.workflow import SITTING, STEPS
from broker_admin.exams.workflow import SittingStatus as S
from broker_admin.forms import refusal_at
from broker_admin.permissions import Permission
from broker_admin.web import load, page_of, requires


@bp.get("/administration")
@requires(Permission.ITEM_READ, by_role=True)
def administration() -> ResponseReturnValue:
    asked = request.args.get("status")
    status = S(asked) if asked in set(S) else None
    # Question authors see the list too, without marks: they plan their items by the calendar.
    query = queries.worklist(status)
    return render_template("exams/office/worklist.html", page=page_of(query), states=list(S),
                           taken=queries.seats_taken(), chosen=status)


@bp.route("/plan", methods=["GET", "POST"])
@requires(Permission.SITTING_ADMINISTER, by_role=True)
def plan() -> ResponseReturnValue:
    form = PlanForm()
    form.offer()
    if form.validate_on_submit():
        with refusal_at(form.ends):
            sitting = sittings.plan_sitting(**form.answers, actor=current_user, at=now())
            flash(gettext("The sitting is planned. Open its booking when it may be announced."),
                  "success")
            return redirect(url_for("exams.case", reference=sitting.reference))
    page = render_template("exams/office/plan.html", form=form)
    return page, 422 if form.errors else 200


@bp.get("/administration/<string:reference>")
@requires(Permission.SITTING_ADMINISTER, by_role=True)
def case(reference: str) -> ResponseReturnValue:
    sitting = load(Sitting, Permission.SITTING_ADMINISTER, reference=reference)
    steps = [t for t in SITTING.open_to(current_user, sitting) if t.name in STEPS]
    return render_template("exams/office/case.html", sitting=sitting, transitions=steps,
                           step_names=STEPS, seats=queries.seats_in(sitting))


@bp.get("/administration/<string:reference>/monitor")
@requires(Permission.SITTING_ADMINISTER, by_role=True)
def monitor(reference: str) -> ResponseReturnValue:
    sitting = load(Sitting, Permission.SITTING_ADMINISTER, reference=reference)
    return render_template("exams/office/monitor.html", sitting=sitting, at=now(),
                           rows=queries.progress(sitting), questions=sitting.blueprint.length)


@bp.get("/administration/<string:reference>/results")
@requires(Permission.RESULT_RELEASE, by_role=True)
def results(reference: str) -> ResponseReturnValue:
    """Marks are seen by whoever may release them, and by the others once they are released."""
    sitting = load(Sitting, Permission.SITTING_ADMINISTER, reference=reference)
    # Whoever planned the sitting must not see marks while a release could still be refused.
    if sitting.status is not S.PUBLISHED:
        SITTING.check("release", sitting, current_user)
    return render_template("exams/office/results.html", sitting=sitting,
                           attempts=queries.results_of(sitting))
