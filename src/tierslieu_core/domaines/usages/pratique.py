"""Pratique: to use what asks for an habilitation keeps it up; told with the use, so that none goes out unseen."""

from __future__ import annotations

from tierslieu_core.domaines.cadre.regles.genres.eligibilite import Habilitation
from tierslieu_core.domaines.personnes import formations
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.kernel.lectures import Lot
from tierslieu_core.vocabulaire.identifiants import PersonneId
from tierslieu_core.vocabulaire.mesures import Mesures


def tenues_de(qui: PersonneId, x: Contexte) -> Lot[formations.Etats]:
    """What a person learnt, read only where a rule of the day asks for an habilitation."""
    return formations.habilitations(qui, x) if x.livre.reglement.du_genre(Habilitation, x.aujourdhui) else Lot(())


def pratiquees(m: Mesures, tenues: formations.Etats, x: Contexte, *plus: str) -> list[formations.HabilitationPratiquee]:
    """What a use practises, of what the person holds and that goes out unused: as rules ask, and what ``plus`` says."""
    if not any(t.pratique_jours is not None for siennes in tenues for t in siennes):
        return []
    exigent = x.livre.reglement.du_genre(Habilitation, x.aujourdhui)
    requises = {v.genre.requise for v in exigent if v.portee.couvre(m)}
    return formations.pratiquer(m.personne, {*requises, *plus}, tenues, x)
