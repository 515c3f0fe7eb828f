"""A browser of few words: signs in, and writes down the requests that a load repeats."""

from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.bench.world import PASSWORD

HEADERS = {
    "Host": "127.0.0.1",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "fr,fr-FR;q=0.8,en;q=0.5",
    "Accept-Encoding": "gzip, deflate, br",
    "Connection": "keep-alive",
    "Sec-Fetch-Site": "same-origin",
}

URL_ENCODED = "application/x-www-form-urlencoded"


class Browser:
    """One person's cookies on one server."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.get("/connexion")

    def get(self, path: str) -> tuple[HTTPResponse, bytes]:
        return self._ask("GET", path, b"")

    def sent_to(self, path: str, form: dict[str, str]) -> str:
        """Where a form leads."""
        answer, _ = self._ask("POST", path, self._form(form))
        return answer.headers["location"]

    def post(self, path: str, form: dict[str, str]) -> str:
        """Where a form leads. Raises RuntimeError when it was not taken."""
        answer, _ = self._ask("POST", path, self._form(form))
        if answer.status != 303:
            raise RuntimeError(f"POST {path}: {answer.status}")
        return str(answer.headers["location"])

    def sends(self, path: str, field: str, content: bytes) -> None:
        """A file, in a form. Raises RuntimeError when it was not taken."""
        line = "--limit\r\nContent-Disposition: form-data; name="
        token = f'{line}"_csrf_token"\r\n\r\n{self.cookies["recul-formulaire"]}\r\n'
        head = f'{line}"{field}"; filename="carnet.json"\r\n\r\n'
        body = f"{token}{head}".encode() + content + b"\r\n--limit--\r\n"
        answer, _ = self._ask("POST", path, body, "multipart/form-data; boundary=limit")
        if answer.status != 303:
            raise RuntimeError(f"POST {path}: {answer.status}")

    def sign_in(self, email: str) -> "Browser":
        self.post("/connexion", _secret(email))
        return self

    def written(self, path: str, form: dict[str, str] | None = None) -> str:
        """The request for a page, or of a form, as it goes over the wire."""
        body = b"" if form is None else self._form(form)
        method = "GET" if form is None else "POST"
        lines = [f"{name}: {value}" for name, value in self._headers(body).items()]
        return "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "", body.decode()])

    def written_sign_in(self, email: str) -> str:
        return self.written("/connexion", _secret(email))

    def _form(self, fields: dict[str, str]) -> bytes:
        return urlencode({"_csrf_token": self.cookies["recul-formulaire"]} | fields).encode()

    def _headers(self, body: bytes, kind: str = URL_ENCODED) -> dict[str, str]:
        headers = dict(HEADERS)
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={val}" for name, val in self.cookies.items())
        if body:
            headers["Content-Type"] = kind
            headers["Content-Length"] = str(len(body))
        return headers

    def _ask(
        self, method: str, path: str, body: bytes, kind: str = URL_ENCODED
    ) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port)
        try:
            connection.request(method, path, body or None, self._headers(body, kind))
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for line in answer.headers.get_all("set-cookie", []):
            self.cookies |= {name: found.value for name, found in SimpleCookie(line).items()}
        return answer, content


def _secret(email: str) -> dict[str, str]:
    return {"email": email, "password": PASSWORD}
