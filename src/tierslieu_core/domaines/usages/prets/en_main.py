"""En main: the facts that say in whose hands an item is, and the lectures that tell it; all the rest reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens.materiel import EtatGeneral
from tierslieu_core.domaines.usages.prets.sorties import QuantitePretee
from tierslieu_core.kernel.declarations import champ, evenement, personnel
from tierslieu_core.kernel.lectures import Lecture
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ObjetId, PersonneId, ReservationModeleId, mois, objet, personne
from tierslieu_core.vocabulaire.parties import Parties

# ── événements : le nom gardé pour toujours, la phrase du journal, ce qui est arrivé ────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    """Whose decisions a fact of a loan can change: the item's, and the person's that month."""
    return objet(fait.objet), mois(fait.personne, fait.depuis)


@attrs.frozen
class Tenu:
    """An item in somebody's hands."""

    objet: ObjetId
    categorie: str
    depuis: Date
    retour: Date


@attrs.frozen
class EnMain:
    """The other loans that a person had in hand; ``None`` in its stead: nobody had looked yet."""

    prets: tuple[Tenu, ...] = ()


@evenement(
    "prets.ObjetPrete",
    "{personne} emprunte {objet}, à rendre le {retour} ({constat})[ ; lot incomplet, il y manque : {manquants}]",
    version=3,
    upcasts={
        1: lambda champs: {**champs, "manquants": [], "en_main": None},
        2: lambda champs: {**champs, "reservation": None},
    },
)
class ObjetPrete:
    objet: ObjetId
    personne: PersonneId
    depuis: Date
    retour: Date
    categorie: str = champ("catégorie de l'objet, ce jour-là")
    constat: Personnel = personnel(qui="personne", conservation="pret")
    manquants: Parties = champ("ce qui manquait au lot, au départ", default=())
    en_main: EnMain | None = champ("ce que la personne avait déjà en main", default=None)
    reservation: ReservationModeleId | None = champ("la réservation qu'il honore", default=None)

    def etiquettes(self) -> Iterable[str]:
        return *_etiquettes(self), personne(self.personne)


@evenement(
    "prets.PretRenouvele",
    "{personne} garde {objet}, à rendre désormais le {retour}",
    version=2,
    upcasts={1: lambda champs: {**champs, "restent": None}},
)
class PretRenouvele:
    objet: ObjetId
    personne: PersonneId
    depuis: Date
    retour: Date
    fois: int
    restent: Parties | None = champ("les parties qui restent dehors, si les autres sont rendues", default=None)

    etiquettes = _etiquettes


@evenement("prets.PretRappele", "Le lieu rappelle {objet} : {personne} a jusqu'au {retour}, et non jusqu'au {avant}")
class PretRappele:
    objet: ObjetId
    personne: PersonneId
    depuis: Date
    retour: Date
    avant: Date
    fois: int
    restent: Parties | None

    etiquettes = _etiquettes


@evenement("prets.PartieRendue", "{personne} rend une partie de {objet} ; restent dehors : {restent}")
class PartieRendue:
    objet: ObjetId
    personne: PersonneId
    depuis: Date
    retour: Date
    le: Date
    fois: int
    restent: Parties

    etiquettes = _etiquettes


def _rendu_d_avant(champs: dict[str, Any]) -> dict[str, Any]:
    return {**champs, "etat_general": None, "manquants": None, "consommes": []}


@evenement("prets.ObjetRendu", "{personne} rend {objet} ({constat})", version=2, upcasts={1: _rendu_d_avant})
class ObjetRendu:
    objet: ObjetId
    personne: PersonneId
    depuis: Date
    le: Date
    constat: Personnel = personnel(qui="personne", conservation="pret")
    etat_general: EtatGeneral | None = champ("état général constaté", default=None)
    manquants: Parties | None = champ("ce qui manque au lot, s'il a été vérifié", default=None)
    consommes: Parties = champ("ce qui a été consommé", default=())

    etiquettes = _etiquettes


@evenement("prets.ObjetPerdu", "{objet} : perte déclarée, {personne} l'avait en prêt ({constat})")
class ObjetPerdu:
    objet: ObjetId
    personne: PersonneId
    depuis: Date
    retour: Date
    constat: Personnel = personnel(qui="personne", conservation="pret")

    etiquettes = _etiquettes


@evenement("prets.EnMainRedit", "{personne} avait bien {objet} en main")
class EnMainRedit:
    """What a correction gives back to a person: without it, a later loan would not know."""

    objet: ObjetId
    personne: PersonneId
    en_main: EnMain = champ("tout ce que la personne a en main, désormais")

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


EnCours = ObjetPrete | PretRenouvele | PretRappele | PartieRendue
Dehors = EnCours | ObjetPerdu
Fait = Dehors | ObjetRendu
FAITS = (ObjetPrete, PretRenouvele, PretRappele, PartieRendue, ObjetRendu, ObjetPerdu, EnMainRedit)

# ── lectures : la signature dit les faits lus, et rien d'autre n'est lu ─────────────────────────────────────────────

Chaine = tuple[Any, "Chaine"] | None
"""Facts, the last first: each with those before it."""


def _dernier(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


def _mains(_: tuple[Tenu, ...] | None, fait: ObjetPrete | EnMainRedit) -> tuple[Tenu, ...] | None:
    if isinstance(fait, EnMainRedit):
        return fait.en_main.prets
    return None if fait.en_main is None else (*fait.en_main.prets, tenu_de(fait))


def _du_mois(avant: Chaine, fait: ObjetPrete | ObjetRendu | ObjetPerdu | QuantitePretee) -> Chaine:
    return fait, avant


dernier_pret = Lecture[Fait | None]("prets.dernier_pret", None, _dernier, dernier=True)
mains_de = Lecture[tuple[Tenu, ...] | None]("prets.mains", None, _mains, dernier=True)
"""Each loan that a person may have in hand, if the last one of its item says so too; ``None``: only the months tell."""
prets_de = Lecture[Chaine]("prets.prets_de", None, _du_mois)


def prets_du_mois(chaine: Chaine) -> Iterator[tuple[ObjetPrete, bool]]:
    """Each loan of those months, and whether nothing there says that it is over; the last first."""
    finis: set[ObjetId] = set()
    while chaine is not None:
        fait, chaine = chaine
        if isinstance(fait, ObjetPrete):
            yield fait, fait.objet not in finis
            finis.discard(fait.objet)
        elif not isinstance(fait, QuantitePretee):
            finis.add(fait.objet)


def nombres_du_mois(chaine: Chaine) -> Iterator[QuantitePretee]:
    """Each loan in number of those months; the last first."""
    while chaine is not None:
        fait, chaine = chaine
        if isinstance(fait, QuantitePretee):
            yield fait


def tenu_de(pret: ObjetPrete) -> Tenu:
    """A loan, as the later ones of that person keep it."""
    return Tenu(pret.objet, pret.categorie, pret.depuis, pret.retour)


def fois_de(pret: Fait | None) -> int:
    """How many times a loan was renewed."""
    return pret.fois if isinstance(pret, PretRenouvele | PretRappele | PartieRendue) else 0


def restent_de(pret: Fait | None) -> Parties | None:
    """The parts of a kit that are still out; ``None`` when none came back yet."""
    return pret.restent if isinstance(pret, PretRenouvele | PretRappele | PartieRendue) else None
