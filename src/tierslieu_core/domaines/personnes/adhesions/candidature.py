"""Candidatures: a membership asked for, set aside, or admitted by the place's silence when its rules say so.

While one is examined, the place may give provisional rights (``DroitsProvisoires``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from whenever import Date

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.regles.genres.adhesion import AdmissionTacite, DroitsProvisoires
from tierslieu_core.domaines.personnes.adhesions.adhesion import Accordee, AdhesionAdmise, lue
from tierslieu_core.domaines.personnes.adhesions.dossier import Dossiers, dossiers
from tierslieu_core.domaines.personnes.adhesions.minorite import sans_representant
from tierslieu_core.domaines.personnes.adhesions.paliers import PaliersDeclares, inconnu, paliers_du_lieu
from tierslieu_core.domaines.personnes.adhesions.validite import obstacle
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    champ,
    commande,
    evenement,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, Lue, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId, personne

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _etiquettes(fait: AdhesionDemandee | DemandeEcartee) -> Iterable[str]:
    return (personne(fait.personne),)


def _sans_dates(v1: dict[str, Any]) -> dict[str, Any]:
    return {**v1, "depuis": None, "provisoire_jusqu_au": None}


@evenement("adhesions.AdhesionDemandee", "{personne} demande à adhérer ({palier})", version=2, upcasts={1: _sans_dates})
class AdhesionDemandee:
    """``depuis``: since when the place examines it, another tier asked for meanwhile or not.

    ``provisoire_jusqu_au``: the last day of the provisional rights that the rules of that day gave.
    """

    personne: PersonneId
    palier: str
    depuis: Date | None
    provisoire_jusqu_au: Date | None

    etiquettes = _etiquettes


@evenement("adhesions.DemandeEcartee", "La demande d'adhésion de {personne} est écartée : {motif}")
class DemandeEcartee:
    personne: PersonneId
    motif: Personnel = personnel(qui="personne", conservation="adhesion")

    etiquettes = _etiquettes


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


@commande("adhesions.ConstaterAdmission")
class ConstaterAdmission:
    """Constater l'admission tacite d'une personne à qui le lieu n'a pas répondu dans le délai de ses règles."""

    personne: PersonneId


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus("adhesions.PasDeDemande", "{personne} n'a pas de demande d'adhésion en attente.", "Il n'y a rien à écarter.")
class PasDeDemande(Refus):
    personne: PersonneId


@refus(
    "adhesions.SilenceSansEffet",
    "Aucune règle du lieu ne fait de son silence une admission ({personne}).",
    "Admettez cette personne (adhesions.AdmettreAdherent), ou écartez sa demande.",
)
class SilenceSansEffet(Refus):
    personne: PersonneId


@refus(
    "adhesions.ExamenEnCours",
    "La demande d'adhésion de {personne} est à l'examen : le silence du lieu ne l'admet que le {le}.",
    "Attendez ce jour-là, ou répondez dès maintenant (adhesions.AdmettreAdherent, adhesions.EcarterDemande).",
)
class ExamenEnCours(Refus):
    personne: PersonneId
    le: Date


# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _candidature(_: Candidature | None, fait: Candidature) -> Candidature | None:
    return fait


candidature_de = Lecture[Candidature | None]("adhesions.candidature", None, _candidature, dernier=True)


def examen(qui: PersonneId, x: Contexte) -> Lue[Candidature | None]:
    """The candidature of a person, under whichever of their identifiers it was last spoken of."""
    return candidature_de(*map(personne, identifiants(qui, x)))


def provisoire(candidature: Candidature | None, jour: Date) -> Date | None:
    """The last day of the provisional rights that a demand gives on a day; ``None`` when it gives none."""
    if not isinstance(candidature, AdhesionDemandee) or candidature.depuis is None or jour < candidature.depuis:
        return None
    fin = candidature.provisoire_jusqu_au
    return None if fin is None or fin < jour else fin


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Lues = tuple[Accordee | None, Candidature | None, PaliersDeclares | None]
Etats = tuple[Lues, Dossiers]


def _lit(c: DemanderAdhesion | EcarterDemande | ConstaterAdmission, x: Contexte) -> Lot[Etats]:
    return lire(lue(c.personne, x), examen(c.personne, x), paliers_du_lieu).avec(dossiers(c.personne, x))


def _demander(c: DemanderAdhesion, etats: Etats, x: Contexte) -> Issue:
    (adhesion, candidature, paliers), _ = etats
    refuse = obstacle(adhesion, x.aujourdhui) or inconnu(paliers, c.palier, ())
    if refuse is not None:
        return refuse
    attend = candidature if isinstance(candidature, AdhesionDemandee) else None
    depuis = attend.depuis if attend is not None and attend.depuis is not None else x.aujourdhui
    if attend is not None and (attend.palier, attend.depuis) == (c.palier, depuis):
        return ()
    droits = x.livre.reglage(DroitsProvisoires, depuis, personne=c.personne, publics=(c.palier,))
    jusqu_au = None if droits is None else depuis.add(days=droits.jours - 1)
    return [AdhesionDemandee(personne=c.personne, palier=c.palier, depuis=depuis, provisoire_jusqu_au=jusqu_au)]


def _ecarter(c: EcarterDemande, etats: Etats, _: Contexte) -> Issue:
    match etats[0][1]:
        case AdhesionDemandee():
            return [DemandeEcartee(personne=c.personne, motif=c.motif)]
        case DemandeEcartee():
            return ()
        case _:
            return PasDeDemande(personne=c.personne)


def _constater(c: ConstaterAdmission, etats: Etats, x: Contexte) -> Issue:
    (adhesion, candidature, paliers), siens = etats
    if isinstance(candidature, AdhesionAdmise):
        return ()
    if not isinstance(candidature, AdhesionDemandee):
        return PasDeDemande(personne=c.personne)
    tacite = tacitement(c.personne, candidature.palier, candidature.depuis, x)
    if tacite is None:
        return SilenceSansEffet(personne=c.personne)
    regle, le = tacite
    jour, palier = x.aujourdhui, regle.palier or candidature.palier
    if jour < le:
        return ExamenEnCours(personne=c.personne, le=le)
    fin = jour.add(days=regle.duree_jours - 1)
    admise = AdhesionAdmise(personne=c.personne, palier=palier, groupes=(), du=jour, au=fin)
    refuse = obstacle(adhesion, jour) or inconnu(paliers, palier, ()) or sans_representant(c.personne, siens, jour, x)
    return refuse or [admise]


def tacitement(qui: PersonneId, palier: str, depuis: Date | None, x: Contexte) -> tuple[AdmissionTacite, Date] | None:
    """By which rule, of the day when it was asked, and from when silence is a yes; ``None`` when it never is."""
    if depuis is None:
        return None
    regle: AdmissionTacite | None = x.livre.reglage(AdmissionTacite, depuis, personne=qui, publics=(palier,))
    return None if regle is None else (regle, depuis.add(days=regle.delai_jours))


ACCUEIL = frozenset({"concierge", "coordination"})
FAITS = (AdhesionDemandee, DemandeEcartee)
REFUS = (PasDeDemande, SilenceSansEffet, ExamenEnCours)
DEMANDES = (
    Demande(DemanderAdhesion, ACCUEIL | {"soi"}, _lit, _demander),
    Demande(EcarterDemande, ACCUEIL, _lit, _ecarter),
    Demande(ConstaterAdmission, ACCUEIL, _lit, _constater),
)
