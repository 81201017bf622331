"""What can happen to a file of a case.  Names of files are not carried: they may name people."""

from dataclasses import dataclass

from broker_admin.events import Event


@dataclass(frozen=True)
class Subject:
    """The case that a file belongs to, by its reference: this room does not know the others."""

    reference: str


@dataclass(frozen=True, kw_only=True)
class DocumentAttached(Event):
    name = "document.attached"

    document: str
    slot: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class DocumentRemoved(Event):
    name = "document.removed"

    document: str
    slot: str
    sha256: str
