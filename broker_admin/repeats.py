"""A form that is handed in twice is answered once."""

import re
from datetime import datetime

from flask import Flask, Response, g, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from broker_admin.clock import now
from broker_admin.db import Base, db

_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


class UsedForm(Base):
    """The key of a form that was accepted, and where it led."""

    __tablename__ = "used_form"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    location: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(index=True)


def init_app(app: Flask) -> None:
    app.before_request(_answer_again)
    # Runs before the transaction ends, as functions after a request run in reverse order.
    app.after_request(_remember)


def _answer_again() -> ResponseReturnValue | None:
    """Lead a repeated form to where the first one led."""
    # A click that is repeated while the first is still running meets the unique key, and a 409.
    key = request.form.get("once", "") if request.method == "POST" else ""
    if not _KEY.fullmatch(key):
        return None
    used = db.session.scalar(select(UsedForm).where(UsedForm.key == key))
    g.once = None if used else key
    return redirect(used.location, 303) if used else None


def _remember(response: Response) -> Response:
    key = g.pop("once", None)
    if key and response.status_code in {302, 303}:
        db.session.add(UsedForm(key=key, location=response.location[:500], at=now()))
    return response
