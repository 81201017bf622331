"""The store of files: each under the digest of its content, written once, never changed."""

import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from flask import current_app

from broker_admin.refusals import N_, Refused

_DIGEST = re.compile(r"[0-9a-f]{64}")


class FileGone(Refused):
    """The record is there, its file is not, or is not what it was."""


def put(data: bytes) -> str:
    """Keep the bytes, on the disk and not only in its cache; returns their SHA-256."""
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest)
    if path.exists():
        os.utime(path)  # wanted again, so that no sweep takes it for forgotten
        return digest
    _make_folder(path.parent)
    # Under another name until it is whole: a crash leaves a draft, never half a file.
    draft = path.with_name(f".{digest}.{secrets.token_hex(8)}")
    try:
        _write(draft, data)
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)
    return digest


def open_checked(digest: str) -> BinaryIO:
    """The file, once its content has been found unchanged.  Raises :class:`FileGone`."""
    try:
        file = path_of(digest).open("rb")
    except OSError:
        raise FileGone(N_("This file cannot be found in the store. Tell the authority: "
                          "it has to be restored.")) from None
    if hashlib.file_digest(file, "sha256").hexdigest() != digest:
        file.close()
        raise FileGone(N_("This file has been changed in the store, and is not shown. "
                          "Tell the authority: it has to be restored."))
    file.seek(0)
    return file


def is_sound(digest: str) -> bool:
    """Whether the file is there, unchanged."""
    try:
        open_checked(digest).close()
    except FileGone:
        return False
    return True


def path_of(digest: str) -> Path:
    """Where it lies; only a digest makes a path, so none leads out of the store."""
    if not _DIGEST.fullmatch(digest):
        raise FileGone(N_("This file cannot be found in the store. Tell the authority: "
                          "it has to be restored."))
    return store() / digest[:2] / digest[2:4] / digest


def store() -> Path:
    return Path(current_app.config["DOCUMENT_STORE"])


def untouched_for(days: int) -> Iterator[str]:
    """The digests of files that nobody has put for so many days, and of drafts left by a crash."""
    limit = time.time() - days * 86_400
    for path in store().glob("??/??/*"):
        if path.stat().st_mtime < limit:
            yield path.name


def discard(name: str) -> None:
    """Delete a file that no record refers to, or a draft, by its name in the store."""
    digest = name.lstrip(".")[:64]
    path_of(digest).with_name(name).unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    for step in (store(), folder.parent, folder):
        if not step.exists():
            step.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sync_folder(step.parent)


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with open(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    # Without it the name of a new file may be lost with the power, though its bytes are not.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
