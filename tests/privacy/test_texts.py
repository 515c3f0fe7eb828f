"""The texts about data and accessibility say what this instance is, and what was really audited."""

import re
from pathlib import Path

import pytest
from tests.visitors import Visitor

from recul.privacy import rgaa
from recul.privacy.instance import LAWS, Instance
from recul.settings import load

ROOT = Path(__file__).parents[2]
CRITERIA = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)
"""How many criteria each of the thirteen themes of RGAA 4.1.2 has: 106."""


def test_the_audit_has_a_result_for_every_criterion():
    numbers = [f"{theme}.{n}" for theme, most in enumerate(CRITERIA, 1) for n in range(1, most + 1)]
    audit = rgaa.audit()
    assert [criterion.number for criterion in audit.criteria] == numbers
    assert {c.number for c in audit.not_met} == set(rgaa.REMAINS)
    assert audit.count("met") + audit.count("not_met") + audit.count("not_applicable") == 106


def test_the_audit_names_tests_that_exist():
    named = {
        path
        for criterion in rgaa.audit().criteria
        for path in re.findall(r"tests/[\w/.]+\.py", criterion.how)
    }
    assert len(named) > 4
    assert {path for path in named if not (ROOT / path).is_file()} == set()


def test_the_rate_is_rounded_down_and_leaves_out_what_does_not_apply():
    audit = rgaa.Audit(
        made_on=rgaa.audit().made_on,
        pages=(),
        tools=(),
        criteria=(
            rgaa.Criterion("1.1", "met", ""),
            rgaa.Criterion("1.2", "met", ""),
            rgaa.Criterion("8.2", "not_met", ""),
            rgaa.Criterion("4.1", "not_applicable", ""),
        ),
    )
    assert audit.rate == 66


@pytest.mark.parametrize("country", LAWS)
def test_the_settings_of_the_instance_are_what_the_texts_name(country: str, tmp_path: Path):
    settings = load(
        {
            "RECUL_VAR": str(tmp_path),
            "RECUL_CONTROLLER": "Département du Val-Clair",
            "RECUL_PRIVACY_CONTACT": "dpo@val-clair.example",
            "RECUL_HOSTING": "Atelier Ruche, Lausanne",
            "RECUL_COUNTRY": country,
            "RECUL_ARGON2_MIB": "32",
        }
    )
    instance = Instance.of(settings)
    assert (instance.controller, instance.contact, instance.accessibility_contact) == (
        "Département du Val-Clair",
        "dpo@val-clair.example",
        "dpo@val-clair.example",
    )
    assert instance.law is LAWS[country]
    assert instance.argon2_mib == 32


@pytest.mark.parametrize(
    "path", ["/vos-donnees", "/vos-donnees/registre", "/vos-donnees/analyse-d-impact"]
)
async def test_what_an_instance_did_not_say_is_told_as_missing(path: str, nobody: Visitor):
    answer = await nobody.get(path)
    assert answer.status_code == 200
    assert '<mark class="blank">' in answer.text


async def test_every_page_leads_to_the_statement_and_says_its_state(nobody: Visitor):
    audit = rgaa.audit()
    said = "partiellement conforme" if audit.not_met else "totalement conforme"
    assert f"Accessibilité : {said}" in (await nobody.get("/ce-que-peut-voir")).text.replace(
        "\u202f", " "
    ).replace("\xa0", " ")
    page = (await nobody.get("/accessibilite")).text
    applicable = audit.count("met") + audit.count("not_met")
    assert f"{audit.count('met')} sur {applicable}" in page
