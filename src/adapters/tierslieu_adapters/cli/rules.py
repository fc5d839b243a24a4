"""``regles``: a rulebook as a file: adopted as facts, compared, printed, tried on cases."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter
from whenever import Date

from tierslieu_adapters.cli.answers import show
from tierslieu_adapters.cli.errors import near
from tierslieu_adapters.cli.program import base_app
from tierslieu_adapters.cli.reading import Ici, Json
from tierslieu_adapters.cli.screen import Advance
from tierslieu_adapters.cli.session import PAR, Session
from tierslieu_adapters.reglement.differences import Regle, differences, dite, plan, tenues
from tierslieu_adapters.reglement.lecture import Fichier, lire
from tierslieu_core.kernel.clock import system_clock
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.sentences import as_is
from tierslieu_core.vocabulaire.francais import compte

if TYPE_CHECKING:
    from tierslieu_adapters.reglement.cas import Resultat
    from tierslieu_adapters.reglement.coherence import Constat
    from tierslieu_adapters.reglement.differences import Difference
    from tierslieu_core.kernel.decisions import Reponse
    from tierslieu_core.lieu import Lieu

REFUSE, FAUX = 3, 1
Au = Annotated[str | None, Parameter(metavar="AAAA-MM-JJ", help="ce jour-là ; sans lui, aujourd'hui")]
FICHIER = Parameter(name="FICHIER", help="le règlement, comme « reglement.toml »")


def adopter(  # noqa: PLR0913 - the options of the command
    fichier: Annotated[Path, FICHIER],
    /,
    *,
    par: Annotated[
        str | None, Parameter(env_var=PAR, show_env_var=False, metavar="PERSONNE", help="qui adopte")
    ] = None,
    complet: Annotated[
        bool, Parameter(help="le fichier dit tout le règlement : ce qu'il ne dit pas est abrogé")
    ] = False,
    essai: Annotated[bool, Parameter(help="dire ce qui changerait, sans rien enregistrer")] = False,
    en_json: Json = False,
    session: Ici,
) -> int:
    """Adopter un règlement : seul ce qui diffère de ce qui est en vigueur devient un fait.

    À relancer sans crainte : une deuxième fois ne change rien. Voyez d'abord avec --essai.
    """
    from tierslieu_adapters.reglement.coherence import constats  # noqa: PLC0415 - costs what rules cost

    lieu, jour = session.founded(), _jour(session, None)
    lu = _lu(session, fichier, jour, lieu.livre.reglement)
    found = constats(lieu, jour, lu, complet=complet)
    demandes = plan(lu, lieu.livre.reglement, jour, complet=complet)
    if not par and demandes:
        raise DemandeInvalide("Qui adopte ce règlement ? Dites-le avec --par PERSONNE.")
    reponses: list[Reponse] = []
    with suppress(_Abandon), Advance("Règles") as advance, lieu.lot():
        for n, demande in enumerate(demandes, 1):
            reponses.append(lieu.executer(demande, par=par or ""))
            advance(n, len(demandes))
        if essai or not all(r.acceptee for r in reponses):
            raise _Abandon
    if en_json:
        session.screen.json(
            {"essai": essai, "demandes": [_comme_json(r) for r in reponses], "constats": _constats_json(found)}
        )
    else:
        _dire_adoption(session, lieu, demandes, reponses, essai=essai)
        _dire_constats(session, found)
    return 0 if all(r.acceptee for r in reponses) else REFUSE


class _Abandon(Exception):
    """All was decided, and nothing is kept: it was a trial, or a part of it is refused."""


def _comme_json(r: Reponse) -> dict[str, Any]:
    return {
        "commande": r.decision.commande, "verdict": r.verdict, "cle": r.cle, "position": r.position,
        "explication": list(r.explication),
    }  # fmt: skip


COULEURS = {"+": "green", "~": "yellow", "−": "red"}


def _dire_adoption(session: Session, lieu: Lieu, demandes: list[Any], reponses: list[Reponse], *, essai: bool) -> None:
    screen = session.screen
    if not demandes:
        screen.say("Rien à changer : le règlement en vigueur dit déjà ce que dit ce fichier.")
        return
    for demande, reponse in zip(demandes, reponses, strict=True):
        if not reponse.acceptee:
            show(screen, lieu, reponse, lieu.speaker())
            continue
        sign, said = dite(demande)
        screen.say(f"{sign} {said}", COULEURS[sign])
    if not all(r.acceptee for r in reponses):
        screen.say(
            "Rien n'est enregistré : un règlement s'adopte en entier. Corrigez le fichier, puis recommencez.", "dim"
        )
    elif essai:
        screen.say("Essai : rien n'est enregistré.", "dim")
    else:
        screen.say(f"{compte(len(reponses), 'changement')} au règlement.", "dim")


def comparer(
    avant: Annotated[str, Parameter(name="AVANT", help="un fichier, ou un jour comme 2026-03-01")],
    apres: Annotated[str | None, Parameter(name="APRÈS", help="de même ; sans lui, aujourd'hui")] = None,
    /,
    *,
    en_json: Json = False,
    session: Ici,
) -> None:
    """Comparer deux règlements, règle par règle : deux fichiers, deux jours, ou l'un et l'autre."""
    found = differences(_cote(session, avant), _cote(session, apres))
    if en_json:
        session.screen.json({"differences": [_difference_json(d) for d in found]})
        return
    if not found:
        session.screen.say("Les deux disent la même chose.")
    for d in found:
        _dire_difference(session, d)


def _difference_json(d: Difference) -> dict[str, Any]:
    sides = {"avant": d.avant and d.avant.texte, "apres": d.apres and d.apres.texte}
    return {"regle": d.regle, **sides, "details": [{"quoi": q, "avant": a, "apres": b} for q, a, b in d.details]}


def _dire_difference(session: Session, d: Difference) -> None:
    screen = session.screen
    if d.avant is None and d.apres is not None:
        screen.say(f"+ « {d.regle} » : {_entiere(d.apres)}", "green")
    elif d.apres is None and d.avant is not None:
        screen.say(f"− « {d.regle} » : {_entiere(d.avant)}", "red")
    else:
        screen.say(f"~ « {d.regle} »", "yellow")
        for quoi, avant, apres in d.details:
            screen.say(f"{quoi} : {avant} → {apres}", indent=4)


def _entiere(r: Regle) -> str:
    return f"{r.texte}{f' ({pour})' if (pour := r.portee.nomme(as_is)) else ''}"


def _cote(session: Session, quoi: str | None) -> list[Regle]:
    """One side: a file's rules, or those in force on a day."""
    if quoi is not None and not _est_un_jour(quoi):
        return [Regle.de(r) for r in _lu(session, Path(quoi), _jour(session, None), None).regles]
    reglement = session.founded().livre.reglement
    return [Regle.de(v) for v in reglement.en_vigueur(_jour(session, quoi))]


def imprimer(
    *,
    au: Au = None,
    titre: Annotated[str, Parameter(help="le titre du document")] = "",
    toml: Annotated[bool, Parameter(help="le fichier que « regles adopter » relit, avec ce qui est annoncé")] = False,
    session: Ici,
) -> None:
    """Imprimer le règlement en vigueur : un document en Markdown, ou le fichier qui le ferait (--toml)."""
    from tierslieu_adapters.reglement.document import document  # noqa: PLC0415 - each way of printing by itself

    lieu, jour = session.founded(), _jour(session, au)
    reglement = lieu.livre.reglement
    titre = titre or f"Règlement de {lieu.livre.lieu.nom}" if lieu.livre.lieu else titre
    if not toml:
        print(
            document(titre, jour, reglement.faits.values(), reglement.en_vigueur(jour), lieu.speaker().nommer),
            file=session.screen.stream,
        )
        return
    from tierslieu_adapters.reglement.ecriture import ecrire  # noqa: PLC0415 - as above

    versions = list(tenues(reglement, jour).values()) if au is None else reglement.en_vigueur(jour)
    print(ecrire(titre, reglement.faits.values(), versions, lieu.catalogue.codec), file=session.screen.stream, end="")


def couvrir(
    fichier: Annotated[Path, FICHIER],
    cas: Annotated[Path, Parameter(name="CAS", help="les cas, en JSON : des clauses, chacune avec ses cas")],
    /,
    *,
    tout: Annotated[bool, Parameter(help="tous les cas, et pas seulement ceux qui ne vont pas")] = False,
    en_json: Json = False,
    session: Ici,
) -> int:
    """Essayer un règlement sur des cas : chaque verdict attendu, celui des règles, et pourquoi.

    Finit par 1 si un cas n'a pas le verdict attendu.
    """
    from tierslieu_adapters.reglement import cas as epreuve  # noqa: PLC0415 - seldom asked for

    lu = lire(_texte(fichier), session.catalogue, Date(2000, 1, 1), nom=fichier.name)
    try:
        clauses = json.loads(_texte(cas))["clauses"]
        resultats = epreuve.couvrir(lu, epreuve.reglement_de(lu), clauses)
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise DemandeInvalide(
            f"« {cas} » n'est pas un fichier de cas (clauses, cas, faits, attendu) : {fault}"
        ) from None
    if en_json:
        session.screen.json({"bilan": epreuve.bilan(resultats), "cas": [_resultat_json(r) for r in resultats]})
    else:
        _dire_cas(session, resultats, epreuve.bilan(resultats), tout=tout)
    return 0 if all(r.juste for r in resultats) else FAUX


def _resultat_json(r: Resultat) -> dict[str, Any]:
    return {
        "cas": r.cas, "clause": r.clause, "attendu": r.attendu, "trouve": r.trouve, "juste": r.juste,
        "detail": dict(r.detail), "dit": list(r.dit), "non_lus": list(r.tus),
    }  # fmt: skip


def _dire_cas(session: Session, resultats: list[Resultat], bilan: Mapping[str, Any], *, tout: bool) -> None:
    screen = session.screen
    for r in resultats:
        if r.juste and not tout:
            continue
        sign, colour = ("✔", "green") if r.juste else ("✘", "red")
        attendu = f"{r.attendu} {dict(r.detail_attendu) or ''}".strip()
        screen.say(
            f"{sign} {r.cas} : attendu {attendu}, trouvé {f'{r.trouve} {dict(r.detail) or chr(32)}'.strip()}", colour
        )
        for dit in r.dit:
            screen.say(dit, indent=4)
        if r.tus:
            screen.say(f"faits que rien ne lit : {', '.join(r.tus)}", "dim", indent=4)
    for quoi, parts in bilan.items():
        said = [f"{nom} {bons} sur {n}" for nom, (bons, n) in parts.items()]
        screen.say(f"{quoi.capitalize()} : {' ; '.join(said)}.")


def verifier(
    fichier: Annotated[Path | None, Parameter(name="FICHIER", help="un règlement ; sans lui, celui du lieu")] = None,
    /,
    *,
    en_json: Json = False,
    session: Ici,
) -> int:
    """Chercher ce qui cloche : des règles qui se contredisent, ne s'appliquent jamais ou ne l'emportent jamais.

    Chaque constat a sa demande témoin. Finit par 1 s'il y en a (une remarque n'en est pas un). Un fichier se vérifie
    avec le règlement du lieu, s'il y en a un, tel qu'il deviendrait.
    """
    from tierslieu_adapters.reglement.coherence import constats  # noqa: PLC0415 - as for adopting

    lieu = _lieu_ou_rien(session) if fichier else session.founded()
    jour = _jour(session, None) if lieu else system_clock().to_tz("Europe/Paris").date()
    lu = _lu(session, fichier, jour, lieu and lieu.livre.reglement) if fichier else None
    found = constats(lieu, jour, lu)
    if en_json:
        session.screen.json({"constats": _constats_json(found)})
    elif found:
        _dire_constats(session, found)
    else:
        session.screen.say("Rien ne cloche, dans les demandes essayées.", "green")
    return FAUX if any(not c.remarque for c in found) else 0


def _lieu_ou_rien(session: Session) -> Lieu | None:
    return None if session.missing() or not session.place().livre.zone else session.place()


def _constats_json(constats: list[Constat]) -> list[dict[str, Any]]:
    return [
        {"nature": c.nature, "regles": list(c.regles), "dit": c.dit, "remarque": c.remarque,
         "temoin": c.demande}
        for c in constats
    ]  # fmt: skip


def _dire_constats(session: Session, constats: list[Constat]) -> None:
    for c in constats:
        session.screen.say(f"{'Remarque' if c.remarque else 'Attention'} : {c.dit}", "dim" if c.remarque else "yellow")
        if c.demande:
            session.screen.say(f"demande témoin : {c.demande}", indent=4)


SOUS: Mapping[str, Callable[..., Any]] = {
    "adopter": adopter, "comparer": comparer, "imprimer": imprimer, "couvrir": couvrir,
    "verifier": verifier,
}  # fmt: skip


def regles() -> None:
    """Tenir le règlement dans un fichier : l'adopter, le comparer, l'imprimer, l'essayer sur des cas."""


def app_for(sous: str | None) -> App:
    """The application of one of them, or that which tells them all."""
    if sous is None or sous.startswith("-"):
        app = base_app("regles", usage="tierslieu regles COMMANDE …", help=inspect.getdoc(regles))
        for n, (nom, function) in enumerate(SOUS.items()):
            app.command(function, name=nom, sort_key=n)
        return app
    if sous not in SOUS:
        raise DemandeInvalide(f"« regles {sous} » n'existe pas{near(sous, SOUS)}. Il y a : {', '.join(SOUS)}.")
    app = base_app("regles", usage=f"tierslieu regles {sous} …", help=inspect.getdoc(SOUS[sous]))
    app.default(SOUS[sous])
    return app


def _est_un_jour(texte: str) -> bool:
    try:
        Date.parse_iso(texte)
    except ValueError:
        return False
    return True


def _jour(session: Session, texte: str | None) -> Date:
    if texte is None:
        lieu = session.place()
        return lieu.horloge().to_tz(lieu.livre.zone or "Europe/Paris").date()
    if not _est_un_jour(texte):
        raise DemandeInvalide(f"« {texte} » n'est pas un jour : écrivez-le comme 2026-03-01.")
    return Date.parse_iso(texte)


def _texte(chemin: Path) -> str:
    try:
        return chemin.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DemandeInvalide(f"« {chemin} » n'existe pas (un fichier, ou un jour comme 2026-03-01).") from None
    except OSError:
        raise DemandeInvalide(f"« {chemin} » ne se lit pas : est-ce un fichier, et l'avez-vous le droit ?") from None
    except UnicodeDecodeError:
        raise DemandeInvalide(f"« {chemin} » n'est pas un texte en UTF-8.") from None


def _lu(session: Session, chemin: Path, jour: Date, lieu: Any) -> Fichier:
    return lire(_texte(chemin), session.catalogue, jour, nom=chemin.name, lieu=lieu)
