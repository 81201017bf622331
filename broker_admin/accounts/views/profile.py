"""One's own account: name, password, signed-in browsers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.accounts import service, sessions
from broker_admin.accounts.forms import PasswordForm, ProfileForm
from broker_admin.accounts.throttle import slow_down
from broker_admin.accounts.views import bp
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.forms import ConfirmForm
from broker_admin.permissions import Permission
from broker_admin.web import requires


@bp.route("/profile", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_USE)
def profile() -> ResponseReturnValue:
    form = ProfileForm(obj=current_user)
    if form.validate_on_submit():
        service.change_profile(current_user, name=form.name.data, language=form.language.data,
                               at=now())
        flash(gettext("Saved."), "success")
        return redirect(url_for("accounts.profile"))
    browsers = [(row, sessions.is_this(row)) for row in sessions.current_sessions(current_user)]
    page = render_template("accounts/profile.html", form=form, browsers=browsers,
                           confirm=ConfirmForm())
    return page, 422 if form.errors else 200


@bp.route("/password", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_USE)
def password() -> ResponseReturnValue:
    """Every session ends with the old password, this one too."""
    form = PasswordForm()
    if form.is_submitted():
        slow_down("sign_in", current_user.email)
    if form.validate_on_submit():
        service.change_password(current_user, current=form.current.data, new=form.password.data,
                                at=now())
        flash(gettext("The password is set. Sign in with it."), "success")
        return redirect(url_for("accounts.sign_in"))
    page = render_template("accounts/password.html", form=form)
    return page, 422 if form.errors else 200


@bp.post("/browsers/<int:number>/end")
@requires(Permission.ACCOUNT_USE)
def end_browser(number: int) -> ResponseReturnValue:
    row = next((s for s in sessions.current_sessions(current_user) if s.id == number), None)
    db.session.delete(row or abort(404))
    flash(gettext("That browser is signed out."), "success")
    return redirect(url_for("accounts.profile"))
