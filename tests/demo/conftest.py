"""The demonstration's history, told once for all workers and copied by each of them.

It takes most of a minute, so on SQLite it is kept under var/ until a line of the product changes.
"""

import fcntl
import hashlib
import os
import shutil
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from broker_admin import clock, config, create_app
from broker_admin.db import db
from broker_admin.demo import history
from tests.conftest import NOON, POSTGRES, Browser, settings

SQLITE = os.environ.get("TEST_DATABASE", "sqlite") == "sqlite"
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
FOLDER = config.ROOT / "var" / "test-history"


def fingerprint():
    """Of everything that the history follows from."""
    digest = hashlib.sha256()
    for part in ("broker_admin", "templates"):
        for path in sorted((config.ROOT / part).rglob("*")):
            if path.suffix in {".py", ".toml", ".txt", ".html"}:
                digest.update(f"{path}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def one_at_a_time():
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / "lock", "w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def made_app(url, store):
    return create_app(settings(url, ENVIRONMENT="demo", DOCUMENT_STORE=str(store)))


def tell(url, store, until=NOON):
    """Tell the history up to noon of a Monday, into empty tables."""
    app = made_app(url, store)
    with app.app_context(), clock.at(until):
        db.create_all()
        history.fill(lambda done, total: None)
        db.session.remove()
        db.engine.dispose()


@contextmanager
def sqlite_copy(folder):
    with one_at_a_time():
        kept = FOLDER / fingerprint()
        if not (kept / "told").exists():
            for old in (path for path in FOLDER.iterdir() if path.is_dir()):
                shutil.rmtree(old)
            kept.mkdir()
            tell(f"sqlite:///{kept / 'history.sqlite3'}", kept / "documents")
            (kept / "told").touch()
        shutil.copytree(kept, folder, dirs_exist_ok=True)
    yield f"sqlite:///{folder / 'history.sqlite3'}", folder / "documents"


@contextmanager
def server():
    engine = sa.create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield lambda statement: connection.execute(sa.text(statement))
    engine.dispose()


@contextmanager
def postgresql_copy(folder):
    """The first worker tells it, each copies it, the last one drops it."""
    template, mine = f"broker_admin_history_{RUN}", f"broker_admin_history_{RUN}_{os.getpid()}"
    shared = FOLDER / RUN
    with one_at_a_time(), server() as execute:
        if not (shared / "told").exists():
            shared.mkdir(exist_ok=True)
            execute(f"DROP DATABASE IF EXISTS {template} WITH (FORCE)")
            execute(f"CREATE DATABASE {template}")
            tell(url_of(template), shared / "documents")
            (shared / "told").touch()
        execute(f"CREATE DATABASE {mine} TEMPLATE {template}")
        (shared / mine).touch()
    yield url_of(mine), shared / "documents"
    with one_at_a_time(), server() as execute:
        execute(f"DROP DATABASE {mine} WITH (FORCE)")
        (shared / mine).unlink()
        if not list(shared.glob("broker_admin_*")):
            execute(f"DROP DATABASE {template} WITH (FORCE)")
            shutil.rmtree(shared)


def url_of(database):
    return sa.make_url(POSTGRES).set(database=database).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def prepared_app(tmp_path_factory):
    """In place of the empty app of the other tests: whatever one does is undone as there."""
    copy = sqlite_copy if SQLITE else postgresql_copy
    with copy(tmp_path_factory.mktemp("history")) as (url, store):
        app = made_app(url, store)
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=True)
        app.test_client_class = Browser
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(autouse=True)
def noon():
    """The hour at which the history ends."""
    with clock.at(NOON):
        yield NOON
