"""The case that follows: found, announced, defended, reviewed, decided."""

from tests.enforcement.factories import REGIME_BASIS

FACTS = "出售数据前未要求提供方说明来源。No source was asked for."
STATEMENT = "我方愿意补正，请从轻处理。We will mend it."
PAUSE = {"measure": "PAUSE", "months": "3", "basis": REGIME_BASIS,
         "reasons": "未履行第三十三条的义务。Duties of Article 33 were not met."}


def investigate(theatre):
    """By two officers, and with a file of evidence."""
    officer, colleague = theatre.enter("investigator"), theatre.enter("colleague")
    officer.open("/cases/worklist").follow("/cases/AJ-")
    theatre.known["case"] = officer.path.removesuffix("/case")
    colleague.step(f"{theatre.known['case']}/join")
    officer.step(f"{theatre.known['case']}/find", conduct_code="C01", established="yes", facts=FACTS,
                 evidence="合同第7条。")


def give_notice(theatre):
    theatre.enter("investigator").step(f"{theatre.known['case']}/give-notice", **PAUSE)


def defend(theatre):
    """The holder reads what is announced, and makes its statement."""
    founder, path = theatre.enter("founder"), theatre.known["case"]
    founder.open("/cases/").follow(path).reads(FACTS).follow("/state")
    answers = {"statement": STATEMENT, "sure": True}
    if founder.page.locator("main [name=hearing]").count():
        answers["hearing"] = "no"
    founder.hand_in(**answers)


def review(theatre):
    theatre.enter("investigator").step(f"{theatre.known['case']}/refer")
    theatre.enter("legal").step(f"{theatre.known['case']}/clear", opinion="程序合法，证据充分。")


def suspend(theatre):
    """Decided by somebody else; the license is suspended in the same moment."""
    decider = theatre.enter("decider")
    decider.open(f"{theatre.known['case']}/case").reads(STATEMENT)
    decider.step(f"{theatre.known['case']}/impose", reasons="同事先告知。As announced.")
    founder = theatre.enter("founder")
    founder.open(f"/licenses/{theatre.known['number']}").open("/inbox")
