"""Budget (G3): voted line by line for a year, amended line by line; what each line may bear, and bears."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.domaines.finances import mots
from tierslieu_core.domaines.finances.engage import EngagementLibere, EngagementPris, EngagementSolde
from tierslieu_core.domaines.finances.mots import SEULES, ExerciceId, LigneId
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Identifiant,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    commande,
    evenement,
    nouveau,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.montant import RIEN, Montant, Poste
from tierslieu_core.vocabulaire.temps import ordre

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("finances.BudgetVote", "Le budget {exercice} est voté, du {du} au {au}")
class BudgetVote:
    exercice: ExerciceId
    du: Date
    au: Date

    def etiquettes(self) -> Iterable[str]:
        return (mots.exercice(self.exercice),)


@evenement("finances.LigneVotee", "Budget {exercice}, {ligne} : {montant}")
class LigneVotee:
    exercice: ExerciceId
    ligne: LigneId
    montant: Montant

    def etiquettes(self) -> Iterable[str]:
        return mots.exercice(self.exercice), mots.ligne(self.ligne), mots.compte(self.ligne, self.exercice)


@evenement("finances.LigneAmendee", "Budget {exercice}, {ligne} : désormais {montant} ({motif})")
class LigneAmendee:
    exercice: ExerciceId
    ligne: LigneId
    montant: Montant
    motif: Personnel = personnel(qui="par", conservation="finances")

    def etiquettes(self) -> Iterable[str]:
        return mots.ligne(self.ligne), mots.compte(self.ligne, self.exercice)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("finances.VoterBudget")
class VoterBudget:
    """Enregistrer le budget voté d'un exercice, ligne par ligne."""

    exercice: ExerciceId = nouveau("exercice, comme 2027")
    du: Date = champ("premier jour")
    au: Date = champ("dernier jour")
    lignes: tuple[Poste, ...] = champ("lignes et montants, comme assurance=1250.50")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        noms = [dite.ligne for dite in self.lignes]
        bien = noms and len(set(noms)) == len(noms)
        return [*ordre(self.du, self.au), *([] if bien else [("lignes", "au moins une ligne, chacune une fois")])]


@commande("finances.AmenderLigne")
class AmenderLigne:
    """Amender une ligne d'un budget voté, ou en ouvrir une nouvelle ; jamais au-dessous de ce qui y est engagé."""

    exercice: ExerciceId
    ligne: LigneId = nouveau("ligne, en un mot")
    montant: Montant = champ("montant, désormais")
    motif: Personnel = personnel("motif", qui="par", conservation="finances")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "finances.BudgetDejaVote",
    "Le budget {exercice} est déjà voté, autrement.",
    "Ce qui fut voté ne se vote pas à nouveau : amendez-le ligne par ligne (finances.AmenderLigne).",
)
class BudgetDejaVote(Refus):
    exercice: ExerciceId


@refus(
    "finances.SousLEngage",
    "Budget {exercice}, {ligne} : {engage} y sont déjà engagés, plus que {montant}.",
    "Soldez ou libérez d'abord des engagements (tierslieu --finances registre depenses), ou amendez moins bas.",
)
class SousLEngage(Refus):
    exercice: ExerciceId
    ligne: LigneId
    engage: Montant
    montant: Montant


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class Compte:
    """One line in one year: what it may bear (``None``: there is no such line), what is committed on it."""

    vote: Montant | None = None
    engage: Montant = RIEN

    @property
    def reste(self) -> Montant:
        """What may still be committed."""
        return (self.vote or RIEN) - self.engage


def _budget(
    lu: tuple[BudgetVote | LigneVotee, ...], fait: BudgetVote | LigneVotee
) -> tuple[BudgetVote | LigneVotee, ...]:
    return (*lu, fait)


def _compte(
    lu: Compte, fait: LigneVotee | LigneAmendee | EngagementPris | EngagementSolde | EngagementLibere
) -> Compte:
    if isinstance(fait, LigneVotee | LigneAmendee):
        return attrs.evolve(lu, vote=fait.montant)
    avant = RIEN if isinstance(fait, EngagementPris) else fait.avant
    apres = RIEN if isinstance(fait, EngagementLibere) else fait.montant
    return attrs.evolve(lu, engage=lu.engage - avant + apres)


budget_de = Lecture[tuple[BudgetVote | LigneVotee, ...]]("finances.budget", (), _budget)
compte_de = Lecture[Compte]("finances.compte", Compte(), _compte)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit_budget(c: VoterBudget, _: Contexte) -> Lot[tuple[tuple[BudgetVote | LigneVotee, ...]]]:
    return lire(budget_de(mots.exercice(c.exercice)))


def _voter(c: VoterBudget, etats: tuple[tuple[BudgetVote | LigneVotee, ...]], _: Contexte) -> Issue:
    lignes = (LigneVotee(exercice=c.exercice, ligne=LigneId(dite.ligne), montant=dite.montant) for dite in c.lignes)
    faits: tuple[BudgetVote | LigneVotee, ...] = (BudgetVote(exercice=c.exercice, du=c.du, au=c.au), *lignes)
    if etats[0]:
        return () if etats[0] == faits else BudgetDejaVote(exercice=c.exercice)
    return faits


def _amender(c: AmenderLigne, etats: tuple[Compte], _: Contexte) -> Issue:
    compte = etats[0]
    if compte.vote == c.montant:
        return ()
    if c.montant < compte.engage:
        return SousLEngage(exercice=c.exercice, ligne=c.ligne, engage=compte.engage, montant=c.montant)
    return [LigneAmendee(exercice=c.exercice, ligne=c.ligne, montant=c.montant, motif=c.motif)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneBudget:
    """One line of one year: what was voted, amendments included, what is committed, what is left."""

    exercice: ExerciceId
    ligne: LigneId
    vote: Montant = attrs.field(metadata={"libelle": "voté"})
    engage: Montant = attrs.field(default=RIEN, metadata={"libelle": "engagé"})
    reste: Montant = RIEN


def _tenir(
    lignes: dict[tuple[ExerciceId, LigneId], LigneBudget],
    fait: LigneVotee | LigneAmendee | EngagementPris | EngagementSolde | EngagementLibere,
    _: Note,
) -> None:
    cle = fait.exercice, fait.ligne
    avant = lignes.get(cle)
    compte = _compte(Compte() if avant is None else Compte(avant.vote, avant.engage), fait)
    lignes[cle] = LigneBudget(fait.exercice, fait.ligne, compte.vote or RIEN, compte.engage, compte.reste)


FAITS = (BudgetVote, LigneVotee, LigneAmendee)
DEMANDES = (
    Demande(VoterBudget, SEULES, _lit_budget, _voter),
    Demande(AmenderLigne, SEULES, lambda c, _: lire(compte_de(mots.compte(c.ligne, c.exercice))), _amender),
)
REFUS = (BudgetDejaVote, SousLEngage)
REGISTRES = (Registre("budget", LigneBudget, _tenir, titre="Budget, ligne par ligne"),)
IDENTIFIANTS = (Identifiant(ExerciceId, BudgetVote), Identifiant(LigneId, LigneVotee, aussi=(LigneAmendee,)))
