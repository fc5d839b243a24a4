"""What the demo shows: the story's lines, then the month read as registers, explanation, trail, dates and replay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tierslieu_adapters.cli.screen import program
from tierslieu_core.kernel.decisions import DECISION, RegleContraire
from tierslieu_core.kernel.declarations import fiche
from tierslieu_core.kernel.envelope import unwrap
from tierslieu_core.kernel.ports import scan
from tierslieu_core.vocabulaire.francais import compte, liste

if TYPE_CHECKING:
    from rich.console import Console

    from tierslieu_core.kernel.decisions import Reponse
    from tierslieu_core.lieu import Lieu
    from tierslieu_core.vues.piste import Trace

SIGNES: Final = {
    "accord": ("✔", "green"),
    "refus": ("✘", "red"),
    "sans_objet": ("=", "cyan"),
    "a_valider": ("…", "yellow"),
}
DITS: Final = {"accordé": "accord", "refusé": "refus", "déjà ainsi": "sans_objet", "à valider": "a_valider"}
LIGNES: Final = 4
_VERSION: Final = re.compile(r" \(version [^)]*\)")  # the story does without it; the explanation keeps it

# ── le récit ────────────────────────────────────────────────────────────────────────────────────────────────────────


def chapitre(console: Console, titre: str) -> None:
    """A title."""
    console.print()
    console.print(Text(titre, style="bold cyan"))


def fait(console: Console, texte: str, reponse: Reponse, *, again: bool = False) -> None:
    """What was asked, and what was answered; why, when it is no, or when a rule was lifted."""
    signe, couleur = ("↻", "cyan") if again else SIGNES[reponse.verdict]
    _marge(console, Text.assemble((f"{signe} ", f"bold {couleur}"), texte), 2)
    why = reponse.explication
    motif = reponse.decision.motif
    if motif is not None and motif.refus == fiche(RegleContraire).nom:
        why = why[1:-1]  # the rule speaks for itself
    for phrase in () if again else why:
        detail(console, _VERSION.sub("", phrase))


def detail(console: Console, texte: str) -> None:
    """A line below another."""
    _marge(console, Text(texte, style="dim italic"), 6)


def paragraphes(console: Console, textes: Iterable[str]) -> None:
    """Plain lines."""
    for texte in textes:
        _marge(console, Text(texte), 2)


# ── les lectures ────────────────────────────────────────────────────────────────────────────────────────────────────


def un_mois(console: Console, lieu: Lieu, url: str) -> int:
    """The story's month, read."""
    chapitre(console, "Mardi 31 mars au soir, les registres")
    registre(console, lieu, "prets", ("objet", "personne", "depuis", "retour", "etat"))
    registre(console, lieu, "reservations", ("espace", "personne", "quand", "etat"))
    chapitre(console, "Pourquoi Zoé n'a-t-elle pas eu le hangar, la première fois ?")
    explication(console, lieu, "quai.repair-trop-long")
    chapitre(console, "La piste du perforateur")
    piste(console, lieu, "objet:perforateur-1")
    chapitre(console, "Ce qui était vrai, et ce que l'on savait")
    dehors = [_noms(lieu, "prets", "objet", au="2026-03-28", connu_le=k) for k in (None, "2026-03-28")]
    paragraphes(
        console,
        [
            f"Samedi 28 mars, étaient dehors : {dehors[0]}.",
            f"Le soir même, le journal ne connaissait que : {dehors[1]}.",
        ],
    )
    return rejeu(console, lieu, url, ("audit personne:p-1", "registre regles", "faire --help"))


def une_histoire(console: Console, lieu: Lieu, url: str) -> int:
    """An imported history, read."""
    chapitre(console, "Les registres")
    registre(console, lieu, "espaces", ("espace", "nom", "capacite", "etat"))
    registre(console, lieu, "reservations", ("espace", "personne", "quand", "etat"))
    chapitre(console, "Une demande expliquée")
    sujet = next((f"espace:{e.espace}" for e in lieu.registre("espaces")), "personne:lb-import")
    cle = _a_expliquer(lieu)
    if cle:
        explication(console, lieu, cle)
    chapitre(console, f"La piste de {lieu.nommer(*sujet.split(':'))}")
    piste(console, lieu, sujet)
    return rejeu(console, lieu, url, (f"audit {sujet}", "registre personnes", "faire --help"))


def registre(console: Console, lieu: Lieu, nom: str, colonnes: Sequence[str], **options: Any) -> None:
    """The head of a register."""
    lignes, speaker = lieu.registre(nom, **options), lieu.speaker()
    table = Table(
        title=f"{lieu.catalogue.registre(nom).titre} ({len(lignes)})", title_style="bold", title_justify="left",
        box=box.SIMPLE_HEAD, header_style="cyan", pad_edge=False,
    )  # fmt: skip
    for colonne in colonnes:
        table.add_column(colonne, overflow="fold")
    for ligne in lignes[:LIGNES]:
        said = speaker.fields(ligne)
        table.add_row(*(Text(said[c]) for c in colonnes))
    _marge(console, table, 2)
    if len(lignes) > LIGNES:
        detail(console, f"… et {compte(len(lignes) - LIGNES, 'autre')}")


def explication(console: Console, lieu: Lieu, cle: str) -> None:
    """One decision, with every clause that was judged."""
    e = lieu.expliquer(cle)
    trace(console, e.trace, e.trace.commande)
    for phrase in (*e.trace.phrases[:1], *map(str, e.clauses)) or (
        "C'était déjà ainsi : rien de nouveau à enregistrer.",
    ):
        detail(console, phrase)


def piste(console: Console, lieu: Lieu, sujet: str) -> None:
    """A trail, its first lines when it is long."""
    traces = lieu.audit(sujet)
    for one in traces[: 2 * LIGNES]:
        said = [_VERSION.sub("", p) for p in one.phrases if p != fiche(RegleContraire).phrase]
        trace(console, one, said[0] if said else one.commande)
    if len(traces) > 2 * LIGNES:
        detail(console, f"… et {compte(len(traces) - 2 * LIGNES, 'autre décision', 'autres décisions')}")


def trace(console: Console, one: Trace, quoi: str) -> None:
    """When, who, as what, and what came of it."""
    signe, couleur = SIGNES[DITS[one.verdict]]
    qui = f"{one.par} ({one.en_tant_que})" if one.en_tant_que else one.par
    _marge(console, Text.assemble((f"{signe} ", f"bold {couleur}"), (f"{one.quand}, {qui} : ", "dim"), quoi), 2)


def rejeu(console: Console, lieu: Lieu, url: str, essayer: Sequence[str]) -> int:
    """Every decision again, and what to try next."""
    chapitre(console, "Et si l'on reprenait tout depuis le début ?")
    found = lieu.rejouer()
    decisions = compte(found.decisions, "décision rejouée", "décisions rejouées")
    said = f"{decisions}, {compte(len(found.ecarts), 'différence')}"
    _marge(console, Text(said, style="bold green" if found.fidele else "bold red"), 2)
    for ecart in found.ecarts[:LIGNES]:
        detail(console, str(ecart))
    if url != "memory:":
        chapitre(console, "À vous")
        for commande in essayer:  # never wrapped: it is to be copied
            console.print(Text(f"  {program()} --lieu {url} {commande}"), soft_wrap=True)
        detail(console, "La démonstration recommence ce journal à chaque fois : ce que vous y notez sera perdu.")
    return 0 if found.fidele else 1


def _a_expliquer(lieu: Lieu) -> str:
    """The first demand that was not simply granted; its key, or nothing."""
    for row in scan(lieu.recorder, (DECISION,)):
        if lieu.catalogue.decision(row).verdict != "accord":
            return unwrap(row).id.rpartition("/")[0]
    return ""


def _noms(lieu: Lieu, nom: str, champ: str, **options: Any) -> str:
    speaker = lieu.speaker()
    return liste([speaker.fields(ligne)[champ] for ligne in lieu.registre(nom, **options)]) or "rien"


def _marge(console: Console, quoi: Text | Table, marge: int) -> None:
    console.print(Padding(quoi, (0, 0, 0, marge), expand=False))
