"""Importing a LibreBooking database: each reservation asked again, in order, and decided by the place's own laws."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from tierslieu_adapters.imports.librebooking.export import Export, lire
from tierslieu_adapters.imports.librebooking.reservations import Reservation
from tierslieu_adapters.imports.rapport import Rapport
from tierslieu_adapters.imports.reprise import Etape, Progres, Reprise, Source, en_une_ligne
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.usages.reservations import AnnulerReservation, ReserverEspace
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, ReservationId
from tierslieu_core.vocabulaire.temps import Moment

SOURCE: Final = Source("LibreBooking", "lb")


def importer(  # noqa: PLR0913 - what an import may be told
    lieu: Lieu,
    dossier: Path,
    *,
    progres: Progres | None = None,
    reglement: bool = False,
    essai: bool = False,
    par: str | None = None,
    fondation: str = "librebooking.lieu",
) -> Rapport:
    """Ask the place every reservation of a database exported as one CSV per table, in order of the source's ids.

    Overlap alone decides, unless ``reglement`` lets the place's rules judge too. An empty journal is founded first, and
    its facts then carry the source's instants; in a living place they are recorded now, dated (``survenu_le``) then.
    Keys come from the source's ids: what was imported is answered again, so an interrupted import resumes.
    ``progres`` is told how many demands of how many are done; ``par`` asks them (unless told, a person with a mandate);
    ``fondation`` is the key of the founding.
    ``essai``: on a copy in memory, nothing recorded. ``DemandeInvalide`` when the folder is no such export, or when
    rules are in force on days of the export without ``reglement``.
    """
    rapport = Rapport(SOURCE.nom, essai=essai)
    export = lire(Path(dossier), rapport)
    reprise = Reprise(lieu, SOURCE, rapport, par=par, essai=essai, debut=export.debut)
    if not reglement and lieu.livre.lieu is not None:
        reprise.sans_regles((r.cle, r.demandee_le) for r in export.reservations)
    reprise.fonder(fondation, export.nom, export.fuseau)
    reprise.derouler(list(_etapes(reprise, export)), progres)
    return rapport


def _etapes(reprise: Reprise, export: Export) -> Iterator[Etape]:
    debut = reprise.debut
    for r in export.ressources:
        ouvrir = OuvrirEspace(espace=espace(r.id), nom=r.nom, capacite=r.capacite, description=r.description)
        yield partial(reprise.ranger, "espace", f"librebooking.ressource.{r.id}", ouvrir, debut, r.ou)
    for u in export.utilisateurs:
        inscrire = InscrirePersonne(personne=personne(u.id), nom=u.nom, contact=u.contact)
        quand = u.inscrit_le or debut
        yield partial(reprise.ranger, "personne", f"librebooking.utilisateur.{u.id}", inscrire, quand, u.ou)
    for reservation in export.reservations:
        yield partial(_reserver, reprise, reservation)


def _reserver(reprise: Reprise, r: Reservation) -> None:
    zone = reprise.lieu.livre.zone
    reserver = ReserverEspace(
        espace=espace(r.ressource), personne=personne(r.utilisateur), debut=Moment.de(r.debut, zone),
        fin=Moment.de(r.fin, zone), sujet=r.sujet,
    )  # fmt: skip
    if reprise.decider(r.cle, reserver, r.demandee_le, r.ou) == "accord" and r.supprimee_le is not None:
        _annuler(reprise, r)


def _annuler(reprise: Reprise, r: Reservation) -> None:
    """A series deleted at the source was there, then no more: both are facts."""
    annuler = AnnulerReservation(reservation=ReservationId(r.cle), motif=f"supprimée dans {SOURCE.nom}")
    try:
        reponse = reprise.demander(f"{r.cle}.suppression", annuler, r.supprimee_le or r.demandee_le)
    except DemandeInvalide as fault:
        reprise.rapport.signaler(r.ou, en_une_ligne(fault))
        return
    if reponse.acceptee:
        reprise.rapport.annulees += 1
    else:
        reprise.rapport.signaler(r.ou, f"suppression non reprise : {' '.join(reponse.explication)}")


def espace(ressource: int) -> EspaceId:
    """The space that a resource becomes."""
    return EspaceId(f"lb-r-{ressource}")


def personne(utilisateur: int) -> PersonneId:
    """The person that a user becomes: an opaque identifier."""
    return PersonneId(f"lb-u-{utilisateur}")
