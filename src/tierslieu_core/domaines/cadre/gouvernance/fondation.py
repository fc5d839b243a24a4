"""Fondation: no fact without a decision, the first one included."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import TimeZoneNotFoundError, ZonedDateTime

from tierslieu_core.domaines.cadre.gouvernance.mandats import (
    CONCIERGE,
    COORDINATION,
    FINANCES,
    REFERENT,
    MandatDonne,
    faute_de_role,
)  # fmt: skip
from tierslieu_core.domaines.cadre.identites import PersonneInscrite
from tierslieu_core.kernel.decisions import CADRE
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Evenement,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    commande,
    evenement,
    nouveau,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.calendrier import ZONES_FERIEES
from tierslieu_core.vocabulaire.identifiants import MandatId, PersonneId, depuis_cle


@evenement("gouvernance.LieuFonde", "Le lieu « {nom} » est fondé")
class LieuFonde:
    nom: str
    fuseau: str = champ("fuseau horaire")
    jours_feries: str = champ("zone des jours fériés")
    vacances: str = champ("zone des vacances scolaires")

    def etiquettes(self) -> Iterable[str]:
        return (CADRE,)


@commande("gouvernance.FonderLieu")
class FonderLieu:
    """Fonder le lieu : son nom, son fuseau, et la personne qui le fonde, à qui vont les premiers mandats."""

    nom: str = champ("nom du lieu")
    personne: PersonneId = nouveau("identifiant de la personne qui fonde")
    nom_personne: Personnel = personnel("nom de la personne qui fonde", qui="personne", conservation="identite")
    fuseau: str = champ("fuseau horaire", default="Europe/Paris")
    jours_feries: str = champ("zone des jours fériés", default="metropole")
    vacances: str = champ("zone des vacances scolaires (A, B ou C)", default="")
    roles: tuple[str, ...] = champ("premiers mandats", default=(CONCIERGE, COORDINATION))

    def fautes(self, _: str) -> list[tuple[str, str]]:
        found = [] if self.nom.strip() else [("nom", "le nom du lieu")]
        try:
            ZonedDateTime(2026, 1, 1, tz=self.fuseau)
        except TimeZoneNotFoundError:
            found.append(("fuseau", f"fuseau inconnu : « {self.fuseau} » (exemple : Europe/Paris)"))
        if self.jours_feries not in ZONES_FERIEES:
            found.append(("jours_feries", f"une de ces zones : {', '.join(ZONES_FERIEES)}"))
        if self.vacances not in ("", "A", "B", "C"):
            found.append(("vacances", "A, B ou C, ou rien"))
        found += [f for role in self.roles for f in faute_de_role("roles", role)]
        if {CONCIERGE, FINANCES} <= set(self.roles):
            found.append(("roles", "une même personne ne tient pas la conciergerie et les finances"))
        if REFERENT in self.roles:
            found.append(("roles", "un référent l'est d'un espace ou d'un objet : donnez ce mandat ensuite"))
        if COORDINATION not in self.roles:
            found.append(("roles", "il faut « coordination », qui donne les autres mandats"))
        return found


@refus(
    "gouvernance.LieuDejaFonde",
    "Ce journal est déjà celui du lieu « {nom} ».",
    "Un lieu, un journal : fondez l'autre lieu dans un autre fichier.",
)
class LieuDejaFonde(Refus):
    nom: str


def _fonder(c: FonderLieu, _: tuple[()], x: Contexte) -> Issue:
    if x.livre.lieu is not None:
        return LieuDejaFonde(nom=x.livre.lieu.nom)
    du = x.survenu_le.to_tz(c.fuseau).date()
    premiers: list[Evenement] = [
        MandatDonne(mandat=MandatId(depuis_cle(x.cle, role)), personne=c.personne, role=role, du=du)
        for role in dict.fromkeys(c.roles)
    ]
    return [
        LieuFonde(nom=c.nom, fuseau=c.fuseau, jours_feries=c.jours_feries, vacances=c.vacances),
        PersonneInscrite(personne=c.personne, nom=c.nom_personne),
        *premiers,
    ]


@attrs.frozen
class Lieu:
    nom: str
    fuseau: str
    jours_feries: str
    vacances: str
    fonde_le: str


def _tenir(lignes: dict[str, Lieu], fait: LieuFonde, note: Note) -> None:
    lignes[fait.nom] = Lieu(fait.nom, fait.fuseau, fait.jours_feries, fait.vacances, note.survenu_le)


DEMANDES = (Demande(FonderLieu, frozenset({"soi"}), lambda _, __: lire(), _fonder, fondatrice=True),)
REGISTRES = (Registre("lieu", Lieu, _tenir, titre="Le lieu"),)
