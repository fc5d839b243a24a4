"""Demande: the place opens a kind of démarche; a person makes one, and the rules that name it judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tierslieu_core.domaines.cadre.gouvernance.mandats import SOI
from tierslieu_core.domaines.cadre.regles.faits import faits_de
from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.cadre.regles.versions import ANNULER, RENDRE
from tierslieu_core.domaines.usages.demarches.demarche import (
    OUVERTES,
    DemarcheAccordee,
    DemarcheEnAttente,
    DemarcheOuverte,
    Demarches,
    Fait,
    Ouvertes,
    demarches_de,
    ouvertes_de,
    tombee,
)
from tierslieu_core.domaines.usages.profil import Profil, mesures_de, mois_de, profil_de
from tierslieu_core.domaines.usages.reponse import attendue
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Evenement,
    Issue,
    Refus,
    champ,
    commande,
    personnel,
    refus,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lot, lire
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.vocabulaire.calendrier import Calendrier
from tierslieu_core.vocabulaire.faits import AUSSI, NOM, FaitDit
from tierslieu_core.vocabulaire.francais import liste
from tierslieu_core.vocabulaire.identifiants import (
    DemarcheId,
    EspaceId,
    ObjetId,
    PersonneId,
    depuis_cle,
    espace,
    objet,
)
from tierslieu_core.vocabulaire.mesures import Mesures, Usage
from tierslieu_core.vocabulaire.temps import Moment, Periode, jours_entre
from tierslieu_core.vocabulaire.vie import vers

# ── commandes ───────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("demarches.OuvrirDemarche")
class OuvrirDemarche:
    """Dire une démarche que le lieu reçoit, comme « demander une parcelle » ; ses règles la nomment par son action."""

    action: str = champ("nom, en minuscules sans accent, comme « parcelle »")
    libelle: str = champ("en mots, comme « demander une parcelle »")

    def fautes(self, _: str) -> list[tuple[str, str]]:
        if not NOM.match(self.action):
            return [("action", "des minuscules sans accent, des chiffres, _ ; une lettre d'abord (60 au plus)")]
        prise = self.action in PRISES
        return [("action", f"« {self.action} » a déjà un sens : prenez un autre nom")] if prise else []


PRISES = frozenset({"reserver", "preter", "renouveler", ANNULER, RENDRE})


@commande("demarches.FaireDemarche")
class FaireDemarche:
    """Faire une démarche que le lieu reçoit ; ses règles l'accordent, la refusent, ou la soumettent à quelqu'un."""

    action: str = champ("quelle démarche")
    personne: PersonneId = champ("personne pour qui l'on demande")
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())
    espace: EspaceId | None = champ("l'espace dont il s'agit", default=None)
    objet: ObjetId | None = champ("l'objet dont il s'agit", default=None)
    debut: Moment | None = champ("début", default=None)
    fin: Moment | None = champ("fin", default=None)
    motif: Personnel | None = personnel("motif", qui="personne", conservation="demarche", default=None)

    def fautes(self, zone: str) -> list[tuple[str, str]]:
        if self.debut is None or self.fin is None:
            return [] if self.debut is self.fin else [("fin", "un début et une fin, ou ni l'un ni l'autre")]
        return Periode(self.debut, self.fin, zone).fautes()


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "demarches.DemarcheInconnue",
    "Le lieu ne reçoit pas de démarche « {action} ».",
    "Démarches reçues : {connues} ; la conciergerie peut en ouvrir (demarches.OuvrirDemarche).",
)
class DemarcheInconnue(Refus):
    action: str
    connues: str


# ── ouvrir ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit_ouvertes(_: OuvrirDemarche, __: Contexte) -> Lot[tuple[Ouvertes]]:
    return lire(ouvertes_de(OUVERTES))


def _ouvrir(c: OuvrirDemarche, etats: tuple[Ouvertes], _: Contexte) -> Issue:
    nouvelle = DemarcheOuverte(action=c.action, libelle=c.libelle)
    return () if etats[0].get(c.action) == nouvelle else [nouvelle]


# ── faire ───────────────────────────────────────────────────────────────────────────────────────────────────────────

Autour = tuple[tuple[Ouvertes, Demarches], Profil]


def lit_autour(d: DemarcheAccordee | DemarcheEnAttente, x: Contexte) -> Lot[Autour]:
    """The kinds of démarches, the others that the person made in the months that rules count, and the person."""
    au = d.jour if d.periode is None else d.periode.fin.local.date()
    premier, dernier = x.livre.mois_a_lire(d.jour, max(d.jour, au), x.aujourdhui, d.action)
    return lire(ouvertes_de(OUVERTES), demarches_de(*mois_de(d.personne, premier, dernier, x))).avec(
        profil_de(d.personne, x)
    )


def _lit_faire(c: FaireDemarche, x: Contexte) -> Lot[Autour]:
    return lit_autour(_voulue(c, x), x)


def _voulue(c: FaireDemarche, x: Contexte) -> DemarcheAccordee:
    periode = None if c.debut is None or c.fin is None else Periode(c.debut, c.fin, x.livre.zone)
    return DemarcheAccordee(
        demarche=DemarcheId(depuis_cle(x.cle)), action=c.action, personne=c.personne, espace=c.espace, objet=c.objet,
        jour=x.aujourdhui if periode is None else periode.debut.local.date(), periode=periode, faits=c.faits,
        motif=c.motif,
    )  # fmt: skip


def _faire(c: FaireDemarche, etats: Autour, x: Contexte) -> Issue:
    (ouvertes, _), _ = etats
    if c.action not in ouvertes:
        return DemarcheInconnue(action=c.action, connues=liste(sorted(ouvertes)) or "aucune")
    return [_voulue(c, x)]


def _faire_attend(c: FaireDemarche, _: Autour, x: Contexte, par: tuple[Validation, ...]) -> Sequence[Evenement]:
    d = _voulue(c, x)
    avant = None if d.periode is None else d.periode.bornes()[0]
    return [vers(DemarcheEnAttente, d, **attendue(par, x, avant), zone=x.livre.zone)]


def _mesure_faire(c: FaireDemarche, etats: Autour, x: Contexte) -> Mesures:
    return mesure_de(_voulue(c, x), etats, x)


def mesure_de(d: DemarcheAccordee | DemarcheEnAttente, etats: Autour, x: Contexte, **autres: Any) -> Mesures:
    """What the rules that name it judge."""
    (_, siennes), profil = etats
    debut = None if d.periode is None else d.periode.bornes()[0]
    return mesures_de(
        d.personne, profil, d.jour,
        action=d.action, nommee=True, lieux=lieux_de(d), periode=d.periode, demande_le=x.survenu_le,
        preavis_minutes=None if debut is None else int(debut.timestamp() - x.survenu_le.timestamp()) // 60,
        horizon_jours=jours_entre(x.aujourdhui, d.jour),
        usages=tuple(_usages(d, siennes, x)),
        faits=faits_de(d.faits, x), calendrier=Calendrier.de(x),
        **autres,
    )  # fmt: skip


def lieux_de(d: Fait) -> tuple[str, ...]:
    """What it is about, as the tags by which rules are scoped."""
    ou = () if d.espace is None else (espace(d.espace),)
    return ou if d.objet is None else (*ou, objet(d.objet))


def _usages(d: Fait, siennes: Demarches, x: Contexte) -> Iterator[Usage]:
    """The person's others of the same kind, granted or waited for: those that rules count."""
    for autre in siennes.values():
        if autre.action != d.action or autre.demarche == d.demarche or tombee(autre, x.survenu_le):
            continue
        if isinstance(autre, DemarcheAccordee | DemarcheEnAttente):
            periode = autre.periode or Periode.de_jours(autre.jour, autre.jour, x.livre.zone)
            en_cours = autre.periode is None or periode.bornes()[1] > x.survenu_le
            yield Usage(periode, lieux_de(autre), en_cours=en_cours)


CONCIERGE = frozenset({"concierge", "coordination"})
DEMANDES = (
    Demande(OuvrirDemarche, CONCIERGE, _lit_ouvertes, _ouvrir),
    Demande(FaireDemarche, CONCIERGE | {SOI}, _lit_faire, _faire, _mesure_faire, attend=_faire_attend),
)
REFUS = (DemarcheInconnue,)
