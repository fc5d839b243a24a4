"""Place: whether a wanted use may have its hours, what stands in its way, and what it pushes aside."""

from __future__ import annotations

from collections.abc import Iterator

from whenever import Date, Instant

from tierslieu_core.domaines.cadre.regles.genres.reglages import Priorite
from tierslieu_core.domaines.moyens import espaces
from tierslieu_core.domaines.personnes.adhesions.couverture import Lues, couverture
from tierslieu_core.domaines.usages.reservations.emprise import Emprise
from tierslieu_core.domaines.usages.reservations.occupation import (
    HORIZON_MOIS,
    Lieu,
    emprise_voulue,
    enveloppe,
    liens,
    reglage,
)
from tierslieu_core.domaines.usages.reservations.reservation import AbsenceNotee, Active, Evincee, PresenceSignalee
from tierslieu_core.domaines.usages.reservations.tenue import actuelle, evincee, tient
from tierslieu_core.domaines.usages.reservations.voulu import Voulu
from tierslieu_core.kernel.declarations import Contexte, Refus, refus
from tierslieu_core.vocabulaire.calendrier import Calendrier
from tierslieu_core.vocabulaire.identifiants import EspaceId
from tierslieu_core.vocabulaire.temps import Moment, Periode, jours_entre

# ── refus ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "reservations.EspaceDejaReserve",
    "{espace} n'est pas libre : il y a déjà une réservation {periode}.",
    "L'espace se libère au plus tôt le {libre} ; ou choisissez-en un autre.",
)
class EspaceDejaReserve(Refus):
    espace: EspaceId
    periode: Periode
    libre: Moment


@refus(
    "reservations.EspaceGene",
    "{espace} n'est pas libre : il y a déjà une réservation {periode} dans {autre}, et ces espaces se gênent.",
    "L'espace se libère au plus tôt le {libre} ; ou choisissez-en un autre.",
)
class EspaceGene(Refus):
    espace: EspaceId
    autre: EspaceId
    periode: Periode
    libre: Moment


@refus(
    "reservations.BattementManquant",
    "{espace} n'est pas libre : il faut {minutes} min de battement avec la réservation {periode}.",
    "L'espace est prêt au plus tôt le {libre} ; ou choisissez-en un autre.",
)
class BattementManquant(Refus):
    espace: EspaceId
    periode: Periode
    minutes: int
    libre: Moment


@refus(
    "reservations.ReservationTropLoin",
    "{espace} ne se réserve pas si longtemps avant : {periode} ; une réservation commence 24 mois après au plus.",
    "Demandez à partir du {des} ; plus longtemps avant, c'est une convention.",
)
class ReservationTropLoin(Refus):
    espace: EspaceId
    periode: Periode
    des: Date


# ── décider ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def faire_place(v: Voulu, lieu: Lieu, x: Contexte) -> list[Evincee] | Refus:
    """What makes room for a use: nothing, as a rule; uses of a lower rank, sent elsewhere; or why it cannot be had."""
    empechement = refus_du_lieu(v, lieu, x)
    if empechement is not None:
        return empechement
    genes = _en_travers(v, lieu, x)
    if not genes:
        return []
    priorite = reglage(Priorite, v, lieu[0], x)
    if priorite and all(_cede(r, priorite, x) for _, r in genes):
        return [evincee(r, e, "priorité") for e, r in {r.reservation: (e, r) for e, r in genes}.values()]
    return pris(v, lieu, x) or []


def pris(v: Voulu, lieu: Lieu, x: Contexte) -> Refus | None:
    """Which use is in the way, and when the space is free again after those that follow it; ``None`` when none is."""
    voulue = emprise_voulue(v, lieu[0], x)
    autres = sorted((e for e, _ in _autres(v, voulue, lieu, x.survenu_le)), key=Emprise.bornes)
    gene = next((e for e in autres if e.croise(voulue)), None)
    return None if gene is None else _refus(voulue, gene, autres)


def _en_travers(v: Voulu, lieu: Lieu, x: Contexte) -> list[tuple[Emprise, Active]]:
    voulue = emprise_voulue(v, lieu[0], x)
    return [(e, r) for e, r in _autres(v, voulue, lieu, x.survenu_le) if e.croise(voulue)]


def refus_du_lieu(v: Voulu, lieu: Lieu, x: Contexte) -> Refus | None:
    """Why the space itself is not for such a use: closed, outside its hours, for others, too small."""
    cadre, (_, _, *arrets) = lieu
    (fiche, genes, configurations, acces, horaires), (lues, _) = cadre
    jours, combien = list(v.periode.jours()), v.participants or len(v.inscrits) or None
    fermetures = dict(zip(enveloppe(v.espace, cadre), arrets, strict=True))
    dedans = {e: fermetures[e] for e in espaces.enveloppe(v.espace, genes, jours[0], jours[-1])}
    return (
        _trop_loin(v, x)
        or espaces.empechement_dans(v.espace, dedans, jours[0], jours[-1])
        or espaces.hors_horaires(v.espace, horaires, v.periode, Calendrier.de(x))
        or (espaces.public_non_admis(v.espace, acces, jours[0], _siens(lues, jours[0])) if acces else None)
        or espaces.trop_petit(v.espace, fiche, configurations, v.configuration, jours[0], combien)
    )


def _trop_loin(v: Voulu, x: Contexte) -> Refus | None:
    le = v.periode.debut.local.date()
    if le <= x.aujourdhui.add(months=HORIZON_MOIS):
        return None
    return ReservationTropLoin(espace=v.espace, periode=v.periode, des=le.subtract(months=HORIZON_MOIS))


def _siens(lues: Lues, le: Date) -> tuple[str, ...]:
    vaut = couverture(lues, le)
    return (*vaut.publics, *vaut.groupes)


def _autres(v: Voulu, voulue: Emprise, lieu: Lieu, quand: Instant) -> Iterator[tuple[Emprise, Active]]:
    """The hours that others have of this space, or of one that is in its way on one of those days."""
    genes, (occupation, *_) = liens(lieu[0]), lieu[1]
    liees = {j: espaces.genantes(v.espace, genes, j, j) for j in voulue.jours()} if genes else {}
    autres = [r for i, f in occupation.items() if i != v.sauf and (r := actuelle(f, quand)) is not None]
    for r in autres:
        for e in tient(r, quand):
            if e.espace == v.espace or any(e.espace in liees.get(j, ()) for j in e.jours()):
                yield e, r


def _cede(r: Active, priorite: Priorite, x: Contexte) -> bool:
    """Whether a booking gives way: of a lower rank, still far enough ahead, and nobody there yet."""
    loin = jours_entre(x.aujourdhui, r.periode.debut.local.date()) >= priorite.delai_jours
    pas_la = r.periode.bornes()[0] > x.survenu_le and not isinstance(r, PresenceSignalee | AbsenceNotee)
    return r.precisions.priorite < priorite.rang and loin and pas_la


def _refus(voulue: Emprise, gene: Emprise, autres: list[Emprise]) -> Refus:
    libre = gene.bornes()[1]
    for debut, fin in (e.bornes() for e in autres):
        libre = fin if debut.subtract(minutes=voulue.avant_minutes) <= libre < fin else libre
    ensuite = Moment.de(libre.add(minutes=voulue.avant_minutes), voulue.periode.zone)
    if gene.espace != voulue.espace:
        return EspaceGene(espace=voulue.espace, autre=gene.espace, periode=gene.periode, libre=ensuite)
    if gene.periode.croise(voulue.periode):
        return EspaceDejaReserve(espace=voulue.espace, periode=gene.periode, libre=ensuite)
    avant = gene.periode.bornes()[0] < voulue.periode.bornes()[0]
    minutes = gene.apres_minutes + voulue.avant_minutes if avant else voulue.apres_minutes + gene.avant_minutes
    return BattementManquant(espace=voulue.espace, periode=gene.periode, minutes=minutes, libre=ensuite)


REFUS = (EspaceDejaReserve, EspaceGene, BattementManquant, ReservationTropLoin)
