"""What an inspection found wrong is put right: ordered, done, shown and verified."""

from tests.documents.files import pdf
from tests.journeys.visiting import DEMANDS

DONE = "已补全来源说明，台账见附件。The sources are complete; the list is attached."
VERDICT = "经复核，已整改到位。Checked, and put right."


def read_order(theatre):
    """It came with the result of the inspection."""
    founder = theatre.enter("founder")
    founder.open("/inbox").open("/supervision/").follow("/rectifications/ZG-").reads(DEMANDS)
    theatre.known["order"] = founder.path


def answer(theatre):
    """With a file that proves it."""
    founder, path = theatre.enter("founder"), theatre.known["order"]
    founder.attach(f"{path}/attach", "台账.pdf", pdf()).reads("台账.pdf")
    founder.follow("/answer").hand_in(text=DONE).reads(DONE)


def verify(theatre):
    officer, path = theatre.enter("supervisor"), theatre.known["order"]
    officer.open("/supervision/rectifications/worklist").follow(f"{path}/case").reads(DONE)
    officer.follow("/verify").hand_in(reason=VERDICT)
    theatre.enter("founder").open(path).reads(VERDICT)
