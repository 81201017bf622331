from broker_admin.db import db
from broker_admin.notifications import queries
from tests.conftest import NOON
from tests.factories import make_user
from tests.notifications.test_delivery import make_message


def test_the_inbox_is_ones_own_newest_first(app):
    owner, stranger = make_user(), make_user()
    first, second = make_message(owner), make_message(owner)
    make_message(stranger)
    assert db.session.scalars(queries.inbox_of(owner.id)).all() == [second, first]


def test_read_messages_are_not_counted(app):
    owner = make_user()
    make_message(owner), make_message(owner, read_at=NOON), make_message()
    assert queries.unread_count(owner.id) == len(queries.unread_of(owner.id)) == 1


def test_the_outbox_holds_letters_to_everybody(app):
    messages = [make_message(make_user()), make_message()]
    assert db.session.scalars(queries.outbox()).all() == messages[::-1]
