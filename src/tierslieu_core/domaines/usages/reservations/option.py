"""Option: a person holds a space for a while, then confirms or lets it lapse."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT
from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.cadre.regles.genres.reglages import DureeOption
from tierslieu_core.domaines.usages.reservations.changement import modifiable, rien_a_mesurer
from tierslieu_core.domaines.usages.reservations.demande import attente, deja, jusqu_au, motif_exige, retenue
from tierslieu_core.domaines.usages.reservations.mesure import mesure
from tierslieu_core.domaines.usages.reservations.occupation import Lieu, lit_lieu, lit_pour, precisions, reglage
from tierslieu_core.domaines.usages.reservations.place import faire_place
from tierslieu_core.domaines.usages.reservations.provisoire import OptionPosee, ReservationEnAttente
from tierslieu_core.domaines.usages.reservations.reservation import Fait, ReservationAcceptee, vers
from tierslieu_core.domaines.usages.reservations.tenue import reservation_de
from tierslieu_core.domaines.usages.reservations.voulu import Voulu, fautes_du_creneau, veut
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Evenement,
    Issue,
    Refus,
    champ,
    commande,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.faits import AUSSI, FaitDit, joints
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, ReservationId, connu, reservation
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import Moment

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("reservations.PoserOption")
class PoserOption:
    """Retenir un espace le temps de se décider ; sans confirmation, l'option tombe d'elle-même."""

    espace: EspaceId
    personne: PersonneId = champ("personne pour qui l'on retient")
    debut: Moment = champ("début")
    fin: Moment
    participants: int | None = champ("nombre de participants", unite="personnes", default=None)
    sujet: Personnel | None = personnel("objet", qui="personne", conservation="reservation", default=None)
    configuration: str | None = champ("configuration de l'espace", default=None)
    inscrits: tuple[PersonneId, ...] = champ("qui y participe", default=())
    usage: str = champ("genre d'usage, comme « formation »", default="")
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())

    fautes = fautes_du_creneau


@commande("reservations.ConfirmerOption")
class ConfirmerOption:
    """Faire d'une option une réservation."""

    reservation: ReservationId
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "reservations.PasDOption",
    "{espace} ne se retient pas en option : le lieu n'a pas dit combien de temps une option tiendrait.",
    "Réservez, quitte à annuler ; ou faites adopter un réglage « duree_option ».",
)
class PasDOption(Refus):
    espace: EspaceId


@refus(
    "reservations.PasUneOption",
    "Ce n'est pas une option ({reservation}).",
    "Une réservation qui attend une réponse se confirme par qui doit la donner.",
)
class PasUneOption(Refus):
    reservation: ReservationId


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit_poser(c: PoserOption, x: Contexte) -> Lot[Lieu]:
    return lit_lieu(veut(c, x), x)


def _poser(c: PoserOption, lieu: Lieu, x: Contexte) -> Issue:
    v = veut(c, x)
    duree = reglage(DureeOption, v, lieu[0], x)
    if duree is None:
        return PasDOption(espace=c.espace)
    if deja(v, lieu, x):
        return ()
    place = motif_exige(v, c.sujet, lieu, x) or faire_place(v, lieu, x)
    if isinstance(place, Refus):
        return place
    return [*place, retenue(OptionPosee, v, c.sujet, lieu, x, jusqu_au=jusqu_au(duree.heures, v.periode, x))]


def _poser_attend(c: PoserOption, lieu: Lieu, x: Contexte, _: tuple[Validation, ...]) -> Sequence[Evenement]:
    """An option holds by itself: whoever must approve is asked once it is confirmed."""
    issue = _poser(c, lieu, x)
    assert not isinstance(issue, Refus), "la demande vient d'être décidée"  # noqa: S101 - so
    return issue


Confirmer = tuple[tuple[Fait | None], Lieu]


def _lit_confirmer(c: ConfirmerOption, x: Contexte) -> Lot[Confirmer]:
    return lire(reservation_de(reservation(c.reservation))).puis(
        lambda e: lit_pour(e[0], lambda r: _veut_confirmer(r, c), x)
    )


def _veut_confirmer(r: Fait, c: ConfirmerOption) -> Voulu:
    """What it held, with what is said at last of what the place asks."""
    v = Voulu.de(r)
    return v._replace(faits=joints(v.faits, c.faits))


def _confirmer(c: ConfirmerOption, etats: Confirmer, x: Contexte) -> Issue:
    r = modifiable(etats[0][0], x)
    if isinstance(r, Refus):
        return r
    if isinstance(r, ReservationAcceptee | ReservationEnAttente):
        return ()
    if not isinstance(r, OptionPosee):
        return PasUneOption(reservation=c.reservation)
    v, lieu = _veut_confirmer(r, c), etats[1]
    place = faire_place(v, lieu, x)
    if isinstance(place, Refus):
        return place
    return [*place, vers(ReservationAcceptee, r, precisions=precisions(v, lieu, x))]


def _confirmer_attend(
    c: ConfirmerOption, etats: Confirmer, x: Contexte, par: tuple[Validation, ...]
) -> Sequence[Evenement]:
    r = connu(etats[0][0])
    v = _veut_confirmer(r, c)
    dites = attrs.evolve(r.precisions, faits=v.faits)
    return [vers(ReservationEnAttente, r, precisions=dites, **attente(par, v, x))]


def _mesure_poser(c: PoserOption, lieu: Lieu, x: Contexte) -> Mesures:
    return mesure(veut(c, x), lieu, x)


def _mesure_confirmer(c: ConfirmerOption, etats: Confirmer, x: Contexte) -> Mesures:
    r = etats[0][0]
    return rien_a_mesurer(x) if r is None else mesure(_veut_confirmer(r, c), etats[1], x)


QUI = frozenset({"concierge", "coordination"})
DEMANDES = (
    Demande(PoserOption, QUI | {"referent", "soi"}, _lit_poser, _poser, _mesure_poser, attend=_poser_attend),
    Demande(ConfirmerOption, QUI | {INSCRIT}, _lit_confirmer, _confirmer, _mesure_confirmer, attend=_confirmer_attend),
)
REFUS = (PasDOption, PasUneOption)
