"""Le guichet: the two doors of the wall between a place and its finance body, each one-way (see ``docs/finances.md``).

What is billable goes out by reference (``suivre``); attestations come in, yes or no (``remettre``). Nothing else
passes, and the place's journal never shows that anybody followed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from whenever import Instant

from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.fields import concerned
from tierslieu_core.kernel.ports import Selection, scan, select

if TYPE_CHECKING:
    from tierslieu_core.kernel.decisions import Reponse
    from tierslieu_core.lieu import Lieu

LOT = 50
"""How many references one demand receives at most."""
FINANCES = "finances"


def suivre(lieu: Lieu, finances: Lieu, *, par: str) -> list[Reponse]:
    """Receive in ``finances`` what the place did since, of what they declared billable: once each, in order.

    It may stop anywhere and begin again: how far it went is in the finances' own journal. Nothing is written in the
    place's. Raises ``DemandeInvalide`` when somebody holds a mandate on both sides, or when it is another place.
    """
    _check_mandates(lieu, finances)
    reponses = _named(lieu, finances, par)
    for declare in finances.registre("facturables"):
        position, kind = declare.position, _kind(lieu, declare.nature)
        while lot := _lot(lieu, kind, declare, position):
            reponses.append(finances.demander("finances.RecevoirReferences", lot, par=par))
            if not reponses[-1].acceptee:
                return reponses
            position = lot["position"]
    return reponses


def remettre(finances: Lieu, lieu: Lieu, *, par: str) -> list[Reponse]:
    """Lodge in the place's journal the attestations that the finances drew up since: yes or no, until a date.

    It may stop anywhere and begin again: the same attestation is lodged once. What cannot be is told at the end
    (``DemandeInvalide``), once all the others are.
    """
    _check_mandates(lieu, finances)
    reponses, fautes = _named(lieu, finances, par), list[tuple[str, str]]()
    for une in finances.registre("attestations-etablies", filtre={"remise": False}):
        champs = {"nature": une.nature, "valable": une.valable, "jusqu_au": une.jusqu_au and une.jusqu_au.format_iso()}
        try:
            reponse = lieu.demander(
                "attestations.DeposerAttestation", {"personne": une.tiers, **champs}, par=par, cle=_cle(une)
            )
        except DemandeInvalide as fault:
            fautes += [(f"{une.nature}, {une.tiers}", said) for _, said in fault.erreurs]
            continue
        reponses.append(reponse)
        if reponse.acceptee:
            remise = {"tiers": une.tiers, "nature": une.nature, "rang": une.rang}
            finances.demander("finances.NoterRemise", remise, par=par)
    if fautes:
        raise DemandeInvalide("Ces attestations n'ont pas pu être déposées au lieu ; les autres le sont :", fautes)
    return reponses


def _cle(une: Any) -> str:
    """The key of an attestation: from what is attested alone, so that nothing else of the finances shows in it."""
    return f"attestation~{sha256(f'{une.tiers} {une.nature} {une.rang}'.encode()).hexdigest()[:40]}"


# ── les deux côtés ──────────────────────────────────────────────────────────────────────────────────────────────────


def _check_mandates(lieu: Lieu, finances: Lieu) -> None:
    """Nobody holds the money here and the concierge's mandate there: each journal sees its own side alone."""
    tenus = [m for m in finances.livre.mandats.mandats.values() if m.role == FINANCES]
    heurts = ((m, lieu.livre.mandats.heurt(m.personne, FINANCES, m.du, finances.livre.mandats.fin(m))) for m in tenus)
    fautes = [(lieu.nommer("personne", m.personne), lieu.speaker().phrase(heurt)) for m, heurt in heurts if heurt]
    if fautes:
        titre = "Rien ne passe : une même personne tient la conciergerie du lieu et ses finances."
        raise DemandeInvalide(titre, fautes)


def _named(lieu: Lieu, finances: Lieu, par: str) -> list[Reponse]:
    """Say whose finances these are, the first time; ``DemandeInvalide`` when they are another place's."""
    (rows,), _ = select(lieu.recorder, [Selection(("gouvernance.LieuFonde",), (lieu.livre.etiquette,))])
    if not rows:
        raise DemandeInvalide("Le lieu n'est pas encore fondé : il n'y a rien à en suivre.")
    fonde, note = lieu.catalogue.read(rows[0])
    suivis = finances.registre("lieu-suivi")
    if suivis and suivis[0].lieu != note.id:
        raise DemandeInvalide(
            f"Ces finances sont celles du lieu « {suivis[0].nom} », et non de « {fonde.nom} » : donnez le bon journal."
        )
    return [] if suivis else [finances.demander("finances.SuivreLieu", {"lieu": note.id, "nom": fonde.nom}, par=par)]


# ── suivre ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _kind(lieu: Lieu, nature: str) -> type:
    """The class of the place's facts of that name."""
    kinds = {fiche(c).nom: c for area in lieu.catalogue.domaines for c in area.faits}
    if nature not in kinds:
        near = get_close_matches(nature, kinds, n=3, cutoff=0.5)
        said = f" Vouliez-vous dire : {', '.join(near)} ?" if near else ""
        raise DemandeInvalide(f"Le lieu n'enregistre aucun fait « {nature} » : redéclarez ce qui se facture.{said}")
    return kinds[nature]


def _lot(lieu: Lieu, kind: type, declare: Any, depuis: int) -> dict[str, Any] | None:
    """What comes next in the place's journal: facts of that kind that count, and those that it corrected."""
    references, corriges, position = list[dict[str, Any]](), list[str](), depuis
    for at, fait, note in _read(lieu, kind, depuis):
        if isinstance(fait, FaitCorrige):
            corriges += [fait.fait] if fait.nature == declare.nature else []
        elif (une := _reference(lieu, fait, note, declare)) is not None:
            references.append(une)
        else:
            continue
        position = at
        if len(references) + len(corriges) == LOT:
            break
    if not (references or corriges):
        return None
    return {
        "nature": declare.nature, "depuis": depuis, "position": position,
        "references": references, "corriges": corriges,
    }  # fmt: skip


def _read(lieu: Lieu, kind: type, depuis: int) -> Iterator[tuple[int, Any, Any]]:
    for row in scan(lieu.recorder, lieu.catalogue.types((kind, FaitCorrige)), depuis):
        yield row.position, *lieu.catalogue.read(row)


def _reference(lieu: Lieu, fait: Any, note: Any, declare: Any) -> dict[str, Any] | None:
    """A fact by reference: its identifier, its day, its person; ``None`` when it does not count."""
    jour = Instant.parse_iso(note.survenu_le).to_tz(lieu.livre.zone).date()
    compte = declare.du <= jour and (declare.au is None or jour <= declare.au)
    touche = declare.sur is None or any(tag.partition("@")[0] == declare.sur for tag in fait.etiquettes())
    if not (compte and touche) or note.id in lieu.livre.corriges:
        return None
    qui = concerned(fait, "personne")
    return {"fait": note.id, "le": jour.format_iso(), "tiers": qui[0] if qui else None}


__all__ = ["remettre", "suivre"]
