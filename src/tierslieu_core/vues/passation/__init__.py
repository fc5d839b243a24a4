"""La passation: the document that hands the place over, written from what the areas declare; what it tells, they tell.

It is Markdown that reads well as it is, for whoever arrives: what presses first, then what runs, the people, the rules
with their reasons, what was learnt, the numbers. It names people: the journal keeps its digest only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tierslieu_core.kernel.clock import instant
from tierslieu_core.kernel.ports import scan
from tierslieu_core.vocabulaire.francais import date
from tierslieu_core.vues.passation import chiffres, regles, suivre
from tierslieu_core.vues.passation.texte import Partie, propre

if TYPE_CHECKING:
    from whenever import Date

    from tierslieu_core.lieu import Lieu


def depuis_quand(lieu: Lieu) -> Date:
    """Since the last handover that was concluded; else for a year, or since the place keeps its journal."""
    conclues: list[Date] = [ligne.le for ligne in lieu.registre("passations") if ligne.etat == "conclue"]
    if conclues:
        return max(conclues)
    premiere = next(scan(lieu.recorder))
    fonde = instant(lieu.catalogue.read(premiere)[1].survenu_le).to_tz(lieu.livre.zone).date()
    return max(fonde, lieu.aujourdhui.subtract(years=1))


def document(lieu: Lieu, depuis: Date) -> str:
    """The handover of the place as it stands now, telling what changed since a day."""
    transmises = lieu.transmissions()
    parties = (
        suivre.a_faire(lieu),
        suivre.en_cours(transmises),
        suivre.bientot(lieu),
        suivre.les_gens(lieu, transmises),
        regles.les_regles(lieu, depuis),
        regles.ce_qu_elles_font(lieu, depuis),
        suivre.appris(transmises),
        chiffres.la_periode(lieu, depuis),
        chiffres.ou_trouver(lieu),
    )
    return "\n".join([*_tete(lieu, depuis, parties), *map(str, parties), *SIGNATURES])


def _tete(lieu: Lieu, depuis: Date, parties: tuple[Partie, ...]) -> list[str]:
    """Whose it is, of when, and in a few lines what matters."""
    nom = "" if lieu.livre.lieu is None else lieu.livre.lieu.nom
    bref = [f"- {propre(dit)}" for partie in parties for dit in partie.bref]
    quand = f"Le {date(lieu.aujourdhui)}, pour qui prend la suite. Ce qui a changé l'est depuis le {date(depuis)}."
    return [f"# Passation : {propre(nom)}", "", quand, "", AVIS, "", "## En bref", "", *(bref or [CALME]), ""]


AVIS = (
    "Ce document est écrit à partir du journal du lieu : chaque ligne y a sa preuve. "
    "Il nomme des gens : il se remet de la main à la main."
)
CALME = "- rien qui presse"
SIGNATURES = (
    "## Signatures",
    "",
    "Lu ensemble, et dit de vive voix ce qui ne s'écrit pas.",
    "",
    "Qui part : ……………………………    Qui arrive : ……………………………",
    "",
)
