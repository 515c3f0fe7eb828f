"""Looking at a page as everybody does: any eye, any screen, any light; and over a shoulder."""

from typing import Any

from playwright.async_api import Page
from tests.browser import axe

WIDTHS = (320, 360, 1280)
# What a tab, a history or a shared screen may show.
NEUTRAL = {
    "Accessibilité",
    "Analyse d’impact",
    "Appareils",
    "Fiche de registre",
    "Vos données",
    "Bienvenue",
    "C’est trop long pour être reçu",
    "Carnet",
    "Ce formulaire ne peut plus être envoyé",
    "Ce lien a fini de servir",
    "Ce que peut voir…",
    "Ce que voit l’administrateur",
    "Cette adresse ne s’utilise pas ainsi",
    "Cette page n’existe pas",
    "Clé d’accès",
    "Clés d’accès",
    "Clés de secours",
    "Code d’invitation",
    "Code à six chiffres",
    "Confirmer",
    "Deuxième étape",
    "Mes accès",
    "Sécurité de mon compte",
    "Connexion",
    "Invitations",
    "Mon compte",
    "Mot de passe",
    "Mot de passe oublié",
    "Nouveau mot de passe",
    "Ouvrir",
    "Reprendre",
    "Trop d’essais en peu de temps",
    "Comment c’est calculé",
    "Groupes",
    "Heures",
    "Le mois",
    "Ma semaine",
    "Mes conventions",
    "Mes groupes",
    "Mes heures",
    "Mon agenda",
    "Nouvelle convention",
    "Relevé du mois",
    "Supervision",
    "Dit, fait",
    "Équipes ensemble",
    "Journal des réglages",
    "La feuille de discussion",
    "L’année de l’équipe",
    "Ma contribution",
    "Mes heures de travail",
    "Mes équipes",
    "Mon équipe",
    "Partager avec mon équipe",
    "Qui voit quoi",
    "Structure",
    "Structures",
    "Tendance de l’équipe",
}
TITLES = {"Recul", "Nouvel onglet"} | {f"{title} · Recul" for title in NEUTRAL}
UNFOLD = "document.querySelectorAll('details').forEach((d) => { d.open = true; })"
WHOLE = "document.documentElement."


async def remarks(page: Page, language: str = "fr") -> list[str]:
    """What is wrong with the page; it is left unfolded, in the dark, and wide."""
    found = await _in_the_tab(page, language)
    await axe.load(page)
    await page.evaluate(UNFOLD)
    for width in WIDTHS:
        found += [f"{width}: {remark}" for remark in await _at(page, width)]
    return found


async def _in_the_tab(page: Page, language: str) -> list[str]:
    title, spoken = await page.title(), await page.get_attribute("html", "lang")
    headings = await page.locator("h1").count()
    return [
        *([f"title {title!r}"] * (language == "fr" and title not in TITLES)),
        *([f"lang {spoken!r}"] * (spoken != language)),
        *([f"{headings} h1"] * (headings != 1)),
    ]


async def _at(page: Page, width: int) -> list[str]:
    """As high as its content, so that the bars that stick to the window cover nothing."""
    await page.set_viewport_size({"width": width, "height": 800})
    size: Any = await page.evaluate(f"[{WHOLE}scrollWidth, {WHOLE}scrollHeight]")
    await page.set_viewport_size({"width": width, "height": size[1]})
    await page.emulate_media(color_scheme="light")
    light = await axe.violations(page)
    await page.emulate_media(color_scheme="dark")
    dark = await axe.violations(page, axe.COLOURS)
    wide = [f"{size[0]} px wide"] * (size[0] > width)
    return wide + light + [f"in the dark, {found}" for found in dark]
