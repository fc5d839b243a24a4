"""Horaires: when a space is open, written as OpenStreetMap does; the holidays are those of the place's zone.

https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens.espaces.fermetures import REGIE
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, evenement, refus
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire.calendrier import Calendrier, couvre, en_heures, mentionne, parties
from tierslieu_core.vocabulaire.datees import avec, en_vigueur
from tierslieu_core.vocabulaire.identifiants import EspaceId, espace
from tierslieu_core.vocabulaire.temps import Periode


@attrs.frozen(kw_only=True)
class Horaire:
    """Opening hours from a day on; nothing: no hours of its own, the space follows the rules of the place."""

    du: Date
    horaires: str


Horaires = tuple[Horaire, ...]

# ── événement, commande ─────────────────────────────────────────────────────────────────────────────────────────────


@evenement("espaces.HorairesFixes", "Horaires de {espace}, à partir du {du} : {horaires}")
class HorairesFixes:
    espace: EspaceId
    horaires: str
    du: Date
    tous: Horaires = champ("les horaires de l'espace et depuis quand : tout ce qui vaut encore")

    def etiquettes(self) -> Iterable[str]:
        return (espace(self.espace),)


@commande("espaces.FixerHoraires")
class FixerHoraires:
    """Fixer les horaires d'un espace, comme « Mo-Fr 09:00-18:00; PH off » (jours en anglais) ; rien pour les ôter."""

    espace: EspaceId
    horaires: str = champ("horaires, à la manière d'OpenStreetMap")
    du: Date = champ("à partir du")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "espaces.HorairesIllisibles",
    "Ces horaires ne se lisent pas : « {horaires} ». {raison}",
    "Écrivez-les comme « Mo-Fr 09:00-12:00,14:00-18:00; Sa 10:00-12:00; PH off » (Mo Tu We Th Fr Sa Su, PH : fériés).",
)
class HorairesIllisibles(Refus):
    espace: EspaceId
    horaires: str
    raison: str


@refus(
    "espaces.VacancesDansHoraires",
    "« SH » (vacances scolaires) ne dit pas les zones A, B et C : « {horaires} » serait faux ici.",
    "Ôtez « SH » de ces horaires, et adoptez une règle « vacances_scolaires » pour cet espace.",
)
class VacancesDansHoraires(Refus):
    espace: EspaceId
    horaires: str


@refus(
    "espaces.HorairesNonVerifies",
    "Rien ici ne sait lire des horaires, pour vérifier « {horaires} ».",
    "Installez ce qui le sait : pip install 'tierslieu-core[calendrier]'.",
)
class HorairesNonVerifies(Refus):
    espace: EspaceId
    horaires: str


@refus(
    "espaces.HorsHoraires",
    "{espace} n'est pas ouvert tout ce temps-là, {periode} ; le {jour} : {heures}.",
    "Choisissez un créneau dans ces heures, un autre jour, ou un autre espace.",
)
class HorsHoraires(Refus):
    espace: EspaceId
    periode: Periode
    jour: Date
    heures: str


@refus(
    "espaces.OuvertureInconnue",
    "On ne sait pas dire si {espace} est ouvert le {jour} ({horaires}).",
    "Demandez à la conciergerie : ces heures sont à confirmer, ou il manque ici le calendrier de ce jour.",
)
class OuvertureInconnue(Refus):
    espace: EspaceId
    jour: Date
    horaires: str


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _horaires(_: Horaires, fait: HorairesFixes) -> Horaires:
    return fait.tous


horaires_de = Lecture[Horaires]("espaces.horaires", (), _horaires, dernier=True)


def hors_horaires(lequel: EspaceId, horaires: Horaires, p: Periode, calendrier: Calendrier) -> Refus | None:
    """Why the space is not open all that time; ``None`` when it is, or has no hours of its own."""
    for jour, de, a in parties(p) if horaires else ():
        dits = en_vigueur(horaires, jour)
        if dits is None or not dits.horaires:
            continue
        ouvert = calendrier.ouvert(dits.horaires, jour)
        if ouvert is None:
            return OuvertureInconnue(espace=lequel, jour=jour, horaires=dits.horaires)
        if not couvre(ouvert, de, max(a, de + 1)):
            return HorsHoraires(espace=lequel, periode=p, jour=jour, heures=en_heures(ouvert))
    return None


# ── décision ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit(c: FixerHoraires, _: Contexte) -> Lot[tuple[Horaires]]:
    return lire(horaires_de(espace(c.espace)))


def _fixer(c: FixerHoraires, etats: tuple[Horaires], x: Contexte) -> Issue:
    dits = c.horaires.strip()
    avant = en_vigueur(etats[0], c.du)
    if (avant.horaires if avant else "") == dits:
        return ()
    faux = _illisibles(c.espace, dits, Calendrier.de(x)) if dits else None
    tous = avec(etats[0], Horaire(du=c.du, horaires=dits), x.aujourdhui)
    return faux or [HorairesFixes(espace=c.espace, horaires=dits, du=c.du, tous=tous)]


def _illisibles(lequel: EspaceId, horaires: str, calendrier: Calendrier) -> Refus | None:
    if mentionne("SH", horaires):
        return VacancesDansHoraires(espace=lequel, horaires=horaires)
    faute = calendrier.faute(horaires)
    if faute is None:
        return HorairesNonVerifies(espace=lequel, horaires=horaires)
    return HorairesIllisibles(espace=lequel, horaires=horaires, raison=faute) if faute else None


FAITS = (HorairesFixes,)
DEMANDES = (Demande(FixerHoraires, REGIE | {"referent"}, _lit, _fixer),)
REFUS = (HorairesIllisibles, VacancesDansHoraires, HorairesNonVerifies, HorsHoraires, OuvertureInconnue)
