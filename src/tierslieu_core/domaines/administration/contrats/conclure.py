"""Conclure: a contract begins, is amended, is renewed by both sides when it does not go on by itself."""

from __future__ import annotations

import attrs
from whenever import Date

from tierslieu_core.domaines.administration.contrats.contrat import (
    DITS,
    ISSUES,
    ContratAmende,
    ContratConclu,
    ContratPasACetteEtape,
    ContratRenouvele,
    Etat,
    Fait,
    contrat_de,
    etat,
)
from tierslieu_core.domaines.administration.contrats.termes import Termes
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, nouveau, refus
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.vocabulaire.faits import NOM
from tierslieu_core.vocabulaire.identifiants import ContratId, DocumentId, PersonneId, connu, contrat
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.vie import vers

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("contrats.ConclureContrat")
class ConclureContrat:
    """Conclure un contrat du lieu, avec ses dates : assurance, loyer, abonnement… ; jamais de montant."""

    contrat: ContratId = nouveau("contrat, en un mot")
    nom: str = champ("titre, sans rien de personnel")
    nature: str = champ("nature, en un mot : assurance, loyer, abonnement…")
    du: Date = champ("premier jour")
    echeance: Date | None = champ("dernier jour de la première période ; sans elle, il court sans fin", default=None)
    preavis_mois: int = champ("préavis", unite="mois", default=0)
    preavis_jours: int = champ("préavis, en plus des mois", unite="jours", default=0)
    tacite_mois: int = champ("tacite reconduction, par période de ; 0 : il prend fin", unite="mois", default=0)
    organisme: str = champ("auprès de quel organisme (jamais une personne)", default="")
    documents: tuple[DocumentId, ...] = champ("ses documents", default=())

    def termes(self) -> Termes:
        """Its dates."""
        return Termes(
            du=self.du, echeance=self.echeance, preavis_mois=self.preavis_mois, preavis_jours=self.preavis_jours,
            tacite_mois=self.tacite_mois,
        )  # fmt: skip

    def fautes(self, _: str) -> list[tuple[str, str]]:
        mot = [] if NOM.match(self.nature) else [("nature", "un mot en minuscules sans accent, comme « assurance »")]
        return [*mot, *self.termes().fautes()]


@commande("contrats.AmenderContrat")
class AmenderContrat:
    """Changer les termes d'un contrat, par un avenant ; ce qui n'est pas dit reste ; un préavis donné est levé."""

    contrat: ContratId
    echeance: Date | None = champ("nouvelle échéance", default=None)
    preavis_mois: int | None = champ("préavis", unite="mois", default=None)
    preavis_jours: int | None = champ("préavis, en plus des mois", unite="jours", default=None)
    tacite_mois: int | None = champ(
        "tacite reconduction, par période de ; 0 : il prend fin", unite="mois", default=None
    )
    organisme: str | None = champ("auprès de quel organisme", default=None)
    nom: str | None = champ("titre", default=None)
    documents: tuple[DocumentId, ...] = champ("documents en plus", default=())


@commande("contrats.RenouvelerContrat")
class RenouvelerContrat:
    """Renouveler un contrat, qui sans cela prendrait fin à son échéance."""

    contrat: ContratId
    jusqu_au: Date = champ("nouvelle échéance")
    documents: tuple[DocumentId, ...] = champ("documents en plus", default=())


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "contrats.ContratDejaConclu",
    "Il y a déjà un contrat « {contrat} ».",
    "Dites ce qui y change par un avenant (contrats.AmenderContrat), ou prenez un autre identifiant.",
)
class ContratDejaConclu(Refus):
    contrat: ContratId


@refus(
    "contrats.TermesImpossibles",
    "« {contrat} » ne peut pas avoir ces termes : {fautes}.",
    "Il court {termes} : dites ce qui y change, et cela seul.",
)
class TermesImpossibles(Refus):
    contrat: ContratId
    termes: Termes
    fautes: tuple[str, ...]


@refus(
    "contrats.SePoursuitSeul",
    "« {contrat} » se poursuit de lui-même[, jusqu'au {echeance} puis au-delà|, sans échéance].",
    "Il n'y a rien à renouveler ; pour en changer les termes : contrats.AmenderContrat.",
)
class SePoursuitSeul(Refus):
    contrat: ContratId
    echeance: Date | None


@refus(
    "contrats.RenouvellementTropCourt",
    "« {contrat} » court déjà jusqu'au {echeance}.",
    "Donnez une échéance plus lointaine ; pour l'avancer, passez par un avenant (contrats.AmenderContrat).",
)
class RenouvellementTropCourt(Refus):
    contrat: ContratId
    echeance: Date


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None]
CommandeDeContrat = ConclureContrat | AmenderContrat | RenouvelerContrat


def _lit(c: CommandeDeContrat, _: Contexte) -> Lot[Etats]:
    return lire(contrat_de(contrat(c.contrat)))


def a_l_etape(fait: Fait | None, x: Contexte, *etats: Etat) -> Fait | ContratPasACetteEtape:
    """A contract that stands at one of these steps; or that it does not, and what can be done."""
    dit: Fait = connu(fait)
    ou = etat(dit, x.aujourdhui)
    return dit if ou in etats else ContratPasACetteEtape(contrat=dit.contrat, etat=DITS[ou], issue=ISSUES[ou])


def _conclure(c: ConclureContrat, etats: Etats, _: Contexte) -> Issue:
    conclu = ContratConclu(
        contrat=c.contrat, nom=c.nom, nature=c.nature, organisme=c.organisme, termes=c.termes(), documents=c.documents
    )
    if etats[0] is None:
        return [conclu]
    return () if etats[0] == conclu else ContratDejaConclu(contrat=c.contrat)


def _amender(c: AmenderContrat, etats: Etats, x: Contexte) -> Issue:
    fait = a_l_etape(etats[0], x, "à venir", "en cours", "prend fin")
    if isinstance(fait, Refus):
        return fait
    avant = fait.termes
    ancre = avant.echeance if c.tacite_mois is None else avant.echeance_au(x.aujourdhui)
    termes = attrs.evolve(
        avant,
        echeance=ancre if c.echeance is None else c.echeance,
        preavis_mois=avant.preavis_mois if c.preavis_mois is None else c.preavis_mois,
        preavis_jours=avant.preavis_jours if c.preavis_jours is None else c.preavis_jours,
        tacite_mois=avant.tacite_mois if c.tacite_mois is None else c.tacite_mois,
    )
    if fautes := termes.fautes():
        return TermesImpossibles(contrat=c.contrat, termes=avant, fautes=tuple(f"{ou} : {dit}" for ou, dit in fautes))
    amende = vers(
        ContratAmende, fait, termes=termes, nom=c.nom or fait.nom, documents=_aussi(fait, c.documents),
        organisme=fait.organisme if c.organisme is None else c.organisme,
    )  # fmt: skip
    leve = etat(fait, x.aujourdhui) == "prend fin"
    return [amende] if leve or amende != vers(ContratAmende, fait) else ()


def _renouveler(c: RenouvelerContrat, etats: Etats, x: Contexte) -> Issue:
    fait = a_l_etape(etats[0], x, "à venir", "en cours")
    if isinstance(fait, Refus):
        return fait
    echeance = fait.termes.echeance
    if echeance is None or fait.termes.tacite_mois:
        return SePoursuitSeul(contrat=c.contrat, echeance=fait.termes.echeance_au(x.aujourdhui))
    if c.jusqu_au == echeance and isinstance(fait, ContratRenouvele):
        return ()
    if c.jusqu_au <= echeance:
        return RenouvellementTropCourt(contrat=c.contrat, echeance=echeance)
    termes = attrs.evolve(fait.termes, echeance=c.jusqu_au)
    return [vers(ContratRenouvele, fait, termes=termes, documents=_aussi(fait, c.documents))]


def _aussi(fait: Fait, documents: tuple[DocumentId, ...]) -> tuple[DocumentId, ...]:
    return tuple(dict.fromkeys((*fait.documents, *documents)))


def _mesure(_: ConclureContrat, __: Etats, x: Contexte) -> Mesures:
    """What the rules that name it (``conclure_contrat``) judge."""
    return Mesures(
        action="conclure_contrat", nommee=True, personne=PersonneId(x.par), lieux=(), jour=x.aujourdhui,
        demande_le=x.survenu_le,
    )  # fmt: skip


GESTION = frozenset({"concierge", "coordination"})
DEMANDES = (
    Demande(ConclureContrat, GESTION, _lit, _conclure, _mesure),
    Demande(AmenderContrat, GESTION, _lit, _amender),
    Demande(RenouvelerContrat, GESTION, _lit, _renouveler),
)
REFUS = (ContratDejaConclu, TermesImpossibles, SePoursuitSeul, RenouvellementTropCourt)
