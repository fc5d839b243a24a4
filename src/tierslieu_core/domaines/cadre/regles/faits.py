"""Faits du lieu: what the place chooses to ask with a demand, so that its rules may go by it.

Declared once with a type; a word is one of a closed list. A change is a new declaration under the same name: decisions
already taken keep what they measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tierslieu_core.domaines.cadre.gouvernance.mandats import CONCIERGE, COORDINATION
from tierslieu_core.kernel.decisions import CADRE
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Note, Registre, champ, commande, evenement
from tierslieu_core.kernel.lectures import lire
from tierslieu_core.vocabulaire.faits import ET, NOM, FaitDit, TypeDeFait, lu
from tierslieu_core.vocabulaire.francais import liste
from tierslieu_core.vocabulaire.mesures import LUES, Fait


@evenement("regles.FaitDeclare", "Le lieu demande désormais « {libelle} » ({fait}, {type})")
class FaitDeclare:
    fait: str
    type: TypeDeFait
    libelle: str
    valeurs: tuple[str, ...]
    unite: str

    def etiquettes(self) -> Iterable[str]:
        return CADRE, f"fait:{self.fait}"


@commande("regles.DeclarerFait")
class DeclarerFait:
    """Déclarer un fait que le lieu demande ou tient à jour, pour que ses règles puissent en tenir compte."""

    fait: str = champ("nom, en minuscules sans accent")
    type: TypeDeFait = champ("ce que c'est")
    libelle: str = champ("en mots, tel qu'on le demande")
    valeurs: tuple[str, ...] = champ("les mots possibles, pour un mot ou des mots", default=())
    unite: str = champ("l'unité, pour un nombre", default="")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        found = []
        if not NOM.match(self.fait):
            found.append(("fait", "des minuscules sans accent, des chiffres, _ ; une lettre d'abord (60 au plus)"))
        if self.fait in LUES:
            found.append(("fait", f"« {self.fait} » est déjà mesuré par le lieu : prenez un autre nom"))
        if (self.type in {"mot", "mots"}) != bool(self.valeurs):
            found.append(("valeurs", "les mots possibles d'un mot, et de lui seul : nul texte libre n'est enregistré"))
        found += [("valeurs", f"« {v} » : ni vide, ni « + »") for v in self.valeurs if not v or "+" in v]
        return found


def declare(c: DeclarerFait) -> FaitDeclare:
    """The fact that it would declare."""
    return FaitDeclare(fait=c.fait, type=c.type, libelle=c.libelle, valeurs=c.valeurs, unite=c.unite)


def _declarer(c: DeclarerFait, _: tuple[()], x: Contexte) -> Issue:
    nouveau = declare(c)
    return () if x.livre.reglement.declaration(c.fait) == nouveau else [nouveau]


def faits_de(dits: Iterable[FaitDit], x: Contexte) -> dict[str, Fait]:
    """What these say, as rules measure it; what is not declared, or does not read, says nothing."""
    declares, found = x.livre.reglement.faits, {}
    for p in dits:
        d = declares.get(p.nom)
        if d is not None:
            try:
                found[p.nom] = lu(d.type, p.texte, d.valeurs, x.livre.zone)
            except ValueError:
                continue
    return found


def fautes(dits: Iterable[FaitDit], declares: Mapping[str, FaitDeclare], zone: str) -> Iterator[tuple[str, str]]:
    """Why what was said cannot be taken: not declared, not of its type, said twice."""
    vus: set[str] = set()
    for p in dits:
        d = declares.get(p.nom)
        if d is None:
            connus = liste(sorted(declares)) or "aucun pour l'instant (voyez regles.DeclarerFait)"
            yield "faits", f"« {p.nom} » n'est pas un fait que ce lieu demande ; il demande : {connus}"
        elif p.nom in vus:
            yield "faits", f"« {p.nom} » est dit deux fois"
        else:
            try:
                lu(d.type, p.texte, d.valeurs, zone)
            except ValueError as fault:
                yield "faits", f"« {p.nom} » ({d.libelle}) : {fault}"
        vus.add(p.nom)


def a_dire(noms: Iterable[str], declares: Mapping[str, FaitDeclare]) -> str:
    """How to say them with a demand, those that the place asks; empty when there is none."""
    dits = [f"--faits {nom}={_exemple(declares[nom])}" for nom in noms if nom in declares]
    return f" Cela se dit avec la demande, comme : {' '.join(dits)}" if dits else ""


def _exemple(d: FaitDeclare) -> str:
    return EXEMPLES.get(d.type) or ET.join(d.valeurs[:1] if d.type == "mot" else d.valeurs[:2])


EXEMPLES = {"oui_non": "oui", "nombre": "1", "date": "2026-11-23", "instant": "2026-11-23T14:00"}


def _tenir(lignes: dict[str, FaitDeclare], fait: FaitDeclare, _: Note) -> None:
    lignes[fait.fait] = fait


FAITS = (FaitDeclare,)
DEMANDES = (Demande(DeclarerFait, frozenset({CONCIERGE, COORDINATION}), lambda _, __: lire(), _declarer),)
REGISTRES = (Registre("faits", FaitDeclare, _tenir, titre="Ce que le lieu demande"),)
