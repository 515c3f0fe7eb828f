"""The sheet for talking together: one content, for the page and for the paper. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from recul.trends import team_words
from recul.trends.queries_team import Commitment
from recul.trends.team_story import Story, Strand, Value
from recul.words import N_

MOST = 4
"""Questions about what moved; more are not talked about in half an hour."""

TITLE = N_("Trente minutes pour en parler")
FRAME = N_("Le cadre")
FRAME_TEXT = N_(
    "On parle du travail et de la façon dont il est réparti, jamais d’une personne. Personne n’a "
    "à dire ce qu’il a répondu, ni s’il a répondu. Chacun peut passer son tour. Quelqu’un garde "
    "l’heure."
)
READ = N_("1. Lire ensemble")
READ_WITHOUT_FIGURES = N_(
    "Sans chiffres : chacun écrit pour soi, en deux minutes, une chose du travail qui a pesé et "
    "une qui a aidé. Les papiers restent à chacun ; on ne dit que ce qu’on veut."
)
SAID = N_("Ce que nous avions dit :")
WORK = N_("2. Le travail")
SHARED = N_("3. Sa répartition")
COMMIT = N_("4. Deux engagements au plus")
COMMIT_TEXT = N_(
    "Petits, sur le travail, avec un nom et un jour. « Rien cette fois » est une réponse."
)
SHORT, LONG = N_("5 minutes"), N_("10 minutes")
BLANKS = (N_("Nous allons"), N_("Qui, pour quand"))

Say = Callable[[str], str]
"""A French sentence in the language of the reader."""


@dataclass(frozen=True, slots=True)
class Line:
    text: str = ""
    strong: str = ""
    """Before the text."""
    soft: str = ""
    """After it."""


@dataclass(frozen=True, slots=True)
class Part:
    key: str
    title: str
    time: str = ""
    text: str = ""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything in the reader's language. `said`: earlier commitments and what became of them."""

    title: str
    frame: Part
    read: Part
    said_title: str
    said: tuple[Line, ...]
    work: Part
    shared: Part
    commit: Part
    blanks: tuple[str, ...]


def sheet(story: Story | None, said: Sequence[Commitment], say: Say) -> Sheet:
    """The sheet of a team with a story, or without figures."""
    return Sheet(
        title=say(TITLE),
        frame=Part("frame", say(FRAME), text=say(FRAME_TEXT)),
        read=_read(story, say),
        said_title=say(SAID),
        said=tuple(Line(one.text, soft=_became(one, say)) for one in said),
        work=Part("load", say(WORK), say(LONG), lines=_lines(_asked(story), say)),
        shared=Part("shared", say(SHARED), say(LONG), lines=_lines(team_words.SHARING_OUT, say)),
        commit=Part("commit", say(COMMIT), say(SHORT), text=say(COMMIT_TEXT)),
        blanks=tuple(map(say, BLANKS)),
    )


def _read(story: Story | None, say: Say) -> Part:
    if story is None:
        return Part("read", say(READ), say(SHORT), text=say(READ_WITHOUT_FIGURES))
    lines = tuple(_strand(one, say) for one in story.strands)
    return Part("read", say(READ), say(SHORT), lines=lines)


def _strand(strand: Strand, say: Say) -> Line:
    moved = {"scale": say(strand.scale.label), "moved": say(strand.moved)}
    figure = _figure(strand.value, say) if strand.value else ""
    return Line(strong=say(N_("%(scale)s : %(moved)s.")) % moved, soft=figure)


def _figure(value: Value, say: Say) -> str:
    """soutenue, 6,5 ± 0,8"""
    return f"{say(value.word)}, {points(value.shown, say)}\u00a0±\u00a0{points(value.band, say)}"


def points(tenths: int, say: Say) -> str:
    """Tenths of a point as people write them: 7,5."""
    return say(N_("%(whole)s,%(tenth)s")) % {"whole": tenths // 10, "tenth": tenths % 10}


def _became(one: Commitment, say: Say) -> str:
    state = say(team_words.STATES[one.state])
    told = {"state": state, "outcome": one.outcome}
    return say(N_("(%(state)s : %(outcome)s)")) % told if one.outcome else f"({state})"


def _asked(story: Story | None) -> Sequence[str]:
    asked = team_words.questions(story.changes)[:MOST] if story else []
    return asked or team_words.WITHOUT_FIGURES


def _lines(messages: Sequence[str], say: Say) -> tuple[Line, ...]:
    return tuple(Line(say(one)) for one in messages)
