"""Le dossier d'une personne: all that the place knows of her, as she may ask; from the registers, with names open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.integrite.magasin import EtatCle
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.vocabulaire.identifiants import PersonneId

if TYPE_CHECKING:
    from collections.abc import Callable

    from tierslieu_core.kernel.declarations import Registre
    from tierslieu_core.lieu import Lieu
    from tierslieu_core.vues.decisions import DecisionLue


@attrs.frozen
class Feuillet:
    """What one register holds of somebody: its name, its title, their rows."""

    registre: str
    titre: str
    lignes: tuple[Any, ...]


@attrs.frozen
class Dossier:
    """``identifiants``: every one that is theirs, the one asked first. ``conservations``: why sealed words are kept.

    ``feuillets``: the registers that speak of them. ``decisions``: all that was decided about them, in order.
    """

    personne: PersonneId
    identifiants: tuple[PersonneId, ...]
    feuillets: tuple[Feuillet, ...]
    decisions: tuple[DecisionLue, ...]
    conservations: tuple[str, ...]


def dossier(lieu: Lieu, qui: PersonneId) -> Dossier:
    """All that the place knows of a person, under each of their identifiers."""
    now = lieu.horloge()
    siens = tuple(identifiants(qui, Contexte(now, now, par=qui, cle="", livre=lieu.livre)))
    found = (_feuillet(lieu, registre, siens) for d in lieu.catalogue.domaines for registre in d.registres)
    return Dossier(
        qui,
        siens,
        tuple(f for f in found if f is not None and f.lignes),
        tuple(lieu.decisions(qui)),
        tuple(sorted({c for un in siens for c in _gardees(lieu, un)})),
    )


def _gardees(lieu: Lieu, un: PersonneId) -> list[str]:
    """The retention classes under which this vault can still open words about somebody."""
    etats = getattr(lieu.vault, "etats", None)
    return [] if etats is None else [c for c, etat in etats(un).items() if etat is EtatCle.ACTIVE]


def _feuillet(lieu: Lieu, registre: Registre[Any], siens: tuple[PersonneId, ...]) -> Feuillet | None:
    """A register's rows that name somebody; ``None`` when no column of it can."""
    nomment = [f.nom for f in fields_of(registre.ligne) if f.sujet == "personne"]
    if not nomment:
        return None
    lignes = lieu.registre(registre.nom, filtre=_de(nomment, frozenset(siens)))
    return Feuillet(registre.nom, registre.titre or registre.nom, tuple(lignes))


def _de(colonnes: list[str], siens: frozenset[PersonneId]) -> Callable[[Any], bool]:
    def nomme(ligne: Any) -> bool:
        valeurs = (getattr(ligne, c) for c in colonnes)
        return any(not siens.isdisjoint(v if isinstance(v, tuple) else (v,)) for v in valeurs)

    return nomme
