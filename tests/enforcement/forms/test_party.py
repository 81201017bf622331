from io import BytesIO

import pytest

from broker_admin.clock import now
from broker_admin.documents import service as documents
from broker_admin.enforcement.forms.party import StatementForm
from tests.documents.files import pdf
from tests.enforcement.factories import make_notified


def sent(app, **answers):
    return app.test_request_context("/en/", method="POST", data=answers)


@pytest.mark.parametrize(("typed", "asks"), [("yes", True), ("no", False), ("", False)])
def test_a_hearing_is_asked_for_by_saying_so(app, typed, asks):
    with sent(app, hearing=typed):
        assert StatementForm(meta={"csrf": False}).asks_for_hearing is asks


def test_what_is_not_asked_is_not_answered(app):
    with sent(app, hearing="yes"):
        form = StatementForm(meta={"csrf": False})
        del form.hearing
        assert form.asks_for_hearing is False


@pytest.mark.parametrize(("data", "kept", "files"), [(None, True, 0), (pdf(1), True, 1), (b"MZ", False, 0)])
def test_a_file_is_kept_or_refused_in_words(app, cast, data, kept, files):
    case = make_notified(cast)
    with sent(app, **({"file": (BytesIO(data), "a.pdf")} if data else {})):
        form = StatementForm(meta={"csrf": False})
        place = {"subject": case.reference, "slot": "statement", "actor": cast.member, "at": now()}
        assert form.keep_file(**place) is kept
    assert len(documents.of(case.reference, "statement")) == files
    assert bool(form.file.errors) is not kept


def test_the_file_is_asked_for_after_the_words(app):
    with sent(app):
        assert [field.name for field in StatementForm(meta={"csrf": False}).shown] == [
            "statement", "file", "hearing", "sure"]
