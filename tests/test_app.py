"""How the application is put together."""

from importlib import import_module
from pathlib import Path

import pytest

import broker_admin
from broker_admin import BLUEPRINTS, TABLES, create_app, import_models
from broker_admin.config import ROOT, ConfigurationError
from broker_admin.db import db
from tests.conftest import settings

ROOMS = sorted(path.parent.name for path in Path(broker_admin.__file__).parent.glob("*/models.py"))


@pytest.mark.parametrize("name", BLUEPRINTS)
def test_every_room_with_pages_is_served(app, name):
    assert import_module(f"broker_admin.{name}").bp.name in app.blueprints


def test_no_room_with_pages_is_forgotten():
    kept = {str(path.relative_to(ROOT / "broker_admin")).removesuffix("/__init__.py")
            .removesuffix(".py").replace("/", ".")
            for pattern in ("*/views.py", "*/views/__init__.py")
            for path in (ROOT / "broker_admin").glob(pattern)}
    assert kept == set(BLUEPRINTS)


@pytest.mark.parametrize("room", ROOMS)
def test_the_tables_of_every_room_are_known(room):
    import_models()
    models = vars(import_module(f"broker_admin.{room}.models")).values()
    own = [m for m in models if isinstance(m, type) and hasattr(m, "__tablename__")]
    assert all(model.__tablename__ in db.metadata.tables for model in own)


@pytest.mark.parametrize("name", TABLES)
def test_the_kernels_own_tables_are_known(name):
    module = import_module(f"broker_admin.{name}")
    own = {value.__tablename__ for value in vars(module).values()
           if isinstance(value, type) and hasattr(value, "__tablename__")}
    assert own
    assert own <= set(db.metadata.tables)


@pytest.mark.parametrize("changes", [
    {"SECRET_KEY": ""}, {"FIELD_KEY": "short"}, {"DEBUG": "1"}, {"ENVIRONMENT": "staging"},
    {"ENVIRONMENT": "production"},
])
def test_an_unsafe_application_is_not_made(changes):
    unsafe = settings("sqlite://", ENVIRONMENT="production") | changes
    with pytest.raises(ConfigurationError):
        create_app(unsafe)


def test_two_applications_share_nothing(fresh_database_url):
    one, two = (create_app(settings(url)) for url in ("sqlite://", fresh_database_url))
    assert one.config["DATABASE_URL"] != two.config["DATABASE_URL"]
    assert one.extensions["csrf"] is two.extensions["csrf"]
    assert one.view_functions.keys() == two.view_functions.keys()


def test_templates_come_from_the_top_level(app):
    assert app.template_folder == str(ROOT / "templates")
    assert app.jinja_env.autoescape is True or app.jinja_env.autoescape("x.html")


@pytest.mark.parametrize("template", ["letters/layout.html", "errors/error.html", "layout/base.html"])
def test_whatever_is_shown_is_escaped(app, template):
    assert app.jinja_env.autoescape(template)


def test_nothing_is_read_from_the_environment_by_itself(monkeypatch):
    monkeypatch.setenv("CONTACT_PHONE", "000")
    assert create_app(settings("sqlite://")).config["CONTACT_PHONE"] == "12345"


@pytest.mark.parametrize("path", ["/healthz", "/zh/healthz"])
def test_the_health_page_needs_nobody(browser, path):
    answer = browser.get(path)
    assert (answer.status_code, answer.headers.getlist("Set-Cookie")) == (200, [])
