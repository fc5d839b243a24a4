"""The people, things and days of the place that the sentences speak of."""

from __future__ import annotations

from typing import Any

from whenever import Date, Instant, PlainDateTime

from tierslieu_core.domaines.cadre.regles import GENRES, Portee, RegleAdoptee
from tierslieu_core.domaines.moyens.espaces import EspaceOuvert
from tierslieu_core.domaines.moyens.materiel import ObjetAjoute
from tierslieu_core.domaines.personnes.adhesions import AdhesionAdmise
from tierslieu_core.domaines.personnes.formations import HabilitationAccordee, Tenue
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import FONDATION, When, memory_place, record
from tierslieu_core.vocabulaire.identifiants import EspaceId, ModeleId, ObjetId, PersonneId, RegleId
from tierslieu_core.vocabulaire.temps import Moment, Periode

ANA, BEN = PersonneId("ana"), PersonneId("ben")
PERCEUSE, SCIE = ObjetId("perceuse"), ObjetId("scie")
VERTE, BLEUE = EspaceId("verte"), EspaceId("bleue")
VENDREDI, LUNDI, MARDI, SAMEDI = Date(2026, 11, 20), Date(2026, 11, 23), Date(2026, 11, 24), Date(2026, 11, 28)
LA_PERCEUSE = ObjetAjoute(objet=PERCEUSE, modele=ModeleId("p10"), nom="Perceuse", categorie="outil", etat="bon état")
LA_SALLE = EspaceOuvert(espace=VERTE, nom="Salle verte", categorie="salle", capacite=12, description="")
ANA_ADHERE = AdhesionAdmise(
    personne=ANA, palier="adherent", groupes=("atelier",), du=Date(2026, 1, 1), au=Date(2026, 12, 31)
)
ANA_SAIT_SCIER = HabilitationAccordee(
    personne=ANA, habilitation="scie", du=LUNDI, jusqu_au=None,
    tenues=(Tenue(habilitation="scie", du=LUNDI, jusqu_au=None),),
)  # fmt: skip


def regle(nom: str, genre: str, portee: Portee = Portee(), **parametres: Any) -> RegleAdoptee:  # noqa: B008 - frozen
    """A rule in force since 2020."""
    return RegleAdoptee(
        regle=RegleId(nom), version=1, texte="", motif="essai", decision="", genre=GENRES[genre](**parametres),
        portee=portee, du=Date(2020, 1, 1),
    )  # fmt: skip


def vecu(*faits: object) -> Lieu:
    """A place where these happened."""
    lieu = memory_place()
    record(lieu, [*FONDATION, *faits])
    return lieu


def a(heure: str, le: Date = MARDI) -> Moment:
    """``a("14:00")``: that hour, on Tuesday 24 November 2026 unless told."""
    return Moment.depuis_texte(f"{le.format_iso()}T{heure}")


def de(debut: str, fin: str, le: Date = MARDI, jusqu_au: Date | None = None, zone: str = "Europe/Paris") -> Periode:
    """``de("10:00", "12:00")``: those hours."""
    return Periode(a(debut, le), a(fin, jusqu_au or le), zone)


def midi(le: Date) -> Instant:
    """Noon of a day, in Paris."""
    return PlainDateTime(le.year, le.month, le.day, 12).assume_tz("Europe/Paris").to_instant()


def dit(quand: When) -> str:
    """All that the answer explains."""
    return " ".join(quand.reponse.explication)


def ligne(quand: When, registre: str, au: Date | None = None) -> Any:
    """The one row of a register, on a day."""
    (row,) = quand.lieu.registre(registre, au=au)
    return row
