"""Pauses: a suspension is a sanction of the place; a freeze, what the member asks for, its days given back or not."""

from __future__ import annotations

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.adhesion import DureeGel
from tierslieu_core.domaines.personnes.adhesions.adhesion import (
    Accordee,
    AdhesionGelee,
    AdhesionReprise,
    AdhesionSuspendue,
    EnCours,
    Gel,
    Suspension,
    lue,
    termes,
)
from tierslieu_core.domaines.personnes.adhesions.validite import vivante
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, personnel, refus
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId
from tierslieu_core.vocabulaire.temps import jours_entre, ordre

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("adhesions.SuspendreAdhesion")
class SuspendreAdhesion:
    """Suspendre une adhésion, de tel jour à tel jour ; redire la suspension en change les jours."""

    personne: PersonneId
    du: Date = champ("premier jour de suspension")
    au: Date = champ("dernier jour de suspension")
    motif: Personnel = personnel("motif", qui="personne", conservation="adhesion")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return ordre(self.du, self.au)


@commande("adhesions.LeverSuspension")
class LeverSuspension:
    """Lever la suspension d'une adhésion avant son dernier jour, avec un motif."""

    personne: PersonneId
    au: Date = champ("dernier jour de la suspension à lever")
    motif: Personnel = personnel("motif", qui="personne", conservation="adhesion")


@commande("adhesions.GelerAdhesion")
class GelerAdhesion:
    """Geler une adhésion quelque temps, à la demande de la personne ; les jours gelés sont rendus à la fin, ou non."""

    personne: PersonneId
    du: Date = champ("premier jour de gel")
    au: Date = champ("dernier jour de gel")
    rendre: bool = champ("rendre ces jours à la fin de l'adhésion", default=False)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return ordre(self.du, self.au)


@commande("adhesions.ReprendreAdhesion")
class ReprendreAdhesion:
    """Reprendre dès ce jour une adhésion gelée ; d'un gel qui n'a pas commencé, rien ne reste."""

    personne: PersonneId


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "adhesions.GelTropLong",
    "Ce gel durerait {jours} jours, et le lieu en permet {maximum} au plus.",
    "Choisissez un dernier jour plus proche.",
)
class GelTropLong(Refus):
    jours: int
    maximum: int


@refus(
    "adhesions.GelHorsAdhesion",
    "L'adhésion de {personne} va du {du} au {au} : un gel y commence, et pas avant le jour où on le demande.",
    "Choisissez un premier jour dans cette période, à partir d'aujourd'hui.",
)
class GelHorsAdhesion(Refus):
    personne: PersonneId
    du: Date
    au: Date


@refus(
    "adhesions.GelEnCours",
    "L'adhésion de {personne} est déjà gelée {gel}.",
    "Redites ce gel depuis son premier jour pour en changer le dernier, ou reprenez d'abord l'adhésion.",
)
class GelEnCours(Refus):
    personne: PersonneId
    gel: Gel


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Accordee | None]


def _lit(c: SuspendreAdhesion | LeverSuspension | GelerAdhesion | ReprendreAdhesion, x: Contexte) -> Lot[Etats]:
    return lire(lue(c.personne, x))


def _suspendre(c: SuspendreAdhesion, etats: Etats, _: Contexte) -> Issue:
    held, suspension = vivante(etats[0], c.personne), Suspension(du=c.du, au=c.au)
    if isinstance(held, Refus):
        return held
    if held.suspension == suspension:
        return ()
    return [AdhesionSuspendue(**termes(held, personne=c.personne, suspension=suspension), motif=c.motif)]


def _lever(c: LeverSuspension, etats: Etats, x: Contexte) -> Issue:
    held = vivante(etats[0], c.personne)
    if isinstance(held, Refus):
        return held
    if held.suspension is None or held.suspension.au != c.au or c.au < x.aujourdhui:
        return ()
    return [AdhesionReprise(**termes(held, personne=c.personne, suspension=None), le=x.aujourdhui)]


def _geler(c: GelerAdhesion, etats: Etats, x: Contexte) -> Issue:
    held, jour = vivante(etats[0], c.personne), x.aujourdhui
    if isinstance(held, Refus):
        return held
    gel, fin = _a_venir(held, jour)
    rendus = jours_entre(c.du, min(c.au, fin)) + 1 if c.rendre else 0
    voulu = Gel(du=c.du, au=c.au, rendus_jours=rendus)
    if gel == voulu:
        return ()
    if gel is not None and gel.du < jour and gel.du != c.du:
        return GelEnCours(personne=c.personne, gel=gel)
    commence = gel is not None and gel.du == c.du
    if not (commence or jour <= c.du) or not held.du <= c.du <= fin or c.au < jour:
        return GelHorsAdhesion(personne=c.personne, du=held.du, au=fin)
    permis = x.livre.reglage(DureeGel, jour, personne=c.personne, publics=(held.palier,), groupes=held.groupes)
    jours = jours_entre(c.du, c.au) + 1
    if permis is not None and jours > permis.maximum_jours:
        return GelTropLong(jours=jours, maximum=permis.maximum_jours)
    return [AdhesionGelee(**termes(held, personne=c.personne, au=fin.add(days=rendus), gel=voulu))]


def _a_venir(held: EnCours, jour: Date) -> tuple[Gel | None, Date]:
    """The freeze not yet over, and the membership's last day without the days that it gives back."""
    gel = held.gel if held.gel is not None and held.gel.au >= jour else None
    return gel, held.au if gel is None else held.au.subtract(days=gel.rendus_jours)


def _reprendre(c: ReprendreAdhesion, etats: Etats, x: Contexte) -> Issue:
    held, jour = vivante(etats[0], c.personne), x.aujourdhui
    if isinstance(held, Refus):
        return held
    gel, fin = _a_venir(held, jour)
    if gel is None:
        return ()
    reste = None
    if gel.du < jour:
        veille = jour.prev_day()
        rendus = jours_entre(gel.du, min(veille, fin)) + 1 if gel.rendus_jours else 0
        reste, fin = attrs.evolve(gel, au=veille, rendus_jours=rendus), fin.add(days=rendus)
    return [AdhesionReprise(**termes(held, personne=c.personne, au=fin, gel=reste), le=jour)]


ACCUEIL = frozenset({"concierge", "coordination"})
REFUS = (GelTropLong, GelHorsAdhesion, GelEnCours)
DEMANDES = (
    Demande(SuspendreAdhesion, ACCUEIL, _lit, _suspendre),
    Demande(LeverSuspension, ACCUEIL, _lit, _lever),
    Demande(GelerAdhesion, ACCUEIL | {"soi"}, _lit, _geler),
    Demande(ReprendreAdhesion, ACCUEIL | {"soi"}, _lit, _reprendre),
)
