"""Échelle: what the rule's ladder says of one more écart, by how many that person has had in the period."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs
import msgspec
from whenever import Date

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.recours.vie import Rendue, decision_rendue, mesuree
from tierslieu_core.domaines.cadre.regles.ecarts import EcartConstate
from tierslieu_core.domaines.cadre.regles.genres.adhesion import DelaiAudition
from tierslieu_core.domaines.cadre.regles.sinon import SUSPENSION, TOLERANCE, Marche, PeriodeDEcarts
from tierslieu_core.domaines.personnes.adhesions.adhesion import Accordee, lue
from tierslieu_core.domaines.personnes.adhesions.exclusion import AuditionConvoquee, Procedure, procedure_de
from tierslieu_core.domaines.personnes.adhesions.validite import vivante
from tierslieu_core.domaines.personnes.sanctions.mesure import (
    Ecarts,
    Fait,
    MesureAPrendre,
    MesurePrise,
    comptent,
    ecarts_de,
    suites_de,
)
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    Refus,
    Suite,
    champ,
    commande,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.francais import date
from tierslieu_core.vocabulaire.identifiants import PersonneId, SanctionId, depuis_cle, personne

RAPPEL, AVERTISSEMENT, EXCLUSION = "rappel", "avertissement", "exclusion"
DUREE, DUREE_DITE = "duree_jours=", re.compile(r"[0-9]{1,4}")
DITES = frozenset({TOLERANCE, RAPPEL, AVERTISSEMENT})
"""What is done once it is said."""
PERIODES: Mapping[PeriodeDEcarts, Callable[[Date], object]] = {
    "mois": lambda jour: (jour.year, jour.month), "annee": lambda jour: jour.year, "toujours": lambda _: None,
}  # fmt: skip
"""By what two days are in one period."""


@commande("sanctions.Sanctionner")
class Sanctionner:
    """Donner à un écart la suite que dit l'échelle de la règle ; le lieu le demande de lui-même, une fois."""

    personne: PersonneId
    ecart: str = champ("l'écart constaté", dit="fait")
    motif: Personnel = personnel("motif", qui="personne", conservation="sanction")


@refus(
    "sanctions.EcartInconnu",
    "Aucun écart de {personne} qui compte n'est constaté là ({ecart}).",
    "Voyez ce qui l'est : tierslieu decisions --personne … ; un écart corrigé ou annulé ne compte plus.",
)
class EcartInconnu(Refus):
    personne: PersonneId
    ecart: str = champ(dit="fait")


Etats = tuple[Ecarts, tuple[Fait, ...], Accordee | None, Procedure | None, Rendue | None]


def _lit(c: Sanctionner, x: Contexte) -> Lot[Etats]:
    tags = map(personne, identifiants(c.personne, x))
    prise = decision_rendue(f"cle:{c.ecart.rpartition('/')[0]}")
    return lire(ecarts_de(c.personne, x), suites_de(c.personne, x), lue(c.personne, x), procedure_de(*tags), prise)


def _sanctionner(c: Sanctionner, etats: Etats, x: Contexte) -> Issue:
    ecarts, suites, adhesion, procedure, prise = etats
    if any(fait.ecart == c.ecart for fait in suites):
        return ()
    tous = comptent(ecarts, suites, x)
    ecart = dict(tous).get(c.ecart)
    if ecart is None:
        return EcartInconnu(personne=c.personne, ecart=c.ecart)
    version = x.livre.reglement.version(ecart.regle, ecart.version)
    assert version is not None, "l'écart en vient"  # noqa: S101 - a rule is never forgotten
    deja = _deja(c.ecart, ecart, tous, PERIODES[version.sinon.periode])
    marche = version.sinon.marche(deja)
    marche = attrs.evolve(marche, duree_jours=marche.duree_jours or calculee(marche, prise, x))
    jours = _jours(marche, adhesion, procedure, c.personne, x)
    dit: dict[str, Any] = {
        "sanction": SanctionId(depuis_cle(x.cle)), "personne": c.personne, "mesure": marche.mesure,
        "regle": ecart.regle, "ecart": c.ecart, "rang": deja + 1, "motif": c.motif,
    }  # fmt: skip
    if jours is None:
        return [MesureAPrendre(**dit, precisions=(*marche.details, *marche.formules))]
    return [MesurePrise(**dit, du=jours[0], au=jours[1], remplace=None)]


def _deja(lequel: str, ecart: EcartConstate, tous: Ecarts, periode: Callable[[Date], object]) -> int:
    """How many écarts from the same rule stand before this one in its period."""
    avant = tous[: [un for un, _ in tous].index(lequel)]
    return sum(e.regle == ecart.regle and periode(e.le) == periode(ecart.le) for _, e in avant)


def _jours(
    marche: Marche, adhesion: Accordee | None, procedure: Procedure | None, qui: PersonneId, x: Contexte
) -> tuple[Date | None, Date | None] | None:
    """First and last day of the measure, if it has any; ``None`` when somebody has to take it."""
    if marche.mesure in DITES:
        return None, None
    if marche.mesure == EXCLUSION:
        return jour_d_audition(procedure, qui, x), None
    tenue = vivante(adhesion, qui)
    if marche.mesure != SUSPENSION or not marche.duree_jours or isinstance(tenue, Refus):
        return None
    du, dure = x.aujourdhui, marche.duree_jours
    court = tenue.suspension
    if court is None or court.au < du:
        return du, du.add(days=dure - 1)
    return min(du, court.du), court.au.add(days=dure)


def calculee(marche: Marche, prise: Rendue | None, x: Contexte) -> int:
    """The days that a formula comes to, on the facts told with the demand; 0 when nobody can tell.

    Asked as a day of the calendar is, and kept with the decision: a replay never computes it again.
    """
    cel = next((f.removeprefix(DUREE) for f in marche.formules if f.startswith(DUREE)), "")
    if not cel or prise is None:
        return 0
    dits, declares = mesuree(prise[0]).get("faits", {}), x.livre.reglement.faits
    types = {nom: declares[nom].type for nom in dits if nom in declares}
    lus = msgspec.json.encode({"faits": dits, "types": types, "zone": x.livre.zone}, order="sorted").decode()
    dit = x.oracle("formule", cel, lus) or ""
    return int(dit) if DUREE_DITE.fullmatch(dit) else 0


def jour_d_audition(procedure: Procedure | None, qui: PersonneId, x: Contexte) -> Date:
    """The day of the hearing without which nobody is excluded: the one that is called, else the soonest."""
    if isinstance(procedure, AuditionConvoquee):
        return procedure.le
    delai = x.livre.reglage(DelaiAudition, x.aujourdhui, personne=qui)
    return x.aujourdhui.add(days=delai.jours if delai else 0)


def _suite(fait: EcartConstate, note: Note) -> Iterator[Sanctionner]:
    motif = f"écart à la règle « {fait.regle} », le {date(fait.le)}"
    yield Sanctionner(personne=fait.personne, ecart=note.id, motif=motif)


ACCUEIL = frozenset({"concierge", "coordination"})
DEMANDES = (Demande(Sanctionner, ACCUEIL, _lit, _sanctionner),)
REFUS = (EcartInconnu,)
SUITES = (Suite("sanction", EcartConstate, _suite, notes=True),)
