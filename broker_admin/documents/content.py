"""What a file is, by its content and never by what it claims.  Pure, but for the process it starts."""

import subprocess
import sys
import threading
import unicodedata
from enum import StrEnum
from pathlib import Path

from broker_admin.documents import inspection
from broker_admin.documents.inspection import Fault
from broker_admin.refusals import N_, Refused

LONGEST_NAME = 120
# Beside the processor time that the process allows itself, for one that merely waits.
PATIENCE = inspection.SECONDS + 5
# Fewer than the server has threads: files made to be slow must leave some for the pages.
_turns = threading.BoundedSemaphore(3)
TURN_SECONDS = 3.0


class MediaType(StrEnum):
    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"


SIGNATURES = {
    MediaType.PDF: b"%PDF-",
    MediaType.PNG: b"\x89PNG\r\n\x1a\n",
    MediaType.JPEG: b"\xff\xd8\xff",
}
EXTENSIONS = {
    MediaType.PDF: ("pdf",),
    MediaType.PNG: ("png",),
    MediaType.JPEG: ("jpg", "jpeg"),
}
SENTENCES = {
    Fault.BROKEN: N_("This file is damaged or incomplete. Save or scan it again, then upload the new file."),
    Fault.ENCRYPTED: N_("This PDF is protected by a password. Upload a copy without one."),
    Fault.TOO_MANY_PAGES: N_("This PDF has more than 200 pages. Split it, and upload the parts."),
    Fault.ACTIVE: N_("This PDF contains a program or an interactive form. Print it to a new PDF, "
                     "then upload that."),
    Fault.ATTACHED: N_("This PDF has other files inside. Upload those separately, and the PDF without them."),
    Fault.TOO_LARGE_UNPACKED: N_("This file becomes far too large when it is opened. "
                                 "Save or scan it again with a lower resolution."),
    Fault.TOO_MANY_PIXELS: N_("This picture has too many pixels. Save or scan it again with a "
                              "lower resolution."),
    Fault.SEVERAL_IMAGES: N_("This file holds several pictures. Upload each as a file of its own."),
    Fault.TRAILING: N_("Something else is hidden behind this picture. Save it again, then upload "
                       "the new file."),
    Fault.TOO_COSTLY: N_("This file is too complicated to be checked. Print it to a new PDF, "
                         "then upload that."),
}


class UploadRefused(Refused):
    """The file will not do; the sentence says why, and what would do."""


def clean_name(name: str | None) -> str:
    """The last part of what the browser called it, in characters that can be shown and saved."""
    last = unicodedata.normalize("NFC", name or "").replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in last if unicodedata.category(c)[0] not in "C").strip(" .")
    stem, dot, extension = shown.rpartition(".")
    if not dot:
        return shown[:LONGEST_NAME] or "file"
    extension = extension[:10]
    return f"{stem[:LONGEST_NAME - len(extension) - 1].rstrip() or 'file'}.{extension}"


def type_of(data: bytes) -> MediaType | None:
    """By the first bytes; anything in front of them is a disguise."""
    return next((kind for kind, magic in SIGNATURES.items() if data.startswith(magic)), None)


def check(name: str, data: bytes, largest: int) -> MediaType:
    """The type of a file that may be kept, of at most so many bytes; else :class:`UploadRefused`."""
    # From cheap to costly: a process is started only for what has passed everything else.
    if not data:
        raise UploadRefused(N_("This file is empty."))
    if len(data) > largest:
        raise UploadRefused(N_("This file is larger than %(megabytes)s MB."),
                            megabytes=str(largest // 1024**2))
    kind = type_of(data)
    if kind is None:
        raise UploadRefused(N_("Only PDF, PNG and JPEG files are accepted. This file is none of them."))
    if name.lower().rpartition(".")[2] not in EXTENSIONS[kind]:
        raise UploadRefused(N_("The name of this file does not agree with its content, which is %(kind)s."),
                            kind=kind.name)
    fault = inspect(kind, data)
    if fault:
        raise UploadRefused(SENTENCES[fault])
    return kind


def inspect(kind: MediaType, data: bytes) -> Fault | None:
    """What is wrong inside, found out by a process that hostile content may ruin.

    Raises :class:`UploadRefused` where too many others are being looked at.
    """
    if not _turns.acquire(timeout=TURN_SECONDS):
        raise UploadRefused(N_("Too many files are being checked at the moment. Try again in a minute."))
    try:
        return _inspected(kind, data)
    finally:
        _turns.release()


def _inspected(kind: MediaType, data: bytes) -> Fault | None:
    command = [sys.executable, "-I", str(Path(inspection.__file__)), kind]
    try:
        done = subprocess.run(command, input=data, capture_output=True,  # noqa: S603 (our own script)
                              timeout=PATIENCE, env={}, check=False)
    except subprocess.TimeoutExpired:
        return Fault.TOO_COSTLY
    if done.returncode < 0:
        return Fault.TOO_COSTLY
    if done.returncode > 0:
        return Fault.BROKEN
    return Fault(done.stdout.decode()) if done.stdout else None
