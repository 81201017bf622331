"""The database that every journey begins with: made once, then copied."""

import shutil
from contextlib import contextmanager

import sqlalchemy as sa

from broker_admin import create_app, schema
from broker_admin.db import db
from tests.conftest import empty_database, settings
from tests.journeys.stage import set_up

SQLITE = "sqlite:///"


@contextmanager
def prepared(folder):
    """The original; nobody may be connected to it when it is copied."""
    with empty_database("stage", folder) as url:
        app = create_app(settings(url, DOCUMENT_STORE=str(folder / "documents")))
        with app.app_context():
            schema.migrate()
            set_up()
            db.session.remove()
            db.engine.dispose()
        yield url


@contextmanager
def copy_of(original, name, folder):
    """Another database of the same content, dropped at the end."""
    if original.startswith(SQLITE):
        shutil.copyfile(original.removeprefix(SQLITE), folder / f"{name}.sqlite3")
        yield f"{SQLITE}{folder}/{name}.sqlite3"
        return
    with empty_database(name, folder, template=sa.make_url(original).database) as url:
        yield url
