"""Kinds that set how series and waiting lists go."""

from __future__ import annotations

from typing import ClassVar

import attrs

from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage, positif
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import compte, duree, liste


@attrs.frozen(kw_only=True)
class LongueurSerie(Reglage):
    """A series has so many occurrences at most."""

    NOM: ClassVar[str] = "longueur_serie"
    maximum: int = champ("occurrences au plus")

    def phrase(self) -> str:
        return f"une série a {compte(self.maximum, 'occurrence')} au plus"

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.maximum", self.maximum)


@attrs.frozen(kw_only=True)
class OrdreAttente(Reglage):
    """Who is served first when a slot frees: these publics, in this order, then the others.

    Within each, who came first; and for all, when the place has set nothing.
    """

    NOM: ClassVar[str] = "ordre_attente"
    publics: tuple[str, ...] = champ("publics servis d'abord, dans cet ordre", default=())

    def phrase(self) -> str:
        puis = "dans l'ordre d'arrivée"
        if not self.publics:
            return f"la liste d'attente est servie {puis}"
        return f"la liste d'attente sert d'abord {liste(self.publics, 'puis')} ; à rang égal, {puis}"


@attrs.frozen(kw_only=True)
class ConfirmationAttente(Reglage):
    """A slot that frees is held for who is next, who has so many hours to confirm; then it goes to who follows."""

    NOM: ClassVar[str] = "confirmation_attente"
    heures: int = champ("délai pour confirmer", unite="heures")

    def phrase(self) -> str:
        return f"un créneau qui se libère est gardé {duree(self.heures * 60)}, le temps que la personne confirme"

    def fautes(self) -> list[tuple[str, str]]:
        return positif("genre.heures", self.heures)
