import io

import pytest
from flask_babel import force_locale
from werkzeug.datastructures import FileStorage

from broker_admin.clock import now
from broker_admin.documents.forms import UploadForm
from tests.documents import files
from tests.factories import make_user


@pytest.fixture
def request_context(app):
    with app.test_request_context(method="POST", headers={"Accept-Language": "en"}):
        yield


def handed_in(data, name="a.pdf"):
    form = UploadForm(meta={"csrf": False})
    form.file.data = FileStorage(io.BytesIO(data), name)
    return form, form.attach(subject="SQ-2026-000009", slot="plan", actor=make_user(), at=now())


def test_an_accepted_file_is_the_answer(request_context):
    form, document = handed_in(files.pdf())
    assert document.slot == "plan"
    assert not form.file.errors


def test_a_refused_file_is_told_at_its_field(request_context):
    form, document = handed_in(b"MZ")
    assert document is None
    assert form.errors == {"file": ["Only PDF, PNG and JPEG files are accepted. This file is none of them."]}


def test_the_sentence_carries_its_numbers(request_context):
    form, _ = handed_in(b"%PDF-" + bytes(11 * 1024**2))
    assert form.file.errors == ["This file is larger than 10 MB."]


def test_the_field_says_what_is_accepted(request_context):
    form = UploadForm(meta={"csrf": False})
    assert "at most 10 MB" in form.file.description
    assert not form.validate()
    assert form.file.errors == ["Choose a file."]


@pytest.mark.parametrize(("language", "said"), [
    ("en", "This PDF is protected by a password."), ("zh", "密码")])
def test_a_refusal_is_said_in_the_readers_language(app, language, said):
    with app.test_request_context(method="POST"), force_locale(language):
        form, document = handed_in(files.pdf(user_password="secret"))
        assert document is None
        assert said in form.file.errors[0]


@pytest.mark.parametrize("name", ["", "   ", "a", "../a.pdf\x00.exe"])
def test_a_name_that_does_not_fit_is_told(request_context, name):
    form, document = handed_in(files.picture(), name)
    assert document is None
    assert form.file.errors


def test_a_file_handed_in_twice_is_told(request_context):
    handed_in(files.pdf(4))
    form, document = handed_in(files.pdf(4))
    assert document is None
    assert form.file.errors == ["This file has already been uploaded here."]
