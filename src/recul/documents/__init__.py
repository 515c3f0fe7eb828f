"""Paper: accessible PDF from typst templates and plain data. It knows no slice.

A document is a template ``templates/documents/<name>.typ`` and what it is told::

    say = translations(language).gettext
    content = await render(
        "attendance",
        {
            "organisation": group.organisation,
            "day": dates.day_long(meeting.day, language),
            "heads": [say(N_("Nom")), say(N_("Signature"))],
            "names": [one.name for one in expected],
        },
        title=say(N_("Feuille d’émargement")),
        language=language,
    )
    return attachment(content, "emargement.pdf", "application/pdf")

The template begins so, and finds in ``data`` what it was told, ``title`` and ``language`` too::

    #import "_page.typ": *
    #show: page-of.with(over: data.organisation)
    #opening(over: data.organisation, under: data.day)
    #listing((1fr, 60mm), data.heads, data.names.map(name => (name, "")), row-height: 14mm)

``_page.typ`` has the page itself with its running head and page numbers (``page-of``), the title
and what stands around it (``opening``), headings (``part``), lists (``points``), labels and
values for a certificate (``facts``), a table whose head is repeated on every page and whose
totals stand at its end (``listing``), room to write (``line-for``, ``notes``) and to sign
(``signature``). Words are translated in Python: a template holds none. Numbers, hours and days
are told as the texts to be shown.

People's words are data and only data: nothing in them is read as typst. What they cannot hold
on paper is taken out, and a character that no font draws becomes a box which still says, to a
screen reader or when copied, which character it is.
"""

from recul.documents.answers import attachment
from recul.documents.rendering import DocumentError, render

__all__ = ["DocumentError", "attachment", "render"]
