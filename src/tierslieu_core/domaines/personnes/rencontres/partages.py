"""Partages (D6): what people offer, know and look for, in the place's own words; shown by choice, withdrawn at will."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import attrs
from whenever import Date

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.personnes.consentements import (
    PARTAGE,
    Accords,
    ConsentementRetire,
    SansConsentement,
    consent,
    consentements_de,
)
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Identifiant,
    Issue,
    Note,
    Registre,
    Suite,
    champ,
    commande,
    evenement,
    nouveau,
    personnel,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lecture, Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.identifiants import PersonneId, ThemeId, personne
from tierslieu_core.vocabulaire.identifiants import theme as etiquette
from tierslieu_core.vocabulaire.vie import vers

Sens = Literal["offre", "savoir", "recherche"]
DITS = {"offre": "offre", "savoir": "sait", "recherche": "cherche"}

# ── événements ──────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen(kw_only=True)
class Partage:
    """One thing that a person offers, knows or looks for."""

    sens: Sens
    theme: ThemeId


@evenement("rencontres.ThemeDeclare", "On peut désormais offrir, savoir ou chercher : {nom}")
class ThemeDeclare:
    theme: ThemeId
    nom: str

    def etiquettes(self) -> Iterable[str]:
        return (etiquette(self.theme),)


@evenement("rencontres.PartageDit", "{personne} partage ({sens}) : {theme}[, {precision}]")
class PartageDit:
    personne: PersonneId
    sens: Sens
    theme: ThemeId
    precision: Personnel | None = personnel(qui="personne", conservation="rencontre")
    partages: tuple[Partage, ...] = champ("tout ce que la personne partage, désormais")

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


@evenement("rencontres.PartagesRetires", "{personne} ne partage plus : {themes}")
class PartagesRetires:
    personne: PersonneId
    themes: tuple[ThemeId, ...]
    partages: tuple[Partage, ...] = champ("tout ce que la personne partage, désormais")

    def etiquettes(self) -> Iterable[str]:
        return (personne(self.personne),)


# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("rencontres.DeclarerTheme")
class DeclarerTheme:
    """Déclarer un thème : ce que l'on peut offrir, savoir ou chercher (soudure, anglais, garde d'enfants…)."""

    theme: ThemeId = nouveau("thème, en un mot")
    nom: str = champ("nom")


@commande("rencontres.Partager")
class Partager:
    """Partager une offre, un savoir ou une recherche ; il faut y avoir consenti."""

    personne: PersonneId
    sens: Sens = champ("offre, savoir ou recherche")
    theme: ThemeId
    precision: Personnel | None = personnel("en plus de mots", qui="personne", conservation="rencontre", default=None)


@commande("rencontres.RetirerPartages")
class RetirerPartages:
    """Ne plus partager ce que l'on offre, sait ou cherche : tout, ou un seul thème."""

    personne: PersonneId
    theme: ThemeId | None = champ("un seul thème ; sans lui, tout", default=None)


# ── lectures ────────────────────────────────────────────────────────────────────────────────────────────────────────

Partages = tuple[Partage, ...]


def _theme(_: ThemeDeclare | None, fait: ThemeDeclare) -> ThemeDeclare | None:
    return fait


def _partages(_: Partages, fait: PartageDit | PartagesRetires) -> Partages:
    return fait.partages


theme_de = Lecture[ThemeDeclare | None]("rencontres.theme", None, _theme, dernier=True)
partages_de = Lecture[Partages]("rencontres.partages", (), _partages, dernier=True)

# ── décisions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _declarer(c: DeclarerTheme, etats: tuple[ThemeDeclare | None], _: Contexte) -> Issue:
    dit = vers(ThemeDeclare, c)
    return () if etats[0] == dit else [dit]


def _lit_partager(c: Partager, x: Contexte) -> Lot[Any]:
    return lire(partages_de(personne(c.personne))).avec(consentements_de(c.personne, x))


def _partager(c: Partager, etats: tuple[tuple[Partages], tuple[Accords, ...]], _: Contexte) -> Issue:
    (deja,), accords = etats
    neuf = Partage(sens=c.sens, theme=c.theme)
    if not consent(accords, PARTAGE):
        return SansConsentement(personne=c.personne, finalite=PARTAGE)
    if neuf in deja and c.precision is None:
        return ()
    partages = deja if neuf in deja else (*deja, neuf)
    return [vers(PartageDit, c, partages=partages)]


def _lit_retirer(c: RetirerPartages, x: Contexte) -> Lot[tuple[Partages, ...]]:
    return Lot(tuple(partages_de(personne(un)) for un in identifiants(c.personne, x)))


def _retirer(c: RetirerPartages, etats: tuple[Partages, ...], x: Contexte) -> Issue:
    """Under each identifier, so that nothing stays shown under another."""
    return [
        PartagesRetires(personne=un, themes=themes, partages=tuple(p for p in siens if p.theme not in themes))
        for un, siens in zip(identifiants(c.personne, x), etats, strict=True)
        if (themes := tuple(dict.fromkeys(p.theme for p in siens if c.theme in (None, p.theme))))
    ]


def _plus_rien(fait: ConsentementRetire) -> Iterable[RetirerPartages]:
    """Who no longer consents to share shares nothing any more."""
    if fait.finalite == PARTAGE:
        yield RetirerPartages(personne=fait.personne)


# ── registres ───────────────────────────────────────────────────────────────────────────────────────────────────────


@attrs.frozen
class LigneTheme:
    """A word under which people offer, know and look for things."""

    theme: ThemeId
    nom: str


@attrs.frozen
class LignePartage:
    """What one person offers, knows or looks for, since when."""

    personne: PersonneId
    sens: str
    theme: ThemeId
    depuis: Date
    precision: Personnel | None = None


Lignes = dict[tuple[PersonneId, str, ThemeId], LignePartage]


def _tenir_themes(lignes: dict[ThemeId, LigneTheme], fait: ThemeDeclare, _: Note) -> None:
    lignes[fait.theme] = LigneTheme(fait.theme, fait.nom)


def _tenir(lignes: Lignes, fait: PartageDit | PartagesRetires, note: Note) -> None:
    if isinstance(fait, PartagesRetires):
        for cle in [cle for cle in lignes if cle[0] == fait.personne and cle[2] in fait.themes]:
            del lignes[cle]
        return
    le = Date.parse_iso(note.survenu_le[:10])
    cle = fait.personne, fait.sens, fait.theme
    avant = lignes.get(cle)
    lignes[cle] = LignePartage(*cle, avant.depuis if avant else le, fait.precision)


REGIE = frozenset({"concierge", "coordination"})
FAITS = (ThemeDeclare, PartageDit, PartagesRetires)
DEMANDES = (
    Demande(DeclarerTheme, REGIE, lambda c, _: lire(theme_de(etiquette(c.theme))), _declarer),
    Demande(Partager, frozenset({"soi"}), _lit_partager, _partager),
    Demande(RetirerPartages, REGIE | {"soi"}, _lit_retirer, _retirer),
)
REGISTRES = (
    Registre("themes", LigneTheme, _tenir_themes, titre="Ce que l'on offre, sait et cherche"),
    Registre("partages", LignePartage, _tenir, titre="Qui offre, sait, cherche quoi", index=("personne", "theme")),
)
IDENTIFIANTS = (Identifiant(ThemeId, ThemeDeclare, (ThemeDeclare,)),)
SUITES = (Suite("partages_retires", ConsentementRetire, _plus_rien),)
