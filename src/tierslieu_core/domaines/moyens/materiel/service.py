"""Service: an item is out of service for some days, back before they are over, or leaves for good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.materiel import Reparation
from tierslieu_core.domaines.moyens.materiel.modeles import REGIE
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, evenement, refus
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire.arrets import Arret, Arrets, Sort, arret_entre, arrets_avec, arrets_sans, depart
from tierslieu_core.vocabulaire.identifiants import ObjetId, objet
from tierslieu_core.vocabulaire.temps import ordre

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _d_avant(champs: dict[str, Any]) -> dict[str, Any]:
    """Nothing was asked of what was reserved: nothing could be."""
    return {**champs, "sort": "garder"}


@evenement(
    "materiel.ObjetImmobilise",
    "{objet} est hors service du {du} au {au} : {motif}",
    version=2,
    upcasts={1: _d_avant},
)
class ObjetImmobilise:
    objet: ObjetId
    du: Date
    au: Date
    motif: str
    arrets: Arrets = champ("tous les arrêts de l'objet, désormais")
    sort: Sort = "revoir"

    def etiquettes(self) -> Iterable[str]:
        return (objet(self.objet),)


@evenement("materiel.ObjetRemisEnService", "{objet} est de nouveau en service, dès le {le}")
class ObjetRemisEnService:
    objet: ObjetId
    le: Date
    arrets: Arrets = champ("tous les arrêts de l'objet, désormais")

    def etiquettes(self) -> Iterable[str]:
        return (objet(self.objet),)


@evenement(
    "materiel.ObjetRetire",
    "{objet} quitte le matériel du lieu le {le} : {motif}",
    version=2,
    upcasts={1: _d_avant},
)
class ObjetRetire:
    objet: ObjetId
    le: Date
    motif: str
    arrets: Arrets = champ("tous les arrêts de l'objet, désormais")
    sort: Sort = "revoir"

    def etiquettes(self) -> Iterable[str]:
        return (objet(self.objet),)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("materiel.ImmobiliserObjet")
class ImmobiliserObjet:
    """Mettre un objet hors service, de tel jour à tel jour, avec un motif."""

    objet: ObjetId
    du: Date = champ("premier jour")
    au: Date = champ("dernier jour")
    motif: str
    sort: Sort = champ("ce que deviennent les réservations qu'il ne peut plus servir", default="revoir")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return ordre(self.du, self.au)


@commande("materiel.RemettreEnService")
class RemettreEnService:
    """Remettre un objet en service avant la fin prévue de son arrêt, dès ce jour."""

    objet: ObjetId


@commande("materiel.LeverImmobilisation")
class LeverImmobilisation:
    """Lever l'arrêt d'un objet à partir d'un jour, même à venir."""

    objet: ObjetId
    le: Date = champ("en service à nouveau à partir du")


@commande("materiel.RetirerObjet")
class RetirerObjet:
    """Retirer un objet du matériel, avec un motif."""

    objet: ObjetId
    le: Date = champ("à partir du")
    motif: str
    sort: Sort = champ("ce que deviennent les réservations qu'il ne peut plus servir", default="revoir")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus("materiel.ObjetAbsent", "{objet} quitte le matériel du lieu le {le} : {motif}.", "Choisissez un autre objet.")
class ObjetAbsent(Refus):
    objet: ObjetId
    le: Date
    motif: str


@refus(
    "materiel.ObjetHorsService",
    "{objet} est hors service du {du} au {au} : {motif}.",
    "Choisissez un autre objet du même modèle, ou d'autres jours ; "
    "s'il est réparé, remettez-le en service (« tierslieu faire materiel.RemettreEnService »).",
)
class ObjetHorsService(Refus):
    objet: ObjetId
    du: Date
    au: Date
    motif: str


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _arrets(_: Arrets, fait: ObjetImmobilise | ObjetRemisEnService | ObjetRetire) -> Arrets:
    return fait.arrets


arrets_de = Lecture[Arrets]("materiel.arrets", (), _arrets, dernier=True)


def empechement(lequel: ObjetId, arrets: Arrets, du: Date, au: Date) -> Refus | None:
    """Why an item cannot be used from one day to another, both included; ``None`` when it can."""
    a = arret_entre(arrets, du, au)
    if a is None:
        return None
    if a.au is None:
        return ObjetAbsent(objet=lequel, le=a.du, motif=a.motif)
    return ObjetHorsService(objet=lequel, du=a.du, au=a.au, motif=a.motif)


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Arrets]


def _lit(c: ImmobiliserObjet | RemettreEnService | LeverImmobilisation | RetirerObjet, _: Contexte) -> Lot[Etats]:
    return lire(arrets_de(objet(c.objet)))


def _immobiliser(c: ImmobiliserObjet, etats: Etats, x: Contexte) -> Issue:
    arrets, nouveau = etats[0], Arret(du=c.du, au=c.au, motif=c.motif)
    if nouveau in arrets:
        return ()
    parti = depart(arrets)
    if parti is not None and parti.du <= c.du:
        return ObjetAbsent(objet=c.objet, le=parti.du, motif=parti.motif)
    return [_immobilise(c.objet, nouveau, arrets, x.aujourdhui, c.sort)]


def _immobilise(lequel: ObjetId, a: Arret, arrets: Arrets, jour: Date, sort: Sort) -> ObjetImmobilise:
    assert a.au is not None, "un arrêt qui finit"  # noqa: S101 - so it was made
    tous = arrets_avec(arrets, a, jour)
    return ObjetImmobilise(objet=lequel, du=a.du, au=a.au, motif=a.motif, arrets=tous, sort=sort)


def en_reparation(
    lequel: ObjetId, categorie: str, etat: str | None, arrets: Arrets, x: Contexte
) -> Sequence[ObjetImmobilise]:
    """The stop of an item that was found so: as long as the place has set, unless it is stopped already."""
    jour = x.aujourdhui
    reglage = x.livre.reglage(Reparation, jour, lieux=(objet(lequel), f"categorie:{categorie}")) or Reparation()
    if etat not in ("en panne", reglage.des) or arret_entre(arrets, jour, jour) is not None:
        return ()
    arret = Arret(du=jour, au=jour.add(days=reglage.jours - 1), motif=f"à réparer ({etat})")
    return [_immobilise(lequel, arret, arrets, jour, "revoir")]


def _remettre(c: RemettreEnService, etats: Etats, x: Contexte) -> Issue:
    return _en_service(c.objet, etats[0], x.aujourdhui)


def _lever(c: LeverImmobilisation, etats: Etats, _: Contexte) -> Issue:
    return _en_service(c.objet, etats[0], c.le)


def _en_service(lequel: ObjetId, arrets: Arrets, jour: Date) -> Issue:
    parti = depart(arrets)
    if parti is not None and parti.du <= jour:
        return ObjetAbsent(objet=lequel, le=parti.du, motif=parti.motif)
    restent = arrets_sans(arrets, jour)
    return () if restent == arrets else [ObjetRemisEnService(objet=lequel, le=jour, arrets=restent)]


def _retirer(c: RetirerObjet, etats: Etats, x: Contexte) -> Issue:
    arrets = etats[0]
    parti = depart(arrets)
    if parti is not None:
        return () if parti.du == c.le else ObjetAbsent(objet=c.objet, le=parti.du, motif=parti.motif)
    tous = arrets_avec(arrets, Arret(du=c.le, au=None, motif=c.motif), x.aujourdhui)
    return [ObjetRetire(objet=c.objet, le=c.le, motif=c.motif, arrets=tous, sort=c.sort)]


FAITS = (ObjetImmobilise, ObjetRemisEnService, ObjetRetire)
DEMANDES = (
    Demande(ImmobiliserObjet, REGIE | {"referent"}, _lit, _immobiliser),
    Demande(RemettreEnService, REGIE | {"referent"}, _lit, _remettre),
    Demande(LeverImmobilisation, REGIE | {"referent"}, _lit, _lever),
    Demande(RetirerObjet, REGIE, _lit, _retirer),
)
REFUS = (ObjetAbsent, ObjetHorsService)
