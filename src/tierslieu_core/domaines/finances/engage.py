"""What becomes of a commitment, as facts: taken, settled for what it came to, or released. No payment is ever one."""

from __future__ import annotations

from collections.abc import Iterable

from whenever import Date

from tierslieu_core.domaines.finances import mots
from tierslieu_core.domaines.finances.mots import EngagementId, ExerciceId, LigneId
from tierslieu_core.kernel.declarations import champ, evenement, personnel
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.montant import Montant


@evenement("finances.EngagementPris", "{montant} sont engagés sur {ligne} ({exercice}) : {objet}")
class EngagementPris:
    engagement: EngagementId
    exercice: ExerciceId
    ligne: LigneId
    objet: str
    montant: Montant
    jusqu_au: Date | None

    def etiquettes(self) -> Iterable[str]:
        return mots.engagement(self.engagement), mots.compte(self.ligne, self.exercice)


@evenement("finances.EngagementSolde", "{objet} : soldé à {montant}, sur {ligne} ({exercice})[, pièce {piece}]")
class EngagementSolde:
    engagement: EngagementId
    exercice: ExerciceId
    ligne: LigneId
    objet: str
    montant: Montant
    avant: Montant = champ("ce qui était engagé")
    piece: str = champ("pièce, par son numéro dans le logiciel")

    def etiquettes(self) -> Iterable[str]:
        return mots.engagement(self.engagement), mots.compte(self.ligne, self.exercice)


@evenement("finances.EngagementLibere", "{objet} : {avant} ne sont plus engagés sur {ligne} ({exercice}) ({motif})")
class EngagementLibere:
    engagement: EngagementId
    exercice: ExerciceId
    ligne: LigneId
    objet: str
    avant: Montant = champ("ce qui était engagé")
    motif: Personnel = personnel(qui="par", conservation="finances")

    def etiquettes(self) -> Iterable[str]:
        return mots.engagement(self.engagement), mots.compte(self.ligne, self.exercice)


Engagement = EngagementPris | EngagementSolde | EngagementLibere
