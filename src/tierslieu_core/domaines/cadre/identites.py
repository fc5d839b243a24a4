"""Identités: who is who. Persons have opaque identifiers; their names are sealed and found through the vault alone.

Who represents whom stands in ``representations``; doubles and representatives are read in ``qui_est_qui``.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from tierslieu_core.domaines.cadre import representations
from tierslieu_core.domaines.cadre.representations import ACCUEIL
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Domaine,
    Identifiant,
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
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId, personne

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("identites.PersonneInscrite", "{personne} entre au registre des personnes")
class PersonneInscrite:
    personne: PersonneId
    nom: Personnel = personnel(qui="personne", conservation="identite")
    contact: Personnel | None = personnel(qui="personne", conservation="contact", default=None)

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


@evenement("identites.PersonneRenommee", "{personne} s'appelle désormais {nom}")
class PersonneRenommee:
    personne: PersonneId
    nom: Personnel = personnel(qui="personne", conservation="identite")

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


@evenement("identites.DoublonReuni", "{personne} et {doublon} sont une même personne")
class DoublonReuni:
    personne: PersonneId = champ("personne gardée")
    doublon: PersonneId = champ("identifiant en double")

    def etiquettes(self) -> Iterable[str]:
        return "cadre", personne(self.personne), personne(self.doublon)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("identites.InscrirePersonne")
class InscrirePersonne:
    """Inscrire une personne : un identifiant qui ne dit rien d'elle, et son nom, scellé."""

    personne: PersonneId = nouveau("identifiant de la personne")
    nom: Personnel = personnel("nom", qui="personne", conservation="identite")
    contact: Personnel | None = personnel(
        "contact (courriel, téléphone)", qui="personne", conservation="contact", default=None
    )


@commande("identites.RenommerPersonne")
class RenommerPersonne:
    """Corriger ou changer le nom d'une personne."""

    personne: PersonneId
    nom: Personnel = personnel("nom", qui="personne", conservation="identite")


@commande("identites.ReunirDoublon")
class ReunirDoublon:
    """Réunir deux identifiants d'une même personne : le second renvoie désormais au premier."""

    personne: PersonneId = champ("personne gardée")
    doublon: PersonneId = champ("identifiant en double")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [("doublon", "doit être un autre identifiant")] if self.personne == self.doublon else []


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "identites.IdentifiantPris",
    "L'identifiant {personne} est déjà celui de quelqu'un.",
    "Choisissez-en un autre : une personne qui revient après un effacement en reçoit un nouveau.",
)
class IdentifiantPris(Refus):
    personne: PersonneId


@refus(
    "identites.DejaReuni", "{doublon} et {personne} sont déjà une même personne.", "Servez-vous de l'identifiant gardé."
)
class DejaReuni(Refus):
    personne: PersonneId
    doublon: PersonneId


@refus(
    "identites.MandatsInconciliables",
    "{personne} et {doublon} tiennent l'un la conciergerie, l'autre les finances : ce ne peut être une même personne.",
    "Mettez d'abord fin à l'un de ces mandats, et laissez passer le délai du lieu.",
)
class MandatsInconciliables(Refus):
    personne: PersonneId
    doublon: PersonneId


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _inscription(_: PersonneInscrite | None, fait: PersonneInscrite) -> PersonneInscrite | None:
    return fait


inscription_de = Lecture[PersonneInscrite | None]("identites.inscription", None, _inscription, dernier=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit_inscrire(c: InscrirePersonne, _: Contexte) -> Lot[tuple[PersonneInscrite | None]]:
    return lire(inscription_de(personne(c.personne)))


def _inscrire(c: InscrirePersonne, etats: tuple[PersonneInscrite | None], _: Contexte) -> Issue:
    if etats[0] is not None:
        return IdentifiantPris(personne=c.personne)
    return [PersonneInscrite(personne=c.personne, nom=c.nom, contact=c.contact)]


def _renommer(c: RenommerPersonne, _: tuple[()], __: Contexte) -> Issue:
    return [PersonneRenommee(personne=c.personne, nom=c.nom)]


def _reunir(c: ReunirDoublon, _: tuple[()], x: Contexte) -> Issue:
    reunis = x.livre.mandats.qui.reunis
    if reunis.get(c.doublon) == c.personne:
        return ()
    for one in (c.doublon, c.personne):
        if one in reunis:
            return DejaReuni(personne=reunis[one], doublon=one)
    if x.livre.mandats.se_heurtent(c.personne, c.doublon, x.aujourdhui):
        return MandatsInconciliables(personne=c.personne, doublon=c.doublon)
    return [DoublonReuni(personne=c.personne, doublon=c.doublon)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class Personne:
    """``reunie_a``: the identifier that replaces this one, if it was a double."""

    personne: PersonneId
    nom: Personnel
    contact: Personnel | None
    inscrite_le: str
    reunie_a: PersonneId | None = None


def _tenir(
    lignes: dict[PersonneId, Personne], fait: PersonneInscrite | PersonneRenommee | DoublonReuni, note: Note
) -> None:
    match fait:
        case PersonneInscrite():
            lignes[fait.personne] = Personne(fait.personne, fait.nom, fait.contact, note.survenu_le)
        case PersonneRenommee(personne=qui) if qui in lignes:  # on a past date, some are not yet registered
            lignes[qui] = attrs.evolve(lignes[qui], nom=fait.nom)
        case DoublonReuni(doublon=qui) if qui in lignes:
            lignes[qui] = attrs.evolve(lignes[qui], reunie_a=fait.personne)


DOMAINE = Domaine(
    "identites",
    "Identités",
    faits=(PersonneInscrite, PersonneRenommee, DoublonReuni, *representations.FAITS),
    demandes=(
        Demande(InscrirePersonne, ACCUEIL, _lit_inscrire, _inscrire),
        Demande(RenommerPersonne, ACCUEIL | {"soi"}, lambda _, __: lire(), _renommer),
        Demande(ReunirDoublon, ACCUEIL, lambda _, __: lire(), _reunir),
        *representations.DEMANDES,
    ),
    refus=(IdentifiantPris, DejaReuni, MandatsInconciliables, *representations.REFUS),
    registres=(
        Registre("personnes", Personne, _tenir, titre="Registre des personnes", index=("personne",)),
        *representations.REGISTRES,
    ),
    identifiants=(Identifiant(PersonneId, PersonneInscrite, (PersonneInscrite, PersonneRenommee)),),
)
