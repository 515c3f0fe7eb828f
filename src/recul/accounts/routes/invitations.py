"""Invitations: accepted by newcomers, made by technical administrators."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from recul.accounts import forms, queries
from recul.accounts.actions import invitations, mailed
from recul.accounts.actions.invitations import AddressTaken, AlreadyUsed
from recul.accounts.joining import Refused
from recul.accounts.routes.arriving import let_in
from recul.vault.codes import normalise_code
from recul.vault.errors import Malformed
from recul.web.forms import read_form
from recul.web.pages import invalid, page, see_other
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

TAKEN = N_("Un compte existe déjà à cette adresse.")
TAKEN_HERE = N_(
    "Un compte existe déjà à cette adresse. Si c’est le vôtre, connectez-vous : "
    "vous rejoindrez l’équipe avec lui."
)


@get("/invitation", reach=Reach.PUBLIC, thing="entrance")
async def ask_code(request: WebRequest) -> Response[Any]:
    """For somebody who was handed a printed code."""
    return page(request, "accounts/code.html", errors={}, code="")


@post("/invitation", reach=Reach.PUBLIC, thing="entrance")
async def take_code(request: WebRequest) -> Response[Any]:
    form = await read_form(request)
    code = form.text("code")
    try:
        return see_other(request, f"/invitation/{normalise_code(code)}")
    except Malformed:
        form.error("code", N_("Un code a vingt signes, en cinq groupes de quatre."))
        return invalid(request, "accounts/code.html", errors=form.errors, code=code)


@get("/invitation/{code:str}", reach=Reach.PUBLIC, thing="entrance")
async def welcome(request: WebRequest, code: FromPath[str]) -> Response[Any]:
    try:
        found = await invitations.find(code, "welcome", "first")
    except AlreadyUsed:
        return page(request, "accounts/link_ended.html", status=404)
    context: dict[str, Any] = {"errors": {}, "code": code, "invitation": found}
    if request.visitor is not None and found.leads_into:
        return page(request, "accounts/join.html", **context)
    return page(
        request,
        "accounts/welcome.html",
        email=found.email,
        display_name=found.display_name,
        **context,
    )


@post("/invitation/{code:str}", reach=Reach.PUBLIC, thing="entrance")
async def accept(request: WebRequest, code: FromPath[str]) -> Response[Any]:
    form = await read_form(request)
    try:
        found = await invitations.find(code, "welcome", "first")
        email = found.email or forms.email(form)
        name = forms.display_name(form)
        password = forms.new_password(form, email, name)
        if form.ok:
            opened = await invitations.accept(
                request.settings,
                code,
                email=email,
                display_name=name,
                password=password,
                time_zone=request.settings.time_zone,
            )
            return await let_in(request, opened, "/bienvenue")
    except AlreadyUsed:
        return page(request, "accounts/link_ended.html", status=404)
    except AddressTaken:
        form.error("email", TAKEN_HERE if found.leads_into else TAKEN)
    except Refused as refused:
        form.error("code", str(refused))
    context = {"code": code, "invitation": found, "email": email, "display_name": name}
    return invalid(request, "accounts/welcome.html", errors=form.errors, **context)


@post("/invitation/{code:str}/compte", reach=Reach.SIGNED_IN, thing="entrance")
async def join(request: WebRequest, code: FromPath[str]) -> Response[Any]:
    """Accept with the account that is signed in."""
    form = await read_form(request)
    try:
        found = await invitations.find(code, "welcome")
        await invitations.join(request.viewer.id, code)
    except AlreadyUsed:
        return page(request, "accounts/link_ended.html", status=404)
    except Refused as refused:
        form.error("code", str(refused))
        context = {"code": code, "invitation": found}
        return invalid(request, "accounts/join.html", errors=form.errors, **context)
    return see_other(request, "/", note="joined")


@get("/invitations", reach=Reach.ADMINISTRATOR, thing="technical_invitations")
async def index(request: WebRequest) -> Response[Any]:
    pending = await queries.pending_invitations()
    context: dict[str, Any] = {"errors": {}, "email": "", "made": None} | _by_mail(request)
    return page(request, "accounts/invitations.html", pending=pending, **context)


def _by_mail(request: WebRequest) -> dict[str, bool]:
    return {"by_mail": request.settings.smtp is not None}


@post("/invitations", reach=Reach.ADMINISTRATOR, thing="technical_invitations")
async def invite(request: WebRequest) -> Response[Any]:
    """The code is in this answer only: the database keeps its hash."""
    form = await read_form(request)
    email, made = forms.email(form), None
    if form.ok:
        try:
            if request.settings.smtp and form.flag("by_mail"):
                await mailed.invite(request.settings, email)
                return see_other(request, "/invitations", note="invitation-sent")
            code = await invitations.invite(email)
            made = {
                "email": email,
                "code": code,
                "url": f"{request.settings.url}/invitation/{code}",
            }
        except AddressTaken:
            form.error("email", TAKEN)
    context: dict[str, Any] = {"email": "" if made else email, "made": made}
    context |= {"errors": form.errors} | _by_mail(request)
    pending = await queries.pending_invitations()
    status = 200 if made else 422
    return page(request, "accounts/invitations.html", status=status, pending=pending, **context)


@post(
    "/invitations/{invitation:uuid}/retrait",
    reach=Reach.ADMINISTRATOR,
    thing="technical_invitations",
)
async def withdraw(request: WebRequest, invitation: FromPath[UUID]) -> Response[Any]:
    await invitations.withdraw_plain(invitation)
    return see_other(request, "/invitations", note="invitation-withdrawn")


handlers = [ask_code, take_code, welcome, accept, join, index, invite, withdraw]
