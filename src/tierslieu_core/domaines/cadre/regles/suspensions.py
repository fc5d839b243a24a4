"""Suspensions and repeals: a rule pauses or ends; the decisions that it made stay readable under it."""

from __future__ import annotations

from collections.abc import Iterable

from whenever import Date

from tierslieu_core.domaines.cadre.regles.effet import trop_tot
from tierslieu_core.domaines.cadre.regles.reglement import FAISEURS, RegleAbsente
from tierslieu_core.kernel.decisions import CADRE
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, champ, commande, evenement
from tierslieu_core.kernel.lectures import lire
from tierslieu_core.vocabulaire.identifiants import RegleId
from tierslieu_core.vocabulaire.temps import ordre

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("regles.RegleSuspendue", "La règle « {regle} » est suspendue à partir du {du} ({motif})")
class RegleSuspendue:
    regle: RegleId
    du: Date
    au: Date | None
    motif: str
    decision: str

    def etiquettes(self) -> Iterable[str]:
        return CADRE, f"regle:{self.regle}"


@evenement("regles.RegleAbrogee", "La règle « {regle} » est abrogée à partir du {du} ({motif})")
class RegleAbrogee:
    regle: RegleId
    du: Date
    motif: str
    decision: str

    def etiquettes(self) -> Iterable[str]:
        return CADRE, f"regle:{self.regle}"


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("regles.SuspendreRegle")
class SuspendreRegle:
    """Suspendre une règle, pour un temps ou sans date de fin ; une version amendée ensuite la fait reprendre."""

    regle: RegleId
    du: Date = champ("premier jour")
    au: Date | None = champ("dernier jour", default=None)
    motif: str
    decision: str = champ("décision humaine (réunion, document)", default="")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return ordre(self.du, self.au)


@commande("regles.AbrogerRegle")
class AbrogerRegle:
    """Abroger une règle ; les décisions qu'elle a fondées restent lisibles sous elle."""

    regle: RegleId
    du: Date = champ("date d'effet")
    motif: str
    decision: str = champ("décision humaine (réunion, document)", default="")


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _suspendre(c: SuspendreRegle, _: tuple[()], x: Contexte) -> Issue:
    if not x.livre.reglement.vivante(c.regle, c.du):
        return RegleAbsente(regle=c.regle)
    if (c.du, c.au) in x.livre.reglement.pauses(c.regle, c.du):
        return ()
    return trop_tot(c.du, x, fin=True) or [
        RegleSuspendue(regle=c.regle, du=c.du, au=c.au, motif=c.motif, decision=c.decision)
    ]


def _abroger(c: AbrogerRegle, _: tuple[()], x: Contexte) -> Issue:
    if c.regle not in x.livre.reglement.versions:
        return RegleAbsente(regle=c.regle)
    if x.livre.reglement.abrogee(c.regle, c.du):
        return ()
    return trop_tot(c.du, x, fin=True) or [RegleAbrogee(regle=c.regle, du=c.du, motif=c.motif, decision=c.decision)]


FAITS = (RegleSuspendue, RegleAbrogee)
DEMANDES = (
    Demande(SuspendreRegle, FAISEURS, lambda _, __: lire(), _suspendre),
    Demande(AbrogerRegle, FAISEURS, lambda _, __: lire(), _abroger),
)
