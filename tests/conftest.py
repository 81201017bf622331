"""The app on a real database (SQLite, or PostgreSQL with TEST_DATABASE=postgresql), and a browser."""

import os
import re
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache

import html5lib
import pytest
import sqlalchemy as sa
from flask import g
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from broker_admin import create_app
from broker_admin.accounts import sessions
from broker_admin.accounts.models import UserSession
from broker_admin.clock import now
from broker_admin.db import db

POSTGRES = os.environ.get(
    "TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")
NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)

# How long an example takes says how busy the machine is, and nothing about the product.
hypothesis_settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("suite")


def settings(database_url, **changes):
    return {
        "ENVIRONMENT": "test", "SECRET_KEY": "s" * 40, "FIELD_KEY": "f" * 40,
        "DATABASE_URL": database_url, "DOCUMENT_STORE": "var/test-documents", **changes,
    }


@contextmanager
def empty_database(suffix, folder, template="template1"):
    """A PostgreSQL database, empty or copied, or no SQLite file yet: this run's own, dropped at the end."""
    if os.environ.get("TEST_DATABASE", "sqlite") == "sqlite":
        yield f"sqlite:///{folder}/{suffix}.sqlite3"
        return
    name = f"broker_admin_test_{os.getpid()}_{suffix}"
    server = sa.create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield str(sa.make_url(POSTGRES).set(database=name).render_as_string(hide_password=False))
    with server.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(scope="session")
def database_url(tmp_path_factory):
    """The database of the whole run; in memory, where it is SQLite."""
    if os.environ.get("TEST_DATABASE", "sqlite") == "sqlite":
        yield "sqlite://"
        return
    with empty_database("main", tmp_path_factory.getbasetemp()) as url:
        yield url


@pytest.fixture
def fresh_database_url(tmp_path):
    """A database of this test's own, without tables, which other processes can open too."""
    with empty_database("fresh", tmp_path) as url:
        yield url


@pytest.fixture(scope="session")
def prepared_app(database_url, tmp_path_factory):
    store = tmp_path_factory.mktemp("documents")
    app = create_app(settings(database_url, DOCUMENT_STORE=str(store)))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=True)
    app.test_client_class = Browser
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(prepared_app):
    """The app inside one transaction, undone after the test: every commit is a savepoint's."""
    with prepared_app.app_context():
        engine = db.engine
        connection = engine.connect()
        outer = connection.begin()
        engines = db._app_engines[prepared_app]
        engines[None] = connection
        db.session.configure(join_transaction_mode="create_savepoint")
        yield prepared_app
        db.session.remove()
        engines[None] = engine
        outer.rollback()
        connection.close()


@pytest.fixture
def shared_app(fresh_database_url):
    """An app on a database that several connections use at once."""
    app = create_app(settings(fresh_database_url))
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def browser(app):
    """A browser without JavaScript that reads English."""
    return app.test_client()


# What differs between pages built alike: answers filled in, tokens, dates, numbers.
VARYING = re.compile(r'(?<=value=)"[^"]*"|(?<![#0-9])[0-9]+')


def assert_strict(page):
    """Every page is HTML as it should be; browsers mend the rest each in their own way."""
    _assert_strict(VARYING.sub(lambda found: '""' if found[0][0] == '"' else "0", page))


@cache
def _assert_strict(page):
    try:
        html5lib.HTMLParser(strict=True).parse(page)
    except html5lib.html5parser.ParseError as error:
        raise AssertionError(f"not strict HTML: {error}\n{page}") from None


class Browser(FlaskClient):
    """Fetches pages, hands in forms with the hidden fields of their page, and signs in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"

    def sign_in(self, user):
        """As this person from now on, without the sign-in page."""
        g.pop("_login_user", None)
        db.session.flush()
        with self.session_transaction() as cookie:
            token = f"token-{user.id}-{os.urandom(8).hex()}"
            cookie.clear()
            cookie["_user_id"], cookie["_fresh"] = token, True
        db.session.add(UserSession(
            token_hash=sessions._digest(token), user_id=user.id, created_at=now(), seen_at=now(),
            ends_at=now() + sessions._longest(user), agent="test",
        ))
        db.session.commit()
        return self

    def sign_out(self):
        g.pop("_login_user", None)
        with self.session_transaction() as cookie:
            cookie.clear()
        return self

    def open(self, *args, **kwargs):
        # The tests' own context outlives each request, which would find the last one's things there.
        for name in ("_login_user", "csrf_token", "writes", "_flask_babel", "once"):
            g.pop(name, None)
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code != 302:
            assert_strict(response.text)
        return response

    def submit(self, path, page=None, **answers):
        """Load the page, and post the answers with its token and key, as a browser would."""
        form = self.get(page or path).text
        hidden = {name: match[1] for name in ("csrf_token", "once")
                  if (match := re.search(rf'name="{name}"[^>]*value="([^"]*)"', form))}
        return self.post(path, data={**hidden, **answers}, content_type="multipart/form-data")
