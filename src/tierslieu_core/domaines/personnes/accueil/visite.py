"""Visite (A1): somebody comes to the place, known or not, alone or with others; counted by public, judged by rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.gouvernance.mandats import SOI
from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.personnes.adhesions.couverture import Lues, couverture, couverture_de
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    champ,
    commande,
    evenement,
    personnel,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.calendrier import Calendrier
from tierslieu_core.vocabulaire.identifiants import PersonneId, PublicId, VisiteId, depuis_cle, mois, public
from tierslieu_core.vocabulaire.identifiants import visite as etiquette
from tierslieu_core.vocabulaire.mesures import Mesures, Usage
from tierslieu_core.vocabulaire.temps import Periode, mois_entre

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("accueil.VisiteNotee", "De passage au lieu ({public}) : {nombre}[, dont {personne}][ ; {objet}]")
class VisiteNotee:
    """``personne``: who came, if the place knows them; nobody needs to be known to be welcome."""

    visite: VisiteId
    public: PublicId
    nombre: int
    le: Date
    personne: PersonneId | None
    objet: Personnel | None = personnel("ce qui les amène", qui="par", conservation="accueil")

    def etiquettes(self) -> Iterable[str]:
        dite = etiquette(self.visite)
        return (dite,) if self.personne is None else (dite, mois(self.personne, self.le))


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("accueil.NoterVisite")
class NoterVisite:
    """Noter une visite : de quel public, combien ; qui et pourquoi, si on le sait."""

    public: PublicId
    nombre: int = champ("combien de personnes", default=1)
    personne: PersonneId | None = champ("qui, si le lieu connaît cette personne", default=None)
    objet: Personnel | None = personnel("ce qui les amène", qui="par", conservation="accueil", default=None)

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [] if self.nombre > 0 else [("nombre", f"1 au moins, reçu {self.nombre}")]


@commande("accueil.CorrigerVisite")
class CorrigerVisite:
    """Corriger une visite, notée par erreur."""

    visite: VisiteId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _siennes(etat: tuple[VisiteNotee, ...], fait: VisiteNotee) -> tuple[VisiteNotee, ...]:
    return (*etat, fait)


def _dernier(_: Read | None, fait: VisiteNotee, note: Note) -> Read | None:
    return fait, note


visites_de = Lecture[tuple[VisiteNotee, ...]]("accueil.visites", (), _siennes)
dernier_fait = Lecture[Read | None]("accueil.dernier_fait_visite", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[tuple[tuple[VisiteNotee, ...]], Lues] | tuple[()]


def _lit(c: NoterVisite, x: Contexte) -> Lot[Etats]:
    """Of whom the place knows: what covers them, and their other visits in the months that rules count."""
    if c.personne is None:
        return Lot(())
    premier, dernier = x.livre.mois_a_lire(x.aujourdhui, x.aujourdhui, x.aujourdhui, VISITER)
    siens = [mois(un, m) for un in identifiants(c.personne, x) for m in mois_entre(premier, dernier)]
    lus: Lot[Any] = lire(visites_de(*siens)).avec(couverture_de(c.personne, x))
    return lus


def _noter(c: NoterVisite, _: Etats, x: Contexte) -> Issue:
    return [
        VisiteNotee(
            visite=VisiteId(depuis_cle(x.cle)), public=c.public, nombre=c.nombre, le=x.aujourdhui,
            personne=c.personne, objet=c.objet,
        )
    ]  # fmt: skip


def _mesure(c: NoterVisite, etats: Etats, x: Contexte) -> Mesures:
    """What the rules that name it judge: how many of which public; of one whom the place knows, how often they came."""
    jour, lieux = x.aujourdhui, (public(c.public),)
    dit = Mesures(
        action=VISITER, nommee=True, personne=c.personne or PersonneId(""), lieux=lieux, jour=jour,
        periode=Periode.de_jours(jour, jour, x.livre.zone), participants=c.nombre, demande_le=x.survenu_le,
        calendrier=Calendrier.de(x),
    )  # fmt: skip
    if not etats:
        return dit
    (siennes,), lues = etats
    vaut = couverture(lues, jour)
    usages = tuple(Usage(Periode.de_jours(v.le, v.le, x.livre.zone), (public(v.public),)) for v in siennes)
    return attrs.evolve(
        dit, publics=vaut.publics, groupes=vaut.groupes, adhesion=vaut.jusqu_au, droits=vaut.droits, usages=usages
    )


VISITER = "visiter"
QUI = frozenset({"concierge", "coordination"})
FAITS = (VisiteNotee,)
DEMANDES = (
    Demande(NoterVisite, QUI | {SOI}, _lit, _noter, _mesure),
    correction(CorrigerVisite, QUI, dernier_fait, lambda c: etiquette(c.visite)),
)
