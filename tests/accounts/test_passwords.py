import pytest

from broker_admin.accounts.passwords import hash_password, verify, weakness


@pytest.mark.parametrize("password", [
    "three grey herons wade", "三只灰鹭在浅水里走着路呢", "x9!Kq2#Lm5@Zr8", "correct horse staple",
])
def test_long_unrelated_words_will_do(password):
    assert weakness(password) is None


@pytest.mark.parametrize("password", [
    "", "short", "12345678901", "123456123456", "aaaaaaaaaaaaaaa", "password and more",
    "guangdong rocks ok", "数据经纪人二零二六年啊", "x" * 129,
])
def test_weak_passwords_are_named(password):
    assert weakness(password)


def test_words_about_the_person_are_weak():
    assert weakness("chenyi lives here", ("chenyi",))


def test_a_hash_fits_only_its_password(app):
    stored = hash_password("three grey herons wade")
    assert verify(stored, "three grey herons wade")
    assert not verify(stored, "three grey herons wade ")
    assert not verify("nonsense", "three grey herons wade")
