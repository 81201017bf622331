import io
import os
import time

import pytest
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage

from broker_admin.clock import now
from broker_admin.db import db
from broker_admin.documents import service, storage
from broker_admin.documents.content import UploadRefused
from broker_admin.documents.models import Document
from broker_admin.documents.storage import FileGone
from broker_admin.ledger import AuditEntry
from broker_admin.permissions import SYSTEM
from broker_admin.refusals import Refused
from tests.documents import files
from tests.factories import make_user

CASE = "SQ-2026-000001"


def upload(data=None, name="证明.pdf"):
    return FileStorage(io.BytesIO(files.pdf() if data is None else data), name)


def attach(user, data=None, slot="articles", subject=CASE, name="证明.pdf"):
    return service.attach(upload(data, name), subject=subject, slot=slot, actor=user, at=now())


def entries():
    db.session.commit()
    return db.session.scalars(db.select(AuditEntry).order_by(AuditEntry.number)).all()


def test_an_attached_file_belongs_to_its_case(app):
    user = make_user()
    document = attach(user)
    assert service.of(CASE) == service.of(CASE, "articles") == [document]
    assert service.of(CASE, "plan") == service.of("SQ-2026-000002") == []
    assert (document.name, document.media_type, document.uploaded_by_id) == (
        "证明.pdf", "application/pdf", user.id)
    with service.open_file(document) as file:
        assert file.read() == files.pdf()


def test_attaching_is_recorded_without_the_name(app):
    document = attach(make_user())
    entry = entries()[0]
    assert (entry.name, entry.subject, entry.status) == ("document.attached", CASE, None)
    assert entry.facts == {"document": document.reference, "slot": "articles", "size": document.size,
                           "media_type": "application/pdf", "sha256": document.sha256}


def test_a_refused_file_leaves_no_trace(app):
    with pytest.raises(UploadRefused):
        attach(make_user(), b"not a document")
    assert service.of(CASE) == []
    assert entries() == []


def test_the_largest_file_is_set_by_the_operator(app):
    largest = app.config["MAX_UPLOAD_MEGABYTES"] * 1024**2
    with pytest.raises(UploadRefused, match="larger than 10 MB"):
        attach(make_user(), b"%PDF-" + bytes(largest))


def test_the_same_file_twice_is_refused_in_one_slot(app):
    user = make_user()
    attach(user)
    with pytest.raises(UploadRefused, match="already been uploaded"):
        attach(user)
    assert attach(user, slot="plan").id


def test_a_case_holds_so_many_files(app, monkeypatch):
    monkeypatch.setattr(service, "MOST_PER_CASE", 1)
    user = make_user()
    attach(user)
    with pytest.raises(UploadRefused, match="already 1 files in this case"):
        attach(user, slot="plan")
    assert attach(user, subject="SQ-2026-000002").id


def test_a_case_holds_so_many_bytes(app, monkeypatch):
    monkeypatch.setattr(service, "LARGEST_CASE", len(files.pdf()) + 10)
    user = make_user()
    attach(user)
    with pytest.raises(UploadRefused, match="together are larger"):
        attach(user, slot="plan")


def test_a_removed_file_is_no_longer_of_the_case(app):
    user = make_user()
    document = attach(user)
    service.remove(document, actor=user, at=now())
    assert service.of(CASE) == []
    assert [e.name for e in entries()] == ["document.attached", "document.removed"]
    with pytest.raises(FileGone, match="has been removed"):
        service.open_file(document)


def test_a_removed_file_may_be_uploaded_again(app):
    user = make_user()
    service.remove(attach(user), actor=user, at=now())
    assert attach(user).removed_at is None


def test_removing_twice_is_refused(app):
    user = make_user()
    document = attach(user)
    service.remove(document, actor=user, at=now())
    with pytest.raises(Refused, match="already been removed"):
        service.remove(document, actor=user, at=now())


def test_the_system_keeps_the_same_file_once(app):
    kept = [service.keep(files.pdf(), name="certificate.pdf", media_type="application/pdf",
                         subject="license-1", slot="certificate", actor=SYSTEM, at=now())
            for _ in range(2)]
    assert kept[0] is kept[1]
    assert kept[0].uploaded_by_id is None


def test_a_file_is_sent_to_be_saved_and_not_run(app):
    document = attach(make_user(), name="报告 \"1\".pdf")
    with app.test_request_context():
        response = service.send(document)
        response.direct_passthrough = False
        assert response.data == files.pdf()
    assert response.headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''%E6%8A%A5%E5%91%8A" in response.headers["Content-Disposition"]
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    response.close()


def test_a_lost_file_is_refused_and_never_an_error(app):
    document = attach(make_user(), files.pdf(7))
    storage.path_of(document.sha256).unlink()
    with app.test_request_context(), pytest.raises(FileGone):
        service.send(document)


def test_the_sweep_spares_what_a_case_needs(app):
    user = make_user()
    needed, removed = attach(user, files.pdf(4)), attach(user, files.pdf(5))
    service.remove(removed, actor=user, at=now())
    for document in (needed, removed):
        then = time.time() - 31 * 86_400
        os.utime(storage.path_of(document.sha256), (then, then))
    assert service.sweep() >= 1
    assert storage.is_sound(needed.sha256)
    assert not storage.is_sound(removed.sha256)


def test_the_database_refuses_an_empty_document(app):
    db.session.add(Document(subject=CASE, slot="x", name="x", media_type="application/pdf", size=0,
                            sha256="0" * 64, uploaded_at=now()))
    with pytest.raises(IntegrityError, match="size"):
        db.session.flush()


@pytest.fixture
def own_store(app, tmp_path, monkeypatch):
    monkeypatch.setitem(app.config, "DOCUMENT_STORE", str(tmp_path))
    return tmp_path


def stored(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_refused_file_never_reaches_the_store(own_store):
    for data in (b"", b"MZ", b"%PDF-broken", b"<svg/>"):
        with pytest.raises(UploadRefused):
            attach(make_user(), data)
    assert stored(own_store) == []


def test_no_name_decides_where_a_file_lies(own_store):
    document = attach(make_user(), name="../../../etc/cron.d/job.pdf")
    assert document.name == "job.pdf"
    assert [path.name for path in stored(own_store)] == [document.sha256]


def test_two_cases_share_one_copy_of_the_bytes(own_store):
    user = make_user()
    first, second = attach(user), attach(user, subject="SQ-2026-000002")
    service.remove(first, actor=user, at=now())
    assert len(stored(own_store)) == 1
    with service.open_file(second) as file:
        assert file.read() == files.pdf()


def test_what_another_case_needs_is_not_swept(own_store):
    user = make_user()
    first, second = attach(user), attach(user, subject="SQ-2026-000002")
    service.remove(first, actor=user, at=now())
    age(second)
    assert service.sweep() == 0
    assert storage.is_sound(second.sha256)


def age(document, days=31):
    then = time.time() - days * 86_400
    os.utime(storage.path_of(document.sha256), (then, then))


def test_a_young_orphan_waits_for_its_transaction(own_store):
    digest = storage.put(b"%PDF-not recorded yet")
    assert service.sweep() == 0
    then = time.time() - 31 * 86_400
    os.utime(storage.path_of(digest), (then, then))
    assert service.sweep() == 1
    assert stored(own_store) == []


def test_files_that_were_lost_or_changed_are_listed(own_store):
    user = make_user()
    sound, lost, changed = (attach(user, files.pdf(pages)) for pages in (2, 3, 4))
    storage.path_of(lost.sha256).unlink()
    storage.path_of(changed.sha256).write_bytes(b"%PDF-forged")
    assert list(service.unsound()) == [lost, changed]
    assert sound not in list(service.unsound())


def test_a_removed_file_may_be_lost(own_store):
    user = make_user()
    document = attach(user)
    service.remove(document, actor=user, at=now())
    storage.path_of(document.sha256).unlink()
    assert list(service.unsound()) == []


def test_removing_says_who_and_what_but_no_name(app):
    user = make_user()
    document = attach(user)
    service.remove(document, actor=user, at=now())
    entry = entries()[-1]
    assert (entry.name, entry.actor_id) == ("document.removed", user.id)
    assert entry.facts == {"document": document.reference, "slot": "articles", "sha256": document.sha256}


def test_a_case_may_be_filled_to_the_last_byte(app, monkeypatch):
    monkeypatch.setattr(service, "LARGEST_CASE", len(files.pdf()))
    assert attach(make_user()).id


def test_removed_files_make_room_again(app, monkeypatch):
    monkeypatch.setattr(service, "MOST_PER_CASE", 1)
    user = make_user()
    service.remove(attach(user), actor=user, at=now())
    assert attach(user, files.pdf(2)).id


def test_files_of_a_case_come_oldest_first(app):
    user = make_user()
    made = [attach(user, files.pdf(pages), slot=slot) for pages, slot in ((1, "b"), (2, "a"), (3, "b"))]
    assert service.of(CASE) == made
    assert service.of(CASE, "b") == [made[0], made[2]]


def test_no_more_is_read_than_may_be_kept(app):
    largest = app.config["MAX_UPLOAD_MEGABYTES"] * 1024**2
    endless = upload(b"%PDF-" + bytes(largest + 10_000))
    with pytest.raises(UploadRefused, match="larger than"):
        service.attach(endless, subject=CASE, slot="x", actor=make_user(), at=now())
    assert endless.stream.tell() == largest + 1


@pytest.mark.parametrize("name", ["a\r\nSet-Cookie: x=1.pdf", "\";filename=evil.html", "报告.pdf", "a;b.pdf"])
def test_no_name_breaks_out_of_its_header(app, name):
    document = service.keep(files.pdf(), name=name, media_type="application/pdf", subject=CASE,
                            slot=name[:5], actor=SYSTEM, at=now())
    with app.test_request_context():
        response = service.send(document)
    assert response.headers["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in str(response.headers["Content-Disposition"])
    assert "Set-Cookie" not in response.headers
    response.close()
