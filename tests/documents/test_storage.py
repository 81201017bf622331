import hashlib
import os
import stat
import time

import pytest

from broker_admin.documents import storage
from broker_admin.documents.storage import FileGone

DATA = b"a page of evidence"
DIGEST = hashlib.sha256(DATA).hexdigest()


@pytest.fixture(autouse=True)
def store(app, tmp_path):
    kept = app.config["DOCUMENT_STORE"]
    app.config["DOCUMENT_STORE"] = tmp_path / "store"
    yield tmp_path / "store"
    app.config["DOCUMENT_STORE"] = kept


def age(path, days):
    then = time.time() - days * 86_400
    os.utime(path, (then, then))


def test_bytes_come_back_under_their_digest():
    assert storage.put(DATA) == DIGEST
    with storage.open_checked(DIGEST) as file:
        assert file.read() == DATA


def test_only_the_service_may_read_the_files(store):
    path = storage.path_of(storage.put(DATA))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_same_bytes_are_written_once(store):
    path = storage.path_of(storage.put(DATA))
    age(path, 40)
    written = path.stat().st_ino
    storage.put(DATA)
    assert path.stat().st_ino == written
    assert [p.name for p in store.rglob("*") if p.is_file()] == [DIGEST]


def test_a_file_that_is_wanted_again_is_young():
    age(storage.path_of(storage.put(DATA)), 40)
    storage.put(DATA)
    assert list(storage.untouched_for(30)) == []


def test_a_lost_file_is_told_with_a_sentence():
    storage.path_of(storage.put(DATA)).unlink()
    assert not storage.is_sound(DIGEST)
    with pytest.raises(FileGone, match="cannot be found in the store"):
        storage.open_checked(DIGEST)


def test_a_changed_file_is_never_shown():
    path = storage.path_of(storage.put(DATA))
    path.write_bytes(b"a page of somebody else")
    assert not storage.is_sound(DIGEST)
    with pytest.raises(FileGone, match="has been changed"):
        storage.open_checked(DIGEST)


def test_a_folder_in_its_place_is_a_lost_file():
    storage.path_of(DIGEST).mkdir(parents=True)
    with pytest.raises(FileGone):
        storage.open_checked(DIGEST)


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "/..", "a" * 65])
def test_only_a_digest_leads_into_the_store(digest):
    with pytest.raises(FileGone):
        storage.path_of(digest)


def test_old_files_and_old_drafts_are_found(store):
    path = storage.path_of(storage.put(DATA))
    draft = path.with_name(f".{DIGEST}.abc")
    draft.write_bytes(b"half")
    for each in (path, draft):
        age(each, 31)
    assert sorted(storage.untouched_for(30)) == [draft.name, DIGEST]
    assert list(storage.untouched_for(32)) == []


def test_discarding_twice_does_no_harm():
    storage.put(DATA)
    storage.discard(DIGEST)
    storage.discard(DIGEST)
    assert not storage.is_sound(DIGEST)


def test_a_store_without_files_is_swept_clean():
    assert list(storage.untouched_for(0)) == []


def test_what_is_written_is_whole_or_not_there(store, monkeypatch):
    def full(path, data):
        path.write_bytes(data[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "_write", full)
    with pytest.raises(OSError, match="No space"):
        storage.put(DATA)
    assert [path for path in store.rglob("*") if path.is_file()] == []
    assert not storage.is_sound(DIGEST)


def test_nobody_else_may_read_the_folders(store):
    storage.put(DATA)
    for folder in (store, *(path for path in store.rglob("*") if path.is_dir())):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_emptied_file_is_not_sound():
    storage.put(DATA)
    storage.path_of(DIGEST).write_bytes(b"")
    assert not storage.is_sound(DIGEST)


def test_a_link_to_another_file_is_found_out(store):
    storage.put(DATA)
    path = storage.path_of(DIGEST)
    path.unlink()
    path.symlink_to("/etc/hostname")
    with pytest.raises(FileGone):
        storage.open_checked(DIGEST)


def test_a_put_file_lies_under_its_digest(store):
    assert storage.path_of(DIGEST) == store / DIGEST[:2] / DIGEST[2:4] / DIGEST
