"""Whether the same demand would be decided otherwise today: tried again now, else judged by the rules of today.

What it recorded would be in its own way: a demand that recorded facts is only judged by the rules, on what was measured
then. So is one for a day that is past, or about somebody who was forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

import attrs

from tierslieu_core.domaines.cadre.regles.jugement import clause_de, clause_sur, jugees
from tierslieu_core.kernel.deciding import outcome
from tierslieu_core.kernel.decisions import Clause, RegleContraire, Verdict, verdict_of
from tierslieu_core.kernel.declarations import Contexte, Refus, fiche
from tierslieu_core.kernel.errors import ErreurTiersLieu
from tierslieu_core.kernel.oracle import recorded
from tierslieu_core.kernel.past import answers_of
from tierslieu_core.kernel.sentences import refusal
from tierslieu_core.vocabulaire.calendrier import Calendrier
from tierslieu_core.vocabulaire.francais import date
from tierslieu_core.vocabulaire.identifiants import RegleId
from tierslieu_core.vues.recit.regles import ici, levee, provenance

if TYPE_CHECKING:
    from tierslieu_core.domaines.cadre.regles.versions import Version
    from tierslieu_core.kernel.lectures import Reader
    from tierslieu_core.vocabulaire.mesures import Mesures
    from tierslieu_core.vues.recit.affaire import Affaire

Moyen = Literal["essai", "regles"]
IMPOSSIBLE = "Ce qui serait décidé aujourd'hui ne peut pas être dit ici"


@attrs.frozen
class Aujourdhui:
    """``moyen``: tried again now (``essai``), or the rules of today on what was measured then (``regles``).

    ``pourquoi``: why it can no longer be asked; ``verdict``: ``None`` when neither can tell. ``change``: what makes the
    difference, or what has changed without making any.
    """

    moyen: Moyen
    verdict: Verdict | None
    alors: Verdict
    pourquoi: str = ""
    change: tuple[str, ...] = ()

    @property
    def autrement(self) -> bool:
        """Whether it would be decided otherwise."""
        return self.verdict not in (None, self.alors)

    def __str__(self) -> str:
        if self.pourquoi == IMPOSSIBLE:
            return f"{IMPOSSIBLE}."
        avant = f"{self.pourquoi} : elle ne se refait plus. " if self.pourquoi else ""
        if self.verdict is None:
            return f"{avant}Aucune règle n'en avait décidé."
        encore = "" if self.autrement else ", comme alors"
        comment = "La même demande, faite maintenant," if self.moyen == "essai" else (
            f"{avant}Aux règles d'aujourd'hui, la même demande"
        )  # fmt: skip
        return f"{comment} {SERAIT[self.verdict]}{encore}."


SERAIT: dict[Verdict, str] = {
    "accord": "serait accordée", "refus": "serait refusée", "a_valider": "serait à valider",
    "sans_objet": "ne changerait rien : c'est ainsi",
}  # fmt: skip


def aujourdhui(a: Affaire) -> Aujourdhui:
    """What would be decided now, and what makes the difference."""
    pourquoi = "" if a.faits else a.passee
    try:
        return _par_les_regles(a, pourquoi) if a.faits or pourquoi else _essai(a)
    except ErreurTiersLieu as fault:  # what a rule of today needs is not installed
        return Aujourdhui("regles", None, a.decision.verdict, IMPOSSIBLE, (str(fault),))


# ── l'essai ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _essai(a: Affaire) -> Aujourdhui:
    read, x = a.lieu.handler.look()
    x = attrs.evolve(x, par=a.note.par, pour=a.note.pour, cle=f"{a.note.cle}.encore")
    found = outcome(a.demande, a.commande, x, read, suite=a.note.cause is not None)
    same = found.verdict == "sans_objet"  # the rules have nothing to say of it then
    change = () if same else (*_refus_changes(a, found.refus), *_clauses_changees(a, found.clauses))
    return Aujourdhui("essai", found.verdict, a.decision.verdict, change=tuple(change))


def _refus_changes(a: Affaire, maintenant: Refus | None) -> Iterator[str]:
    """The refusal of an area that no longer stands, and the one that stands now; a rule speaks by its clause."""
    alors = refusal(a.lieu.catalogue, a.decision)
    if alors == maintenant:
        return
    if alors is not None and not isinstance(alors, RegleContraire):
        yield f"Ne s'y oppose plus : {a.speaker.phrase(alors)}"
    if maintenant is not None and not isinstance(maintenant, RegleContraire):
        yield f"S'y oppose : {a.speaker.phrase(maintenant)} {a.speaker.issue(maintenant)}"


# ── les règles d'aujourd'hui, sur ce qui a été mesuré ───────────────────────────────────────────────────────────────


def _par_les_regles(a: Affaire, pourquoi: str) -> Aujourdhui:
    decision = a.decision
    d_un_domaine = decision.motif is not None and decision.motif.refus != fiche(RegleContraire).nom
    if d_un_domaine or decision.verdict == "sans_objet" or not a.mesures:
        return Aujourdhui("regles", None, decision.verdict, pourquoi)
    read, x = a.lieu.handler.look()
    gardees = list(decision.clauses)
    clauses = [c for m in a.mesures for c in _jugees(a, m, gardees, read, x)]
    verdict = verdict_of((decision,), clauses)
    return Aujourdhui("regles", verdict, decision.verdict, pourquoi, tuple(_clauses_changees(a, clauses)))


def _jugees(a: Affaire, m: Mesures, gardees: list[Clause], read: Reader, x: Contexte) -> tuple[Clause, ...]:
    """What the rules of today say of what was measured, and the dérogations held today.

    A rule of the same kind and scope as one that judged then goes by the very measure of that one (``gardees``, each
    used once): so one that counts other uses, which were not recorded.
    """

    def juge(v: Version, mesures: Mesures) -> Clause | None:
        for clause in gardees:
            w = a.livre.version(clause)
            if w is not None and (type(w.genre), w.genre.sur(), w.portee) == (type(v.genre), v.genre.sur(), v.portee):
                gardees.remove(clause)
                return clause_sur(v, clause.valeur, clause.sur)
        return clause_de(v, mesures)

    m = attrs.evolve(m, calendrier=attrs.evolve(Calendrier.de(x), oracle=recorded(answers_of(a.decision))))
    clauses = jugees(a.livre.reglement, m, x.aujourdhui, juge)
    lot = a.livre.leve(clauses, m, x)
    return clauses if lot is None else a.livre.deroge(clauses, lot.states(read), m, x)


# ── ce qui a changé ─────────────────────────────────────────────────────────────────────────────────────────────────


def _clauses_changees(a: Affaire, maintenant: Iterable[Clause]) -> Iterator[str]:
    """Each rule that says otherwise now, or says so anew, or no longer does; those that only pass are left out."""
    alors, now = ({c.regle: c for c in clauses} for clauses in (a.decision.clauses, maintenant))
    for regle in dict.fromkeys((*now, *alors)):
        avant, apres = alors.get(regle), now.get(regle)
        muette = {one.verdict for one in (avant, apres) if one is not None} <= {"satisfaite", "sans_effet"}
        if not muette and (_dit(avant) != _dit(apres)):
            yield f"La règle « {regle} » {_partie(a, regle)}." if apres is None else _comment(a, apres)


def _dit(clause: Clause | None) -> tuple[int, str] | None:
    return None if clause is None else (clause.version, clause.verdict)


def _comment(a: Affaire, clause: Clause) -> str:
    """What a rule says now, and who made it so since, or lifted it; else what it measures is what has changed."""
    v, phrase = a.livre.version(clause), a.livre.phrase(clause)
    if v is not None and v.position > a.row.position:
        return f"{phrase} Elle a été {provenance(a, v)}."
    if clause.verdict in ("derogee", "levee"):
        par = levee(a, clause)
        return phrase if par is None else f"{phrase} C'est la {par}."
    mesure = ici(clause, v) if v is not None else ""
    return f"Ce qui se mesure a changé. {phrase}{f' Ici, {mesure}.' if mesure else ''}"


def _partie(a: Affaire, dite: str) -> str:
    """Why a rule says nothing any more."""
    regle, reglement, jour = RegleId(dite), a.livre.reglement, a.lieu.aujourdhui
    if reglement.abrogee(regle, jour):
        return f"est abrogée depuis le {date(reglement.abrogations[regle][-1][0])}"
    pauses = [au for du, au in reglement.pauses(regle, jour) if du <= jour and (au is None or jour <= au)]
    if pauses:
        return "est suspendue" + ("" if pauses[0] is None else f" jusqu'au {date(pauses[0])}")
    return "ne s'applique plus : elle a changé, ou une autre l'emporte"
