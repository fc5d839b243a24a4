"""Tâches: proposed by the régie, once or every so often; taken by whoever wants, given back, done, or missed."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT, jour_de
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.moyens.entretien import Rythme
from tierslieu_core.domaines.moyens.entretien.entretiens import Unite, faute_de_rythme
from tierslieu_core.domaines.moyens.logistique.tache import (
    LIBRES,
    REGIE,
    VIE,
    Fait,
    Ouverte,
    TacheFaite,
    TacheManquee,
    TachePrise,
    TacheProposee,
    TacheRendue,
    TacheRetiree,
    tache_de,
)
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    Refus,
    Registre,
    Suite,
    champ,
    commande,
    nouveau,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, TacheId, connu, espace, tache
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import matin
from tierslieu_core.vocabulaire.vie import vers

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("logistique.ProposerTache")
class ProposerTache:
    """Proposer une tâche à qui voudra, pour un jour, une fois ou à un rythme dit."""

    tache: TacheId = nouveau("tâche, en un mot, comme « arroser-1 »")
    nom: str = champ("ce qu'il y a à faire, sans rien de personnel")
    pour_le: Date = champ("pour quel jour, au plus tard")
    espace: EspaceId | None = champ("où", default=None)
    tous_les: int | None = champ("revient tous les (un nombre)", default=None)
    unite: Unite = champ("jours, semaines, mois ou ans", default="semaines")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        found = [] if self.nom.strip() else [("nom", "quelques mots, comme « arroser les plantes »")]
        return found if self.tous_les is None else [*found, *faute_de_rythme(self.tous_les, self.unite, self.pour_le)]


@commande("logistique.PrendreTache")
class PrendreTache:
    """Prendre une tâche : vous la ferez."""

    tache: TacheId


@commande("logistique.RendreTache")
class RendreTache:
    """Rendre une tâche que l'on avait prise : un autre peut la prendre."""

    tache: TacheId


@commande("logistique.FaireTache")
class FaireTache:
    """Dire qu'une tâche est faite, par vous."""

    tache: TacheId


@commande("logistique.ManquerTache")
class ManquerTache:
    """Constater qu'une tâche n'a pas été faite à temps."""

    tache: TacheId


@commande("logistique.RetirerTache")
class RetirerTache:
    """Retirer une tâche qui n'est plus à faire ; si elle revenait, elle ne revient plus."""

    tache: TacheId
    motif: Personnel = personnel("motif", qui="par", conservation="tache")


@commande("logistique.CorrigerTache")
class CorrigerTache:
    """Corriger le dernier fait d'une tâche, enregistré par erreur."""

    tache: TacheId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "logistique.TachePasACetteEtape",
    "« {tache} » est {etat} : cela ne se fait plus d'elle.",
    "Voyez celles qui sont à prendre : tierslieu registre taches ; si c'était une erreur, corrigez-la"
    " (logistique.CorrigerTache).",
)
class TachePasACetteEtape(Refus):
    tache: TacheId
    etat: str


@refus(
    "logistique.TacheDUnAutre",
    "« {tache} » est prise par {personne}.",
    "Voyez avec cette personne, qui peut la rendre (logistique.RendreTache), ou avec la régie, qui peut le faire pour"
    " elle.",
)
class TacheDUnAutre(Refus):
    tache: TacheId
    personne: PersonneId


@refus(
    "logistique.TacheDejaProposee",
    "Il y a déjà une tâche « {tache} ».",
    "Prenez un autre identifiant ; pour la dire autrement, retirez-la d'abord (logistique.RetirerTache).",
)
class TacheDejaProposee(Refus):
    tache: TacheId


@refus(
    "logistique.PasEncoreManquee",
    "« {tache} » est à faire pour le {pour_le} : ce jour n'est pas passé.",
    "Attendez le lendemain, ou retirez-la si elle n'est plus à faire (logistique.RetirerTache).",
)
class PasEncoreManquee(Refus):
    tache: TacheId
    pour_le: Date


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None]
Suivie = TachePrise | TacheRendue | TacheFaite | TacheManquee | TacheRetiree
"""All that is said of a task once it is proposed: a proposal is not unsaid, the task is withdrawn."""
Sur = ProposerTache | PrendreTache | RendreTache | FaireTache | ManquerTache | RetirerTache


def _lit(c: Sur, _: Contexte) -> Lot[Etats]:
    return lire(tache_de(tache(c.tache)))


def _proposer(c: ProposerTache, etats: Etats, _: Contexte) -> Issue:
    rythme = None if c.tous_les is None else Rythme(nombre=c.tous_les, unite=c.unite)
    proposee = TacheProposee(tache=c.tache, nom=c.nom, espace=c.espace, pour_le=c.pour_le, rythme=rythme)
    if etats[0] is None:
        return [proposee]
    return () if etats[0] == proposee else TacheDejaProposee(tache=c.tache)


def _ouverte(fait: Fait | None, nature: type) -> Ouverte | TachePasACetteEtape:
    ici: Fait = connu(fait)
    if VIE.permet(nature, ici) and isinstance(ici, Ouverte):
        return ici
    return TachePasACetteEtape(tache=ici.tache, etat=VIE.mot(ici))


def _prendre(c: PrendreTache, etats: Etats, x: Contexte) -> Issue:
    if isinstance(etats[0], TachePrise):
        return () if _sienne(etats[0], x) else TacheDUnAutre(tache=c.tache, personne=etats[0].personne)
    fait = _ouverte(etats[0], TachePrise)
    return fait if isinstance(fait, Refus) else [vers(TachePrise, fait, personne=PersonneId(x.par))]


def _mesure(c: PrendreTache, etats: Etats, x: Contexte) -> Mesures:
    """What the rules that name it (``prendre_tache``) judge."""
    fait: Fait = connu(etats[0])
    lieux = (tache(c.tache),) if fait.espace is None else (tache(c.tache), espace(fait.espace))
    return Mesures(
        action="prendre_tache", nommee=True, personne=PersonneId(x.par), lieux=lieux, jour=fait.pour_le,
        demande_le=x.survenu_le,
    )  # fmt: skip


def _rendre(c: RendreTache, etats: Etats, x: Contexte) -> Issue:
    if isinstance(etats[0], LIBRES):
        return ()
    fait = _ouverte(etats[0], TacheRendue)
    if isinstance(fait, Refus):
        return fait
    return _d_un_autre(c.tache, fait, x) or [vers(TacheRendue, fait)]


def _faire(c: FaireTache, etats: Etats, x: Contexte) -> Issue:
    if isinstance(etats[0], TacheFaite):
        return ()
    fait = _ouverte(etats[0], TacheFaite)
    if isinstance(fait, Refus):
        return fait
    qui = fait.personne if isinstance(fait, TachePrise) else PersonneId(x.par)
    return _d_un_autre(c.tache, fait, x) or [vers(TacheFaite, fait, personne=qui, le=x.aujourdhui)]


def _d_un_autre(laquelle: TacheId, fait: Ouverte, x: Contexte) -> TacheDUnAutre | None:
    """That somebody else took it; the régie may speak for them."""
    if not isinstance(fait, TachePrise) or _sienne(fait, x):
        return None
    ou = "" if fait.espace is None else espace(fait.espace)
    if any(x.livre.mandats.tient(x.par, role, ou, jour_de(x)) for role in REGIE):
        return None
    return TacheDUnAutre(tache=laquelle, personne=fait.personne)


def _sienne(fait: TachePrise, x: Contexte) -> bool:
    return fait.personne in identifiants(PersonneId(x.par), x)


def _manquer(c: ManquerTache, etats: Etats, x: Contexte) -> Issue:
    if isinstance(etats[0], TacheManquee):
        return ()
    fait = _ouverte(etats[0], TacheManquee)
    if isinstance(fait, Refus):
        return fait
    passee = fait.pour_le < x.aujourdhui
    return (
        [vers(TacheManquee, fait, le=x.aujourdhui)] if passee else PasEncoreManquee(tache=c.tache, pour_le=fait.pour_le)
    )


def _retirer(c: RetirerTache, etats: Etats, _: Contexte) -> Issue:
    if isinstance(etats[0], TacheRetiree):
        return ()
    fait = _ouverte(etats[0], TacheRetiree)
    return fait if isinstance(fait, Refus) else [vers(TacheRetiree, fait, motif=c.motif)]


# ── ce qui suit : ce qui revient est proposé à nouveau ──────────────────────────────────────────────────────────────


def _revient(fait: TacheFaite | TacheManquee) -> Iterator[ProposerTache]:
    """Its next day; of those that went by unseen, none is proposed."""
    if fait.rythme is None:
        return
    pour_le = fait.rythme.apres(fait.pour_le)
    while pour_le < fait.le:
        pour_le = fait.rythme.apres(pour_le)
    racine = fait.tache.partition("~")[0]
    yield ProposerTache(
        tache=TacheId(f"{racine}~{pour_le.format_iso()}"), nom=fait.nom, espace=fait.espace, pour_le=pour_le,
        tous_les=fait.rythme.nombre, unite=fait.rythme.unite,
    )  # fmt: skip


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneTache:
    """``etat``: à prendre, prise, faite, manquée, retirée; ``personne``: who has it, or did it."""

    tache: TacheId
    nom: str
    espace: EspaceId | None
    pour_le: Date
    etat: str
    personne: PersonneId | None
    rythme: Rythme | None


def _tenir(lignes: dict[TacheId, LigneTache], fait: Fait, _: Note) -> None:
    personne = fait.personne if isinstance(fait, TachePrise | TacheFaite) else None
    rythme = None if isinstance(fait, TacheRetiree) else fait.rythme
    lignes[fait.tache] = LigneTache(fait.tache, fait.nom, fait.espace, fait.pour_le, VIE.mot(fait), personne, rythme)


def _dues(ligne: LigneTache, x: Contexte) -> Iterator[Due]:
    """The morning after its day, it is missed; until then, whoever took it, or anyone, may do it."""
    if ligne.etat in {"à prendre", "prise"}:
        phrase = "{nom}[, {espace}], pour le {pour_le}[ : {personne} s'en charge] ; sans cela, elle sera dite manquée"
        quand = matin(ligne.pour_le.next_day(), x.livre.zone)
        yield Due(quand, tache(ligne.tache), phrase, ManquerTache(tache=ligne.tache), avant="{personne}")


def _dernier(_: Read | None, fait: Suivie, note: Note) -> Read | None:
    return fait, note


dernier_fait = Lecture[Read | None]("logistique.dernier_fait", None, _dernier, dernier=True, notes=True)

DEMANDES = (
    Demande(ProposerTache, REGIE, _lit, _proposer),
    Demande(PrendreTache, frozenset({INSCRIT}), _lit, _prendre, _mesure),
    Demande(RendreTache, frozenset({INSCRIT}), _lit, _rendre),
    Demande(FaireTache, frozenset({INSCRIT}), _lit, _faire),
    Demande(ManquerTache, REGIE, _lit, _manquer),
    Demande(RetirerTache, REGIE, _lit, _retirer),
    correction(CorrigerTache, REGIE, dernier_fait, lambda c: tache(c.tache)),
)
REFUS = (TachePasACetteEtape, TacheDUnAutre, TacheDejaProposee, PasEncoreManquee)
REGISTRES = (Registre("taches", LigneTache, _tenir, titre="Tâches", index=("personne", "etat")),)
SUITES = (Suite("tache_revient", TacheFaite, _revient), Suite("tache_revient", TacheManquee, _revient))
ECHEANCES = (Echeance("logistique.taches", "Tâches à faire", "taches", _dues),)
TRANSMISSIONS = (
    Transmission(
        "Les tâches ouvertes",
        "taches",
        "{nom}[, {espace}], pour le {pour_le}[, {rythme}][ : {personne} s'en charge]",
        lambda ligne, _: ligne.etat in {"à prendre", "prise"},
    ),
)
