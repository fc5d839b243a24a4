"""Prêts (R3): who has which item, since when, until when. The page to learn the project from: every area reads alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs
from whenever import Date

from tierslieu_core.domaines.moyens import materiel
from tierslieu_core.domaines.personnes.adhesions import Fait as Adhesion
from tierslieu_core.domaines.personnes.adhesions import adhesion_de
from tierslieu_core.domaines.personnes.formations import Tenue, habilitations_de
from tierslieu_core.domaines.usages.profil import mesures_de
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Domaine,
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
from tierslieu_core.vocabulaire.identifiants import ObjetId, PersonneId, mois, objet, personne
from tierslieu_core.vocabulaire.mesures import Mesures, Usage
from tierslieu_core.vocabulaire.temps import MINUIT, Moment, Periode, jours_entre, mois_entre

# ── événements : le nom gardé pour toujours, la phrase du journal, et ce dont le fait change les décisions ──────────


@evenement("prets.ObjetPrete", "{objet} est prêté à {personne}, à rendre le {retour} ({constat})")
class ObjetPrete:
    objet: ObjetId
    personne: PersonneId
    depuis: Date
    retour: Date
    categorie: str = champ("catégorie de l'objet, ce jour-là")
    constat: Personnel = personnel(qui="personne", conservation="pret")

    def etiquettes(self) -> Iterable[str]:
        return objet(self.objet), mois(self.personne, self.depuis)


@evenement("prets.PretRenouvele", "Le prêt de {objet} à {personne} est renouvelé, à rendre le {retour}")
class PretRenouvele:
    objet: ObjetId
    personne: PersonneId
    depuis: Date
    retour: Date
    fois: int

    def etiquettes(self) -> Iterable[str]:
        return objet(self.objet), mois(self.personne, self.depuis)


@evenement("prets.ObjetRendu", "{objet} est rendu par {personne} ({constat})")
class ObjetRendu:
    objet: ObjetId
    personne: PersonneId
    depuis: Date
    le: Date
    constat: Personnel = personnel(qui="personne", conservation="pret")

    def etiquettes(self) -> Iterable[str]:
        return objet(self.objet), mois(self.personne, self.depuis)


@evenement("prets.ObjetPerdu", "{objet}, prêté à {personne}, est déclaré perdu ({constat})")
class ObjetPerdu:
    objet: ObjetId
    personne: PersonneId
    depuis: Date
    retour: Date
    constat: Personnel = personnel(qui="personne", conservation="pret")

    def etiquettes(self) -> Iterable[str]:
        return objet(self.objet), mois(self.personne, self.depuis)


Dehors = ObjetPrete | PretRenouvele | ObjetPerdu
Dernier = Dehors | ObjetRendu | None

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
    "{objet} est déjà prêté à {personne}, à rendre le {retour}.",
    "Demandez cet objet pour plus tard, ou un autre du même modèle ; qui l'a déjà peut renouveler son prêt.",
)
class ObjetDejaPrete(Refus):
    objet: ObjetId
    personne: PersonneId
    retour: Date


@refus(
    "prets.ObjetEgare",
    "{objet} a été déclaré perdu quand {personne} l'avait.",
    "S'il est retrouvé, enregistrez d'abord son retour.",
)
class ObjetEgare(Refus):
    objet: ObjetId
    personne: PersonneId


@refus(
    "prets.ObjetHorsService",
    "{objet} est hors service jusqu'au {au} : {motif}.",
    "Choisissez un autre objet du même modèle, ou attendez cette date.",
)
class ObjetHorsService(Refus):
    objet: ObjetId
    au: Date
    motif: str


@refus(
    "prets.ObjetEncoreDehors",
    "Le {depuis}, {objet} n'était pas encore rendu : il l'a été le {le}.",
    "Vérifiez le jour du prêt ; un prêt de papier se saisit au jour où il a eu lieu.",
)
class ObjetEncoreDehors(Refus):
    objet: ObjetId
    depuis: Date
    le: Date


@refus(
    "prets.RetourImpossible",
    "Un prêt de {objet} commencé le {depuis} ne peut pas s'achever le {retour}.",
    "Le retour vient le jour même ou plus tard, et dans l'année ; au-delà, c'est une convention.",
)
class RetourImpossible(Refus):
    objet: ObjetId
    depuis: Date
    retour: Date


@refus(
    "prets.PasPreteALui",
    "{objet} n'est pas prêté à {personne}.",
    "Voyez au registre des prêts qui l'a ; le concierge peut constater un retour au nom de cette personne.",
)
class PasPreteALui(Refus):
    objet: ObjetId
    personne: PersonneId


# ── lectures : ce qu'une décision doit savoir ; la signature dit les faits lus, et rien d'autre n'est lu ────────────


def _pret(_: Dernier, fait: ObjetPrete | PretRenouvele | ObjetPerdu | ObjetRendu) -> Dernier:
    return fait


@attrs.frozen
class PretsDe:
    """The loans of a person in the past thirteen months; ``en_main``: the item of each that is still out."""

    prets: tuple[ObjetPrete, ...] = ()
    en_main: Mapping[ObjetId, ObjetPrete] = {}


def _prets_de(etat: PretsDe, fait: ObjetPrete | ObjetRendu) -> PretsDe:
    if isinstance(fait, ObjetPrete):
        return PretsDe((*etat.prets, fait), {**etat.en_main, fait.objet: fait})
    return PretsDe(etat.prets, {o: p for o, p in etat.en_main.items() if o != fait.objet})


pret_de = Lecture[Dernier]("prets.pret", None, _pret, dernier=True)
prets_de = Lecture[PretsDe]("prets.prets_de", PretsDe(), _prets_de)

# ── décider : purement, sur ce qui est lu ; des faits, rien (déjà ainsi), ou un refus ───────────────────────────────

Pret = tuple[Dernier]
EtatsPreter = tuple[Dernier, materiel.Fait | None, materiel.ObjetRetire | None, materiel.ObjetImmobilise | None, Adhesion | None, tuple[Tenue, ...], PretsDe]  # fmt: skip


def _lit_preter(c: PreterObjet, x: Contexte) -> Lot[EtatsPreter]:
    tag, qui = objet(c.objet), personne(c.personne)
    treize = [mois(c.personne, le) for le in mois_entre(x.aujourdhui.subtract(months=13), x.aujourdhui)]
    return lire(
        pret_de(tag), materiel.objet_de(tag), materiel.retrait_de(tag), materiel.immobilisation_de(tag),
        adhesion_de(qui), habilitations_de(qui), prets_de(*treize),
    )  # fmt: skip


def _preter(c: PreterObjet, etats: EtatsPreter, x: Contexte) -> Issue:
    pret, connu, retrait, arret, *_ = etats
    jour = x.aujourdhui
    match pret:
        case ObjetPerdu():
            return ObjetEgare(objet=c.objet, personne=pret.personne)
        case ObjetPrete() | PretRenouvele():
            deja = (pret.personne, pret.retour) == (c.personne, c.retour)
            return () if deja else ObjetDejaPrete(objet=c.objet, personne=pret.personne, retour=pret.retour)
        case ObjetRendu() if pret.le > jour:
            return ObjetEncoreDehors(objet=c.objet, depuis=jour, le=pret.le)
    if retrait is not None and retrait.le <= jour:
        return materiel.ObjetAbsent(objet=c.objet, le=retrait.le)
    if arret is not None and arret.du <= jour <= arret.au:
        return ObjetHorsService(objet=c.objet, au=arret.au, motif=arret.motif)
    if not _tient(jour, c.retour):
        return RetourImpossible(objet=c.objet, depuis=jour, retour=c.retour)
    categorie = connu.categorie if connu else ""
    return [
        ObjetPrete(
            objet=c.objet, personne=c.personne, depuis=jour, retour=c.retour, categorie=categorie, constat=c.constat
        )
    ]


def _lit_pret(c: RendreObjet | DeclarerPerdu, _: Contexte) -> Lot[Pret]:
    return lire(pret_de(objet(c.objet)))


def _rendre(c: RendreObjet, etats: Pret, x: Contexte) -> Issue:
    match etats[0]:
        case ObjetRendu(personne=qui) if qui == c.personne:
            return ()
        case None | ObjetRendu():
            return PasPreteALui(objet=c.objet, personne=c.personne)
        case pret if pret.personne != c.personne:
            return PasPreteALui(objet=c.objet, personne=c.personne)
        case pret if x.aujourdhui < pret.depuis:
            return RetourImpossible(objet=c.objet, depuis=pret.depuis, retour=x.aujourdhui)
        case pret:
            le, depuis = x.aujourdhui, pret.depuis
            return [ObjetRendu(objet=c.objet, personne=c.personne, depuis=depuis, le=le, constat=c.constat)]


def _perdre(c: DeclarerPerdu, etats: Pret, _: Contexte) -> Issue:
    match etats[0]:
        case ObjetPrete() | PretRenouvele() as pret if pret.personne == c.personne:
            perte = ObjetPerdu(
                objet=c.objet, personne=c.personne, depuis=pret.depuis, retour=pret.retour, constat=c.constat
            )
            return [perte]
        case ObjetPerdu(personne=qui) if qui == c.personne:
            return ()
        case _:
            return PasPreteALui(objet=c.objet, personne=c.personne)


EtatsRenouveler = tuple[Dernier, Adhesion | None, tuple[Tenue, ...]]


def _lit_renouveler(c: RenouvelerPret, _: Contexte) -> Lot[EtatsRenouveler]:
    return lire(pret_de(objet(c.objet)), adhesion_de(personne(c.personne)), habilitations_de(personne(c.personne)))


def _renouveler(c: RenouvelerPret, etats: EtatsRenouveler, _: Contexte) -> Issue:
    pret = etats[0]
    if not isinstance(pret, ObjetPrete | PretRenouvele) or pret.personne != c.personne:
        return PasPreteALui(objet=c.objet, personne=c.personne)
    if pret.retour == c.retour:
        return ()
    if c.retour < pret.retour or not _tient(pret.depuis, c.retour):
        return RetourImpossible(objet=c.objet, depuis=pret.depuis, retour=c.retour)
    return [
        PretRenouvele(objet=c.objet, personne=c.personne, depuis=pret.depuis, retour=c.retour, fois=_fois(pret) + 1)
    ]


def _fois(pret: Dernier) -> int:
    return pret.fois if isinstance(pret, PretRenouvele) else 0


def _tient(depuis: Date, retour: Date) -> bool:
    return 0 <= jours_entre(depuis, retour) <= 366  # noqa: PLR2004 - a year at most: what thirteen months of reading can see


# ── mesurer : ce que les règles du lieu peuvent juger de la demande ─────────────────────────────────────────────────


def _mesure_preter(c: PreterObjet, etats: EtatsPreter, x: Contexte) -> Mesures:
    _, connu, _, _, adhesion, tenues, prets = etats
    zone = x.livre.zone
    return mesures_de(
        c.personne, adhesion, tenues, x.aujourdhui,
        action="preter",
        lieux=_lieux(c.objet, connu),
        duree_jours=jours_entre(x.aujourdhui, c.retour),
        periode=_jours(x.aujourdhui, c.retour, zone),
        usages=tuple(_usage(p, prets, zone) for p in prets.prets),
    )  # fmt: skip


def _mesure_renouveler(c: RenouvelerPret, etats: EtatsRenouveler, x: Contexte) -> Mesures:
    pret, adhesion, tenues = etats
    return mesures_de(
        c.personne, adhesion, tenues, x.aujourdhui,
        action="renouveler",
        lieux=(objet(c.objet),),
        duree_jours=jours_entre(x.aujourdhui, c.retour),
        renouvellements=_fois(pret) + 1,
    )  # fmt: skip


def _usage(p: ObjetPrete, prets: PretsDe, zone: str) -> Usage:
    lieux = (objet(p.objet), f"categorie:{p.categorie}")
    return Usage(_jours(p.depuis, p.retour, zone), lieux, en_cours=prets.en_main.get(p.objet) == p)


def _lieux(lequel: ObjetId, connu: materiel.Fait | None) -> tuple[str, ...]:
    return (objet(lequel), f"categorie:{connu.categorie}") if connu else (objet(lequel),)


def _jours(du: Date, au: Date, zone: str) -> Periode:
    """A loan as a use: from the morning of hand-over to the night of return."""
    return Periode(Moment(du.at(MINUIT)), Moment(max(du, au).next_day().at(MINUIT)), zone)


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


def _tenir(
    lignes: dict[ObjetId, LignePret], fait: ObjetPrete | PretRenouvele | ObjetPerdu | ObjetRendu, _: Note
) -> None:
    match fait:
        case ObjetPrete():
            lignes[fait.objet] = LignePret(fait.objet, fait.personne, fait.depuis, fait.retour)
        case PretRenouvele():
            lignes[fait.objet] = attrs.evolve(lignes[fait.objet], retour=fait.retour, renouvellements=fait.fois)
        case ObjetPerdu():
            lignes[fait.objet] = attrs.evolve(lignes[fait.objet], perdu=True)
        case ObjetRendu():
            del lignes[fait.objet]


def _au(ligne: LignePret, jour: Date) -> LignePret:
    if ligne.perdu:
        return attrs.evolve(ligne, etat="perdu")
    retard = max(0, jours_entre(ligne.retour, jour))
    return attrs.evolve(ligne, etat="en retard" if retard else "en cours", retard_jours=retard)


# ── le domaine : tout ce que les adaptateurs, les épreuves et les documents en liront ───────────────────────────────

CONCIERGE = frozenset({"concierge", "coordination", "referent"})
DOMAINE = Domaine(
    "prets",
    "Prêts de matériel",
    faits=(ObjetPrete, PretRenouvele, ObjetRendu, ObjetPerdu),
    demandes=(
        Demande(PreterObjet, CONCIERGE, _lit_preter, _preter, _mesure_preter),
        Demande(RenouvelerPret, CONCIERGE | {"soi"}, _lit_renouveler, _renouveler, _mesure_renouveler),
        Demande(RendreObjet, CONCIERGE, _lit_pret, _rendre),
        Demande(DeclarerPerdu, CONCIERGE | {"soi"}, _lit_pret, _perdre),
    ),
    refus=(ObjetDejaPrete, ObjetEgare, ObjetHorsService, ObjetEncoreDehors, RetourImpossible, PasPreteALui),
    registres=(Registre("prets", LignePret, _tenir, _au, "Registre des prêts en cours"),),
)
