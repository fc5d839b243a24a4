"""Emprunteur: what is known of who borrows: their profile, suspensions, and every loan that rules count."""

from __future__ import annotations

from collections.abc import Sequence

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import jour_de
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.moyens import materiel
from tierslieu_core.domaines.personnes import formations
from tierslieu_core.domaines.usages import pratique
from tierslieu_core.domaines.usages.prets.en_main import (
    Chaine,
    Fait,
    ObjetPerdu,
    ObjetRendu,
    Tenu,
    dernier_pret,
    mains_de,
    nombres_du_mois,
    prets_de,
    prets_du_mois,
    tenu_de,
)
from tierslieu_core.domaines.usages.prets.sorties import EnNombre, nombres_de
from tierslieu_core.domaines.usages.prets.suspension import Suspension, suspendu, suspensions_de
from tierslieu_core.domaines.usages.profil import Profil, mois_de, profil_de
from tierslieu_core.kernel.declarations import Contexte, Refus, refus
from tierslieu_core.kernel.lectures import Lot
from tierslieu_core.vocabulaire.identifiants import ModeleId, PersonneId, objet, personne
from tierslieu_core.vocabulaire.mesures import Mesures, Usage
from tierslieu_core.vocabulaire.temps import Periode

MOIS_D_AVANT = 13
"""Where no fact sums up what a person has in hand: a loan then lasted a year at most."""


@refus(
    "prets.HabilitationRequise",
    "Il faut l'habilitation « {habilitation} » pour emprunter {modele} ; {personne} ne l'a pas le {le}.",
    "Demandez quand elle s'acquiert ; le registre des habilitations dit qui l'a.",
)
class HabilitationRequise(Refus):
    modele: ModeleId
    personne: PersonneId
    habilitation: str
    le: Date


@attrs.frozen
class Emprunteur:
    """``tenus``: what may be in hand, and the ``derniers`` loan of each; ``anciens``: of whom the months alone tell.

    ``nombres``: the loans in number, which count as one each.
    """

    profil: Profil
    suspensions: tuple[Suspension, ...]
    tenus: tuple[Tenu, ...]
    anciens: frozenset[PersonneId]
    mois: Chaine = None
    derniers: Sequence[Fait | None] = ()
    nombres: tuple[EnNombre, ...] = ()

    def en_main(self) -> tuple[Tenu, ...]:
        """What the person has in hand."""
        sus = [t for t, fait in zip(self.tenus, self.derniers, strict=True) if _tient(t, fait)]
        vus = [tenu_de(p) for p, ouvert in prets_du_mois(self.mois) if ouvert and p.personne in self.anciens]
        return tuple({(t.objet, t.depuis): t for t in (*sus, *vus)}.values())

    def usages(self, zone: str) -> tuple[Usage, ...]:
        """Every loan of the months that were read, and those in hand, however old."""
        reste = {(t.objet, t.depuis): t for t in self.en_main()}
        vus = [
            (tenu_de(pret), ouvert and reste.pop((pret.objet, pret.depuis), None) is not None)
            for pret, ouvert in prets_du_mois(self.mois)
        ]
        par_objet = tuple(
            Usage(Periode.de_jours(t.depuis, t.retour, zone), materiel.lieux(t.objet, t.categorie), en_main)
            for t, en_main in (*vus, *((t, True) for t in reste.values()))
        )
        return par_objet + self._en_nombre(zone)

    def _en_nombre(self, zone: str) -> tuple[Usage, ...]:
        dehors = {n.pret: n for n in self.nombres}
        tous = {p.pret: p for p in nombres_du_mois(self.mois)} | dehors
        return tuple(
            Usage(Periode.de_jours(n.depuis, n.retour, zone), (f"categorie:{n.categorie}",), lequel in dehors)
            for lequel, n in tous.items()
        )

    def empechement(self, qui: PersonneId, modele: materiel.Modele | None, le: Date) -> Refus | None:
        """Why the person cannot borrow one of this model on a day."""
        requise = modele.habilitation if modele else ""
        acquises = formations.valides([t for siennes in self.profil[1][0] for t in siennes], le)
        if modele and requise and requise not in acquises:
            return HabilitationRequise(modele=modele.modele, personne=qui, habilitation=requise, le=le)
        return next((non for s in self.suspensions if (non := suspendu(s, le)) is not None), None)

    def pratiquees(
        self, qui: PersonneId, modele: materiel.Modele | None, lieux: tuple[str, ...], x: Contexte
    ) -> list[formations.HabilitationPratiquee]:
        """What the person practises by having one of this model in hand."""
        m = Mesures(action="preter", personne=qui, lieux=lieux, jour=x.aujourdhui)
        return pratique.pratiquees(m, self.profil[1][0], x, *([modele.habilitation] if modele else []))


def _tient(t: Tenu, dernier: Fait | None) -> bool:
    return dernier is not None and not isinstance(dernier, ObjetRendu | ObjetPerdu) and dernier.depuis == t.depuis


Lu = tuple[
    tuple[Profil, tuple[tuple[Suspension, ...], tuple[tuple[EnNombre, ...], ...]]],
    tuple[tuple[tuple[Tenu, ...] | None, ...], tuple[Chaine | Fait | None, ...]],
]


def lit_emprunteur(qui: PersonneId, x: Contexte) -> Lot[Lu]:
    """Who a person is, what they may have in hand; then the months that rules count, and the last loan of each item."""
    tags = [personne(un) for un in identifiants(qui, x)]
    mains: Lot[tuple[tuple[Tenu, ...] | None, ...]] = Lot(tuple(mains_de(tag) for tag in tags))
    suspensions = suspensions_de(tuple(tags))
    nombres: Lot[tuple[tuple[EnNombre, ...], ...]] = Lot(tuple(nombres_de(tag) for tag in tags))
    return profil_de(qui, x).avec(suspensions.avec(nombres)).avec(mains.puis(lambda sues: _lit_prets(qui, sues, x)))


def _lit_prets(qui: PersonneId, sues: Sequence[tuple[Tenu, ...] | None], x: Contexte) -> Lot[tuple[Chaine | Fait, ...]]:
    jour = x.aujourdhui
    premier, _ = x.livre.mois_a_lire(jour, jour, jour, "preter")
    if None in sues:
        premier = min(premier, jour.subtract(months=MOIS_D_AVANT))
    mois = mois_de(qui, premier, max(jour, jour_de(x)), x)
    return Lot((prets_de(*mois), *(dernier_pret(objet(t.objet)) for t in _tenus(sues))))


def _tenus(sues: Sequence[tuple[Tenu, ...] | None]) -> tuple[Tenu, ...]:
    return tuple(t for siens in sues for t in siens or ())


def emprunteur(qui: PersonneId, lu: Lu, x: Contexte) -> Emprunteur:
    """The borrower, from what ``lit_emprunteur`` read."""
    (profil, (suspensions, nombres)), (sues, (mois, *derniers)) = lu
    siens = tuple(n for ceux in nombres for n in ceux)
    anciens = frozenset(un for un, siens in zip(identifiants(qui, x), sues, strict=True) if siens is None)
    return Emprunteur(profil, suspensions, _tenus(sues), anciens, mois, derniers, siens)  # type: ignore[arg-type]  # as read


REFUS = (HabilitationRequise,)
