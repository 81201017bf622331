"""Users and their roles."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.accounts import staff
from broker_admin.accounts.models import User
from broker_admin.admin import queries
from broker_admin.admin.forms import ReasonForm, RoleForm, StaffForm
from broker_admin.admin.views import bp
from broker_admin.admin.words import ROLES, STATES
from broker_admin.audit.queries import history
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.forms import ConfirmForm, plain
from broker_admin.permissions import Permission, Role
from broker_admin.web import page_of, requires

# PostgreSQL refuses to look for a larger number, where SQLite finds nothing.
MOST_NUMBER = 2**31


@bp.get("/users")
@requires(Permission.USER_ADMINISTER, by_role=True)
def users() -> ResponseReturnValue:
    asked = request.args.get("role", "")
    role = Role(asked) if asked in set(Role) else None
    state = request.args.get("state", "")
    words = (plain(request.args.get("q")) or "")[:100]
    page = page_of(queries.users(words=words, role=role, state=state))
    return render_template("admin/users.html", page=page, words=words, role=role, state=state,
                           roles=ROLES, states=STATES)


@bp.route("/users/new", methods=["GET", "POST"])
@requires(Permission.USER_ADMINISTER, by_role=True)
def create_staff() -> ResponseReturnValue:
    form = StaffForm()
    if form.validate_on_submit():
        user = staff.create_staff(
            email=form.email.data, name=form.name.data, roles=frozenset({Role(form.role.data)}),
            language=form.language.data, actor=current_user, at=now())
        flash(gettext("The account is open. A link to set the password is on its way."), "success")
        return _to(user)
    return render_template("admin/create_staff.html", form=form), 422 if form.errors else 200


@bp.get("/users/<int:number>")
@requires(Permission.USER_ADMINISTER, by_role=True)
def user(number: int) -> ResponseReturnValue:
    person = _person(number)
    return render_template("admin/user.html", person=person, form=RoleForm(), confirm=ConfirmForm(),
                           history=history(person.reference))


@bp.post("/users/<int:number>/give-role")
@requires(Permission.USER_ADMINISTER, by_role=True)
def give_role(number: int) -> ResponseReturnValue:
    person, form = _person(number), RoleForm()
    # The page offers only roles that exist: whoever sends another one did not use it.
    if not form.validate():
        abort(422)
    staff.give_role(person, role=Role(form.role.data), actor=current_user, at=now())
    flash(gettext("The role is given. The person must sign in again."), "success")
    return _to(person)


@bp.post("/users/<int:number>/take-role")
@requires(Permission.USER_ADMINISTER, by_role=True)
def take_role(number: int) -> ResponseReturnValue:
    person, form = _person(number), RoleForm()
    if not form.validate():
        abort(422)
    staff.take_role(person, role=Role(form.role.data), actor=current_user, at=now())
    flash(gettext("The role is taken back. The person is signed out."), "success")
    return _to(person)


@bp.route("/users/<int:number>/disable", methods=["GET", "POST"])
@requires(Permission.USER_ADMINISTER, by_role=True)
def disable(number: int) -> ResponseReturnValue:
    person, form = _person(number), ReasonForm()
    if form.validate_on_submit():
        staff.disable(person, reason=form.reason.data, actor=current_user, at=now())
        flash(gettext("The account is closed."), "success")
        return _to(person)
    page = render_template("admin/disable.html", form=form, person=person)
    return page, 422 if form.errors else 200


@bp.post("/users/<int:number>/enable")
@requires(Permission.USER_ADMINISTER, by_role=True)
def enable(number: int) -> ResponseReturnValue:
    person = _person(number)
    staff.enable(person, actor=current_user, at=now())
    flash(gettext("The account is open again."), "success")
    return _to(person)


def _person(number: int) -> User:
    """Not by load(): administrators may look at themselves, and are told what they may not do."""
    found = db.session.get(User, number) if number < MOST_NUMBER else None
    return found or abort(404)


def _to(person: User) -> ResponseReturnValue:
    return redirect(url_for("admin.user", number=person.id))
