"""Signalement: anyone says what is wrong; somebody sees to it, and it is solved or set aside."""

from __future__ import annotations

from collections.abc import Iterator

from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT
from tierslieu_core.domaines.moyens.entretien.arret import (
    REGIE,
    SORT,
    SUR,
    HorsUsage,
    arreter,
    arrets_de,
    faute_de_chose,
    mesures,
    parti,
    rendre,
    rendu_le,
)
from tierslieu_core.domaines.moyens.entretien.incident import (
    VIE,
    Fait,
    Gravite,
    IncidentEcarte,
    IncidentPrisEnCharge,
    IncidentResolu,
    IncidentSignale,
    Ouvert,
    incident_de,
)
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    Suite,
    champ,
    commande,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.arrets import Arrets, Sort
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.identifiants import (
    IncidentId,
    PersonneId,
    connu,
    depuis_cle,
    incident,
)
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.vie import vers

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("entretien.SignalerIncident")
class SignalerIncident:
    """Signaler ce qui ne va pas dans un espace ou sur un objet."""

    sur: Chose = champ(SUR)
    gravite: Gravite = champ("gêne (on s'en sert encore), panne (on ne peut pas), danger (il ne faut pas)")
    nom: str = champ("en quelques mots, sans rien de personnel")
    constat: Personnel | None = personnel(
        "ce que vous avez vu, plus en détail", qui="par", conservation="incident", default=None
    )

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [*faute_de_chose(self.sur), *([] if self.nom.strip() else [("nom", "quelques mots, comme « ampoule »")])]


@commande("entretien.PrendreEnCharge")
class PrendreEnCharge:
    """Prendre en charge un incident, ou dire qui s'en charge ; au besoin, mettre hors d'usage jusqu'à un jour."""

    incident: IncidentId
    charge: PersonneId | None = champ("qui s'en charge ; sinon qui le fait déjà, ou vous-même", default=None)
    hors_usage_jusqu_au: Date | None = champ("hors d'usage dès ce jour, et jusqu'au", default=None)
    sort: Sort = champ(SORT, default="revoir")


@commande("entretien.ResoudreIncident")
class ResoudreIncident:
    """Dire un incident résolu ; ce qu'il mettait hors d'usage sert à nouveau, dès ce jour."""

    incident: IncidentId
    remede: str = champ("ce qui a été fait, sans rien de personnel", default="")


@commande("entretien.EcarterIncident")
class EcarterIncident:
    """Écarter un incident qui n'en est pas un, ou dont on ne fera rien, en disant pourquoi."""

    incident: IncidentId
    motif: Personnel = personnel("motif", qui="par", conservation="incident")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "entretien.IncidentPasACetteEtape",
    "« {incident} » est {etat} : cela ne se fait plus de lui.",
    "Si cela recommence, signalez-le à nouveau (entretien.SignalerIncident) ; si c'était une erreur, corrigez-la"
    " (entretien.CorrigerIncident).",
)
class IncidentPasACetteEtape(Refus):
    incident: IncidentId
    etat: str


@refus(
    "entretien.ArretPasse",
    "Hors d'usage jusqu'au {jusqu_au} : ce jour est passé.",
    "Donnez aujourd'hui ou un jour à venir, ou n'en donnez pas si l'on peut s'en servir.",
)
class ArretPasse(Refus):
    jusqu_au: Date


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[tuple[Fait | None], tuple[Arrets]]


Autour = tuple[Arrets, Fait | None]


def _lit_signaler(c: SignalerIncident, _: Contexte) -> Lot[Autour]:
    """What stops the thing, and the last that was said of an incident there."""
    return lire(arrets_de(c.sur), incident_de(str(c.sur)))


def _signaler(c: SignalerIncident, etats: Autour, x: Contexte) -> Issue:
    arrets, dernier = etats
    if isinstance(dernier, Ouvert) and (dernier.nom, dernier.gravite) == (c.nom, c.gravite):
        return ()
    return parti(c.sur, arrets, x.aujourdhui) or [
        IncidentSignale(
            incident=IncidentId(depuis_cle(x.cle)), sur=c.sur, gravite=c.gravite, nom=c.nom, constat=c.constat,
            personne=PersonneId(x.par), signale_le=x.aujourdhui,
        )
    ]  # fmt: skip


def _mesure(c: SignalerIncident, _: Autour, x: Contexte) -> Mesures:
    return mesures("signaler", c.sur, x.aujourdhui, x)


def _lit(c: PrendreEnCharge | ResoudreIncident | EcarterIncident, _: Contexte) -> Lot[Etats]:
    return lire(incident_de(incident(c.incident))).puis(lambda etats: lire(arrets_de(connu(etats[0]).sur)))


def _charger(c: PrendreEnCharge, etats: Etats, x: Contexte) -> Issue:
    (dernier,), (arrets,) = etats
    fait = _ouvert(dernier, IncidentPrisEnCharge)
    if isinstance(fait, Refus):
        return fait
    avant = fait.arret if isinstance(fait, IncidentPrisEnCharge) else None
    arret, au = avant, c.hors_usage_jusqu_au
    if au is not None and (avant is None or au != avant.au):
        if au < x.aujourdhui:
            return ArretPasse(jusqu_au=au)
        arret = HorsUsage(du=x.aujourdhui, au=au, motif=fait.nom, sort=c.sort)
        if (absent := parti(fait.sur, arrets, arret.du)) is not None:
            return absent
    rendu = None if arret == avant else rendu_le(avant, arrets, x.aujourdhui, arret)
    deja = fait.charge if isinstance(fait, IncidentPrisEnCharge) else None
    charge = c.charge or deja or PersonneId(x.par)
    if (charge, arret) == (deja, avant):
        return ()
    return [vers(IncidentPrisEnCharge, fait, charge=charge, arret=arret, rendu=rendu)]


def _resoudre(c: ResoudreIncident, etats: Etats, x: Contexte) -> Issue:
    (dernier,), (arrets,) = etats
    if isinstance(dernier, IncidentResolu):
        return ()
    fait = _ouvert(dernier, IncidentResolu)
    if isinstance(fait, Refus):
        return fait
    return [vers(IncidentResolu, fait, remede=c.remede, rendu=_rendu(fait, arrets, x))]


def _ecarter(c: EcarterIncident, etats: Etats, x: Contexte) -> Issue:
    (dernier,), (arrets,) = etats
    if isinstance(dernier, IncidentEcarte):
        return ()
    fait = _ouvert(dernier, IncidentEcarte)
    if isinstance(fait, Refus):
        return fait
    return [vers(IncidentEcarte, fait, motif=c.motif, rendu=_rendu(fait, arrets, x))]


def _ouvert(fait: Fait | None, nature: type) -> Ouvert | IncidentPasACetteEtape:
    ici: Fait = connu(fait)
    if VIE.permet(nature, ici) and isinstance(ici, Ouvert):
        return ici
    return IncidentPasACetteEtape(incident=ici.incident, etat=VIE.mot(ici))


def _rendu(fait: Fait, arrets: Arrets, x: Contexte) -> Date | None:
    return rendu_le(fait.arret, arrets, x.aujourdhui) if isinstance(fait, IncidentPrisEnCharge) else None


# ── ce qui suit : l'espace ferme, l'objet s'arrête ; puis ils rouvrent ──────────────────────────────────────────────


def _arreter(fait: IncidentPrisEnCharge) -> Iterator[object]:
    yield from arreter(fait.sur, fait.arret)
    yield from rendre(fait.sur, fait.rendu)


def _rendre(fait: IncidentResolu | IncidentEcarte) -> Iterator[object]:
    yield from rendre(fait.sur, fait.rendu)


DEMANDES = (
    Demande(SignalerIncident, frozenset({INSCRIT}), _lit_signaler, _signaler, _mesure),
    Demande(PrendreEnCharge, REGIE, _lit, _charger),
    Demande(ResoudreIncident, REGIE, _lit, _resoudre),
    Demande(EcarterIncident, REGIE, _lit, _ecarter),
)
REFUS = (IncidentPasACetteEtape, ArretPasse)
SUITES = (
    Suite("arret", IncidentPrisEnCharge, _arreter),
    Suite("rendu", IncidentResolu, _rendre),
    Suite("rendu", IncidentEcarte, _rendre),
)
