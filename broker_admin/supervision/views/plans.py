"""Plans and draws: the desk's pages, the replay, and the public transcript."""

from flask import abort, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.audit.queries import history
from broker_admin.clock import now
from broker_admin.forms import ConfirmForm
from broker_admin.permissions import Permission
from broker_admin.supervision import commitments, drawing, queries
from broker_admin.supervision.checklist import BY_CODE
from broker_admin.supervision.forms.inspections import PlanForm
from broker_admin.supervision.inspection_workflow import DRAW
from broker_admin.supervision.models import Draw, InspectionPlan
from broker_admin.supervision.views import bp
from broker_admin.web import load, page_of, requires


@bp.get("/plans")
@requires(Permission.INSPECTION_READ, by_role=True)
def plan_worklist() -> ResponseReturnValue:
    return render_template("supervision/desk/plans.html", page=page_of(queries.plans()), tab="plans")


@bp.route("/plans/publish", methods=["GET", "POST"])
@requires(Permission.INSPECTION_PLAN, by_role=True)
def publish_plan() -> ResponseReturnValue:
    form = PlanForm()
    if form.validate_on_submit():
        plan = drawing.publish_plan(title=form.title.data, items=form.items.data,
                                    actor=current_user, at=now())
        flash(gettext("The plan is published."), "success")
        return redirect(url_for("supervision.plan_case", reference=plan.reference))
    page = render_template("supervision/desk/plan_step.html", form=form,
                           title=gettext("Publish an inspection plan"))
    return page, 422 if form.errors else 200


@bp.get("/plans/<string:reference>/case")
@requires(Permission.INSPECTION_READ, by_role=True)
def plan_case(reference: str) -> ResponseReturnValue:
    plan = load(InspectionPlan, Permission.INSPECTION_READ, reference=reference)
    return render_template("supervision/desk/plan.html", plan=plan, form=ConfirmForm(),
                           items=[BY_CODE[code] for code in plan.items], history=history(reference))


@bp.post("/plans/<string:reference>/commit")
@requires(Permission.INSPECTION_PLAN)
def commit_draw(reference: str) -> ResponseReturnValue:
    plan = load(InspectionPlan, Permission.INSPECTION_PLAN, reference=reference)
    draw = drawing.commit_seed(plan, actor=current_user, at=now())
    flash(gettext("Pool and seed are committed. Now make the draw."), "success")
    return redirect(url_for("supervision.draw_case", reference=draw.reference))


@bp.get("/draws/<string:reference>/case")
@requires(Permission.INSPECTION_READ, by_role=True)
def draw_case(reference: str) -> ResponseReturnValue:
    """The draw with its replay, for officers and auditors."""
    draw = load(Draw, Permission.INSPECTION_READ, reference=reference)
    return render_template(
        "supervision/desk/draw.html", draw=draw, form=ConfirmForm(), history=history(reference),
        sound=drawing.replay(draw), names=queries.names_of(draw.pool["officers"]),
        may_draw=bool(DRAW.open_to(current_user, draw)))


@bp.get("/draws/<string:reference>/pool.json")
@requires(Permission.INSPECTION_READ, by_role=True)
def draw_pool(reference: str) -> ResponseReturnValue:
    """The pool with its salts: whoever has it can repeat the draw elsewhere."""
    draw = load(Draw, Permission.INSPECTION_READ, reference=reference)
    return jsonify(commitments.opened(draw.pool))


@bp.post("/draws/<string:reference>/draw")
@requires(Permission.INSPECTION_PLAN)
def make_draw(reference: str) -> ResponseReturnValue:
    draw = load(Draw, Permission.INSPECTION_PLAN, reference=reference)
    drawing.make(draw, actor=current_user, at=now())
    flash(gettext("The draw is made; the officers are told."), "success")
    return redirect(url_for("supervision.draw_case", reference=reference))


@bp.get("/draws/<string:reference>")
def transcript(reference: str) -> ResponseReturnValue:
    """What everybody may read: the pool as hashes, and who was drawn once they all know."""
    draw = queries.draw_numbered(reference) or abort(404)
    # One holder who knows early could warn the others, or prepare.
    shown = draw.inspections if draw.is_disclosed else []
    return render_template("supervision/public/transcript.html", draw=draw, inspections=shown,
                           items=[BY_CODE[code] for code in draw.plan.items],
                           pool=commitments.written(commitments.published(draw.pool)),
                           sound=bool(shown) and drawing.replay(draw))
