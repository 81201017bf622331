from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
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


@bp.get("/preferences")
def preferences() -> ResponseReturnValue:
    """Large type, high contrast, dark pages: kept in cookies, as they are the browser's, not the person's."""
    # By GET, since a token would cost every visitor of every page a session cookie.  Another site
    # can at most make the text large: values come from the table, the way back leads only here,
    # and neither the database nor the sign-in is touched.
    answer = make_response(redirect(local_path(request.args.get("next")) or url_for("public.home")))
    for name, allowed in _PREFERENCES.items():
        if request.args.get(name) in allowed:
            answer.set_cookie(name, request.args[name], max_age=_ONE_YEAR, path="/", samesite="Lax",
                              httponly=True, secure=current_app.config["SESSION_COOKIE_SECURE"])
    # The same address sets another preference next time only if the browser asks again.
    answer.headers["Cache-Control"] = "no-store"
    return answer
