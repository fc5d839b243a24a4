"""The rulebook of a day as a clean document, in Markdown: by what it is about, each rule with what follows and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whenever import Date

from tierslieu_core.domaines.cadre.regles.faits import FaitDeclare
from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage
from tierslieu_core.domaines.cadre.regles.portee import DITES
from tierslieu_core.domaines.cadre.regles.versions import Version
from tierslieu_core.kernel.sentences import Namer, as_is
from tierslieu_core.vocabulaire.francais import date, liste

TOUT = "Pour tout usage"
REGLAGES = "Comment le lieu s'y prend"


def document(
    titre: str, jour: Date, faits: Iterable[FaitDeclare], regles: Iterable[Version], nommer: Namer = as_is
) -> str:
    """Markdown, ready to print and to post on a wall."""
    return "\n".join(_lignes(titre, jour, list(faits), list(regles), nommer))


def _lignes(titre: str, jour: Date, faits: list[FaitDeclare], regles: list[Version], nommer: Namer) -> Iterator[str]:
    yield f"# {titre or 'Règlement'}"
    yield ""
    yield f"En vigueur le {date(jour)}."
    if not regles:
        yield ""
        yield "Aucune règle n'est en vigueur ce jour-là : tout se décide sans elles."
    for chapitre in dict.fromkeys(sorted((_chapitre(v) for v in regles), key=_rang)):
        yield ""
        yield f"## {chapitre}"
        for v in sorted((v for v in regles if _chapitre(v) == chapitre), key=lambda v: v.regle):
            yield ""
            yield from _article(v, nommer)
    if faits:
        yield ""
        yield "## Ce que le lieu demande"
        yield ""
        for d in sorted(faits, key=lambda d: d.fait):
            mots = f" : {liste([m.replace('_', ' ') for m in d.valeurs], 'ou')}" if d.valeurs else ""
            yield f"- {d.libelle}{mots}"
    yield ""


def _chapitre(v: Version) -> str:
    if isinstance(v.genre, Reglage):
        return REGLAGES
    actions = [DITES.get(a, a.replace("_", " ")) for a in v.portee.actions]
    return f"Pour {liste(actions, 'ou')}" if actions else TOUT


def _rang(chapitre: str) -> tuple[int, str]:
    return (2 if chapitre == REGLAGES else 0 if chapitre == TOUT else 1), chapitre


def _article(v: Version, nommer: Namer) -> Iterator[str]:
    """One rule: its text, to whom, what follows; then why, since when, by whom."""
    a_qui = v.portee.nomme(nommer)
    suite = v.sinon.phrase()
    dits = [
        _phrase(v.texte),
        f"S'applique {a_qui}." if a_qui else "",
        f"Lève : {liste(v.leve)}." if v.leve else "",
        f"Sinon : {suite}." if suite else "",
    ]
    yield f"**{v.regle}.** {' '.join(d for d in dits if d)}"
    source = v.source.phrase() or v.decision
    yield f"*{_phrase(v.motif)} Depuis le {date(v.du)}{f' ; {source}' if source else ''}.*"


def _phrase(texte: str) -> str:
    """A text as a sentence: its capital, its full stop."""
    propre = texte.strip()
    return propre[:1].upper() + propre[1:] + ("" if propre.endswith((".", "!", "?")) else ".")
