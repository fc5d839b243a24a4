"""Services (S4): studied, tried, sustained or stopped; with the needs they answer, what is measured, why each step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.domaines.personnes.besoins import RepondreBesoin
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Domaine,
    Identifiant,
    Issue,
    Note,
    Refus,
    Registre,
    Suite,
    champ,
    commande,
    evenement,
    nouveau,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.handed_on import Transmission
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import BesoinId, PersonneId, PublicId, ServiceId
from tierslieu_core.vocabulaire.identifiants import service as etiquette
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import ordre
from tierslieu_core.vocabulaire.vie import DEBUT, Cycle, vers

AVANT_JOURS = 15
"""How long before the end of a trial somebody is to decide, unless the place has set otherwise."""

# ── événements : chacun dit le service tout entier ──────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Indicateur:
    """What is measured of a service, in which unit, and the number that would make it worth sustaining."""

    nom: str
    unite: str = champ("unité", default="")
    attendu: int | None = champ("nombre attendu", default=None)


@attrs.frozen(kw_only=True)
class Releve:
    """One measure: which indicator, how many, and what was hoped for then."""

    indicateur: str
    unite: str
    nombre: int
    attendu: int | None

    def __str__(self) -> str:
        hoped = "" if self.attendu is None else f" (attendu : {self.attendu})"
        return f"{self.indicateur} : {self.nombre}{hoped}"


def _etiquettes(fait: Fait) -> Iterable[str]:
    return (etiquette(fait.service),)


@evenement("services.ServiceEtudie", "Un service est à l'étude : {nom}, porté par {personne}[, pour {publics}]")
class ServiceEtudie:
    service: ServiceId
    nom: str
    personne: PersonneId = champ("qui le porte")
    publics: tuple[PublicId, ...]
    besoins: tuple[BesoinId, ...]
    indicateurs: tuple[Indicateur, ...]

    etiquettes = _etiquettes


@evenement("services.ServiceEssaye", "{nom} s'essaie du {du} au {au} ({motif})")
class ServiceEssaye:
    service: ServiceId
    nom: str
    personne: PersonneId
    publics: tuple[PublicId, ...]
    besoins: tuple[BesoinId, ...]
    indicateurs: tuple[Indicateur, ...]
    du: Date
    au: Date
    motif: Personnel = personnel(qui="par", conservation="service")

    etiquettes = _etiquettes


@evenement("services.ServicePerennise", "{nom} devient un service du lieu à partir du {du} ({motif})")
class ServicePerennise:
    service: ServiceId
    nom: str
    personne: PersonneId
    publics: tuple[PublicId, ...]
    besoins: tuple[BesoinId, ...]
    indicateurs: tuple[Indicateur, ...]
    du: Date
    motif: Personnel = personnel(qui="par", conservation="service")

    etiquettes = _etiquettes


@evenement("services.ServiceArrete", "{nom} s'arrête le {le} ({motif})")
class ServiceArrete:
    service: ServiceId
    nom: str
    personne: PersonneId
    publics: tuple[PublicId, ...]
    besoins: tuple[BesoinId, ...]
    indicateurs: tuple[Indicateur, ...]
    le: Date
    motif: Personnel = personnel(qui="par", conservation="service")

    etiquettes = _etiquettes


@evenement("services.IndicateurReleve", "{nom}, le {le} : {releves}")
class IndicateurReleve:
    service: ServiceId
    nom: str
    le: Date
    releves: tuple[Releve, ...]

    def etiquettes(self) -> Iterable[str]:
        return (f"{etiquette(self.service)}@releves",)


Fait = ServiceEtudie | ServiceEssaye | ServicePerennise | ServiceArrete
CYCLE = Cycle(
    mots={ServiceEtudie: "à l'étude", ServiceEssaye: "à l'essai", ServicePerennise: "pérenne", ServiceArrete: "arrêté"},
    apres={
        ServiceEtudie: (DEBUT, ServiceEtudie, ServiceArrete),
        ServiceEssaye: (ServiceEtudie, ServiceEssaye, ServiceArrete),
        ServicePerennise: (ServiceEtudie, ServiceEssaye),
        ServiceArrete: (ServiceEtudie, ServiceEssaye, ServicePerennise),
    },
)
"""A service that was stopped may be studied, or tried, again."""

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("services.EtudierService")
class EtudierService:
    """Étudier un service : qui le porte, pour quels publics et quels besoins, ce que l'on mesurera."""

    service: ServiceId = nouveau("service, en un mot")
    nom: str = champ("nom")
    personne: PersonneId = champ("qui le porte")
    publics: tuple[PublicId, ...] = champ("publics", default=())
    besoins: tuple[BesoinId, ...] = champ("besoins auxquels il répond", default=())
    indicateurs: tuple[Indicateur, ...] = champ("ce que l'on mesurera", default=())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        noms = [un.nom for un in self.indicateurs]
        return [("indicateurs", f"« {nom} » y est deux fois") for nom in sorted({n for n in noms if noms.count(n) > 1})]


@commande("services.EssayerService")
class EssayerService:
    """Essayer un service, d'un jour à un autre : à la fin, on décide."""

    service: ServiceId
    du: Date = champ("premier jour")
    au: Date = champ("dernier jour")
    motif: Personnel = personnel("pourquoi", qui="par", conservation="service")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return ordre(self.du, self.au)


@commande("services.PerenniserService")
class PerenniserService:
    """Pérenniser un service : il devient un service du lieu."""

    service: ServiceId
    du: Date = champ("premier jour")
    motif: Personnel = personnel("pourquoi", qui="par", conservation="service")


@commande("services.ArreterService")
class ArreterService:
    """Arrêter un service, avec un motif ; il peut s'étudier ou s'essayer de nouveau."""

    service: ServiceId
    le: Date = champ("dernier jour")
    motif: Personnel = personnel("pourquoi", qui="par", conservation="service")


@commande("services.ReleverIndicateurs")
class ReleverIndicateurs:
    """Relever ce que l'on mesure d'un service, un jour donné."""

    service: ServiceId
    le: Date = champ("jour du relevé")
    nombres: tuple[str, ...] = champ("un « nom=nombre » par indicateur")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        faux = [un for un in self.nombres if not _lu(un)]
        return [("nombres", f"attend « nom=nombre », reçu « {un} »") for un in faux]


@commande("services.CorrigerService")
class CorrigerService:
    """Corriger le dernier fait d'un service, enregistré par erreur."""

    service: ServiceId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


def _lu(texte: str) -> tuple[str, int] | None:
    """``"personnes=12"``: the indicator and its number."""
    nom, egal, nombre = texte.rpartition("=")
    return (nom.strip(), int(nombre)) if egal and nom.strip() and nombre.strip().isdecimal() else None


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "services.PasACetteEtape",
    "{nom} est {etape} : il ne peut pas devenir {voulue}.",
    "Avant d'être {voulue}, un service est {avant}.",
)
class PasACetteEtape(Refus):
    nom: str
    etape: str
    voulue: str
    avant: tuple[str, ...]


@refus(
    "services.ServiceAbsent",
    "Le service « {service} » fut enregistré par erreur : il n'y a plus rien sous ce nom court.",
    "Étudiez-le (services.EtudierService).",
)
class ServiceAbsent(Refus):
    service: str


@refus(
    "services.IndicateurInconnu",
    "{nom} ne mesure pas : {inconnus}.",
    "Ce qu'il mesure : {connus}. Pour mesurer autre chose, dites-le en l'étudiant (services.EtudierService).",
)
class IndicateurInconnu(Refus):
    nom: str
    inconnus: tuple[str, ...]
    connus: tuple[str, ...]


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _service(_: Fait | None, fait: ServiceEtudie | ServiceEssaye | ServicePerennise | ServiceArrete) -> Fait | None:
    return fait


def _dernier(
    _: Read | None, fait: ServiceEtudie | ServiceEssaye | ServicePerennise | ServiceArrete, note: Note
) -> Read | None:
    return fait, note


def _releve(_: IndicateurReleve | None, fait: IndicateurReleve) -> IndicateurReleve | None:
    return fait


service_de = Lecture[Fait | None]("services.service", None, _service, dernier=True)
dernier_fait = Lecture[Read | None]("services.dernier_fait", None, _dernier, dernier=True, notes=True)
releve_de = Lecture[IndicateurReleve | None]("services.releve", None, _releve, dernier=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None]


def _lit(c: Any, _: Contexte) -> Lot[Etats]:
    return lire(service_de(etiquette(c.service)))


def _etudier(c: EtudierService, etats: Etats, _: Contexte) -> Issue:
    dit = vers(ServiceEtudie, c)
    return () if etats[0] == dit else _avancer(dit, etats[0])


def _essayer(c: EssayerService, etats: Etats, _: Contexte) -> Issue:
    s = etats[0]
    if s is None:
        return ServiceAbsent(service=c.service)
    if isinstance(s, ServiceEssaye) and (s.du, s.au) == (c.du, c.au):
        return ()
    return _avancer(vers(ServiceEssaye, s, du=c.du, au=c.au, motif=c.motif), s)


def _perenniser(c: PerenniserService, etats: Etats, _: Contexte) -> Issue:
    s = etats[0]
    if s is None:
        return ServiceAbsent(service=c.service)
    if isinstance(s, ServicePerennise) and s.du == c.du:
        return ()
    return _avancer(vers(ServicePerennise, s, du=c.du, motif=c.motif), s)


def _arreter(c: ArreterService, etats: Etats, _: Contexte) -> Issue:
    s = etats[0]
    if s is None:
        return ServiceAbsent(service=c.service)
    if isinstance(s, ServiceArrete) and s.le == c.le:
        return ()
    return _avancer(vers(ServiceArrete, s, le=c.le, motif=c.motif), s)


def _avancer(dit: Fait, s: Fait | None) -> Issue:
    """The next step, if it may follow."""
    if CYCLE.permet(type(dit), s):
        return [dit]
    avant = tuple(CYCLE.mots[nature] for nature in CYCLE.apres[type(dit)] if nature is not None)
    return PasACetteEtape(nom=dit.nom, etape=CYCLE.mot(s), voulue=CYCLE.mot(dit), avant=avant)


def _mesure(action: str) -> Callable[[Any, Etats, Contexte], Mesures]:
    """What rules judge of a step: who carries the service, from which day."""

    def mesure(c: Any, etats: Etats, _: Contexte) -> Mesures:
        qui = PersonneId("") if etats[0] is None else etats[0].personne
        return Mesures(action=action, personne=qui, lieux=(etiquette(c.service),), jour=c.du)

    return mesure


def _lit_releve(c: ReleverIndicateurs, _: Contexte) -> Lot[tuple[Fait | None, IndicateurReleve | None]]:
    return lire(service_de(etiquette(c.service)), releve_de(f"{etiquette(c.service)}@releves"))


def _relever(c: ReleverIndicateurs, etats: tuple[Fait | None, IndicateurReleve | None], _: Contexte) -> Issue:
    s, deja = etats
    if s is None:
        return ServiceAbsent(service=c.service)
    connus = {un.nom: un for un in s.indicateurs}
    lus = dict(lu for un in c.nombres if (lu := _lu(un)))
    if inconnus := tuple(nom for nom in lus if nom not in connus):
        return IndicateurInconnu(nom=s.nom, inconnus=inconnus, connus=tuple(connus))
    releves = tuple(
        Releve(indicateur=nom, unite=connus[nom].unite, nombre=nombre, attendu=connus[nom].attendu)
        for nom, nombre in lus.items()
    )
    dit = IndicateurReleve(service=c.service, nom=s.nom, le=c.le, releves=releves)
    return () if deja == dit else [dit]


# ── registres ───────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneService:
    """``etat``: à l'étude, à l'essai, pérenne, arrêté; ``motif``: why that step was taken."""

    service: ServiceId
    nom: str
    etat: str
    personne: PersonneId
    publics: tuple[PublicId, ...]
    besoins: tuple[BesoinId, ...]
    du: Date | None = None
    au: Date | None = None
    motif: Personnel | None = None


@attrs.frozen
class LigneReleve:
    """One measure of a service; ``attendu``: the number that would make it worth sustaining."""

    service: ServiceId
    indicateur: str
    unite: str
    le: Date
    nombre: int
    attendu: int | None


def _tenir(
    lignes: dict[ServiceId, LigneService], fait: ServiceEtudie | ServiceEssaye | ServicePerennise | ServiceArrete,
    _: Note,
) -> None:  # fmt: skip
    du, au = getattr(fait, "du", None), getattr(fait, "au", getattr(fait, "le", None))
    lignes[fait.service] = LigneService(
        fait.service, fait.nom, CYCLE.mot(fait), fait.personne, fait.publics, fait.besoins, du, au,
        getattr(fait, "motif", None),
    )  # fmt: skip


def _dues(ligne: LigneService, x: Contexte) -> Iterator[Due]:
    """A trial ends with a decision."""
    if ligne.etat == CYCLE.mots[ServiceEssaye] and ligne.au is not None:
        quand = rappel(ligne.au, x, action="essayer", jours=AVANT_JOURS)
        phrase = "{nom} : l'essai finit le {au} ; à pérenniser, à prolonger ou à arrêter"
        yield Due(quand, etiquette(ligne.service), phrase)


Releves = dict[tuple[ServiceId, str, Date], LigneReleve]


def _tenir_releves(lignes: Releves, fait: IndicateurReleve, _: Note) -> None:
    for un in fait.releves:
        lignes[fait.service, un.indicateur, fait.le] = LigneReleve(
            fait.service, un.indicateur, un.unite, fait.le, un.nombre, un.attendu
        )


# ── suites ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _repondre(fait: ServicePerennise) -> Iterator[RepondreBesoin]:
    """A service that stays answers the needs that it was studied for."""
    for besoin in fait.besoins:
        yield RepondreBesoin(besoin=besoin, service=fait.service)


QUI = frozenset({"concierge", "coordination"})
DOMAINE = Domaine(
    "services",
    "Services",
    faits=(ServiceEtudie, ServiceEssaye, ServicePerennise, ServiceArrete, IndicateurReleve),
    demandes=(
        Demande(EtudierService, QUI | {"soi"}, _lit, _etudier),
        Demande(EssayerService, QUI, _lit, _essayer, _mesure("essayer_service")),
        Demande(PerenniserService, QUI, _lit, _perenniser, _mesure("perenniser_service")),
        Demande(ArreterService, QUI, _lit, _arreter),
        Demande(ReleverIndicateurs, QUI, _lit_releve, _relever),
        correction(CorrigerService, QUI, dernier_fait, lambda c: etiquette(c.service)),
    ),
    refus=(PasACetteEtape, ServiceAbsent, IndicateurInconnu),
    registres=(
        Registre("services", LigneService, _tenir, titre="Services du lieu"),
        Registre("releves", LigneReleve, _tenir_releves, titre="Ce que l'on mesure des services", index=("service",)),
    ),
    identifiants=(Identifiant(ServiceId, ServiceEtudie, (ServiceEtudie,)),),
    suites=(Suite("besoins", ServicePerennise, _repondre),),
    echeances=(Echeance("services.essai", "Essais qui finissent", "services", _dues),),
    transmissions=(
        Transmission(
            "Les services",
            "services",
            "{nom}, {etat}[ jusqu'au {au}], que porte {personne}[ ({motif})]",
            lambda ligne, _: ligne.etat != CYCLE.mots[ServiceArrete],
        ),
        Transmission(
            "Les services arrêtés, et pourquoi",
            "services",
            "{nom} : {motif}",
            lambda ligne, _: ligne.etat == CYCLE.mots[ServiceArrete],
            rubrique="appris",
        ),
    ),
)
