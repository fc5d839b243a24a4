"""Formation: what the place teaches, the needs it answers, and the habilitation that it leads to, for how long."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.personnes.formations.habilitation import FORMATEURS, compter
from tierslieu_core.kernel.corrections import Read
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
from tierslieu_core.vocabulaire.identifiants import BesoinId, FormationId
from tierslieu_core.vocabulaire.identifiants import formation as etiquette
from tierslieu_core.vocabulaire.vie import vers

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("formations.FormationProposee", "Le lieu propose une formation : {nom}[, qui habilite : {habilitation}]")
class FormationProposee:
    """``habilitation``: what it leads to, ``""`` for none; it then holds so many months and days, all told."""

    formation: FormationId
    nom: str
    enseigne: str
    habilitation: str
    validite_mois: int
    validite_jours: int
    pratique_jours: int | None
    besoins: tuple[BesoinId, ...]

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.formation),)


@evenement("formations.FormationRetiree", "Le lieu ne propose plus la formation : {nom} ({motif})")
class FormationRetiree:
    formation: FormationId
    nom: str
    enseigne: str
    habilitation: str
    validite_mois: int
    validite_jours: int
    pratique_jours: int | None
    besoins: tuple[BesoinId, ...]
    motif: Personnel = personnel(qui="par", conservation="formation")

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.formation),)


Fait = FormationProposee | FormationRetiree

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("formations.ProposerFormation")
class ProposerFormation:
    """Proposer une formation : ce qu'elle enseigne, l'habilitation qu'elle donne et pour combien de temps."""

    formation: FormationId = nouveau("formation, en un mot")
    nom: str = champ("nom")
    enseigne: str = champ("ce qu'elle enseigne", default="")
    habilitation: str = champ("l'habilitation qu'elle donne", default="")
    validite_mois: int = champ("l'habilitation vaut (mois) ; 0 : sans terme", unite="mois", default=0)
    validite_jours: int = champ("et tant de jours", unite="jours", default=0)
    pratique_jours: int | None = champ("elle s'éteint après tant de jours sans pratique", unite="jours", default=None)
    besoins: tuple[BesoinId, ...] = champ("besoins auxquels elle répond", default=())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        dits = (("validite_mois", self.validite_mois), ("validite_jours", self.validite_jours))
        found = [f for nom, n in dits if n for f in compter(nom, n)]
        sans = not self.habilitation and (self.validite_mois or self.validite_jours or self.pratique_jours is not None)
        if sans:
            found.append(("habilitation", "dites laquelle : une durée ne vaut que pour l'habilitation donnée"))
        return found + compter("pratique_jours", self.pratique_jours)


@commande("formations.RetirerFormation")
class RetirerFormation:
    """Ne plus proposer une formation ; les sessions déjà programmées ont lieu."""

    formation: FormationId
    motif: Personnel = personnel("motif", qui="par", conservation="formation")


@commande("formations.CorrigerFormation")
class CorrigerFormation:
    """Corriger le dernier fait d'une formation, enregistré par erreur."""

    formation: FormationId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "formations.FormationAbsente",
    "Le lieu ne propose pas, ou plus, cette formation : {formation}.",
    "Celles qu'il propose : tierslieu registre formations ; pour la proposer : formations.ProposerFormation.",
)
class FormationAbsente(Refus):
    formation: str


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _formation(_: Fait | None, fait: FormationProposee | FormationRetiree) -> Fait | None:
    return fait


def _dernier(_: Read | None, fait: FormationProposee | FormationRetiree, note: Note) -> Read | None:
    return fait, note


formation_de = Lecture[Fait | None]("formations.formation", None, _formation, dernier=True)
dernier_fait = Lecture[Read | None]("formations.dernier_fait_formation", None, _dernier, dernier=True, notes=True)


def proposee(laquelle: FormationId, f: Fait | None) -> FormationProposee | Refus:
    """The training, if the place still gives it."""
    return f if isinstance(f, FormationProposee) else FormationAbsente(formation=f.nom if f else laquelle)


def terme(f: Fait, du: Date) -> Date | None:
    """The last day of the habilitation that it gives from a day on; ``None`` without end."""
    if not f.validite_mois and not f.validite_jours:
        return None
    return du.add(months=f.validite_mois, days=f.validite_jours - 1)


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit(c: ProposerFormation | RetirerFormation, _: Contexte) -> Lot[tuple[Fait | None]]:
    return lire(formation_de(etiquette(c.formation)))


def _proposer(c: ProposerFormation, etats: tuple[Fait | None], _: Contexte) -> Issue:
    dite = vers(FormationProposee, c)
    return () if etats[0] == dite else [dite]


def _retirer(c: RetirerFormation, etats: tuple[Fait | None], _: Contexte) -> Issue:
    if isinstance(etats[0], FormationRetiree):
        return ()
    f = proposee(c.formation, etats[0])
    return f if isinstance(f, Refus) else [vers(FormationRetiree, f, motif=c.motif)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneFormation:
    """``etat``: proposée or retirée."""

    formation: FormationId
    nom: str
    enseigne: str
    habilitation: str
    validite_mois: int
    validite_jours: int
    pratique_jours: int | None
    besoins: tuple[BesoinId, ...]
    etat: str = "proposée"


def _tenir(lignes: dict[FormationId, LigneFormation], fait: FormationProposee | FormationRetiree, _: Note) -> None:
    etat = "retirée" if isinstance(fait, FormationRetiree) else "proposée"
    lignes[fait.formation] = vers(LigneFormation, fait, etat=etat)


# ── le mot ──────────────────────────────────────────────────────────────────────────────────────────────────────────

FAITS = (FormationProposee, FormationRetiree)
DEMANDES: tuple[Demande[Any, Any], ...] = (
    Demande(ProposerFormation, FORMATEURS, _lit, _proposer),
    Demande(RetirerFormation, FORMATEURS, _lit, _retirer),
    correction(CorrigerFormation, FORMATEURS, dernier_fait, lambda c: etiquette(c.formation)),
)
REFUS = (FormationAbsente,)
REGISTRES = (Registre("formations", LigneFormation, _tenir, titre="Formations que le lieu propose"),)
IDENTIFIANTS = (Identifiant(FormationId, FormationProposee, (FormationProposee,)),)
