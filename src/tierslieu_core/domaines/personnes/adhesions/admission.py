"""Admissions: a person enters, for a period, at a tier; the membership is renewed, or comes to life again."""

from __future__ import annotations

import attrs
from whenever import Date

from tierslieu_core.domaines.personnes.adhesions.adhesion import (
    Accordee,
    AdhesionAdmise,
    AdhesionRenouvelee,
    lue,
    termes,
)
from tierslieu_core.domaines.personnes.adhesions.dossier import Dossiers, dossiers
from tierslieu_core.domaines.personnes.adhesions.minorite import sans_representant
from tierslieu_core.domaines.personnes.adhesions.paliers import PaliersDeclares, inconnu, paliers_du_lieu
from tierslieu_core.domaines.personnes.adhesions.validite import obstacle, vivante
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, refus
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.vocabulaire.identifiants import PersonneId
from tierslieu_core.vocabulaire.temps import ordre

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("adhesions.AdmettreAdherent")
class AdmettreAdherent:
    """Admettre une personne comme adhérente, à un palier, pour une période."""

    personne: PersonneId
    palier: str = champ("palier d'adhésion", default="adherent")
    groupes: tuple[str, ...] = champ("groupes", default=())
    du: Date = champ("premier jour")
    au: Date = champ("dernier jour")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return ordre(self.du, self.au)


@commande("adhesions.RenouvelerAdhesion")
class RenouvelerAdhesion:
    """Renouveler une adhésion, jusqu'à une date ; le palier et les groupes demeurent, sauf à en dire d'autres."""

    personne: PersonneId
    au: Date = champ("dernier jour")
    palier: str | None = champ("palier d'adhésion", default=None)
    groupes: tuple[str, ...] | None = champ("groupes", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "adhesions.RenouvellementEnArriere",
    "L'adhésion de {personne} va déjà jusqu'au {au}.",
    "Donnez un dernier jour plus tardif ; une adhésion ne se raccourcit que par un départ.",
)
class RenouvellementEnArriere(Refus):
    personne: PersonneId
    au: Date


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[tuple[Accordee | None, PaliersDeclares | None], Dossiers]


def _lit(c: AdmettreAdherent | RenouvelerAdhesion, x: Contexte) -> Lot[Etats]:
    return lire(lue(c.personne, x), paliers_du_lieu).avec(dossiers(c.personne, x))


def _admettre(c: AdmettreAdherent, etats: Etats, x: Contexte) -> Issue:
    (adhesion, paliers), siens = etats
    admise = AdhesionAdmise(personne=c.personne, palier=c.palier, groupes=c.groupes, du=c.du, au=c.au)
    if adhesion == admise:
        return ()
    refuse = (
        obstacle(adhesion, min(c.du, x.aujourdhui))  # one that begins later would hide it
        or inconnu(paliers, c.palier, c.groupes)
        or sans_representant(c.personne, siens, c.du, x)
    )
    return refuse or [admise]


def _renouveler(c: RenouvelerAdhesion, etats: Etats, x: Contexte) -> Issue:
    (adhesion, paliers), siens = etats
    held = vivante(adhesion, c.personne)
    if isinstance(held, Refus):
        return held
    palier = c.palier or held.palier
    groupes = held.groupes if c.groupes is None else c.groupes
    if (held.au, held.palier, held.groupes) == (c.au, palier, groupes):
        return ()
    du = held.du if held.au >= x.aujourdhui.prev_day() else x.aujourdhui
    if c.au < max(held.au, du):
        return RenouvellementEnArriere(personne=c.personne, au=max(held.au, du))
    refuse = inconnu(paliers, palier, groupes) or sans_representant(c.personne, siens, x.aujourdhui, x)
    gel = held.gel and attrs.evolve(held.gel, rendus_jours=0)  # the day that is now told counts what it gives back
    change = {"personne": c.personne, "palier": palier, "groupes": groupes, "du": du, "au": c.au, "gel": gel}
    return refuse or [AdhesionRenouvelee(**termes(held, **change))]


ACCUEIL = frozenset({"concierge", "coordination"})
REFUS = (RenouvellementEnArriere,)
DEMANDES = (
    Demande(AdmettreAdherent, ACCUEIL, _lit, _admettre),
    Demande(RenouvelerAdhesion, ACCUEIL, _lit, _renouveler),
)
