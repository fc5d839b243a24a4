"""Factures (G5): announced by their number in the accounting software, which alone makes, sends and collects them."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date, Instant

from tierslieu_core.domaines.finances import mots
from tierslieu_core.domaines.finances.mots import SEULES, FactureId, TiersId
from tierslieu_core.domaines.finances.reference import (
    Etat,
    FactureAnnoncee,
    FactureAnnulee,
    Reference,
    ReferenceCorrigee,
    ReferenceEcartee,
    ReferenceRecue,
    ReferenceReprise,
    reference_de,
    suivant,
)
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Identifiant,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    commande,
    nouveau,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import connu
from tierslieu_core.vocabulaire.vie import vers

# ── commandes (leurs faits sont dans « reference ») ─────────────────────────────────────────────────────────────────


@commande("finances.AnnoncerFacture")
class AnnoncerFacture:
    """Annoncer une facture, par son numéro dans le logiciel de comptabilité, et ce qu'elle facture."""

    facture: FactureId = nouveau("facture, en un mot")
    numero: str = champ("numéro dans le logiciel")
    references: tuple[str, ...] = champ("ce qu'elle facture : des références reçues, comme « clé/1 »")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        bien = self.references and len(set(self.references)) == len(self.references)
        found = [] if bien else [("references", "au moins une référence, chacune une fois")]
        return found if self.numero.strip() else [*found, ("numero", "le numéro de la facture dans le logiciel")]


@commande("finances.AnnulerFacture")
class AnnulerFacture:
    """Annuler une facture, par le numéro de son avoir ; ce qu'elle facturait est de nouveau à facturer."""

    facture: FactureId
    avoir: str = champ("numéro de l'avoir dans le logiciel")


@commande("finances.EcarterReference")
class EcarterReference:
    """Mettre de côté ce qui ne sera pas facturé, avec un motif."""

    reference: str = champ("la référence, comme « clé/1 »")
    motif: Personnel = personnel("motif", qui="par", conservation="finances")


@commande("finances.ReprendreReference")
class ReprendreReference:
    """Reprendre ce qui fut mis de côté : c'est de nouveau à facturer."""

    reference: str = champ("la référence, comme « clé/1 »")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "finances.ReferenceJamaisRecue",
    "Aucun fait {reference} du lieu n'est à facturer ici.",
    "Voyez ce qui l'est : tierslieu --finances registre references ; ou recevez la suite : tierslieu finances suivre.",
)
class ReferenceJamaisRecue(Refus):
    reference: str


@refus(
    "finances.ReferencePasLa",
    "{libelle} ({reference}) est déjà {etat}.",
    "Ce qui est à facturer se facture ou se met de côté ; facturé, il faut d'abord annuler la facture par un avoir.",
)
class ReferencePasLa(Refus):
    reference: str
    libelle: str
    etat: str


@refus(
    "finances.FactureDejaAnnoncee",
    "La facture {facture} est déjà annoncée, sous le numéro {numero}[, et annulée par l'avoir {avoir}].",
    "Annoncez celle-ci sous un autre mot ; pour en changer une, annulez-la par un avoir (finances.AnnulerFacture).",
)
class FactureDejaAnnoncee(Refus):
    facture: FactureId
    numero: str
    avoir: str


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Facture = FactureAnnoncee | FactureAnnulee


def _facture(_: Facture | None, fait: FactureAnnoncee | FactureAnnulee) -> Facture | None:
    return fait


facture_de = Lecture[Facture | None]("finances.facture", None, _facture, dernier=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Annoncer = tuple[tuple[Facture | None], tuple[Reference | None, ...]]


def _lit(c: AnnoncerFacture, _: Contexte) -> Lot[Annoncer]:
    lues: Lot[tuple[Reference | None, ...]] = Lot(tuple(reference_de(mots.reference(une)) for une in c.references))
    return lire(facture_de(mots.facture(c.facture))).avec(lues)


def _annoncer(c: AnnoncerFacture, etats: Annoncer, _: Contexte) -> Issue:
    (deja,), lues = etats
    annoncee = vers(FactureAnnoncee, c)
    if deja == annoncee:
        return ()
    if deja is not None:
        avoir = deja.avoir if isinstance(deja, FactureAnnulee) else ""
        return FactureDejaAnnoncee(facture=c.facture, numero=deja.numero, avoir=avoir)
    blocages = (_pas_la(une, lue) for une, lue in zip(c.references, lues, strict=True))
    return next(filter(None, blocages), None) or [annoncee]


def _annuler(c: AnnulerFacture, etats: tuple[Facture | None], _: Contexte) -> Issue:
    deja = connu(etats[0])
    if isinstance(deja, FactureAnnulee):
        return (
            ()
            if deja.avoir == c.avoir
            else FactureDejaAnnoncee(facture=c.facture, numero=deja.numero, avoir=deja.avoir)
        )
    return [vers(FactureAnnulee, deja, avoir=c.avoir)]


def _lit_reference(c: EcarterReference | ReprendreReference, _: Contexte) -> Lot[tuple[Reference | None]]:
    return lire(reference_de(mots.reference(c.reference)))


def _ecarter(c: EcarterReference, etats: tuple[Reference | None], _: Contexte) -> Issue:
    lue = etats[0]
    if lue is not None and lue.etat == "écartée":
        return ()
    return _pas_la(c.reference, lue) or [vers(ReferenceEcartee, lue, motif=c.motif)]


def _reprendre(c: ReprendreReference, etats: tuple[Reference | None], _: Contexte) -> Issue:
    lue = etats[0]
    if lue is not None and lue.etat == "à facturer":
        return ()
    return _pas_la(c.reference, lue, "écartée") or [vers(ReferenceReprise, lue)]


def _pas_la(reference: str, lue: Reference | None, voulu: Etat = "à facturer") -> Refus | None:
    """Why a reference is not where it should be; ``None`` when it is."""
    if lue is None:
        return ReferenceJamaisRecue(reference=reference)
    return None if lue.etat == voulu else ReferencePasLa(reference=reference, libelle=lue.libelle, etat=lue.etat)


# ── registres ───────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneReference:
    """``reference``: the fact, in the place's journal, where what it says is to be read; ``etat``: where it stands."""

    reference: str
    libelle: str
    nature: str
    le: Date
    tiers: TiersId | None = attrs.field(metadata={"libelle": "personne", "dit": "personne"})
    etat: Etat
    numero: str
    recue_le: str


@attrs.frozen
class LigneFacture:
    """``avoir``: the number of the credit note that cancelled it, if any."""

    facture: FactureId
    numero: str
    references: tuple[str, ...]
    le: str
    avoir: str


def _tenir(
    lignes: dict[str, LigneReference],
    fait: ReferenceRecue | ReferenceCorrigee | ReferenceEcartee | ReferenceReprise | FactureAnnoncee | FactureAnnulee,
    note: Note,
) -> None:
    if isinstance(fait, ReferenceRecue):
        recue = LigneReference(
            fait.reference, fait.libelle, fait.nature, fait.le, fait.tiers, "à facturer", "", note.enregistre_le
        )
        lignes.setdefault(fait.reference, recue)
        return
    facture = fait if isinstance(fait, FactureAnnoncee | FactureAnnulee) else None
    for une in (fait.reference,) if not isinstance(fait, FactureAnnoncee | FactureAnnulee) else fait.references:
        if une in lignes:
            numero = lignes[une].numero if facture is None else _numero(facture)
            lignes[une] = attrs.evolve(lignes[une], etat=suivant(lignes[une].etat, fait), numero=numero)


def _numero(facture: Facture) -> str:
    """The number under which things are invoiced now."""
    return facture.numero if isinstance(facture, FactureAnnoncee) else ""


def _tenir_facture(lignes: dict[FactureId, LigneFacture], fait: FactureAnnoncee | FactureAnnulee, note: Note) -> None:
    if isinstance(fait, FactureAnnoncee):
        lignes[fait.facture] = LigneFacture(fait.facture, fait.numero, fait.references, note.survenu_le, "")
    elif fait.facture in lignes:
        lignes[fait.facture] = attrs.evolve(lignes[fait.facture], avoir=fait.avoir)


DITS: dict[Etat, str] = {
    "à facturer": "{libelle}, le {le}[, à {tiers}] : à facturer, ou à mettre de côté ({reference})",
    "à revoir": "{libelle}, le {le}[, à {tiers}] : facturé ({numero}), puis corrigé par le lieu ; un avoir est à faire",
}


def _dues(ligne: LigneReference, _: Contexte) -> Iterator[Due]:
    if ligne.etat in DITS:
        yield Due(Instant.parse_iso(ligne.recue_le), mots.reference(ligne.reference), DITS[ligne.etat])


FAITS = (ReferenceEcartee, ReferenceReprise, FactureAnnoncee, FactureAnnulee)
DEMANDES = (
    Demande(AnnoncerFacture, SEULES, _lit, _annoncer),
    Demande(AnnulerFacture, SEULES, lambda c, _: lire(facture_de(mots.facture(c.facture))), _annuler),
    Demande(EcarterReference, SEULES, _lit_reference, _ecarter),
    Demande(ReprendreReference, SEULES, _lit_reference, _reprendre),
)
REFUS = (ReferenceJamaisRecue, ReferencePasLa, FactureDejaAnnoncee)
REGISTRES = (
    Registre("references", LigneReference, _tenir, titre="Faits facturables du lieu", index=("etat",)),
    Registre("factures", LigneFacture, _tenir_facture, titre="Factures annoncées"),
)
IDENTIFIANTS = (Identifiant(FactureId, FactureAnnoncee),)
ECHEANCES = (Echeance("finances.reference", "À facturer, ou à revoir", "references", _dues),)
