import pytest
import sqlalchemy as sa

from broker_admin import create_app, schema
from broker_admin.config import ConfigurationError
from broker_admin.db import db
from tests.conftest import settings


@pytest.fixture
def fresh(fresh_database_url):
    app = create_app(settings(fresh_database_url))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_migrating_leads_to_the_newest(fresh):
    assert schema.current() is None
    schema.migrate()
    assert schema.current() == schema.newest()


def test_migrating_again_changes_nothing(fresh):
    schema.migrate()
    before = sa.inspect(db.engine).get_table_names()
    schema.migrate()
    assert sa.inspect(db.engine).get_table_names() == before


def test_an_unmigrated_database_is_not_served(fresh):
    with pytest.raises(ConfigurationError, match="run: broker-admin init"):
        schema.require_newest(fresh)
    schema.migrate()
    assert schema.require_newest(fresh) is None
