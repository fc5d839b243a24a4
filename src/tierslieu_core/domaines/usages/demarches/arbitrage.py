"""Arbitrage: several démarches want the same thing; the place's rule says who comes first, or who is to say so."""

from __future__ import annotations

from collections.abc import Iterable

from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT, jour_de
from tierslieu_core.domaines.cadre.regles.faits import faits_de
from tierslieu_core.domaines.cadre.regles.genres.arbitrage import Arbitrage, arbitrer
from tierslieu_core.domaines.usages.demarches.demarche import DemarcheEnAttente, Fait, demarche_de, tombee
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, evenement, refus
from tierslieu_core.kernel.lectures import Lot
from tierslieu_core.vocabulaire.identifiants import DemarcheId, PersonneId, connu, demarche

DEUX = 2


@evenement("demarches.DemarchesArbitrees", "Entre plusieurs démarches ({action}), {personne} vient en tête")
class DemarchesArbitrees:
    """``ordre``: all of them, who comes first first."""

    action: str
    gagnante: DemarcheId
    personne: PersonneId
    ordre: tuple[DemarcheId, ...]

    def etiquettes(self) -> Iterable[str]:
        return tuple(demarche(d) for d in dict.fromkeys((self.gagnante, *self.ordre)))


@commande("demarches.ArbitrerDemarches")
class ArbitrerDemarches:
    """Départager des démarches qui veulent la même chose ; qui en décide, quand la règle le laisse, dit laquelle."""

    action: str = champ("quelle démarche")
    demarches: tuple[DemarcheId, ...] = champ("celles qui veulent la même chose, dans l'ordre où elles sont venues")
    gagnante: DemarcheId | None = champ("celle qui l'emporte, au jugement de qui en décide", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        found = [] if len(set(self.demarches)) >= DEUX else [("demarches", "deux au moins, chacune une fois")]
        if self.gagnante is not None and self.gagnante not in self.demarches:
            found.append(("gagnante", "l'une de celles qui sont à départager"))
        return found


@refus(
    "demarches.ADepartager",
    "C'est à {par} de départager ces démarches : {action}.",
    "Qui tient ce mandat dit celle qui l'emporte (gagnante).",
)
class ADepartager(Refus):
    par: str
    action: str


@refus(
    "demarches.RienNeDepartage",
    "Aucune règle du lieu ne départage ces démarches : {action}.",
    "Faites-en adopter une (genre « arbitrage »).",
)
class RienNeDepartage(Refus):
    action: str


@refus(
    "demarches.PasADepartager",
    "La démarche {demarche} n'attend pas de réponse, ou n'est pas de celles-là ({action}).",
    "Ne départagez que des démarches en attente, de la même sorte.",
)
class PasADepartager(Refus):
    demarche: DemarcheId
    action: str


def _lit(c: ArbitrerDemarches, _: Contexte) -> Lot[tuple[Fait | None, ...]]:
    return Lot(tuple(demarche_de(demarche(d)) for d in c.demarches))


def _arbitrer(c: ArbitrerDemarches, etats: tuple[Fait | None, ...], x: Contexte) -> Issue:
    candidates = [connu(d) for d in etats]
    for d in candidates:
        if d.action != c.action or not isinstance(d, DemarcheEnAttente) or tombee(d, x.survenu_le):
            return PasADepartager(demarche=d.demarche, action=c.action)
    dits = [faits_de(d.faits, x) for d in candidates]
    regle = x.livre.reglage(Arbitrage, x.aujourdhui, action=c.action, faits=dits[0])
    if regle is None:
        return RienNeDepartage(action=c.action)
    rangs, par = arbitrer(regle.cles, dits)
    ordre = [candidates[n] for n in rangs]
    if par is not None or c.gagnante is not None:
        if par is None or c.gagnante is None or not x.livre.mandats.tient(x.par, par, "", jour_de(x)):
            return ADepartager(par=par or "la règle", action=c.action)
        ordre.sort(key=lambda d: d.demarche != c.gagnante)
    premiere = ordre[0]
    return [
        DemarchesArbitrees(
            action=c.action, gagnante=premiere.demarche, personne=premiere.personne,
            ordre=tuple(d.demarche for d in ordre),
        )
    ]  # fmt: skip


FAITS = (DemarchesArbitrees,)
DEMANDES = (Demande(ArbitrerDemarches, frozenset({"concierge", "coordination", INSCRIT}), _lit, _arbitrer),)
REFUS = (ADepartager, RienNeDepartage, PasADepartager)
