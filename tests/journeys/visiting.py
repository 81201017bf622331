"""The inspection: planned, drawn by lot, announced, recorded by one officer and judged by another."""

from broker_admin.clock import day_of, now
from tests.journeys.signing import FIRM

TITLE = "年度双随机抽查 Yearly random inspections"
FOUND = {
    "answer_I02": "N", "evidence_I02": "抽查的合同未附来源说明。The contract names no source.",
    "answer_I09": "Y", "facts": "两名执法人员到场检查，查阅合同十份。Ten contracts were read.",
}
DEMANDS = "请补全数据来源说明并建立台账。Complete the sources and keep a list."
SEED = "main span.app-code"


def publish_plan(theatre):
    planner = theatre.enter("supervisor")
    planner.open("/supervision/plans").follow("/plans/publish").hand_in(title=TITLE, items=["I02", "I09"])


def commit_draw(theatre):
    planner = theatre.enter("supervisor").press('main form[action*="/commit"] button')
    theatre.known["draw"] = planner.path.removesuffix("/case")


def see_only_hashes(theatre):
    """Nobody learns who is drawn before whoever was drawn."""
    citizen = theatre.stranger("citizen").open(theatre.known["draw"]).reads(TITLE)
    assert FIRM not in citizen.text
    assert citizen.page.locator(SEED).count() == 2


def make_draw(theatre):
    planner, draw = theatre.enter("supervisor"), theatre.known["draw"]
    planner.open(f"{draw}/case").press('main form[action$="/draw"] button').reads(FIRM)
    every, own = "main td a[href*='/inspections/']", f"main tr:has-text('{FIRM}') a"
    theatre.known["visits"] = planner.targets(every)
    theatre.known["visit"] = planner.targets(own)[0].removesuffix("/case")


def notify_holders(theatre):
    """The founder has not heard of it until now."""
    founder, officer = theatre.enter("founder"), theatre.enter("investigator")
    assert theatre.known["visit"] not in founder.open("/supervision/").page.content()
    for visit in theatre.known["visits"]:
        officer.open("/supervision/inspections/worklist").follow(visit).follow("/notify")
        officer.hand_in(visit_on=day_of(now()).isoformat())
    founder.open("/supervision/").follow(theatre.known["visit"])


def see_who_was_drawn(theatre):
    """Seed, pool and result, with which anybody can repeat the draw."""
    citizen = theatre.stranger("citizen").open(theatre.known["draw"]).reads(FIRM)
    assert citizen.page.locator(SEED).count() == 3
    citizen.unfold()


def record_visit(theatre):
    officer = theatre.enter("investigator")
    officer.open(f"{theatre.known['visit']}/case").follow("/record").is_refused(facts=FOUND["facts"])
    officer.hand_in(**FOUND)


def conclude(theatre):
    """Not by the officer who wrote the record."""
    officer = theatre.enter("colleague")
    officer.open(f"{theatre.known['visit']}/case").reads(FOUND["facts"]).follow("/conclude")
    officer.hand_in(result="rectify", conclusion=DEMANDS)


def tell(theatre):
    theatre.enter("colleague").follow("/tell").press()


def see_no_result_yet(theatre):
    """The holder knows it now; everybody else does not."""
    theatre.enter("founder").open(theatre.known["visit"]).reads(DEMANDS)
    theatre.known["row without result"] = _row_of_firm(theatre)


def publish_result(theatre):
    theatre.enter("colleague").open(f"{theatre.known['visit']}/case").follow("/publish").press()


def see_result(theatre):
    assert _row_of_firm(theatre) != theatre.known["row without result"]


def _row_of_firm(theatre):
    citizen = theatre.stranger("citizen").open(theatre.known["draw"])
    return citizen.page.locator(f"main tr:has-text('{FIRM}')").inner_text()
