"""Registres: the notes as they stand, and the handovers."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.domaines.memoire.documentation import entree, passation
from tierslieu_core.domaines.memoire.documentation.entree import EntreeRetiree
from tierslieu_core.kernel.declarations import Contexte, Note, Registre
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.identifiants import (
    DocumentId,
    EntreeId,
    EspaceId,
    ObjetId,
    PassationId,
    PersonneId,
)  # fmt: skip
from tierslieu_core.vocabulaire.identifiants import passation as etiquette

# ── les notes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneEntree:
    """A note as it stands. ``etat``: notée, amendée, retirée (its words are then no longer shown).

    ``ecrite``: the instant at which it took effect, first; ``jour``: the day of which it speaks.
    """

    entree: EntreeId
    jour: Date
    auteur: PersonneId
    texte: Personnel | None
    mots: tuple[str, ...]
    espace: EspaceId | None
    objet: ObjetId | None
    documents: tuple[DocumentId, ...]
    transmettre: bool
    etat: str
    ecrite: str


def _tenir(lignes: dict[EntreeId, LigneEntree], fait: entree.Fait, note: Note) -> None:
    deja = lignes.get(fait.entree)
    mot, ecrite = entree.VIE.mot(fait), deja.ecrite if deja else note.survenu_le
    if isinstance(fait, EntreeRetiree):
        if deja:  # else it was dated before the note
            lignes[fait.entree] = attrs.evolve(deja, texte=None, transmettre=False, etat=mot)
        return
    lignes[fait.entree] = LigneEntree(
        fait.entree, fait.jour, fait.auteur, fait.texte, fait.mots, fait.espace, fait.objet, fait.documents,
        fait.transmettre, mot, ecrite,
    )  # fmt: skip


# ── les passations ──────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LignePassation:
    """``etat``: à signer, signée d'un côté, conclue, abandonnée; ``manquent``: who has yet to sign."""

    passation: PassationId
    sortant: PersonneId
    entrant: PersonneId
    le: Date
    etat: str
    signataires: tuple[PersonneId, ...] = attrs.field(metadata={"dit": "personne"})
    manquent: tuple[PersonneId, ...] = attrs.field(metadata={"dit": "personne"})
    empreinte: Empreinte | None


def _tenir_passation(lignes: dict[PassationId, LignePassation], fait: passation.Fait, _: Note) -> None:
    deja, close = lignes.get(fait.passation), isinstance(fait, passation.PassationAbandonnee)
    lignes[fait.passation] = LignePassation(
        fait.passation, fait.sortant, fait.entrant, fait.le, passation.etat(fait), passation.signataires(fait),
        () if close else passation.manquent(fait), passation.texte(fait) or (deja.empreinte if deja else None),
    )  # fmt: skip


def _dues(ligne: LignePassation, x: Contexte) -> Iterator[Due]:
    """Both sign before the day; nobody signs in their place."""
    if ligne.manquent:
        phrase = "Passation de {sortant} à {entrant}, le {le} : reste à signer par {manquent} (SignerPassation)"
        yield Due(rappel(ligne.le, x, action="passer", jours=7), etiquette(ligne.passation), phrase)


REGISTRES = (
    Registre("entrees", LigneEntree, _tenir, titre="Notes du journal", index=("entree", ("auteur", "jour"), "jour")),
    Registre("passations", LignePassation, _tenir_passation, titre="Registre des passations"),
)
ECHEANCES = (Echeance("documentation.a_signer", "Passations à signer", "passations", _dues),)
TRANSMISSIONS = (
    Transmission(
        "Les passations à signer",
        "passations",
        "De {sortant} à {entrant}, le {le} : reste à signer par {manquent}",
        lambda ligne, _: bool(ligne.manquent),
    ),
    Transmission(
        "Ce que les gens du lieu ont noté pour la suite",
        "entrees",
        "{jour}, {auteur}[ ({mots})][ : « {texte} »]",
        lambda ligne, _: ligne.transmettre,
        rubrique="appris",
    ),
)
