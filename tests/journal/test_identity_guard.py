"""The identity guard points out what it should, leaves alone what it should, and stays linear."""

import time
import unicodedata
from collections.abc import Callable
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recul.journal.identity_guard import KIND_LABELS, Finding, findings, replace_all
from recul.journal.identity_guard.numbers import avs_is_valid, nir_is_valid, niss_is_valid

Form = Literal["NFC", "NFD"]

NAMES = [
    ("Vu Mme Dupont-Martin ce matin", "Vu Mme D.-M. ce matin"),
    ("Vu Mme Dupont. Elle va mieux.", "Vu Mme D. Elle va mieux."),
    ("Mme Dupont… et Mme DURAND!", "Mme D.… et Mme D.!"),
    ("Mme\u00a0Dupont, M.\u202fDurand", "Mme\u00a0D., M.\u202fD."),
    ("M.Dupont et M Durand", "M.D. et M D."),
    ("M. d’Artagnan a téléphoné", "M. d’A. a téléphoné"),
    ("M. N’Diaye et Mme O'Connor", "M. N. et Mme O."),
    ("Mme de La Tour, Mme van den Berg", "Mme de L. T., Mme van den B."),
    ("Monsieur Le Goff et Mme El Amrani", "Monsieur L. G. et Mme E. A."),
    ("M. et Mme Dupont", "M. et Mme D."),
    ("Mr. Dupont, Mlle Élodie Brun", "Mr. D., Mlle É. B."),
    ("la famille Benali dort mal", "la famille B. dort mal"),
    ("la petite Léa et le jeune Kévin", "la petite L. et le jeune K."),
    ("la maman d’Inès et sa grand-mère Rosa", "la maman d’I. et sa grand-mère R."),
    ("Le Dr Martin et Me Durand", "Le Dr M. et Me D."),
    ("Madame فاطمة est passée", "Madame ف. est passée"),
    ("À M. Dupont", "À M. D."),
]
CONTACTS = [
    "06 12 34 56 78",
    "0612345678",
    "06.12.34.56.78",
    "06-12-34-56-78",
    "06\u00a012\u00a034\u00a056\u00a078",
    "+33 6 12 34 56 78",
    "+33 (0)6 12 34 56 78",
    "0033612345678",
    "022 123 45 67",
    "+41 22 123 45 67",
    "0041 (0)79 123 45 67",
    "+32 475 12 34 56",
    "0475/12.34.56",
    "02 123 45 67",
    "081/22.33.44",
]
ADDRESSES = [
    "12 rue Victor Hugo",
    "12 rue des lilas",
    "12bis, avenue de la République",
    "3 ter impasse du Moulin",
    "4 bd. Saint-Michel",
    "7, chemin de l’Étang, 69003 Lyon",
    "10 rue du 8 mai 1945, 75010 Paris",
    "2 place Bellecour",
    "rue Haute 12",
    "rue de la Loi 16/3",
    "chaussée de Wavre 123 bte 4",
    "avenue Louise, 149, 1050 Bruxelles",
    "ch. des Fleurs 4\n1003 Lausanne",
]
LEFT_ALONE = [
    "Mme D. Elle va bien.",
    "Mme D.-M. et M. T. sont venus",
    "Mme M. Elle crie. Vu L. M. Elle dort.",
    "Madame, Monsieur",
    "Madame la juge a parlé, Monsieur le maire aussi",
    "Mme est venue, Mme Elle-même",
    "une famille. Demain je rappelle",
    "J’ai vu Madame\nDemain, synthèse",
    "le 01/02/2026 14 h 30",
    "03.02.2026 14:30",
    "synthèse le 12 mars 2026 à 9 h 30",
    "l’année le 12/03/2011",
    "il est à la rue depuis 3 mois",
    "3 places en foyer, 2 cours de français",
    "rue Haute 12 h 30",
    "rue Haute, le 12 mars",
    "1 234 567 890 euros",
    "@ la prochaine, a@b",
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names_become_initials(text: str, expected: str) -> None:
    assert replace_all(text) == expected
    assert {found.kind for found in findings(text)} == {"name"}


@pytest.mark.parametrize("written", CONTACTS)
def test_phone_numbers(written: str) -> None:
    start = len("Appeler le ")
    expected = Finding(start, start + len(written), "phone", written, "[téléphone]")
    assert findings(f"Appeler le {written} demain.") == [expected]


@pytest.mark.parametrize("written", ADDRESSES)
def test_addresses(written: str) -> None:
    assert replace_all(f"Elle vit {written}. Puis") == "Elle vit [adresse]. Puis"


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(
    "written", ["jean.dupont+x@exemple.fr", "a_b@sous.domaine.be", "élodie@exemple.ch"]
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_e_mail(written: str, form: Form) -> None:
    text = unicodedata.normalize(form, f"Écrire à {written}.")
    assert replace_all(text) == unicodedata.normalize(form, "Écrire à [courriel].")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("né le 12/03/2011", "12/03/2011"),
        ("Née le 1er mars 2011", "1er mars 2011"),
        ("né·e le 3-4-09", "3-4-09"),
        ("née le mardi 12 février 2011", "12 février 2011"),
        ("Date de naissance : 12.03.2011", "12.03.2011"),
        ("DDN: 2011-03-12", "2011-03-12"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_dates_of_birth(text: str, date: str, form: Form) -> None:
    text, date = (unicodedata.normalize(form, part) for part in (text, date))
    assert [(found.kind, found.text) for found in findings(text)] == [("date", date)]
    assert replace_all(text) == text.replace(date, "[date]")


@pytest.mark.parametrize(
    "written",
    [
        "1 84 12 76 451 089 46",
        "184127645108946",
        "2 99 05 2A 123 456 73",
        "2 99 05 2B 123 456 03",
        "756.9217.0769.85",
        "7569217076985",
        "85.07.30-033.28",
        "85073003328",
        "17.07.30-033.84",
    ],
)
def test_numbers_with_a_right_key(written: str) -> None:
    assert replace_all(f"n° {written}, noté") == "n° [numéro], noté"


@pytest.mark.parametrize(
    "written", ["1 84 12 76 451 089 47", "756.9217.0769.86", "85.07.30-033.29", "85.13.30-033.28"]
)
def test_numbers_with_a_wrong_key_are_left_alone(written: str) -> None:
    assert findings(f"n° {written}, noté") == []


@given(st.integers(10**12, 3 * 10**12 - 1))
def test_one_nir_key_in_97_is_right(body: int) -> None:
    keys = [key for key in range(100) if nir_is_valid(f"{body}{key:02d}")]
    assert keys == [97 - body % 97]


@given(st.integers(0, 10**9 - 1), st.integers(0, 9))
def test_avs_check_digit_notices_any_one_changed_digit(body: int, place: int) -> None:
    number = next(
        f"756{body:09d}{last}" for last in range(10) if avs_is_valid(f"756{body:09d}{last}")
    )
    changed = str((int(number[place]) + 1) % 10)
    assert not avs_is_valid(number[:place] + changed + number[place + 1 :])


def test_niss_of_both_centuries_and_bis_numbers() -> None:
    for century in ("", "2"):
        body = "854730033"
        assert niss_is_valid(body + f"{97 - int(century + body) % 97:02d}")


def test_a_whole_paragraph() -> None:
    text = (
        "Vu Mme Dupont (née le 12/03/1990, 12 rue des Lilas, 69003 Lyon) avec la petite Léa. "
        "Rappeler M. Diallo au 06 12 34 56 78 ou a.diallo@exemple.fr."
    )
    assert [found.kind for found in findings(text)] == [
        "name",
        "date",
        "address",
        "name",
        "name",
        "phone",
        "email",
    ]
    assert replace_all(text) == (
        "Vu Mme D. (née le [date], [adresse]) avec la petite L. "
        "Rappeler M. D. au [téléphone] ou [courriel]."
    )
    assert set(KIND_LABELS) >= {found.kind for found in findings(text)}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_written_apart_and_odd_signs_do_not_matter(form: Form) -> None:
    text = unicodedata.normalize(form, "🙂 Mme Élodie-Zoë Brûlé 👩🏽‍💻 \u200f و M. Ömer\u0000")
    expected = unicodedata.normalize(form, "🙂 Mme É.-Z. B. 👩🏽‍💻 \u200f و M. Ö.\u0000")
    assert replace_all(text) == expected


PIECES = st.sampled_from(
    [
        *(text for text, _ in NAMES),
        *CONTACTS,
        *ADDRESSES,
        *LEFT_ALONE,
        *"Mme M. M Me MM. famille petite de d’ la L. D.-M. Léa Elle Dupont É e\u0301".split(),
        *"- ’ . , @ rue Rue 12 bis 69003 Lyon ch. 0 06 +33 756 2A né le 12/03 a@b.fr".split(),
        "1 84 12 76 451 089 46",
        "\n",
        "\u200f",
        "🙂",
        "\ud800",
        "²",
        "فاطمة",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(PIECES, max_size=14).map(" ".join),
    st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=14).map("".join),
)


@settings(max_examples=600, deadline=None)
@given(TEXTS)
def test_nothing_is_left_after_replacing(text: str) -> None:
    assert findings(replace_all(text)) == []


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_findings_are_places_of_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for found in findings(text):
        assert end <= found.start < found.end
        assert text[found.start : found.end] == found.text != found.proposal
        end = found.end


ADVERSARIAL = [
    "a",
    "A",
    "9",
    "0 ",
    "06 ",
    "1 84 12 76 451 089 4",
    "756.",
    "+33(0)",
    "a.",
    "a@",
    "a.a@a.",
    "@a.a",
    "Mme ",
    "Mme" + " " * 50,
    "Mme de ",
    "Mme D’",
    "Mme de la ",
    "Léa-",
    "e\u0301",
    "M. Aa. ",
    "Rue ",
    "1 rue ",
    "rue A 1 ",
    "1 rue A, 1000 ",
    "né le ",
    "né le 12/",
    "naissance : ",
    " ",
    "\n",
    "’",
    "-",
]


@pytest.mark.slow
@pytest.mark.parametrize("piece", ADVERSARIAL)
@pytest.mark.parametrize("work", [findings, replace_all])
def test_time_grows_with_the_length_only(piece: str, work: Callable[[str], object]) -> None:
    """Eight times the text: eight times the time if linear, sixty-four if not."""
    short, long = (piece * (size // len(piece)) for size in (12_500, 100_000))
    assert _seconds(work, long) < 28 * _seconds(work, short) + 0.01


def _seconds(work: Callable[[str], object], text: str) -> float:
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        work(text)
        best = min(best, time.process_time() - start)
    return best
