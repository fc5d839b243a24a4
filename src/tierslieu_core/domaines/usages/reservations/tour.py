"""Tour: hours are free again; whoever has waited for them longest, and may have them, is served."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.arbitrage import Arbitrage, arbitrer
from tierslieu_core.domaines.cadre.regles.genres.attente import ConfirmationAttente, OrdreAttente
from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.moyens import espaces
from tierslieu_core.domaines.usages.reservations.attente import (
    AttenteDemandee,
    Attentes,
    AttenteServie,
    CreneauPropose,
    Passee,
    attentes_de,
)
from tierslieu_core.domaines.usages.reservations.demande import attente, jusqu_au, retenue
from tierslieu_core.domaines.usages.reservations.ensemble import Ensemble, ensemble_lu, groupe, lieu_de, lit_ensemble
from tierslieu_core.domaines.usages.reservations.mesure import mesure
from tierslieu_core.domaines.usages.reservations.obstacle import Possible, juger
from tierslieu_core.domaines.usages.reservations.occupation import Lieu, reglage
from tierslieu_core.domaines.usages.reservations.place import pris
from tierslieu_core.domaines.usages.reservations.provisoire import OptionPosee, ReservationEnAttente
from tierslieu_core.domaines.usages.reservations.reservation import ReservationAcceptee
from tierslieu_core.domaines.usages.reservations.voulu import Voulu
from tierslieu_core.kernel.declarations import Contexte, Demande, Evenement, Issue, Refus, champ, commande, refus
from tierslieu_core.kernel.lectures import Lot
from tierslieu_core.vocabulaire.identifiants import AttenteId, EspaceId, ReservationId, depuis_cle, espace, jour
from tierslieu_core.vocabulaire.mesures import Mesures, lue
from tierslieu_core.vocabulaire.temps import Moment, Periode

# ── commande ────────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("reservations.ServirAttente")
class ServirAttente:
    """Servir la liste d'attente, dans l'ordre, puisque ces heures se libèrent."""

    espace: EspaceId
    debut: Moment = champ("début de ce qui se libère")
    fin: Moment

    def fautes(self, zone: str) -> list[tuple[str, str]]:
        return Periode(self.debut, self.fin, zone).fautes()


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "reservations.PersonneNePeutEtreServi",
    "{espace} est libre, mais qui l'attend ne peut pas l'avoir : {passees}.",
    "Chaque personne garde sa place dans la liste ; une dérogation peut lever une règle, et d'autres peuvent réserver.",
)
class PersonneNePeutEtreServi(Refus):
    espace: EspaceId
    passees: tuple[Passee, ...]


# ── lire : la liste, et celles qui la touchent par un jour ou par un espace lié ─────────────────────────────────────

Ou = tuple[frozenset[EspaceId], frozenset[Date]]


def _depart(c: ServirAttente, x: Contexte) -> Ou:
    return frozenset({c.espace}), frozenset(Periode(c.debut, c.fin, x.livre.zone).jours())


def _lit(c: ServirAttente, x: Contexte) -> Lot[Any]:
    return _lit_listes(_depart(c, x), x)


def _lit_listes(ou: Ou, x: Contexte) -> Lot[Any]:
    lesquels, jours = sorted(ou[0]), sorted(ou[1])
    listes = attentes_de(*(jour(e, j) for e in lesquels for j in jours))
    return Lot((listes, *(espaces.genes_de(espace(e)) for e in lesquels))).puis(lambda lus: _lit_plus(ou, lus, x))


def _lit_plus(ou: Ou, lus: Any, x: Contexte) -> Lot[Any]:
    plus = _etendu(ou, lus, x)
    return lit_ensemble(_voulus(lus[0], x).values(), x) if plus == ou else _lit_listes(plus, x)


def _lues(ou: Ou, etats: Any, x: Contexte) -> tuple[Attentes, Any]:
    """Those who wait, and what was read of each, from the last reading."""
    lus, suite = etats
    plus = _etendu(ou, lus, x)
    return (lus[0], suite) if plus == ou else _lues(plus, suite, x)


def _etendu(ou: Ou, lus: Any, x: Contexte) -> Ou:
    """Every day that somebody found there waits for, and every space in the way of theirs: they come before others."""
    attentes, *genes = lus
    voulus = _voulus(attentes, x).values()
    jours = ou[1] | {j for v in voulus for j in v.periode.jours()}
    lies = (espaces.genantes(e, g, min(jours), max(jours)) for e, g in zip(sorted(ou[0]), genes, strict=True))
    return ou[0].union(*lies), jours


def _voulus(attentes: Attentes, x: Contexte) -> dict[AttenteId, Voulu]:
    """What those want who wait for hours that are still to come."""
    return {i: voulu_de(a) for i, a in attentes.items() if a.periode.bornes()[0] > x.survenu_le}


def voulu_de(a: AttenteDemandee) -> Voulu:
    """What somebody who waits wants."""
    return Voulu.demande(a, a.periode)


# ── décider ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Servies(NamedTuple):
    """``faits`` (``attente``: while somebody has yet to say yes), ``mesures``, and those who were passed over."""

    faits: tuple[Evenement, ...]
    attente: tuple[Evenement, ...]
    mesures: tuple[Mesures, ...]
    passees: tuple[Passee, ...]


def _servies(c: ServirAttente, etats: Any, x: Contexte) -> Servies:
    """Each in turn: served if all of their hours are free and no rule objects, those served before them taken in."""
    attentes, lus = _lues(_depart(c, x), etats, x)
    voulus = _voulus(attentes, x)
    ensemble = ensemble_lu(voulus.values(), lus)
    faits, attente_, tenues = list[Any](), list[Any](), list[Any]()
    mesures, passees = list[Mesures](), list[Passee]()
    for n, i in enumerate(_en_ordre(voulus, ensemble, x), 1):
        v, a = voulus[i], attentes[i]
        lieu = lieu_de(v, ensemble, tenues)
        if pris(v, lieu, x) is not None:
            continue
        found = juger(v, a.sujet, lieu, ensemble[groupe(v)].derogations, x)
        if isinstance(found, tuple):
            passees.append(Passee(i, v.personne, found))
            continue
        avant = tuple(p for p in passees if attentes[p.attente].periode.croise(v.periode))
        tour, acquise, tenue = _servir(
            a, found, lieu, x, reservation=ReservationId(depuis_cle(x.cle, str(n))), passees=avant
        )
        faits += [tour, acquise]
        attente_ += [tour, tenue]
        tenues.append(tenue)
        mesures.append(found.mesures)
    return Servies(tuple(faits), tuple(attente_), tuple(mesures), tuple(passees))


def _en_ordre(voulus: dict[AttenteId, Voulu], ensemble: Ensemble, x: Contexte) -> Iterable[AttenteId]:
    """Within the publics that the place serves first, whom its arbitration puts first, else who came first."""

    def rang(i: AttenteId) -> int:
        v = voulus[i]
        ordre = reglage(OrdreAttente, v, ensemble[groupe(v)].lieu[0], x)
        publics = () if ordre is None else ordre.publics
        siens = mesure(v, lieu_de(v, ensemble), x).publics if publics else ()
        return min((n for n, public in enumerate(publics) if public in siens), default=len(publics))

    return sorted(_departages(voulus, ensemble, x), key=rang)


def _departages(voulus: dict[AttenteId, Voulu], ensemble: Ensemble, x: Contexte) -> list[AttenteId]:
    """Who came first first, or whom the place's arbitration puts first; what is at somebody's discretion is left out.

    A list is served when hours are free: nobody is there to weigh.
    """
    found = list(voulus)
    regle = next((r for v in voulus.values() if (r := reglage(Arbitrage, v, ensemble[groupe(v)].lieu[0], x))), None)
    if regle is None:
        return found
    mesures = [mesure(v, lieu_de(v, ensemble), x) for v in voulus.values()]
    dits = [{nom: dit for nom in regle.lit() if (dit := lue(m, nom)) is not None} for m in mesures]
    ordre, _ = arbitrer([c for c in regle.cles if not c.par], dits)
    return [found[n] for n in ordre]


def _servir(a: AttenteDemandee, found: Possible, lieu: Lieu, x: Contexte, **servie: Any) -> tuple[Any, Any, Any]:
    """It is their turn; what they get; and what they hold while somebody has yet to say yes."""
    v, une = voulu_de(a), {"reservation": servie["reservation"]}
    tour: dict[str, Any] = {
        "attente": a.attente,
        "espace": a.espace,
        "personne": a.personne,
        "periode": a.periode,
        **servie,
    }
    confirmation = reglage(ConfirmationAttente, v, lieu[0], x)
    if confirmation is not None:
        jusque: dict[str, Any] = {"jusqu_au": jusqu_au(confirmation.heures, v.periode, x)}
        option = retenue(OptionPosee, v, a.sujet, lieu, x, **une, **jusque)
        return CreneauPropose(**tour, **jusque), option, option
    acquise = retenue(ReservationAcceptee, v, a.sujet, lieu, x, **une)
    valide = attente(found.validations, v, x) if found.validations else {}
    tenue = retenue(ReservationEnAttente, v, a.sujet, lieu, x, **une, **valide) if valide else acquise
    return AttenteServie(**tour), acquise, tenue


def _servir_liste(c: ServirAttente, etats: Any, x: Contexte) -> Issue:
    servies = _servies(c, etats, x)
    if servies.passees and not servies.faits:
        return PersonneNePeutEtreServi(espace=c.espace, passees=servies.passees)
    return servies.faits


def _servir_attend(c: ServirAttente, etats: Any, x: Contexte, _: tuple[Validation, ...]) -> Sequence[Evenement]:
    return _servies(c, etats, x).attente


def _mesures(c: ServirAttente, etats: Any, x: Contexte) -> tuple[Mesures, ...]:
    return _servies(c, etats, x).mesures


DEMANDES = (
    Demande(
        ServirAttente, frozenset({"concierge", "coordination"}), _lit, _servir_liste, _mesures, attend=_servir_attend
    ),
)
REFUS = (PersonneNePeutEtreServi,)
