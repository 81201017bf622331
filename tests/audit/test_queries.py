from datetime import date, timedelta

import pytest
from flask_babel import force_locale

from broker_admin.audit import queries
from broker_admin.db import db
from broker_admin.permissions import Role
from tests.audit.records import Granted, note
from tests.conftest import NOON
from tests.factories import make_member, make_organization, make_user


@pytest.fixture(autouse=True)
def english(app):
    with force_locale("en"):
        yield


def found(**filters):
    return [entry.number for entry in db.session.scalars(queries.search(**filters))]


def by(actor, reader):
    note(actor=actor)
    return queries.lines(queries.history("SQ-2026-000001"), reader)[0].by


def test_a_history_is_of_one_case_and_in_order(app):
    note(), note(reference="SQ-2026-000002"), note(event=Granted, status="granted")
    assert [e.number for e in queries.history("SQ-2026-000001")] == [1, 3]


def test_lines_say_in_words_what_happened_newest_first(app):
    note(at=NOON), note(event=Granted, at=NOON + timedelta(days=1))
    lines = queries.lines(queries.history("SQ-2026-000001"), make_user())
    assert [(line.at, line.title) for line in lines] == [
        (NOON + timedelta(days=1), "License granted"), (NOON, "Application submitted")]


def test_staff_read_the_names_of_all(app):
    officer, auditor = make_user(Role.DECIDER), make_user(Role.AUDITOR)
    assert by(officer, auditor) == officer.name
    member, _ = make_member()
    assert by(member, auditor) == member.name


def test_parties_read_the_authority_and_no_officers_name(app):
    member, _ = make_member()
    assert by(make_user(Role.DECIDER), member) == "The authority"


def test_parties_read_their_own_sides_names(app):
    member, colleague = make_user(), make_user()
    make_organization(member, colleague)
    assert by(member, member) == member.name
    assert by(colleague, member) == colleague.name


def test_parties_do_not_read_the_other_sides_name(app):
    assert by(make_user(), make_member()[0]) == "Another party"


def test_time_alone_acts_as_the_system(app):
    note()
    assert queries.lines(queries.history("SQ-2026-000001"), make_user())[0].by == "The system"


def test_search_narrows_by_each_filter(app):
    user = make_user(email="wang@example.org")
    note(actor=user), note(event=Granted), note(reference="SQ-2026-000002")
    assert found() == [3, 2, 1]
    assert found(name="application.granted") == [2]
    assert found(subject="SQ-2026-000002") == [3]
    assert found(actor=" Wang@example.org") == [1]
    assert found(actor="nobody@example.org") == []
    assert found(before=3) == [2, 1]
    assert found(subject="SQ-2026-000001", name="application.submitted") == [1]


def test_days_are_counted_in_guangdong_and_inclusive(app):
    late = NOON.replace(hour=16, minute=30)
    note(at=NOON), note(at=late)
    assert found(first=date(2026, 11, 23), last=date(2026, 11, 23)) == [1]
    assert found(first=date(2026, 11, 24)) == [2]
    assert found(last=date(2026, 11, 22)) == []


def test_pages_follow_one_another_by_key(app, monkeypatch):
    monkeypatch.setattr(queries, "PER_PAGE", 2)
    for _ in range(3):
        note()
    first, older = queries.page(queries.search())
    assert ([e.number for e in first], older) == ([3, 2], 2)
    second, end = queries.page(queries.search(before=older))
    assert ([e.number for e in second], end) == ([1], None)


def test_an_unknown_case_has_no_history(app):
    note()
    assert queries.history("SQ-2026-999999") == []
    assert queries.lines([], make_user()) == []


def test_an_unknown_filter_is_a_mistake_of_ours(app):
    with pytest.raises(KeyError):
        queries.search(colour="red")


def test_empty_filters_filter_nothing(app):
    note()
    assert found(name="", subject=None, actor="", first=None, last=None, before=None) == [1]


@pytest.mark.parametrize("subject", ["SQ-2026", "sq-2026-000001", "%", "SQ-2026-000001 OR 1=1"])
def test_a_matter_is_found_by_its_whole_reference(app, subject):
    note()
    assert found(subject=subject) == []


def test_a_page_that_is_just_full_has_no_next(app, monkeypatch):
    monkeypatch.setattr(queries, "PER_PAGE", 2)
    note(), note()
    entries, older = queries.page(queries.search())
    assert ([e.number for e in entries], older) == ([2, 1], None)


def test_actors_are_read_once_and_without_the_system(app):
    user = make_user()
    note(actor=user), note(actor=user), note()
    assert queries.actors_of(queries.history("SQ-2026-000001")) == {user.id: user}


def test_an_officer_of_ones_own_house_acts_for_the_authority(app):
    officer, member = make_user(Role.DECIDER), make_user()
    make_organization(officer, member)
    assert by(officer, member) == "The authority"


def test_sides_are_named_in_the_readers_language(app):
    note()
    with force_locale("zh"):
        assert queries.lines(queries.history("SQ-2026-000001"), make_user())[0].by == "系统"


def test_a_colleague_of_the_reader_is_named_and_a_rival_is_not(app):
    reader, colleague, rival = make_user(), make_user(), make_user()
    make_organization(reader, colleague), make_organization(rival)
    assert by(colleague, reader) == colleague.name
    note(reference="SQ-2026-000002", actor=rival)
    assert queries.lines(queries.history("SQ-2026-000002"), reader)[0].by == "Another party"
