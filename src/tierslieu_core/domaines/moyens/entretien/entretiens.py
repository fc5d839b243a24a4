"""Entretiens: what comes back for a space or an item every so often; noted when done, due again later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.rappels import rappel
from tierslieu_core.domaines.moyens.entretien.arret import REGIE, SUR, arrets_de, faute_de_chose, parti
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
    nouveau,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.vocabulaire.arrets import Arrets
from tierslieu_core.vocabulaire.choses import Chose
from tierslieu_core.vocabulaire.identifiants import EntretienId, connu, entretien

Unite = Literal["jours", "semaines", "mois", "ans"]
ANGLAIS = {"jours": "days", "semaines": "weeks", "mois": "months", "ans": "years"}
TOUS_LES = {"jours": "tous les", "semaines": "toutes les", "mois": "tous les", "ans": "tous les"}
SIECLE = 100
PREVENIR_JOURS = 14


@attrs.frozen(kw_only=True)
class Rythme:
    """Every so often: every six months, every week."""

    nombre: int
    unite: Unite

    def apres(self, le: Date) -> Date:
        """The next day, counted from one."""
        n = self.nombre
        match self.unite:
            case "jours":
                return le.add(days=n)
            case "semaines":
                return le.add(weeks=n)
            case "mois":
                return le.add(months=n)
            case _:
                return le.add(years=n)

    def __str__(self) -> str:
        tous = TOUS_LES[self.unite]
        return f"{tous} {self.unite}" if self.nombre == 1 else f"{tous} {self.nombre} {self.unite}"


def faute_de_rythme(nombre: int, unite: Unite, depuis: Date) -> list[tuple[str, str]]:
    """What comes back does so within a century."""
    possible = 1 <= nombre <= SIECLE * 366
    if possible and Rythme(nombre=nombre, unite=unite).apres(depuis) <= depuis.add(years=SIECLE):
        return []
    return [("tous_les", "un nombre de 1 au moins, et d'un siècle au plus")]


# ── événements (chacun dit tout l'entretien : le dernier suffit) ────────────────────────────────────────────────────


def _etiquettes(fait: Fait) -> Iterable[str]:
    return entretien(fait.entretien), str(fait.sur)


@evenement("entretien.EntretienFixe", "{nom} ({sur}) : {rythme} ; la prochaine fois le {prochain}")
class EntretienFixe:
    entretien: EntretienId
    sur: Chose
    nom: str
    rythme: Rythme
    prochain: Date

    etiquettes = _etiquettes


@evenement("entretien.EntretienFait", "{nom} ({sur}) : fait le {le} ; la prochaine fois le {prochain}")
class EntretienFait:
    entretien: EntretienId
    sur: Chose
    nom: str
    rythme: Rythme
    le: Date
    prochain: Date

    etiquettes = _etiquettes


@evenement("entretien.EntretienArrete", "{nom} ({sur}) ne se fait plus : {motif}")
class EntretienArrete:
    entretien: EntretienId
    sur: Chose
    nom: str
    rythme: Rythme
    motif: str

    etiquettes = _etiquettes


Fait = EntretienFixe | EntretienFait | EntretienArrete

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("entretien.FixerEntretien")
class FixerEntretien:
    """Fixer un entretien qui revient, comme une révision, ou en changer le rythme ou le jour."""

    entretien: EntretienId = nouveau("entretien, en un mot, comme « revision-scie »")
    sur: Chose = champ(SUR)
    nom: str = champ("ce qu'il y a à faire, sans rien de personnel")
    tous_les: int = champ("tous les (un nombre)")
    unite: Unite = champ("jours, semaines, mois ou ans")
    prochain: Date = champ("la prochaine fois")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        return [*faute_de_chose(self.sur), *faute_de_rythme(self.tous_les, self.unite, self.prochain)]


@commande("entretien.NoterEntretien")
class NoterEntretien:
    """Noter qu'un entretien est fait ; le prochain se compte de ce jour."""

    entretien: EntretienId
    le: Date | None = champ("quel jour ; sinon aujourd'hui", default=None)


@commande("entretien.ArreterEntretien")
class ArreterEntretien:
    """Ne plus suivre un entretien, avec un motif ; on peut le fixer à nouveau."""

    entretien: EntretienId
    motif: str = champ("motif, sans rien de personnel")


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "entretien.EntretienPlusSuivi",
    "« {entretien} » ne se fait plus : {motif}.",
    "S'il faut le reprendre, fixez-le à nouveau (entretien.FixerEntretien).",
)
class EntretienPlusSuivi(Refus):
    entretien: EntretienId
    motif: str


@refus(
    "entretien.PasEncoreFait",
    "Un entretien ne se note pas d'avance : le {le} n'est pas encore venu.",
    "Notez-le le jour venu ; pour changer le jour prévu, fixez-le à nouveau (entretien.FixerEntretien).",
)
class PasEncoreFait(Refus):
    le: Date


# ── lecture ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _entretien(_: Fait | None, fait: Fait) -> Fait | None:
    return fait


entretien_de = Lecture[Fait | None]("entretien.entretien", None, _entretien, dernier=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[Fait | None]


def _lit_fixer(c: FixerEntretien, _: Contexte) -> Lot[tuple[Fait | None, Arrets]]:
    return lire(entretien_de(entretien(c.entretien)), arrets_de(c.sur))


def _fixer(c: FixerEntretien, etats: tuple[Fait | None, Arrets], _: Contexte) -> Issue:
    deja, arrets = etats
    rythme = Rythme(nombre=c.tous_les, unite=c.unite)
    fixe = EntretienFixe(entretien=c.entretien, sur=c.sur, nom=c.nom, rythme=rythme, prochain=c.prochain)
    if deja == fixe:
        return ()
    return parti(c.sur, arrets, c.prochain) or [fixe]


def _lit(c: NoterEntretien | ArreterEntretien, _: Contexte) -> Lot[Etats]:
    return lire(entretien_de(entretien(c.entretien)))


def _noter(c: NoterEntretien, etats: Etats, x: Contexte) -> Issue:
    fait, le = connu(etats[0]), c.le or x.aujourdhui
    if isinstance(fait, EntretienArrete):
        return EntretienPlusSuivi(entretien=c.entretien, motif=fait.motif)
    if le > x.aujourdhui:
        return PasEncoreFait(le=le)
    if isinstance(fait, EntretienFait) and le <= fait.le:
        return ()
    return [
        EntretienFait(
            entretien=c.entretien, sur=fait.sur, nom=fait.nom, rythme=fait.rythme, le=le,
            prochain=fait.rythme.apres(le),
        )
    ]  # fmt: skip


def _arreter(c: ArreterEntretien, etats: Etats, _: Contexte) -> Issue:
    fait: Fait = connu(etats[0])
    if isinstance(fait, EntretienArrete):
        return ()
    return [EntretienArrete(entretien=c.entretien, sur=fait.sur, nom=fait.nom, rythme=fait.rythme, motif=c.motif)]


# ── registre ────────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneEntretien:
    """``etat``, on the day it is read: à jour, en retard, arrêté; ``dernier``: when it was done last."""

    entretien: EntretienId
    nom: str
    sur: str = attrs.field(metadata={"dit": "etiquette"})
    rythme: Rythme
    dernier: Date | None
    prochain: Date | None
    etat: str = ""


def _tenir(lignes: dict[EntretienId, LigneEntretien], fait: Fait, _: Note) -> None:
    avant = lignes.get(fait.entretien)
    dernier = fait.le if isinstance(fait, EntretienFait) else avant.dernier if avant else None
    prochain = None if isinstance(fait, EntretienArrete) else fait.prochain
    lignes[fait.entretien] = LigneEntretien(fait.entretien, fait.nom, str(fait.sur), fait.rythme, dernier, prochain)


def _au(ligne: LigneEntretien, le: Date) -> LigneEntretien:
    if ligne.prochain is None:
        return attrs.evolve(ligne, etat="arrêté")
    return attrs.evolve(ligne, etat="en retard" if ligne.prochain < le else "à jour")


def _dues(ligne: LigneEntretien, x: Contexte) -> Iterator[Due]:
    if ligne.prochain is not None:
        quand = rappel(ligne.prochain, x, action="entretien", jours=PREVENIR_JOURS)
        phrase = "{nom} ({sur}), pour le {prochain} (entretien.NoterEntretien, ou entretien.PlanifierTravaux)"
        yield Due(quand, entretien(ligne.entretien), phrase)


FAITS = (EntretienFixe, EntretienFait, EntretienArrete)
DEMANDES = (
    Demande(FixerEntretien, REGIE, _lit_fixer, _fixer),
    Demande(NoterEntretien, REGIE, _lit, _noter),
    Demande(ArreterEntretien, REGIE, _lit, _arreter),
)
REFUS = (EntretienPlusSuivi, PasEncoreFait)
REGISTRES = (Registre("entretiens", LigneEntretien, _tenir, _au, "Entretiens périodiques", ("sur",)),)
ECHEANCES = (Echeance("entretien.periodique", "Entretiens à faire", "entretiens", _dues),)
