"""Révision: whoever took a decision, or the body above, looks at it again, after a new fact; the old one stays."""

from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.cadre.gouvernance.mandats import CONCIERGE, COORDINATION, INSCRIT
from tierslieu_core.domaines.cadre.gouvernance.mandats import jour_de as jour_d_aujourdhui
from tierslieu_core.domaines.cadre.recours.effets import annuler
from tierslieu_core.domaines.cadre.recours.recours import JugeEtPartie, obstacle
from tierslieu_core.domaines.cadre.recours.vie import (
    DecisionRevisee,
    Effets,
    RecoursForme,
    RecoursTranche,
    Vue,
    attend_apres,
    auteur,
    faute_de_cle,
    identifiants_de,
    lit_decision,
    partie,
    voie,
    vue,
)
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    champ,
    commande,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId


@commande("recours.ReviserDecision")
class ReviserDecision:
    """Revoir une décision qui concerne une personne, après un fait nouveau : garder ses effets, ou les annuler."""

    decision: str = champ("clé de la décision")
    personne: PersonneId = champ("personne concernée")
    effets: Effets = champ("ce que deviennent ses effets")
    motif: Personnel = personnel("fait nouveau, et ce qu'il change", qui="personne", conservation="recours")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return faute_de_cle(self.decision)


@refus(
    "recours.PasASoiDeReviser",
    "C'est à qui a pris cette décision, ou à {organe}, de la revoir.",
    "Demandez-le à cette personne, ou à qui tient ce mandat.",
)
class PasASoiDeReviser(Refus):
    organe: str


def _reviser(c: ReviserDecision, lue: Any, x: Contexte) -> Issue:
    v = vue(lue, c.personne, x)
    if v.vie and isinstance(v.vie[-1], DecisionRevisee) and v.vie[-1].effets == c.effets:
        return ()
    refuse = obstacle(c.decision, v, c.personne)
    if refuse is not None or v.rendue is None:
        return refuse or ()
    regle, sienne = voie(v.rendue, c.personne, x), auteur(v.rendue) in identifiants_de(x)
    organe = regle.organe if regle else COORDINATION
    if not sienne and not x.livre.mandats.tient(x.par, organe, "", jour_d_aujourdhui(x)):
        return PasASoiDeReviser(organe=organe)
    if partie(x, c.personne, None):
        return JugeEtPartie(personne=PersonneId(x.par), decision=c.decision)
    suites = annuler(c.decision, v, c.personne, c.motif, x) if c.effets == "annuler" else ()
    if isinstance(suites, Refus):
        return suites
    revisee = DecisionRevisee(
        decision=c.decision, commande=v.rendue[0].commande, personne=c.personne, effets=c.effets,
        attend=_attend(c, v), motif=c.motif,
    )  # fmt: skip
    return [revisee, *suites]


def _attend(c: ReviserDecision, v: Vue) -> tuple[str, ...]:
    """Once its effects are undone, an appeal that waits has nothing left to ask."""
    tranches = {fait.recours for fait in v.vie if isinstance(fait, RecoursTranche)}
    attend = v
    for fait in v.vie:
        if c.effets == "annuler" and isinstance(fait, RecoursForme) and fait.recours not in tranches:
            attend = attend._replace(attend=attend_apres(attend, fait.commande, suspendu=fait.suspensif))
    return attend.attend


DEMANDES = (
    Demande(
        ReviserDecision, frozenset({CONCIERGE, COORDINATION, INSCRIT}),
        lambda c, x: lit_decision(c.decision, c.personne, x), _reviser,
    ),
)  # fmt: skip
REFUS = (PasASoiDeReviser,)
