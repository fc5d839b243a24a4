"""Mise en relation (D6): proposed by the place, made once both accept; who declined is told to nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.rappels import rappel
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
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import MiseEnRelationId, PersonneId, ThemeId, depuis_cle
from tierslieu_core.vocabulaire.identifiants import mise_en_relation as etiquette
from tierslieu_core.vocabulaire.temps import matin
from tierslieu_core.vocabulaire.vie import vers

Donne = Literal["rencontre", "collaboration", "rien"]
REPONDRE_JOURS, NOUVELLES_JOURS = 15, 30
"""How long both have to answer, unless the demand says; when, after an introduction, somebody asks what came of it: a
place may ask earlier (``rappel_echeance``)."""

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


def paire(une: PersonneId, autre: PersonneId) -> str:
    """The tag of two people, whoever is named first."""
    return f"paire:{'+'.join(sorted((une, autre)))}"


def _etiquettes(fait: Fait) -> Iterable[str]:
    return etiquette(fait.mise), paire(fait.personne, fait.avec)


@evenement("rencontres.MiseProposee", "Une mise en relation est proposée : {personne} et {avec}[, sur {theme}]")
class MiseProposee:
    mise: MiseEnRelationId
    personne: PersonneId
    avec: PersonneId
    theme: ThemeId | None
    jusqu_au: Date = champ("réponse attendue jusqu'au")
    accords: tuple[PersonneId, ...] = champ("qui l'accepte déjà")

    etiquettes = _etiquettes


@evenement("rencontres.MiseAcceptee", "Mise en relation de {personne} et {avec} : un accord de plus, la réponse manque")
class MiseAcceptee:
    mise: MiseEnRelationId
    personne: PersonneId
    avec: PersonneId
    theme: ThemeId | None
    jusqu_au: Date
    accords: tuple[PersonneId, ...]

    etiquettes = _etiquettes


@evenement("rencontres.MiseFaite", "{personne} et {avec} sont mis en relation[, sur {theme}]")
class MiseFaite:
    mise: MiseEnRelationId
    personne: PersonneId
    avec: PersonneId
    theme: ThemeId | None

    etiquettes = _etiquettes


@evenement("rencontres.MiseSansSuite", "La mise en relation de {personne} et {avec} n'aura pas lieu")
class MiseSansSuite:
    """Declined, or unanswered: it does not say by whom."""

    mise: MiseEnRelationId
    personne: PersonneId
    avec: PersonneId
    theme: ThemeId | None

    etiquettes = _etiquettes


@evenement("rencontres.MiseSuivie", "Ce qu'a donné la mise en relation de {personne} et {avec} : {issue}[ ({recit})]")
class MiseSuivie:
    mise: MiseEnRelationId
    personne: PersonneId
    avec: PersonneId
    theme: ThemeId | None
    issue: Donne
    recit: Personnel | None = personnel(qui="par", conservation="rencontre")

    etiquettes = _etiquettes


Fait = MiseProposee | MiseAcceptee | MiseFaite | MiseSansSuite | MiseSuivie
Ouverte = MiseProposee | MiseAcceptee

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("rencontres.ProposerMise")
class ProposerMise:
    """Proposer à deux personnes de les mettre en relation ; elle se fait quand les deux l'acceptent."""

    personne: PersonneId
    avec: PersonneId = champ("avec qui")
    theme: ThemeId | None = champ("sur quoi", default=None)
    jusqu_au: Date | None = champ("réponse attendue jusqu'au ; sinon dans quinze jours", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [("avec", "doit être une autre personne")] if self.personne == self.avec else []


@commande("rencontres.AccepterMise")
class AccepterMise:
    """Accepter une mise en relation qui vous est proposée."""

    mise: MiseEnRelationId
    personne: PersonneId


@commande("rencontres.DeclinerMise")
class DeclinerMise:
    """Décliner une mise en relation qui vous est proposée : elle n'aura pas lieu, et le lieu ne dit pas pourquoi."""

    mise: MiseEnRelationId
    personne: PersonneId


@commande("rencontres.ClasserMise")
class ClasserMise:
    """Classer une mise en relation restée sans réponse au-delà de sa date."""

    mise: MiseEnRelationId


@commande("rencontres.SuivreMise")
class SuivreMise:
    """Dire ce qu'une mise en relation a donné."""

    mise: MiseEnRelationId
    issue: Donne = champ("ce qu'elle a donné")
    recit: Personnel | None = personnel("en quelques mots", qui="par", conservation="rencontre", default=None)


@commande("rencontres.CorrigerMise")
class CorrigerMise:
    """Corriger le dernier fait d'une mise en relation, enregistré par erreur."""

    mise: MiseEnRelationId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "rencontres.MiseDejaProposee",
    "{personne} et {avec} ont déjà une mise en relation qui attend leur réponse, jusqu'au {jusqu_au}.",
    "Attendez leur réponse.",
)
class MiseDejaProposee(Refus):
    personne: PersonneId
    avec: PersonneId
    jusqu_au: Date


@refus(
    "rencontres.MemePersonne",
    "{personne} et {avec} sont la même personne, inscrite deux fois.",
    "Choisissez quelqu'un d'autre.",
)
class MemePersonne(Refus):
    personne: PersonneId
    avec: PersonneId


@refus(
    "rencontres.PasSaMise",
    "Cette mise en relation n'est pas proposée à {personne}.",
    "Chacun ne répond que de ce qui lui est proposé.",
)
class PasSaMise(Refus):
    personne: PersonneId


@refus(
    "rencontres.MiseClose",
    "Cette mise en relation n'attend plus de réponse.",
    "Voyez ce qu'elle est devenue : tierslieu registre mises.",
)
class MiseClose(Refus):
    pass


@refus(
    "rencontres.MisePasFaite",
    "{personne} et {avec} n'ont pas été mis en relation : il n'y a rien à en dire.",
    "Attendez que les deux l'acceptent.",
)
class MisePasFaite(Refus):
    personne: PersonneId
    avec: PersonneId


@refus(
    "rencontres.ReponseEncorePossible",
    "{personne} et {avec} peuvent répondre jusqu'au {jusqu_au}.",
    "Attendez cette date.",
)
class ReponseEncorePossible(Refus):
    personne: PersonneId
    avec: PersonneId
    jusqu_au: Date


@refus(
    "rencontres.MiseAbsente",
    "Cette mise en relation fut enregistrée par erreur : il n'y a plus rien à y répondre.",
    "Proposez-la à nouveau (rencontres.ProposerMise).",
)
class MiseAbsente(Refus):
    pass


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _mise(_: Fait | None, fait: MiseProposee | MiseAcceptee | MiseFaite | MiseSansSuite | MiseSuivie) -> Fait | None:
    return fait


def _dernier(
    _: Read | None, fait: MiseProposee | MiseAcceptee | MiseFaite | MiseSansSuite | MiseSuivie, note: Note
) -> Read | None:
    return fait, note


mise_de = Lecture[Fait | None]("rencontres.mise", None, _mise, dernier=True)
dernier_fait = Lecture[Read | None]("rencontres.dernier_fait", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None]


def _lit(c: Any, _: Contexte) -> Lot[Etats]:
    return lire(mise_de(etiquette(c.mise)))


def _tombee(m: Ouverte, x: Contexte) -> bool:
    return m.jusqu_au < x.aujourdhui


def _proposer(c: ProposerMise, etats: Etats, x: Contexte) -> Issue:
    m = etats[0]
    if c.avec in identifiants(c.personne, x):
        return MemePersonne(personne=c.personne, avec=c.avec)
    if isinstance(m, Ouverte) and not _tombee(m, x):
        meme = {c.personne, c.avec, c.theme} == {m.personne, m.avec, m.theme}
        return () if meme else MiseDejaProposee(personne=m.personne, avec=m.avec, jusqu_au=m.jusqu_au)
    jusqu_au = c.jusqu_au or x.aujourdhui.add(days=REPONDRE_JOURS)
    mise = MiseEnRelationId(depuis_cle(x.cle))
    return [vers(MiseProposee, c, mise=mise, jusqu_au=jusqu_au, accords=())]


def _proposee_a(qui: PersonneId, m: Fait | None) -> Fait | Refus:
    """The introduction, if it is theirs to answer."""
    if m is None:
        return MiseAbsente()
    return m if qui in (m.personne, m.avec) else PasSaMise(personne=qui)


def _accepter(c: AccepterMise, etats: Etats, x: Contexte) -> Issue:
    m = _proposee_a(c.personne, etats[0])
    if isinstance(m, Refus):
        return m
    if isinstance(m, MiseFaite) or (isinstance(m, Ouverte) and c.personne in m.accords):
        return ()
    if not isinstance(m, Ouverte) or _tombee(m, x):
        return MiseClose()
    return [vers(MiseFaite, m)] if m.accords else [vers(MiseAcceptee, m, accords=(c.personne,))]


def _decliner(c: DeclinerMise, etats: Etats, _: Contexte) -> Issue:
    m = _proposee_a(c.personne, etats[0])
    if isinstance(m, Refus):
        return m
    if isinstance(m, MiseSansSuite):
        return ()
    return [vers(MiseSansSuite, m)] if isinstance(m, Ouverte) else MiseClose()


def _classer(_: ClasserMise, etats: Etats, x: Contexte) -> Issue:
    m = etats[0]
    if not isinstance(m, Ouverte):
        return ()
    if not _tombee(m, x):
        return ReponseEncorePossible(personne=m.personne, avec=m.avec, jusqu_au=m.jusqu_au)
    return [vers(MiseSansSuite, m)]


def _suivre(c: SuivreMise, etats: Etats, _: Contexte) -> Issue:
    m = etats[0]
    if m is None:
        return MiseAbsente()
    if isinstance(m, MiseSuivie) and m.issue == c.issue and c.recit is None:
        return ()
    if isinstance(m, MiseFaite | MiseSuivie):
        return [vers(MiseSuivie, m, issue=c.issue, recit=c.recit)]
    return MisePasFaite(personne=m.personne, avec=m.avec)


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────

MOTS = {
    MiseProposee: "proposée", MiseAcceptee: "à moitié acceptée", MiseFaite: "faite", MiseSansSuite: "sans suite",
    MiseSuivie: "suivie",
}  # fmt: skip


@attrs.frozen
class LigneMise:
    """``etat``: proposée, à moitié acceptée, faite, sans suite, suivie; ``issue``: what it gave; ``le``: last word."""

    mise: MiseEnRelationId
    personne: PersonneId
    avec: PersonneId
    theme: ThemeId | None
    etat: str
    le: Date
    jusqu_au: Date | None = None
    issue: str = ""
    recit: Personnel | None = None


def _tenir(
    lignes: dict[MiseEnRelationId, LigneMise],
    fait: MiseProposee | MiseAcceptee | MiseFaite | MiseSansSuite | MiseSuivie,
    note: Note,
) -> None:
    lignes[fait.mise] = LigneMise(
        fait.mise, fait.personne, fait.avec, fait.theme, MOTS[type(fait)], Date.parse_iso(note.survenu_le[:10]),
        getattr(fait, "jusqu_au", None), getattr(fait, "issue", ""), getattr(fait, "recit", None),
    )  # fmt: skip


def _dues(ligne: LigneMise, x: Contexte) -> Iterator[Due]:
    chose = etiquette(ligne.mise)
    if ligne.jusqu_au is not None:
        phrase = "{personne} et {avec} : leur réponse à une mise en relation était attendue jusqu'au {jusqu_au}"
        yield Due(matin(ligne.jusqu_au.next_day(), x.livre.zone), chose, phrase, ClasserMise(mise=ligne.mise))
    elif ligne.etat == MOTS[MiseFaite]:
        quand = rappel(ligne.le.add(days=NOUVELLES_JOURS), x, action="rencontrer", jours=0)
        yield Due(quand, chose, "{personne} et {avec}, mis en relation le {le} : qu'en est-il sorti ?")


REGIE, SIENNE = frozenset({"concierge", "coordination"}), frozenset({"soi"})
FAITS = (MiseProposee, MiseAcceptee, MiseFaite, MiseSansSuite, MiseSuivie)
DEMANDES = (
    Demande(ProposerMise, REGIE, lambda c, _: lire(mise_de(paire(c.personne, c.avec))), _proposer),
    Demande(AccepterMise, SIENNE, _lit, _accepter),
    Demande(DeclinerMise, SIENNE, _lit, _decliner),
    Demande(ClasserMise, REGIE, _lit, _classer),
    Demande(SuivreMise, REGIE, _lit, _suivre),
    correction(CorrigerMise, REGIE, dernier_fait, lambda c: etiquette(c.mise)),
)
REFUS = (MiseDejaProposee, MemePersonne, PasSaMise, MiseClose, MisePasFaite, ReponseEncorePossible, MiseAbsente)
REGISTRES = (Registre("mises", LigneMise, _tenir, titre="Mises en relation", index=("personne", "avec")),)
IDENTIFIANTS = (Identifiant(MiseEnRelationId, MiseProposee),)
ECHEANCES = (Echeance("rencontres.mise", "Mises en relation", "mises", _dues),)
TRANSMISSIONS = (
    Transmission(
        "Qui vient d'être mis en relation",
        "mises",
        "{personne} et {avec}[, sur {theme}], depuis le {le}",
        lambda ligne, _: ligne.etat == MOTS[MiseFaite],
    ),
    Transmission(
        "Ce qu'ont donné les mises en relation",
        "mises",
        "{personne} et {avec}[, sur {theme}] : {issue}[ ({recit})]",
        lambda ligne, _: bool(ligne.issue),
        "appris",
    ),
)
