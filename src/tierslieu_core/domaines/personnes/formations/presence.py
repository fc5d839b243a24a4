"""Présence: after a session, its trainer says who was there, and who acquired what it teaches."""

from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.personnes.formations import formation
from tierslieu_core.domaines.personnes.formations.habilitation import (
    FORMATEURS,
)
from tierslieu_core.domaines.personnes.formations.programmation import FAITE, lit, permise
from tierslieu_core.domaines.personnes.formations.session import (
    SessionTenue,
)
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    champ,
    commande,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.vocabulaire.identifiants import FormationId, PersonneId, SessionId
from tierslieu_core.vocabulaire.identifiants import formation as de_formation
from tierslieu_core.vocabulaire.temps import Periode
from tierslieu_core.vocabulaire.vie import vers

# ── commandes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("formations.TenirSession")
class TenirSession:
    """Dire, après une session, qui était là et qui a acquis ce qu'elle enseigne : ces personnes sont habilitées."""

    session: SessionId
    presents: tuple[PersonneId, ...] = champ("qui était là", default=())
    acquis: tuple[PersonneId, ...] = champ("qui, parmi ces personnes, a acquis ce qui est enseigné", default=())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        absents = set(self.acquis) - set(self.presents)
        return [("acquis", "seules des personnes présentes : dites-les aussi dans « presents »")] if absents else []


# ── refus ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "formations.PasInscrites",
    "{formation}, {periode} : n'y ont pas de place {personnes}.",
    "Inscrivez d'abord ces personnes (formations.PrendreInscription), ou ne dites que les autres.",
)
class PasInscrites(Refus):
    formation: FormationId
    periode: Periode
    personnes: tuple[PersonneId, ...]


@refus(
    "formations.PasFormateur",
    "{formation}, {periode} : c'est {formateur} qui forme.",
    "Demandez à cette personne, ou à la conciergerie.",
)
class PasFormateur(Refus):
    formation: FormationId
    periode: Periode
    formateur: PersonneId


# ── décisions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit_tenir(c: TenirSession, x: Contexte) -> Lot[Any]:
    return lit(c, x).puis(
        lambda etats: lire(formation.formation_de(de_formation(etats[0].formation))) if etats[0] else lire()
    )


def _tenir(c: TenirSession, etats: Any, x: Contexte) -> Issue:
    (deja,), donnee = etats
    if isinstance(deja, SessionTenue) and (deja.presents, deja.acquis) == (c.presents, c.acquis):
        return ()
    s = permise(c, deja, x, FAITE, "être dite tenue")
    if isinstance(s, Refus):
        return s
    if x.mandat == INSCRIT and x.par != s.formateur:
        return PasFormateur(formation=s.formation, periode=s.periode, formateur=s.formateur)
    inconnues = tuple(un for un in c.presents if set(identifiants(un, x)).isdisjoint(s.inscrits))
    if inconnues:
        return PasInscrites(formation=s.formation, periode=s.periode, personnes=inconnues)
    f, du = donnee[0], s.periode.fin.local.date()
    return [
        vers(
            SessionTenue, s, presents=c.presents, acquis=c.acquis, du=du, habilitation=f.habilitation if f else "",
            jusqu_au=formation.terme(f, du) if f else None, pratique_jours=f.pratique_jours if f else None,
        )
    ]  # fmt: skip


# ── le mot ────────────────────────────────────────────────────────────────────────────────────────────────────────────

DEMANDES: tuple[Demande[Any, Any], ...] = (Demande(TenirSession, FORMATEURS | {INSCRIT}, _lit_tenir, _tenir),)
REFUS = (PasInscrites, PasFormateur)
