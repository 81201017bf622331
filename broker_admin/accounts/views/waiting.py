"""The page for whoever tries too often: it says when to try again."""

import math

from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from werkzeug.exceptions import TooManyRequests

from broker_admin.accounts.views import bp
from broker_admin.errors import page

_MINUTE, _HOUR = 60, 3_600


@bp.app_errorhandler(TooManyRequests)
def wait(error: TooManyRequests) -> ResponseReturnValue:
    seconds = error.retry_after
    if not isinstance(seconds, int):
        return page(429)
    return *page(429, sentence(seconds)), {"Retry-After": str(seconds)}


def sentence(seconds: int) -> str:
    """Rounded up, so that whoever comes back then is let in."""
    if seconds < _MINUTE:
        return str(ngettext("Too many attempts. Try again in %(num)s second.",
                            "Too many attempts. Try again in %(num)s seconds.", seconds))
    if seconds <= _HOUR:
        return str(ngettext("Too many attempts. Try again in %(num)s minute.",
                            "Too many attempts. Try again in %(num)s minutes.",
                            math.ceil(seconds / _MINUTE)))
    return str(ngettext("Too many attempts. Try again in %(num)s hour.",
                        "Too many attempts. Try again in %(num)s hours.",
                        math.ceil(seconds / _HOUR)))
