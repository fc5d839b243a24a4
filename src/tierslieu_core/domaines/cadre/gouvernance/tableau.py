"""The table of mandates: what every demand reads to know who may ask it. Dates alone say which are in force."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance.droits import DelaiFixe, DroitsFixes
from tierslieu_core.domaines.cadre.gouvernance.mandats import (
    DONNEURS,
    EXCLUSIFS,
    FINANCES,
    INSCRIT,
    SOI,
    SUR,
    AntidateSansMandat,
    DonnerMandat,
    MandatDonne,
    MandatManquant,
    MandatsIncompatibles,
    MandatTermine,
    jour_de,
)  # fmt: skip
from tierslieu_core.domaines.cadre.qui_est_qui import QuiEstQui
from tierslieu_core.domaines.cadre.representations import bornee
from tierslieu_core.kernel.declarations import Contexte, Demande, Refus, fiche
from tierslieu_core.kernel.fields import concerned, subjects
from tierslieu_core.vocabulaire.francais import compte, date
from tierslieu_core.vocabulaire.identifiants import MandatId, PersonneId
from tierslieu_core.vocabulaire.temps import jours_entre

TOUJOURS = Date.MAX
DONNER = fiche(DonnerMandat).nom


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

    @property
    def propre(self) -> bool:
        """Whether it was given, not delegated."""
        return self.delegue_de is None

    def fin(self) -> Date | None:
        """Its last day by its own dates, ``None`` when none is set."""
        return self.au if self.termine is None else bornee(self.au, self.termine)

    def court(self, jour: Date) -> bool:
        """Whether its own dates hold that day."""
        return self.du <= jour <= (self.fin() or TOUJOURS)


class Tableau:
    """Mandates, and who may ask what."""

    def __init__(self) -> None:
        self.mandats: dict[MandatId, Tenu] = {}
        self.droits: dict[str, tuple[str, ...]] = {}
        self.delai_jours = 0
        self.qui = QuiEstQui()
        self._de: dict[PersonneId, list[MandatId]] = {}

    def applique(self, fait: MandatDonne | MandatTermine | DroitsFixes | DelaiFixe) -> None:
        """Take one more fact into account."""
        match fait:
            case MandatDonne():
                tenu = Tenu(fait.mandat, fait.personne, fait.role, fait.du, fait.au, fait.sur, fait.delegue_de)
                self.mandats[fait.mandat] = tenu
                self._de.setdefault(fait.personne, []).append(fait.mandat)
            case MandatTermine() if fait.mandat in self.mandats:
                self.mandats[fait.mandat] = attrs.evolve(self.mandats[fait.mandat], termine=fait.le)
            case DroitsFixes():
                self.droits[fait.demande] = fait.roles
            case DelaiFixe():
                self.delai_jours = fait.jours

    def de(self, qui: str) -> list[Tenu]:
        """All mandates that a person was ever given, under any of their identifiers."""
        return [self.mandats[m] for one in sorted(self.qui.memes(qui)) for m in self._de.get(one, ())]

    def fin(self, tenu: Tenu) -> Date | None:
        """Its last day in truth: a delegation ends with its source; the last giver's lasts until a successor begins."""
        fin = tenu.fin()
        if tenu.delegue_de is not None:
            source = self.fin(self.mandats[tenu.delegue_de])
            return fin if source is None else bornee(fin, source)
        return fin if fin is None or not self._donne(tenu) else self._prolongee(tenu, fin)

    def tient_jusqu_a(self, tenu: Tenu, le: Date) -> bool:
        """Whether a mandate lasts that long."""
        return le <= (self.fin(tenu) or TOUJOURS)

    def autorise(self, demande: Demande[Any, Any], commande: Any, x: Contexte) -> str | Refus:
        """The mandate by which ``x.par`` may ask this today, or why not."""
        nom, jour, about = fiche(commande).nom, jour_de(x), subjects(commande)
        roles = self._roles(nom, demande.qui)
        tenus = [m for m in self.de(x.par) if m.role in roles and m.du <= jour and self.tient_jusqu_a(m, jour)]
        for tenu in tenus:
            if tenu.sur is None or (tenu.sur in about and _choses(about) <= {m.sur for m in tenus}):
                return tenu.mandat
        if SOI in roles and not self.qui.parle_pour(x.par, jour).isdisjoint(concerned(commande, "personne")):
            return self._sans_mandat(SOI, nom, x)
        if INSCRIT in roles:
            return self._sans_mandat(INSCRIT, nom, x)
        return MandatManquant(commande=nom, personne=PersonneId(x.par), roles=tuple(sorted(roles)))

    def _roles(self, nom: str, depart: frozenset[str]) -> frozenset[str]:
        """Who may ask it, as the place has set; what is the finances' own stays so, and they are given nothing else."""
        return depart if FINANCES in depart else frozenset(self.droits.get(nom, ())) - {FINANCES} or depart

    def _sans_mandat(self, qualite: str, nom: str, x: Contexte) -> str | Refus:
        """Whoever holds no mandate asks for now: to date a demand from before is to record for the place."""
        now = x.survenu_le == x.maintenant
        return qualite if now else AntidateSansMandat(commande=nom, personne=PersonneId(x.par))

    def donne(self, role: str) -> bool:
        """Whether such a mandate was ever given."""
        return any(m.role == role for m in self.mandats.values())

    def tient(self, qui: str, role: str, sur: str, jour: Date) -> bool:
        """Whether a person holds a mandate that day, over the whole place or over this one thing."""
        return any(
            m.role == role and m.sur in (None, sur) and m.du <= jour and self.tient_jusqu_a(m, jour)
            for m in self.de(qui)
        )

    def tient_ou_delegue(self, qui: str, tenu: Tenu) -> bool:
        """Whether a mandate is this person's own, or delegated by them."""
        source = tenu if tenu.delegue_de is None else self.mandats[tenu.delegue_de]
        return not {tenu.personne, source.personne}.isdisjoint(self.qui.memes(qui))

    # ── la conciergerie et l'argent ─────────────────────────────────────────────────────────────────────────────────

    def heurt(self, qui: PersonneId, role: str, du: Date, au: Date | None) -> MandatsIncompatibles | None:
        """The other side's mandate that this person holds in those days, or too short a time before or after."""
        for tenu in self.de(qui):
            fin = self.fin(tenu)
            if tenu.role == EXCLUSIFS.get(role) and self._proches(du, au, tenu.du, fin):
                return MandatsIncompatibles(personne=qui, role=role, autre=tenu.role, libre_le=self._libre(fin))
        return None

    def se_heurtent(self, une: PersonneId, autre: PersonneId, jour: Date) -> bool:
        """Whether these two, were they one person, would hold mandates that exclude each other, now or later."""
        siens, autres = (
            [(m.role, m.du, self.fin(m)) for m in self.de(qui) if self._proches(jour, None, m.du, self.fin(m))]
            for qui in (une, autre)
        )
        return any(
            role == EXCLUSIFS.get(autre_role) and self._proches(du, fin, autre_du, autre_fin)
            for role, du, fin in siens
            for autre_role, autre_du, autre_fin in autres
        )

    def _proches(self, du: Date, au: Date | None, autre_du: Date, autre_au: Date | None) -> bool:
        """Whether two mandates share a day, or leave too few between them; one ended before it began has none."""
        if autre_au is not None and autre_au < autre_du:
            return False
        after = autre_au is None or jours_entre(autre_au, du) <= self.delai_jours
        return after and (au is None or jours_entre(au, autre_du) <= self.delai_jours)

    def _libre(self, fin: Date | None) -> str:
        if fin is not None and jours_entre(fin, TOUJOURS) > self.delai_jours:
            return f"le {date(fin.add(days=self.delai_jours + 1))}"
        return f"{compte(self.delai_jours, 'jour')} après sa fin" if self.delai_jours else "sa fin"

    # ── que le lieu ne reste jamais sans personne qui donne des mandats ─────────────────────────────────────────────

    def laisse_sans_donneur(self, tenu: Tenu, le: Date, jour: Date) -> bool:
        """Whether ending it on ``le`` would leave nobody, by their own dates, to give mandates from then on."""
        des = jour if le < jour else min(le, TOUJOURS.prev_day()).next_day()
        begun = self._donne(tenu) and tenu.du <= des
        return begun and not any(m.court(des) for m in self._donneurs(sauf=tenu))

    def donneront(self, roles: Collection[str], jour: Date) -> bool:
        """Whether somebody could give mandates that day, by their own dates, if these roles could."""
        held = (m for m in self.mandats.values() if m.propre and m.sur is None and m.court(jour))
        return any(m.role in (roles or DONNEURS) for m in held)

    def _prolongee(self, tenu: Tenu, fin: Date) -> Date | None:
        others = self._donneurs(sauf=tenu)
        if any(m.du <= fin and (m.fin() or TOUJOURS) > fin for m in others):
            return fin
        after = [m.du for m in others if m.du > fin]
        return min(after).prev_day() if after else None

    def _donneurs(self, sauf: Tenu) -> list[Tenu]:
        return [m for m in self.mandats.values() if m.mandat != sauf.mandat and self._donne(m)]

    def _donne(self, tenu: Tenu) -> bool:
        """Whether it can give mandates: given itself, over the whole place, and not ended before it began."""
        whole = tenu.propre and tenu.sur is None and tenu.du <= (tenu.fin() or TOUJOURS)
        return whole and tenu.role in (self.droits.get(DONNER) or DONNEURS)


def _choses(about: list[str]) -> set[str]:
    """The spaces and items that a demand names: mandates over some of them do not reach the others."""
    return {tag for tag in about if SUR.match(tag)}
