"""What happened to a case."""

from datetime import UTC, datetime

SOURCE = '{% from "layout/timeline.html" import timeline %}{{ timeline(entries) }}'
AT = datetime(2026, 11, 22, 5, 5, tzinfo=UTC)


def test_events_keep_their_order(render):
    piece = render(SOURCE, entries=[{"at": AT, "title": "Accepted"}, {"at": AT, "title": "Filed"}])
    assert [title.text for title in piece.all("h3")] == ["Accepted", "Filed"]


def test_an_event_tells_who_and_when(render):
    piece = render(SOURCE, entries=[{"at": AT, "title": "Accepted", "by": "Li Min"}])
    assert piece.text("p") == "2026-11-22 13:05 · Li Min"


def test_an_event_may_lead_to_its_document(render):
    entry = {"at": AT, "title": "Accepted", "url": "/letter", "label": "Letter"}
    link = render(SOURCE, entries=[entry]).one("a")
    assert (link.get("href"), link.text) == ("/letter", "Letter")


def test_an_event_may_carry_a_tag_and_words(render):
    entry = {"at": AT, "title": "Reviewed", "tag": ("Complete", "green"), "detail": "<b>All</b> there."}
    piece = render(SOURCE, entries=[entry])
    assert piece.text("strong") == "Complete"
    assert "<b>All</b> there." in piece.text()
