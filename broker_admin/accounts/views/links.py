"""Links by mail: to confirm an address, to set a password, to move to another address."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from broker_admin.accounts import addresses, requested, service, tokens
from broker_admin.accounts.forms import ConfirmationForm, ForgottenForm, ResetForm
from broker_admin.accounts.throttle import slow_down
from broker_admin.accounts.views import bp
from broker_admin.clock import now
from broker_admin.forms import ConfirmForm


@bp.get("/check-mail")
def check_mail() -> ResponseReturnValue:
    return render_template("accounts/check_mail.html")


@bp.route("/verify/<string:token>", methods=["GET", "POST"])
def verify(token: str) -> ResponseReturnValue:
    """By a button and not by the link alone, since mail scanners follow links."""
    form = ConfirmForm()
    if form.validate_on_submit():
        service.verify_address(token, at=now())
        flash(gettext("Your address is confirmed. You can sign in now."), "success")
        return redirect(url_for("accounts.sign_in"))
    tokens.look_at(token, tokens.VERIFY)
    return render_template("accounts/verify.html", form=form)


@bp.route("/confirmation", methods=["GET", "POST"])
def confirmation() -> ResponseReturnValue:
    if request.method == "POST":
        slow_down("confirmation", request.form.get("email", ""))
    form = ConfirmationForm()
    if form.validate_on_submit():
        requested.ask(tokens.VERIFY, form.email.data, at=now())
        return redirect(url_for("accounts.check_mail"))
    page = render_template("accounts/confirmation.html", form=form)
    return page, 422 if form.errors else 200


@bp.route("/forgotten", methods=["GET", "POST"])
def forgotten() -> ResponseReturnValue:
    if request.method == "POST":
        slow_down("reset", request.form.get("email", ""))
    form = ForgottenForm()
    if form.validate_on_submit():
        requested.ask(tokens.RESET, form.email.data, at=now())
        return redirect(url_for("accounts.check_mail"))
    page = render_template("accounts/forgotten.html", form=form)
    return page, 422 if form.errors else 200


@bp.route("/reset/<string:token>", methods=["GET", "POST"])
def reset(token: str) -> ResponseReturnValue:
    return _set_password(token, tokens.RESET)


@bp.route("/invitation/<string:token>", methods=["GET", "POST"])
def invitation(token: str) -> ResponseReturnValue:
    return _set_password(token, tokens.INVITE)


def _set_password(token: str, purpose: str) -> ResponseReturnValue:
    tokens.look_at(token, purpose)
    form = ResetForm()
    if form.validate_on_submit():
        service.reset_password(token, form.password.data, at=now(), purpose=purpose)
        flash(gettext("The password is set. Sign in with it."), "success")
        return redirect(url_for("accounts.sign_in"))
    page = render_template("accounts/reset.html", form=form)
    return page, 422 if form.errors else 200


@bp.route("/new-address/<string:token>", methods=["GET", "POST"])
def new_address(token: str) -> ResponseReturnValue:
    form = ConfirmForm()
    if form.validate_on_submit():
        addresses.change_address(token, at=now())
        flash(gettext("The new address is confirmed. Sign in with it."), "success")
        return redirect(url_for("accounts.sign_in"))
    tokens.look_at(token, tokens.MOVE)
    return render_template("accounts/verify.html", form=form)
