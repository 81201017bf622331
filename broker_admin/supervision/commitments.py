"""What is published of a pool before the draw: it binds every entry and tells none.  Pure.

Everybody may read a salted hash of each entry, in an order of their own.  Whoever is given the
salts beside the entries, an auditor for one, makes the same hashes again.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

HOLDER, OFFICER = "holder", "officer"


def written(content: Any) -> str:
    """One written form for what is hashed, to the letter."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def of_seed(seed: str) -> str:
    """What is published before the draw: it fixes the seed without telling it."""
    return digest(seed)


def salt_of(secret: str, kind: str, name: str) -> str:
    """An entry's own salt: shown to prove one entry, it opens no other."""
    return hmac.new(secret.encode(), f"{kind}\n{name}".encode(), hashlib.sha256).hexdigest()


def of_holder(content: Mapping[str, Any], holder: Mapping[str, Any]) -> str:
    return digest(f"{salt_of(content['salt'], HOLDER, holder['license'])}\n{written(holder)}")


def of_officer(content: Mapping[str, Any], officer: int) -> str:
    return digest(f"{salt_of(content['salt'], OFFICER, str(officer))}\n{written(officer)}")


def published(content: Mapping[str, Any]) -> dict[str, Any]:
    """The pool as everybody may read it."""
    # Sorted by hash: in the order of the entries a place in the list would tell whose it is.
    return {"holders": sorted(of_holder(content, holder) for holder in content["holders"]),
            "officers": sorted(of_officer(content, officer) for officer in content["officers"]),
            "places": content["places"]}


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 of the published pool, so that everybody can check it without the entries."""
    return digest(written(published(content)))


def opened(content: Mapping[str, Any]) -> dict[str, Any]:
    """Every entry with its salt and hash: what an auditor repeats the draw from."""
    return {
        "places": content["places"],
        "holders": [{"entry": holder, "salt": salt_of(content["salt"], HOLDER, holder["license"]),
                     "commitment": of_holder(content, holder)} for holder in content["holders"]],
        "officers": [{"entry": officer, "salt": salt_of(content["salt"], OFFICER, str(officer)),
                      "commitment": of_officer(content, officer)} for officer in content["officers"]],
    }
