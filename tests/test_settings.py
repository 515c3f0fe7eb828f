from pathlib import Path

import pytest

from recul.settings import SettingError, load, variables

SECRET = "x" * 32
PRODUCTION = {
    "RECUL_MODE": "production",
    "RECUL_SECRET": SECRET,
    "RECUL_URL": "https://recul.example.org",
}


def test_the_readme_names_every_setting_with_its_default():
    readme = Path(__file__).parent.parent.joinpath("README.md").read_text(encoding="utf-8")
    rows = [line for line in readme.splitlines() if line.startswith("| `")]
    for variable, default, meaning in variables():
        shown = f"`{default}`" if default else ""
        assert f"| `{variable}` | {shown} | {meaning} |" in rows


def test_an_unknown_setting_is_named():
    with pytest.raises(SettingError, match="RECUL_COULEUR"):
        load({"RECUL_SECRET": SECRET, "RECUL_COULEUR": "vert"})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "huit"),
        ("PORT", "70000"),
        ("RECUL_MODE", "prod"),
        ("RECUL_TIME_ZONE", "Europe/Lutece"),
        ("RECUL_DATABASE_URL", "mysql://ici"),
        ("RECUL_DATABASE_URL", "sqlite:///"),
        ("RECUL_SECRET", "court"),
        ("RECUL_URL", "recul.example.org"),
        ("RECUL_URL", "https://example.org/recul"),
        ("RECUL_COOKIE_SECURE", "peut-être"),
        ("RECUL_QUICK_EXIT", "//ailleurs.example"),
        ("RECUL_SIGN_IN_DAYS", "0"),
        ("RECUL_TRUSTED_PROXIES", "*"),
        ("RECUL_TRUSTED_PROXIES", "0.0.0.0/0"),
        ("RECUL_SMTP_URL", "smtp.example.org"),
        ("RECUL_SMTP_URL", "smtp://a:b@smtp.example.org?tls=peut-être"),
        ("RECUL_SMTP_URL", "smtp://a:b@smtp.example.org?tls=none"),
        ("RECUL_SMTP_URL", "smtp://a:b/c@smtp.example.org"),
        ("RECUL_MAIL_FROM", "Recul"),
        ("RECUL_MAIL_FROM", "a@exemple.fr\nBcc: b@exemple.fr"),
    ],
)
def test_a_wrong_value_says_which_and_what_would_do(variable: str, value: str):
    with pytest.raises(SettingError, match=rf"^{variable}: .*write"):
        load({"RECUL_SECRET": SECRET, variable: value})


@pytest.mark.parametrize("variable", ["RECUL_SECRET", "RECUL_DATABASE_URL"])
def test_a_secret_is_never_repeated_in_an_error(variable: str):
    with pytest.raises(SettingError) as error:
        load({variable: "trop court"})
    assert "trop court" not in str(error.value)


def test_a_mail_password_is_never_repeated_in_an_error_or_shown():
    with pytest.raises(SettingError) as error:
        load({"RECUL_SECRET": SECRET, "RECUL_SMTP_URL": "smtp://a:sesame/b@h:x"})
    assert "sesame" not in str(error.value)
    mail = {"RECUL_SMTP_URL": "smtps://a:ses%2Fame@h", "RECUL_MAIL_FROM": "Recul <a@h.fr>"}
    loaded = load({"RECUL_SECRET": SECRET} | mail)
    assert loaded.smtp
    assert (loaded.smtp.password, loaded.smtp.port, loaded.smtp.tls) == ("ses/ame", 465, "direct")
    assert "ame" not in repr(loaded.smtp)


def test_mail_needs_a_sender():
    with pytest.raises(SettingError, match="RECUL_MAIL_FROM"):
        load({"RECUL_SECRET": SECRET, "RECUL_SMTP_URL": "smtp://h"})


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [("RECUL_SECRET", "RECUL_SECRET is missing"), ("RECUL_URL", "https://")],
)
def test_production_refuses_to_start_unsafe(left_out: str, sentence: str):
    with pytest.raises(SettingError, match=sentence):
        load({name: value for name, value in PRODUCTION.items() if name != left_out})


def test_production_refuses_insecure_cookies():
    with pytest.raises(SettingError, match="RECUL_COOKIE_SECURE"):
        load(PRODUCTION | {"RECUL_COOKIE_SECURE": "no"})


def test_production_refuses_a_cheap_derivation():
    with pytest.raises(SettingError, match="at least 19"):
        load(PRODUCTION | {"RECUL_ARGON2_MIB": "18"})


def test_production_sends_secure_cookies():
    assert load(PRODUCTION).cookie_secure is True


def test_a_secret_comes_from_a_file(tmp_path: Path):
    path = tmp_path / "secret"
    path.write_text(SECRET + "\n", encoding="utf-8")
    assert load({"RECUL_SECRET_FILE": str(path)}).secret == SECRET


def test_a_secret_file_that_is_missing_is_said(tmp_path: Path):
    with pytest.raises(SettingError, match="RECUL_SECRET_FILE"):
        load({"RECUL_SECRET_FILE": str(tmp_path / "none")})


def test_development_keeps_a_secret_of_its_own(tmp_path: Path):
    first, second = load({"RECUL_VAR": str(tmp_path)}), load({"RECUL_VAR": str(tmp_path)})
    assert first.secret == second.secret
    assert len(first.secret) >= 32
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
