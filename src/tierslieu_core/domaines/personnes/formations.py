"""Formations (F2), so far as habilitations: granted until a date, withdrawn with a motive; rules can require them."""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.recours import EffetsAnnules
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Domaine,
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
from tierslieu_core.kernel.lectures import Lecture, Lot
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId, personne
from tierslieu_core.vocabulaire.temps import ordre

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Tenue:
    """One habilitation that a person holds; ``jusqu_au``: its last day, ``None`` without end."""

    habilitation: str
    du: Date
    jusqu_au: Date | None

    def court(self, jour: Date) -> bool:
        """Whether it holds on a day."""
        return self.du <= jour and not self.finie(jour)

    def finie(self, jour: Date) -> bool:
        """Whether it is over by that day."""
        return self.jusqu_au is not None and self.jusqu_au < jour


@evenement("formations.HabilitationAccordee", "{personne} reçoit l'habilitation « {habilitation} » à partir du {du}")
class HabilitationAccordee:
    personne: PersonneId
    habilitation: str
    du: Date
    jusqu_au: Date | None
    tenues: tuple[Tenue, ...] = champ("toutes les habilitations de la personne, désormais")

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


@evenement("formations.HabilitationRetiree", "L'habilitation « {habilitation} » est retirée à {personne} : {motif}")
class HabilitationRetiree:
    personne: PersonneId
    habilitation: str
    motif: Personnel = personnel(qui="personne", conservation="formation")
    tenues: tuple[Tenue, ...] = champ("toutes les habilitations de la personne, désormais")

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("formations.AccorderHabilitation")
class AccorderHabilitation:
    """Accorder une habilitation à une personne, jusqu'à une date si elle expire."""

    personne: PersonneId
    habilitation: str
    du: Date = champ("premier jour")
    jusqu_au: Date | None = champ("dernier jour", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return ordre(self.du, self.jusqu_au, "jusqu_au")


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


def _tenues(_: tuple[Tenue, ...], fait: HabilitationAccordee | HabilitationRetiree) -> tuple[Tenue, ...]:
    return fait.tenues


habilitations_de = Lecture[tuple[Tenue, ...]]("formations.habilitations", (), _tenues, dernier=True)


def habilitations(qui: PersonneId, x: Contexte) -> Lot[tuple[tuple[Tenue, ...], ...]]:
    """What a person learnt, under each of their identifiers, this one first."""
    return Lot(tuple(habilitations_de(personne(un)) for un in identifiants(qui, x)))


def _dernier(_: Read | None, fait: HabilitationAccordee | HabilitationRetiree, note: Note) -> Read | None:
    return fait, note


dernier_fait = Lecture[Read | None]("formations.dernier_fait", None, _dernier, dernier=True, notes=True)


def valides(tenues: Iterable[Tenue], jour: Date) -> tuple[str, ...]:
    """The habilitations that hold on a day."""
    return tuple(t.habilitation for t in tenues if t.court(jour))


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[tuple[Tenue, ...], ...]


def _lit(c: AccorderHabilitation | RetirerHabilitation, x: Contexte) -> Lot[Etats]:
    return habilitations(c.personne, x)


def _accorder(c: AccorderHabilitation, etats: Etats, _: Contexte) -> Issue:
    nouvelle = Tenue(habilitation=c.habilitation, du=c.du, jusqu_au=c.jusqu_au)
    if any(nouvelle in tenues for tenues in etats):
        return ()
    autres = tuple(t for t in etats[0] if t.habilitation != c.habilitation or t.finie(c.du))
    return [
        HabilitationAccordee(
            personne=c.personne, habilitation=c.habilitation, du=c.du, jusqu_au=c.jusqu_au, tenues=(*autres, nouvelle)
        )
    ]


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
    """``par``: who granted it; ``valide``: whether it holds, on the day it is read."""

    personne: PersonneId
    habilitation: str
    du: Date
    jusqu_au: Date | None
    par: PersonneId
    valide: bool = False


def _tenir(
    lignes: dict[tuple[PersonneId, str], Habilitation], fait: HabilitationAccordee | HabilitationRetiree, note: Note
) -> None:
    cle = fait.personne, fait.habilitation
    if isinstance(fait, HabilitationRetiree):
        lignes.pop(cle, None)  # it is not there when the withdrawal was dated before the grant
    else:
        lignes[cle] = Habilitation(fait.personne, fait.habilitation, fait.du, fait.jusqu_au, PersonneId(note.par))


def _au(ligne: Habilitation, jour: Date) -> Habilitation:
    tenue = Tenue(habilitation=ligne.habilitation, du=ligne.du, jusqu_au=ligne.jusqu_au)
    return attrs.evolve(ligne, valide=tenue.court(jour))


FORMATEURS = frozenset({"concierge", "coordination", "formateur"})
DOMAINE = Domaine(
    "formations",
    "Formations et habilitations",
    faits=(HabilitationAccordee, HabilitationRetiree),
    demandes=(
        Demande(AccorderHabilitation, FORMATEURS, _lit, _accorder),
        Demande(RetirerHabilitation, FORMATEURS, _lit, _retirer),
        correction(CorrigerHabilitation, FORMATEURS, dernier_fait, lambda c: personne(c.personne)),
    ),
    refus=(HabilitationAbsente,),
    registres=(Registre("habilitations", Habilitation, _tenir, _au, "Registre des habilitations", ("personne",)),),
    suites=(Suite("habilitation_retablie", EffetsAnnules, _retablir),),
)
