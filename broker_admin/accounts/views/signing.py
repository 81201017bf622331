"""Signing up, in and out."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from broker_admin.accounts import devices, service, sessions
from broker_admin.accounts.forms import SignInForm, SignUpForm
from broker_admin.accounts.throttle import forgive, slow_down
from broker_admin.accounts.views import bp
from broker_admin.clock import now
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


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    back = local_path(request.args.get("next"))
    if request.method == "POST":
        _count_try(request.form.get("email", ""))
    form = SignInForm()
    if form.validate_on_submit() and form.user:
        forgive("sign_in", form.user.email)
        service.sign_in(form.user, at=now())
        answer = redirect(back or url_for("portal.home"))
        devices.remember(answer, form.user.email)
        return answer
    page = render_template("accounts/sign_in.html", form=form, back=back)
    return page, 422 if form.errors else 200


def _count_try(email: str) -> None:
    # The owner's own browser is counted by its network address only.
    slow_down("sign_in", None if devices.is_known(email) else email)


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
