"""What came of a decision, and what may be done now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.derogations import AccorderDerogation
from tierslieu_core.kernel.clock import instant
from tierslieu_core.kernel.decisions import DECISION, RegleContraire
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.kernel.ports import Selection, select
from tierslieu_core.kernel.sentences import refusal
from tierslieu_core.kernel.suites import following
from tierslieu_core.vocabulaire.francais import date, liste, moment
from tierslieu_core.vocabulaire.temps import Moment

if TYPE_CHECKING:
    from typing import Any

    from tierslieu_core.kernel.corrections import Read
    from tierslieu_core.kernel.declarations import Note
    from tierslieu_core.vues.piste import Reader, Trace
    from tierslieu_core.vues.recit.affaire import Affaire


@attrs.frozen
class Ensuite:
    """Something that happened later to what a decision brought about."""

    le: Date
    par: str
    phrase: str
    cle: str

    def __str__(self) -> str:
        return f"{date(self.le)}, par {self.par} : {self.phrase}"


@attrs.frozen
class FaitDit:
    """A fact that was recorded; ``corrige``: by whom it was corrected, when and why, nothing when it stands."""

    id: str
    phrase: str
    corrige: str = ""

    def __str__(self) -> str:
        return f"{self.phrase}{f' ({self.corrige})' if self.corrige else ''}"


# ── ce qui a été enregistré ─────────────────────────────────────────────────────────────────────────────────────────


def faits_dits(a: Affaire) -> tuple[FaitDit, ...]:
    """Each fact in words, and its correction if it was one."""
    return tuple(FaitDit(note.id, f"{a.speaker.phrase(fait)}.", _correction(a, note.id)) for fait, note in a.faits)


def _correction(a: Affaire, fait: str) -> str:
    position = a.livre.corriges.get(fait)
    if position is None:
        return ""
    corrige, note = a.lu(position)
    motif = a.speaker.personal(corrige.motif)
    qui = a.speaker.nommer("personne", note.par)
    return f"ne compte plus, depuis le {date(a.jour_de(note.enregistre_le))} : {qui} l'a corrigé, « {motif} »"


def suites(a: Affaire, reader: Reader) -> tuple[Trace, ...]:
    """What its facts led to: the demands that the place made by itself."""
    cles = [cle for fait, note in a.faits for cle, _ in following(a.lieu.catalogue, fait, note)]
    wanted = [Selection((DECISION,), (f"cle:{cle}",), last=True) for cle in cles]
    rows, _ = select(a.lieu.recorder, wanted) if wanted else ([], 0)
    return tuple(reader.trace(found[0]) for found in rows if found)


# ── ce qui est arrivé depuis ────────────────────────────────────────────────────────────────────────────────────────


def depuis(a: Affaire) -> tuple[Ensuite, ...]:
    """What happened later to what it brought about: until the same happens anew (the next loan of an item)."""
    found = {note.position: (fait, note) for read in a.faits for fait, note in _apres(a, read)}
    return tuple(_ensuite(a, *found[position]) for position in sorted(found))


def _apres(a: Affaire, read: Read) -> Iterator[Read]:
    fait, _ = read
    sujet = next((t for t in fait.etiquettes() if t.partition(":")[0] in a.lieu.catalogue.identifiants), None)
    domaine = next(d for d in a.lieu.catalogue.domaines if type(fait) in d.faits)
    if sujet is None:
        return
    (rows,), _ = select(
        a.lieu.recorder, [Selection(a.lieu.catalogue.types(domaine.faits), (sujet,), after=a.faits[-1][1].position)]
    )
    for row in rows:
        autre, autour = a.lieu.catalogue.read(row)
        if type(autre) is type(fait):
            return
        yield autre, autour


def _ensuite(a: Affaire, fait: Any, note: Note) -> Ensuite:
    corrige = " (corrigé depuis : ne compte plus)" if note.id in a.livre.corriges else ""
    qui = a.speaker.nommer("personne", note.par)
    return Ensuite(a.jour_de(note.survenu_le), qui, f"{a.speaker.phrase(fait)}{corrige}.", note.cle)


# ── ce qui peut se faire ────────────────────────────────────────────────────────────────────────────────────────────


def possible(a: Affaire) -> tuple[str, ...]:
    """What may be done now: the way out of a refusal, who may lift the rule, who has to answer and until when."""
    if a.oubliee:
        return ()
    return tuple(_issue(a)) if a.passee else (*_issue(a), *_plus_tard(a), *_derogation(a), *_reponse(a))


def _issue(a: Affaire) -> Iterator[str]:
    refus = refusal(a.lieu.catalogue, a.decision)
    if refus is not None and not isinstance(refus, RegleContraire):
        yield a.speaker.issue(refus)


def _plus_tard(a: Affaire) -> Iterator[str]:
    """From when on a rule no longer objects, where that is known."""
    for clause in a.decision.clauses if a.decision.verdict == "refus" else ():
        v = a.livre.version(clause)
        possible_le = getattr(v.genre, "possible_le", None) if v and clause.verdict == "refuse" else None
        if possible_le is not None:
            des = date(possible_le(clause.valeur, a.jour))
            yield f"La règle « {clause.regle} » ne s'y opposera plus à partir du {des}."


def _derogation(a: Affaire) -> Iterator[str]:
    nom = fiche(AccorderDerogation).nom
    contraires = [c.regle for c in a.decision.clauses if c.verdict in ("refuse", "caduque")]
    if contraires and nom in a.lieu.catalogue.demandes:
        regles = liste([f"« {regle} »" for regle in dict.fromkeys(contraires)])
        yield f"Une dérogation motivée à {regles} peut être accordée par : {qui_peut(a, nom)}."


def _reponse(a: Affaire) -> Iterator[str]:
    """Who has to answer, until when; nothing once something has come of it."""
    attend = a.decision.verdict == "a_valider" and not depuis(a)
    for v in a.alors.validations(a.decision.clauses) if attend else ():
        limite = instant(a.note.enregistre_le).add(hours=v.delai_heures)
        quand = moment(Moment.de(limite, a.livre.zone))
        deja = " (ce délai est passé)" if limite < a.lieu.horloge() else ""
        yield f"La réponse est attendue de {_tenants(a, v.par)}, avant le {quand}{deja} ; son silence vaut {v.silence}."


def qui_peut(a: Affaire, commande: str) -> str:
    """Who may ask a command today: the mandates that may, with whoever holds them."""
    roles = a.livre.mandats.droits.get(commande) or sorted(a.lieu.catalogue.demande(commande).qui)
    return liste([_tenants(a, role) for role in roles], "ou")


def _tenants(a: Affaire, role: str) -> str:
    tableau, jour = a.livre.mandats, a.lieu.aujourdhui
    tenus = [m for m in tableau.mandats.values() if m.role == role and m.du <= jour and tableau.tient_jusqu_a(m, jour)]
    qui = list(dict.fromkeys(a.speaker.nommer("personne", m.personne) for m in tenus))
    return f"{role} ({liste(qui)})" if qui else role
