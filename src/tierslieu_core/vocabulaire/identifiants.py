"""Identifiers, and the tags by which facts are found. An identifier is opaque: never a name."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any, NewType

from whenever import Date

PersonneId = NewType("PersonneId", str)
EspaceId = NewType("EspaceId", str)
ObjetId = NewType("ObjetId", str)
ModeleId = NewType("ModeleId", str)
MandatId = NewType("MandatId", str)
RegleId = NewType("RegleId", str)
DerogationId = NewType("DerogationId", str)
ReservationId = NewType("ReservationId", str)
SerieId = NewType("SerieId", str)
AttenteId = NewType("AttenteId", str)
ReservationModeleId = NewType("ReservationModeleId", str)
PretId = NewType("PretId", str)
RecoursId = NewType("RecoursId", str)
DemarcheId = NewType("DemarcheId", str)
PropositionId = NewType("PropositionId", str)
SanctionId = NewType("SanctionId", str)
PublicId = NewType("PublicId", str)
VisiteId = NewType("VisiteId", str)
ParcoursId = NewType("ParcoursId", str)
BesoinId = NewType("BesoinId", str)
ThemeId = NewType("ThemeId", str)
MiseEnRelationId = NewType("MiseEnRelationId", str)
FormationId = NewType("FormationId", str)
SessionId = NewType("SessionId", str)
AccompagnementId = NewType("AccompagnementId", str)
OutilId = NewType("OutilId", str)
AtelierId = NewType("AtelierId", str)
ArticleId = NewType("ArticleId", str)
TacheId = NewType("TacheId", str)
ListeId = NewType("ListeId", str)
IncidentId = NewType("IncidentId", str)
TravauxId = NewType("TravauxId", str)
EntretienId = NewType("EntretienId", str)
MoyenId = NewType("MoyenId", str)
RondeId = NewType("RondeId", str)
ControleId = NewType("ControleId", str)
ActiviteId = NewType("ActiviteId", str)
ServiceId = NewType("ServiceId", str)
AxeId = NewType("AxeId", str)
PartenariatId = NewType("PartenariatId", str)
PlanId = NewType("PlanId", str)
ActionId = NewType("ActionId", str)
CanalId = NewType("CanalId", str)
PublicationId = NewType("PublicationId", str)
ActeurId = NewType("ActeurId", str)
DynamiqueId = NewType("DynamiqueId", str)
ContratId = NewType("ContratId", str)
ConventionId = NewType("ConventionId", str)
DocumentId = NewType("DocumentId", str)
EntreeId = NewType("EntreeId", str)
PassationId = NewType("PassationId", str)


def personne(qui: PersonneId) -> str:
    """All that changes what a person may do."""
    return f"personne:{qui}"


def espace(lequel: EspaceId) -> str:
    """What a space is: opened, described, closed, retired."""
    return f"espace:{lequel}"


def objet(lequel: ObjetId) -> str:
    """What an item is, and in whose hands."""
    return f"objet:{lequel}"


def modele(lequel: ModeleId) -> str:
    """What a model of items is."""
    return f"modele:{lequel}"


def reservation(laquelle: ReservationId) -> str:
    """The life of one booking."""
    return f"reservation:{laquelle}"


def serie(laquelle: SerieId) -> str:
    """The bookings made together, and what becomes of them together."""
    return f"serie:{laquelle}"


def attente(laquelle: AttenteId) -> str:
    """The life of one place in a waiting list."""
    return f"attente:{laquelle}"


def pret(lequel: PretId) -> str:
    """The life of one loan of things that are counted."""
    return f"pret:{lequel}"


def recours(lequel: RecoursId) -> str:
    """The life of one appeal."""
    return f"recours:{lequel}"


def sanction(laquelle: SanctionId) -> str:
    """The life of one measure taken of somebody: to be taken, taken, lifted."""
    return f"sanction:{laquelle}"


def decision(cle: str) -> str:
    """What becomes of one decision, known by its key: contested, answered, revised."""
    return f"decision:{cle}"


def proposition(laquelle: PropositionId) -> str:
    """The tag of a proposed rule."""
    return f"proposition:{laquelle}"


def demarche(laquelle: DemarcheId) -> str:
    """The life of one démarche."""
    return f"demarche:{laquelle}"


def reservation_modele(laquelle: ReservationModeleId) -> str:
    """The life of one reservation of a model."""
    return f"reservationmodele:{laquelle}"


def mois_du_modele(lequel: ModeleId, le: Date) -> str:
    """What is reserved of a model in one month: the bucket that reservations of items are decided in."""
    return f"modele:{lequel}@{le.format_iso()[:7]}"


def public(lequel: PublicId) -> str:
    """Whom the place speaks of when it says for whom: one of its publics."""
    return f"public:{lequel}"


def visite(laquelle: VisiteId) -> str:
    """One visit, or one first welcome."""
    return f"visite:{laquelle}"


def parcours(lequel: ParcoursId) -> str:
    """A path of steps that the place defines."""
    return f"parcours:{lequel}"


def besoin(lequel: BesoinId) -> str:
    """The life of one need: expressed, supported, answered or set aside."""
    return f"besoin:{lequel}"


def theme(lequel: ThemeId) -> str:
    """What people offer, know or look for, in a word of the place."""
    return f"theme:{lequel}"


def mise_en_relation(laquelle: MiseEnRelationId) -> str:
    """One introduction, from its suggestion to what came of it."""
    return f"miseenrelation:{laquelle}"


def formation(laquelle: FormationId) -> str:
    """What a training teaches, and the habilitation that it leads to."""
    return f"formation:{laquelle}"


def session(laquelle: SessionId) -> str:
    """One session of a training: its places, who comes."""
    return f"session:{laquelle}"


def accompagnement(lequel: AccompagnementId) -> str:
    """The life of one accompaniment."""
    return f"accompagnement:{lequel}"


def outil(lequel: OutilId) -> str:
    """A tool that the place makes known."""
    return f"outil:{lequel}"


def atelier(lequel: AtelierId) -> str:
    """One awareness action towards a public."""
    return f"atelier:{lequel}"


def article(lequel: ArticleId) -> str:
    """What is kept in stock, and how much of it."""
    return f"article:{lequel}"


def tache(laquelle: TacheId) -> str:
    """The life of one task."""
    return f"tache:{laquelle}"


def liste(laquelle: ListeId) -> str:
    """A checklist of the place: opening, closing, set-up."""
    return f"liste:{laquelle}"


def incident(lequel: IncidentId) -> str:
    """The life of one incident."""
    return f"incident:{lequel}"


def travaux(lesquels: TravauxId) -> str:
    """The life of one piece of work, preventive or corrective."""
    return f"travaux:{lesquels}"


def entretien(lequel: EntretienId) -> str:
    """What comes back for a space or an item every so often."""
    return f"entretien:{lequel}"


def moyen(lequel: MoyenId) -> str:
    """A means of entering: a key, a badge or a code, and in whose hands."""
    return f"moyen:{lequel}"


def ronde(laquelle: RondeId) -> str:
    """One round of opening or closing."""
    return f"ronde:{laquelle}"


def controle(lequel: ControleId) -> str:
    """One line of the safety register."""
    return f"controle:{lequel}"


def activite(laquelle: ActiviteId) -> str:
    """The life of one activity of the programme."""
    return f"activite:{laquelle}"


def service(lequel: ServiceId) -> str:
    """The life of one service: studied, tried, sustained or stopped."""
    return f"service:{lequel}"


def axe(lequel: AxeId) -> str:
    """One line of a strategy of partnerships."""
    return f"axe:{lequel}"


def partenariat(lequel: PartenariatId) -> str:
    """The life of one partnership."""
    return f"partenariat:{lequel}"


def plan(lequel: PlanId) -> str:
    """A communication plan, as the cell handed it over."""
    return f"plan:{lequel}"


def action(laquelle: ActionId) -> str:
    """One action of a communication plan."""
    return f"action:{laquelle}"


def canal(lequel: CanalId) -> str:
    """A tool or a channel by which the place speaks."""
    return f"canal:{lequel}"


def publication(laquelle: PublicationId) -> str:
    """The life of one publication."""
    return f"publication:{laquelle}"


def acteur(lequel: ActeurId) -> str:
    """A local or international actor, or a network."""
    return f"acteur:{lequel}"


def dynamique(laquelle: DynamiqueId) -> str:
    """A participatory or transition dynamic that the place takes part in."""
    return f"dynamique:{laquelle}"


def contrat(lequel: ContratId) -> str:
    """The life of one contract: insurance, rent, subscription."""
    return f"contrat:{lequel}"


def convention(laquelle: ConventionId) -> str:
    """The life of one occupation or user agreement."""
    return f"convention:{laquelle}"


def document(lequel: DocumentId) -> str:
    """One document: its versions, where it is attached, how long it is kept."""
    return f"document:{lequel}"


def entree(laquelle: EntreeId) -> str:
    """One note of the day's journal."""
    return f"entree:{laquelle}"


def passation(laquelle: PassationId) -> str:
    """One handover, from its opening to its signatures."""
    return f"passation:{laquelle}"


def jour(ou: EspaceId, le: Date) -> str:
    """What takes place in a space on one local day: the bucket that bookings are decided in."""
    return f"espace:{ou}@{le.format_iso()}"


def mois(qui: PersonneId, le: Date) -> str:
    """What a person uses in one month: the bucket that quotas are counted in."""
    return f"personne:{qui}@{le.format_iso()[:7]}"


def derogation(qui: PersonneId, le: Date) -> str:
    """The dérogations that a person holds in one month."""
    return f"derogation:{qui}@{le.format_iso()[:7]}"


def depuis_cle(cle: str, suite: str = "") -> str:
    """The identifier of what a demand brings into being: its key, or the key's digest when no identifier is written so.

    Two keys never share one. ``suite``: which thing, in lower case, when one demand brings several into being.
    """
    dit = f"{cle}~{suite}" if suite else cle
    return dit if COURTE.match(cle) else dit.replace(cle, f"d~{sha256(cle.encode()).hexdigest()[:40]}", 1)


COURTE = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}\Z")
"""A key that is an identifier already, and short enough to be followed by a word."""


def connu(fait: Any) -> Any:
    """What a demand names and the edge has checked: it is there. (A type variable would lose unions under mypy.)"""
    assert fait is not None, "le bord l'a vérifié : la demande ne nomme que ce que le lieu connaît"  # noqa: S101 - so
    return fait
