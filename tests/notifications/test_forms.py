from broker_admin.notifications.forms import ReadAllForm


def test_nothing_is_asked_of_who_has_read_everything(app):
    with app.test_request_context():
        assert ReadAllForm().shown == []
