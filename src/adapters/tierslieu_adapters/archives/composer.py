"""What an archive holds: the facts as stored, the registers of its last day, the journal as people read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from io import StringIO
from pathlib import Path

import attrs
import msgspec
from eventsourcing.dcb.api import DCBSequencedEvent
from whenever import Date

from tierslieu_adapters.archives import verifier
from tierslieu_adapters.exports.tableur import exporter
from tierslieu_core.domaines.memoire.documentation import LigneEntree
from tierslieu_core.integrite.coffre import SansCoffre
from tierslieu_core.kernel.clock import instant, stamp
from tierslieu_core.kernel.decisions import DECISION
from tierslieu_core.kernel.envelope import unwrap
from tierslieu_core.kernel.ports import Row, head_of, scan
from tierslieu_core.kernel.projections import end_of
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.empreinte import Empreinte
from tierslieu_core.vocabulaire.francais import MOIS, date, heure
from tierslieu_core.vocabulaire.temps import matin
from tierslieu_core.vues.journal import NoteDite, du_jour, notes_dites
from tierslieu_core.vues.piste import VERDICTS, Reader, Trace


@attrs.frozen
class Archive:
    """An archive, made: its bytes, how many facts it holds, the digest of their chain, and how far it looked."""

    octets: bytes
    nombre: int
    chaine: Empreinte
    position: int

    @property
    def empreinte(self) -> Empreinte:
        """The digest of the file."""
        return Empreinte.de(self.octets)


def composer(lieu: Lieu, du: Date, au: Date, *, en_clair: bool = False) -> Archive:
    """The archive of these days, both included. ``en_clair``: personal words open, which nobody can then forget."""
    lu = lieu if en_clair else Lieu(lieu.recorder, SansCoffre(), lieu.catalogue, lieu.horloge)
    zone, head, close = lieu.livre.zone, head_of(lieu.recorder), lieu.livre.close
    debut, fin = end_of(du.prev_day(), zone), end_of(au, zone)
    avant = verifier.DEBUT if close is None else str(close.chaine)
    faits, nombre, chaine = _faits(lieu, debut, fin, head, avant)
    fichiers = {
        verifier.FAITS: faits,
        "verifier.py": Path(verifier.__file__).read_bytes(),
        "LISEZ-MOI.txt": _lisez_moi(lieu, du, au, en_clair=en_clair).encode(),
        **{f"registres/{nom}.csv": _registre(lu, nom, au) for nom in sorted(lieu.catalogue.registres)},
        **{f"journal/{mois}.md": texte.encode() for mois, texte in _journal(lu, debut, fin, head)},
    }
    manifeste = {
        "format": verifier.FORMAT, "lieu": "" if lieu.livre.lieu is None else lieu.livre.lieu.nom,
        "du": du.format_iso(), "au": au.format_iso(), "fuseau": zone, "debut": debut, "fin": fin,
        "en_clair": en_clair, "nombre": nombre, "chaine_avant": avant, "chaine": chaine,
        "fichiers": {nom: sha256(contenu).hexdigest() for nom, contenu in sorted(fichiers.items())},
    }  # fmt: skip
    fichiers[verifier.MANIFESTE] = msgspec.json.format(msgspec.json.encode(manifeste), indent=1) + b"\n"
    return Archive(verifier.ecrite(fichiers), nombre, Empreinte(chaine), head)


def dans(row: Row, debut: str, fin: str) -> bool:
    """Whether a stored fact took effect in it."""
    return debut <= unwrap(row).survenu_le < fin


def premier_jour(lieu: Lieu) -> Date:
    """The day after the last period that was closed, or that of the oldest fact."""
    close = lieu.livre.close
    if close is not None:
        return close.au.next_day()
    return instant(min(unwrap(row).survenu_le for row in scan(lieu.recorder))).to_tz(lieu.livre.zone).date()


# ── les faits ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _faits(lieu: Lieu, debut: str, fin: str, head: int, chaine: str) -> tuple[bytes, int, str]:
    """The facts of the period, a line each, as stored; how many; and the digest of the chain that they lengthen."""
    lignes = []
    for found in _stockes(lieu, head):
        position, event = found.position, found.event
        if dans(Row(position, event.type, event.data), debut, fin):
            lignes.append(verifier.ligne(position, event.type, event.tags, event.data))
            chaine = verifier.chainee(chaine, position, event.type, event.tags, event.data)
    return b"".join(ligne + b"\n" for ligne in lignes), len(lignes), chaine


def _stockes(lieu: Lieu, head: int) -> Iterator[DCBSequencedEvent]:
    for found in lieu.recorder.read():
        if found.position > head:
            return
        yield found


# ── ce que l'on en lit ──────────────────────────────────────────────────────────────────────────────────────────────


def _registre(lu: Lieu, nom: str, au: Date) -> bytes:
    sortie = StringIO(newline="")
    exporter(lu, nom, sortie, au=au.format_iso())
    return sortie.getvalue().encode()


def _journal(lu: Lieu, debut: str, fin: str, head: int) -> Iterator[tuple[str, str]]:
    """Month by month, each day on which something was decided or noted: the month, and its text."""
    reader, zone = Reader(lu.recorder, lu.catalogue, lu.livre, lu.speaker()), lu.livre.zone
    jours = defaultdict[Date, tuple[list[Trace], list[LigneEntree]]](lambda: ([], []))
    for row in scan(lu.recorder, (DECISION,), 0, head):
        if dans(row, debut, fin):
            jours[instant(unwrap(row).survenu_le).to_tz(zone).date()][0].append(reader.trace(row))
    for ligne in lu.registre("entrees"):
        if debut <= stamp(matin(ligne.jour, zone)) < fin:
            jours[ligne.jour][1].append(ligne)
    mois = defaultdict[str, list[str]](list)
    for jour in sorted(jours):
        traces, lignes = jours[jour]
        dits = [_dit(un, zone) for un in du_jour(traces, notes_dites(lu, lignes))]
        mois[jour.format_iso()[:7]] += [f"## {date(jour).capitalize()}", "", *dits, ""]
    for quand, lignes_du_mois in mois.items():
        annee, numero = quand.split("-")
        yield quand, "\n".join([f"# {MOIS[int(numero) - 1].capitalize()} {annee}", "", *lignes_du_mois])


def _dit(un: Trace | NoteDite, zone: str) -> str:
    """A line of the day: at what hour, who, and what."""
    if isinstance(un, NoteDite):
        return f"- {un.auteur} note{un.sous} : {un.texte}"
    qui = f"{un.par} ({un.en_tant_que})" if un.en_tant_que else un.par
    fait = un.phrases if un.verdict == VERDICTS["accord"] else (f"{un.commande} : {un.verdict}.", *un.phrases)
    dit = " ".join(fait)
    return f"- {heure(instant(un.survenu_le).to_tz(zone).time())} — {qui} : {dit}"


def _lisez_moi(lieu: Lieu, du: Date, au: Date, *, en_clair: bool) -> str:
    nom = "" if lieu.livre.lieu is None else lieu.livre.lieu.nom
    personnel = (
        "Les noms et les mots des gens y sont en clair : gardez-la comme on garde des papiers, car l'oubli d'une"
        "\npersonne ne l'atteint pas."
        if en_clair
        else "Ce qui est personnel y reste scellé : on y lit des identifiants, et « [scellé] ». Seul le coffre du lieu"
        "\nl'ouvre, et qui fut oublié le reste."
    )
    return f"""\
{nom}
Archive du {date(du)} au {date(au)}

  journal/       ce qui s'est passé, mois par mois, en français (du texte : tout logiciel l'ouvre)
  registres/     ce que le lieu tenait le dernier soir (des tableaux CSV)
  faits.jsonl    les faits tels que le journal du lieu les garde, un par ligne, chacun lié au précédent
  manifeste.json l'empreinte de chaque fichier, et de la chaîne des faits
  verifier.py    ce qui vérifie tout cela

{personnel}

Pour vérifier que pas un octet n'a changé, avec Python seul (3.9 ou plus récent), et rien d'autre :

  python3 verifier.py ARCHIVE.zip

(« verifier.py » se sort de l'archive comme tout autre fichier.)
"""
