"""Réponse: whoever has to answer a démarche grants or refuses it; it is put away when nobody needs it any more."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT, SOI
from tierslieu_core.domaines.cadre.regles.faits import faits_de
from tierslieu_core.domaines.cadre.regles.versions import ANNULER
from tierslieu_core.domaines.usages.demarches.demande import CONCIERGE, Autour, lieux_de, lit_autour, mesure_de
from tierslieu_core.domaines.usages.demarches.demarche import (
    DemarcheAccordee,
    DemarcheClassee,
    DemarcheEnAttente,
    DemarcheRefusee,
    Fait,
    demarche_de,
    tombee,
)
from tierslieu_core.domaines.usages.reponse import repondent, restent
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    champ,
    commande,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.calendrier import Calendrier
from tierslieu_core.vocabulaire.faits import AUSSI, FaitDit, joints
from tierslieu_core.vocabulaire.identifiants import (
    DemarcheId,
    PersonneId,
    connu,
    demarche,
)
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Moment
from tierslieu_core.vocabulaire.vie import vers

# ── commandes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("demarches.AccorderDemarche")
class AccorderDemarche:
    """Dire oui à une démarche qui attend une réponse."""

    demarche: DemarcheId
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())


@commande("demarches.RefuserDemarche")
class RefuserDemarche:
    """Dire non à une démarche qui attend une réponse, avec un motif."""

    demarche: DemarcheId
    motif: Personnel = personnel("motif", qui="par", conservation="demarche")


@commande("demarches.ClasserDemarche")
class ClasserDemarche:
    """Clore une démarche : elle est finie, ou l'on y renonce ; elle reste dans l'histoire du lieu."""

    demarche: DemarcheId
    personne: PersonneId = champ("personne pour qui elle fut faite")
    motif: Personnel = personnel("motif", qui="par", conservation="demarche")
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())


# ── refus ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "demarches.PlusARepondre",
    "Cette démarche n'attend pas, ou plus, de réponse ({demarche}).",
    "Voyez ce qu'elle est devenue : tierslieu audit demarche:{demarche}",
)
class PlusARepondre(Refus):
    demarche: DemarcheId


@refus(
    "demarches.ReponseDUnAutre",
    "C'est à {aupres_de} de répondre à cette démarche, jusqu'au {jusqu_au}.",
    "Demandez à qui tient ce mandat.",
)
class ReponseDUnAutre(Refus):
    aupres_de: tuple[str, ...]
    jusqu_au: Moment


@refus("demarches.DemarcheDUnAutre", "Cette démarche est celle de {personne}.", "Demandez à cette personne.")
class DemarcheDUnAutre(Refus):
    personne: PersonneId


# ── décisions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


EtatsAccorder = tuple[tuple[Fait | None], Autour]


def _lit_une(c: RefuserDemarche | ClasserDemarche, _: Contexte) -> Lot[tuple[Fait | None]]:
    return lire(demarche_de(demarche(c.demarche)))


def _lit_accorder(c: AccorderDemarche, x: Contexte) -> Lot[Any]:
    return lire(demarche_de(demarche(c.demarche))).puis(
        lambda e: lit_autour(e[0], x) if isinstance(e[0], DemarcheEnAttente) else lire()
    )


def _attendue(d: Fait, x: Contexte) -> DemarcheEnAttente | Refus:
    if not isinstance(d, DemarcheEnAttente) or tombee(d, x.survenu_le):
        return PlusARepondre(demarche=d.demarche)
    return d


def _sur(d: Fait) -> str:
    """On what whoever answers may hold their mandate."""
    return next(iter(lieux_de(d)), "")


def _accorder(c: AccorderDemarche, etats: Any, x: Contexte) -> Issue:
    fait: Fait = connu(etats[0][0])
    if isinstance(fait, DemarcheAccordee):
        return ()
    d = _attendue(fait, x)
    if isinstance(d, Refus):
        return d
    reste, faits = restent(d, d.zone, _sur(d), x), joints(d.faits, c.faits)
    if reste == d.aupres_de:
        return ReponseDUnAutre(aupres_de=d.aupres_de, jusqu_au=d.jusqu_au)
    if reste:
        return [vers(DemarcheEnAttente, d, aupres_de=reste, faits=faits)]
    return [vers(DemarcheAccordee, d, faits=faits)]


def _mesure_accorder(c: AccorderDemarche, etats: Any, x: Contexte) -> Mesures:
    d: Fait = connu(etats[0][0])
    if not isinstance(d, DemarcheEnAttente):
        return Mesures(action=ANNULER, personne=d.personne, lieux=(), jour=d.jour)
    dite = vers(DemarcheEnAttente, d, faits=joints(d.faits, c.faits))
    mesures = mesure_de(dite, etats[1], x, confirme=True)
    return evolve(mesures, preavis_minutes=None)


def _refuser(c: RefuserDemarche, etats: tuple[Fait | None], x: Contexte) -> Issue:
    fait: Fait = connu(etats[0])
    if isinstance(fait, DemarcheRefusee) or tombee(fait, x.survenu_le):
        return ()
    d = _attendue(fait, x)
    if isinstance(d, Refus):
        return d
    if not repondent(d, _sur(d), x):
        return ReponseDUnAutre(aupres_de=d.aupres_de, jusqu_au=d.jusqu_au)
    return [vers(DemarcheRefusee, d, raison=c.motif)]


def _classer(c: ClasserDemarche, etats: tuple[Fait | None], x: Contexte) -> Issue:
    d: Fait = connu(etats[0])
    if d.personne != c.personne:
        return DemarcheDUnAutre(personne=d.personne)
    if isinstance(d, DemarcheRefusee | DemarcheClassee) or tombee(d, x.survenu_le):
        return ()
    return [vers(DemarcheClassee, d, raison=c.motif)]


def _mesure_classer(c: ClasserDemarche, etats: tuple[Fait | None], x: Contexte) -> Mesures:
    d: Fait = connu(etats[0])
    dits = joints(getattr(d, "faits", ()), c.faits)
    return Mesures(
        action=ANNULER, personne=d.personne, lieux=lieux_de(d), jour=d.jour, periode=d.periode, demande_le=x.survenu_le,
        faits=faits_de(dits, x), calendrier=Calendrier.de(x),
    )  # fmt: skip


DEMANDES = (
    Demande(AccorderDemarche, CONCIERGE | {INSCRIT}, _lit_accorder, _accorder, _mesure_accorder),
    Demande(RefuserDemarche, CONCIERGE | {INSCRIT}, _lit_une, _refuser),
    Demande(ClasserDemarche, CONCIERGE | {SOI}, _lit_une, _classer, _mesure_classer),
)


REFUS = (PlusARepondre, ReponseDUnAutre, DemarcheDUnAutre)
