"""Invitation: a training that would help somebody is named to them; they wait for a session, then take a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.domaines.personnes.formations import formation
from tierslieu_core.domaines.personnes.formations.habilitation import FORMATEURS
from tierslieu_core.domaines.personnes.formations.session import InscriptionPrise, PlaceAttendue, SessionTenue
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    commande,
    evenement,
    personnel,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import FormationId, PersonneId
from tierslieu_core.vocabulaire.identifiants import formation as de_formation

RELANCE_JOURS = 14
"""How long an invitation may go without a place taken before somebody is told, unless the place has set otherwise."""


def _par_personne(laquelle: FormationId, qui: PersonneId) -> str:
    return f"{de_formation(laquelle)}@{qui}"


# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("formations.PersonneInvitee", "On invite {personne} à une formation : {formation}")
class PersonneInvitee:
    formation: FormationId
    personne: PersonneId

    def etiquettes(self) -> Iterable[str]:
        return (_par_personne(self.formation, self.personne),)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("formations.InviterFormation")
class InviterFormation:
    """Inviter une personne à une formation ; elle s'inscrit à la session qui lui convient."""

    formation: FormationId
    personne: PersonneId


@commande("formations.CorrigerInvitation")
class CorrigerInvitation:
    """Corriger une invitation enregistrée par erreur."""

    formation: FormationId
    personne: PersonneId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── lectures, décision ──────────────────────────────────────────────────────────────────────────────────────────────


def _invitee(_: bool, __: PersonneInvitee) -> bool:  # noqa: FBT001 - a fold
    return True


def _dernier(_: Read | None, fait: PersonneInvitee, note: Note) -> Read | None:
    return fait, note


invitee = Lecture[bool]("formations.invitee", False, _invitee, dernier=True)  # noqa: FBT003 - nobody is, at first
dernier_fait = Lecture[Read | None]("formations.dernier_fait_invitation", None, _dernier, dernier=True, notes=True)


def _lit(c: InviterFormation, _: Contexte) -> Lot[tuple[bool, formation.Fait | None]]:
    return lire(invitee(_par_personne(c.formation, c.personne)), formation.formation_de(de_formation(c.formation)))


def _inviter(c: InviterFormation, etats: tuple[bool, formation.Fait | None], _: Contexte) -> Issue:
    deja, donnee = etats
    if deja:
        return ()
    f = formation.proposee(c.formation, donnee)
    return f if isinstance(f, Refus) else [PersonneInvitee(formation=c.formation, personne=c.personne)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneInvitation:
    """``etat``: invitée, then inscrite once they took or wait for a place, formée once they came."""

    formation: FormationId
    personne: PersonneId
    le: Date
    etat: str = "invitée"


def _tenir(
    lignes: dict[tuple[FormationId, PersonneId], LigneInvitation],
    fait: PersonneInvitee | InscriptionPrise | PlaceAttendue | SessionTenue,
    note: Note,
) -> None:
    match fait:
        case PersonneInvitee():
            le = Date.parse_iso(note.survenu_le[:10])
            lignes[fait.formation, fait.personne] = LigneInvitation(fait.formation, fait.personne, le)
        case SessionTenue():
            for qui in fait.presents:
                _devenir(lignes, (fait.formation, qui), "formée")
        case _:
            _devenir(lignes, (fait.formation, fait.personne), "inscrite")


def _devenir(lignes: dict[tuple[FormationId, PersonneId], LigneInvitation], cle: Any, etat: str) -> None:
    if cle in lignes:
        lignes[cle] = attrs.evolve(lignes[cle], etat=etat)


def _dues(ligne: LigneInvitation, x: Contexte) -> Iterator[Due]:
    if ligne.etat == "invitée":
        quand = rappel(ligne.le.add(days=RELANCE_JOURS), x, action="inviter", jours=0)
        phrase = "{personne}, invitée le {le} : {formation} ; lui proposer une session"
        yield Due(quand, _par_personne(ligne.formation, ligne.personne), phrase)


# ── le mot ──────────────────────────────────────────────────────────────────────────────────────────────────────────

FAITS = (PersonneInvitee,)
DEMANDES: tuple[Demande[Any, Any], ...] = (
    Demande(InviterFormation, FORMATEURS, _lit, _inviter),
    correction(CorrigerInvitation, FORMATEURS, dernier_fait, lambda c: _par_personne(c.formation, c.personne)),
)
REGISTRES = (Registre("invitations", LigneInvitation, _tenir, titre="Invitations à se former", index=("personne",)),)
ECHEANCES = (Echeance("formations.invitation", "Invitations sans suite", "invitations", _dues),)
