"""Sinon: what follows when a rule is not respected; a refusal unless the rule says otherwise."""

from __future__ import annotations

import re
from typing import Literal

import attrs

from tierslieu_core.domaines.cadre.regles.genres.commun import positif
from tierslieu_core.kernel.declarations import champ
from tierslieu_core.vocabulaire.francais import compte, duree, liste

Effet = Literal["refus", "validation", "sanction", "caducite"]
PeriodeDEcarts = Literal["mois", "annee", "toujours"]
TOLERANCE = "tolerance"
SUSPENSION = "suspension"
MOT = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""How a measure is named, by a rung or by whoever pronounces it."""
PAR: dict[str, str] = {"mois": " par mois", "annee": " par an", "toujours": ""}


@attrs.frozen(kw_only=True)
class Marche:
    """One rung of a ladder: what is done of one more breach.

    ``mesure``: tolerance, rappel, avertissement, suspension, exclusion, or the place's own word. ``details``: what else
    the place says of it, as ``part=totale``; ``formules``: what depends on the case, as ``duree_jours=jours_de_retard``
    (CEL, as in ``Expression`` rules); one for ``duree_jours`` sets the length of a suspension.
    """

    mesure: str
    duree_jours: int = 0
    details: tuple[str, ...] = ()
    formules: tuple[str, ...] = ()

    def a_une_duree(self) -> bool:
        """Whether it says how long it lasts, by a number or by a formula."""
        return self.duree_jours > 0 or any(f.startswith("duree_jours=") for f in self.formules)

    def __str__(self) -> str:
        dure = f" de {compte(self.duree_jours, 'jour')}" if self.duree_jours else ""
        return f"{MOTS.get(self.mesure, self.mesure.replace('_', ' '))}{dure}"


MOTS = {TOLERANCE: "tolérance"}


@attrs.frozen(kw_only=True)
class Sinon:
    """A refusal; or somebody is asked; or it goes on and has a consequence; or what was held is lost.

    ``echelle``: by how many breaches of that rule a person has had in the period; the last rung holds from then on.
    """

    effet: Effet = champ("ce qui s'ensuit", default="refus")  # noqa: RUF009 - champ() is an attrs field
    par: str = champ("qui répond, pour une validation", default="")
    delai_heures: int = champ("délai pour répondre", unite="heures", default=72)
    silence: Literal["refus", "accord"] = champ("ce que vaut le silence", default="refus")
    echelle: tuple[Marche, ...] = champ("ce que vaut chaque écart, dans l'ordre", default=())
    periode: PeriodeDEcarts = champ("où les écarts se comptent", default="annee")  # noqa: RUF009 - as above

    def marche(self, deja: int) -> Marche:
        """What one more breach is worth, after so many."""
        return self.echelle[min(deja, len(self.echelle) - 1)]

    def phrase(self) -> str:
        """In words, after « sinon »; empty for a refusal."""
        match self.effet:
            case "refus":
                return ""
            case "validation":
                vaut = "vaut accord" if self.silence == "accord" else "vaut refus"
                return (
                    f"à valider par {self.par} sous {duree(self.delai_heures * 60)} ; passé ce délai, le silence {vaut}"
                )
            case "sanction":
                return f"{liste([str(m) for m in self.echelle], 'puis')}{self._compte()}"
            case _:
                return "ce qui était tenu est perdu"

    def _compte(self) -> str:
        return PAR[self.periode] and f" (comptés{PAR[self.periode]})" if len(self.echelle) > 1 else ""

    def fautes(self) -> list[tuple[str, str]]:
        """What cannot follow."""
        found = positif("sinon.delai_heures", self.delai_heures)
        if (self.effet == "validation") != bool(self.par):
            found.append(("sinon.par", "qui répond d'une validation, et d'elle seule, comme « coordination »"))
        if (self.effet == "sanction") != bool(self.echelle):
            found.append(
                ("sinon.echelle", "ce que vaut chaque écart : une sanction, et elle seule, en dit au moins un")
            )
        for n, m in enumerate(self.echelle):
            if not MOT.fullmatch(m.mesure):
                found.append((f"sinon.echelle[{n}].mesure", "un mot, en minuscules, comme « rappel »"))
            found += positif(f"sinon.echelle[{n}].duree_jours", m.duree_jours, 0)
            if m.mesure == SUSPENSION and not m.a_une_duree():
                found.append((f"sinon.echelle[{n}].duree_jours", "combien de jours dure une suspension, de 1 au moins"))
            if any("=" not in dit.strip("=") for dit in (*m.details, *m.formules)):
                found.append((f"sinon.echelle[{n}].details", "chacun comme « nom=valeur »"))
        return found


REFUS_SIMPLE = Sinon()
