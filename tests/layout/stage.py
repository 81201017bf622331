"""A small application with the names that every page relies on, to try the layout on."""

from dataclasses import dataclass
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, session
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect

from broker_admin.i18n import here
from broker_admin.templating import dated, day, moment

ROOT = Path(__file__).resolve().parents[2]
CATALOG = ROOT / "broker_admin/translations/zh/LC_MESSAGES/layout.po"
ENDPOINTS = (
    "public.home",
    "public.accessibility",
    "public.privacy",
    "public.contact",
    "public.preferences",
    "accounts.sign_in",
    "accounts.sign_out",
    "accounts.profile",
    "register.search",
    "notifications.inbox",
)


@dataclass
class Preferences:
    elder: bool = False
    contrast: bool = False
    theme: str = "auto"


@dataclass
class Visitor:
    name: str = ""

    @property
    def is_authenticated(self) -> bool:
        return bool(self.name)


@dataclass
class Surroundings:
    """What the application tells every page; a test changes what it is about."""

    language: str
    preferences: Preferences
    current_user: Visitor
    demo: bool = True

    def context(self) -> dict[str, object]:
        return {
            **vars(self),
            "language_tag": {"zh": "zh-CN"}.get(self.language, self.language),
            "contact_phone": "12345",
            "switch_url": "/other",
            "here": here(),
            "alternates": {"zh-CN": "http://localhost/zh/", "en": "http://localhost/en/"},
            "navigation": [
                {"label": "One", "url": "/one", "active": True, "badge": 6},
                {"label": "Two", "endpoint": "register.search", "active": False, "badge": None},
            ],
        }


def compile_catalog(folder: Path) -> Path:
    """The layout's Chinese catalog as gettext reads it, in a folder of the test's own."""
    target = folder / "zh/LC_MESSAGES/layout.mo"
    target.parent.mkdir(parents=True)
    with CATALOG.open("rb") as source, target.open("wb") as compiled:
        write_mo(compiled, read_po(source, locale="zh"))
    return folder


def build_stage(language: str, catalogs: Path) -> Flask:
    stage = Flask(
        __name__,
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "broker_admin/static"),
    )
    stage.config.update(
        SECRET_KEY="stage",
        TESTING=True,
        BABEL_TRANSLATION_DIRECTORIES=str(catalogs),
        BABEL_DOMAIN="layout",
        BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
    )
    stage.jinja_env.trim_blocks = stage.jinja_env.lstrip_blocks = True
    stage.jinja_env.filters.update(day=day, moment=moment, dated=dated)
    stage.jinja_env.tests["served"] = stage.view_functions.__contains__
    Babel(stage, locale_selector=lambda: session.get("language", language))
    CSRFProtect(stage)
    around = Surroundings(language, Preferences(), Visitor())
    stage.extensions["surroundings"] = around
    stage.context_processor(around.context)
    for endpoint in ENDPOINTS:
        stage.add_url_rule(f"/{endpoint.replace('.', '/')}", endpoint, lambda: "")
    stage.add_url_rule("/list/<kind>", "list", lambda kind: "")
    return stage
