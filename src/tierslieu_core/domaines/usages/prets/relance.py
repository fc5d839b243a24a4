"""Rappels et retards: a return announced, an item called back, a late loan followed step by step, as the place set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from whenever import Date

from tierslieu_core.domaines.cadre.regles.genres.prets import Etape, PreavisRappel, RappelAvant, Retards
from tierslieu_core.domaines.moyens import materiel
from tierslieu_core.domaines.usages.prets.en_main import (
    EnCours,
    Fait,
    ObjetPerdu,
    ObjetRendu,
    PretRappele,
    dernier_pret,
    fois_de,
    restent_de,
)
from tierslieu_core.domaines.usages.prets.registre import LignePret
from tierslieu_core.domaines.usages.prets.retour import PasEncorePrete, lieux_de
from tierslieu_core.domaines.usages.prets.suivi import PretRelance
from tierslieu_core.domaines.usages.prets.suspension import EmpruntsSuspendus
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, refus
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId, PersonneId, objet
from tierslieu_core.vocabulaire.temps import matin

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("prets.RappelerPret")
class RappelerPret:
    """Rappeler un objet prêté, à rendre plus tôt que convenu, avec le préavis que le lieu a fixé."""

    objet: ObjetId
    retour: Date = champ("à rendre désormais le")


@commande("prets.RelancerPret")
class RelancerPret:
    """Passer à l'étape que le lieu a fixée pour un prêt : 0 annonce le retour, 1 est la première des retards."""

    objet: ObjetId
    etape: int = champ("étape", default=1)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus("prets.PasEnPret", "{objet} n'est pas en prêt.", "Voyez le registre des prêts en cours.")
class PasEnPret(Refus):
    objet: ObjetId


@refus(
    "prets.RappelImpossible",
    "[{objet}][{modele}], à rendre le {convenu}, ne se rappelle pas pour le {retour}.",
    "Choisissez un jour avant celui qui est convenu, à partir du {au_plus_tot} (le préavis est un réglage du lieu).",
)
class RappelImpossible(Refus):
    objet: ObjetId | None = None
    modele: ModeleId | None = None
    convenu: Date
    retour: Date
    au_plus_tot: Date


@refus(
    "prets.PreavisTropLong",
    "[{objet}][{modele}], à rendre le {convenu} : un rappel se fait {preavis_jours} jours à l'avance : "
    "ce préavis ne laisse aucun jour avant celui qui est convenu.",
    "Attendez le retour convenu ; le préavis est un réglage du lieu (règle de genre « preavis_rappel »).",
)
class PreavisTropLong(Refus):
    objet: ObjetId | None = None
    modele: ModeleId | None = None
    convenu: Date
    preavis_jours: int


@refus(
    "prets.EtapeInconnue",
    "Le lieu n'a pas fixé d'étape {etape} pour [{objet}][{modele}].",
    "Fixez-la par une règle de genre « retards » (ou « rappel_avant » pour l'étape 0).",
)
class EtapeInconnue(Refus):
    objet: ObjetId | None = None
    modele: ModeleId | None = None
    etape: int


@refus(
    "prets.TropTot",
    "[{objet}][{modele}], à rendre le {retour} : cette étape vient le {le}.",
    "Attendez ce jour ; la vue « à faire » dit ce qui est dû.",
)
class TropTot(Refus):
    objet: ObjetId | None = None
    modele: ModeleId | None = None
    retour: Date
    le: Date


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Relancer = tuple[Fait | None, materiel.Fait | None, PretRelance | None]


def _relance(_: PretRelance | None, fait: PretRelance) -> PretRelance | None:
    return fait


relance_de = Lecture[PretRelance | None]("prets.relance", None, _relance, dernier=True)


def _lit(c: RappelerPret | RelancerPret, _: Contexte) -> Lot[Relancer]:
    tag = objet(c.objet)
    return lire(dernier_pret(tag), materiel.objet_de(tag), relance_de(tag))


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _en_cours(lequel: ObjetId, pret: Fait | None, jour: Date) -> EnCours | Refus:
    if pret is None or isinstance(pret, ObjetRendu | ObjetPerdu):
        return PasEnPret(objet=lequel)
    return PasEncorePrete(objet=lequel, depuis=pret.depuis) if jour < pret.depuis else pret


def _rappeler(c: RappelerPret, etats: Relancer, x: Contexte) -> Issue:
    jour = x.aujourdhui
    pret = _en_cours(c.objet, etats[0], jour)
    if isinstance(pret, Refus):
        return pret
    if pret.retour == c.retour:
        return ()
    return rappel_impossible(pret, c.retour, lieux_de(c.objet, etats[1]), x, objet=c.objet) or [
        PretRappele(
            objet=c.objet, personne=pret.personne, depuis=pret.depuis, retour=c.retour, avant=pret.retour,
            fois=fois_de(pret), restent=restent_de(pret),
        )
    ]  # fmt: skip


class EnCoursJusque(Protocol):
    """A loan that runs, of an item or in number."""

    @property
    def depuis(self) -> Date: ...
    @property
    def retour(self) -> Date: ...


def rappel_impossible(
    pret: EnCoursJusque, retour: Date, lieux: tuple[str, ...], x: Contexte, **chose: Any
) -> Refus | None:
    """Why a loan of this thing (``objet`` or ``modele``) cannot be called back for that day."""
    jour = x.aujourdhui
    reglage = x.livre.reglage(PreavisRappel, jour, action="preter", lieux=lieux) or PreavisRappel()
    au_plus_tot = max(jour.add(days=reglage.jours), pret.depuis)
    if pret.retour <= au_plus_tot:
        return PreavisTropLong(**chose, convenu=pret.retour, preavis_jours=reglage.jours)
    if not au_plus_tot <= retour < pret.retour:
        return RappelImpossible(**chose, convenu=pret.retour, retour=retour, au_plus_tot=au_plus_tot)
    return None


def _relancer(c: RelancerPret, etats: Relancer, x: Contexte) -> Issue:
    dernier, fiche, faite = etats
    pret = _en_cours(c.objet, dernier, x.aujourdhui)
    if isinstance(pret, Refus):
        return pret
    if faite is not None and (faite.depuis, faite.retour) == (pret.depuis, pret.retour) and faite.etape >= c.etape:
        return ()
    etape = etape_due(c.etape, pret.retour, lieux_de(c.objet, fiche), x, objet=c.objet)
    if isinstance(etape, Refus):
        return etape
    relance = PretRelance(
        objet=c.objet, personne=pret.personne, depuis=pret.depuis, retour=pret.retour, etape=c.etape,
        mesure=etape.mesure if etape else "annonce",
    )  # fmt: skip
    return [relance, *suspendus(pret.personne, etape, x, objet=c.objet)]


def etape_due(n: int, retour: Date, lieux: tuple[str, ...], x: Contexte, **chose: Any) -> Etape | Refus | None:
    """The step of that number, if its day has come (``None``: the one that announces the return); or why not."""
    due = next((d for d in etapes(x, lieux, retour) if d[0] == n), None)
    if due is None:
        return EtapeInconnue(**chose, etape=n)
    _, le, etape = due
    return TropTot(**chose, retour=retour, le=le) if x.aujourdhui < le else etape


def suspendus(qui: PersonneId, etape: Etape | None, x: Contexte, **chose: Any) -> Iterator[EmpruntsSuspendus]:
    """The fact that a step suspends a person's loans, if it does."""
    if etape is not None and etape.mesure == "suspension":
        du = x.aujourdhui
        yield EmpruntsSuspendus(personne=qui, du=du, au=du.add(days=etape.duree_jours - 1), **chose)


def etapes(x: Contexte, lieux: tuple[str, ...], retour: Date) -> Iterator[tuple[int, Date, Etape | None]]:
    """Number, day and measure of each step that the place has set for a loan due that day."""
    avant = x.livre.reglage(RappelAvant, x.aujourdhui, action="preter", lieux=lieux)
    if avant is not None:
        yield 0, retour.subtract(days=avant.jours), None
    retards = x.livre.reglage(Retards, x.aujourdhui, action="preter", lieux=lieux)
    if retards is not None:
        for n, etape in enumerate(retards.etapes, 1):
            yield n, retour.add(days=retards.grace_jours + etape.jours), etape


# ── échéances : ce qui vient à son jour, d'après le registre ────────────────────────────────────────────────────────


def _a_rendre(ligne: LignePret, x: Contexte) -> Iterable[Due]:
    """The day of return itself: somebody brings the item back, whatever steps the place has set."""
    if not ligne.perdu:
        yield Due(matin(ligne.retour, x.livre.zone), _pret(ligne), "{objet} est à rendre par {personne}")


def _dues(ligne: LignePret, x: Contexte) -> Iterable[Due]:
    """The next step of each loan: what was done is behind, what comes later waits for it."""
    if ligne.perdu:
        return
    for n, le, etape in etapes(x, materiel.lieux(ligne.objet, ligne.categorie), ligne.retour):
        if n > ligne.etape:
            dit = f"{{objet}}, à rendre le {{retour}} par {{personne}} : {etape or 'retour à annoncer'}"
            yield Due(matin(le, x.livre.zone), _pret(ligne), dit, RelancerPret(objet=ligne.objet, etape=n))
            return


def _pret(ligne: LignePret) -> str:
    """This loan, among all those of the item: the steps of an earlier one are not its own."""
    return f"{objet(ligne.objet)}@{ligne.depuis}"


CONCIERGE = frozenset({"concierge", "coordination", "referent"})
DEMANDES = (Demande(RappelerPret, CONCIERGE, _lit, _rappeler), Demande(RelancerPret, CONCIERGE, _lit, _relancer))
REFUS = (PasEnPret, RappelImpossible, PreavisTropLong, EtapeInconnue, TropTot)
ECHEANCES = (
    Echeance("prets.a_rendre", "Objets à rendre", "prets", _a_rendre),
    Echeance("prets.retour", "Retours et retards des prêts", "prets", _dues),
)
