"""Libres: the free time of a space, or of any that suits; told by the same readings as decisions, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import attrs
from whenever import Date, Instant, Time

from tierslieu_core.domaines.cadre.regles.genres.calendrier import Feries, VacancesScolaires
from tierslieu_core.domaines.cadre.regles.genres.fenetres import Fenetre, HorizonFin, OuvertureDesDemandes
from tierslieu_core.domaines.cadre.regles.genres.ouverture import Fermeture, Horaires
from tierslieu_core.domaines.cadre.regles.genres.reglages import Battement
from tierslieu_core.domaines.cadre.regles.genres.temps import Horizon, Preavis
from tierslieu_core.domaines.moyens import espaces
from tierslieu_core.domaines.usages.reservations.occupation import lieux, occupation_de
from tierslieu_core.domaines.usages.reservations.tenue import tient
from tierslieu_core.kernel.errors import DemandeInvalide, ReferenceInconnue
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.vocabulaire.calendrier import JOURNEE, Calendrier, Plages
from tierslieu_core.vocabulaire.datees import en_vigueur
from tierslieu_core.vocabulaire.francais import date
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, espace, jour
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import JOURS_MAX, MINUIT, Moment, Periode, jours_entre

if TYPE_CHECKING:
    from tierslieu_core.domaines.usages.reservations.emprise import Emprise
    from tierslieu_core.kernel.declarations import Contexte
    from tierslieu_core.kernel.lectures import Reader
    from tierslieu_core.lieu import Lieu
    from tierslieu_core.vocabulaire.arrets import Arrets

Temps = tuple[Instant, Instant]
"""From an instant (included) to another (excluded)."""


@attrs.frozen
class Creneau:
    """A stretch of free time, as long as can be: a use within it finds the space open, and nobody there."""

    espace: EspaceId
    debut: Moment
    fin: Moment


@attrs.frozen(kw_only=True)
class Recherche:
    """What is sought: between two days, in one space or any, of a category, for so long and so many people."""

    du: Date
    au: Date
    espace: EspaceId | None = None
    categorie: str | None = None
    duree_minutes: int = 1
    participants: int | None = None

    def __attrs_post_init__(self) -> None:
        if not 0 <= jours_entre(self.du, self.au) < JOURS_MAX:
            jours = f"Du {date(self.du)} au {date(self.au)}"
            msg = f"{jours} : cherchez du premier au dernier jour, {JOURS_MAX} jours au plus."
            raise DemandeInvalide(msg)

    def jours(self) -> list[Date]:
        """Each day of it."""
        return [self.du.add(days=n) for n in range(jours_entre(self.du, self.au) + 1)]


class Connu(NamedTuple):
    """What is read of one space, whatever the days."""

    fiche: espaces.Fait | None
    genes: espaces.Genes
    configurations: espaces.Configurations
    horaires: espaces.Horaires


def libres(lieu: Lieu, r: Recherche) -> list[Creneau]:
    """Every free stretch that is long enough, space by space, in order of time; what is not known is not free."""
    tous = [row.espace for row in lieu.registre("espaces")] if r.espace is None else [r.espace]
    read, x = lieu.handler.look()
    return [
        Creneau(un, Moment.de(debut, x.livre.zone), Moment.de(fin, x.livre.zone))
        for un in tous
        for debut, fin in _libres(un, r, read, x)
        if debut.add(minutes=max(1, r.duree_minutes)) <= fin
    ]


def _libres(un: EspaceId, r: Recherche, read: Reader, x: Contexte) -> Iterator[Temps]:
    tag = espace(un)
    connu = Connu(
        *lire(
            espaces.espace_de(tag), espaces.genes_de(tag), espaces.configurations_de(tag), espaces.horaires_de(tag)
        ).states(read)
    )
    if _convient(connu, r):
        yield from _sans(_fondus(_ouvert(un, connu, r, read, x)), sorted(_pris(un, connu, r, read, x)))
    elif connu.fiche is None:
        msg = f"L'espace « {un} » n'est pas connu du lieu."
        raise ReferenceInconnue(msg)


def _convient(connu: Connu, r: Recherche) -> bool:
    """Whether the space is of that category, and takes so many people, set up in the best way."""
    fiche = connu.fiche
    if fiche is None or r.categorie not in (None, fiche.categorie):
        return False
    noms = [None, *(c.nom for c in connu.configurations)]
    capacites = [espaces.capacite(fiche, connu.configurations, nom, r.du) for nom in noms]
    return r.participants is None or any(n is None or r.participants <= n for n in capacites)


# ── quand c'est ouvert ──────────────────────────────────────────────────────────────────────────────────────────────


def _ouvert(un: EspaceId, connu: Connu, r: Recherche, read: Reader, x: Contexte) -> Iterator[Temps]:
    """The hours in which the space is open, and in which the rules let anyone ask for it now."""
    autour = espaces.enveloppe(un, connu.genes, r.du, r.au)
    arrets: dict[EspaceId, Arrets] = dict(
        zip(autour, Lot(tuple(espaces.arrets_de(espace(e)) for e in autour)).states(read), strict=True)
    )
    for le in r.jours():
        dedans = {e: arrets[e] for e in espaces.enveloppe(un, connu.genes, le, le)}
        if espaces.empechement_dans(un, dedans, le, le) is None:
            debut, heures = _des_regles(un, connu, le, x)
            for de, a in _communes(heures, _des_siennes(connu, le, x)):
                temps = max(_instant(le, de, x), debut), _instant(le, a, x)
                if temps[0] < temps[1]:
                    yield temps


def _des_siennes(connu: Connu, le: Date, x: Contexte) -> Plages:
    """The space's own hours of a day; none when they are not known."""
    dits = en_vigueur(connu.horaires, le)
    return Calendrier.de(x).ouvert(dits.horaires, le) or () if dits and dits.horaires else TOUT


def _des_regles(un: EspaceId, connu: Connu, le: Date, x: Contexte) -> tuple[Instant, Plages]:
    """From when on one may now ask for that day, and the hours in which one may, by the rules that bear on anyone."""
    categorie = connu.fiche.categorie if connu.fiche else ""
    m = Mesures(
        action="reserver", personne=PersonneId(""), lieux=lieux(un, categorie, ""), jour=le,
        periode=Periode.de_jours(le, le, x.livre.zone), calendrier=Calendrier.de(x),
        demande_le=x.survenu_le,
    )  # fmt: skip
    debut, heures = x.maintenant.round("minute", mode="ceil"), TOUT
    for v in x.livre.reglement.applicables(m, x.aujourdhui):
        match v.genre:
            case Fermeture() | Feries() | VacancesScolaires() | Fenetre() | OuvertureDesDemandes():
                mesuree = v.genre.mesure(m)
                ouvert = mesuree is None or v.genre.juge(mesuree.valeur) == "satisfaite"
                heures = heures if ouvert else ()
            case Horaires():
                plages = [p for p in v.genre.plages if le.day_of_week().value in p.jours]
                heures = _communes(heures, tuple((_minutes(p.de), _minutes(p.a) or JOURNEE) for p in plages))
            case Preavis():
                debut = debut.add(minutes=v.genre.minimum_minutes)
            case Horizon() | HorizonFin() if jours_entre(x.aujourdhui, le) > v.genre.maximum_jours:
                heures = ()
    return debut, heures


TOUT: Plages = ((0, JOURNEE),)


def _communes(unes: Plages, autres: Plages) -> Plages:
    """The time that both hold."""
    return tuple(sorted((max(de, d), min(a, f)) for de, a in unes for d, f in autres if max(de, d) < min(a, f)))


def _minutes(a: Time) -> int:
    return a.hour * 60 + a.minute


def _instant(le: Date, minutes: int, x: Contexte) -> Instant:
    """That minute of a local day; midnight as an end is that of the day that follows."""
    jour, heure = (le.next_day(), MINUIT) if minutes == JOURNEE else (le, Time(minutes // 60, minutes % 60))
    return jour.at(heure).assume_tz(x.livre.zone, disambiguation="compatible").to_instant()


# ── ce qui est pris ─────────────────────────────────────────────────────────────────────────────────────────────────


def _pris(un: EspaceId, connu: Connu, r: Recherche, read: Reader, x: Contexte) -> Iterator[Temps]:
    """The time that others have, there or in a space in its way, with that which getting it ready would take."""
    du, au = r.du.subtract(days=1), r.au.add(days=1)  # what is around a use is a day at most, on each side
    la = (un, *espaces.genantes(un, connu.genes, du, au))
    jours = [du, *r.jours(), au]
    (occupation,) = lire(occupation_de(*(jour(e, le) for e in la for le in jours))).states(read)
    categorie = connu.fiche.categorie if connu.fiche else ""
    for e in (e for fait in occupation.values() for e in tient(fait, x.survenu_le)):
        battement = (
            x.livre.reglage(
                Battement,
                x.aujourdhui,
                le=e.periode.debut.local.date(),
                action="reserver",
                lieux=lieux(un, categorie, ""),
            )
            or Battement()
        )
        for debut, fin in _en_travers(un, connu.genes, e, x):
            yield debut.subtract(minutes=battement.apres_minutes), fin.add(minutes=battement.avant_minutes)


def _en_travers(un: EspaceId, genes: espaces.Genes, e: Emprise, x: Contexte) -> Iterator[Temps]:
    """When a use is in the way of that space: all along in itself, else on the days on which a link makes it so."""
    debut, fin = e.bornes()
    if e.espace == un:
        yield debut, fin
        return
    for le in e.jours():
        if e.espace in espaces.genantes(un, genes, le, le):
            yield max(debut, _instant(le, 0, x)), min(fin, _instant(le, JOURNEE, x))


def _sans(ouvert: Iterable[Temps], pris: list[Temps]) -> Iterator[Temps]:
    """What is left of open time once what is taken is taken out of it."""
    for de, a in ouvert:
        depuis = de
        for debut, fin in pris:
            if debut < a and depuis < fin:
                if depuis < debut:
                    yield depuis, debut
                depuis = fin
        if depuis < a:
            yield depuis, a


def _fondus(temps: Iterable[Temps]) -> list[Temps]:
    """Stretches that touch, as one: an evening and the night that follows."""
    found: list[Temps] = []
    for de, a in sorted(temps):
        if found and de <= found[-1][1]:
            found[-1] = (found[-1][0], max(a, found[-1][1]))
        else:
            found.append((de, a))
    return found
