"""The desk: the worklist, and everything about one case."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.audit.queries import history
from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.documents import service as documents
from broker_admin.documents.forms import UploadForm
from broker_admin.enforcement import queries, service, steps, time_limits
from broker_admin.enforcement.forms.desk import OpenForm, conduct_choices
from broker_admin.enforcement.measures import choices
from broker_admin.enforcement.models import Case
from broker_admin.enforcement.queries import EVIDENCE, STATEMENT
from broker_admin.enforcement.views import bp
from broker_admin.enforcement.workflow import STEPS
from broker_admin.enforcement.workflow import CaseStatus as S
from broker_admin.forms import Form, plain
from broker_admin.i18n import language
from broker_admin.permissions import Permission, granted
from broker_admin.rules.regime import regime_on
from broker_admin.time_words import clock_of
from broker_admin.web import load, requires
from broker_admin.workdays import calendar

# More than an office has open; beyond it the filters find the rest.
MOST = 500


@bp.get("/worklist")
@requires(Permission.CASE_READ, by_role=True)
def worklist() -> ResponseReturnValue:
    asked = request.args
    chosen: dict[str, Any] = {
        "status": S(asked["status"]) if asked.get("status") in set(S) else None,
        "words": (plain(asked.get("q")) or "")[:100], "mine": "mine" in asked,
    }
    found = db.session.scalars(queries.worklist(current_user, **chosen).limit(MOST))
    rows = queries.by_time_left(found, calendar(), day_of(now()))
    return render_template("enforcement/desk/worklist.html", rows=rows, chosen=chosen,
                           states=list(S), may_open=Permission.CASE_INVESTIGATE in granted(current_user))


@bp.get("/<string:reference>/case")
@requires(Permission.CASE_READ, by_role=True)
def case(reference: str) -> ResponseReturnValue:
    case = load(Case, Permission.CASE_READ, reference=reference)
    deadline = time_limits.running(case)
    # As if there were a license: a notice may name a measure that has lost its license since.
    regime = time_limits.regime_of(case)
    return render_template(
        "enforcement/desk/case.html", case=case, regime=regime, history=history(reference),
        measures=choices(regime, licensed=True), files=documents.of(reference),
        actions=_actions(case),
        clock=clock_of(deadline, calendar(), day_of(now())) if deadline else None)


@bp.route("/open", methods=["GET", "POST"])
@requires(Permission.CASE_INVESTIGATE, by_role=True)
def open_case() -> ResponseReturnValue:
    """A case of the authority's own motion; complaints, reports and inspections open theirs."""
    form = OpenForm()
    form.conduct_codes.choices = conduct_choices(regime_on(day_of(now())), language())
    if form.validate_on_submit():
        case = service.open_case(
            organization=form.organization, conduct_codes=form.conduct_codes.data, source="own",
            facts=form.facts.data, actor=current_user, at=now())
        return done(case, gettext("The case is open, and you are its first investigator."))
    page = render_template("enforcement/desk/open.html", form=form)
    return page, 422 if form.errors else 200


@bp.route("/<string:reference>/evidence", methods=["GET", "POST"])
@requires(Permission.CASE_INVESTIGATE)
def evidence(reference: str) -> ResponseReturnValue:
    case = load(Case, Permission.CASE_INVESTIGATE, reference=reference)
    service.demand_investigating(case, current_user)
    form = UploadForm()
    if form.validate_on_submit() and form.attach(
            subject=reference, slot=EVIDENCE, actor=current_user, at=now()):
        return done(case, gettext("The file is among the evidence."))
    return ask("evidence", case, form)


@bp.get("/<string:reference>/files/<int:number>")
@requires(Permission.CASE_READ, by_role=True)
def file(reference: str, number: int) -> ResponseReturnValue:
    load(Case, Permission.CASE_READ, reference=reference)
    return documents.send_of(reference, number, {EVIDENCE, STATEMENT})


def done(case: Case, news: str) -> ResponseReturnValue:
    flash(news, "success")
    return redirect(url_for("enforcement.case", reference=case.reference))


def ask(name: str, case: Case, form: Form, **words: Any) -> ResponseReturnValue:
    """The page of one step, checked beforehand, so that nobody fills in a form for nothing."""
    page = render_template("enforcement/desk/step.html", conduct_case=case, form=form,
                           title=gettext(STEPS[name]), **words)
    return page, 422 if form.errors else 200


def _actions(case: Case) -> list[tuple[str, str, str]]:
    """The buttons of the page: words, address and how each looks."""
    return [(gettext(STEPS[name]), url_for(f"enforcement.{name}", reference=case.reference),
             "warning" if name in {"drop", "impose"} else "secondary")
            for name in steps.open_to(current_user, case, day_of(now()))]
