"""Adhésions (G5): asked, admitted, renewed, suspended, ended. Whether a membership is current is told by its dates alone."""

from __future__ import annotations

from collections.abc import Iterable

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
from tierslieu_core.vocabulaire.identifiants import PersonneId, personne

# ── événements (chacun dit toute l'adhésion : le dernier suffit) ────────────────────────────────────────────────────


@evenement("adhesions.AdhesionDemandee", "{personne} demande à adhérer ({palier})")
class AdhesionDemandee:
    personne: PersonneId
    palier: str

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


@evenement("adhesions.DemandeEcartee", "La demande d'adhésion de {personne} est écartée : {motif}")
class DemandeEcartee:
    personne: PersonneId
    motif: Personnel = personnel(qui="personne", conservation="adhesion")

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


@evenement("adhesions.AdhesionAdmise", "{personne} est admis(e) comme adhérent(e) ({palier}), du {du} au {au}")
class AdhesionAdmise:
    personne: PersonneId
    palier: str
    groupes: tuple[str, ...]
    du: Date
    au: Date

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


@evenement("adhesions.AdhesionRenouvelee", "L'adhésion de {personne} ({palier}) est renouvelée jusqu'au {au}")
class AdhesionRenouvelee:
    personne: PersonneId
    palier: str
    groupes: tuple[str, ...]
    du: Date
    au: Date

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


@evenement(
    "adhesions.AdhesionSuspendue",
    "L'adhésion de {personne} est suspendue du {suspendue_du} au {suspendue_au} : {motif}",
)
class AdhesionSuspendue:
    personne: PersonneId
    palier: str
    groupes: tuple[str, ...]
    du: Date
    au: Date
    suspendue_du: Date
    suspendue_au: Date
    motif: Personnel = personnel(qui="personne", conservation="adhesion")

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


@evenement("adhesions.DepartEnregistre", "{personne} quitte le lieu le {le}")
class DepartEnregistre:
    personne: PersonneId
    le: Date
    motif: Personnel | None = personnel(qui="personne", conservation="adhesion", default=None)

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


Accordee = AdhesionAdmise | AdhesionRenouvelee | AdhesionSuspendue
Fait = AdhesionDemandee | DemandeEcartee | AdhesionAdmise | AdhesionRenouvelee | AdhesionSuspendue | DepartEnregistre

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
        return [("au", f"doit venir après le {self.du}")] if self.au < self.du else []


@commande("adhesions.RenouvelerAdhesion")
class RenouvelerAdhesion:
    """Renouveler une adhésion, jusqu'à une date ; le palier et les groupes demeurent, sauf à en dire d'autres."""

    personne: PersonneId
    au: Date = champ("dernier jour")
    palier: str | None = champ("palier d'adhésion", default=None)
    groupes: tuple[str, ...] | None = champ("groupes", default=None)


@commande("adhesions.SuspendreAdhesion")
class SuspendreAdhesion:
    """Suspendre une adhésion, de tel jour à tel jour, avec un motif."""

    personne: PersonneId
    du: Date = champ("premier jour de suspension")
    au: Date = champ("dernier jour de suspension")
    motif: Personnel = personnel("motif", qui="personne", conservation="adhesion")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [("au", f"doit venir après le {self.du}")] if self.au < self.du else []


@commande("adhesions.EnregistrerDepart")
class EnregistrerDepart:
    """Enregistrer le départ d'un adhérent."""

    personne: PersonneId
    le: Date = champ("jour du départ")
    motif: Personnel | None = personnel("motif", qui="personne", conservation="adhesion", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus("adhesions.DejaAdherent", "{personne} est adhérent(e) jusqu'au {au}.", "Renouvelez son adhésion.")
class DejaAdherent(Refus):
    personne: PersonneId
    au: Date


@refus("adhesions.PasAdherent", "{personne} n'a pas d'adhésion.", "Admettez d'abord cette personne.")
class PasAdherent(Refus):
    personne: PersonneId


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


def _adhesion(_: Fait | None, fait: AdhesionDemandee | DemandeEcartee | AdhesionAdmise | AdhesionRenouvelee | AdhesionSuspendue | DepartEnregistre) -> Fait | None:  # fmt: skip
    return fait


adhesion_de = Lecture[Fait | None]("adhesions.adhesion", None, _adhesion, dernier=True)


def jusqu_au(adhesion: Fait | None, jour: Date) -> Date | None:
    """The last day of a membership that is current on a day; ``None`` when none is (not begun, ended, suspended)."""
    if not isinstance(adhesion, Accordee) or not adhesion.du <= jour <= adhesion.au:
        return None
    if isinstance(adhesion, AdhesionSuspendue) and adhesion.suspendue_du <= jour <= adhesion.suspendue_au:
        return None
    return adhesion.au


def publics(adhesion: Fait | None, jour: Date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tier and the groups of a person on a day: what rules call their publics."""
    if jusqu_au(adhesion, jour) is None or not isinstance(adhesion, Accordee):
        return ("non-adherent",), ()
    return (adhesion.palier,), adhesion.groupes


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None]
Demandes = (
    DemanderAdhesion | EcarterDemande | AdmettreAdherent | RenouvelerAdhesion | SuspendreAdhesion | EnregistrerDepart
)


def _lit(c: Demandes, _: Contexte) -> Lot[Etats]:
    return lire(adhesion_de(personne(c.personne)))


def _demander(c: DemanderAdhesion, etats: Etats, x: Contexte) -> Issue:
    (adhesion,) = etats
    if isinstance(adhesion, Accordee) and adhesion.au >= x.aujourdhui:
        return DejaAdherent(personne=c.personne, au=adhesion.au)
    if adhesion == AdhesionDemandee(personne=c.personne, palier=c.palier):
        return ()
    return [AdhesionDemandee(personne=c.personne, palier=c.palier)]


def _ecarter(c: EcarterDemande, etats: Etats, _: Contexte) -> Issue:
    if not isinstance(etats[0], AdhesionDemandee):
        return PasDeDemande(personne=c.personne)
    return [DemandeEcartee(personne=c.personne, motif=c.motif)]


def _admettre(c: AdmettreAdherent, etats: Etats, _: Contexte) -> Issue:
    (adhesion,) = etats
    admise = AdhesionAdmise(personne=c.personne, palier=c.palier, groupes=c.groupes, du=c.du, au=c.au)
    if adhesion == admise:
        return ()
    if isinstance(adhesion, Accordee) and adhesion.au >= c.du:
        return DejaAdherent(personne=c.personne, au=adhesion.au)
    return [admise]


def _renouveler(c: RenouvelerAdhesion, etats: Etats, x: Contexte) -> Issue:
    (adhesion,) = etats
    if not isinstance(adhesion, Accordee):
        return PasAdherent(personne=c.personne)
    palier = c.palier or adhesion.palier
    groupes = adhesion.groupes if c.groupes is None else c.groupes
    if (adhesion.au, adhesion.palier, adhesion.groupes) == (c.au, palier, groupes):
        return ()
    if c.au < adhesion.au:
        return RenouvellementEnArriere(personne=c.personne, au=adhesion.au)
    du = adhesion.du if adhesion.au >= x.aujourdhui.subtract(days=1) else x.aujourdhui
    return [AdhesionRenouvelee(personne=c.personne, palier=palier, groupes=groupes, du=du, au=c.au)]


def _suspendre(c: SuspendreAdhesion, etats: Etats, _: Contexte) -> Issue:
    (adhesion,) = etats
    if not isinstance(adhesion, Accordee):
        return PasAdherent(personne=c.personne)
    if isinstance(adhesion, AdhesionSuspendue) and (adhesion.suspendue_du, adhesion.suspendue_au) == (c.du, c.au):
        return ()
    return [
        AdhesionSuspendue(
            personne=c.personne, palier=adhesion.palier, groupes=adhesion.groupes, du=adhesion.du, au=adhesion.au,
            suspendue_du=c.du, suspendue_au=c.au, motif=c.motif,
        )
    ]  # fmt: skip


def _partir(c: EnregistrerDepart, etats: Etats, _: Contexte) -> Issue:
    (adhesion,) = etats
    if isinstance(adhesion, DepartEnregistre):
        return ()
    if not isinstance(adhesion, Accordee):
        return PasAdherent(personne=c.personne)
    return [DepartEnregistre(personne=c.personne, le=c.le, motif=c.motif)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class Adhesion:
    """``etat``, on the day it is read: demandée, écartée, à venir, à jour, suspendue, expirée, partie."""

    personne: PersonneId
    fait: Fait
    depuis: str
    palier: str = ""
    au: Date | None = None
    etat: str = ""


def _tenir(lignes: dict[PersonneId, Adhesion], fait: AdhesionDemandee | DemandeEcartee | AdhesionAdmise | AdhesionRenouvelee | AdhesionSuspendue | DepartEnregistre, note: Note) -> None:  # fmt: skip
    palier = getattr(fait, "palier", lignes[fait.personne].palier if fait.personne in lignes else "")
    lignes[fait.personne] = Adhesion(fait.personne, fait, note.survenu_le, palier, getattr(fait, "au", None))


def _au(ligne: Adhesion, jour: Date) -> Adhesion:
    match ligne.fait:
        case AdhesionDemandee():
            etat = "demandée"
        case DemandeEcartee():
            etat = "écartée"
        case DepartEnregistre():
            etat = "partie" if ligne.fait.le <= jour else "départ annoncé"
        case AdhesionAdmise() | AdhesionRenouvelee() | AdhesionSuspendue() as fait:
            etat = "à venir" if jour < fait.du else "expirée" if jour > fait.au else "à jour"
            if isinstance(fait, AdhesionSuspendue) and fait.suspendue_du <= jour <= fait.suspendue_au:
                etat = "suspendue"
    return attrs.evolve(ligne, etat=etat)


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
    refus=(DejaAdherent, PasAdherent, PasDeDemande, RenouvellementEnArriere),
    registres=(Registre("adhesions", Adhesion, _tenir, _au, "Registre des adhérents"),),
)
