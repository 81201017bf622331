from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from broker_admin.web import local_path

bp = Blueprint("public", __name__)

_ONE_YEAR = 31_536_000
_PREFERENCES = {"elder": {"0", "1"}, "contrast": {"0", "1"}, "theme": {"auto", "light", "dark"}}


@bp.get("/")
def home() -> ResponseReturnValue:
    return render_template("public/home.html")


@bp.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    return render_template("public/accessibility.html")


@bp.get("/privacy")
def privacy() -> ResponseReturnValue:
    return render_template("public/privacy.html")


@bp.get("/contact")
def contact() -> ResponseReturnValue:
    return render_template("public/contact.html")


@bp.get("/healthz")
def health() -> ResponseReturnValue:
    return Response("ok\n", mimetype="text/plain")


@bp.post("/preferences")
def preferences() -> ResponseReturnValue:
    """Large type, high contrast, dark pages: kept in cookies, as they are the browser's, not the person's."""
    back = local_path(request.form.get("next")) or url_for("public.home")
    answer = make_response(redirect(back))
    for name, allowed in _PREFERENCES.items():
        value = request.form.get(name, "")
        if value in allowed:
            answer.set_cookie(name, value, max_age=_ONE_YEAR, samesite="Lax", path="/")
    return answer
