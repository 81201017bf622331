"""Signing up, in and out; the forgotten password."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.accounts import service, sessions, tokens
from broker_admin.accounts.forms import (
    ForgottenForm,
    ResetForm,
    SignInForm,
    SignUpForm,
)
from broker_admin.accounts.throttle import slow_down
from broker_admin.accounts.views import bp
from broker_admin.clock import now
from broker_admin.forms import ConfirmForm
from broker_admin.i18n import language
from broker_admin.permissions import Permission
from broker_admin.web import local_path, requires


@bp.route("/sign-up", methods=["GET", "POST"])
def sign_up() -> ResponseReturnValue:
    """The same answer for a known address: who has an account is nobody's business."""
    if request.method == "POST":
        slow_down("sign_up")
    form = SignUpForm()
    if form.validate_on_submit():
        service.sign_up(email=form.email.data, name=form.name.data, password=form.password.data,
                        language=language(), at=now())
        return redirect(url_for("accounts.check_mail"))
    page = render_template("accounts/sign_up.html", form=form)
    return page, 422 if form.errors else 200


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


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    back = local_path(request.args.get("next"))
    if request.method == "POST":
        slow_down("sign_in", request.form.get("email", "")[:254])
    form = SignInForm()
    if form.validate_on_submit():
        user = service.check_password(form.email.data, form.password.data)
        if user:
            service.sign_in(user, at=now())
            return redirect(back or url_for("portal.home"))
        form.form_errors.append(gettext(
            "The address or the password is not right, or the address is not confirmed yet."))
    page = render_template("accounts/sign_in.html", form=form, back=back)
    return page, 422 if form.errors else 200


@bp.post("/sign-out")
@requires(Permission.ACCOUNT_USE)
def sign_out() -> ResponseReturnValue:
    sessions.end_this_session()
    answer = redirect(url_for("public.home"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@bp.post("/sign-out-everywhere")
@requires(Permission.ACCOUNT_USE)
def sign_out_everywhere() -> ResponseReturnValue:
    sessions.end_all(current_user)
    sessions.end_this_session()
    flash(gettext("You are signed out of every browser."), "success")
    return redirect(url_for("accounts.sign_in"))


@bp.route("/forgotten", methods=["GET", "POST"])
def forgotten() -> ResponseReturnValue:
    if request.method == "POST":
        slow_down("reset", request.form.get("email", "")[:254])
    form = ForgottenForm()
    if form.validate_on_submit():
        service.forget_password(form.email.data, at=now())
        return redirect(url_for("accounts.check_mail"))
    page = render_template("accounts/forgotten.html", form=form)
    return page, 422 if form.errors else 200


@bp.route("/reset/<string:token>", methods=["GET", "POST"])
def reset(token: str) -> ResponseReturnValue:
    tokens.look_at(token, tokens.RESET)
    form = ResetForm()
    if form.validate_on_submit():
        service.reset_password(token, form.password.data, at=now())
        flash(gettext("The password is set. Sign in with it."), "success")
        return redirect(url_for("accounts.sign_in"))
    page = render_template("accounts/reset.html", form=form)
    return page, 422 if form.errors else 200
