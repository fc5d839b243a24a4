"""Registres de l'accueil: who came, how many of each public by month, whom the place welcomes, who never came back."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.domaines.personnes.accueil.premier import (
    AccueilClos,
    AccueilOuvert,
    EtapeFaite,
    EtapeLaissee,
    NouvellesPrises,
    accueil_de,
)
from tierslieu_core.domaines.personnes.accueil.visite import VisiteNotee
from tierslieu_core.kernel.declarations import Contexte, Note, Registre
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import ParcoursId, PersonneId, PublicId, VisiteId
from tierslieu_core.vocabulaire.temps import jours_entre

SANS_REVENIR_JOURS = 30
"""How long after a welcome whoever did not come back is to be called; a place may say earlier (``rappel_echeance``)."""

# ── les visites ─────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneVisite:
    """One visit: so many people of one public; ``personne``: who, if the place knows them."""

    le: Date
    public: PublicId
    nombre: int
    personne: PersonneId | None
    objet: Personnel | None
    visite: VisiteId


@attrs.frozen
class LigneFrequentation:
    """How many people of one public came in one month (``2026-11``), in how many visits."""

    mois: str
    public: PublicId
    personnes: int
    visites: int


def _tenir_visites(lignes: dict[VisiteId, LigneVisite], fait: VisiteNotee, _: Note) -> None:
    lignes[fait.visite] = LigneVisite(fait.le, fait.public, fait.nombre, fait.personne, fait.objet, fait.visite)


def _compter(lignes: dict[tuple[str, PublicId], LigneFrequentation], fait: VisiteNotee, _: Note) -> None:
    cle = fait.le.format_iso()[:7], fait.public
    deja = lignes.get(cle, LigneFrequentation(*cle, 0, 0))
    lignes[cle] = LigneFrequentation(*cle, deja.personnes + fait.nombre, deja.visites + 1)


# ── les accueils ────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneAccueil:
    """One welcome; ``restent``: the steps to do; ``etat``: en cours, achevé, clos.

    ``motif``: the last one given, of a step left or of the end.
    """

    personne: PersonneId
    parcours: ParcoursId
    nom: str
    accueillant: PersonneId
    du: Date
    etat: str
    faites: tuple[str, ...]
    restent: tuple[str, ...]
    laissees: tuple[str, ...]
    motif: Personnel | None = None


@attrs.frozen
class LigneAbsence:
    """Who was welcomed and never came back since; ``nouvelles``: what they said when somebody called."""

    personne: PersonneId
    parcours: ParcoursId
    nom: str
    accueillant: PersonneId
    du: Date
    nouvelles: Personnel | None = None
    jours: int = 0


def _tenir_accueils(
    lignes: dict[str, LigneAccueil],
    fait: AccueilOuvert | EtapeFaite | EtapeLaissee | NouvellesPrises | AccueilClos,
    _: Note,
) -> None:
    cle = accueil_de(fait.personne, fait.parcours)
    deja = None if isinstance(fait, AccueilOuvert) else lignes.get(cle)
    par_sort = {sort: tuple(un.nom for un in fait.etapes if un.sort == sort) for sort in SORTS}
    faites, restent, laissees = par_sort.values()
    etat = "clos" if isinstance(fait, AccueilClos) else "en cours" if restent else "achevé"
    lignes[cle] = LigneAccueil(
        fait.personne, fait.parcours, fait.nom, fait.accueillant, fait.du, etat, faites, restent, laissees,
        getattr(fait, "motif", None if deja is None else deja.motif),
    )  # fmt: skip


SORTS = ("faite", "à faire", "laissée")


def _tenir_absences(
    lignes: dict[str, LigneAbsence], fait: AccueilOuvert | NouvellesPrises | AccueilClos | VisiteNotee, _: Note
) -> None:
    """A visit on a later day is a return: of that person, along whichever path they were welcomed."""
    match fait:
        case AccueilOuvert():
            cle = accueil_de(fait.personne, fait.parcours)
            lignes[cle] = LigneAbsence(fait.personne, fait.parcours, fait.nom, fait.accueillant, fait.du)
        case NouvellesPrises():
            cle = accueil_de(fait.personne, fait.parcours)
            if cle in lignes:
                lignes[cle] = attrs.evolve(lignes[cle], nouvelles=fait.reponse)
        case AccueilClos():
            lignes.pop(accueil_de(fait.personne, fait.parcours), None)
        case _:
            for cle in [cle for cle, a in lignes.items() if a.personne == fait.personne and a.du < fait.le]:
                del lignes[cle]


def _au(ligne: LigneAbsence, jour: Date) -> LigneAbsence:
    return attrs.evolve(ligne, jours=max(0, jours_entre(ligne.du, jour)))


def _dues(ligne: LigneAbsence, x: Contexte) -> Iterator[Due]:
    """Somebody is to call whoever did not come back; once."""
    if ligne.nouvelles is None:
        quand = rappel(ligne.du.add(days=SANS_REVENIR_JOURS), x, action="revenir", jours=0)
        phrase = "Prendre des nouvelles de {personne} : pas de retour depuis son accueil par {accueillant}, le {du}"
        yield Due(quand, accueil_de(ligne.personne, ligne.parcours), phrase)


REGISTRES = (
    Registre("visites", LigneVisite, _tenir_visites, titre="Registre des visites", index=("le", "personne")),
    Registre("frequentation", LigneFrequentation, _compter, titre="Fréquentation du lieu, par mois et par public"),
    Registre("accueils", LigneAccueil, _tenir_accueils, titre="Registre des accueils", index=("personne",)),
    Registre("jamais_revenus", LigneAbsence, _tenir_absences, _au, "Accueillis, jamais revenus", ("personne",)),
)
ECHEANCES = (Echeance("accueil.revenir", "Nouvelles à prendre", "jamais_revenus", _dues),)
TRANSMISSIONS = (
    Transmission(
        "Accueils en cours", "accueils", "{personne}, par {accueillant} depuis le {du} ; il reste : {restent}",
        lambda ligne, _: ligne.etat == "en cours",
    ),
)  # fmt: skip
