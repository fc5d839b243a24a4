"""Rondes (R2): where to pass at opening and at closing, on which days; done by whom, what was seen; those missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

import attrs
from whenever import Date, Time

from tierslieu_core.domaines.cadre.corrections import correction
from tierslieu_core.kernel.corrections import Read
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Identifiant,
    Issue,
    Note,
    Refus,
    Registre,
    champ,
    commande,
    evenement,
    nouveau,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.due import Due, Echeance
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId, RondeId
from tierslieu_core.vocabulaire.identifiants import ronde as etiquette
from tierslieu_core.vocabulaire.vie import vers

Sorte = Literal["ouverture", "fermeture"]
SEMAINE = 7

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@evenement("acces.RondeDefinie", "Ronde de {sorte} « {nom} », à {heure} : {points}")
class RondeDefinie:
    ronde: RondeId
    nom: str
    sorte: Sorte
    points: tuple[str, ...]
    jours: tuple[int, ...] = champ("jours de la semaine (lundi : 1)")
    heure: Time
    du: Date

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.ronde),)


@evenement("acces.RondeFaite", "Ronde « {nom} » du {jour}, faite par {personne}[ ; reste à voir : {restent}][ ; {vu}]")
class RondeFaite:
    ronde: RondeId
    nom: str
    jour: Date
    personne: PersonneId
    restent: tuple[str, ...] = champ("points où l'on n'est pas passé")
    vu: Personnel | None = personnel(qui="personne", conservation="acces")

    def etiquettes(self) -> Iterable[str]:
        return (f"{etiquette(self.ronde)}@faites",)


@evenement("acces.RondeArretee", "La ronde « {nom} » ne se fait plus après le {le}")
class RondeArretee:
    ronde: RondeId
    nom: str
    le: Date

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.ronde),)


Definition = RondeDefinie | RondeArretee

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("acces.DefinirRonde")
class DefinirRonde:
    """Définir une ronde d'ouverture ou de fermeture : où l'on passe, quels jours, à quelle heure."""

    ronde: RondeId = nouveau("ronde, en un mot")
    nom: str = champ("nom")
    sorte: Sorte = champ("ouverture ou fermeture")
    points: tuple[str, ...] = champ("où l'on passe, dans l'ordre")
    heure: Time = champ("à quelle heure elle est finie, au plus tard")
    du: Date = champ("premier jour")
    jours: tuple[int, ...] = champ("jours de la semaine (lundi : 1) ; vide : tous", default=())

    def fautes(self, _: str) -> list[tuple[str, str]]:
        found = [] if self.points else [("points", "au moins un")]
        deux = sorted({un for un in self.points if self.points.count(un) > 1})
        found += [("points", f"« {un} » y est deux fois") for un in deux]
        return found + [("jours", f"de 1 à 7, reçu {n}") for n in self.jours if not 1 <= n <= SEMAINE]


@commande("acces.FaireRonde")
class FaireRonde:
    """Dire qu'une ronde est faite, ce que l'on a vu, et où l'on n'est pas passé."""

    ronde: RondeId
    personne: PersonneId = champ("qui l'a faite")
    jour: Date | None = champ("jour de la ronde ; sinon aujourd'hui", default=None)
    restent: tuple[str, ...] = champ("points où l'on n'est pas passé", default=())
    vu: Personnel | None = personnel("ce que l'on a vu", qui="personne", conservation="acces", default=None)


@commande("acces.ArreterRonde")
class ArreterRonde:
    """Ne plus faire une ronde."""

    ronde: RondeId
    le: Date = champ("dernier jour")


@commande("acces.CorrigerRonde")
class CorrigerRonde:
    """Corriger la dernière ronde faite, enregistrée par erreur."""

    ronde: RondeId
    motif: Personnel = personnel("ce qui était faux", qui="par", conservation="correction")
    fait: str | None = champ("le fait à corriger, comme « clé/1 » ; sinon le dernier", default=None)


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "acces.RondeSansObjet",
    "La ronde « {nom} » ne se fait pas le {jour}.",
    "Elle se fait du {du}[ au {au}], ces jours de la semaine (lundi : 1) : {jours}.",
)
class RondeSansObjet(Refus):
    nom: str
    jour: Date
    du: Date
    au: Date | None
    jours: tuple[int, ...]


@refus(
    "acces.PointInconnu",
    "La ronde « {nom} » ne passe pas par : {inconnus}.",
    "Elle passe par : {points}.",
)
class PointInconnu(Refus):
    nom: str
    inconnus: tuple[str, ...]
    points: tuple[str, ...]


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Faite = RondeFaite | None


def _definition(
    etat: tuple[RondeDefinie | None, Date | None], fait: RondeDefinie | RondeArretee
) -> tuple[RondeDefinie | None, Date | None]:
    return (fait, None) if isinstance(fait, RondeDefinie) else (etat[0], fait.le)


def _faite(_: Faite, fait: RondeFaite) -> Faite:
    return fait


def _dernier(_: Read | None, fait: RondeFaite, note: Note) -> Read | None:
    return fait, note


ronde_de = Lecture[tuple[RondeDefinie | None, Date | None]]("acces.ronde", (None, None), _definition)
faite_de = Lecture[Faite]("acces.ronde_faite", None, _faite, dernier=True)
dernier_fait = Lecture[Read | None]("acces.dernier_fait_ronde", None, _dernier, dernier=True, notes=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────

Etats = tuple[tuple[RondeDefinie | None, Date | None], Faite]


def _lit(c: Any, _: Contexte) -> Lot[Etats]:
    return lire(ronde_de(etiquette(c.ronde)), faite_de(f"{etiquette(c.ronde)}@faites"))


def _definir(c: DefinirRonde, etats: Etats, _: Contexte) -> Issue:
    dite = vers(RondeDefinie, c)
    return () if etats[0] == (dite, None) else [dite]


def tombe(jours: tuple[int, ...], jour: Date) -> bool:
    """Whether it is done on such a day of the week."""
    return not jours or jour.day_of_week().value in jours


def _faire(c: FaireRonde, etats: Etats, x: Contexte) -> Issue:
    (definie, arretee), derniere = etats
    jour = c.jour or x.aujourdhui
    assert definie is not None, "le bord l'a vérifié : une ronde définie ne se corrige pas"  # noqa: S101 - so
    if jour < definie.du or (arretee is not None and arretee < jour) or not tombe(definie.jours, jour):
        return RondeSansObjet(nom=definie.nom, jour=jour, du=definie.du, au=arretee, jours=definie.jours)
    if inconnus := tuple(un for un in c.restent if un not in definie.points):
        return PointInconnu(nom=definie.nom, inconnus=inconnus, points=definie.points)
    if derniere is not None and (derniere.jour, derniere.restent) == (jour, c.restent) and c.vu is None:
        return ()
    return [RondeFaite(ronde=c.ronde, nom=definie.nom, jour=jour, personne=c.personne, restent=c.restent, vu=c.vu)]


def _arreter(c: ArreterRonde, etats: Etats, _: Contexte) -> Issue:
    (definie, arretee), _derniere = etats
    assert definie is not None, "le bord l'a vérifié : une ronde définie ne se corrige pas"  # noqa: S101 - so
    return () if arretee == c.le else [RondeArretee(ronde=c.ronde, nom=definie.nom, le=c.le)]


# ── registres ───────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneRonde:
    """A round, and the last time that it was done."""

    ronde: RondeId
    nom: str
    sorte: str
    points: tuple[str, ...]
    jours: tuple[int, ...]
    heure: Time
    du: Date
    au: Date | None = None
    derniere: Date | None = None
    restent: tuple[str, ...] = ()


@attrs.frozen
class LigneRondeFaite:
    """One round that was done."""

    ronde: RondeId
    nom: str
    jour: Date
    personne: PersonneId
    restent: tuple[str, ...]
    vu: Personnel | None


def _tenir(lignes: dict[RondeId, LigneRonde], fait: RondeDefinie | RondeArretee | RondeFaite, _: Note) -> None:
    match fait:
        case RondeDefinie():
            avant = lignes.get(fait.ronde)
            lignes[fait.ronde] = LigneRonde(
                fait.ronde, fait.nom, fait.sorte, fait.points, fait.jours, fait.heure, fait.du,
                derniere=avant.derniere if avant else None,
            )  # fmt: skip
        case RondeArretee():
            lignes[fait.ronde] = attrs.evolve(lignes[fait.ronde], au=fait.le)
        case _:
            ligne = lignes[fait.ronde]
            derniere = max(fait.jour, ligne.derniere or fait.jour)
            lignes[fait.ronde] = attrs.evolve(ligne, derniere=derniere, restent=fait.restent)


def _tenir_faites(lignes: dict[tuple[RondeId, Date], LigneRondeFaite], fait: RondeFaite, _: Note) -> None:
    lignes[fait.ronde, fait.jour] = LigneRondeFaite(
        fait.ronde, fait.nom, fait.jour, fait.personne, fait.restent, fait.vu
    )


def _dues(ligne: LigneRonde, x: Contexte) -> Iterator[Due]:
    """The first one that was not done since the last that was; where the last one did not pass."""
    chose = etiquette(ligne.ronde)
    apres = ligne.du if ligne.derniere is None else max(ligne.du, ligne.derniere.next_day())
    jour = next((apres.add(days=n) for n in range(SEMAINE) if tombe(ligne.jours, apres.add(days=n))), apres)
    if ligne.au is None or jour <= ligne.au:
        quand = jour.at(ligne.heure).assume_tz(x.livre.zone, disambiguation="compatible").to_instant()
        yield Due(quand, f"{chose}@{jour.format_iso()}", f"Ronde « {{nom}} » du {jour.day:02d}/{jour.month:02d}")
    if ligne.restent and ligne.derniere is not None:
        quand = ligne.derniere.at(ligne.heure).assume_tz(x.livre.zone, disambiguation="compatible").to_instant()
        yield Due(quand, chose, "Ronde « {nom} » du {derniere} : on n'est pas passé par {restent}")


REGIE = frozenset({"concierge", "coordination", "regie"})
FAITS = (RondeDefinie, RondeFaite, RondeArretee)
DEMANDES = (
    Demande(DefinirRonde, REGIE, _lit, _definir),
    Demande(FaireRonde, REGIE | {"soi"}, _lit, _faire),
    Demande(ArreterRonde, REGIE, _lit, _arreter),
    correction(CorrigerRonde, REGIE, dernier_fait, lambda c: f"{etiquette(c.ronde)}@faites"),
)
REFUS = (RondeSansObjet, PointInconnu)
REGISTRES = (
    Registre("rondes", LigneRonde, _tenir, titre="Rondes du lieu"),
    Registre("rondes-faites", LigneRondeFaite, _tenir_faites, titre="Rondes faites", index=(("ronde", "jour"),)),
)
IDENTIFIANTS = (Identifiant(RondeId, RondeDefinie, (RondeDefinie,)),)
ECHEANCES = (Echeance("acces.ronde", "Rondes", "rondes", _dues),)
