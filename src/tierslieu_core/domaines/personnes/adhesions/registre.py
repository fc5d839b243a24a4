"""Le registre des adhérents: where each stands on the day it is read, by their own membership or by others'."""

from __future__ import annotations

from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.identites import DoublonReuni
from tierslieu_core.domaines.personnes.adhesions.adhesion import (
    Accordee,
    AdherentExclu,
    AdhesionAdmise,
    DepartEnregistre,
    Exclusion,
    ExclusionLevee,
    Gel,
    Suspension,
    termes,
)
from tierslieu_core.domaines.personnes.adhesions.candidature import AdhesionDemandee, DemandeEcartee
from tierslieu_core.domaines.personnes.adhesions.collectifs import (
    CollectifOuvert,
    MembreDetache,
    MembreRattache,
    Rattachement,
)
from tierslieu_core.domaines.personnes.adhesions.exclusion import (
    AuditionConstatee,
    AuditionConvoquee,
    ProcedureClassee,
)
from tierslieu_core.domaines.personnes.adhesions.validite import dernier_jour
from tierslieu_core.kernel.declarations import Note, Registre
from tierslieu_core.kernel.sentences import Namer, as_is
from tierslieu_core.vocabulaire.francais import date
from tierslieu_core.vocabulaire.identifiants import PersonneId


@attrs.frozen
class Couvrante:
    """The membership of a collective, as one of its members enjoys it; ``du`` is empty while it has none."""

    membre: Rattachement
    du: Date | None = None
    au: Date | None = None
    suspension: Suspension | None = None
    gel: Gel | None = None

    def court(self, jour: Date) -> bool:
        """Whether it covers its member on a day."""
        if self.du is None or self.au is None or not self.du <= jour <= self.au or not self.membre.court(jour):
            return False
        return not any(p is not None and p.court(jour) for p in (self.suspension, self.gel))

    def __str__(self) -> str:
        return self.nomme(as_is)

    def nomme(self, nommer: Namer) -> str:
        """The collective by name, and until when its membership goes."""
        jusqu_au = f" (jusqu'au {date(self.au)})" if self.au else ""
        return f"{nommer('personne', self.membre.collectif)}{jusqu_au}"


@attrs.frozen
class Adhesion:
    """One person, by their own membership or by others'.

    ``etat``, on the day it is read: demandée, provisoire, écartée, à venir, à jour, suspendue, gelée, couverte,
    expirée, partie, exclue, sans adhésion. ``couverte_par``: the collectives whose memberships cover them that day.
    ``candidature``: the latest, admitted ones apart; ``parti_le``: the last day of who leaves; ``audition_le``: the
    hearing that they are called to, or had (``entendue``: held, or their absence noted).
    """

    personne: PersonneId
    palier: str = ""
    groupes: tuple[str, ...] = ()
    du: Date | None = None
    au: Date | None = None
    suspension: Suspension | None = None
    gel: Gel | None = None
    parti_le: Date | None = None
    exclusion: Exclusion | None = None
    audition_le: Date | None = None
    entendue: bool = False
    candidature: str = ""
    palier_demande: str = ""
    demandee_le: Date | None = None
    provisoire_jusqu_au: Date | None = None
    membres: tuple[PersonneId, ...] = ()
    collectifs: tuple[Couvrante, ...] = ()
    couverte_par: tuple[PersonneId, ...] = ()
    etat: str = ""


Lignes = dict[PersonneId, Adhesion]
Fait = (
    AdhesionDemandee | DemandeEcartee | Accordee | AuditionConvoquee | AuditionConstatee | ProcedureClassee
    | MembreRattache | MembreDetache | DoublonReuni
)  # fmt: skip

# ── tenir : chaque fait change la ligne de qui il parle, et celles des membres d'un collectif ───────────────────────


def _tenir(lignes: Lignes, fait: Fait, _: Note) -> None:
    match fait:
        case AdhesionDemandee():
            _change(
                lignes, fait.personne, candidature="demandée", palier_demande=fait.palier, demandee_le=fait.depuis,
                provisoire_jusqu_au=fait.provisoire_jusqu_au,
            )  # fmt: skip
        case DemandeEcartee():
            _change(lignes, fait.personne, candidature="écartée", demandee_le=None, provisoire_jusqu_au=None)
        case AuditionConvoquee() | AuditionConstatee():
            entendue = isinstance(fait, AuditionConstatee)
            _change(lignes, fait.personne, audition_le=fait.le, entendue=entendue)
        case ProcedureClassee():
            _change(lignes, fait.personne, audition_le=None, entendue=False)
        case MembreRattache() | MembreDetache():
            _couvrir(lignes, fait)
        case DoublonReuni():
            _reunir(lignes, fait)
        case _:
            _accorder(lignes, fait)


def _change(lignes: Lignes, qui: PersonneId, **valeurs: Any) -> Adhesion:
    lignes[qui] = ligne = attrs.evolve(lignes.get(qui) or Adhesion(qui), **valeurs)
    return ligne


def _accorder(lignes: Lignes, fait: Accordee) -> None:
    change: dict[str, Any] = {**termes(fait), "parti_le": None, "exclusion": None}
    match fait:
        case AdhesionAdmise():
            change |= {"candidature": "", "palier_demande": "", "demandee_le": None, "provisoire_jusqu_au": None}
        case DepartEnregistre():
            change["parti_le"] = fait.le
        case AdherentExclu():
            change |= {"parti_le": dernier_jour(fait), "exclusion": fait.exclusion, "audition_le": None}
        case ExclusionLevee():
            change["parti_le"] = dernier_jour(fait)
    ligne = _change(lignes, fait.personne, **change)
    for membre in ligne.membres:
        _recouvrir(lignes, membre, fait.personne)


def _couvrir(lignes: Lignes, fait: MembreRattache | MembreDetache) -> None:
    _change(lignes, fait.collectif, membres=tuple(m.membre for m in fait.membres))
    _change(lignes, fait.membre, collectifs=tuple(Couvrante(r) for r in fait.rattachements))
    for rattachement in fait.rattachements:
        _recouvrir(lignes, fait.membre, rattachement.collectif)


def _recouvrir(lignes: Lignes, membre: PersonneId, collectif: PersonneId) -> None:
    """Copy what a collective's membership is to the row of one of its members."""
    par, siens = _change(lignes, collectif), _change(lignes, membre).collectifs
    neufs = tuple(
        Couvrante(c.membre, par.du, _fin(par), par.suspension, par.gel) if c.membre.collectif == collectif else c
        for c in siens
    )
    _change(lignes, membre, collectifs=neufs)


def _fin(ligne: Adhesion) -> Date | None:
    return ligne.au if ligne.au is None or ligne.parti_le is None else min(ligne.au, ligne.parti_le)


def _reunir(lignes: Lignes, fait: DoublonReuni) -> None:
    """Who was registered twice has one row; where both had a membership, that of the identifier kept."""
    double = lignes.pop(fait.doublon, None)
    if double is not None and fait.personne not in lignes:
        lignes[fait.personne] = attrs.evolve(double, personne=fait.personne)


# ── un jour donné ───────────────────────────────────────────────────────────────────────────────────────────────────


def _au(ligne: Adhesion, jour: Date) -> Adhesion:
    par = tuple(c.membre.collectif for c in ligne.collectifs if c.court(jour))
    return attrs.evolve(ligne, couverte_par=par, etat=_etat(ligne, jour, bool(par)))


def _etat(ligne: Adhesion, jour: Date, couverte: bool) -> str:  # noqa: FBT001 - whether others' memberships cover them
    if ligne.exclusion is not None and ligne.exclusion.court(jour):
        return "exclue"
    propre = _propre(ligne, jour)
    if propre in ("à jour", "suspendue"):
        return propre
    if couverte:
        return "couverte"
    depuis, fin = ligne.demandee_le, ligne.provisoire_jusqu_au
    return propre if depuis is None or fin is None or not depuis <= jour <= fin else "provisoire"


def _propre(ligne: Adhesion, jour: Date) -> str:
    """Where their own membership stands."""
    fin = _fin(ligne)
    if ligne.du is None or fin is None:
        return ligne.candidature or "sans adhésion"
    if fin < jour:
        return ligne.candidature or ("partie" if ligne.parti_le is not None and ligne.parti_le < jour else "expirée")
    if jour < ligne.du:
        return "à venir"
    if ligne.suspension is not None and ligne.suspension.court(jour):
        return "suspendue"
    return "gelée" if ligne.gel is not None and ligne.gel.court(jour) else "à jour"


@attrs.frozen
class Foyer:
    """A household or an association. ``presents``: those whom its membership may cover, on the day it is read."""

    collectif: PersonneId
    nature: str
    membres: tuple[Rattachement, ...] = ()
    presents: tuple[PersonneId, ...] = ()


def _tenir_foyers(
    lignes: dict[PersonneId, Foyer], fait: CollectifOuvert | MembreRattache | MembreDetache, _: Note
) -> None:
    lignes[fait.collectif] = Foyer(fait.collectif, fait.nature, fait.membres)


def _foyer_au(ligne: Foyer, jour: Date) -> Foyer:
    return attrs.evolve(ligne, presents=tuple(m.membre for m in ligne.membres if m.court(jour)))


REGISTRES = (
    Registre("adhesions", Adhesion, _tenir, _au, "Registre des adhérents", ("personne",)),
    Registre("foyers", Foyer, _tenir_foyers, _foyer_au, "Registre des foyers et des associations"),
)
