import hashlib
import json
from dataclasses import replace

import pytest

from broker_admin.supervision import commitments
from broker_admin.supervision.planning import Holder, Pool

SALT = "5" * 64
HOLDERS = tuple(Holder(f"SJ{number:03}", "B", weight=number, barred=(9,)) for number in range(1, 6))
POOL = Pool(HOLDERS, (1, 2, 3), {"B": 2})
CONTENT = POOL.content(SALT)


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_seed_is_fixed_by_its_hash():
    assert commitments.of_seed("seed") == sha256("seed")


def test_the_published_pool_names_nobody():
    text = commitments.written(commitments.published(CONTENT))
    assert not any(holder.license in text for holder in HOLDERS)
    assert SALT not in text
    assert "weight" not in text


def test_the_published_order_tells_nothing():
    hashes = commitments.published(CONTENT)["holders"]
    assert hashes == sorted(hashes)
    assert hashes != [commitments.of_holder(CONTENT, holder) for holder in CONTENT["holders"]]


def test_everybody_can_check_the_fingerprint():
    text = commitments.written(commitments.published(CONTENT))
    assert commitments.fingerprint(CONTENT) == sha256(text)


def test_whoever_has_the_salts_makes_every_hash_again():
    opened = json.loads(json.dumps(commitments.opened(CONTENT)))
    for kind in ("holders", "officers"):
        again = sorted(
            sha256(f"{e['salt']}\n{json.dumps(e['entry'], sort_keys=True, separators=(',', ':'))}")
            for e in opened[kind])
        assert again == commitments.published(CONTENT)[kind]


def test_opening_tells_every_entry_but_no_secret():
    opened = commitments.opened(CONTENT)
    assert [e["entry"]["license"] for e in opened["holders"]] == [h.license for h in HOLDERS]
    assert [e["entry"] for e in opened["officers"]] == [1, 2, 3]
    assert SALT not in json.dumps(opened)


def test_no_two_entries_share_a_salt():
    opened = commitments.opened(CONTENT)
    salts = {e["salt"] for kind in ("holders", "officers") for e in opened[kind]}
    assert len(salts) == len(HOLDERS) + 3


def test_an_officer_and_a_holder_of_one_name_differ():
    assert commitments.salt_of(SALT, commitments.HOLDER, "7") != commitments.salt_of(
        SALT, commitments.OFFICER, "7")


@pytest.mark.parametrize("other", [
    replace(POOL, officers=(1, 2)), replace(POOL, places={"B": 3}), replace(POOL, holders=HOLDERS[1:]),
    replace(POOL, holders=(replace(HOLDERS[0], weight=2), *HOLDERS[1:])),
    replace(POOL, holders=(replace(HOLDERS[0], grade="A"), *HOLDERS[1:])),
    replace(POOL, holders=(replace(HOLDERS[0], barred=()), *HOLDERS[1:])),
    replace(POOL, holders=(replace(HOLDERS[0], last_pair=(1, 2)), *HOLDERS[1:])),
])
def test_any_change_of_the_pool_changes_its_hash(other):
    assert commitments.fingerprint(other.content(SALT)) != commitments.fingerprint(CONTENT)


def test_another_salt_hides_the_same_pool_anew():
    other = commitments.published(POOL.content("6" * 64))
    assert not set(other["holders"]) & set(commitments.published(CONTENT)["holders"])
    assert other["places"] == {"B": 2}


def test_what_is_hashed_has_one_written_form():
    assert commitments.written({"b": [1], "a": "穗"}) == '{"a":"\\u7a57","b":[1]}'
