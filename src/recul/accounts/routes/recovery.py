"""A new password: with a recovery code, or by a one-time link."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from recul.accounts import forms
from recul.accounts.actions import invitations, mailed, vaults
from recul.accounts.actions.invitations import AlreadyUsed, CodeNeeded
from recul.accounts.routes.arriving import let_in
from recul.vault.errors import WrongSecret
from recul.web.forms import read_form
from recul.web.pages import invalid, page
from recul.web.reach import Reach
from recul.web.viewer import WebRequest
from recul.words import N_

FORGOTTEN = "accounts/forgotten.html"
WRONG_CODE = N_(
    "Cette clé n’ouvre pas de carnet à cette adresse. Vérifiez les deux ; "
    "une clé ne sert qu’une fois."
)
WRONG_LINK_CODE = N_(
    "Cette clé n’ouvre pas votre carnet. Vérifiez-la, ou laissez le champ vide "
    "pour commencer un carnet neuf : l’ancien restera fermé, rien n’en sera effacé."
)
CODE_NEEDED = N_("Écrivez l’une de vos clés de secours : votre compte demande une deuxième étape.")


@get("/mot-de-passe-oublie", reach=Reach.PUBLIC, thing="entrance")
async def ask(request: WebRequest) -> Response[Any]:
    return page(request, FORGOTTEN, errors={}, email="", code="", **_by_mail(request))


@post("/mot-de-passe-oublie", reach=Reach.PUBLIC, thing="entrance")
async def recover(request: WebRequest) -> Response[Any]:
    form = await read_form(request)
    email, code = forms.email(form), form.text("code", required=N_("Écrivez l’une de vos clés."))
    password = forms.new_password(form, email, "")
    if form.ok:
        try:
            opened = await vaults.recover(request.settings, email, code, password, request.address)
            return await let_in(request, opened, "/carnet", "recovered", whole=True)
        except WrongSecret:
            form.error("code", WRONG_CODE)
    context = {"email": email, "code": code} | _by_mail(request)
    return invalid(request, FORGOTTEN, errors=form.errors, **context)


def _by_mail(request: WebRequest, link_email: str = "") -> dict[str, Any]:
    """The second way, where mail can be sent."""
    return {"by_mail": request.settings.smtp is not None, "link_email": link_email}


@post("/mot-de-passe-oublie/lien", reach=Reach.PUBLIC, thing="entrance")
async def ask_for_link(request: WebRequest) -> Response[Any]:
    """The answer, and the time it takes, are the same whether or not somebody is known here."""
    if request.settings.smtp is None:
        raise NotFoundException
    form = await read_form(request)
    email = forms.email(form, "link_email")
    if not form.ok:
        context = {"email": "", "code": ""} | _by_mail(request, email)
        return invalid(request, FORGOTTEN, errors=form.errors, **context)
    await mailed.reset_link(request.settings, email, request.address)
    return page(request, "accounts/link_asked.html")


@get("/reinitialisation/{link:str}", reach=Reach.PUBLIC, thing="entrance")
async def ask_by_link(request: WebRequest, link: FromPath[str]) -> Response[Any]:
    try:
        found = await invitations.find(link, "reset")
    except AlreadyUsed:
        return page(request, "accounts/link_ended.html", status=404)
    needs_code = await invitations.needs_code(found)
    return page(
        request, "accounts/reset.html", errors={}, link=link, code="", needs_code=needs_code
    )


@post("/reinitialisation/{link:str}", reach=Reach.PUBLIC, thing="entrance")
async def reset_by_link(request: WebRequest, link: FromPath[str]) -> Response[Any]:
    form = await read_form(request)
    code = form.text("code")
    try:
        found = await invitations.find(link, "reset")
        password = forms.new_password(form, found.email, "")
        if form.ok:
            opened = await invitations.reset(
                request.settings, link, password=password, recovery_code=code
            )
            note = "recovered" if code else "new-vault"
            return await let_in(request, opened, "/", note, whole=True)
    except AlreadyUsed:
        return page(request, "accounts/link_ended.html", status=404)
    except WrongSecret:
        form.error("code", WRONG_LINK_CODE)
    except CodeNeeded:
        form.error("code", CODE_NEEDED)
    context = {"link": link, "code": code, "needs_code": await invitations.needs_code(found)}
    return invalid(request, "accounts/reset.html", errors=form.errors, **context)


handlers = [ask, recover, ask_for_link, ask_by_link, reset_by_link]
