"""Habilitation: granted until a date, kept up by practice, withdrawn with a motive; rules can require it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.domaines.cadre.recours import EffetsAnnules
from tierslieu_core.domaines.cadre.regles.genres.commun import positif
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
    evenement,
    fiche,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.lectures import Lecture, Lot
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId, personne
from tierslieu_core.vocabulaire.temps import ordre

AVANT_JOURS = 30
"""How long before an habilitation ends, or goes out unused, it is told, unless the place has set otherwise."""

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Tenue:
    """One habilitation that a person holds; ``jusqu_au``: its last day, ``None`` without end.

    ``pratique_jours``: it goes out after so many days without practice, since ``pratiquee`` or else since ``du``.
    """

    habilitation: str
    du: Date
    jusqu_au: Date | None
    pratique_jours: int | None = None
    pratiquee: Date | None = None

    def court(self, jour: Date) -> bool:
        """Whether it holds on a day."""
        return self.du <= jour and not self.finie(jour)

    def finie(self, jour: Date) -> bool:
        """Whether it is over by that day, by its term or for want of practice."""
        return any(fin is not None and fin < jour for fin in (self.jusqu_au, self.s_eteint))

    @property
    def s_eteint(self) -> Date | None:
        """The last day on which it holds if nothing more is practised; ``None``: practice is not asked for."""
        if self.pratique_jours is None:
            return None
        return max(self.du, self.pratiquee or self.du).add(days=self.pratique_jours)


@evenement(
    "formations.HabilitationAccordee",
    "{personne} reçoit l'habilitation « {habilitation} » à partir du {du}[, jusqu'au {jusqu_au}]",
    version=2, upcasts={1: dict},
)  # fmt: skip
class HabilitationAccordee:
    personne: PersonneId
    habilitation: str
    du: Date
    jusqu_au: Date | None
    tenues: tuple[Tenue, ...] = champ("toutes les habilitations de la personne, désormais")
    pratique_jours: int | None = champ("s'éteint après tant de jours sans pratique", unite="jours", default=None)

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


@evenement("formations.HabilitationPratiquee", "{personne} pratique ce que permet l'habilitation « {habilitation} »")
class HabilitationPratiquee:
    personne: PersonneId
    habilitation: str
    le: Date
    tenues: tuple[Tenue, ...] = champ("toutes les habilitations de la personne, désormais")

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


@evenement(
    "formations.HabilitationRetiree",
    "L'habilitation « {habilitation} » est retirée à {personne} : {motif}",
    version=2, upcasts={1: dict},
)  # fmt: skip
class HabilitationRetiree:
    personne: PersonneId
    habilitation: str
    motif: Personnel = personnel(qui="personne", conservation="formation")
    tenues: tuple[Tenue, ...] = champ("toutes les habilitations de la personne, désormais")

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


Fait = HabilitationAccordee | HabilitationPratiquee | HabilitationRetiree

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("formations.AccorderHabilitation")
class AccorderHabilitation:
    """Accorder une habilitation à une personne, jusqu'à une date si elle expire."""

    personne: PersonneId
    habilitation: str
    du: Date = champ("premier jour")
    jusqu_au: Date | None = champ("dernier jour", default=None)
    pratique_jours: int | None = champ("s'éteint après tant de jours sans pratique", unite="jours", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return ordre(self.du, self.jusqu_au, "jusqu_au") + compter("pratique_jours", self.pratique_jours)


@commande("formations.NoterPratique")
class NoterPratique:
    """Noter qu'une personne a pratiqué, ce jour, ce que permet une habilitation : elle ne s'éteint pas."""

    personne: PersonneId
    habilitation: str


@commande("formations.RetirerHabilitation")
class RetirerHabilitation:
    """Retirer une habilitation, dès ce jour, avec un motif ; elle a valu jusqu'à la veille."""

    personne: PersonneId
    habilitation: str
    motif: Personnel = personnel("motif", qui="personne", conservation="formation")


@commande("formations.CorrigerHabilitation")
class CorrigerHabilitation:
    """Corriger le dernier fait des habilitations d'une personne, enregistré par erreur."""

    personne: PersonneId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


def compter(champ: str, n: int | None) -> list[tuple[str, str]]:
    """The fault of a number that says how many, when it is said."""
    return [] if n is None else positif(champ, n, maximum=DIX_ANS if champ.endswith("jours") else None)


DIX_ANS = 3653

# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "formations.HabilitationAbsente",
    "{personne} n'a pas l'habilitation « {habilitation} ».",
    "Voyez le registre des habilitations.",
)
class HabilitationAbsente(Refus):
    personne: PersonneId
    habilitation: str


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _tenues(
    _: tuple[Tenue, ...], fait: HabilitationAccordee | HabilitationPratiquee | HabilitationRetiree
) -> tuple[Tenue, ...]:
    return fait.tenues


habilitations_de = Lecture[tuple[Tenue, ...]]("formations.habilitations", (), _tenues, dernier=True)


def habilitations(qui: PersonneId, x: Contexte) -> Lot[tuple[tuple[Tenue, ...], ...]]:
    """What a person learnt, under each of their identifiers, this one first."""
    return Lot(tuple(habilitations_de(personne(un)) for un in identifiants(qui, x)))


def _dernier(
    _: Read | None, fait: HabilitationAccordee | HabilitationPratiquee | HabilitationRetiree, note: Note
) -> Read | None:
    return fait, note


dernier_fait = Lecture[Read | None]("formations.dernier_fait", None, _dernier, dernier=True, notes=True)


def valides(tenues: Iterable[Tenue], jour: Date) -> tuple[str, ...]:
    """The habilitations that hold on a day."""
    return tuple(t.habilitation for t in tenues if t.court(jour))


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[tuple[Tenue, ...], ...]


def _lit(c: AccorderHabilitation | NoterPratique | RetirerHabilitation, x: Contexte) -> Lot[Etats]:
    return habilitations(c.personne, x)


def _accorder(c: AccorderHabilitation, etats: Etats, _: Contexte) -> Issue:
    nouvelle = Tenue(habilitation=c.habilitation, du=c.du, jusqu_au=c.jusqu_au, pratique_jours=c.pratique_jours)
    if any(attrs.evolve(t, pratiquee=None) == nouvelle for tenues in etats for t in tenues):
        return ()
    remplacees = [t for t in etats[0] if t.habilitation == c.habilitation and not t.finie(c.du)]
    pratiquee = max((t.pratiquee for t in remplacees if t.pratiquee), default=None)
    return [
        HabilitationAccordee(
            personne=c.personne, habilitation=c.habilitation, du=c.du, jusqu_au=c.jusqu_au,
            pratique_jours=c.pratique_jours,
            tenues=(*(t for t in etats[0] if t not in remplacees), attrs.evolve(nouvelle, pratiquee=pratiquee)),
        )
    ]  # fmt: skip


def _noter(c: NoterPratique, etats: Etats, x: Contexte) -> Issue:
    if c.habilitation not in valides((t for tenues in etats for t in tenues), x.aujourdhui):
        return HabilitationAbsente(personne=c.personne, habilitation=c.habilitation)
    return pratiquer(c.personne, {c.habilitation}, etats, x)


def pratiquer(qui: PersonneId, exercees: Iterable[str], etats: Etats, x: Contexte) -> list[HabilitationPratiquee]:
    """What it is to practise these today: facts that keep them up, for those that would go out and were not yet so."""
    faits = []
    for un, tenues in zip(identifiants(qui, x), etats, strict=True):
        siennes = tenues
        for habilitation in sorted(set(exercees)):
            apres = tuple(_pratiquee(t, habilitation, x.aujourdhui) for t in siennes)
            if apres != siennes:
                siennes = apres
                faits.append(
                    HabilitationPratiquee(personne=un, habilitation=habilitation, le=x.aujourdhui, tenues=siennes)
                )
    return faits


def _pratiquee(t: Tenue, habilitation: str, jour: Date) -> Tenue:
    vaut = t.habilitation == habilitation and t.pratique_jours is not None and t.court(jour)
    return attrs.evolve(t, pratiquee=jour) if vaut and jour > (t.pratiquee or t.du) else t


def _retirer(c: RetirerHabilitation, etats: Etats, x: Contexte) -> Issue:
    """Under each identifier that has it, so that none keeps it."""
    retirees = [
        HabilitationRetiree(personne=un, habilitation=c.habilitation, motif=c.motif, tenues=restent)
        for un, tenues in zip(identifiants(c.personne, x), etats, strict=True)
        if (restent := _sans(tenues, c.habilitation, x.aujourdhui)) is not None
    ]
    return retirees or HabilitationAbsente(personne=c.personne, habilitation=c.habilitation)


def _sans(tenues: tuple[Tenue, ...], habilitation: str, jour: Date) -> tuple[Tenue, ...] | None:
    """What remains once one is withdrawn that day; ``None`` when it is not held."""
    retiree = next((t for t in tenues if t.habilitation == habilitation and not t.finie(jour)), None)
    if retiree is None:
        return None
    passee = (attrs.evolve(retiree, jusqu_au=jour.prev_day()),) if retiree.du < jour else ()
    return (*(t for t in tenues if t != retiree), *passee)


def _retablir(fait: EffetsAnnules) -> Iterable[CorrigerHabilitation]:
    """A withdrawal that an appeal or a revision undid does not count any more."""
    if fait.commande == fiche(RetirerHabilitation).nom:
        yield CorrigerHabilitation(personne=fait.personne, motif=fait.motif, fait=f"{fait.decision}/1")


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class Habilitation:
    """``par``: who granted it; ``valide``: whether it holds, on the day it is read.

    ``s_eteint``: the last day on which it holds without more practice; ``pratiquee``: the last one.
    """

    personne: PersonneId
    habilitation: str
    du: Date
    jusqu_au: Date | None
    par: PersonneId
    valide: bool = False
    pratiquee: Date | None = None
    s_eteint: Date | None = None
    pratique_jours: int | None = None


def _tenir(
    lignes: dict[tuple[PersonneId, str], Habilitation],
    fait: HabilitationAccordee | HabilitationPratiquee | HabilitationRetiree,
    note: Note,
) -> None:
    cle = fait.personne, fait.habilitation
    match fait:
        case HabilitationAccordee():
            deja = next((t.pratiquee for t in fait.tenues if t.habilitation == fait.habilitation and t.pratiquee), None)
            lignes[cle] = Habilitation(
                fait.personne, fait.habilitation, fait.du, fait.jusqu_au, PersonneId(note.par), pratiquee=deja,
                pratique_jours=fait.pratique_jours,
            )  # fmt: skip
        case HabilitationPratiquee() if cle in lignes:
            lignes[cle] = attrs.evolve(lignes[cle], pratiquee=fait.le)
        case _:  # withdrawn; it may not be there, when that was dated before the grant
            lignes.pop(cle, None)


def _tenue(ligne: Habilitation) -> Tenue:
    return Tenue(
        habilitation=ligne.habilitation, du=ligne.du, jusqu_au=ligne.jusqu_au, pratique_jours=ligne.pratique_jours,
        pratiquee=ligne.pratiquee,
    )  # fmt: skip


def _au(ligne: Habilitation, jour: Date) -> Habilitation:
    tenue = _tenue(ligne)
    return attrs.evolve(ligne, valide=tenue.court(jour), s_eteint=tenue.s_eteint)


FINIT: Mapping[str, str] = {
    "jusqu_au": "L'habilitation « {habilitation} » de {personne} va jusqu'au {jusqu_au} ; à renouveler s'il y a lieu",
    "s_eteint": "L'habilitation « {habilitation} » de {personne} s'éteint après le {s_eteint}, faute de pratique",
}


def _dues(ligne: Habilitation, x: Contexte) -> Iterator[Due]:
    """What ends is told ahead, and no more once it is over."""
    tenue = _tenue(ligne)
    if tenue.finie(x.aujourdhui):
        return
    for champ_, phrase in FINIT.items():
        fin: Date | None = getattr(tenue, champ_)
        if fin is not None:
            quand = rappel(fin, x, action="habiliter", jours=AVANT_JOURS)
            yield Due(quand, personne(ligne.personne), phrase)


# ── le mot ──────────────────────────────────────────────────────────────────────────────────────────────────────────

FORMATEURS = frozenset({"concierge", "coordination", "formateur"})
FAITS = (HabilitationAccordee, HabilitationPratiquee, HabilitationRetiree)
DEMANDES: tuple[Demande[Any, Any], ...] = (
    Demande(AccorderHabilitation, FORMATEURS, _lit, _accorder),
    Demande(NoterPratique, FORMATEURS, _lit, _noter),
    Demande(RetirerHabilitation, FORMATEURS, _lit, _retirer),
    correction(CorrigerHabilitation, FORMATEURS, dernier_fait, lambda c: personne(c.personne)),
)
REFUS = (HabilitationAbsente,)
REGISTRES = (Registre("habilitations", Habilitation, _tenir, _au, "Registre des habilitations", ("personne",)),)
SUITES = (Suite("habilitation_retablie", EffetsAnnules, _retablir),)
ECHEANCES = (Echeance("formations.habilitation", "Habilitations qui finissent", "habilitations", _dues),)
TRANSMISSIONS = (
    Transmission(
        "Qui est habilité", "habilitations",
        "{personne} : « {habilitation} », depuis le {du}[, jusqu'au {jusqu_au}][, à pratiquer avant le {s_eteint}]",
        lambda ligne, x: _tenue(ligne).court(x.aujourdhui), rubrique="gens",
    ),
)  # fmt: skip
