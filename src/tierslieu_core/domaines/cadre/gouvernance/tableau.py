"""The table of mandates: what every demand reads to know who may ask it. Dates alone say which are in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.droits import DelaiFixe, DroitsFixes
from tierslieu_core.domaines.cadre.gouvernance.mandats import (
    DONNEURS,
    EXCLUSIFS,
    REFERENT,
    DonnerMandat,
    MandatDonne,
    MandatManquant,
    MandatsIncompatibles,
    MandatTermine,
)  # fmt: skip
from tierslieu_core.domaines.cadre.identites import DoublonReuni
from tierslieu_core.kernel.declarations import Contexte, Demande, fiche
from tierslieu_core.kernel.fields import subjects
from tierslieu_core.vocabulaire.identifiants import MandatId, PersonneId

TOUJOURS = Date.MAX


@attrs.frozen
class Tenu:
    """One mandate as the table keeps it; ``termine``: the last day that a decision gave it."""

    mandat: MandatId
    personne: PersonneId
    role: str
    du: Date
    au: Date | None
    sur: str | None
    delegue_de: MandatId | None
    termine: Date | None = None

    def fin(self) -> Date | None:
        """Its last day, ``None`` when none is set."""
        if self.termine is None or self.au is None:
            return self.termine or self.au
        return min(self.termine, self.au)

    def court(self, jour: Date) -> bool:
        """Whether its dates hold that day."""
        fin = self.fin()
        return self.du <= jour and (fin is None or jour <= fin)


class Tableau:
    """Mandates, and who may ask what."""

    def __init__(self) -> None:
        self.mandats: dict[MandatId, Tenu] = {}
        self.droits: dict[str, tuple[str, ...]] = {}
        self.delai_jours = 0
        self._de: dict[PersonneId, list[MandatId]] = defaultdict(list)
        self._memes: dict[PersonneId, set[PersonneId]] = {}

    def applique(self, fait: MandatDonne | MandatTermine | DroitsFixes | DelaiFixe | DoublonReuni) -> None:
        """Take one more fact into account."""
        match fait:
            case MandatDonne():
                tenu = Tenu(fait.mandat, fait.personne, fait.role, fait.du, fait.au, fait.sur, fait.delegue_de)
                self.mandats[fait.mandat] = tenu
                self._de[fait.personne].append(fait.mandat)
            case MandatTermine():
                self.mandats[fait.mandat] = attrs.evolve(self.mandats[fait.mandat], termine=fait.le)
            case DroitsFixes():
                self.droits[fait.demande] = fait.roles
            case DelaiFixe():
                self.delai_jours = fait.jours
            case DoublonReuni():
                same = self.memes(fait.personne) | self.memes(fait.doublon)
                self._memes.update(dict.fromkeys(same, same))

    def memes(self, qui: str) -> set[PersonneId]:
        """The identifiers of one same person."""
        return self._memes.get(PersonneId(qui), {PersonneId(qui)})

    def de(self, qui: str) -> list[Tenu]:
        """All mandates that a person was ever given, under any of their identifiers."""
        return [self.mandats[m] for one in sorted(self.memes(qui)) for m in self._de.get(one, ())]

    def en_force(self, tenu: Tenu, jour: Date) -> bool:
        """Whether a mandate holds that day: by its dates and its source's; the last giver's lasts until another begins."""
        if tenu.delegue_de is not None:
            return tenu.court(jour) and self.en_force(self.mandats[tenu.delegue_de], jour)
        return tenu.court(jour) or self._dernier_donneur(jour) == tenu

    def autorise(self, demande: Demande[Any, Any], commande: Any, x: Contexte) -> str | MandatManquant:
        """The mandate by which ``x.par`` may ask this today, or why not."""
        nom = fiche(commande).nom
        roles = self.droits.get(nom) or demande.qui
        jour = x.maintenant.to_tz(x.livre.zone or "UTC").date()
        about = subjects(commande)
        for tenu in self.de(x.par):
            if tenu.role in roles and (tenu.role != REFERENT or tenu.sur in about) and self.en_force(tenu, jour):
                return tenu.mandat
        if "soi" in roles and f"personne:{x.par}" in about:
            return "soi"
        if "inscrit" in roles:
            return "inscrit"
        return MandatManquant(commande=nom, personne=PersonneId(x.par), roles=tuple(sorted(roles)))

    # ── la conciergerie et l'argent ─────────────────────────────────────────────────────────────────────────────────

    def heurt(self, qui: PersonneId, role: str, du: Date, au: Date | None) -> MandatsIncompatibles | None:
        """The mandate of the other side that this person holds in those days, or held too short a time before."""
        autre = EXCLUSIFS.get(role)
        for tenu in self.de(qui):
            fin = tenu.fin()
            libre = None if fin is None else fin.add(days=self.delai_jours + 1)
            apres = au is not None and au.add(days=self.delai_jours) < tenu.du
            if tenu.role == autre and not apres and (libre is None or du < libre):
                quand = libre.format_iso() if libre else "la fin de ce mandat"
                return MandatsIncompatibles(personne=qui, role=role, autre=tenu.role, libre_le=quand)
        return None

    def se_heurtent(self, une: PersonneId, autre: PersonneId) -> bool:
        """Whether these two, were they one person, would hold the concierge's and the money's mandates."""
        return any(self.heurt(autre, m.role, m.du, m.fin()) for m in self.de(une))

    # ── que le lieu ne reste jamais sans personne qui donne des mandats ─────────────────────────────────────────────

    def donne(self, role: str) -> bool:
        """Whether a mandate of this role can give mandates."""
        return role in (self.droits.get(fiche(DonnerMandat).nom) or DONNEURS)

    def releve(self, sauf: MandatId, des: Date) -> bool:
        """Whether another giver, without an end, has begun by the day after."""
        return any(m.mandat != sauf and m.fin() is None and m.du <= des.add(days=1) for m in self._donneurs())

    def durable(self, roles: frozenset[str], jour: Date) -> bool:
        """Whether somebody holds one of these roles today, without an end."""
        return any(
            m.role in roles and m.fin() is None and m.court(jour) and not m.delegue_de for m in self.mandats.values()
        )

    def _donneurs(self) -> Iterable[Tenu]:
        return (m for m in self.mandats.values() if self.donne(m.role) and m.delegue_de is None)

    def _dernier_donneur(self, jour: Date) -> Tenu | None:
        begun = [m for m in self._donneurs() if m.du <= jour]
        if not begun or any(m.court(jour) for m in begun):
            return None
        return max(begun, key=lambda m: (m.fin() or TOUJOURS, m.mandat))
