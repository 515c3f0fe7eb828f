"""Templates are compiled for one language, and escape what they show as Jinja does."""

from jinja2 import StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from recul.web.compiled import SpokenEnvironment


def shown(template: str, language: str = "en", **values: object) -> str:
    env = SpokenEnvironment(language, autoescape=True, undefined=StrictUndefined)
    return env.from_string(template).render(**values)


def test_a_sentence_of_the_template_is_in_its_language():
    assert shown('<p>{{ _("Enregistrer") }}</p>') == "<p>Save</p>"
    assert shown('{{ _("Où en êtes-vous ?") }}', "fr") == "Où en êtes-vous\u202f?"
    assert shown('{% set word = _("Enregistrer") %}{{ word|upper }}') == "SAVE"


def test_values_of_a_sentence_are_escaped():
    template = '{{ _("le moment de %(hour)s", hour=hour) }}'
    assert shown(template, "fr", hour="<b>") == "le moment de &lt;b&gt;"
    assert shown(template, "fr", hour=Markup("<b>")) == "le moment de <b>"
    kept = '{% set words = _("le moment de %(hour)s", hour=hour) %}{{ words }}'
    assert shown(kept, "fr", hour="<b>") == "le moment de &lt;b&gt;"


def test_a_label_that_only_the_page_knows_is_translated_and_escaped():
    assert shown("{{ _(label) }}", label="Enregistrer") == "Save"
    assert shown("{{ _(label) }}", label="<b>") == "&lt;b&gt;"


def test_everything_else_is_shown_as_jinja_shows_it():
    assert shown("{{ a }} {{ b }} {{ c }}", a='<&">', b=Markup("<i>"), c=12) == (
        "&lt;&amp;&#34;&gt; <i> 12"
    )
    assert shown('{% macro m(x) %}<b>{{ x }}</b>{% endmacro %}{{ m("<") }}') == "<b>&lt;</b>"
    assert shown("{% autoescape false %}{{ a }}{% endautoescape %}", a="<b>") == "<b>"


def test_a_condition_without_else_shows_nothing():
    assert shown('<input{{ " checked" if chosen }}>', chosen=True) == "<input checked>"
    assert shown('<input{{ " checked" if chosen }}>', chosen=False) == "<input>"


def test_a_counted_sentence_escapes_its_values():
    one, several = "%(num)s moment, copié le %(day)s.", "%(num)s moments, copiés le %(day)s."
    template = f'{{{{ ngettext("{one}", "{several}", n, day=day) }}}}'
    assert shown(template, "fr", n=2, day="<b>") == "2 moments, copiés le &lt;b&gt;."
    assert shown(template, "fr", n=1, day=Markup("<b>")) == "1 moment, copié le <b>."


def test_what_asks_for_the_context_is_given_it_and_nothing_else_is():
    @pass_context
    def asks(context: Context, name: str) -> str:
        return str(context[name])

    template = '{% for x in [1] %}{{ asks("word") }} {{ plain("a", "b") }}{% endfor %}'
    assert shown(template, asks=asks, plain=lambda a, b: a + b, word="here") == "here ab"
    framed = (
        "{% macro frame() %}<p>{{ caller() }}</p>{% endmacro %}{% call frame() %}<{% endcall %}"
    )
    assert shown(framed) == "<p><</p>"
