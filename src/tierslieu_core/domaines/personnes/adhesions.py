"""Adhésions (G5): asked, admitted, renewed, suspended, left. Whether a membership is current, its dates alone say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

import attrs
from whenever import Date

from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Domaine,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    commande,
    evenement,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.francais import date
from tierslieu_core.vocabulaire.identifiants import PersonneId, personne
from tierslieu_core.vocabulaire.temps import ordre

# ── événements (ceux d'une adhésion accordée la disent toute : le dernier suffit) ─────────────────────────────────────


def _etiquettes(fait: AdhesionDemandee | DemandeEcartee | Accordee) -> Iterable[str]:
    return (personne(fait.personne),)


@evenement("adhesions.AdhesionDemandee", "{personne} demande à adhérer ({palier})")
class AdhesionDemandee:
    personne: PersonneId
    palier: str

    etiquettes = _etiquettes


@evenement("adhesions.DemandeEcartee", "La demande d'adhésion de {personne} est écartée : {motif}")
class DemandeEcartee:
    personne: PersonneId
    motif: Personnel = personnel(qui="personne", conservation="adhesion")

    etiquettes = _etiquettes


@attrs.frozen(kw_only=True)
class Suspension:
    """First and last day."""

    du: Date
    au: Date

    def __str__(self) -> str:
        return f"du {date(self.du)} au {date(self.au)}"


@evenement("adhesions.AdhesionAdmise", "{personne} entre parmi les adhérents ({palier}), du {du} au {au}")
class AdhesionAdmise:
    personne: PersonneId
    palier: str
    groupes: tuple[str, ...]
    du: Date
    au: Date
    suspension: ClassVar[None] = None

    etiquettes = _etiquettes


@evenement("adhesions.AdhesionRenouvelee", "L'adhésion de {personne} ({palier}) est renouvelée jusqu'au {au}")
class AdhesionRenouvelee:
    personne: PersonneId
    palier: str
    groupes: tuple[str, ...]
    du: Date
    au: Date
    suspension: Suspension | None

    etiquettes = _etiquettes


@evenement("adhesions.AdhesionSuspendue", "L'adhésion de {personne} est suspendue {suspension} : {motif}")
class AdhesionSuspendue:
    personne: PersonneId
    palier: str
    groupes: tuple[str, ...]
    du: Date
    au: Date
    suspension: Suspension
    motif: Personnel = personnel(qui="personne", conservation="adhesion")

    etiquettes = _etiquettes


@evenement("adhesions.DepartEnregistre", "{personne} quitte le lieu, dernier jour le {le}")
class DepartEnregistre:
    personne: PersonneId
    palier: str
    groupes: tuple[str, ...]
    du: Date
    au: Date
    suspension: Suspension | None
    le: Date
    motif: Personnel | None = personnel(qui="personne", conservation="adhesion", default=None)

    etiquettes = _etiquettes


Accordee = AdhesionAdmise | AdhesionRenouvelee | AdhesionSuspendue | DepartEnregistre
Candidature = AdhesionDemandee | DemandeEcartee | AdhesionAdmise

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("adhesions.DemanderAdhesion")
class DemanderAdhesion:
    """Demander à adhérer."""

    personne: PersonneId
    palier: str = champ("palier d'adhésion", default="adherent")


@commande("adhesions.EcarterDemande")
class EcarterDemande:
    """Écarter une demande d'adhésion, avec un motif."""

    personne: PersonneId
    motif: Personnel = personnel("motif", qui="personne", conservation="adhesion")


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


@commande("adhesions.SuspendreAdhesion")
class SuspendreAdhesion:
    """Suspendre une adhésion, de tel jour à tel jour ; redire la suspension en change les jours."""

    personne: PersonneId
    du: Date = champ("premier jour de suspension")
    au: Date = champ("dernier jour de suspension")
    motif: Personnel = personnel("motif", qui="personne", conservation="adhesion")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return ordre(self.du, self.au)


@commande("adhesions.EnregistrerDepart")
class EnregistrerDepart:
    """Enregistrer le départ d'un adhérent ; le redire en change le jour."""

    personne: PersonneId
    le: Date = champ("dernier jour")
    motif: Personnel | None = personnel("motif", qui="personne", conservation="adhesion", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus("adhesions.DejaAdherent", "{personne} a déjà une adhésion, jusqu'au {au}.", "Renouvelez son adhésion.")
class DejaAdherent(Refus):
    personne: PersonneId
    au: Date


@refus("adhesions.PasAdherent", "{personne} n'a pas d'adhésion.", "Admettez d'abord cette personne.")
class PasAdherent(Refus):
    personne: PersonneId


@refus(
    "adhesions.DejaParti",
    "{personne} quitte le lieu, dernier jour le {le}.",
    "Si cette personne revient, admettez-la à nouveau, à partir du lendemain.",
)
class DejaParti(Refus):
    personne: PersonneId
    le: Date


@refus("adhesions.PasDeDemande", "{personne} n'a pas de demande d'adhésion en attente.", "Il n'y a rien à écarter.")
class PasDeDemande(Refus):
    personne: PersonneId


@refus(
    "adhesions.RenouvellementEnArriere",
    "L'adhésion de {personne} va déjà jusqu'au {au}.",
    "Donnez un dernier jour plus tardif ; une adhésion ne se raccourcit que par un départ.",
)
class RenouvellementEnArriere(Refus):
    personne: PersonneId
    au: Date


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _accordee(_: Accordee | None, fait: Accordee) -> Accordee | None:
    return fait


def _candidature(_: Candidature | None, fait: Candidature) -> Candidature | None:
    return fait


adhesion_de = Lecture[Accordee | None]("adhesions.adhesion", None, _accordee, dernier=True)
candidature_de = Lecture[Candidature | None]("adhesions.candidature", None, _candidature, dernier=True)


def dernier_jour(adhesion: Accordee) -> Date:
    """The last day of a membership, were it not suspended: that of its departure, if it is sooner."""
    return min(adhesion.au, adhesion.le) if isinstance(adhesion, DepartEnregistre) else adhesion.au


def jusqu_au(adhesion: Accordee | None, jour: Date) -> Date | None:
    """The last day of a membership that is current on a day; ``None`` when none is (not begun, ended, suspended)."""
    if adhesion is None or not adhesion.du <= jour <= dernier_jour(adhesion):
        return None
    pause = adhesion.suspension
    return None if pause is not None and pause.du <= jour <= pause.au else dernier_jour(adhesion)


def publics(adhesion: Accordee | None, jour: Date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tier and the groups of a person on a day: what rules call their publics."""
    if adhesion is None or jusqu_au(adhesion, jour) is None:
        return ("non-adherent",), ()
    return (adhesion.palier,), adhesion.groupes


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Accordee | None, Candidature | None]
Demandes = (
    DemanderAdhesion | EcarterDemande | AdmettreAdherent | RenouvelerAdhesion | SuspendreAdhesion | EnregistrerDepart
)


def _lit(c: Demandes, _: Contexte) -> Lot[Etats]:
    return lire(adhesion_de(personne(c.personne)), candidature_de(personne(c.personne)))


def _demander(c: DemanderAdhesion, etats: Etats, x: Contexte) -> Issue:
    adhesion, candidature = etats
    if adhesion is not None and dernier_jour(adhesion) >= x.aujourdhui:
        return _deja(adhesion)
    demandee = AdhesionDemandee(personne=c.personne, palier=c.palier)
    return () if candidature == demandee else [demandee]


def _deja(adhesion: Accordee) -> Refus:
    if isinstance(adhesion, DepartEnregistre):
        return DejaParti(personne=adhesion.personne, le=adhesion.le)
    return DejaAdherent(personne=adhesion.personne, au=adhesion.au)


def _ecarter(c: EcarterDemande, etats: Etats, _: Contexte) -> Issue:
    match etats[1]:
        case AdhesionDemandee():
            return [DemandeEcartee(personne=c.personne, motif=c.motif)]
        case DemandeEcartee():
            return ()
        case _:
            return PasDeDemande(personne=c.personne)


def _admettre(c: AdmettreAdherent, etats: Etats, x: Contexte) -> Issue:
    adhesion = etats[0]
    admise = AdhesionAdmise(personne=c.personne, palier=c.palier, groupes=c.groupes, du=c.du, au=c.au)
    if adhesion == admise:
        return ()
    tient = adhesion is not None and dernier_jour(adhesion) >= min(c.du, x.aujourdhui)  # a later one would hide it
    return _deja(adhesion) if adhesion is not None and tient else [admise]


def _en_cours(adhesion: Accordee | None, qui: PersonneId) -> Accordee | Refus:
    """The membership that can be renewed or suspended (no departure), or why there is none."""
    match adhesion:
        case None:
            return PasAdherent(personne=qui)
        case DepartEnregistre(le=le):
            return DejaParti(personne=qui, le=le)
        case _:
            return adhesion


def _renouveler(c: RenouvelerAdhesion, etats: Etats, x: Contexte) -> Issue:
    adhesion = _en_cours(etats[0], c.personne)
    if isinstance(adhesion, Refus):
        return adhesion
    palier = c.palier or adhesion.palier
    groupes = adhesion.groupes if c.groupes is None else c.groupes
    if (adhesion.au, adhesion.palier, adhesion.groupes) == (c.au, palier, groupes):
        return ()
    du = adhesion.du if adhesion.au >= x.aujourdhui.prev_day() else x.aujourdhui
    if c.au < max(adhesion.au, du):
        return RenouvellementEnArriere(personne=c.personne, au=max(adhesion.au, du))
    return [
        AdhesionRenouvelee(
            personne=c.personne, palier=palier, groupes=groupes, du=du, au=c.au, suspension=adhesion.suspension
        )
    ]


def _suspendre(c: SuspendreAdhesion, etats: Etats, _: Contexte) -> Issue:
    adhesion, suspension = _en_cours(etats[0], c.personne), Suspension(du=c.du, au=c.au)
    if isinstance(adhesion, Refus):
        return adhesion
    if adhesion.suspension == suspension:
        return ()
    return [AdhesionSuspendue(**{**_termes(adhesion), "suspension": suspension}, motif=c.motif)]


def _partir(c: EnregistrerDepart, etats: Etats, _: Contexte) -> Issue:
    adhesion = etats[0]
    if adhesion is None:
        return PasAdherent(personne=c.personne)
    if isinstance(adhesion, DepartEnregistre) and adhesion.le == c.le:
        return ()
    return [DepartEnregistre(**_termes(adhesion), le=c.le, motif=c.motif)]


def _termes(a: Accordee) -> dict[str, Any]:
    """What a membership is, carried on from fact to fact."""
    return {
        "personne": a.personne, "palier": a.palier, "groupes": a.groupes, "du": a.du, "au": a.au,
        "suspension": a.suspension,
    }  # fmt: skip


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class Adhesion:
    """``etat``, on the day it is read: demandée, écartée, à venir, à jour, suspendue, expirée, partie.

    ``candidature``: the latest, admitted ones apart; ``parti_le``: the last day of who leaves.
    """

    personne: PersonneId
    palier: str = ""
    groupes: tuple[str, ...] = ()
    du: Date | None = None
    au: Date | None = None
    suspension: Suspension | None = None
    parti_le: Date | None = None
    candidature: str = ""
    etat: str = ""


def _tenir(lignes: dict[PersonneId, Adhesion], fait: AdhesionDemandee | DemandeEcartee | Accordee, _: Note) -> None:
    ligne = lignes.get(fait.personne, Adhesion(fait.personne))
    match fait:
        case AdhesionDemandee():
            lignes[fait.personne] = attrs.evolve(ligne, candidature="demandée", palier=ligne.palier or fait.palier)
        case DemandeEcartee():
            lignes[fait.personne] = attrs.evolve(ligne, candidature="écartée")
        case _:
            parti = fait.le if isinstance(fait, DepartEnregistre) else None
            lignes[fait.personne] = Adhesion(**_termes(fait), parti_le=parti)


def _au(ligne: Adhesion, jour: Date) -> Adhesion:
    return attrs.evolve(ligne, etat=_etat(ligne, jour))


def _etat(ligne: Adhesion, jour: Date) -> str:
    pause = ligne.suspension
    if ligne.du is None or ligne.au is None:
        return ligne.candidature
    if ligne.parti_le is not None and ligne.parti_le < jour:
        return ligne.candidature or "partie"
    if jour > ligne.au:
        return ligne.candidature or "expirée"
    if jour < ligne.du:
        return "à venir"
    return "suspendue" if pause is not None and pause.du <= jour <= pause.au else "à jour"


CONCIERGE = frozenset({"concierge", "coordination"})
DOMAINE = Domaine(
    "adhesions",
    "Adhésions",
    faits=(AdhesionDemandee, DemandeEcartee, AdhesionAdmise, AdhesionRenouvelee, AdhesionSuspendue, DepartEnregistre),
    demandes=(
        Demande(DemanderAdhesion, CONCIERGE | {"soi"}, _lit, _demander),
        Demande(EcarterDemande, CONCIERGE, _lit, _ecarter),
        Demande(AdmettreAdherent, CONCIERGE, _lit, _admettre),
        Demande(RenouvelerAdhesion, CONCIERGE, _lit, _renouveler),
        Demande(SuspendreAdhesion, CONCIERGE, _lit, _suspendre),
        Demande(EnregistrerDepart, CONCIERGE | {"soi"}, _lit, _partir),
    ),
    refus=(DejaAdherent, PasAdherent, DejaParti, PasDeDemande, RenouvellementEnArriere),
    registres=(Registre("adhesions", Adhesion, _tenir, _au, "Registre des adhérents"),),
)
