"""Retours: an item comes back, whole or in part, with its state and what misses; or it is lost."""

from __future__ import annotations

from typing import Protocol

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.cadre.regles.faits import faits_de
from tierslieu_core.domaines.cadre.regles.versions import RENDRE
from tierslieu_core.domaines.moyens import materiel
from tierslieu_core.domaines.usages.prets.en_main import (
    Dehors,
    Fait,
    ObjetPerdu,
    ObjetPrete,
    ObjetRendu,
    PartieRendue,
    dernier_pret,
    fois_de,
    restent_de,
)
from tierslieu_core.kernel.declarations import Contexte, Demande, Issue, Refus, champ, commande, personnel, refus
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire import parties as en_parties
from tierslieu_core.vocabulaire.calendrier import Calendrier
from tierslieu_core.vocabulaire.faits import AUSSI, FaitDit
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId, PersonneId, modele, objet
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.parties import Partie
from tierslieu_core.vocabulaire.temps import Periode, jours_entre

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("prets.RendreObjet")
class RendreObjet:
    """Rendre un objet, en notant son état, ce qui manque à son lot et ce qui a été consommé."""

    objet: ObjetId
    personne: PersonneId = champ("personne qui l'avait")
    constat: Personnel = personnel("état au retour", qui="personne", conservation="pret", default="en bon état")
    etat_general: materiel.EtatGeneral | None = champ("état général, s'il a changé", default=None)
    manquants: tuple[Partie, ...] | None = champ("tout ce qui manque au lot, s'il est vérifié", default=None)
    consommes: tuple[Partie, ...] = champ("ce qui a été consommé", default=())
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        manquants = en_parties.fautes("manquants", self.manquants or ())
        return [*manquants, *en_parties.fautes("consommes", self.consommes)]


@commande("prets.RendrePartie")
class RendrePartie:
    """Rendre une partie d'un lot ; le reste demeure en prêt."""

    objet: ObjetId
    personne: PersonneId = champ("personne qui l'avait")
    parties: tuple[Partie, ...] = champ("ce qui est rendu")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return en_parties.fautes("parties", self.parties) if self.parties else [("parties", "une partie au moins")]


@commande("prets.DeclarerPerdu")
class DeclarerPerdu:
    """Déclarer perdu un objet prêté ; le rendre, plus tard, le retrouve."""

    objet: ObjetId
    personne: PersonneId = champ("personne qui l'avait")
    constat: Personnel = personnel("circonstances", qui="personne", conservation="pret")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "prets.ObjetEgare",
    "{objet} : perte déclarée, {personne} l'avait en prêt.",
    "S'il est retrouvé, enregistrez d'abord son retour.",
)
class ObjetEgare(Refus):
    objet: ObjetId
    personne: PersonneId


@refus(
    "prets.PlusRienDehors",
    "Avec cela, il ne reste rien dehors de {objet}.",
    "Rendez l'objet en entier (« tierslieu faire prets.RendreObjet »).",
)
class PlusRienDehors(Refus):
    objet: ObjetId


@refus(
    "prets.PasPreteALui",
    "{personne} n'a pas {objet} en prêt.",
    "Voyez au registre des prêts qui l'a ; le concierge peut constater un retour au nom de cette personne.",
)
class PasPreteALui(Refus):
    objet: ObjetId
    personne: PersonneId


@refus(
    "prets.PasEncorePrete",
    "Le prêt ([{objet}][{modele}]) ne commence que le {depuis}.",
    "Datez cette demande de ce jour-là ou de plus tard.",
)
class PasEncorePrete(Refus):
    objet: ObjetId | None = None
    modele: ModeleId | None = None
    depuis: Date


# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


class DUnPret(Protocol):
    """A demand about somebody's loan of an item."""

    @property
    def objet(self) -> ObjetId: ...
    @property
    def personne(self) -> PersonneId: ...


def a_lui(pret: Fait | None, c: DUnPret, x: Contexte) -> Dehors | Refus:
    """The loan that a demand speaks of, under whichever identifier the person had it, or why there is none."""
    if pret is None or isinstance(pret, ObjetRendu) or pret.personne not in identifiants(c.personne, x):
        return PasPreteALui(objet=c.objet, personne=c.personne)
    return PasEncorePrete(objet=c.objet, depuis=pret.depuis) if x.aujourdhui < pret.depuis else pret


def modele_de_la(fiche: materiel.Fait | None) -> ModeleId:
    """The model of an item; that of one which nobody described is no model."""
    return fiche.modele if fiche else ModeleId("")


def lieux_de(lequel: ObjetId, fiche: materiel.Fait | None) -> tuple[str, ...]:
    """What rules call an item; one which nobody described has no category."""
    return materiel.lieux(lequel, fiche.categorie if fiche else "")


Rendre = tuple[tuple[Fait | None, materiel.Fait | None, materiel.Constat], tuple[materiel.Modele | None]]


def _lit_rendre(c: RendreObjet | RendrePartie, _: Contexte) -> Lot[Rendre]:
    tag = objet(c.objet)
    pret = lire(dernier_pret(tag), materiel.objet_de(tag), materiel.constat_de(tag))
    return pret.puis(lambda etats: lire(materiel.modele_de(modele(modele_de_la(etats[1])))))


def _rendre(c: RendreObjet, etats: Rendre, x: Contexte) -> Issue:
    (dernier, fiche, _), (le_modele,) = etats
    if isinstance(dernier, ObjetRendu) and dernier.personne in identifiants(c.personne, x):
        return ()
    pret = a_lui(dernier, c, x)
    if isinstance(pret, Refus):
        return pret
    contenu, consommables = (le_modele.parties, le_modele.consommables) if le_modele else ((), ())
    inconnue = materiel.partie_inconnue(modele_de_la(fiche), c.manquants or (), contenu) or materiel.partie_inconnue(
        modele_de_la(fiche), tuple(attrs.evolve(p, nombre=1) for p in c.consommes), consommables
    )
    return inconnue or [
        ObjetRendu(
            objet=c.objet, personne=c.personne, depuis=pret.depuis, le=x.aujourdhui, constat=c.constat,
            etat_general=c.etat_general, manquants=c.manquants, consommes=c.consommes,
        )
    ]  # fmt: skip


def _rendre_partie(c: RendrePartie, etats: Rendre, x: Contexte) -> Issue:
    (dernier, fiche, (_, manquants)), (le_modele,) = etats
    pret = a_lui(dernier, c, x)
    if isinstance(pret, Refus):
        return pret
    if isinstance(pret, ObjetPerdu):
        return ObjetEgare(objet=c.objet, personne=c.personne)
    dehors = restent_de(pret)
    if dehors is None:
        manquaient = pret.manquants if isinstance(pret, ObjetPrete) else ()
        manquaient = en_parties.parties_de(en_parties.compte_de(manquaient) | en_parties.compte_de(manquants))
        dehors = en_parties.otees(le_modele.parties if le_modele else (), manquaient)
    restent = en_parties.otees(dehors, c.parties)
    inconnue = materiel.partie_inconnue(modele_de_la(fiche), c.parties, dehors)
    if inconnue is not None:
        return inconnue
    if not restent:
        return PlusRienDehors(objet=c.objet)
    return [
        PartieRendue(
            objet=c.objet, personne=c.personne, depuis=pret.depuis, retour=pret.retour, le=x.aujourdhui,
            fois=fois_de(pret), restent=restent,
        )
    ]  # fmt: skip


def _lit_perdre(c: DeclarerPerdu, _: Contexte) -> Lot[tuple[Fait | None]]:
    return lire(dernier_pret(objet(c.objet)))


def _perdre(c: DeclarerPerdu, etats: tuple[Fait | None], x: Contexte) -> Issue:
    pret = a_lui(etats[0], c, x)
    if isinstance(pret, Refus):
        return pret
    if isinstance(pret, ObjetPerdu):
        return ()
    return [ObjetPerdu(objet=c.objet, personne=c.personne, depuis=pret.depuis, retour=pret.retour, constat=c.constat)]


# ── mesurer : un retour ne se refuse jamais ; les règles en disent la suite ─────────────────────────────────────────


def _mesure_rendre(c: RendreObjet, etats: Rendre, x: Contexte) -> Mesures:
    (pret, fiche, _), _ = etats
    dates = None if pret is None or isinstance(pret, ObjetRendu) else (pret.depuis, pret.retour)
    return au_retour(c.personne, lieux_de(c.objet, fiche), dates, c.faits, x)


def au_retour(
    qui: PersonneId, lieux: tuple[str, ...], dates: tuple[Date, Date] | None, dits: tuple[FaitDit, ...], x: Contexte
) -> Mesures:
    """What rules may judge of a return; ``dates``: since when the loan ran, and until when it was to."""
    return Mesures(
        action=RENDRE, personne=qui, lieux=lieux, jour=x.aujourdhui, demande_le=x.survenu_le,
        periode=None if dates is None else Periode.de_jours(*dates, x.livre.zone),
        duree_jours=None if dates is None else jours_entre(*dates),
        faits=faits_de(dits, x), calendrier=Calendrier.de(x),
    )  # fmt: skip


CONCIERGE = frozenset({"concierge", "coordination", "referent"})
DEMANDES = (
    Demande(RendreObjet, CONCIERGE, _lit_rendre, _rendre, _mesure_rendre),
    Demande(RendrePartie, CONCIERGE, _lit_rendre, _rendre_partie),
    Demande(DeclarerPerdu, CONCIERGE | {"soi"}, _lit_perdre, _perdre),
)
REFUS = (ObjetEgare, PlusRienDehors, PasPreteALui, PasEncorePrete)
