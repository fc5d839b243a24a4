"""Occupation: what is read of a space, and of a person, for a use to take place; whether it may: see ``place``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.faits import faits_de
from tierslieu_core.domaines.cadre.regles.genres.reglages import Battement, Presence, Priorite
from tierslieu_core.domaines.moyens import espaces
from tierslieu_core.domaines.personnes.adhesions.couverture import couverture
from tierslieu_core.domaines.usages.profil import Profil, mois_de, profil_de
from tierslieu_core.domaines.usages.reservations.emprise import Emprise, Fenetre, Precisions
from tierslieu_core.domaines.usages.reservations.reservation import Fait, PresenceSignalee, ReservationAnnulee
from tierslieu_core.domaines.usages.reservations.voulu import Voulu
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.kernel.lectures import RIEN, Lecture, Lot, lire
from tierslieu_core.vocabulaire.arrets import Arrets
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, ReservationId, espace, jour

G = TypeVar("G")
AUCUN = Battement()
HORIZON_MOIS = 24
"""How far ahead a booking may begin, whatever the rules: so that closing or linking a space can see them all."""


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Occupation = dict[ReservationId, Fait]


def _occupation(
    etat: Occupation,
    fait: Fait,
) -> Occupation:
    """The last fact of each booking; one that can never hold anything again is left out."""
    if isinstance(fait, ReservationAnnulee):
        return {r: f for r, f in etat.items() if r != fait.reservation}
    return {**etat, fait.reservation: fait}


occupation_de = Lecture[Occupation]("reservations.occupation", {}, _occupation)
usages_de = Lecture[Occupation]("reservations.usages", {}, _occupation)

Espace = tuple[espaces.Fait | None, espaces.Genes, espaces.Configurations, espaces.TousAcces, espaces.Horaires]
Cadre = tuple[Espace, Profil]
"""The space (its links, ways to set it up, publics, hours), and the person."""
Prises = tuple[Occupation, Occupation, *tuple[Arrets, ...]]
"""What is taken there in those days, what the person uses in those months, each space's stops (``enveloppe``)."""
Lieu = tuple[Cadre, Prises]


def lit_lieu(v: Voulu, x: Contexte) -> Lot[Lieu]:
    """All that deciding on a use must know: the space and the person first, which say how far to look."""
    return lit_cadre(v.espace, v.personne, x, v.inscrits).puis(lambda cadre: lit_prises((v,), cadre, x))


def lit_pour(r: Fait | None, veut: Callable[[Fait], Voulu], x: Contexte) -> Lot[Lieu]:
    """What deciding on the place of a booking must know; nothing, of one that was recorded by mistake."""
    return RIEN if r is None else lit_lieu(veut(r), x)  # type: ignore[return-value]  # no decision reads on from nothing


def lit_cadre(ou: EspaceId, qui: PersonneId, x: Contexte, avec: Iterable[PersonneId] = ()) -> Lot[Cadre]:
    """The space with its links, and the person; ``avec``: those who come with them."""
    tag = espace(ou)
    la = lire(
        espaces.espace_de(tag), espaces.genes_de(tag), espaces.configurations_de(tag), espaces.acces_de(tag),
        espaces.horaires_de(tag),
    )  # fmt: skip
    return la.avec(profil_de(qui, x, avec))


def lit_prises(voulus: Sequence[Voulu], cadre: Cadre, x: Contexte) -> Lot[Prises]:
    """What stands around one use, or several of one person in one space."""
    v = voulus[0]
    pris = sorted({j for un in voulus for j in emprise_voulue(un, cadre, x).jours()})
    premier, dernier = x.livre.mois_a_lire(pris[0], pris[-1], x.aujourdhui, "reserver")
    ou = (v.espace, *espaces.genantes(v.espace, liens(cadre), pris[0], pris[-1]))
    return Lot(
        (
            occupation_de(*(jour(e, j) for e in ou for j in pris)),
            usages_de(*mois_de(v.personne, premier, dernier, x)),
            *(espaces.arrets_de(espace(e)) for e in enveloppe(v.espace, cadre)),
        )
    )


def liens(cadre: Cadre) -> espaces.Genes:
    """Which spaces are in the way of which."""
    return cadre[0][1]


def enveloppe(ou: EspaceId, cadre: Cadre) -> tuple[EspaceId, ...]:
    """The space and those that contain it some day."""
    return espaces.enveloppe(ou, liens(cadre), Date.MIN, Date.MAX)


def reglage(genre: type[G], v: Voulu, cadre: Cadre, x: Contexte) -> G | None:
    """What the place has set, today, for such a use by such a person; ``None`` when it has set nothing."""
    if not x.livre.fixe(genre, x.aujourdhui):
        return None  # as in most places: what the person is worth need not be worked out, 30 µs each time
    le = v.periode.debut.local.date()
    vaut = couverture(cadre[1][0], le)
    found: G | None = x.livre.reglage(
        genre, x.aujourdhui, le=le, action="reserver", lieux=lieux(v.espace, categorie(cadre), v.usage),
        personne=v.personne, publics=vaut.publics, groupes=vaut.groupes, faits=faits_de(v.faits, x),
    )  # fmt: skip
    return found


def lieux(ou: EspaceId, categorie_: str, usage: str) -> tuple[str, ...]:
    """The tags by which rules know what is used: the space, its category, the kind of use."""
    return (espace(ou), f"categorie:{categorie_}", *((f"categorie:{usage}",) if usage else ()))


def categorie(cadre: Cadre) -> str:
    """The category of the space, that day."""
    fiche = cadre[0][0]
    return fiche.categorie if fiche else ""


def emprise_voulue(v: Voulu, cadre: Cadre, x: Contexte) -> Emprise:
    """The hours that it would hold, with those around it."""
    if v.marges is not None:
        return Emprise(espace=v.espace, periode=v.periode, avant_minutes=v.marges[0], apres_minutes=v.marges[1])
    battement = reglage(Battement, v, cadre, x) or AUCUN
    nom, le = v.configuration, v.periode.debut.local.date()
    installe = espaces.configuration_le(cadre[0][2], nom, le) if nom else None
    return Emprise(
        espace=v.espace, periode=v.periode,
        avant_minutes=battement.avant_minutes + (installe.avant_minutes if installe else 0),
        apres_minutes=battement.apres_minutes + (installe.apres_minutes if installe else 0),
    )  # fmt: skip


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def precisions(v: Voulu, lieu: Lieu, x: Contexte) -> Precisions:
    """What a booking keeps of the settings of the day on which it is made."""
    cadre = lieu[0]
    marges, presence = emprise_voulue(v, cadre, x), reglage(Presence, v, cadre, x)
    priorite = reglage(Priorite, v, cadre, x)
    return Precisions(
        avant_minutes=marges.avant_minutes, apres_minutes=marges.apres_minutes,
        configuration=v.configuration, inscrits=v.inscrits, usage=v.usage, faits=v.faits,
        priorite=priorite.rang if priorite else 0,
        presence=Fenetre(avant_minutes=presence.avant_minutes, apres_minutes=presence.apres_minutes)
        if presence
        else None,
    )  # fmt: skip


def precisions_ailleurs(r: Fait, v: Voulu, lieu: Lieu, x: Contexte) -> Precisions:
    """The same of one that moves; whoever has said that they are there does it once, unless it begins later."""
    trouvees, avant, debut = precisions(v, lieu, x), r.periode.bornes()[0], v.periode.bornes()[0]
    la = debut <= avant if isinstance(r, PresenceSignalee) else debut == avant and r.precisions.presence is None
    return attrs.evolve(trouvees, presence=None) if la else trouvees
