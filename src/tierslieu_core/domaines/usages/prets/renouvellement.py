"""Renouvellement d'un prêt: put off to a later return, unless the place recalls it or others wait for it."""

from __future__ import annotations

from typing import Any

from whenever import Date

from tierslieu_core.domaines.cadre.regles.faits import faits_de
from tierslieu_core.domaines.moyens import materiel
from tierslieu_core.domaines.usages.prets.duree import duree_de
from tierslieu_core.domaines.usages.prets.en_main import ObjetPerdu, PretRappele, PretRenouvele, fois_de, restent_de
from tierslieu_core.domaines.usages.prets.pret import RetourImpossible, attendu, au_plus_tard, lit, vu
from tierslieu_core.domaines.usages.prets.retour import CONCIERGE, ObjetEgare, a_lui, lieux_de
from tierslieu_core.domaines.usages.profil import mesures_de
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, refus
from tierslieu_core.vocabulaire.calendrier import Calendrier
from tierslieu_core.vocabulaire.faits import AUSSI, FaitDit
from tierslieu_core.vocabulaire.identifiants import ObjetId, PersonneId
from tierslieu_core.vocabulaire.mesures import Mesures

# ── commande ────────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("prets.RenouvelerPret")
class RenouvelerPret:
    """Renouveler un prêt, jusqu'à une nouvelle date."""

    objet: ObjetId
    personne: PersonneId
    retour: Date = champ("à rendre le")
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "prets.PretEnRappel",
    "Le lieu rappelle {objet}, à rendre le {retour} : ce prêt ne se renouvelle plus.",
    "Rendez l'objet ; il se redemande ensuite.",
)
class PretEnRappel(Refus):
    objet: ObjetId
    retour: Date


# ── décider et mesurer ──────────────────────────────────────────────────────────────────────────────────────────────


def _renouveler(c: RenouvelerPret, etats: Any, x: Contexte) -> Issue:
    v = vu(c, etats, x)
    pret = a_lui(v.pret, c, x)
    match pret:
        case Refus():
            return pret
        case ObjetPerdu():
            return ObjetEgare(objet=c.objet, personne=c.personne)
        case _ if c.retour == pret.retour:
            return ()
        case PretRappele():
            return PretEnRappel(objet=c.objet, retour=pret.retour)
    if not pret.retour < c.retour <= au_plus_tard(pret.depuis):
        return RetourImpossible(objet=c.objet, depuis=pret.depuis, retour=c.retour)
    renouvele = PretRenouvele(
        objet=c.objet, personne=c.personne, depuis=pret.depuis, retour=c.retour, fois=fois_de(pret) + 1,
        restent=restent_de(pret),
    )  # fmt: skip
    non = materiel.empechement(c.objet, v.arrets, x.aujourdhui, c.retour)
    return non or attendu(c, v, max(x.aujourdhui, pret.retour.next_day())) or [renouvele]


def _mesure(c: RenouvelerPret, etats: Any, x: Contexte) -> Mesures:
    v = vu(c, etats, x)
    lieux = lieux_de(c.objet, v.fiche)
    return mesures_de(
        c.personne, v.qui.profil, x.aujourdhui,
        demande_le=x.survenu_le,
        action="renouveler",
        lieux=lieux,
        duree_jours=duree_de(x, x.aujourdhui, c.retour, lieux),
        renouvellements=fois_de(v.pret) + 1,
        faits=faits_de(c.faits, x),
        calendrier=Calendrier.de(x),
        zone=x.livre.zone,
    )  # fmt: skip


DEMANDES = (Demande(RenouvelerPret, CONCIERGE | {"soi"}, lit, _renouveler, _mesure),)
REFUS = (PretEnRappel,)
