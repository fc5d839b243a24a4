"""Corrections (D5): a mistaken fact stays in the journal; another cites it, and nothing rests on it any more.

Each area offers its own command (``prets.CorrigerPret``), decided by ``corriger``: the last fact of a thing only, so
that nothing was built upon it; what went before is true again, and the right demand is then made as any other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.kernel.corrections import FaitCorrige, Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Domaine,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    fiche,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId

# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "corrections.RienACorriger",
    "Rien n'est enregistré là qui puisse se corriger : {sujet}.",
    "Voyez ce qui l'est : tierslieu audit {sujet}",
)
class RienACorriger(Refus):
    sujet: str = champ(dit="etiquette")


@refus(
    "corrections.PasLeDernierFait",
    "« {fait} » n'est pas le dernier fait ({sujet}) : c'est « {dernier} ».",
    "Corrigez d'abord celui-là ({dernier}) : les faits se corrigent du dernier au premier, pour que rien ne repose sur"
    " celui que l'on corrige.",
)
class PasLeDernierFait(Refus):
    fait: str = champ(dit="fait")
    sujet: str = champ(dit="etiquette")
    dernier: str = champ(dit="fait")


# ── décider : ce que les commandes des domaines partagent ───────────────────────────────────────────────────────────


def corriger(fait: str | None, sujet: str, motif: Personnel, dernier: Read | None, x: Contexte) -> Issue:
    """Leave a fact out from now on: the last one of ``sujet`` (``None``: whichever that is), read with its note."""
    if fait is not None and fait in x.livre.corriges:
        return ()
    if dernier is None:
        return RienACorriger(sujet=sujet)
    trouve, note = dernier
    if fait not in (None, note.id):
        return PasLeDernierFait(fait=fait, sujet=sujet, dernier=note.id)
    return [FaitCorrige(fait=note.id, nature=fiche(trouve).nom, sujet=sujet, motif=motif)]


def correction(
    commande: type[Any], qui: frozenset[str], dernier: Lecture[Read | None], sujet: Callable[[Any], str]
) -> Demande[Any, tuple[Read | None]]:
    """How an area offers it, for a command that says ``motif`` and ``fait``: on the last fact of what it names."""
    return Demande(
        commande,
        qui,
        lambda c, _: lire(dernier(sujet(c))),
        lambda c, etats, x: corriger(c.fait, sujet(c), c.motif, etats[0], x),
    )


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class Correction:
    """``fait``: the identifier of the mistaken fact, ``cle/n``; ``par``: who corrected it, on day ``le`` (UTC)."""

    fait: str
    nature: str = attrs.field(metadata={"dit": "nature"})
    sujet: str = attrs.field(metadata={"dit": "etiquette"})
    motif: Personnel
    par: PersonneId
    le: Date


def _tenir(lignes: dict[str, Correction], fait: FaitCorrige, note: Note) -> None:
    le = Date.parse_iso(note.enregistre_le[:10])
    lignes[fait.fait] = Correction(fait.fait, fait.nature, fait.sujet, fait.motif, PersonneId(note.par), le)


DOMAINE = Domaine(
    "corrections",
    "Corrections",
    faits=(FaitCorrige,),
    demandes=(),
    refus=(RienACorriger, PasLeDernierFait),
    registres=(Registre("corrections", Correction, _tenir, titre="Registre des corrections"),),
)
