"""The year after: the annual report of a holder, and its review up to the grade."""

from broker_admin.clock import day_of, now
from broker_admin.rules.regime import regime_on
from broker_admin.supervision.report_fields import SECTIONS, Kind
from tests.journeys.stage import HOLDER

FILLED = {Kind.NUMBER: "0", Kind.YUAN: "0", Kind.LEVEL: "3", Kind.YES_NO: "no"}
ANSWER = "维持原评分。The marks stand."
GRADES = {"zh": "优秀", "en": "Excellent"}
OBJECTION = "请重新考虑。Please think again."


def report(theatre):
    """Every section answered, checked and filed."""
    holder = theatre.enter("holder")
    holder.open("/supervision/reports").press('main form[action*="/start/"] button')
    path = holder.path
    for section in SECTIONS:
        holder.open(path).follow(f"/sections/{section.code}").hand_in(
            **{asked.code: FILLED[asked.kind] for asked in section.asked if asked.needed})
    holder.step(f"{path}/file")
    assert holder.path == path


def score(theatre):
    officer = theatre.enter("supervisor")
    officer.open("/supervision/worklist").open("/supervision/reviews/open")
    officer.press('main form[action*="/reviews/open/"] button')
    theatre.known["review"] = path = officer.path.removesuffix("/case")
    officer.step(f"{path}/score", **_marks()).step(f"{path}/announce")


def object_to_it(theatre):
    holder, path = theatre.enter("holder"), theatre.known["review"]
    holder.open("/supervision/").follow(path).follow("/object").hand_in(objection=OBJECTION)


def answer_it(theatre):
    officer, path = theatre.enter("supervisor"), theatre.known["review"]
    officer.open(f"{path}/case").reads(OBJECTION).follow("/answer").hand_in(answer=ANSWER)


def see_no_grade_yet(theatre):
    """Everybody else waits until the holder had its say."""
    assert GRADES[theatre.manner.language] not in _record(theatre).text


def publish(theatre):
    """By a decider; the holder reads the grade."""
    decider, path = theatre.enter("decider"), theatre.known["review"]
    decider.open("/supervision/worklist").follow(f"{path}/case").follow("/finalise").press()
    decider.follow("/publish").press()
    theatre.enter("holder").open(path).reads(ANSWER, GRADES[theatre.manner.language])


def see_grade(theatre):
    _record(theatre).reads(GRADES[theatre.manner.language])


def _record(theatre):
    citizen = theatre.stranger("citizen").open(f"/register?q={HOLDER}")
    return citizen.follow("/register/SJ")


def _marks():
    """Full marks for every part of the law in force."""
    parts = regime_on(day_of(now())).supervision.review
    return {f"marks_{part.code}": str(part.weight) for part in parts} | {
        f"reasons_{part.code}": "有记录可查。" for part in parts}
