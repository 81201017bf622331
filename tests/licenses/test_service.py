from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy.exc import IntegrityError

from broker_admin.clock import day_of, now, start_of
from broker_admin.db import db
from broker_admin.ledger import AuditEntry, Job, Message
from broker_admin.licenses import service
from broker_admin.licenses.workflow import LicenseStatus as S
from broker_admin.permissions import SYSTEM, Role
from broker_admin.refusals import Refused
from broker_admin.rules.numbering import is_well_formed
from tests.factories import make_member, make_user
from tests.licenses.factories import make_license

REASON = {"basis": "PAUSE", "reason": "Rectification overdue.", "case": "AJ-2026-000001"}


@pytest.fixture(autouse=True)
def _request(app):
    # Messages are rendered with links, which need the pages of the room or a path for them.
    with app.test_request_context():
        yield


@pytest.fixture
def decider(_request):
    return make_user(Role.DECIDER)


def test_issuing_numbers_without_gap(decider):
    numbers = [make_license(actor=decider).number for _ in range(3)]
    assert all(map(is_well_formed, numbers))
    assert [int(number[13:18]) for number in numbers] == [1, 2, 3]


def test_issuing_orders_one_certificate(decider):
    license = make_license(actor=decider)
    service.order_certificate(license, at=now())
    kinds = db.session.scalars(db.select(Job.kind).where(Job.kind == "make_certificate")).all()
    assert kinds == ["make_certificate"]


def test_a_second_live_license_is_refused(decider):
    _, organization = make_member()
    make_license(organization, actor=decider)
    with pytest.raises(IntegrityError):
        make_license(organization, actor=decider)


def test_suspending_notes_who_why_and_until(decider):
    license, until = make_license(), day_of(now()) + timedelta(days=60)
    service.suspend(license, **REASON, until=until, actor=decider, at=now())
    last = license.standings[-1]
    assert (license.status, license.suspended_until) == (S.SUSPENDED, until)
    assert (last.act, last.basis, last.case, last.actor_id) == (
        "suspend", "PAUSE", "AJ-2026-000001", decider.id)


def test_a_suspension_cannot_end_before_it_begins(decider):
    license = make_license()
    with pytest.raises(Refused, match="later day"):
        service.suspend(license, **REASON, until=day_of(now()), actor=decider, at=now())
    assert license.status is S.ACTIVE


def test_lifting_makes_the_license_valid_again(decider):
    license = make_license()
    service.suspend(license, **REASON, until=None, actor=decider, at=now())
    service.lift(license, reason="Rectified.", case="AJ-2026-000001", actor=decider, at=now())
    assert (license.status, license.suspended_until) == (S.ACTIVE, None)


def test_a_suspension_ends_by_itself_the_day_after(decider):
    license, until = make_license(), day_of(now()) + timedelta(days=5)
    service.suspend(license, **REASON, until=until, actor=decider, at=now())
    with pytest.raises(Refused, match="not ended"):
        service.resume(license, at=now())
    service.resume(license, at=now() + timedelta(days=7))
    assert license.standings[-1].true_from == until + timedelta(days=1)


@pytest.mark.parametrize(("verb", "status"), [
    (service.revoke, S.REVOKED), (service.annul, S.ANNULLED), (service.withdraw, S.WITHDRAWN)])
def test_ending_needs_a_legal_basis(decider, verb, status):
    license = make_license()
    with pytest.raises(Refused, match="legal basis"):
        verb(license, **{**REASON, "basis": " "}, actor=decider, at=now())
    verb(license, **REASON, actor=decider, at=now())
    assert (license.status, license.ended_on) == (status, day_of(now()))


def test_a_holder_gives_up_its_license():
    user, organization = make_member()
    license = make_license(organization)
    service.surrender(license, reason="Business ended.", actor=user, at=now())
    assert license.status is S.CANCELLED


def test_expiry_waits_for_the_last_day():
    license = make_license()
    with pytest.raises(Refused, match="valid until"):
        service.expire(license, at=now())
    service.expire(license, at=now() + timedelta(days=3 * 366))
    assert (license.status, license.ended_on) == (S.EXPIRED, license.valid_to)


def test_cancelling_is_the_last_act(decider):
    license = make_license()
    service.revoke(license, **REASON, actor=decider, at=now())
    service.cancel(license, reason="Revoked.", actor=decider, at=now())
    assert [s.act for s in license.standings] == ["issue", "revoke", "cancel"]


def test_the_nightly_job_expires_what_is_over():
    over, running = make_license(term_years=1), make_license()
    db.session.commit()
    day = over.valid_to + timedelta(days=1)
    for done in (1, 0):
        assert service.expire_due(day, actor=SYSTEM, at=start_of(day)) == done
    assert (over.status, running.status) == (S.EXPIRED, S.ACTIVE)


def test_the_nightly_job_ends_suspensions_in_time(decider):
    short, long = make_license(), make_license()
    for license, days in ((short, 3), (long, 9)):
        service.suspend(license, **REASON, until=day_of(now()) + timedelta(days=days),
                        actor=decider, at=now())
    db.session.commit()
    day = day_of(now()) + timedelta(days=4)
    assert service.resume_due(day, actor=SYSTEM, at=start_of(day)) == 1
    assert (short.status, long.status) == (S.ACTIVE, S.SUSPENDED)


@pytest.mark.parametrize(("verb", "status"), [(service.revoke, S.REVOKED), (service.annul, S.ANNULLED)])
def test_a_holder_answers_after_the_term_too(decider, verb, status):
    license = make_license(term_years=1)
    later = start_of(license.valid_to + timedelta(days=30))
    service.expire(license, at=later)
    verb(license, **REASON, actor=decider, at=later)
    assert (license.status, license.ended_on) == (status, license.valid_to)
    assert license.standings[-1].true_from == day_of(later)


def test_nothing_is_left_to_withdraw_after_the_term(decider):
    license = make_license(term_years=1)
    service.expire(license, at=start_of(license.valid_to + timedelta(days=1)))
    for verb in (service.withdraw, service.suspend):
        more = {"until": None} if verb is service.suspend else {}
        with pytest.raises(Refused, match="already moved on"):
            verb(license, **REASON, **more, actor=decider, at=now())
    assert [s.act for s in license.standings] == ["issue", "expire"]


def test_a_term_that_nobody_noted_has_ended_all_the_same(decider):
    license = make_license(term_years=1)
    service.revoke(license, **REASON, actor=decider, at=start_of(license.valid_to + timedelta(days=9)))
    assert (license.status, license.ended_on) == (S.REVOKED, license.valid_to)


def test_what_was_noted_is_never_changed(decider):
    license = make_license()
    first = license.standings[0]
    before = (first.status, first.true_from, first.known_at, first.act)
    service.revoke(license, **REASON, actor=decider, at=now())
    assert (first.status, first.true_from, first.known_at, first.act) == before


def by_decider(verb, **more):
    return lambda license: verb(license, **REASON, **more, actor=make_user(Role.DECIDER), at=now())


def by_holder(license):
    service.surrender(license, reason="We close.", actor=license.organization.members[0], at=now())


def plain(verb, **more):
    return lambda license: verb(license, reason="Over.", **more, actor=make_user(Role.DECIDER), at=now())


def expired(license):
    service.expire(license, at=start_of(license.valid_to + timedelta(days=1)))


def resumed(license):
    service.resume(license, at=now())


VERBS = {
    "suspend": by_decider(service.suspend, until=None), "lift": plain(service.lift, case=""),
    "resume": resumed, "revoke": by_decider(service.revoke), "annul": by_decider(service.annul),
    "withdraw": by_decider(service.withdraw), "surrender": by_holder, "expire": expired,
    "cancel": plain(service.cancel),
}
# How a license gets into each state.
PATHS = {
    S.ACTIVE: [], S.SUSPENDED: ["suspend"], S.EXPIRED: ["expire"], S.WITHDRAWN: ["withdraw"],
    S.ANNULLED: ["annul"], S.REVOKED: ["revoke"], S.CANCELLED: ["surrender"],
}
OPEN = {
    S.ACTIVE: {"suspend", "revoke", "annul", "withdraw", "surrender", "expire"},
    S.SUSPENDED: {"lift", "revoke", "annul", "withdraw", "surrender", "expire"},
    S.EXPIRED: {"revoke", "annul", "cancel"}, S.WITHDRAWN: {"cancel"}, S.ANNULLED: {"cancel"},
    S.REVOKED: {"cancel"}, S.CANCELLED: set(),
}


def brought_to(status):
    license = make_license()
    for name in PATHS[status]:
        VERBS[name](license)
    db.session.commit()
    return license


def everything_of(license):
    counted = [db.session.scalar(db.select(db.func.count()).select_from(table))
               for table in (AuditEntry, Message, Job)]
    return (license.status, license.ended_on, license.suspended_until, len(license.standings), *counted)


@pytest.mark.parametrize(("status", "name"), [
    (status, name) for status, name in product(PATHS, VERBS) if name not in OPEN[status]])
def test_a_verb_out_of_turn_changes_nothing(status, name):
    license = brought_to(status)
    before = everything_of(license)
    with pytest.raises(Refused):
        VERBS[name](license)
    db.session.commit()
    assert everything_of(license) == before


@pytest.mark.parametrize(("status", "name"), [
    (status, name) for status, names in OPEN.items() for name in sorted(names)])
def test_a_verb_in_turn_notes_act_event_and_message(status, name):
    license = brought_to(status)
    _, _, _, standings, entries, messages, _ = everything_of(license)
    VERBS[name](license)
    db.session.commit()
    after = everything_of(license)
    assert after[3:6] == (standings + 1, entries + 1, messages + 1)
    assert license.standings[-1].act == name
    assert license.standings[-1].status is license.status


@pytest.mark.parametrize("name", sorted(set(VERBS) - {"resume", "expire", "surrender", "lift", "cancel"}))
@pytest.mark.parametrize("role", [None, Role.REVIEWER, Role.ENFORCEMENT_OFFICER, Role.AUDITOR])
def test_nobody_but_a_decider_takes_a_step(name, role):
    license = brought_to(S.ACTIVE)
    before = everything_of(license)
    actor = make_user(*([role] if role else []))
    more = {"until": None} if name == "suspend" else {}
    with pytest.raises(Refused, match="You may not take this step"):
        getattr(service, name)(license, **REASON, **more, actor=actor, at=now())
    assert everything_of(license)[:4] == before[:4]


# Half past midnight in Guangdong is still the day before in UTC.
@pytest.mark.parametrize(("moment", "day"), [
    (datetime(2026, 11, 22, 15, 30, tzinfo=UTC), date(2026, 11, 22)),
    (datetime(2026, 11, 22, 16, 30, tzinfo=UTC), date(2026, 11, 23)),
])
@pytest.mark.parametrize("verb", [service.revoke, service.annul, service.withdraw])
def test_the_effective_day_is_guangdongs(decider, moment, day, verb):
    license = make_license(at=moment - timedelta(days=9))
    verb(license, **REASON, actor=decider, at=moment)
    assert (license.ended_on, license.standings[-1].true_from) == (day, day)
    assert license.standings[-1].known_at == moment


@pytest.mark.parametrize(("moment", "year"), [
    (datetime(2026, 12, 31, 15, 30, tzinfo=UTC), 2026), (datetime(2026, 12, 31, 16, 30, tzinfo=UTC), 2027)])
def test_the_year_of_a_number_is_guangdongs(moment, year):
    license = make_license(at=moment)
    assert int(license.number[9:13]) == year
    assert license.issued_on.year == year


def test_each_type_and_year_counts_on_its_own():
    made = [make_license(broker_type=kind) for kind in ("TECH", "DATA", "TECH", "FIDU")]
    made.append(make_license(broker_type="TECH", at=now() + timedelta(days=400)))
    assert [int(license.number[13:18]) for license in made] == [1, 1, 2, 1, 1]
    assert [license.number[8] for license in made] == list("TDTFT")


def test_what_is_granted_is_copied_from_the_holder():
    _, organization = make_member()
    license = make_license(organization)
    organization.name, organization.address = "改名有限公司", "别处"
    assert license.holder_name != organization.name
    assert license.address != organization.address
    assert license.uscc == organization.uscc


def test_a_suspension_is_told_with_its_end(decider):
    license, until = make_license(), day_of(now()) + timedelta(days=30)
    service.suspend(license, **REASON, until=until, actor=decider, at=now())
    db.session.commit()
    entry = db.session.scalars(db.select(AuditEntry).filter_by(name="license.suspended")).one()
    assert entry.facts == {"basis": "PAUSE", "reason": REASON["reason"], "until": str(until),
                           "proceeding": REASON["case"]}
    assert (license.standings[-1].until, entry.status) == (until, "suspended")


def test_one_license_that_fails_holds_up_no_other(decider, monkeypatch):
    bad, good = make_license(term_years=1), make_license(term_years=1)
    db.session.commit()
    honest = service.expire

    def sometimes(license, *, at):
        if license.id == bad.id:
            raise ValueError
        honest(license, at=at)

    monkeypatch.setattr(service, "expire", sometimes)
    day = bad.valid_to + timedelta(days=1)
    with pytest.raises(ExceptionGroup):
        service.expire_due(day, actor=SYSTEM, at=start_of(day))
    assert (bad.status, good.status) == (S.ACTIVE, S.EXPIRED)


def test_days_without_a_worker_are_made_up_later():
    license = make_license(term_years=1)
    db.session.commit()
    late = license.valid_to + timedelta(days=40)
    assert service.expire_due(late, actor=SYSTEM, at=start_of(late)) == 1
    assert (license.ended_on, license.standings[-1].true_from) == (
        license.valid_to, license.valid_to + timedelta(days=1))


def test_an_expired_suspension_expires_and_does_not_resume(decider):
    license = make_license(term_years=1)
    service.suspend(license, **REASON, until=license.valid_to + timedelta(days=9), actor=decider, at=now())
    db.session.commit()
    after = license.valid_to + timedelta(days=20)
    assert service.expire_due(after, actor=SYSTEM, at=start_of(after)) == 1
    assert service.resume_due(after, actor=SYSTEM, at=start_of(after)) == 0
    assert (license.status, license.suspended_until) == (S.EXPIRED, None)
