"""Engagements (G3): what the place binds itself to spend, never above its line; settled or released, not paid here."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date

from tierslieu_core.domaines.finances import mots
from tierslieu_core.domaines.finances.budget import Compte, compte_de
from tierslieu_core.domaines.finances.engage import Engagement, EngagementLibere, EngagementPris, EngagementSolde
from tierslieu_core.domaines.finances.mots import SEULES, EngagementId, ExerciceId, LigneId
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
    nouveau,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId, connu
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.montant import RIEN, Montant
from tierslieu_core.vocabulaire.temps import matin
from tierslieu_core.vocabulaire.vie import DEBUT, Cycle, vers

VIE = Cycle(
    mots={EngagementPris: "pris", EngagementSolde: "soldé", EngagementLibere: "libéré"},
    apres={
        EngagementPris: (DEBUT, EngagementLibere),
        EngagementSolde: (EngagementPris, EngagementSolde),
        EngagementLibere: (EngagementPris, EngagementSolde),
    },
)
"""What was settled may be settled again for what it really came to; nothing is corrected, it is said anew."""

# ── commandes (leurs faits sont dans « engage ») ────────────────────────────────────────────────────────────────────


@commande("finances.PrendreEngagement")
class PrendreEngagement:
    """Engager une dépense sur une ligne du budget ; ou reprendre un engagement libéré."""

    engagement: EngagementId = nouveau("engagement, en un mot")
    exercice: ExerciceId
    ligne: LigneId
    objet: str = champ("ce que l'on engage, sans nommer personne")
    montant: Montant
    jusqu_au: Date | None = champ("quand il faudra l'avoir soldé ou libéré", default=None)


@commande("finances.SolderEngagement")
class SolderEngagement:
    """Solder un engagement pour ce qu'il a coûté ; ou le solder à nouveau, si l'on s'était trompé."""

    engagement: EngagementId
    montant: Montant = champ("ce qu'il a coûté")
    piece: str = champ("numéro de la pièce dans le logiciel de comptabilité", default="")


@commande("finances.LibererEngagement")
class LibererEngagement:
    """Libérer un engagement : la dépense ne se fera pas, ou plus."""

    engagement: EngagementId
    motif: Personnel = personnel("motif", qui="par", conservation="finances")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "finances.LigneDepassee",
    "Budget {exercice}, {ligne} : il reste {reste} sur {vote} votés, et il faudrait {montant}.",
    "Engagez moins, libérez un autre engagement, ou amendez d'abord la ligne (finances.AmenderLigne).",
)
class LigneDepassee(Refus):
    exercice: ExerciceId
    ligne: LigneId
    vote: Montant
    reste: Montant
    montant: Montant


@refus(
    "finances.LigneNonVotee",
    "Le budget {exercice} n'a pas de ligne {ligne}.",
    "Voyez-les : tierslieu --finances registre budget ; ou ouvrez-la (finances.AmenderLigne).",
)
class LigneNonVotee(Refus):
    exercice: ExerciceId
    ligne: LigneId


@refus(
    "finances.EngagementPasLa",
    "{objet} : cet engagement est {etat}.",
    "Un engagement pris se solde ou se libère ; libéré, il se prend à nouveau. Voyez : tierslieu --finances registre "
    "depenses.",
)
class EngagementPasLa(Refus):
    objet: str
    etat: str


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _engagement(_: Engagement | None, fait: EngagementPris | EngagementSolde | EngagementLibere) -> Engagement | None:
    return fait


engagement_de = Lecture[Engagement | None]("finances.engagement", None, _engagement, dernier=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Prendre = tuple[Engagement | None, Compte]
Solder = tuple[tuple[Engagement | None], tuple[Compte]]


def _lit(c: PrendreEngagement, _: Contexte) -> Lot[Prendre]:
    return lire(engagement_de(mots.engagement(c.engagement)), compte_de(mots.compte(c.ligne, c.exercice)))


def _lit_et_compte(c: SolderEngagement, _: Contexte) -> Lot[Solder]:
    def compte(etats: tuple[Engagement | None]) -> Lot[tuple[Compte]]:
        tenu = connu(etats[0])
        return lire(compte_de(mots.compte(tenu.ligne, tenu.exercice)))

    return lire(engagement_de(mots.engagement(c.engagement))).puis(compte)


def _prendre(c: PrendreEngagement, etats: Prendre, _: Contexte) -> Issue:
    tenu, compte = etats
    pris = vers(EngagementPris, c)
    if tenu == pris:
        return ()
    if not VIE.permet(EngagementPris, tenu):
        return EngagementPasLa(objet=connu(tenu).objet, etat=VIE.mot(tenu))
    return _au_dela(pris, compte, c.montant) or [pris]


def _mesure(c: PrendreEngagement, _: Prendre, x: Contexte) -> Mesures:
    """What the finances' own rules may judge: whole euros, those begun included, line by line if they like."""
    return Mesures(
        action="engager", personne=PersonneId(x.par), lieux=(f"categorie:{c.ligne}",), jour=x.aujourdhui,
        faits={"euros": -(-c.montant.centimes // 100)},
    )  # fmt: skip


def _solder(c: SolderEngagement, etats: Solder, _: Contexte) -> Issue:
    (tenu,), (compte,) = etats
    assert tenu is not None, "le bord l'a vérifié"  # noqa: S101 - so
    avant = _engage(tenu)
    solde = vers(EngagementSolde, tenu, montant=c.montant, avant=avant, piece=c.piece)
    if isinstance(tenu, EngagementSolde) and (tenu.montant, tenu.piece) == (c.montant, c.piece):
        return ()
    if not VIE.permet(EngagementSolde, tenu):
        return EngagementPasLa(objet=tenu.objet, etat=VIE.mot(tenu))
    sans = attrs.evolve(compte, engage=compte.engage - avant)
    return (_au_dela(tenu, sans, c.montant) if c.montant > avant else None) or [solde]


def _liberer(c: LibererEngagement, etats: tuple[Engagement | None], _: Contexte) -> Issue:
    tenu = connu(etats[0])
    if not VIE.permet(EngagementLibere, tenu):
        return ()
    return [vers(EngagementLibere, tenu, avant=_engage(tenu), motif=c.motif)]


def _engage(tenu: Engagement) -> Montant:
    """What it takes on its line."""
    return RIEN if isinstance(tenu, EngagementLibere) else tenu.montant


def _au_dela(pris: Engagement, compte: Compte, montant: Montant) -> Refus | None:
    """Why a line cannot bear so much more; ``None`` when it can."""
    if compte.vote is None:
        return LigneNonVotee(exercice=pris.exercice, ligne=pris.ligne)
    if montant <= compte.reste:
        return None
    return LigneDepassee(
        exercice=pris.exercice, ligne=pris.ligne, vote=compte.vote, reste=compte.reste, montant=montant
    )


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneEngagement:
    """``montant``: what it takes on its line now; ``etat``: pris, soldé, libéré."""

    engagement: EngagementId
    exercice: ExerciceId
    ligne: LigneId
    objet: str
    montant: Montant
    etat: str
    piece: str
    jusqu_au: Date | None


def _tenir(
    lignes: dict[EngagementId, LigneEngagement], fait: EngagementPris | EngagementSolde | EngagementLibere, _: Note
) -> None:
    piece = fait.piece if isinstance(fait, EngagementSolde) else ""
    jusqu_au = fait.jusqu_au if isinstance(fait, EngagementPris) else None
    lignes[fait.engagement] = LigneEngagement(
        fait.engagement, fait.exercice, fait.ligne, fait.objet, _engage(fait), VIE.mot(fait), piece, jusqu_au
    )


def _dues(ligne: LigneEngagement, x: Contexte) -> Iterator[Due]:
    if ligne.jusqu_au is not None:
        quand, chose = matin(ligne.jusqu_au, x.livre.zone), mots.engagement(ligne.engagement)
        yield Due(quand, chose, "{objet} : {montant} engagés sur {ligne} jusqu'au {jusqu_au} ; à solder ou à libérer")


FAITS = (EngagementPris, EngagementSolde, EngagementLibere)
DEMANDES = (
    Demande(PrendreEngagement, SEULES, _lit, _prendre, _mesure),
    Demande(SolderEngagement, SEULES, _lit_et_compte, _solder),
    Demande(LibererEngagement, SEULES, lambda c, _: lire(engagement_de(mots.engagement(c.engagement))), _liberer),
)
REFUS = (LigneDepassee, LigneNonVotee, EngagementPasLa)
REGISTRES = (Registre("depenses", LigneEngagement, _tenir, titre="Dépenses engagées"),)
IDENTIFIANTS = (Identifiant(EngagementId, EngagementPris),)
ECHEANCES = (Echeance("finances.engagement", "Engagements à solder ou à libérer", "depenses", _dues),)
