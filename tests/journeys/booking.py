"""How a candidate comes to a seat in both sittings, and the papers to be sealed."""

from datetime import timedelta

from broker_admin.clock import day_of, now
from tests.exams.factories import make_identity
from tests.journeys.stage import let_the_day_come

FORMS = ("LAW-1", "PRACTICE-1")
PLACE = "广州市越秀区考试中心"
COMMITMENT = "main code.app-code"


def plan_sittings(theatre):
    """For a day weeks away, and opened for booking."""
    planner = theatre.enter("planner")
    day = day_of(now()) + timedelta(days=21)
    for form in FORMS:
        planner.open("/exams/administration").step(
            "/exams/plan", blueprint=form, place=PLACE, day=day.isoformat(), opens="9：30",
            ends="12:30", capacity="20")
        theatre.known.setdefault("sittings", []).append(planner.path.rsplit("/", 1)[1])
        planner.follow("/open-booking").press()


def see_sittings(theatre):
    """Everybody sees what is announced; a seat is for people who are known."""
    citizen = theatre.stranger("citizen")
    citizen.open("/exams/sittings").reads(PLACE)
    citizen.follow(f"/sittings/{theatre.known['sittings'][0]}").follow("/book")
    assert citizen.path == "/account/sign-in"


def register_as_candidate(theatre):
    """Whoever wants a seat is asked first who they are."""
    candidate = theatre.enter("candidate")
    candidate.open("/exams/sittings").follow(f"/sittings/{theatre.known['sittings'][0]}").follow("/book")
    assert candidate.path == "/exams/register"
    candidate.is_refused(identity="440106199001010000")
    candidate.hand_in(identity=make_identity(), qualification="diploma", declared=True)


def book_seats(theatre):
    candidate = theatre.enter("candidate")
    for reference in theatre.known["sittings"]:
        candidate.open(f"/exams/sittings/{reference}").follow("/book").press()
    candidate.reads(*theatre.known["sittings"])


def seal_papers(theatre):
    planner = theatre.enter("planner")
    for reference in theatre.known["sittings"]:
        planner.open(f"/exams/administration/{reference}").follow("/seal").press()


def see_commitments(theatre):
    """Everybody sees to what the papers were fixed before the day; then the day comes."""
    citizen = theatre.stranger("citizen")
    for reference in theatre.known["sittings"]:
        citizen.open(f"/exams/sittings/{reference}")
        assert citizen.page.locator(COMMITMENT).count() == 1
    with theatre.server.app.app_context():
        let_the_day_come()
