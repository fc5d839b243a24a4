"""Exclusions: never without a hearing, called in time; lifted with a motive. A procedure's last fact says it all."""

from __future__ import annotations

from collections.abc import Iterable

from whenever import Date

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.regles.genres.adhesion import DelaiAudition
from tierslieu_core.domaines.personnes.adhesions.adhesion import (
    Accordee,
    AdherentExclu,
    Exclusion,
    ExclusionLevee,
    lue,
    termes,
)
from tierslieu_core.domaines.personnes.adhesions.validite import dernier_jour
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    champ,
    commande,
    evenement,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId, personne

# ── événements (l'exclusion et sa levée sont dans « adhesion ») ─────────────────────────────────────────────────────


def _etiquettes(fait: AuditionConvoquee | AuditionConstatee | ProcedureClassee) -> Iterable[str]:
    return (personne(fait.personne),)


@evenement("adhesions.AuditionConvoquee", "Une audition de {personne} est convoquée pour le {le} : {motif}")
class AuditionConvoquee:
    personne: PersonneId
    le: Date
    motif: Personnel = personnel(qui="personne", conservation="adhesion")

    etiquettes = _etiquettes


@evenement("adhesions.AuditionConstatee", "Audition de {personne}, convoquée pour le {le} (présence : {presence})")
class AuditionConstatee:
    personne: PersonneId
    le: Date
    presence: bool
    compte_rendu: Personnel | None = personnel(qui="personne", conservation="adhesion", default=None)

    etiquettes = _etiquettes


@evenement("adhesions.ProcedureClassee", "La procédure d'exclusion de {personne} est classée : {motif}")
class ProcedureClassee:
    personne: PersonneId
    motif: Personnel = personnel(qui="personne", conservation="adhesion")

    etiquettes = _etiquettes


Procedure = AuditionConvoquee | AuditionConstatee | ProcedureClassee | AdherentExclu

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("adhesions.ConvoquerAudition")
class ConvoquerAudition:
    """Convoquer une personne en audition, avant une exclusion éventuelle ; la convoquer à nouveau en change le jour."""

    personne: PersonneId
    le: Date = champ("jour de l'audition")
    motif: Personnel = personnel("ce qui est reproché", qui="personne", conservation="adhesion")


@commande("adhesions.ConstaterAudition")
class ConstaterAudition:
    """Constater qu'une audition a eu lieu, ou que la personne convoquée n'est pas venue."""

    personne: PersonneId
    presence: bool = champ("la personne est venue, ou quelqu'un pour elle")
    compte_rendu: Personnel | None = personnel("compte rendu", qui="personne", conservation="adhesion", default=None)


@commande("adhesions.ClasserProcedure")
class ClasserProcedure:
    """Classer une procédure d'exclusion sans y donner suite, avec un motif."""

    personne: PersonneId
    motif: Personnel = personnel("motif", qui="personne", conservation="adhesion")


@commande("adhesions.ExclureAdherent")
class ExclureAdherent:
    """Exclure une personne dès ce jour, après audition, jusqu'à une date s'il y en a une."""

    personne: PersonneId
    au: Date | None = champ("dernier jour d'exclusion", default=None)
    motif: Personnel = personnel("motif", qui="personne", conservation="adhesion")


@commande("adhesions.LeverExclusion")
class LeverExclusion:
    """Lever une exclusion avant son terme, avec un motif : la personne peut être admise à nouveau."""

    personne: PersonneId
    motif: Personnel = personnel("motif", qui="personne", conservation="adhesion")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "adhesions.ConvocationTardive",
    "Une audition le {le} se convoquerait trop tard ({personne}).",
    "Choisissez le {au_plus_tot} ou plus tard : ainsi la personne peut s'y préparer.",
)
class ConvocationTardive(Refus):
    personne: PersonneId
    le: Date
    au_plus_tot: Date


@refus(
    "adhesions.PasDeConvocation",
    "Aucune audition de {personne} n'est convoquée.",
    "Convoquez d'abord cette personne (adhesions.ConvoquerAudition).",
)
class PasDeConvocation(Refus):
    personne: PersonneId


@refus(
    "adhesions.AuditionAVenir",
    "L'audition de {personne} est prévue le {le}.",
    "Attendez ce jour-là ; convoquer à nouveau la personne en change le jour.",
)
class AuditionAVenir(Refus):
    personne: PersonneId
    le: Date


@refus(
    "adhesions.AuditionManquante",
    "Aucune audition de {personne} n'est constatée.",
    "Convoquez cette personne (adhesions.ConvoquerAudition), puis constatez l'audition ou l'absence "
    "(adhesions.ConstaterAudition).",
)
class AuditionManquante(Refus):
    personne: PersonneId


@refus(
    "adhesions.ExclusionTropCourte",
    "Une exclusion prononcée le {du} ne peut pas finir le {au}.",
    "Donnez un dernier jour qui ne soit pas passé, ou aucun.",
)
class ExclusionTropCourte(Refus):
    du: Date
    au: Date


@refus("adhesions.PasExclu", "{personne} : aucune exclusion en cours.", "Il n'y a rien à lever.")
class PasExclu(Refus):
    personne: PersonneId


# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _procedure(_: Procedure | None, fait: Procedure) -> Procedure | None:
    return fait


procedure_de = Lecture[Procedure | None]("adhesions.procedure", None, _procedure, dernier=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Accordee | None, Procedure | None]
Demandes = ConvoquerAudition | ConstaterAudition | ClasserProcedure | ExclureAdherent | LeverExclusion


def _lit(c: Demandes, x: Contexte) -> Lot[Etats]:
    return lire(lue(c.personne, x), procedure_de(*map(personne, identifiants(c.personne, x))))


def _convoquer(c: ConvoquerAudition, etats: Etats, x: Contexte) -> Issue:
    if isinstance(etats[1], AuditionConvoquee) and etats[1].le == c.le:
        return ()
    delai = x.livre.reglage(DelaiAudition, x.aujourdhui, personne=c.personne)
    au_plus_tot = x.aujourdhui.add(days=delai.jours if delai else 0)
    if c.le < au_plus_tot:
        return ConvocationTardive(personne=c.personne, le=c.le, au_plus_tot=au_plus_tot)
    return [AuditionConvoquee(personne=c.personne, le=c.le, motif=c.motif)]


def _constater(c: ConstaterAudition, etats: Etats, x: Contexte) -> Issue:
    match etats[1]:
        case AuditionConvoquee(le=le) if x.aujourdhui < le:
            return AuditionAVenir(personne=c.personne, le=le)
        case AuditionConvoquee(le=le):
            constat = AuditionConstatee(personne=c.personne, le=le, presence=c.presence, compte_rendu=c.compte_rendu)
            return [constat]
        case AuditionConstatee(presence=presence) if presence == c.presence:
            return ()
        case _:
            return PasDeConvocation(personne=c.personne)


def _classer(c: ClasserProcedure, etats: Etats, _: Contexte) -> Issue:
    match etats[1]:
        case AuditionConvoquee() | AuditionConstatee():
            return [ProcedureClassee(personne=c.personne, motif=c.motif)]
        case ProcedureClassee():
            return ()
        case _:
            return PasDeConvocation(personne=c.personne)


def _exclure(c: ExclureAdherent, etats: Etats, x: Contexte) -> Issue:
    adhesion, procedure = etats
    jour, exclusion = x.aujourdhui, Exclusion(du=x.aujourdhui, au=c.au)
    if isinstance(adhesion, AdherentExclu) and adhesion.exclusion.court(jour) and adhesion.exclusion.au == c.au:
        return ()
    if not isinstance(procedure, AuditionConstatee):
        return AuditionManquante(personne=c.personne)
    if jour < procedure.le:
        return AuditionAVenir(personne=c.personne, le=procedure.le)
    if c.au is not None and c.au < jour:
        return ExclusionTropCourte(du=jour, au=c.au)
    held = _sans_adhesion(jour) if adhesion is None else termes(adhesion, au=dernier_jour(adhesion))
    return [AdherentExclu(**{**held, "personne": c.personne}, exclusion=exclusion, motif=c.motif)]


def _sans_adhesion(jour: Date) -> dict[str, object]:
    """The terms of whoever has no membership of their own, but others', or none."""
    return {"palier": "", "groupes": (), "du": jour, "au": jour, "suspension": None, "gel": None}


def _lever(c: LeverExclusion, etats: Etats, x: Contexte) -> Issue:
    adhesion = etats[0]
    if isinstance(adhesion, ExclusionLevee):
        return ()
    if not isinstance(adhesion, AdherentExclu) or not adhesion.exclusion.court(x.aujourdhui):
        return PasExclu(personne=c.personne)
    levee = termes(adhesion, personne=c.personne)
    return [ExclusionLevee(**levee, exclusion=adhesion.exclusion, le=x.aujourdhui, motif=c.motif)]


ACCUEIL = frozenset({"concierge", "coordination"})
FAITS = (AuditionConvoquee, AuditionConstatee, ProcedureClassee)
REFUS = (ConvocationTardive, PasDeConvocation, AuditionAVenir, AuditionManquante, ExclusionTropCourte, PasExclu)
DEMANDES = (
    Demande(ConvoquerAudition, ACCUEIL, _lit, _convoquer),
    Demande(ConstaterAudition, ACCUEIL, _lit, _constater),
    Demande(ClasserProcedure, ACCUEIL, _lit, _classer),
    Demande(ExclureAdherent, frozenset({"coordination"}), _lit, _exclure),
    Demande(LeverExclusion, frozenset({"coordination"}), _lit, _lever),
)
