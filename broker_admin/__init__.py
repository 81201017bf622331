"""Licensing and supervision of data brokers."""

import os
import pkgutil
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

from flask import Blueprint, Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from broker_admin import config, db, errors, i18n, navigation, repeats, security, templating
from broker_admin.accounts import sessions

BLUEPRINTS = (
    "public.views",
    "portal.views",
    "desk.views",
    "accounts.views",
    "licenses.views",
    "exams.views",
    "practitioners.views",
    "notifications.views",
    "audit.views",
    "applications.views",
    "supervision.views",
    "jobs.views",
    "admin.views",
    "enforcement.views",
    "register.views",
    "complaints.views",
)

# Tables of the kernel; those of a room are in its module ``models``.
TABLES = ("ledger", "repeats", "sequences", "workdays")


def create_app(environ: Mapping[str, str] = os.environ) -> Flask:
    app = Flask(__name__, template_folder=str(config.ROOT / "templates"))
    app.config.from_mapping(config.load(environ))
    config.check(app.config)
    app.config["SQLALCHEMY_DATABASE_URI"] = app.config["DATABASE_URL"]
    # Only so many proxies are believed as the operator says there are.
    proxies = app.config["TRUSTED_PROXIES"]
    app.wsgi_app = ProxyFix(app.wsgi_app, proxies, proxies, proxies)  # type: ignore[method-assign]
    # Functions after a request run in reverse: the transaction ends before headers are added.
    security.init_app(app)
    import_models()
    db.init_app(app)
    repeats.init_app(app)
    Migrate(app, db.db, str(config.ROOT / "migrations"), render_as_batch=True)
    sessions.init_app(app)
    i18n.init_app(app)
    templating.init_app(app)
    navigation.init_app(app)
    for name in BLUEPRINTS:
        app.register_blueprint(_pages(name))
    errors.init_app(app)
    return app


def import_models() -> None:
    """Let the metadata know every table, those of rooms without pages too."""
    for name in TABLES:
        import_module(f"broker_admin.{name}")
    for room in pkgutil.iter_modules(__path__):
        if room.ispkg and find_spec(f"broker_admin.{room.name}.models"):
            import_module(f"broker_admin.{room.name}.models")


def _pages(name: str) -> Blueprint:
    """The blueprint of one ``views``, with every module of pages in it loaded."""
    views = import_module(f"broker_admin.{name}")
    # From here, because ``views`` cannot import its own pages without a circle.
    for page in pkgutil.iter_modules(getattr(views, "__path__", ())):
        import_module(f"{views.__name__}.{page.name}")
    blueprint: Blueprint = views.bp
    return blueprint
