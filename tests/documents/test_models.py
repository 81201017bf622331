import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.documents.content import LONGEST_NAME, MediaType
from broker_admin.documents.models import Document
from tests.factories import make_user


def kept(**changes):
    document = Document(**{
        "subject": "SQ-2026-000001", "slot": "articles", "name": "证明.pdf", "size": 10,
        "media_type": MediaType.PDF, "sha256": "a" * 64, "uploaded_at": now(), **changes})
    db.session.add(document)
    db.session.flush()
    return document


@pytest.mark.parametrize("column", [
    "subject", "slot", "name", "media_type", "size", "sha256", "uploaded_at"])
def test_nothing_about_a_file_is_left_open(app, column):
    with pytest.raises(IntegrityError, match=column):
        kept(**{column: None})


@pytest.mark.parametrize("size", [0, -1])
def test_a_file_has_content(app, size):
    with pytest.raises(IntegrityError, match="size"):
        kept(size=size)


@pytest.mark.parametrize("digest", ["", "a" * 63, "f"])
def test_a_digest_has_its_full_length(app, digest):
    with pytest.raises(IntegrityError, match="sha256"):
        kept(sha256=digest)


def test_only_known_kinds_of_files_are_kept(app):
    with pytest.raises(StatementError):
        kept(media_type="text/html")
    db.session.rollback()
    kept()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(db.text("UPDATE document SET media_type = 'text/html'"))


def test_a_file_was_uploaded_by_somebody_who_exists(app):
    assert kept(uploaded_by_id=make_user().id).id
    with pytest.raises(IntegrityError):
        kept(uploaded_by_id=10**6)


def test_the_same_content_may_belong_to_many_cases(app):
    first, second = kept(), kept(subject="SQ-2026-000002")
    assert first.sha256 == second.sha256
    assert first.reference != second.reference


def test_a_file_is_named_by_its_number(app):
    document = kept(name="合" * LONGEST_NAME)
    assert document.reference == f"document-{document.id}"
    assert document.removed_at is None
