"""Correction: the last fact of a space, recorded by mistake, counts no more; what it was before is true again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whenever import Date

from tierslieu_core.domaines.cadre.corrections import PasLeDernierFait, corriger
from tierslieu_core.domaines.moyens.espaces import configurations, espace, fermetures, horaires, liens, publics
from tierslieu_core.domaines.moyens.espaces.fermetures import REGIE
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    Refus,
    champ,
    commande,
    evenement,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, Lue, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import EspaceId
from tierslieu_core.vocabulaire.identifiants import espace as etiquette


@evenement("espaces.EspaceLibere", "{espace} est libre à partir du {le} : ce qui le prenait était une erreur")
class EspaceLibere:
    """What the correction of a closing, of a link or of a retirement leaves to others."""

    espace: EspaceId
    le: Date

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.espace),)


@commande("espaces.CorrigerEspace")
class CorrigerEspace:
    """Corriger le dernier fait d'un espace, enregistré par erreur : description, fermeture, lien, horaires…"""

    espace: EspaceId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "espaces.CorrectionSansRevue",
    "Corriger « {fait} » reprendrait {espace} aux réservations faites depuis, sans les revoir.",
    "Refaites plutôt {refaire}, qui dit ce qu'elles deviennent.",
)
class CorrectionSansRevue(Refus):
    espace: EspaceId
    fait: str = champ(dit="fait")
    refaire: str


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Lien = liens.EspacesLies | liens.EspacesDelies


Corrigible = (
    espace.EspaceDecrit | fermetures.Fait | Lien | configurations.Fait | publics.PublicsFixes | horaires.HorairesFixes
)


def _dernier(_: Read | None, fait: Corrigible, note: Note) -> Read | None:
    return fait, note


def _dernier_lien(_: Read | None, fait: Lien, note: Note) -> Read | None:
    return fait, note


dernier_fait = Lecture[Read | None]("espaces.dernier_fait", None, _dernier, dernier=True, notes=True)
dernier_lien = Lecture[Read | None]("espaces.dernier_lien", None, _dernier_lien, dernier=True, notes=True)

# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[tuple[Read | None], tuple[Read | None, ...]]


def _lit(c: CorrigerEspace, _: Contexte) -> Lot[Etats]:
    return lire(dernier_fait(etiquette(c.espace))).puis(lambda etats: Lot(tuple(_liens(etats[0]))))


def _liens(dernier: Read | None) -> Iterable[Lue[Read | None]]:
    """Of a fact that says the links of several spaces, it must be the last for each of them."""
    fait = dernier[0] if dernier else None
    return [dernier_lien(tag) for tag in fait.etiquettes()] if isinstance(fait, Lien) else []


def _corriger(c: CorrigerEspace, etats: Etats, x: Contexte) -> Issue:
    (dernier,), lies = etats
    sujet = etiquette(c.espace)
    plus_tard = max((lu[1] for lu in lies if lu), key=lambda note: note.position, default=None)
    if dernier is not None and plus_tard is not None and plus_tard.position > dernier[1].position:
        return PasLeDernierFait(fait=dernier[1].id, sujet=sujet, dernier=plus_tard.id)
    issue = corriger(c.fait, sujet, c.motif, dernier, x)
    refaire = dernier and REFAIRE.get(type(dernier[0]))
    if dernier is not None and refaire and issue and not isinstance(issue, Refus):
        return CorrectionSansRevue(espace=c.espace, fait=dernier[1].id, refaire=refaire)
    return issue if isinstance(issue, Refus) or not issue or dernier is None else [*issue, *_liberes(dernier[0], x)]


def _liberes(fait: Corrigible, x: Contexte) -> Iterator[EspaceLibere]:
    """The spaces that a mistaken fact kept from everybody."""
    if isinstance(fait, fermetures.EspaceFerme | fermetures.EspaceRetire | liens.EspacesLies):
        pris = (fait.espace, fait.avec) if isinstance(fait, liens.EspacesLies) else (fait.espace,)
        yield from (EspaceLibere(espace=un, le=x.aujourdhui) for un in pris)


REFAIRE: dict[type, str] = {liens.EspacesDelies: "le lien", fermetures.EspaceRouvert: "la fermeture"}
"""What frees a space, and what to do again rather than take that back."""

FAITS = (EspaceLibere,)
DEMANDES = (Demande(CorrigerEspace, REGIE, _lit, _corriger),)
REFUS = (CorrectionSansRevue,)
