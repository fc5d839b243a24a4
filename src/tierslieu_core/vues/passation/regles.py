"""Les règles: which ones hold, what changed, why, who made them; which ones refuse most, which are lifted most."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from tierslieu_core.kernel.decisions import DECISION, Clause
from tierslieu_core.kernel.envelope import decoder_of
from tierslieu_core.kernel.ports import scan
from tierslieu_core.kernel.projections import end_of
from tierslieu_core.kernel.sentences import filled
from tierslieu_core.vocabulaire.francais import compte
from tierslieu_core.vues.passation.texte import LONGUE, Partie, chapitre, milliers, puces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whenever import Date

    from tierslieu_core.kernel.sentences import Speaker
    from tierslieu_core.lieu import Lieu
    from tierslieu_core.vues.derogations import RegleLevee

DITE = "**{regle}** — {texte}[, {portee}]"
POURQUOI = "[. Pourquoi : {motif}][ ({decision})]"


class Jugee(msgspec.Struct, frozen=True):
    """What this reads of a decision, and no more."""

    clauses: tuple[Clause, ...] = ()


_jugee = decoder_of(Jugee)


def les_regles(lieu: Lieu, depuis: Date) -> Partie:
    """What changed since a day, then the others that hold, each with its reason."""
    jour, speaker = lieu.aujourdhui, lieu.speaker()
    versions = lieu.registre("regles")
    neuves = [v for v in versions if depuis < v.du <= jour and (v.au is None or v.au >= v.du)]
    tombees = [v for v in versions if v.au and depuis <= v.au < jour and not _suivie(v, versions)]
    a_venir = [v for v in versions if v.du > jour]
    autres = [v for v in versions if v.en_vigueur and v not in neuves]
    parts = (
        (f"Ce qui a changé ({len(neuves)})", [_changee(speaker, v, versions) for v in neuves]),
        ("Ce qui ne vaut plus", [_dite(speaker, v, "jusqu'au {au} : ") for v in tombees]),
        ("Ce qui vaudra bientôt", [_dite(speaker, v, "à partir du {du} : ") for v in a_venir]),
        (f"Les autres règles en vigueur ({len(autres)})", [_dite(speaker, v) for v in autres]),
    )
    lignes = [
        ligne for titre, dites in parts if dites
        for ligne in chapitre(titre, puces(dites, "registre regles", longue=40))
    ]  # fmt: skip
    bref = compte(len(neuves), "règle ajoutée ou changée", "règles ajoutées ou changées") if neuves else ""
    vide = "Aucune règle n'est en vigueur : tout est permis, jusqu'à ce que le lieu en décide autrement."
    return Partie("Les règles, et pourquoi", tuple(lignes or [vide, ""]), (bref,) if bref else ())


def _dite(speaker: Speaker, v: Any, devant: str = "") -> str:
    return filled(f"{devant}{DITE}{POURQUOI}", speaker.fields(v))


def _changee(speaker: Speaker, v: Any, versions: Sequence[Any]) -> str:
    """A version that came since, with what it says in place of the one before, and who made it."""
    avant = next((a for a in versions if a.regle == v.regle and a.version == v.version - 1), None)
    quand = f" (avant : {avant.texte})" if avant and avant.texte != v.texte else ""
    phrase = f"{DITE}, depuis le {{du}}{quand}[. Pourquoi : {{motif}}] ([{{decision}} ; ]enregistrée par {{par}})"
    return filled(phrase, speaker.fields(v))


def _suivie(v: Any, versions: Sequence[Any]) -> bool:
    return any(autre.regle == v.regle and autre.version > v.version for autre in versions)


def ce_qu_elles_font(lieu: Lieu, depuis: Date) -> Partie:
    """Which rules refuse most, and which are lifted most: those that people meet, and that may need looking at."""
    refusent = _refusent(lieu, depuis).most_common(LONGUE)
    levees = lieu.regles_levees()
    lignes = []
    if refusent:
        textes = {v.regle: v.texte for v in lieu.registre("regles")}
        dites = [f"« {regle} » ({textes.get(regle, '')}) : {compte(n, 'demande refusée', 'demandes refusées')}"
                 for regle, n in refusent]  # fmt: skip
        lignes += chapitre("Celles qui refusent le plus", puces(dites, "registre regles"))
    if levees:
        speaker = lieu.speaker()
        dites = list(_levees(levees, speaker))
        lignes += chapitre("Celles que l'on lève le plus, par dérogation", puces(dites, "derogations"))
    bref = f"« {levees[0].regle} » est la règle que l'on lève le plus ({levees[0].derogations} fois)" if levees else ""
    vide = ["Aucune règle n'a rien refusé, et aucune n'a été levée.", ""]
    return Partie("Ce que font les règles", tuple(lignes or vide), (bref,) if bref else ())


def _levees(levees: Sequence[RegleLevee], speaker: Speaker) -> Iterator[str]:
    for une in levees:
        part = f"{une.part:.1%}".replace(".", ",").replace("%", " %")
        qui = ", ".join(par.nomme(speaker.nommer) for par in une.par_qui)
        motifs = ", ".join(map(str, une.par_motif))
        combien = f"{compte(une.levees, 'décision')} sur {milliers(une.jugees)}, soit {part}"
        yield f"« {une.regle} » : {compte(une.derogations, 'dérogation')} ({qui} ; {motifs}) ; {combien}"


def _refusent(lieu: Lieu, depuis: Date) -> Counter[str]:
    """How many demands each rule refused since a day."""
    since, found = end_of(depuis.prev_day(), lieu.livre.zone), Counter[str]()
    for row in scan(lieu.recorder, (DECISION,)):
        read = _jugee.decode(row.data)
        if read.survenu_le >= since:
            found.update({c.regle for c in read.fait.clauses if c.verdict == "refuse"})
    return found
