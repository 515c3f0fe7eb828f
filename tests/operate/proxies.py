"""nginx and Caddy as `docs/operate` sets them up, in front of an instance in production mode."""

import os
import re
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from tests.processes import RemoteVisitor, Served, free_port, serving
from tests.programs import needed

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "operate"
TLS = ROOT / "tests" / "notifications" / "tls"
"""A certificate authority of the tests' own, and a certificate of it for localhost."""


@dataclass
class Proxied:
    """An instance, and the proxy that people see of it."""

    port: int
    plain_port: int
    served: Served
    proxy: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    def client(self, address: str = "127.0.0.1", **headers: str) -> httpx.AsyncClient:
        transport = httpx.AsyncHTTPTransport(verify=trusting(), local_address=address)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.AsyncClient(transport=transport, base_url=self.url, timeout=30, headers=named)

    def visitor(self, address: str = "127.0.0.1", **headers: str) -> RemoteVisitor:
        visitor = RemoteVisitor(self.url)
        visitor.client = self.client(address, **headers)
        return visitor


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(TLS / "authority.pem"))


@contextmanager
def proxied(kind: str, folder: Path, database_url: str = "") -> Iterator[Proxied]:
    program, port, plain = needed(kind), free_port(), free_port()
    settings = {
        "RECUL_MODE": "production",
        "RECUL_URL": f"https://localhost:{port}",
        "RECUL_TRUSTED_PROXIES": "127.0.0.1",
        "RECUL_ARGON2_MIB": "19",
        "RECUL_METRICS_TOKEN": "t" * 43,
        "RECUL_LOG": "json",
    }
    with serving(folder / "var", folder / "log", database_url, **settings) as served:
        config = {"nginx": _nginx, "caddy": _caddy}[kind](folder, served.port, port, plain)
        log = folder / "proxy.log"
        env = {"HOME": str(folder), "PATH": os.environ["PATH"]}
        with log.open("wb") as sink:
            words = [program, *config]
            proxy = subprocess.Popen(words, cwd=folder, env=env, stdout=sink, stderr=sink)
            try:
                _wait(port, proxy, log)
                yield Proxied(port, plain, served, proxy, log)
            finally:
                proxy.terminate()
                proxy.wait(20)


def _nginx(folder: Path, app: int, port: int, plain: int) -> list[str]:
    """The file as it is, but for ports, the name and the certificate."""
    text = (GUIDE / "nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r".*listen \[::\].*\n", "", text)  # not every machine has IPv6
    text = text.replace("listen 443 ", f"listen 127.0.0.1:{port} ")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    text = text.replace("recul.example.org;", "localhost;").replace(":8000", f":{app}")
    text = re.sub(r"(ssl_certificate(?:_key)?) .*;", rf"\1 {TLS / 'localhost.pem'};", text)
    (folder / "site.conf").write_text(text, encoding="utf-8")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder / kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"daemon off; user root; pid {folder / 'pid'}; error_log stderr crit; events {{}}"
        f" http {{ {temporary} include {folder / 'site.conf'}; }}"
    )
    return ["-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")]


def _caddy(folder: Path, app: int, port: int, plain: int) -> list[str]:
    text = (GUIDE / "Caddyfile").read_text(encoding="utf-8")
    where = f"\tadmin off\n\thttp_port {plain}\n\thttps_port {port}\n\tskip_install_trust\n"
    text = text.replace("{\n", "{\n" + where, 1)
    pem = TLS / "localhost.pem"
    text = text.replace(
        "\nrecul.example.org {\n", f"\nlocalhost {{\n\tbind 127.0.0.1\n\ttls {pem} {pem}\n"
    )
    text = text.replace("reverse_proxy 127.0.0.1:8000", f"reverse_proxy 127.0.0.1:{app}")
    (folder / "Caddyfile").write_text(text, encoding="utf-8")
    return ["run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


def _wait(port: int, proxy: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 20
    with httpx.Client(verify=trusting(), trust_env=False) as client:
        while time.monotonic() < end and proxy.poll() is None:
            try:
                if client.get(f"https://localhost:{port}/healthz").text == "ok":
                    return
            except httpx.TransportError:
                time.sleep(0.05)
    raise AssertionError(f"the proxy does not answer: {log.read_text()}")
