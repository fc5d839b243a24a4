"""Délégations: one's own mandate, lent to somebody for a time. It ends with the mandate and goes no further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT, MandatDonne, MandatInconnu
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, personnel, refus
from tierslieu_core.kernel.lectures import lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import MandatId, PersonneId, depuis_cle
from tierslieu_core.vocabulaire.temps import ordre

if TYPE_CHECKING:
    from tierslieu_core.domaines.cadre.gouvernance.tableau import Tableau


@commande("gouvernance.DeleguerMandat")
class DeleguerMandat:
    """Déléguer son propre mandat à quelqu'un, pour un temps."""

    mandat: MandatId
    personne: PersonneId
    du: Date = champ("premier jour")
    au: Date = champ("dernier jour")
    motif: Personnel | None = personnel("motif", qui="personne", conservation="mandat", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return ordre(self.du, self.au)


@refus(
    "gouvernance.MandatDUnAutre",
    "Le mandat {mandat} n'est pas tenu en propre par {personne} sur toute cette période.",
    "On ne délègue que son propre mandat, tant qu'il court, et jamais une délégation.",
)
class MandatDUnAutre(Refus):
    mandat: MandatId
    personne: PersonneId


def _deleguer(c: DeleguerMandat, _: tuple[()], x: Contexte) -> Issue:
    tableau: Tableau = x.livre.mandats
    source = tableau.mandats.get(c.mandat)
    if source is None:
        return MandatInconnu(mandat=c.mandat)
    tenu = source.propre and c.du >= source.du and tableau.tient_jusqu_a(source, c.au)
    if not tenu or source.personne not in tableau.qui.memes(x.par):
        return MandatDUnAutre(mandat=c.mandat, personne=PersonneId(x.par))
    deja = [(m.delegue_de, m.du, m.fin()) for m in tableau.de(c.personne)]
    if c.personne in tableau.qui.memes(x.par) or (c.mandat, c.du, c.au) in deja:
        return ()
    heurt = tableau.heurt(c.personne, source.role, c.du, c.au)
    return heurt or [
        MandatDonne(
            mandat=MandatId(depuis_cle(x.cle)), personne=c.personne, role=source.role, du=c.du, au=c.au,
            sur=source.sur, delegue_de=c.mandat, motif=c.motif,
        )
    ]  # fmt: skip


DEMANDES = (Demande(DeleguerMandat, frozenset({INSCRIT}), lambda _, __: lire(), _deleguer),)
REFUS = (MandatDUnAutre,)
