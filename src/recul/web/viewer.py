"""Who is asking, and the request that carries them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import Request
from litestar.datastructures import FormMultiDict, MultiDict, State
from litestar.exceptions import ClientException, InternalServerException
from typing_extensions import override

from recul.settings import Settings
from recul.vault.opened import OpenVault
from recul.web.bodies import Fields, read_fields, read_query
from recul.web.roles import Standing

READ = "read_fields"
"""Where a request keeps its fields: the check of its token reads them, then the handler does."""


class NotSignedIn(Exception):
    """The page needs somebody who is signed in."""


class VaultLocked(Exception):
    """The page shows private content and the vault of this sign-in is closed."""


class ProofNeeded(Exception):
    """The page wants the password, or a passkey, once more: it was shown too long ago."""

    def __init__(self, back: str = "") -> None:
        super().__init__(back)
        self.back = back
        """Where to go then, when the route is no page to arrive at."""


class Leaving(Exception):
    """The account is to be erased: its person has one page left, to keep it or to take a copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """The account behind the cookie of this request."""

    id: UUID
    sign_in: UUID
    email: str
    display_name: str
    standings: frozenset[Standing]
    settled: bool
    language: str | None
    time_zone: str
    idle_minutes: int
    vault_id: UUID
    public_key: bytes
    vault: OpenVault | None
    proved: bool = False
    """The password, or a passkey, was shown within the last minutes."""
    passkeys: bool = False
    """There are some, so that pages which ask for a password can offer them."""
    opened_by_passkey: bool = False
    """One of them at least opens the vault."""
    erase_at: datetime | None = None
    """When the account goes, where its person asked for that."""

    @property
    def administrator(self) -> bool:
        return Standing.ADMINISTRATOR in self.standings

    @property
    def organises(self) -> bool:
        return Standing.ORGANISER in self.standings


class WebRequest(Request[Viewer | None, None, State]):
    """A request as Recul's handlers receive it."""

    @override
    async def form(self) -> FormMultiDict:
        """The fields that were sent, each time of the same body."""
        if READ not in self.scope["state"]:
            self.scope["state"][READ] = read_fields(self.content_type, await self._whole_body())
        return FormMultiDict.from_form_data(self.already_read)

    async def _whole_body(self) -> bytes:
        """Somebody who goes away in the middle is no failure of the server's."""
        try:
            return await self.body()
        except InternalServerException:
            raise ClientException("the visitor has gone") from None

    @property
    def already_read(self) -> Fields:
        """The fields of the form, as far as somebody asked for them."""
        fields: Fields = self.scope["state"].get(READ, {})
        return fields

    @property
    def address(self) -> str:
        """The caller's address in the network; uvicorn has read the proxy's header if it may."""
        return self.client.host if self.client else ""

    @property
    def path(self) -> str:
        """What was asked for. `url` would be made with the `Host` header, that anybody writes."""
        path: str = self.scope["path"]
        return path

    @property
    def target(self) -> str:
        """The path, and what follows its question mark."""
        query = self.scope["query_string"].decode("latin-1")
        return f"{self.path}?{query}" if query else self.path

    @property
    @override
    def query_params(self) -> MultiDict[str]:
        return MultiDict(read_query(self.scope["query_string"]))

    @property
    def settings(self) -> Settings:
        settings: Settings = self.app.state.settings
        return settings

    @property
    def visitor(self) -> Viewer | None:
        """The viewer, or nobody."""
        viewer: Viewer | None = self.scope.get("user")
        return viewer

    @property
    def viewer(self) -> Viewer:
        if self.visitor is None:
            raise NotSignedIn
        return self.visitor

    @property
    def vault(self) -> OpenVault:
        """The open vault of the viewer. Raises VaultLocked."""
        if self.viewer.vault is None:
            raise VaultLocked
        return self.viewer.vault

    @property
    def is_htmx(self) -> bool:
        return self.headers.get("HX-Request") == "true"

    @property
    def wants_part(self) -> bool:
        """htmx asks for a fragment, not for a whole page."""
        return self.headers.get("HX-Request-Type") == "partial"
