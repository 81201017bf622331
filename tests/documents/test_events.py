from dataclasses import fields

from broker_admin.documents.events import DocumentAttached, DocumentRemoved


def test_no_event_carries_the_name_of_a_file():
    carried = {f.name for event in (DocumentAttached, DocumentRemoved) for f in fields(event)}
    assert carried == {"case", "actor", "at", "document", "slot", "media_type", "size", "sha256"}


def test_nobody_is_mailed_about_a_file():
    assert {DocumentAttached.email, DocumentRemoved.email} == {None}
