from string import ascii_lowercase, digits, punctuation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recul.accounts import passwords
from recul.accounts.passwords import check_password

EMAIL = "claire.martinet@recul.example"
NAME = "Claire Martinet"


def refusal(password: str) -> str | None:
    return check_password(password, EMAIL, NAME)


@pytest.mark.parametrize(
    "password",
    [
        "prendre-du-recul-2026",
        "correct horse battery staple",
        "le chat dort sur le radiateur",
        "tabouret violon mardi",
        "Xk4$zzPq8!mW",
        "9f3c71e04b8a2d65",
        "7364aa918273",
        "éàüöñßçøåœæî",
        "🦔 sous la pluie fine",
        "مفتاح البيت القديم",
        "claire voit un hérisson",
        "l'azerty me fatigue beaucoup",
    ],
)
def test_good_passwords_are_accepted(password: str) -> None:
    assert refusal(password) is None


def test_twelve_characters_are_enough_and_eleven_are_not() -> None:
    assert refusal("tiroir pluie") is None
    assert refusal("tiroir plui") == passwords.check_password("", "", "")
    assert "12 caractères" in (refusal("tiroir plui") or "")


def test_length_counts_characters_not_bytes() -> None:
    assert "12 caractères" in (refusal("é" * 3 + "œuvré à") or "")
    assert "12 caractères" in (refusal("e\u0301té à la me") or "")  # 11 once composed


def test_two_hundred_characters_are_the_most() -> None:
    long = "un deux trois quatre " * 9 + "cinq et demie"
    assert len(long) > 200
    assert "200" in (refusal(long) or "")
    assert refusal(long[:200]) is None
    assert "200" in (refusal(long[:201]) or "")
    assert "200" in (refusal("z1" * 500_000) or "")


@pytest.mark.parametrize(
    "password",
    [
        "motdepasse2026!",
        "Mot de passe 2026",
        "M0tdep@sse2026",
        "m0tdep@ss3!!",
        "¡motdepasse!",
        "azertyuiop12",
        "AZERTYUIOP!!",
        "qwertzuiopasdf",
        "poiuytreza12",
        "123456789012",
        "098765432109",
        "abcdefghijkl",
        "aaaaaaaaaaaa",
        "            ",
        "------------",
        "121212121212",
        "azerazerazer",
        "soleilsoleil",
        "soleil2026soleil",
        "Soleil-Soleil-26",
        "2026bonjour2026",
        "Password1234!",
        "P4ssw0rd!!!!",
        "1q2w3e4r5t6y",
        "1QAZ2wsx3edc",
        "Éducatrice2026",
        "SŒURETTE!2026",
        "ｍｏｔｄｅｐａｓｓｅ2026",
        "jetaimejetaime",
        "mila12345678",
    ],
)
def test_easily_guessed_passwords_are_refused(password: str) -> None:
    assert "se devine" in (refusal(password) or "")


@pytest.mark.parametrize(
    "password",
    [
        "claire.martinet@recul.example",
        "CLAIRE.MARTINET@RECUL.EXAMPLE",
        "Claire Martinet",
        "clairemartinet",
        "martinet-claire",
        "Martinet2026!",
        "claireclaire26",
    ],
)
def test_ones_own_name_and_address_are_refused(password: str) -> None:
    assert "votre nom" in (refusal(password) or "")


def test_somebody_elses_name_is_not_ones_own() -> None:
    assert check_password("clairemartinet", "z@recul.example", "Zoé Y") is None


@pytest.mark.parametrize(("email", "name"), [("", ""), ("@", "."), ("é@é", "🦔"), ("a@b", "Li Ó")])
def test_a_short_or_empty_name_refuses_nothing(email: str, name: str) -> None:
    assert check_password("tabouret violon", email, name) is None


@given(st.text(max_size=250), st.text(max_size=60), st.text(max_size=60))
def test_any_text_gets_an_answer(password: str, email: str, name: str) -> None:
    answer = check_password(password, email, name)
    assert answer is None or answer.endswith(".")


@given(st.sampled_from(["motdepasse", "chouchou", "bonjour", "lausanne"]), st.data())
def test_no_dressing_rescues_a_common_word(word: str, data: st.DataObject) -> None:
    dressing = st.text(digits + "!?*-_ ", min_size=4, max_size=12)
    password = data.draw(dressing) + word.title() + data.draw(dressing)
    assert refusal(password) is not None


def test_random_passwords_are_hardly_ever_refused() -> None:
    from random import Random

    source = Random(20261124)
    alphabet = ascii_lowercase + ascii_lowercase.upper() + digits + punctuation
    made = ["".join(source.choices(alphabet, k=14)) for _ in range(5_000)]
    assert [password for password in made if refusal(password)] == []


def test_the_list_is_long_folded_and_says_where_it_comes_from() -> None:
    lines = passwords._LIST.read_text(encoding="utf-8").splitlines()
    header = [line for line in lines if line.startswith("#")]
    entries = lines[len(header) :]
    assert len(entries) >= 2_000
    assert entries == sorted(set(entries))
    assert [entry for entry in entries if entry != passwords._fold(entry) or not entry] == []
    assert "MIT licence" in " ".join(header)
