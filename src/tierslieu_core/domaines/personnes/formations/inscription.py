"""Inscription: people take a place in a session, wait for one, give it up; the rules of the place may judge it."""

from __future__ import annotations

from typing import Any

from tierslieu_core.domaines.cadre.qui_est_qui import identifiants
from tierslieu_core.domaines.personnes.adhesions.couverture import Lues, couverture, couverture_de
from tierslieu_core.domaines.personnes.formations.habilitation import (
    FORMATEURS,
    Etats,
    habilitations,
    valides,
)
from tierslieu_core.domaines.personnes.formations.programmation import PRENABLE, FormeLaSession, lit, permise
from tierslieu_core.domaines.personnes.formations.session import (
    Fait,
    InscriptionPrise,
    PlaceAttendue,
    PlaceRendue,
    servie,
)
from tierslieu_core.kernel.declarations import (
    Contexte,
    Demande,
    Issue,
    Refus,
    commande,
)  # fmt: skip
from tierslieu_core.kernel.lectures import Lot
from tierslieu_core.vocabulaire.calendrier import Calendrier
from tierslieu_core.vocabulaire.identifiants import PersonneId, SessionId, espace
from tierslieu_core.vocabulaire.identifiants import formation as de_formation
from tierslieu_core.vocabulaire.mesures import Mesures
from tierslieu_core.vocabulaire.temps import jours_entre
from tierslieu_core.vocabulaire.vie import vers

# ── commandes ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@commande("formations.PrendreInscription")
class PrendreInscription:
    """S'inscrire à une session, ou y inscrire une personne ; s'il n'y a plus de place, elle attend son tour."""

    session: SessionId
    personne: PersonneId


@commande("formations.RendrePlace")
class RendrePlace:
    """Dire que l'on ne vient plus, ou que l'on n'attend plus ; la place va à la première personne qui attend."""

    session: SessionId
    personne: PersonneId


# ── décisions ─────────────────────────────────────────────────────────────────────────────────────────────────────────

Inscription = tuple[tuple[Fait | None], tuple[Lues, Etats]]


def _lit_prendre(c: PrendreInscription, x: Contexte) -> Lot[Inscription]:
    return lit(c, x).avec(couverture_de(c.personne, x).avec(habilitations(c.personne, x)))


def _prendre(c: PrendreInscription, etats: Inscription, x: Contexte) -> Issue:
    ((deja,), _), siens = etats, identifiants(c.personne, x)
    s = permise(c, deja, x, PRENABLE, "recevoir d'inscription")
    if isinstance(s, Refus):
        return s
    if not {*s.inscrits, *s.attente}.isdisjoint(siens):
        return ()
    if s.formateur in siens:
        return FormeLaSession(formation=s.formation, periode=s.periode, formateur=s.formateur)
    if len(s.inscrits) < s.places:
        return [vers(InscriptionPrise, s, personne=c.personne, inscrits=(*s.inscrits, c.personne))]
    return [vers(PlaceAttendue, s, personne=c.personne, attente=(*s.attente, c.personne))]


def _mesure(c: PrendreInscription, etats: Inscription, x: Contexte) -> Mesures:
    """What the rules that name ``s_inscrire`` judge."""
    ((s,), (lues, tenues)) = etats
    periode = None if s is None else s.periode
    jour = x.aujourdhui if periode is None else periode.debut.local.date()
    vaut = couverture(lues, jour)
    preavis = None if periode is None else periode.bornes()[0].timestamp() - x.survenu_le.timestamp()
    return Mesures(
        action="s_inscrire", nommee=True, personne=c.personne, jour=jour, lieux=_lieux(s), periode=periode,
        publics=vaut.publics, groupes=vaut.groupes, adhesion=vaut.jusqu_au, droits=vaut.droits,
        habilitations=valides((t for siennes in tenues for t in siennes), jour),
        documents=vaut.dossier.documents(jour), expires=vaut.dossier.expires(jour), textes=vaut.dossier.textes(jour),
        mineur=vaut.dossier.mineur(jour), horizon_jours=jours_entre(x.aujourdhui, jour),
        preavis_minutes=None if preavis is None else int(preavis) // 60,
        demande_le=x.survenu_le, calendrier=Calendrier.de(x),
    )  # fmt: skip


def _lieux(s: Fait | None) -> tuple[str, ...]:
    """The training, and where it is given, as the tags by which rules are scoped."""
    if s is None:
        return ()
    return (de_formation(s.formation),) if s.espace is None else (de_formation(s.formation), espace(s.espace))


def _rendre(c: RendrePlace, etats: tuple[Fait | None], x: Contexte) -> Issue:
    s = permise(c, etats[0], x, PRENABLE, "voir de place rendue")
    if isinstance(s, Refus):
        return s
    siens = identifiants(c.personne, x)
    inscrits, attente = (tuple(un for un in ceux if un not in siens) for ceux in (s.inscrits, s.attente))
    if (inscrits, attente) == (s.inscrits, s.attente):
        return ()
    return [servie(PlaceRendue, s, inscrits, attente, personne=c.personne)]


# ── le mot ────────────────────────────────────────────────────────────────────────────────────────────────────────────

DEMANDES: tuple[Demande[Any, Any], ...] = (
    Demande(PrendreInscription, FORMATEURS | {"soi"}, _lit_prendre, _prendre, _mesure),
    Demande(RendrePlace, FORMATEURS | {"soi"}, lit, _rendre),
)
