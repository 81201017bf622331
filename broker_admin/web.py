"""What every view shares: who is let in, how a case is found, where a form leads."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast
from urllib.parse import urlsplit

from flask import abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, select

from broker_admin.db import SAFE_METHODS, Base, db
from broker_admin.i18n import LANGUAGES
from broker_admin.permissions import Permission, can, granted, might

Arguments = ParamSpec("Arguments")
View = Callable[Arguments, ResponseReturnValue]
M = TypeVar("M", bound=Base)

PER_PAGE = 25
MOST_PAGES = 100_000


def requires(
    permission: Permission, *, by_role: bool = False
) -> Callable[[View[Arguments]], View[Arguments]]:
    """Let in whoever could have this permission for some case; the others see nothing there.

    ``by_role``: only those whose role carries it, for the desk's pages, where nobody is a party.
    """

    def decorate(view: View[Arguments]) -> View[Arguments]:
        @wraps(view)
        def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return ask_to_sign_in()
            if not (permission in granted(current_user) if by_role
                    else might(current_user, permission)):
                abort(404)
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def ask_to_sign_in() -> ResponseReturnValue:
    """To the sign-in page; back here afterwards, if here was only to be looked at."""
    back = request.full_path.rstrip("?") if request.method in SAFE_METHODS else None
    return redirect(url_for("accounts.sign_in", next=back))


def load(model: type[M], permission: Permission, **by: Any) -> M:
    """The one case with this reference, for the current user; 404 unless they may do this to it."""
    # One answer for what does not exist and what is not theirs: existence itself may be confidential.
    case = db.session.scalars(select(model).filter_by(**by)).one_or_none()
    if case is None or not can(current_user, permission, cast(Any, case)):
        abort(404)
    return case


def page_of(query: Select[Any]) -> Pagination:
    """The page of this list that ``?page=`` asks for; the first where it asks nonsense."""
    asked = request.args.get("page", "1")
    # isdigit alone takes Arabic digits and superscripts, which int() reads or refuses.
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    return db.paginate(query, page=min(max(page, 1), MOST_PAGES), per_page=PER_PAGE,
                       error_out=False)


def local_path(target: str | None) -> str | None:
    """The target, if it is a plain path of this site; None for anything that leads elsewhere."""
    if not target or not target.startswith("/") or target[1:2] in {"/", "\\"}:
        return None
    if any(ord(character) < 32 for character in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


def public_url(endpoint: str, language: str | None = None, **values: Any) -> str:
    """The full address of a page, for mails and codes on paper, whatever host was asked."""
    # Never the host of the request: a mail would carry a link to wherever its sender asked from.
    root = current_app.config["BASE_URL"].rstrip("/")
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{root}/{language}{path}" if language in LANGUAGES else f"{root}{path}"
