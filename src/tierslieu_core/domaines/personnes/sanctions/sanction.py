"""Sanction: what a person decides of somebody, by themselves or because the ladder leaves it to them; or lifts."""

from __future__ import annotations

from collections.abc import Iterator

from whenever import Date

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.recours import EffetsAnnules
from tierslieu_core.domaines.cadre.regles.sinon import MOT, SUSPENSION
from tierslieu_core.domaines.personnes.adhesions.adhesion import Accordee, lue
from tierslieu_core.domaines.personnes.adhesions.exclusion import (
    ClasserProcedure,
    ConvoquerAudition,
    Procedure,
    procedure_de,
)
from tierslieu_core.domaines.personnes.adhesions.pauses import LeverSuspension, SuspendreAdhesion
from tierslieu_core.domaines.personnes.adhesions.validite import vivante
from tierslieu_core.domaines.personnes.sanctions.echelle import ACCUEIL, EXCLUSION, jour_d_audition
from tierslieu_core.domaines.personnes.sanctions.mesure import (
    Fait,
    MesureAPrendre,
    MesurePrise,
    SanctionLevee,
    sanction_de,
    suites_de,
)
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    Suite,
    champ,
    commande,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId, SanctionId, depuis_cle, personne, sanction
from tierslieu_core.vocabulaire.temps import ordre

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("sanctions.PrononcerSanction")
class PrononcerSanction:
    """Prononcer une sanction envers une personne, avec un motif ; pour une exclusion, l'audition se convoque."""

    personne: PersonneId
    mesure: str = champ("rappel, avertissement, suspension, exclusion, ou un mot du lieu")
    du: Date | None = champ("premier jour d'une suspension", default=None)
    au: Date | None = champ("dernier jour d'une suspension", default=None)
    sanction: SanctionId | None = champ("celle qui attend d'être prononcée, s'il y en a une", default=None)
    motif: Personnel = personnel("motif", qui="personne", conservation="sanction")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        found = [] if MOT.fullmatch(self.mesure) else [("mesure", "un mot, en minuscules, comme « rappel »")]
        if (self.du is None) + (self.au is None) != (0 if self.mesure == SUSPENSION else 2):
            return [*found, ("du", "premier et dernier jour : une suspension, et elle seule, les dit tous deux")]
        return found if self.du is None else [*found, *ordre(self.du, self.au)]


@commande("sanctions.LeverSanction")
class LeverSanction:
    """Lever une sanction, avec un motif ; l'écart qui l'a causée compte encore, ou non."""

    sanction: SanctionId
    personne: PersonneId
    compte: bool = champ("l'écart compte encore pour les suivants", default=True)
    motif: Personnel = personnel("motif", qui="personne", conservation="sanction")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "sanctions.SanctionInconnue",
    "« {sanction} » n'est pas une sanction de {personne}.",
    "Voyez ce qui lui fut dit : tierslieu registre sanctions",
)
class SanctionInconnue(Refus):
    sanction: SanctionId
    personne: PersonneId


@refus(
    "sanctions.PasAPrononcer",
    "« {sanction} » n'attend plus d'être prononcée : elle l'est ({mesure}), ou elle est levée.",
    "Voyez où elle en est : tierslieu registre sanctions ; pour une autre, prononcez-la sans citer celle-ci.",
)
class PasAPrononcer(Refus):
    sanction: SanctionId
    mesure: str


@refus(
    "sanctions.DejaSuspendue",
    "L'adhésion de {personne} est déjà suspendue du {du} au {au} : ces jours-ci ne la remplacent pas.",
    "Pour la prolonger, prononcez-la du {du} jusqu'à plus tard que le {au} ; pour l'abréger, levez-la d'abord.",
)
class DejaSuspendue(Refus):
    personne: PersonneId
    du: Date
    au: Date


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Accordee | None, Procedure | None, tuple[Fait, ...], *tuple[Fait | None, ...]]


def _lit_prononcer(c: PrononcerSanction, x: Contexte) -> Lot[Etats]:
    tags = map(personne, identifiants(c.personne, x))
    citee = () if c.sanction is None else (sanction_de(sanction(c.sanction)),)
    return Lot((lue(c.personne, x), procedure_de(*tags), suites_de(c.personne, x), *citee))


def _prononcer(c: PrononcerSanction, etats: Etats, x: Contexte) -> Issue:
    adhesion, procedure, suites, *citee = etats
    attendue = _attendue(c, next(iter(citee), None), x)
    if isinstance(attendue, MesurePrise):
        return ()
    if isinstance(attendue, Refus):
        return attendue
    if c.du is not None and c.au is not None and (non := _pas_suspendable(adhesion, c.personne, c.du, c.au, x)):
        return non
    du = jour_d_audition(procedure, c.personne, x) if c.mesure == EXCLUSION else c.du or x.aujourdhui
    if c.sanction is None and (c.mesure, du, c.au) in _en_cours(suites):
        return ()
    return [
        MesurePrise(
            sanction=SanctionId(depuis_cle(x.cle)), personne=c.personne, mesure=c.mesure,
            regle=attendue.regle if attendue else None, ecart=attendue.ecart if attendue else "",
            rang=attendue.rang if attendue else None,
            du=du, au=c.au, remplace=c.sanction, motif=c.motif,
        )
    ]  # fmt: skip


def _pas_suspendable(adhesion: Accordee | None, qui: PersonneId, du: Date, au: Date, x: Contexte) -> Refus | None:
    """Why these days cannot be: no membership, or one whose suspension they would shorten."""
    tenue = vivante(adhesion, qui)
    if isinstance(tenue, Refus):
        return tenue
    court = tenue.suspension
    if court is None or court.au < x.aujourdhui or (du <= max(court.du, x.aujourdhui) and court.au <= au):
        return None
    return DejaSuspendue(personne=qui, du=court.du, au=court.au)


def _en_cours(suites: tuple[Fait, ...]) -> set[tuple[str, Date | None, Date | None]]:
    """What was taken and is not lifted: the same, of the same days, is not taken twice."""
    levees = {fait.sanction for fait in suites if isinstance(fait, SanctionLevee)}
    return {(f.mesure, f.du, f.au) for f in suites if isinstance(f, MesurePrise) and f.sanction not in levees}


def _attendue(c: PrononcerSanction, fait: Fait | None, x: Contexte) -> MesureAPrendre | MesurePrise | Refus | None:
    """What somebody has to take and is taken now; or the very same, taken already; or why not."""
    if c.sanction is None:
        return None
    if fait is None or fait.personne not in identifiants(c.personne, x):
        return SanctionInconnue(sanction=c.sanction, personne=c.personne)
    if isinstance(fait, MesureAPrendre):
        return fait
    meme = isinstance(fait, MesurePrise) and (fait.mesure, fait.au) == (c.mesure, c.au)
    return fait if meme and isinstance(fait, MesurePrise) else PasAPrononcer(sanction=c.sanction, mesure=fait.mesure)


def _lever(c: LeverSanction, etats: tuple[Fait | None], x: Contexte) -> Issue:
    (fait,) = etats
    if fait is None or fait.personne not in identifiants(c.personne, x):
        return SanctionInconnue(sanction=c.sanction, personne=c.personne)
    if isinstance(fait, SanctionLevee) and fait.compte <= c.compte:
        return ()
    return [
        SanctionLevee(
            sanction=fait.sanction, personne=c.personne, mesure=fait.mesure, ecart=fait.ecart,
            au=None if isinstance(fait, MesureAPrendre) else fait.au, le=x.aujourdhui, compte=c.compte, motif=c.motif,
        )
    ]  # fmt: skip


# ── suites : l'adhésion est suspendue par ce qui la suspend, nul n'est exclu sans audition ───────────────────────────


def _appliquer(fait: MesurePrise) -> Iterator[SuspendreAdhesion | ConvoquerAudition]:
    if fait.mesure == SUSPENSION and fait.du is not None and fait.au is not None:
        yield SuspendreAdhesion(personne=fait.personne, du=fait.du, au=fait.au, motif=fait.motif)
    elif fait.mesure == EXCLUSION and fait.du is not None:
        yield ConvoquerAudition(personne=fait.personne, le=fait.du, motif=fait.motif)


def _reprendre(fait: SanctionLevee) -> Iterator[LeverSuspension | ClasserProcedure]:
    if fait.mesure == SUSPENSION and fait.au is not None:
        yield LeverSuspension(personne=fait.personne, au=fait.au, motif=fait.motif)
    elif fait.mesure == EXCLUSION:
        yield ClasserProcedure(personne=fait.personne, motif=fait.motif)


def _annuler(fait: EffetsAnnules) -> Iterator[LeverSanction]:
    """An appeal or a revision undid it: its écart counts no more."""
    if fait.commande in COMMANDES:
        laquelle = SanctionId(depuis_cle(fait.decision))
        yield LeverSanction(sanction=laquelle, personne=fait.personne, compte=False, motif=fait.motif)


COMMANDES = frozenset({"sanctions.Sanctionner", "sanctions.PrononcerSanction"})
DEMANDES = (
    Demande(PrononcerSanction, ACCUEIL, _lit_prononcer, _prononcer),
    Demande(LeverSanction, ACCUEIL, lambda c, _: lire(sanction_de(sanction(c.sanction))), _lever),
)
REFUS = (SanctionInconnue, PasAPrononcer, DejaSuspendue)
SUITES = (
    Suite("mesure", MesurePrise, _appliquer),
    Suite("mesure_levee", SanctionLevee, _reprendre),
    Suite("sanction_annulee", EffetsAnnules, _annuler),
)
