"""Préparer: a convention is drafted; another version of it, or its renewal, is proposed to both sides."""

from __future__ import annotations

import attrs
from whenever import Date

from tierslieu_core.domaines.administration.conventions.convention import (
    ISSUES,
    Accord,
    AvenantPropose,
    ConventionPasACetteEtape,
    ConventionPreparee,
    Etat,
    Fait,
    RenouvellementPropose,
    convention_de,
    etape,
    terminee_le,
)
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, nouveau, refus
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.vocabulaire.faits import NOM
from tierslieu_core.vocabulaire.identifiants import ConventionId, DocumentId, EspaceId, PersonneId, connu, convention
from tierslieu_core.vocabulaire.temps import ordre
from tierslieu_core.vocabulaire.vie import vers

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("conventions.PreparerConvention")
class PreparerConvention:
    """Préparer une convention avec une personne ou un collectif, que les deux parties auront à signer."""

    convention: ConventionId = nouveau("convention, en un mot")
    nom: str = champ("titre, sans rien de personnel")
    nature: str = champ("nature, en un mot : occupation, usage…")
    personne: PersonneId = champ("avec qui : une personne ou un collectif")
    du: Date = champ("premier jour")
    au: Date | None = champ("dernier jour ; sans lui, elle vaut sans fin", default=None)
    espaces: tuple[EspaceId, ...] = champ("espaces concernés ; aucun : tout le lieu", default=())
    documents: tuple[DocumentId, ...] = champ("ses documents", default=())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        mot = [] if NOM.match(self.nature) else [("nature", "un mot en minuscules sans accent, comme « occupation »")]
        return [*mot, *ordre(self.du, self.au)]


@commande("conventions.AmenderConvention")
class AmenderConvention:
    """Proposer une autre version d'une convention ; celle qui vaut continue de valoir jusqu'aux deux signatures."""

    convention: ConventionId
    du: Date | None = champ("premier jour ; sinon le même", default=None)
    au: Date | None = champ("dernier jour ; sinon le même", default=None)
    espaces: tuple[EspaceId, ...] | None = champ("espaces concernés ; sinon les mêmes", default=None)
    documents: tuple[DocumentId, ...] = champ("documents en plus", default=())


@commande("conventions.RenouvelerConvention")
class RenouvelerConvention:
    """Proposer de renouveler une convention, jusqu'à un jour plus lointain."""

    convention: ConventionId
    au: Date = champ("nouveau dernier jour")
    documents: tuple[DocumentId, ...] = champ("documents en plus", default=())


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "conventions.ConventionDejaPreparee",
    "Il y a déjà une convention « {convention} ».",
    "Proposez-en une autre version (conventions.AmenderConvention), ou prenez un autre identifiant.",
)
class ConventionDejaPreparee(Refus):
    convention: ConventionId


@refus(
    "conventions.DatesImpossibles",
    "« {convention} » ne peut pas valoir du {du} au {au}.",
    "Donnez un dernier jour qui vienne après le premier.",
)
class DatesImpossibles(Refus):
    convention: ConventionId
    du: Date
    au: Date


@refus(
    "conventions.RienARenouveler",
    "« {convention} » vaut déjà[ jusqu'au {au}| sans fin].",
    "Donnez un jour plus lointain ; pour l'abréger, proposez un avenant (conventions.AmenderConvention).",
)
class RienARenouveler(Refus):
    convention: ConventionId
    au: Date | None


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None]


def _lit(c: PreparerConvention | AmenderConvention | RenouvelerConvention, _: Contexte) -> Lot[Etats]:
    return lire(convention_de(convention(c.convention)))


def a_l_etape(fait: Fait | None, x: Contexte, *etats: Etat) -> Fait | ConventionPasACetteEtape:
    """A convention that stands at one of these steps; or that it does not, and what can be done."""
    dite: Fait = connu(fait)
    ou = etape(dite.vigueur, terminee_le(dite), x.aujourdhui)
    if ou in etats:
        return dite
    dit, issue = ISSUES[ou]
    return ConventionPasACetteEtape(convention=dite.convention, etat=dit, issue=issue)


def _preparer(c: PreparerConvention, etats: Etats, _: Contexte) -> Issue:
    projet = Accord(du=c.du, au=c.au, espaces=c.espaces, documents=c.documents)
    preparee = ConventionPreparee(
        convention=c.convention, nom=c.nom, nature=c.nature, personne=c.personne, projet=projet
    )
    if etats[0] is None:
        return [preparee]
    return () if etats[0] == preparee else ConventionDejaPreparee(convention=c.convention)


def _amender(c: AmenderConvention, etats: Etats, x: Contexte) -> Issue:
    fait = a_l_etape(etats[0], x, "à signer", "à venir", "en cours", "échue")
    if isinstance(fait, Refus):
        return fait
    avant: Accord = connu(fait.projet or fait.vigueur)
    projet = attrs.evolve(
        avant, du=c.du or avant.du, au=c.au or avant.au, documents=_aussi(avant, c.documents),
        espaces=avant.espaces if c.espaces is None else c.espaces,
    )  # fmt: skip
    if projet == avant:
        return ()
    if projet.au is not None and projet.au < projet.du:
        return DatesImpossibles(convention=c.convention, du=projet.du, au=projet.au)
    return [vers(AvenantPropose, fait, projet=projet, signee_par=())]


def _renouveler(c: RenouvelerConvention, etats: Etats, x: Contexte) -> Issue:
    """From today when it ran out, so that it does not hold for the days in between."""
    fait = a_l_etape(etats[0], x, "à venir", "en cours", "échue")
    if isinstance(fait, Refus):
        return fait
    vigueur: Accord = connu(fait.vigueur)
    if vigueur.au is None or c.au <= vigueur.au:
        return RienARenouveler(convention=c.convention, au=vigueur.au)
    passee = vigueur.au < x.aujourdhui
    projet = attrs.evolve(
        vigueur, du=x.aujourdhui if passee else vigueur.du, au=c.au, documents=_aussi(vigueur, c.documents)
    )
    if c.au < projet.du:
        return DatesImpossibles(convention=c.convention, du=projet.du, au=c.au)
    return () if fait.projet == projet else [vers(RenouvellementPropose, fait, projet=projet, signee_par=())]


def _aussi(accord: Accord, documents: tuple[DocumentId, ...]) -> tuple[DocumentId, ...]:
    return tuple(dict.fromkeys((*accord.documents, *documents)))


GESTION = frozenset({"concierge", "coordination"})
DEMANDES = (
    Demande(PreparerConvention, GESTION, _lit, _preparer),
    Demande(AmenderConvention, GESTION, _lit, _amender),
    Demande(RenouvelerConvention, GESTION, _lit, _renouveler),
)
REFUS = (ConventionDejaPreparee, DatesImpossibles, RienARenouveler)
