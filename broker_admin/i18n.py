"""Language of the request: by the prefix of its path, else by the person, else by the browser."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from flask import Flask, has_request_context, request
from flask_babel import Babel
from flask_login import current_user

from broker_admin.config import ROOT

LANGUAGES = {"zh": "中文", "en": "English"}
TAGS = {"zh": "zh-CN", "en": "en"}

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class LanguagePrefix:
    """Moves ``/zh`` or ``/en`` from the path to the script name, so that links keep the language."""

    def __init__(self, app: WsgiApp) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        first, _, rest = environ.get("PATH_INFO", "").removeprefix("/").partition("/")
        if first in LANGUAGES:
            environ["broker_admin.root"] = environ.get("SCRIPT_NAME", "")
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/{first}"
            environ["PATH_INFO"] = f"/{rest}"
            environ["broker_admin.language"] = first
        return self.app(environ, start)


def language() -> str:
    """The language in which this request is answered: ``zh`` or ``en``; of a job, ``zh``."""
    # A job speaks to nobody in particular; messages name their reader's language themselves.
    if not has_request_context():
        return "zh"
    # The address first, so that a link shows to everybody what it showed to its sender.
    asked: str | None = request.environ.get("broker_admin.language")
    if asked:
        return asked
    if current_user and current_user.is_authenticated:
        return str(current_user.language)
    return request.accept_languages.best_match(list(LANGUAGES)) or "zh"


def in_language(code: str) -> str:
    """The address of the page being shown, in another language."""
    root = request.environ.get("broker_admin.root", request.environ.get("SCRIPT_NAME", ""))
    query = f"?{request.query_string.decode('utf-8', 'replace')}" if request.query_string else ""
    return f"{root}/{code}{quote(request.path)}{query}"


def here() -> str:
    """The address of the page being shown, as it may stand in another page's HTML."""
    query = f"?{request.query_string.decode('utf-8', 'replace')}" if request.query_string else ""
    return f"{request.script_root}{quote(request.path)}{query}"


def init_app(app: Flask) -> None:
    rooms = sorted(p.stem for p in (ROOT / "broker_admin/translations/zh/LC_MESSAGES").glob("*.po"))
    # One catalog per room: the folder once for each, and the rooms' names as domains.
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(["translations"] * max(len(rooms), 1))
    app.config["BABEL_DOMAIN"] = ";".join(rooms) or "messages"
    Babel(app, default_locale="en", default_timezone="Asia/Shanghai", locale_selector=language)
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign, assignment]
    app.context_processor(_for_templates)


def _for_templates() -> dict[str, Any]:
    code = language()
    return {
        "language": code,
        "language_tag": TAGS[code],
        "here": here(),
        "switch_url": in_language("en" if code == "zh" else "zh"),
        "alternates": {TAGS[other]: in_language(other) for other in LANGUAGES},
    }
