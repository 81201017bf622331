// Improves pages that already work without it. Each module looks for its own data attribute.
import { initAll } from "./ds/ds.min.js";
import { guardSubmits, warnUnsaved } from "./js/forms.js";
import { offerPrinting, offerReading } from "./js/reading.js";
import { watchSession } from "./js/session.js";

initAll();
guardSubmits(document);
warnUnsaved(document);
offerPrinting(document);
offerReading(document);
watchSession(document);
