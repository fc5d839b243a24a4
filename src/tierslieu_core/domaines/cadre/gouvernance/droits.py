"""Droits: which mandates may ask what, as the place decides; and how long must pass between concierge and money."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from tierslieu_core.domaines.cadre.gouvernance.mandats import (
    CONCIERGE,
    DONNEURS,
    FINANCES,
    INSCRIT,
    SOI,
    DernierDonneur,
    DonnerMandat,
    faute_de_role,
    jour_de,
)  # fmt: skip
from tierslieu_core.kernel.decisions import CADRE
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    Registre,
    champ,
    commande,
    evenement,
    fiche,
)  # fmt: skip
from tierslieu_core.kernel.lectures import lire


@evenement("gouvernance.DroitsFixes", "« {demande} » se demande désormais avec l'un de ces mandats : {roles} ({motif})")
class DroitsFixes:
    demande: str
    roles: tuple[str, ...]
    motif: str

    def etiquettes(self) -> Iterable[str]:
        return (CADRE,)


@evenement("gouvernance.DelaiFixe", "Délai entre conciergerie et finances, désormais, en jours : {jours} ({motif})")
class DelaiFixe:
    jours: int
    motif: str

    def etiquettes(self) -> Iterable[str]:
        return (CADRE,)


@commande("gouvernance.FixerDroits")
class FixerDroits:
    """Fixer quels mandats peuvent demander une commande ; sans aucun, ceux du départ à nouveau.

    « soi » : la personne concernée, ou qui la représente ; « inscrit » : toute personne inscrite.
    """

    demande: str = champ("nom de la commande")
    roles: tuple[str, ...] = champ("mandats")
    motif: str

    def fautes(self, _: str) -> list[tuple[str, str]]:
        ouverts = {SOI, INSCRIT}
        found = [f for role in self.roles if role not in ouverts for f in faute_de_role("roles", role)]
        if FINANCES in self.roles:
            found.append(("roles", "les finances ne partagent aucune demande : leur mandat n'ouvre que les leurs"))
        if self.demande.startswith(MUR):
            found.append(("demande", f"« {self.demande} » est aux finances seules : cela ne se partage pas"))
        if self.demande in POUVOIRS and not ouverts.isdisjoint(self.roles):
            found.append(("roles", "qui donne des mandats ou des droits en tient un : ni « soi », ni « inscrit »"))
        if self.demande == fiche(DonnerMandat).nom and not {CONCIERGE, FINANCES}.isdisjoint(self.roles):
            found.append(("roles", "qui donne les mandats ne tient ni la conciergerie ni les finances à ce titre"))
        return found


@commande("gouvernance.FixerDelai")
class FixerDelai:
    """Fixer combien de jours doivent passer entre un mandat de concierge et un mandat de finances."""

    jours: int = champ("délai", unite="jours")
    motif: str

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [] if 0 <= self.jours <= DELAI_MAX else [("jours", f"un nombre de jours, de 0 à {DELAI_MAX}")]


MUR = ("attestations.", "finances.")
"""What is asked by the finance body alone; the table of mandates holds it so whatever was set."""
POUVOIRS = frozenset({fiche(DonnerMandat).nom, fiche(FixerDroits).nom})
DELAI_MAX = 3660


def _fixer_droits(c: FixerDroits, _: tuple[()], x: Contexte) -> Issue:
    if set(x.livre.mandats.droits.get(c.demande, ())) == set(c.roles):
        return ()
    if c.demande == fiche(DonnerMandat).nom and not x.livre.mandats.donneront(c.roles, jour_de(x)):
        return DernierDonneur()
    return [DroitsFixes(demande=c.demande, roles=c.roles, motif=c.motif)]


def _fixer_delai(c: FixerDelai, _: tuple[()], x: Contexte) -> Issue:
    return () if x.livre.mandats.delai_jours == c.jours else [DelaiFixe(jours=c.jours, motif=c.motif)]


@attrs.frozen
class Droit:
    demande: str
    roles: tuple[str, ...]
    motif: str
    depuis: str


def _tenir(lignes: dict[str, Droit], fait: DroitsFixes, note: Note) -> None:
    lignes[fait.demande] = Droit(fait.demande, fait.roles, fait.motif, note.survenu_le)


DEMANDES = (
    Demande(FixerDroits, DONNEURS, lambda _, __: lire(), _fixer_droits),
    Demande(FixerDelai, DONNEURS, lambda _, __: lire(), _fixer_delai),
)
REGISTRES = (Registre("droits", Droit, _tenir, titre="Registre des droits"),)
