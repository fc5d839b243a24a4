"""Ce qu'il y a à suivre: what is due, what is open, what takes place soon, who does what, what was learnt."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tierslieu_core.vocabulaire.ecriture import court
from tierslieu_core.vocabulaire.francais import compte, date, heure, liste
from tierslieu_core.vues.passation.texte import Partie, chapitre, puces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tierslieu_core.kernel.personal import Efface, Scelle
    from tierslieu_core.lieu import Lieu
    from tierslieu_core.vues.a_faire import AFaire
    from tierslieu_core.vues.planning import AuPlanning
    from tierslieu_core.vues.transmissions import Transmise

MANDATS = "mandats"
BIENTOT = 14
"""How many days ahead what takes place is told."""


def a_faire(lieu: Lieu) -> Partie:
    """What is due, late first; what the échéancier does by itself is only counted."""
    dus = lieu.a_faire()
    seuls = Counter(une.titre for une in dus if une.automatique)
    gens = [une for une in dus if not une.automatique]
    tard = [une for une in gens if une.quand <= lieu.horloge()]
    lignes = [
        *_dus("Déjà dû", lieu, tard),
        *_dus("Dans les trente jours", lieu, [une for une in gens if une not in tard]),
    ]
    if seuls:
        dits = liste([f"{titre.lower()} ({n})" for titre, n in seuls.items()])
        lignes += [f"`tierslieu echeances` s'occupe du reste, quand on le lance : {dits}.", ""]
    dont = f", dont {compte(len(tard), 'déjà due', 'déjà dues')}" if tard else ""
    bref = f"{compte(len(gens), 'chose')} à faire d'ici un mois{dont}" if gens else ""
    return Partie("Ce qui est à faire", tuple(lignes or ["Rien n'arrive à échéance d'ici un mois.", ""]), _dit(bref))


def _dus(titre: str, lieu: Lieu, dus: Sequence[AFaire]) -> Iterator[str]:
    if not dus:
        return
    yield from (f"### {titre}", "")
    par_titre = defaultdict[str, list[str]](list)
    for une in dus:
        par_titre[une.titre].append(f"{court(une.quand.to_tz(lieu.livre.zone).date())} : {une.phrase}")
    for quoi, phrases in par_titre.items():
        yield from (f"**{quoi}** ({len(phrases)})", "", *puces(phrases, "a-faire"), "")


def en_cours(transmises: Sequence[Transmise]) -> Partie:
    """What is open or runs, area by area; and of what there is nothing, which reassures."""
    ouvertes = [une for une in transmises if une.rubrique == "ouvert" and une.phrases]
    vides = [une.titre.lower() for une in transmises if une.rubrique == "ouvert" and not une.phrases]
    lignes = [
        ligne
        for une in ouvertes
        for ligne in chapitre(f"{une.titre} ({len(une.phrases)})", puces(une.phrases, f"registre {une.registre}"))
    ]
    lignes += [f"Et rien pour : {', '.join(vides)}.", ""] if vides else []
    bref = tuple(f"{une.titre.lower()} : {len(une.phrases)}" for une in ouvertes)
    return Partie("Ce qui est en cours", tuple(lignes), bref)


def bientot(lieu: Lieu) -> Partie:
    """What takes place in the coming days."""
    au = lieu.aujourdhui.add(days=BIENTOT)
    prevus = [un for un in lieu.planning(au=au) if un.fin > lieu.horloge()]
    par_titre = defaultdict[str, list[str]](list)
    for un in prevus:
        par_titre[un.titre].append(f"{_quand(lieu, un)} : {un.phrase}")
    lignes = [
        ligne
        for titre, phrases in par_titre.items()
        for ligne in chapitre(f"{titre} ({len(phrases)})", puces(phrases, "planning"))
    ]
    bref = f"{compte(len(prevus), 'chose a', 'choses ont')} lieu dans les {BIENTOT} jours" if prevus else ""
    return Partie(f"Ce qui a lieu d'ici le {date(au)}", tuple(lignes or ["Rien n'est prévu.", ""]), _dit(bref))


def _quand(lieu: Lieu, un: AuPlanning) -> str:
    ici = un.debut.to_tz(lieu.livre.zone)
    return date(ici.date()) if un.journee else f"{date(ici.date())}, {heure(ici.time())}"


def les_gens(lieu: Lieu, transmises: Sequence[Transmise]) -> Partie:
    """Who holds which mandate and how to reach them; then who holds what else."""
    tiennent = [une for une in transmises if une.rubrique == "gens" and une.phrases]
    dites = [(une, chapitre(une.titre, puces(une.phrases, f"registre {une.registre}"))) for une in tiennent]
    mandats = [ligne for une, lignes in dites if une.registre == MANDATS for ligne in lignes]
    autres = [ligne for une, lignes in dites if une.registre != MANDATS for ligne in lignes]
    joindre = chapitre("Les joindre", puces(list(_joindre(lieu)), "registre personnes"))
    return Partie("Qui tient quoi, qui appeler", (*mandats, *joindre, *autres))


def _joindre(lieu: Lieu) -> Iterator[str]:
    """Each person who holds a mandate, and their contact; a line to fill in by hand when the place has none."""
    tiennent = dict.fromkeys(ligne.personne for ligne in lieu.registre(MANDATS) if ligne.en_cours)
    contacts: dict[str, str | Efface | Scelle | None] = {p.personne: p.contact for p in lieu.registre("personnes")}
    for qui in tiennent:
        contact = contacts.get(qui)
        yield f"{lieu.nommer('personne', qui)} : {contact if isinstance(contact, str) else '……………………………'}"


def appris(transmises: Sequence[Transmise]) -> Partie:
    """What the place learnt, in the words of those who lived it."""
    apprises = [une for une in transmises if une.rubrique == "appris" and une.phrases]
    lignes = [
        ligne
        for une in apprises
        for ligne in chapitre(une.titre, puces(une.phrases, f"registre {une.registre}", longue=30))
    ]
    vide = "Personne n'a rien noté pour la suite. Il en est encore temps : `tierslieu faire NoterEntree --transmettre`"
    return Partie("Ce que le lieu a appris", tuple(lignes or [vide, ""]))


def _dit(bref: str) -> tuple[str, ...]:
    return (bref,) if bref else ()
