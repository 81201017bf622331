"""Browsers in which somebody has signed in before.

Strangers who guess an account's password elsewhere make it wait; its owner's own browser does not.
"""

from datetime import timedelta

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from broker_admin.db import blind_index

COOKIE = "known"
_LASTS = timedelta(days=180)


def remember(answer: Response, email: str) -> None:
    """Let this browser show later that this person has signed in with it."""
    # By the blind index, so that a lent computer tells nobody whose address was used on it.
    answer.set_cookie(COOKIE, str(_signer().dumps(_index(email))), max_age=_LASTS, httponly=True,
                      samesite="Lax", path="/", secure=current_app.config["SESSION_COOKIE_SECURE"])


def is_known(email: str) -> bool:
    """Whether the person with this address has signed in with the browser that asks."""
    try:
        index = _signer().loads(request.cookies.get(COOKIE, ""), max_age=int(_LASTS.total_seconds()))
    except BadData:
        return False
    return bool(index == _index(email))


def _index(email: str) -> str:
    return blind_index(f"browser of {email.strip().casefold()}")


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="known browser")
