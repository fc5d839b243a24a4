"""Propositions (D1): whoever belongs to the place proposes a rule; who makes the rules adopts it, or sets it aside.

Adopting cites the proposal: the version that it makes is known to come from it, and from whom. Who may propose and who
may adopt are rights as any others (``gouvernance.FixerDroits``).
"""

from __future__ import annotations

from typing import Any

from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.regles.genres import GenreDeRegle
from tierslieu_core.domaines.cadre.regles.portee import Portee
from tierslieu_core.domaines.cadre.regles.proposees import (
    ETATS,
    PropositionEcartee,
    PropositionRetenue,
    PropositionRetiree,
    RegleProposee,
    Vue,
    ouvertes_de,
    proposition_de,
)
from tierslieu_core.domaines.cadre.regles.reglement import (
    FAISEURS,
    AdopterRegle,
    AmenderRegle,
    adopter,
    amender,
    fautes,
)
from tierslieu_core.domaines.cadre.regles.sinon import REFUS_SIMPLE, Sinon
from tierslieu_core.domaines.cadre.regles.source import DE_CE_JOUR, Deja, Source
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    champ,
    commande,
    nouveau,
    personnel,
    refus,
)
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId, PropositionId, RegleId, depuis_cle, proposition

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("regles.ProposerRegle")
class ProposerRegle:
    """Proposer une règle, nouvelle ou à la place d'une autre du même nom ; qui fait les règles décidera."""

    regle: RegleId = nouveau("identifiant de la règle, nouvelle ou à amender")
    genre: GenreDeRegle = champ("genre et paramètres")
    motif: Personnel = personnel("pourquoi", qui="par", conservation="proposition")
    portee: Portee = champ("à qui, à quoi, quand", default=Portee())
    sinon: Sinon = champ("ce qui s'ensuit quand elle n'est pas respectée", default=REFUS_SIMPLE)
    leve: tuple[RegleId, ...] = champ("les règles que cette exception lève, quand elle tient", default=())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return fautes(self)


@commande("regles.RetirerProposition")
class RetirerProposition:
    """Retirer une règle que l'on a proposée, tant que personne n'y a répondu."""

    proposition: PropositionId


@commande("regles.EcarterProposition")
class EcarterProposition:
    """Écarter une règle proposée, en disant pourquoi à qui l'a proposée."""

    proposition: PropositionId
    motif: Personnel = personnel("pourquoi", qui="par", conservation="proposition")


@commande("regles.AdopterProposition")
class AdopterProposition:
    """Adopter une règle proposée : la version qu'elle fait dit d'où elle vient."""

    proposition: PropositionId
    du: Date = champ("date d'effet")
    motif: str = champ("motif")
    decision: str = champ("décision humaine qui la fait (réunion, document)", default="")
    texte: str = champ("texte (à défaut, celui du genre)", default="")
    deja: Deja = champ("ce que devient ce qui était déjà réservé", default="gardees")
    source: Source = champ("d'où elle vient : quel organe, quel jour, quel document", default=DE_CE_JOUR)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "regles.PropositionClose",
    "Cette proposition est déjà {etat}.",
    "Proposez de nouveau la règle, si elle manque encore.",
)
class PropositionClose(Refus):
    proposition: PropositionId
    etat: str


@refus(
    "regles.PropositionDAutrui",
    "Cette règle a été proposée par {auteur}.",
    "Chacun ne retire que la sienne ; qui fait les règles peut l'écarter, et dit pourquoi.",
)
class PropositionDAutrui(Refus):
    proposition: PropositionId
    auteur: PersonneId


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _proposer(c: ProposerRegle, etats: tuple[tuple[RegleProposee, ...]], x: Contexte) -> Issue:
    nouvelle = RegleProposee(
        proposition=PropositionId(depuis_cle(x.cle)), auteur=PersonneId(x.par), regle=c.regle, texte=c.genre.phrase(),
        genre=c.genre, portee=c.portee, sinon=c.sinon, leve=c.leve, motif=c.motif,
    )  # fmt: skip
    siens = identifiants(nouvelle.auteur, x)
    return () if any(une.auteur in siens and _dit(une) == _dit(nouvelle) for une in etats[0]) else [nouvelle]


def _dit(une: RegleProposee) -> tuple[object, ...]:
    """What it says, whatever its motive."""
    return une.genre, une.portee, une.sinon, une.leve


def _proposee(vue: Vue) -> RegleProposee:
    assert vue.proposee is not None  # noqa: S101 - the edge knows each identifier that a demand names
    return vue.proposee


def _close(c: RetirerProposition | EcarterProposition | AdopterProposition, vue: Vue) -> PropositionClose | None:
    return PropositionClose(proposition=c.proposition, etat=vue.etat) if vue.etat else None


def _retirer(c: RetirerProposition, etats: tuple[Vue], x: Contexte) -> Issue:
    (vue,) = etats
    auteur = _proposee(vue).auteur
    if auteur not in identifiants(PersonneId(x.par), x):
        return PropositionDAutrui(proposition=c.proposition, auteur=auteur)
    if vue.etat == ETATS[PropositionRetiree]:
        return ()
    return _close(c, vue) or [PropositionRetiree(proposition=c.proposition, regle=_proposee(vue).regle)]


def _ecarter(c: EcarterProposition, etats: tuple[Vue], _: Contexte) -> Issue:
    (vue,) = etats
    if vue.etat == ETATS[PropositionEcartee]:
        return ()
    return _close(c, vue) or [PropositionEcartee(proposition=c.proposition, regle=_proposee(vue).regle, motif=c.motif)]


def _adopter(c: AdopterProposition, etats: tuple[Vue], x: Contexte) -> Issue:
    (vue,) = etats
    une = _proposee(vue)
    if vue.etat:
        return (
            () if vue.etat == ETATS[PropositionRetenue] else PropositionClose(proposition=c.proposition, etat=vue.etat)
        )
    dite: dict[str, Any] = {
        "regle": une.regle, "genre": une.genre, "portee": une.portee, "sinon": une.sinon, "leve": une.leve, "du": c.du,
        "motif": c.motif, "decision": c.decision, "texte": c.texte, "deja": c.deja, "source": c.source,
    }  # fmt: skip
    reglement = x.livre.reglement
    connue = une.regle in reglement.versions and not reglement.abrogee(une.regle, c.du)
    issue = amender(AmenderRegle(**dite), (), x) if connue else adopter(AdopterRegle(**dite), (), x)
    if isinstance(issue, Refus):
        return issue
    version = len(reglement.versions.get(une.regle, ())) + len(issue)
    retenue = PropositionRetenue(proposition=c.proposition, auteur=une.auteur, regle=une.regle, version=version)
    return [*issue, retenue]


def _une(c: RetirerProposition | EcarterProposition | AdopterProposition, _: Contexte) -> Lot[tuple[Vue]]:
    return lire(proposition_de(proposition(c.proposition)))


DEMANDES = (
    Demande(ProposerRegle, FAISEURS | {INSCRIT}, lambda c, _: lire(ouvertes_de(f"regle:{c.regle}")), _proposer),
    Demande(RetirerProposition, FAISEURS | {INSCRIT}, _une, _retirer),
    Demande(EcarterProposition, FAISEURS, _une, _ecarter),
    Demande(AdopterProposition, FAISEURS, _une, _adopter),
)
REFUS = (PropositionClose, PropositionDAutrui)
