"""A starter rulebook, offered at founding: common sense that a place may keep, amend or leave."""

from __future__ import annotations

from collections.abc import Iterator

from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.eligibilite import AdhesionAJour
from tierslieu_core.domaines.cadre.regles.genres.quantites import DureePret, Renouvellements, Simultanes
from tierslieu_core.domaines.cadre.regles.genres.quotas import Quota
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree, Horizon
from tierslieu_core.domaines.cadre.regles.portee import Portee
from tierslieu_core.domaines.cadre.regles.reglement import AdopterRegle
from tierslieu_core.vocabulaire.identifiants import RegleId

MOTIF = "règlement de départ, à discuter et à amender ensemble"
RESERVER, PRETER = Portee(actions=("reserver",)), Portee(actions=("preter",))
REGLES = (
    ("adhesion", AdhesionAJour(), Portee(actions=("reserver", "preter"))),
    ("duree-reservation", Duree(maximum_minutes=240), RESERVER),
    ("horizon-reservation", Horizon(maximum_jours=60), RESERVER),
    ("heures-par-semaine", Quota(maximum=8, unite="heures", periode="semaine"), RESERVER),
    ("duree-pret", DureePret(maximum_jours=14), PRETER),
    ("prets-a-la-fois", Simultanes(maximum=3), PRETER),
    ("renouvellements", Renouvellements(maximum=2), Portee(actions=("renouveler",))),
)


def reglement_de_depart(du: Date) -> Iterator[AdopterRegle]:
    """The demands that adopt it, in effect from ``du``."""
    for nom, genre, portee in REGLES:
        yield AdopterRegle(
            regle=RegleId(nom), genre=genre, portee=portee, du=du, motif=MOTIF, decision="fondation du lieu"
        )
