"""Error pages: each with a sentence in the user's language, and nothing changed."""

import secrets
from enum import StrEnum

from flask import Flask, Response, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError, StatementError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from broker_admin.db import db, is_collision
from broker_admin.refusals import N_, Refused
from broker_admin.templating import label

SENTENCES = {
    400: N_("What your browser sent could not be understood."),
    403: N_("You may not do this."),
    404: N_("There is no such page, or it is not for you to see."),
    405: N_("This page cannot be used in this way."),
    409: N_("Somebody else changed this in the meantime. Look at it again."),
    413: N_("What you sent is too large."),
    415: N_("This kind of content is not accepted here."),
    422: N_("Something you entered needs another look."),
    429: N_("Too many attempts. Wait a little and try again."),
    500: N_("Something went wrong on our side. Nothing was changed."),
    503: N_("The service is not available right now. Try again in a few minutes."),
}

_RETRY_SECONDS = 30


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(StaleDataError, _changed)
    app.register_error_handler(IntegrityError, _collision)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(OperationalError, _unavailable)
    app.register_error_handler(StatementError, _unstorable)
    app.register_error_handler(OverflowError, _too_large)
    app.register_error_handler(InternalServerError, _broken)


def page(code: int, sentence: str | None = None, number: str = "") -> tuple[str, int]:
    # The page asks the database too (who is signed in), and must not meet a failed transaction.
    db.session.rollback()
    sentence = sentence or gettext(SENTENCES.get(code, SENTENCES[400]))
    return render_template("errors/error.html", code=code, sentence=sentence, number=number), code


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()
    text, code = page(error.code)
    # Retry-After, Allow and their like belong to the answer, whatever its words.
    kept = [(k, v) for k, v in error.get_headers() if k.lower() != "content-type"]
    return text, code, kept


def _foreign_host(error: SecurityError) -> ResponseReturnValue:
    """Asked under a name that is not ours: no page, since its links would carry that name."""
    return Response("400 Bad Request\n", 400, mimetype="text/plain")


def _stale_form(error: CSRFError) -> ResponseReturnValue:
    return page(400, gettext("This page was open for too long or in another session. "
                             "Go back, load it again and repeat what you did."))


def _refused(error: Refused) -> ResponseReturnValue:
    values = {key: _word(value) for key, value in error.values.items()}
    return page(409, gettext(error.sentence) % values if values else gettext(error.sentence))


def _word(value: object) -> str:
    """A state by the word that its room gave it; anything else in the reader's language, if known."""
    return label(value) if isinstance(value, StrEnum) else gettext(str(value))


def _changed(error: StaleDataError) -> ResponseReturnValue:
    return page(409)


def _collision(error: IntegrityError) -> ResponseReturnValue:
    return page(409) if is_collision(error) else _broken_by(error)


def _unstorable(error: StatementError) -> ResponseReturnValue:
    """A value that no column can hold (a number too large, a NUL byte) is bad input."""
    if isinstance(error, DataError) or isinstance(error.orig, (ValueError, OverflowError)):
        return page(400)
    return _broken_by(error)


def _too_large(error: OverflowError) -> ResponseReturnValue:
    """SQLite's driver says it so about a number that is too large, without SQLAlchemy's wrapping."""
    return page(400)


def _unavailable(error: OperationalError) -> ResponseReturnValue:
    """The database is away, locked or full; so this page asks it nothing, not even for a name."""
    current_app.logger.error("database unavailable: %s", type(error.orig).__name__)
    text = current_app.jinja_env.get_template("errors/unavailable.html").render()
    return text, 503, {"Retry-After": str(_RETRY_SECONDS)}


def _broken_by(error: Exception) -> ResponseReturnValue:
    return _broken(InternalServerError(original_exception=error))


def _broken(error: InternalServerError) -> ResponseReturnValue:
    number = secrets.token_hex(4)
    current_app.logger.error("error %s", number, exc_info=error.original_exception)
    return page(500, number=number)
