"""Les chiffres: what was asked of each area in the period, and where everything else is kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from tierslieu_core.vocabulaire.francais import compte
from tierslieu_core.vues.passation.texte import Partie, milliers

if TYPE_CHECKING:
    from whenever import Date

    from tierslieu_core.lieu import Lieu

PREMIERES = 4
"""The demands of an area that are named: the most frequent."""


def la_periode(lieu: Lieu, depuis: Date) -> Partie:
    """Area by area, what was asked most, and how much of it was refused."""
    oui, non = defaultdict[str, Counter[str]](Counter), defaultdict[str, Counter[str]](Counter)
    for un in lieu.indicateurs(depuis, lieu.aujourdhui, "annee"):
        oui[un.domaine][un.action] += un.accords + un.a_valider
        non[un.domaine][un.action] += un.refus
    lignes = [f"- **{area}** — {_dit(oui[area], non[area])}" for area in sorted(oui)]
    total, refus = (sum(sum(c.values()) for c in une.values()) for une in (oui, non))
    dont = f", dont {milliers(refus)} refusée{'s' if refus > 1 else ''}" if refus else ""
    bref = f"{milliers(total + refus)} demandes dans la période{dont}" if total else ""
    vide = "Rien n'a été demandé."
    return Partie("La période en chiffres", (*(lignes or [vide]), ""), (bref,) if bref else ())


def _dit(oui: Counter[str], non: Counter[str]) -> str:
    """``Réserver un espace : 1 390 (et 423 refus) ; …``, the most frequent first."""
    combien = Counter(oui)
    combien.update(non)
    dites = [
        f"{action} : {milliers(oui[action])}{f' (et {milliers(non[action])} refus)' if non[action] else ''}"
        for action, _ in combien.most_common(PREMIERES)
    ]
    reste = len(combien) - PREMIERES
    return " ; ".join([*dites, *([f"et {compte(reste, 'autre demande', 'autres demandes')}"] if reste > 0 else [])])


def ou_trouver(lieu: Lieu) -> Partie:
    """What the place keeps, and how to read it; the first gestures of whoever arrives."""
    tenus = [
        f"| `tierslieu registre {registre.nom}` | {registre.titre} | {milliers(n)} |"
        for domaine in lieu.catalogue.domaines
        for registre in domaine.registres
        if (n := len(lieu.registre(registre.nom)))
    ]
    return Partie(
        "Où trouver le reste",
        (
            "- chaque matin : `tierslieu aujourdhui` ; ce qui presse : `tierslieu a-faire`",
            "- pourquoi une demande fut refusée : `tierslieu expliquer CLÉ`, ou le nom de la chose",
            "- ce qui est arrivé à quelqu'un ou à un objet : `tierslieu audit NOM`",
            "- avant de changer une règle, voir ce qu'elle aurait fait : `tierslieu simuler`",
            "",
            "| ce que le lieu tient | | lignes |",
            "|---|---|---:|",
            *tenus,
            "",
        ),
    )
