"""Archives (DOC2): a period is closed into a file that verifies by itself; nothing is dated back into it any more.

It stands in the cadre because every demand that is dated from before reads it; what makes the file is an adapter.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.decisions import CADRE
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Domaine,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    commande,
    evenement,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.lectures import Lecture, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.identifiants import PersonneId
from tierslieu_core.vocabulaire.temps import ordre

ARCHIVES = "lieu:archives"
"""The tag of the periods that were closed: one a year or so."""

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("archives.PeriodeClose", "La période du {du} au {au} est close : plus rien ne s'y date ({empreinte})")
class PeriodeClose:
    """``nombre``: how many facts the archive holds; ``chaine``: the digest of them all, one after the other."""

    du: Date
    au: Date
    nombre: int
    chaine: Empreinte
    empreinte: Empreinte = champ("empreinte du fichier d'archive")

    def etiquettes(self) -> Iterable[str]:
        return CADRE, ARCHIVES


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("archives.ClorePeriode")
class ClorePeriode:
    """Clore une période archivée : plus rien ne s'y date ; « tierslieu archiver » fait l'archive et la clôture."""

    du: Date = champ("premier jour")
    au: Date = champ("dernier jour")
    nombre: int = champ("nombre de faits archivés")
    chaine: Empreinte = champ("empreinte de la chaîne des faits")
    empreinte: Empreinte = champ("empreinte du fichier d'archive")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return ordre(self.du, self.au)


@commande("archives.CorrigerCloture")
class CorrigerCloture:
    """Corriger la dernière clôture, faite par erreur ou trop tôt : on peut à nouveau y dater, puis archiver."""

    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "archives.JourArchive",
    "Le {jour} est dans une période close et archivée, jusqu'au {au} : plus rien ne s'y date.",
    "Enregistrez-le d'aujourd'hui, en disant quel jour c'était. Si un fait archivé est faux, sa correction (Corriger…)"
    " se date d'aujourd'hui elle aussi ; si c'est la clôture qui était une erreur : tierslieu faire CorrigerCloture",
)
class JourArchive(Refus):
    jour: Date
    au: Date


@refus(
    "archives.PeriodeEnCours",
    "La période jusqu'au {au} n'est pas finie : il peut encore s'y passer quelque chose.",
    "Une période se clôt à partir du lendemain de son dernier jour.",
)
class PeriodeEnCours(Refus):
    au: Date


@refus(
    "archives.PeriodeSansSuite",
    "La dernière période close finit le {au} : la suivante commence le {attendu}, et non le {du}.",
    "Archivez à partir de ce jour-là, qu'aucun jour ne manque et qu'aucun n'y soit deux fois.",
)
class PeriodeSansSuite(Refus):
    au: Date
    attendu: Date
    du: Date


# ── lectures (les périodes closes sont lues avec le livre de toute demande) ─────────────────────────────────────────


def _derniere(_: Read | None, fait: PeriodeClose, note: Note) -> Read | None:
    return fait, note


derniere_cloture = Lecture[Read | None]("archives.derniere", None, _derniere, dernier=True, notes=True)


def archive(jour: Date, close: PeriodeClose | None) -> JourArchive | None:
    """Why nothing is dated on that day any more; ``None`` when it can be."""
    return None if close is None or jour > close.au else JourArchive(jour=jour, au=close.au)


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _clore(c: ClorePeriode, _: tuple[()], x: Contexte) -> Issue:
    close: PeriodeClose | None = x.livre.close
    dite = PeriodeClose(du=c.du, au=c.au, nombre=c.nombre, chaine=c.chaine, empreinte=c.empreinte)
    if close == dite:
        return ()
    if c.au >= x.aujourdhui:
        return PeriodeEnCours(au=c.au)
    if close is not None and c.du != (attendu := close.au.next_day()):
        return PeriodeSansSuite(au=close.au, attendu=attendu, du=c.du)
    return [dite]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneArchive:
    """One period that was closed; ``par``: who closed it, on day ``le`` (UTC)."""

    du: Date
    au: Date
    nombre: int
    empreinte: Empreinte
    chaine: Empreinte
    par: PersonneId
    le: Date


def _tenir(lignes: dict[Date, LigneArchive], fait: PeriodeClose, note: Note) -> None:
    le = Date.parse_iso(note.enregistre_le[:10])
    lignes[fait.du] = LigneArchive(fait.du, fait.au, fait.nombre, fait.empreinte, fait.chaine, PersonneId(note.par), le)


QUI = frozenset({"concierge", "coordination"})
DOMAINE = Domaine(
    "archives",
    "Archives",
    faits=(PeriodeClose,),
    demandes=(
        Demande(ClorePeriode, QUI, lambda _, __: lire(), _clore),
        correction(CorrigerCloture, frozenset({"coordination"}), derniere_cloture, lambda _: ARCHIVES),
    ),
    refus=(JourArchive, PeriodeEnCours, PeriodeSansSuite),
    registres=(Registre("archives", LigneArchive, _tenir, titre="Périodes closes et archivées"),),
    transmissions=(
        Transmission(
            "Ce qui est archivé",
            "archives",
            "Du {du} au {au} ({nombre} faits), empreinte {empreinte}",
            rubrique="appris",
        ),
    ),
)
