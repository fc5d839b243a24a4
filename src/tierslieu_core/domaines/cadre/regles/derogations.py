"""Dérogations (D5): a rule is lifted for one person, some days, by whoever may grant it, always with a motive."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import corriger
from tierslieu_core.domaines.cadre.gouvernance.mandats import CONCIERGE, COORDINATION
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.regles.reglement import RegleAbsente
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    Registre,
    champ,
    commande,
    evenement,
    personnel,
)  # fmt: skip
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import DerogationId, PersonneId, RegleId, depuis_cle, derogation, personne
from tierslieu_core.vocabulaire.temps import JOURS_MAX, jours_entre, mois_entre, ordre

Categorie = Literal["non_dit", "solidarite", "accessibilite", "urgence", "imprevu", "essai", "engagement", "recours"]
"""What sort of motive, in the clear, so that motives can be counted: a closed list, where nothing personal fits.

A list of the place's own would not do: a word that it does not hold would be recorded in clear with the refusal.
"""


def _sans_categorie(v1: dict[str, Any]) -> dict[str, Any]:
    return {**v1, "categorie": "non_dit", "decision": ""}


@evenement(
    "regles.DerogationAccordee", "{personne} a une dérogation à la règle « {regle} » du {du} au {au} : {motif}",
    version=2, upcasts={1: _sans_categorie},
)  # fmt: skip
class DerogationAccordee:
    """``decision``: the key of the refusal that it lifts, when it answers one."""

    derogation: DerogationId
    regle: RegleId
    personne: PersonneId
    du: Date
    au: Date
    categorie: Categorie = "non_dit"
    decision: str = ""
    motif: Personnel = personnel(qui="personne", conservation="derogation")

    def etiquettes(self) -> Iterable[str]:
        return [derogation(self.personne, le) for le in mois_entre(self.du, self.au)]


@commande("regles.AccorderDerogation")
class AccorderDerogation:
    """Accorder une dérogation à une règle, pour une personne et quelques jours d'usage, avec un motif."""

    regle: RegleId
    personne: PersonneId
    du: Date = champ("premier jour d'usage")
    au: Date = champ("dernier jour d'usage")
    motif: Personnel = personnel("motif", qui="personne", conservation="derogation")
    categorie: Categorie = champ("sorte de motif, pour les compter", default="non_dit")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        if found := ordre(self.du, self.au):
            return found
        if jours_entre(self.du, self.au) >= JOURS_MAX:
            return [("au", f"une dérogation tient en {JOURS_MAX} jours ; au-delà, amendez la règle")]
        return []


@commande("regles.CorrigerDerogation")
class CorrigerDerogation:
    """Corriger une dérogation accordée par erreur : elle ne lève plus rien ; ce qu'elle a déjà levé reste décidé."""

    regle: RegleId
    personne: PersonneId
    jour: Date = champ("un jour d'usage qu'elle couvre")
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon la dernière accordée", default=None)


def _accordees(etat: tuple[DerogationAccordee, ...], fait: DerogationAccordee) -> tuple[DerogationAccordee, ...]:
    return (*etat, fait)


def _accordees_notees(etat: tuple[Read, ...], fait: DerogationAccordee, note: Note) -> tuple[Read, ...]:
    return (*etat, (fait, note))


derogations_de = Lecture[tuple[DerogationAccordee, ...]]("regles.derogations", (), _accordees)
derogations_notees = Lecture[tuple[Read, ...]]("regles.derogations_notees", (), _accordees_notees, notes=True)


def _accorder(c: AccorderDerogation, etats: tuple[tuple[DerogationAccordee, ...]], x: Contexte) -> Issue:
    if not x.livre.reglement.vivante(c.regle, c.au):
        return RegleAbsente(regle=c.regle)
    if any((d.regle, d.du, d.au) == (c.regle, c.du, c.au) for d in etats[0]):
        return ()
    nouvelle = DerogationId(depuis_cle(x.cle))
    return [
        DerogationAccordee(
            derogation=nouvelle, regle=c.regle, personne=c.personne, du=c.du, au=c.au, categorie=c.categorie,
            decision="", motif=c.motif,
        )
    ]  # fmt: skip


def _lit_corriger(c: CorrigerDerogation, x: Contexte) -> Lot[tuple[tuple[Read, ...]]]:
    return lire(derogations_notees(*(derogation(un, c.jour) for un in identifiants(c.personne, x))))


def _corriger(c: CorrigerDerogation, etats: tuple[tuple[Read, ...]], x: Contexte) -> Issue:
    """The last one granted to that person that lifts the rule that day."""
    siennes = [lue for lue in etats[0] if lue[0].regle == c.regle and lue[0].du <= c.jour <= lue[0].au]
    return corriger(c.fait, personne(c.personne), c.motif, siennes[-1] if siennes else None, x)


@attrs.frozen
class Derogation:
    derogation: DerogationId
    regle: RegleId
    personne: PersonneId
    du: Date
    au: Date
    motif: Personnel
    par: PersonneId
    categorie: Categorie = "non_dit"
    decision: str = ""


def _tenir(lignes: dict[DerogationId, Derogation], fait: DerogationAccordee, note: Note) -> None:
    lignes[fait.derogation] = Derogation(
        fait.derogation, fait.regle, fait.personne, fait.du, fait.au, fait.motif, PersonneId(note.par),
        fait.categorie, fait.decision,
    )  # fmt: skip


@attrs.frozen
class Pour:
    """So many of one sort."""

    categorie: Categorie
    nombre: int

    def __str__(self) -> str:
        return f"{SORTES[self.categorie]} : {self.nombre}"


@attrs.frozen
class Par:
    """So many by one person."""

    personne: PersonneId
    nombre: int

    def nomme(self, nommer: Any) -> str:
        """In words, once names are known."""
        return f"{nommer('personne', self.personne)} : {self.nombre}"


SORTES: dict[str, str] = {
    "non_dit": "non dit", "solidarite": "solidarité", "accessibilite": "accessibilité", "urgence": "urgence",
    "imprevu": "imprévu", "essai": "essai", "engagement": "engagement", "recours": "recours",
}  # fmt: skip


@attrs.frozen
class Assouplie:
    """How often one rule was lifted, for which sorts of motives and by whom, the most frequent first."""

    regle: RegleId
    derogations: int = 0
    par_motif: tuple[Pour, ...] = ()
    par_qui: tuple[Par, ...] = ()


def _compter(lignes: dict[RegleId, Assouplie], fait: DerogationAccordee, note: Note) -> None:
    ligne = lignes.get(fait.regle) or Assouplie(fait.regle)
    motifs: dict[Categorie, int] = {m.categorie: m.nombre for m in ligne.par_motif}
    qui = {p.personne: p.nombre for p in ligne.par_qui}
    motifs[fait.categorie] = motifs.get(fait.categorie, 0) + 1
    qui[PersonneId(note.par)] = qui.get(PersonneId(note.par), 0) + 1
    lignes[fait.regle] = Assouplie(
        fait.regle, ligne.derogations + 1,
        tuple(sorted((Pour(m, n) for m, n in motifs.items()), key=lambda one: (-one.nombre, one.categorie))),
        tuple(sorted((Par(p, n) for p, n in qui.items()), key=lambda one: (-one.nombre, one.personne))),
    )  # fmt: skip


DEMANDES = (
    Demande(
        AccorderDerogation,
        frozenset({CONCIERGE, COORDINATION}),
        lambda c, _: lire(derogations_de(derogation(c.personne, c.du))),
        _accorder,
    ),
    Demande(CorrigerDerogation, frozenset({CONCIERGE, COORDINATION}), _lit_corriger, _corriger),
)
REGISTRES = (
    Registre("derogations", Derogation, _tenir, titre="Registre des dérogations"),
    Registre("assouplissements", Assouplie, _compter, titre="Règles levées, et combien de fois"),
)
TRANSMISSIONS = (
    Transmission(
        "Les dérogations qui courent ou viennent",
        "derogations",
        "{personne} : règle « {regle} » levée jusqu'au {au}, par {par} ({motif})",
        lambda ligne, x: ligne.au >= x.aujourdhui,
    ),
)
