"""Every setting of an instance, read once from the environment.

A value that is wrong stops the start with a sentence that says what to write instead.
Secrets may come from a file: ``RECUL_SECRET_FILE`` instead of ``RECUL_SECRET``.
"""

import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from recul import values
from recul.values import MailServer
from recul.vault.passwords import Cost

LANGUAGES = ("fr", "en")
OF_TESTS = {"RECUL_CHROMIUM", "RECUL_NO_SKIPS"}
LEAST_MIB = 19
"""Of memory for a derivation in production: what OWASP asks of Argon2id at the least."""
HOLD_SECRETS = (
    "RECUL_SECRET",
    "RECUL_DATABASE_URL",
    "RECUL_DATABASE_READ_URL",
    "RECUL_SMTP_URL",
    "RECUL_METRICS_TOKEN",
)
"""Never repeated in an error."""


class SettingError(ValueError):
    """A setting cannot be used. The message names it and says what would do."""


def _setting(variable: str, read: Callable[[str], Any], default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"variable": variable, "read": read, "meaning": meaning})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one instance. Each field says its variable and its meaning."""

    mode: Literal["development", "production"] = _setting(
        "RECUL_MODE",
        values.one_of("development", "production"),
        "development",
        "`production` refuses an unsafe configuration",
    )
    var: Path = _setting(
        "RECUL_VAR", Path, Path("var"), "folder for the database and what the server keeps"
    )
    database_url: str = _setting(
        "RECUL_DATABASE_URL",
        values.database,
        "",
        "`sqlite:///path` or `postgresql://…`; default: `recul.sqlite` in `RECUL_VAR`",
    )
    database_read_url: str = _setting(
        "RECUL_DATABASE_READ_URL",
        values.replica,
        "",
        "a read replica of a PostgreSQL database; only published team figures are read from it",
    )
    keys: Path | None = _setting(
        "RECUL_KEYS",
        Path,
        None,
        "folder for the keys of teams' open cycles; never in a backup; default: `cles` in "
        "`RECUL_VAR`",
    )
    secret: str = _setting(
        "RECUL_SECRET",
        values.secret,
        "",
        "signs forms; 32 random characters or more; in development one is kept in `RECUL_VAR`",
    )
    url: str = _setting(
        "RECUL_URL",
        values.site,
        "",
        "public address, used in the links that are handed out; default: host and port",
    )
    host: str = _setting("RECUL_HOST", values.text, "127.0.0.1", "address to listen on")
    port: int = _setting("PORT", values.between(1, 65535), 8000, "port to listen on")
    workers: int = _setting(
        "RECUL_WORKERS", values.between(1, 64), 1, "processes that answer requests"
    )
    cookie_secure: bool | None = _setting(
        "RECUL_COOKIE_SECURE",
        values.flag,
        None,
        "send cookies over https only; default: yes in production, no in development",
    )
    trusted_proxies: str = _setting(
        "RECUL_TRUSTED_PROXIES",
        values.networks,
        "",
        "addresses or networks of the reverse proxies whose `X-Forwarded-*` count, by commas",
    )
    language: str = _setting(
        "RECUL_LANGUAGE", values.one_of(*LANGUAGES), "fr", "language when the browser asks for none"
    )
    time_zone: str = _setting(
        "RECUL_TIME_ZONE", values.zone, "Europe/Paris", "time zone proposed to newcomers"
    )
    quick_exit: str = _setting(
        "RECUL_QUICK_EXIT",
        values.way_out,
        "/page-blanche",
        "where *Quitter vite* leads: a path here or an address elsewhere",
    )
    sign_in_days: int = _setting(
        "RECUL_SIGN_IN_DAYS",
        values.between(1, 365),
        30,
        "days without use after which a sign-in ends",
    )
    sign_in_longest_days: int = _setting(
        "RECUL_SIGN_IN_LONGEST_DAYS",
        values.between(1, 3650),
        180,
        "days after which a sign-in ends, used or not",
    )
    smtp: MailServer | None = _setting(
        "RECUL_SMTP_URL",
        values.mail_server,
        None,
        "mail server: `smtp://user:password@host:587?tls=starttls`, `tls=direct` or `tls=none`; "
        "default: no mail, links are printed",
    )
    mail_from: str = _setting(
        "RECUL_MAIL_FROM",
        values.mail_from,
        "",
        "whom mail comes from: `Recul <recul@example.org>`; needed with `RECUL_SMTP_URL`",
    )
    controller: str = _setting(
        "RECUL_CONTROLLER",
        values.text,
        "",
        "who answers for people's data, named in the texts about them: name and postal address",
    )
    privacy_contact: str = _setting(
        "RECUL_PRIVACY_CONTACT",
        values.text,
        "",
        "how to reach the data protection officer: name, e-mail or telephone",
    )
    accessibility_contact: str = _setting(
        "RECUL_ACCESSIBILITY_CONTACT",
        values.text,
        "",
        "whom to tell that something cannot be used; default: `RECUL_PRIVACY_CONTACT`",
    )
    hosting: str = _setting(
        "RECUL_HOSTING", values.text, "", "who hosts the server, and in which country"
    )
    country: Literal["FR", "BE", "CH"] = _setting(
        "RECUL_COUNTRY",
        values.one_of("FR", "BE", "CH"),
        "FR",
        "whose law and authority the texts about data name",
    )
    argon2_mib: int = _setting(
        "RECUL_ARGON2_MIB", values.between(1, 4096), 64, "memory of one password derivation, in MiB"
    )
    argon2_passes: int = _setting(
        "RECUL_ARGON2_PASSES", values.between(1, 100), 3, "passes of one password derivation"
    )
    argon2_at_once: int = _setting(
        "RECUL_ARGON2_AT_ONCE", values.between(1, 64), 1, "password derivations at the same time"
    )
    log: str = _setting(
        "RECUL_LOG", values.one_of("human", "json"), "human", "form of the log's lines"
    )
    log_requests: str = _setting(
        "RECUL_LOG_REQUESTS",
        values.one_of("failed", "all"),
        "failed",
        "`failed`: only requests that failed here; `all`: each with its second, so for an hour",
    )
    metrics_token: str = _setting(
        "RECUL_METRICS_TOKEN",
        values.secret,
        "",
        "opens `/metrics` to whoever sends it as a Bearer token; default: there is no such page",
    )

    @property
    def production(self) -> bool:
        return self.mode == "production"

    @property
    def key_folder(self) -> Path:
        return self.keys or self.var / "cles"

    @property
    def cost(self) -> Cost:
        return Cost(memory_kib=self.argon2_mib * 1024, passes=self.argon2_passes)


def variables() -> list[tuple[str, str, str]]:
    """(variable, default as written in the environment, meaning) of every setting."""
    shown = {True: "yes", False: "no", None: ""}
    return [
        (
            f.metadata["variable"],
            shown[f.default] if isinstance(f.default, bool | None) else str(f.default),
            f.metadata["meaning"],
        )
        for f in fields(Settings)
    ]


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and check the settings. Raises SettingError with a sentence and a remedy."""
    known = {f.metadata["variable"] for f in fields(Settings)}
    for name in environ:
        if name.startswith("RECUL_") and name.removesuffix("_FILE") not in known | OF_TESTS:
            raise SettingError(f"{name}: there is no such setting. See the list in the README.")
    given = {
        f.name: _read(f.metadata["variable"], f.metadata["read"], environ) for f in fields(Settings)
    }
    settings = Settings(**{name: value for name, value in given.items() if value is not None})
    return _completed(settings)


def _read(variable: str, read: Callable[[str], Any], environ: Mapping[str, str]) -> Any:
    raw = environ.get(variable, "")
    if path := environ.get(f"{variable}_FILE", ""):
        if raw:
            raise SettingError(f"{variable} and {variable}_FILE are both set: keep one of them.")
        try:
            raw = Path(path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingError(f"{variable}_FILE: {path} cannot be read ({error}).") from None
    raw = raw.strip()
    if not raw:
        return None
    try:
        return read(raw)
    except ValueError as error:
        shown = "this value" if variable in HOLD_SECRETS else repr(raw)
        raise SettingError(f"{variable}: {shown} cannot be used; {error}.") from None


def _completed(settings: Settings) -> Settings:
    """Fill in what depends on the mode, and refuse what is unsafe in production."""
    if settings.production:
        if not settings.secret:
            raise SettingError(
                "RECUL_SECRET is missing: production needs one. Make one with "
                "`python3 -c 'import secrets; print(secrets.token_urlsafe(48))'`."
            )
        if settings.cookie_secure is False:
            raise SettingError(
                "RECUL_COOKIE_SECURE: production sends its cookies over https only; take it out."
            )
        if not settings.url.startswith("https://"):
            raise SettingError("RECUL_URL: production needs its https:// address.")
        if settings.argon2_mib < LEAST_MIB:
            raise SettingError(f"RECUL_ARGON2_MIB: production needs at least {LEAST_MIB}.")
    _refuse_half(settings)
    filled: dict[str, Any] = {
        "var": settings.var.absolute(),
        "keys": settings.keys.absolute() if settings.keys else None,
        "secret": settings.secret or _kept_secret(settings.var),
        "database_url": settings.database_url
        or f"sqlite:///{settings.var.absolute()}/recul.sqlite",
        "url": settings.url or f"http://{settings.host}:{settings.port}",
        "cookie_secure": settings.production
        if settings.cookie_secure is None
        else settings.cookie_secure,
    }
    return Settings(**({f.name: getattr(settings, f.name) for f in fields(Settings)} | filled))


def _refuse_half(settings: Settings) -> None:
    """A setting that means nothing without another."""
    if settings.database_read_url and not settings.database_url.startswith("postgres"):
        raise SettingError(
            "RECUL_DATABASE_READ_URL: only a PostgreSQL database has replicas; take it out."
        )
    if settings.smtp and not settings.mail_from:
        raise SettingError(
            "RECUL_MAIL_FROM is missing: mail needs a sender, such as Recul <recul@example.org>."
        )


def _kept_secret(var: Path) -> str:
    """The secret of a development instance, made at the first start and kept beside its data."""
    path = var / "secret"
    try:
        var.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _keep(path, secrets.token_urlsafe(48))
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingError(
            f"RECUL_VAR: {var} cannot be written ({error.strerror}); choose a folder of your own."
        ) from None


def _keep(path: Path, secret: str) -> None:
    """Written whole before it has its name: another process finds all of it, or nothing."""
    written = path.with_name(f"{path.name}.{os.getpid()}")
    written.touch(mode=0o600)
    written.write_text(secret, encoding="utf-8")
    with suppress(FileExistsError):
        path.hardlink_to(written)
    written.unlink()
