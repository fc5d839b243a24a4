"""Demande: the place opens a kind of démarche; a person makes one, and the rules that name it judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import evolve

from tierslieu_core.domaines.cadre.gouvernance.mandats import INSCRIT, SOI
from tierslieu_core.domaines.cadre.regles.faits import faits_de
from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.cadre.regles.versions import ANNULER, RENDRE
from tierslieu_core.domaines.usages.demarches.demarche import (
    OUVERTES,
    DemarcheAccordee,
    DemarcheClassee,
    DemarcheEnAttente,
    DemarcheOuverte,
    DemarcheRefusee,
    Demarches,
    Fait,
    Ouvertes,
    demarche_de,
    demarches_de,
    ouvertes_de,
    tombee,
    vers,
)
from tierslieu_core.domaines.usages.profil import Profil, mesures_de, mois_de, profil_de
from tierslieu_core.domaines.usages.reponse import attendue, repondent, restent
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
from tierslieu_core.vocabulaire.faits import AUSSI, NOM, FaitDit, joints
from tierslieu_core.vocabulaire.francais import liste
from tierslieu_core.vocabulaire.identifiants import (
    DemarcheId,
    EspaceId,
    ObjetId,
    PersonneId,
    connu,
    demarche,
    depuis_cle,
    espace,
    objet,
)
from tierslieu_core.vocabulaire.mesures import Mesures, Usage
from tierslieu_core.vocabulaire.temps import Moment, Periode, jours_entre

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


@commande("demarches.AccorderDemarche")
class AccorderDemarche:
    """Dire oui à une démarche qui attend une réponse."""

    demarche: DemarcheId
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())


@commande("demarches.RefuserDemarche")
class RefuserDemarche:
    """Dire non à une démarche qui attend une réponse, avec un motif."""

    demarche: DemarcheId
    motif: Personnel = personnel("motif", qui="par", conservation="demarche")


@commande("demarches.ClasserDemarche")
class ClasserDemarche:
    """Clore une démarche : elle est finie, ou l'on y renonce ; elle reste dans l'histoire du lieu."""

    demarche: DemarcheId
    personne: PersonneId = champ("personne pour qui elle fut faite")
    motif: Personnel = personnel("motif", qui="par", conservation="demarche")
    faits: tuple[FaitDit, ...] = champ(AUSSI, default=())


# ── refus ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@refus(
    "demarches.DemarcheInconnue",
    "Le lieu ne reçoit pas de démarche « {action} ».",
    "Démarches reçues : {connues} ; la conciergerie peut en ouvrir (demarches.OuvrirDemarche).",
)
class DemarcheInconnue(Refus):
    action: str
    connues: str


@refus(
    "demarches.PlusARepondre",
    "Cette démarche n'attend pas, ou plus, de réponse ({demarche}).",
    "Voyez ce qu'elle est devenue : tierslieu audit demarche:{demarche}",
)
class PlusARepondre(Refus):
    demarche: DemarcheId


@refus(
    "demarches.ReponseDUnAutre",
    "C'est à {aupres_de} de répondre à cette démarche, jusqu'au {jusqu_au}.",
    "Demandez à qui tient ce mandat.",
)
class ReponseDUnAutre(Refus):
    aupres_de: tuple[str, ...]
    jusqu_au: Moment


@refus("demarches.DemarcheDUnAutre", "Cette démarche est celle de {personne}.", "Demandez à cette personne.")
class DemarcheDUnAutre(Refus):
    personne: PersonneId


# ── ouvrir ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lit_ouvertes(_: OuvrirDemarche, __: Contexte) -> Lot[tuple[Ouvertes]]:
    return lire(ouvertes_de(OUVERTES))


def _ouvrir(c: OuvrirDemarche, etats: tuple[Ouvertes], _: Contexte) -> Issue:
    nouvelle = DemarcheOuverte(action=c.action, libelle=c.libelle)
    return () if etats[0].get(c.action) == nouvelle else [nouvelle]


# ── faire ───────────────────────────────────────────────────────────────────────────────────────────────────────────

Autour = tuple[tuple[Ouvertes, Demarches], Profil]


def _lit_autour(d: DemarcheAccordee | DemarcheEnAttente, x: Contexte) -> Lot[Autour]:
    """The kinds of démarches, the others that the person made in the months that rules count, and the person."""
    au = d.jour if d.periode is None else d.periode.fin.local.date()
    premier, dernier = x.livre.mois_a_lire(d.jour, max(d.jour, au), x.aujourdhui, d.action)
    return lire(ouvertes_de(OUVERTES), demarches_de(*mois_de(d.personne, premier, dernier, x))).avec(
        profil_de(d.personne, x)
    )


def _lit_faire(c: FaireDemarche, x: Contexte) -> Lot[Autour]:
    return _lit_autour(_voulue(c, x), x)


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
    return _mesure(_voulue(c, x), etats, x)


def _mesure(d: DemarcheAccordee | DemarcheEnAttente, etats: Autour, x: Contexte, **autres: Any) -> Mesures:
    (_, siennes), profil = etats
    debut = None if d.periode is None else d.periode.bornes()[0]
    return mesures_de(
        d.personne, profil, d.jour,
        action=d.action, nommee=True, lieux=_lieux(d), periode=d.periode, demande_le=x.survenu_le,
        preavis_minutes=None if debut is None else int(debut.timestamp() - x.survenu_le.timestamp()) // 60,
        horizon_jours=jours_entre(x.aujourdhui, d.jour),
        usages=tuple(_usages(d, siennes, x)),
        faits=faits_de(d.faits, x), calendrier=Calendrier.de(x),
        **autres,
    )  # fmt: skip


def _lieux(d: Fait) -> tuple[str, ...]:
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
            yield Usage(periode, _lieux(autre), en_cours=en_cours)


# ── répondre ────────────────────────────────────────────────────────────────────────────────────────────────────────

EtatsAccorder = tuple[tuple[Fait | None], Autour]


def _lit_une(c: RefuserDemarche | ClasserDemarche, _: Contexte) -> Lot[tuple[Fait | None]]:
    return lire(demarche_de(demarche(c.demarche)))


def _lit_accorder(c: AccorderDemarche, x: Contexte) -> Lot[Any]:
    return lire(demarche_de(demarche(c.demarche))).puis(
        lambda e: _lit_autour(e[0], x) if isinstance(e[0], DemarcheEnAttente) else lire()
    )


def _attendue(d: Fait, x: Contexte) -> DemarcheEnAttente | Refus:
    if not isinstance(d, DemarcheEnAttente) or tombee(d, x.survenu_le):
        return PlusARepondre(demarche=d.demarche)
    return d


def _sur(d: Fait) -> str:
    """On what whoever answers may hold their mandate."""
    return next(iter(_lieux(d)), "")


def _accorder(c: AccorderDemarche, etats: Any, x: Contexte) -> Issue:
    fait: Fait = connu(etats[0][0])
    if isinstance(fait, DemarcheAccordee):
        return ()
    d = _attendue(fait, x)
    if isinstance(d, Refus):
        return d
    reste, faits = restent(d, d.zone, _sur(d), x), joints(d.faits, c.faits)
    if reste == d.aupres_de:
        return ReponseDUnAutre(aupres_de=d.aupres_de, jusqu_au=d.jusqu_au)
    if reste:
        return [vers(DemarcheEnAttente, d, aupres_de=reste, faits=faits)]
    return [vers(DemarcheAccordee, d, faits=faits)]


def _mesure_accorder(c: AccorderDemarche, etats: Any, x: Contexte) -> Mesures:
    d: Fait = connu(etats[0][0])
    if not isinstance(d, DemarcheEnAttente):
        return Mesures(action=ANNULER, personne=d.personne, lieux=(), jour=d.jour)
    dite = vers(DemarcheEnAttente, d, faits=joints(d.faits, c.faits))
    mesures = _mesure(dite, etats[1], x, confirme=True)
    return evolve(mesures, preavis_minutes=None)


def _refuser(c: RefuserDemarche, etats: tuple[Fait | None], x: Contexte) -> Issue:
    fait: Fait = connu(etats[0])
    if isinstance(fait, DemarcheRefusee) or tombee(fait, x.survenu_le):
        return ()
    d = _attendue(fait, x)
    if isinstance(d, Refus):
        return d
    if not repondent(d, _sur(d), x):
        return ReponseDUnAutre(aupres_de=d.aupres_de, jusqu_au=d.jusqu_au)
    return [vers(DemarcheRefusee, d, raison=c.motif)]


def _classer(c: ClasserDemarche, etats: tuple[Fait | None], x: Contexte) -> Issue:
    d: Fait = connu(etats[0])
    if d.personne != c.personne:
        return DemarcheDUnAutre(personne=d.personne)
    if isinstance(d, DemarcheRefusee | DemarcheClassee) or tombee(d, x.survenu_le):
        return ()
    return [vers(DemarcheClassee, d, raison=c.motif)]


def _mesure_classer(c: ClasserDemarche, etats: tuple[Fait | None], x: Contexte) -> Mesures:
    d: Fait = connu(etats[0])
    dits = joints(getattr(d, "faits", ()), c.faits)
    return Mesures(
        action=ANNULER, personne=d.personne, lieux=_lieux(d), jour=d.jour, periode=d.periode, demande_le=x.survenu_le,
        faits=faits_de(dits, x), calendrier=Calendrier.de(x),
    )  # fmt: skip


CONCIERGE = frozenset({"concierge", "coordination"})
DEMANDES = (
    Demande(OuvrirDemarche, CONCIERGE, _lit_ouvertes, _ouvrir),
    Demande(FaireDemarche, CONCIERGE | {SOI}, _lit_faire, _faire, _mesure_faire, attend=_faire_attend),
    Demande(AccorderDemarche, CONCIERGE | {INSCRIT}, _lit_accorder, _accorder, _mesure_accorder),
    Demande(RefuserDemarche, CONCIERGE | {INSCRIT}, _lit_une, _refuser),
    Demande(ClasserDemarche, CONCIERGE | {SOI}, _lit_une, _classer, _mesure_classer),
)
REFUS = (DemarcheInconnue, PlusARepondre, ReponseDUnAutre, DemarcheDUnAutre)
