"""Une convention: what the place and a person or a collective agree on. Each fact tells it whole.

What is in force is what both sides signed; what is proposed meanwhile (a first draft, an amendment, a renewal) waits.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import attrs
from whenever import Date

from tierslieu_core.kernel.declarations import Refus, evenement, personnel, refus
from tierslieu_core.kernel.lectures import Lecture
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.kernel.sentences import Namer
from tierslieu_core.vocabulaire.ecriture import court
from tierslieu_core.vocabulaire.francais import liste
from tierslieu_core.vocabulaire.identifiants import (
    ConventionId,
    DocumentId,
    EspaceId,
    PersonneId,
    convention,
    espace,
    personne,
)

Partie = Literal["lieu", "personne"]
PARTIES: tuple[Partie, ...] = ("lieu", "personne")


@attrs.frozen(kw_only=True)
class Accord:
    """What is agreed on: some spaces (none: the whole place), from a day to another (none: without end)."""

    du: Date
    au: Date | None = None
    espaces: tuple[EspaceId, ...] = ()
    documents: tuple[DocumentId, ...] = ()

    def couvre(self, jour: Date, lieux: tuple[str, ...]) -> bool:
        """Whether it holds on a day, for a use of these things."""
        a_temps = self.du <= jour and (self.au is None or jour <= self.au)
        return a_temps and (not self.espaces or any(espace(un) in lieux for un in self.espaces))

    def nomme(self, nommer: Namer) -> str:
        """``du 01/09/2026 au 31/08/2027, pour L'atelier``."""
        jours = f"du {court(self.du)} au {court(self.au)}" if self.au else f"à partir du {court(self.du)}"
        ou = liste([nommer("espace", un) for un in self.espaces])
        return f"{jours}, pour {ou}" if ou else jours


# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    return convention(fait.convention), personne(fait.personne)


@evenement("conventions.ConventionPreparee", "Convention préparée avec {personne} : « {nom} » ({nature}), {projet}")
class ConventionPreparee:
    convention: ConventionId
    nom: str
    nature: str
    personne: PersonneId
    projet: Accord
    vigueur: Accord | None = None
    signee_par: tuple[Partie, ...] = ()

    etiquettes = _etiquettes


@evenement("conventions.AvenantPropose", "« {nom} », avec {personne} : autre version proposée, {projet}")
class AvenantPropose:
    convention: ConventionId
    nom: str
    nature: str
    personne: PersonneId
    projet: Accord
    vigueur: Accord | None
    signee_par: tuple[Partie, ...]

    etiquettes = _etiquettes


@evenement("conventions.RenouvellementPropose", "« {nom} », avec {personne} : renouvellement proposé, {projet}")
class RenouvellementPropose:
    convention: ConventionId
    nom: str
    nature: str
    personne: PersonneId
    projet: Accord
    vigueur: Accord | None
    signee_par: tuple[Partie, ...]

    etiquettes = _etiquettes


@evenement(
    "conventions.SignatureApposee",
    "« {nom} », avec {personne}, est signée côté {partie}[ ; reste à signer côté {reste}| : elle vaut désormais]",
)
class SignatureApposee:
    """``projet``: what still waits for the other side; none once both signed, and ``vigueur`` is what they signed."""

    convention: ConventionId
    nom: str
    nature: str
    personne: PersonneId
    projet: Accord | None
    vigueur: Accord | None
    signee_par: tuple[Partie, ...]
    partie: Partie
    reste: tuple[Partie, ...]

    etiquettes = _etiquettes


@evenement("conventions.ProjetRetire", "« {nom} », avec {personne} : ce qui restait à signer est retiré ; {motif}")
class ProjetRetire:
    convention: ConventionId
    nom: str
    nature: str
    personne: PersonneId
    projet: Accord | None
    vigueur: Accord
    signee_par: tuple[Partie, ...]
    motif: Personnel = personnel(qui="par", conservation="convention")

    etiquettes = _etiquettes


@evenement("conventions.ConventionTerminee", "« {nom} », avec {personne}, prend fin le {fin} : {motif}")
class ConventionTerminee:
    """``fin``: its last day; one that was never signed by both sides never held."""

    convention: ConventionId
    nom: str
    nature: str
    personne: PersonneId
    projet: Accord | None
    vigueur: Accord | None
    signee_par: tuple[Partie, ...]
    fin: Date
    motif: Personnel = personnel(qui="par", conservation="convention")

    etiquettes = _etiquettes


Fait = (
    ConventionPreparee | AvenantPropose | RenouvellementPropose | SignatureApposee | ProjetRetire | ConventionTerminee
)
FAITS = (
    ConventionPreparee, AvenantPropose, RenouvellementPropose, SignatureApposee, ProjetRetire, ConventionTerminee,
)  # fmt: skip

# ── où elle en est, un jour donné ───────────────────────────────────────────────────────────────────────────────────

Etat = Literal["à signer", "à venir", "en cours", "prend fin", "échue", "terminée"]


def fin_de(vigueur: Accord | None, terminee: Date | None) -> Date | None:
    """Its last day, as far as the facts tell."""
    finit = None if vigueur is None else vigueur.au
    return finit if terminee is None else terminee if finit is None else min(finit, terminee)


def etape(vigueur: Accord | None, terminee: Date | None, jour: Date) -> Etat:
    """Where it stands; ``terminee``: the last day that somebody gave it. ``échue``: it ran out, nobody ended it."""
    if terminee is not None:
        return "terminée" if vigueur is None or terminee < jour else "prend fin"
    if vigueur is None:
        return "à signer"
    if vigueur.au is not None and vigueur.au < jour:
        return "échue"
    return "à venir" if jour < vigueur.du else "en cours"


def terminee_le(fait: Fait) -> Date | None:
    """The last day that somebody gave it."""
    return fait.fin if isinstance(fait, ConventionTerminee) else None


def vaut(fait: Fait, jour: Date, lieux: tuple[str, ...]) -> bool:
    """Whether it holds that day for a use of these things: signed by both sides, neither over nor ended."""
    fin = terminee_le(fait)
    return fait.vigueur is not None and fait.vigueur.couvre(jour, lieux) and (fin is None or jour <= fin)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus("conventions.ConventionPasACetteEtape", "« {convention} » {etat} : cela ne s'en fait pas.", "{issue}")
class ConventionPasACetteEtape(Refus):
    convention: ConventionId
    etat: str
    issue: str


ISSUES: dict[Etat, tuple[str, str]] = {
    "à signer": (
        "n'est pas encore signée des deux parties",
        "Faites-la signer d'abord ; ou renoncez-y (conventions.TerminerConvention).",
    ),
    "prend fin": (
        "prend fin, et l'on sait quel jour",
        "Préparez-en une autre (conventions.PreparerConvention), ou corrigez cette fin si elle était une erreur.",
    ),
    "terminée": ("est terminée", "Préparez-en une nouvelle (conventions.PreparerConvention)."),
}
"""What is said of each step at which something cannot be done, and the way out."""

# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Conventions = dict[ConventionId, Fait]


def _convention(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


def _toutes(etat: Conventions, fait: Fait) -> Conventions:
    return {**etat, fait.convention: fait}


convention_de = Lecture[Fait | None]("conventions.convention", None, _convention, dernier=True)
conventions_de = Lecture[Conventions]("conventions.de_la_personne", {}, _toutes)
