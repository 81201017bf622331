"""Every kind of case with its workflow: what `verify` compares with the record."""

from broker_admin.audit.verification import Finding, Kind, verify
from broker_admin.documents import service as documents
from broker_admin.licenses.models import License
from broker_admin.licenses.workflow import WORKFLOW as LICENSE

KINDS: tuple[Kind, ...] = (
    Kind(License, LICENSE),
)


def findings() -> list[Finding]:
    """Whatever the record does not explain, and files that are lost or changed."""
    lost = [Finding("file", document.reference, "is not in the store as it was kept")
            for document in documents.unsound()]
    return [*verify(KINDS), *lost]
