"""Headers and cookies of every answer."""

from flask import Flask, Response, abort, current_app, g, request
from flask_wtf import CSRFProtect

CONTENT_SECURITY_POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
))
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
ONE_YEAR = 31_536_000

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    secure = app.config["BASE_URL"].startswith("https://")
    app.config.update(
        # The prefix makes browsers refuse the cookie from another host; it needs https.
        SESSION_COOKIE_NAME="__Host-session" if secure else "session",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        MAX_CONTENT_LENGTH=(app.config["MAX_UPLOAD_MEGABYTES"] + 1) * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=500_000,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=secure,
    )
    app.before_request(_limit_plain_forms)
    csrf.init_app(app)
    app.before_request(_refuse_nul)
    app.after_request(_add_headers)


def _limit_plain_forms() -> None:
    """Forms without files are read whole; the limit for texts does not hold for them by itself."""
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def _refuse_nul() -> None:
    """No name has a NUL in it; PostgreSQL would refuse to look for one, SQLite would find nothing."""
    if "\0" in request.path:
        abort(404)


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR}")
    # What a signed-in person saw must not be in the browser's or a proxy's cache afterwards.
    person = g.get("_login_user")  # only where the page asked who it is: public pages need not know
    if person and person.is_authenticated:
        response.headers["Cache-Control"] = "no-store"
    return response
