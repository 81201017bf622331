"""One's own account: name, password, address, signed-in browsers."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.accounts import addresses, service, sessions
from broker_admin.accounts.browsers import browser_of
from broker_admin.accounts.forms import NewAddressForm, PasswordForm, ProfileForm
from broker_admin.accounts.throttle import forgive, slow_down
from broker_admin.accounts.views import bp
from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.forms import ConfirmForm, refusal_at
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
    browsers = [(row, browser_of(row.agent), sessions.is_this(row))
                for row in sessions.current_sessions(current_user)]
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
        with refusal_at(form.current):
            service.change_password(current_user, current=form.current.data,
                                    new=form.password.data, at=now())
            forgive("sign_in", current_user.email)
            flash(gettext("The password is set. Sign in with it."), "success")
            return redirect(url_for("accounts.sign_in"))
    page = render_template("accounts/password.html", form=form)
    return page, 422 if form.errors else 200


@bp.route("/address", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_USE)
def address() -> ResponseReturnValue:
    form = NewAddressForm()
    if form.is_submitted():
        # Each try may test a password, and sends mail to somebody who did not ask for it.
        slow_down("sign_in", current_user.email)
        slow_down("new_address", current_user.email)
    if form.validate_on_submit():
        with refusal_at(form.current):
            addresses.ask_new_address(current_user, email=form.email.data,
                                      current=form.current.data, at=now())
            forgive("sign_in", current_user.email)
            return redirect(url_for("accounts.check_mail"))
    page = render_template("accounts/address.html", form=form)
    return page, 422 if form.errors else 200


@bp.post("/browsers/<int:number>/end")
@requires(Permission.ACCOUNT_USE)
def end_browser(number: int) -> ResponseReturnValue:
    row = next((s for s in sessions.current_sessions(current_user) if s.id == number), None)
    db.session.delete(row or abort(404))
    flash(gettext("That browser is signed out."), "success")
    return redirect(url_for("accounts.profile"))
