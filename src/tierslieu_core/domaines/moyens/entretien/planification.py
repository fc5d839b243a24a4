"""Planification: works are planned, and put off; what they keep from use, and what they solve."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date

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
from tierslieu_core.domaines.moyens.entretien.signalement import PrendreEnCharge
from tierslieu_core.domaines.moyens.entretien.travaux import (
    Amenagement,
    Fait,
    Nature,
    TravauxPlanifies,
    TravauxProlonges,
    TravauxReportes,
    travaux_de,
    vivants,
)
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    Suite,
    champ,
    commande,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.vocabulaire.arrets import Arrets, Sort
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.identifiants import (
    EntretienId,
    IncidentId,
    TravauxId,
    connu,
    depuis_cle,
)
from tierslieu_core.vocabulaire.identifiants import travaux as etiquette
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import ordre
from tierslieu_core.vocabulaire.vie import vers

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("entretien.PlanifierTravaux")
class PlanifierTravaux:
    """Prévoir des travaux sur un espace ou un objet ; au besoin, il est hors d'usage pendant ce temps."""

    sur: Chose = champ(SUR)
    nom: str = champ("quels travaux, sans rien de personnel")
    nature: Nature = champ("préventif, correctif ou aménagement")
    du: Date = champ("premier jour")
    au: Date = champ("dernier jour")
    hors_usage: bool = champ("l'espace est fermé, ou l'objet hors service, pendant les travaux", default=True)
    sort: Sort = champ(SORT, default="revoir")
    incident: IncidentId | None = champ("l'incident qu'ils résolvent", default=None)
    entretien: EntretienId | None = champ("l'entretien périodique dont c'est le tour", default=None)
    configuration: str | None = champ("la configuration à laquelle l'aménagement mène", default=None)
    capacite: int | None = champ("sa capacité", unite="personnes", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        found = [*faute_de_chose(self.sur), *ordre(self.du, self.au)]
        if not self.nom.strip():
            found.append(("nom", "quelques mots, comme « peinture »"))
        if (self.configuration is None) != (self.capacite is None):
            found.append(("capacite", "une configuration et sa capacité, ou ni l'une ni l'autre"))
        if self.capacite is not None and self.capacite < 1:
            found.append(("capacite", "une personne au moins"))
        if self.configuration is not None and (self.sur.genre, self.nature) != ("espace", "aménagement"):
            found.append(("configuration", "seul l'aménagement d'un espace mène à une configuration"))
        return found


@commande("entretien.ReporterTravaux")
class ReporterTravaux:
    """Reporter des travaux à d'autres jours, avant qu'ils ne commencent."""

    travaux: TravauxId
    du: Date = champ("premier jour")
    au: Date = champ("dernier jour")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return ordre(self.du, self.au)


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


Autour = tuple[Arrets, Fait | None]


def _lit_planifier(c: PlanifierTravaux, _: Contexte) -> Lot[Autour]:
    """What stops the thing, and the last that was said of works there."""
    return lire(arrets_de(c.sur), travaux_de(str(c.sur)))


def _planifier(c: PlanifierTravaux, etats: Autour, x: Contexte) -> Issue:
    arrets, dernier = etats
    if (absent := parti(c.sur, arrets, c.du)) is not None:
        return absent
    arret = HorsUsage(du=c.du, au=c.au, motif=c.nom, sort=c.sort) if c.hors_usage else None
    mene_a = None
    if c.configuration is not None and c.capacite is not None:
        mene_a = Amenagement(configuration=c.configuration, capacite=c.capacite)
    prevus = TravauxPlanifies(
        travaux=TravauxId(depuis_cle(x.cle)), sur=c.sur, nature=c.nature, nom=c.nom, du=c.du, au=c.au, arret=arret,
        incident=c.incident, entretien=c.entretien, amenagement=mene_a,
    )  # fmt: skip
    deja = isinstance(dernier, TravauxPlanifies) and vers(TravauxPlanifies, prevus, travaux=dernier.travaux) == dernier
    return () if deja else [prevus]


def _mesure(c: PlanifierTravaux, _: Autour, x: Contexte) -> Mesures:
    return mesures("travaux", c.sur, c.du, x)


Etats = tuple[tuple[Fait | None], tuple[Arrets]]


def _lit(c: ReporterTravaux, _: Contexte) -> Lot[Etats]:
    return lire(travaux_de(etiquette(c.travaux))).puis(lambda etats: lire(arrets_de(connu(etats[0]).sur)))


def _reporter(c: ReporterTravaux, etats: Etats, x: Contexte) -> Issue:
    (dernier,), (arrets,) = etats
    fait = vivants(dernier, TravauxReportes)
    if isinstance(fait, Refus):
        return fait
    if (fait.du, fait.au) == (c.du, c.au):
        return ()
    if (absent := parti(fait.sur, arrets, c.du)) is not None:
        return absent
    arret = fait.arret and attrs.evolve(fait.arret, du=c.du, au=c.au)
    rendu = rendu_le(fait.arret, arrets, x.aujourdhui, arret)
    return [vers(TravauxReportes, fait, du=c.du, au=c.au, arret=arret, rendu=rendu)]


# ── ce qui suit ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _prevoir(fait: TravauxPlanifies) -> Iterator[object]:
    """The thing is kept for them, and the incident that they solve is seen to."""
    yield from arreter(fait.sur, fait.arret)
    if fait.incident is not None:
        yield PrendreEnCharge(incident=fait.incident)


def deplacer(fait: TravauxReportes | TravauxProlonges) -> Iterator[object]:
    """Other days are kept, then the former ones given back: nobody is served what is about to close again."""
    yield from arreter(fait.sur, fait.arret)
    yield from rendre(fait.sur, fait.rendu)


DEMANDES = (
    Demande(PlanifierTravaux, REGIE, _lit_planifier, _planifier, _mesure),
    Demande(ReporterTravaux, REGIE, _lit, _reporter),
)
SUITES = (
    Suite("travaux_prevus", TravauxPlanifies, _prevoir),
    Suite("travaux_deplaces", TravauxReportes, deplacer),
)
