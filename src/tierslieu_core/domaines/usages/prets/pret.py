"""Un prêt (R3): who has which item, since when, until when. The page to learn from: every area reads in this order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.mandats import jour_de
from tierslieu_core.domaines.moyens import materiel
from tierslieu_core.domaines.usages.profil import Profil, mesures_de, mois_de, profil_de
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    commande,
    evenement,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.arrets import Arrets
from tierslieu_core.vocabulaire.identifiants import ObjetId, PersonneId, mois, objet
from tierslieu_core.vocabulaire.mesures import Mesures, Usage
from tierslieu_core.vocabulaire.temps import Periode, jours_entre

# ── événements : le nom gardé pour toujours, la phrase du journal, ce qui est arrivé ────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    """Whose decisions a fact of a loan can change: the item's, and the person's that month."""
    return objet(fait.objet), mois(fait.personne, fait.depuis)


@evenement("prets.ObjetPrete", "{personne} emprunte {objet}, à rendre le {retour} ({constat})")
class ObjetPrete:
    objet: ObjetId
    personne: PersonneId
    depuis: Date
    retour: Date
    categorie: str = champ("catégorie de l'objet, ce jour-là")
    constat: Personnel = personnel(qui="personne", conservation="pret")

    etiquettes = _etiquettes


@evenement("prets.PretRenouvele", "{personne} garde {objet}, à rendre désormais le {retour}")
class PretRenouvele:
    objet: ObjetId
    personne: PersonneId
    depuis: Date
    retour: Date
    fois: int

    etiquettes = _etiquettes


@evenement("prets.ObjetRendu", "{personne} rend {objet} ({constat})")
class ObjetRendu:
    objet: ObjetId
    personne: PersonneId
    depuis: Date
    le: Date
    constat: Personnel = personnel(qui="personne", conservation="pret")

    etiquettes = _etiquettes


@evenement("prets.ObjetPerdu", "{objet} : perte déclarée, {personne} l'avait en prêt ({constat})")
class ObjetPerdu:
    objet: ObjetId
    personne: PersonneId
    depuis: Date
    retour: Date
    constat: Personnel = personnel(qui="personne", conservation="pret")

    etiquettes = _etiquettes


Dehors = ObjetPrete | PretRenouvele | ObjetPerdu
Fait = Dehors | ObjetRendu

# ── commandes : ce que l'on demande ; un champ personnel est scellé avant toute décision ────────────────────────────


@commande("prets.PreterObjet")
class PreterObjet:
    """Prêter un objet à une personne, jusqu'à une date, en notant son état."""

    objet: ObjetId
    personne: PersonneId
    retour: Date = champ("à rendre le")
    constat: Personnel = personnel("état au départ", qui="personne", conservation="pret", default="en bon état")


@commande("prets.RenouvelerPret")
class RenouvelerPret:
    """Renouveler un prêt, jusqu'à une nouvelle date."""

    objet: ObjetId
    personne: PersonneId
    retour: Date = champ("à rendre le")


@commande("prets.RendreObjet")
class RendreObjet:
    """Rendre un objet, en notant son état."""

    objet: ObjetId
    personne: PersonneId = champ("personne qui l'avait")
    constat: Personnel = personnel("état au retour", qui="personne", conservation="pret", default="en bon état")


@commande("prets.DeclarerPerdu")
class DeclarerPerdu:
    """Déclarer perdu un objet prêté ; le rendre, plus tard, le retrouve."""

    objet: ObjetId
    personne: PersonneId = champ("personne qui l'avait")
    constat: Personnel = personnel("circonstances", qui="personne", conservation="pret")


# ── refus : le fait qui bloque, et l'issue ──────────────────────────────────────────────────────────────────────────


@refus(
    "prets.ObjetDejaPrete",
    "{personne} a déjà {objet}, à rendre le {retour}.",
    "Demandez cet objet pour plus tard, ou un autre du même modèle ; qui l'a déjà peut renouveler son prêt.",
)
class ObjetDejaPrete(Refus):
    objet: ObjetId
    personne: PersonneId
    retour: Date


@refus(
    "prets.ObjetEgare",
    "{objet} : perte déclarée, {personne} l'avait en prêt.",
    "S'il est retrouvé, enregistrez d'abord son retour.",
)
class ObjetEgare(Refus):
    objet: ObjetId
    personne: PersonneId


@refus(
    "prets.ObjetRenduPlusTard",
    "Le dernier prêt ({objet}) va du {depuis} au {le} : un autre ne peut pas commencer avant qu'il soit rendu.",
    "Les prêts d'un objet se saisissent dans l'ordre où ils ont eu lieu ; vérifiez le jour de celui-ci.",
)
class ObjetRenduPlusTard(Refus):
    objet: ObjetId
    depuis: Date
    le: Date


@refus(
    "prets.RetourImpossible",
    "Un prêt commencé le {depuis} ne peut pas s'achever le {retour} ({objet}).",
    "Le retour vient le jour même ou plus tard, jamais avant celui qui est convenu, et dans l'année.",
)
class RetourImpossible(Refus):
    objet: ObjetId
    depuis: Date
    retour: Date


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
    "Le prêt ({objet}) ne commence que le {depuis}.",
    "Datez cette demande de ce jour-là ou de plus tard.",
)
class PasEncorePrete(Refus):
    objet: ObjetId
    depuis: Date


# ── lectures : ce qu'une décision doit savoir ; la signature dit les faits lus, et rien d'autre n'est lu ────────────

PretsDe = tuple[tuple[ObjetPrete, bool], ...]


def _dernier(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


def _prets_de(etat: PretsDe, fait: ObjetPrete | ObjetRendu | ObjetPerdu) -> PretsDe:
    """Each loan of a person, and whether the item is still in hand."""
    if isinstance(fait, ObjetPrete):
        return (*etat, (fait, True))
    return tuple((pret, en_main and pret.objet != fait.objet) for pret, en_main in etat)


dernier_pret = Lecture[Fait | None]("prets.dernier_pret", None, _dernier, dernier=True)
prets_de = Lecture[PretsDe]("prets.prets_de", (), _prets_de)

# ── décider : purement, sur ce qui est lu ; des faits, rien (déjà ainsi), ou un refus ───────────────────────────────

EtatsPreter = tuple[tuple[Fait | None, materiel.Fait | None, Arrets, PretsDe], Profil]


def _lit_preter(c: PreterObjet, x: Contexte) -> Lot[EtatsPreter]:
    tag = objet(c.objet)
    an_dernier, ce_jour = x.aujourdhui.subtract(months=13), jour_de(x)
    return lire(
        dernier_pret(tag),
        materiel.objet_de(tag),
        materiel.arrets_de(tag),
        prets_de(*mois_de(c.personne, an_dernier, ce_jour, x)),
    ).avec(profil_de(c.personne, x))


def _preter(c: PreterObjet, etats: EtatsPreter, x: Contexte) -> Issue:
    (pret, fiche, arrets, _), _ = etats
    jour = x.aujourdhui
    match pret:
        case ObjetPerdu():
            return ObjetEgare(objet=c.objet, personne=pret.personne)
        case ObjetPrete() | PretRenouvele():
            deja = (pret.personne, pret.retour) == (c.personne, c.retour)
            return () if deja else ObjetDejaPrete(objet=c.objet, personne=pret.personne, retour=pret.retour)
        case ObjetRendu() if jour < pret.le:
            return ObjetRenduPlusTard(objet=c.objet, depuis=pret.depuis, le=pret.le)
    if not jour <= c.retour <= _au_plus_tard(jour):
        return RetourImpossible(objet=c.objet, depuis=jour, retour=c.retour)
    pris = ObjetPrete(
        objet=c.objet, personne=c.personne, depuis=jour, retour=c.retour, categorie=fiche.categorie if fiche else "",
        constat=c.constat,
    )  # fmt: skip
    return materiel.empechement(c.objet, arrets, jour, c.retour) or [pris]


def _au_plus_tard(depuis: Date) -> Date:
    """A loan fits in a year: what reading thirteen months of loans is sure to see."""
    return depuis.add(years=1)


EtatsRenouveler = tuple[tuple[Fait | None, materiel.Fait | None, Arrets], Profil]


def _lit_renouveler(c: RenouvelerPret, x: Contexte) -> Lot[EtatsRenouveler]:
    tag = objet(c.objet)
    lu = lire(dernier_pret(tag), materiel.objet_de(tag), materiel.arrets_de(tag))
    return lu.avec(profil_de(c.personne, x))


def _renouveler(c: RenouvelerPret, etats: EtatsRenouveler, x: Contexte) -> Issue:
    (dernier, _, arrets), _ = etats
    pret = _a_lui(dernier, c, x)
    if isinstance(pret, Refus):
        return pret
    if isinstance(pret, ObjetPerdu):
        return ObjetEgare(objet=c.objet, personne=c.personne)
    if c.retour == pret.retour:
        return ()
    if not pret.retour < c.retour <= _au_plus_tard(pret.depuis):
        return RetourImpossible(objet=c.objet, depuis=pret.depuis, retour=c.retour)
    renouvele = PretRenouvele(
        objet=c.objet, personne=c.personne, depuis=pret.depuis, retour=c.retour, fois=_fois(pret) + 1
    )
    return materiel.empechement(c.objet, arrets, x.aujourdhui, c.retour) or [renouvele]


def _a_lui(pret: Fait | None, c: RenouvelerPret | RendreObjet | DeclarerPerdu, x: Contexte) -> Dehors | Refus:
    """The loan that a demand speaks of, or why there is none."""
    if pret is None or isinstance(pret, ObjetRendu) or pret.personne != c.personne:
        return PasPreteALui(objet=c.objet, personne=c.personne)
    return PasEncorePrete(objet=c.objet, depuis=pret.depuis) if x.aujourdhui < pret.depuis else pret


def _fois(pret: Fait | None) -> int:
    return pret.fois if isinstance(pret, PretRenouvele) else 0


def _lit_pret(c: RendreObjet | DeclarerPerdu, _: Contexte) -> Lot[tuple[Fait | None]]:
    return lire(dernier_pret(objet(c.objet)))


def _rendre(c: RendreObjet, etats: tuple[Fait | None], x: Contexte) -> Issue:
    if isinstance(etats[0], ObjetRendu) and etats[0].personne == c.personne:
        return ()
    pret = _a_lui(etats[0], c, x)
    if isinstance(pret, Refus):
        return pret
    return [ObjetRendu(objet=c.objet, personne=c.personne, depuis=pret.depuis, le=x.aujourdhui, constat=c.constat)]


def _perdre(c: DeclarerPerdu, etats: tuple[Fait | None], x: Contexte) -> Issue:
    pret = _a_lui(etats[0], c, x)
    if isinstance(pret, Refus):
        return pret
    if isinstance(pret, ObjetPerdu):
        return ()
    return [ObjetPerdu(objet=c.objet, personne=c.personne, depuis=pret.depuis, retour=pret.retour, constat=c.constat)]


# ── mesurer : ce que les règles du lieu peuvent juger de la demande ─────────────────────────────────────────────────


def _mesure_preter(c: PreterObjet, etats: EtatsPreter, x: Contexte) -> Mesures:
    (_, fiche, _, prets), profil = etats
    jour, zone = x.aujourdhui, x.livre.zone
    return mesures_de(
        c.personne, profil, jour,
        action="preter",
        lieux=materiel.lieux(c.objet, fiche.categorie if fiche else ""),
        duree_jours=jours_entre(jour, c.retour),
        periode=Periode.de_jours(jour, max(jour, min(c.retour, _au_plus_tard(jour))), zone),
        usages=tuple(
            Usage(Periode.de_jours(p.depuis, p.retour, zone), materiel.lieux(p.objet, p.categorie), en_main)
            for p, en_main in prets
        ),
    )  # fmt: skip


def _mesure_renouveler(c: RenouvelerPret, etats: EtatsRenouveler, x: Contexte) -> Mesures:
    (pret, fiche, _), profil = etats
    return mesures_de(
        c.personne, profil, x.aujourdhui,
        action="renouveler",
        lieux=materiel.lieux(c.objet, fiche.categorie if fiche else ""),
        duree_jours=jours_entre(x.aujourdhui, c.retour),
        renouvellements=_fois(pret) + 1,
    )  # fmt: skip


# ── registre : une ligne par objet qui est dehors ; ce qui dépend du jour se dit au jour où on lit ──────────────────


@attrs.frozen
class LignePret:
    """``etat``, on the day it is read: en cours, en retard, perdu; ``retard_jours``: days past the day of return."""

    objet: ObjetId
    personne: PersonneId
    depuis: Date
    retour: Date
    renouvellements: int = 0
    perdu: bool = False
    etat: str = ""
    retard_jours: int = 0


def _tenir(lignes: dict[ObjetId, LignePret], fait: Fait, _: Note) -> None:
    match fait:
        case ObjetPrete():
            lignes[fait.objet] = LignePret(fait.objet, fait.personne, fait.depuis, fait.retour)
        case PretRenouvele():
            lignes[fait.objet] = attrs.evolve(lignes[fait.objet], retour=fait.retour, renouvellements=fait.fois)
        case ObjetPerdu():
            lignes[fait.objet] = attrs.evolve(lignes[fait.objet], perdu=True)
        case ObjetRendu():
            del lignes[fait.objet]
        case _:
            assert_never(fait)


def _au(ligne: LignePret, jour: Date) -> LignePret:
    if ligne.perdu:
        return attrs.evolve(ligne, etat="perdu")
    retard = max(0, jours_entre(ligne.retour, jour))
    return attrs.evolve(ligne, etat="en retard" if retard else "en cours", retard_jours=retard)


# ── ce que le domaine rassemble (`__init__.py`) : tout ce que les adaptateurs, les épreuves et les documents liront ───

CONCIERGE = frozenset({"concierge", "coordination", "referent"})
FAITS = (ObjetPrete, PretRenouvele, ObjetRendu, ObjetPerdu)
DEMANDES = (
    Demande(PreterObjet, CONCIERGE, _lit_preter, _preter, _mesure_preter),
    Demande(RenouvelerPret, CONCIERGE | {"soi"}, _lit_renouveler, _renouveler, _mesure_renouveler),
    Demande(RendreObjet, CONCIERGE, _lit_pret, _rendre),
    Demande(DeclarerPerdu, CONCIERGE | {"soi"}, _lit_pret, _perdre),
)
REFUS = (ObjetDejaPrete, ObjetEgare, ObjetRenduPlusTard, RetourImpossible, PasPreteALui, PasEncorePrete)
PAR = ("objet", ("personne", "retour"), "retour")
REGISTRES = (Registre("prets", LignePret, _tenir, _au, "Registre des prêts en cours", PAR),)
