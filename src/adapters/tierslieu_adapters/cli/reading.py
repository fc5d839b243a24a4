"""``registre``: what the place keeps of each thing, now, on a date, or as known on a date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import attrs
from cyclopts import Parameter
from whenever import Date

from tierslieu_adapters.cli.errors import near
from tierslieu_adapters.cli.session import Session
from tierslieu_adapters.cli.values import bare, cell, columns_of, iso, plain
from tierslieu_core.kernel.clock import ANNEES
from tierslieu_core.kernel.codec import structured
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.sentences import Speaker, as_is
from tierslieu_core.vocabulaire.francais import compte, date

if TYPE_CHECKING:
    from tierslieu_adapters.cli.screen import Screen
    from tierslieu_core.kernel.declarations import Registre
    from tierslieu_core.kernel.fields import Champ
    from tierslieu_core.lieu import Lieu

Ici = Annotated[Session, Parameter(parse=False)]
Json = Annotated[bool, Parameter(name="--json", help="une valeur JSON, pour un programme")]


def registre(  # noqa: PLR0913 - the options of the command
    nom: Annotated[str | None, Parameter(help="le registre ; sans nom, la liste des registres")] = None,
    /,
    *,
    au: Annotated[str | None, Parameter(metavar="AAAA-MM-JJ", help="ce qui était vrai ce jour-là")] = None,
    connu_le: Annotated[str | None, Parameter(metavar="AAAA-MM-JJ", help="ce qu'on en savait ce jour-là")] = None,
    filtre: Annotated[
        list[str] | None, Parameter(metavar="CHAMP=VALEUR", help="seulement ces lignes ; peut se répéter")
    ] = None,
    tri: Annotated[str | None, Parameter(metavar="CHAMP", help="ranger par ce champ ; --tri=-champ à rebours")] = None,
    identifiants: Annotated[bool, Parameter(help="les identifiants, tels que les commandes les attendent")] = False,
    en_json: Json = False,
    session: Ici,
) -> None:
    """Lire un registre du lieu : aujourd'hui, à une date, ou tel qu'on le connaissait à une date."""
    if nom is None:
        listing(session, en_json=en_json)
        return
    lieu = session.founded()  # first: this journal may be of those that this name is not of
    declared = found(session, nom)
    fields, speaker = columns_of(declared.ligne), lieu.speaker()
    wanted = [filter_of(lieu, declared, speaker, one) for one in filtre or ()]
    keeps = (lambda row: all(keep(row) for keep in wanted)) if wanted else None
    on, known = day_of("--au", au), day_of("--connu-le", connu_le)
    rows = lieu.registre(declared.nom, au=on, connu_le=known, filtre=keeps, tri=tri)
    if en_json:
        lines = [{f.nom: plain(lieu.catalogue, speaker, getattr(row, f.nom)) for f in fields} for row in rows]
        session.screen.json({"registre": declared.nom, "au": _said(on), "connu_le": _said(known), "lignes": lines})
        return
    screen = session.screen
    if screen.rich:
        screen.title(f"{declared.titre or declared.nom}{_when(on, known)}")
    if not rows:
        screen.say(_nothing(session, declared, _when(on, known), filtered=bool(wanted)))
        return
    if identifiants:
        speaker = attrs.evolve(speaker, nommer=as_is)
    rows_in(screen, lieu, speaker, rows)
    if screen.rich:
        screen.say(compte(len(rows), "ligne"), "dim")


def rows_in(screen: Screen, lieu: Lieu, speaker: Speaker, rows: Sequence[Any]) -> None:
    """A register's rows as a table; a column that says nothing is left out."""
    fields = columns_of(type(rows[0]))
    cells = [_cells(speaker, lieu.livre.zone, fields, row) for row in rows]
    kept = [n for n in range(len(fields)) if any(line[n] for line in cells)]
    screen.table([fields[n].libelle for n in kept], [[line[n] for n in kept] for line in cells])


def _cells(speaker: Speaker, zone: str, fields: list[Champ], row: Any) -> list[str]:
    """One row, silent on numbers that never changed; where a column is for names, the first one identifies things."""
    named = any(f.nom == "nom" for f in fields)
    first = attrs.evolve(speaker, nommer=as_is) if named else speaker
    values = [None if type(v := getattr(row, f.nom)) is int and v == f.defaut else v for f in fields]
    return [cell(speaker if n else first, zone, f, values[n]) for n, f in enumerate(fields)]


def listing(session: Session, *, en_json: bool) -> None:
    """Every register that the installed areas keep."""
    known = [(r.nom, r.titre, d.titre) for d in session.catalogue.domaines for r in d.registres]
    if en_json:
        session.screen.json([dict(zip(("nom", "titre", "domaine"), one, strict=True)) for one in known])
        return
    session.screen.table(("registre", "ce qu'il tient", "domaine"), sorted(known))
    if session.screen.rich:
        session.screen.say("Pour en lire un : tierslieu registre NOM", "dim")


def filter_of(lieu: Lieu, registre: Registre[Any], speaker: Speaker, text: str) -> Callable[[Any], bool]:
    """``champ=valeur``: the rows that hold this value, or show it; nothing after the sign means empty."""
    name, sep, value = text.partition("=")
    field = next((f for f in columns_of(registre.ligne) if f.nom == name.replace("-", "_")), None)
    titre = f"Le registre « {registre.nom} » ne peut pas être filtré ainsi :"
    if not sep:
        raise DemandeInvalide(titre, [(text, "écrivez champ=valeur")])
    if field is None:
        names = ", ".join(f.nom for f in columns_of(registre.ligne))
        raise DemandeInvalide(titre, [(name, f"n'est pas une colonne ; colonnes : {names}")])
    one, zone, seen = field, lieu.livre.zone, bare(value)
    if not value:
        return lambda row: getattr(row, one.nom) in (None, "", ())
    try:
        typed = _typed(lieu, one, value)
    except DemandeInvalide as fault:
        if not one.sujet:
            raise DemandeInvalide(titre, [(name, fault.erreurs[0][1])]) from None
        typed = value
    return lambda row: getattr(row, one.nom) == typed or bare(cell(speaker, zone, one, getattr(row, one.nom))) == seen


def _typed(lieu: Lieu, field: Champ, value: str) -> Any:
    """A value of the column's type; a date may be written ``23/11/2026``, as registers show it."""
    if field.qui is not None:
        return value
    given: Any = {"oui": True, "non": False}.get(value, value) if field.type is bool else value
    given = int(value) if field.type is int and value.lstrip("-").isdigit() else given
    given = iso(value) if field.type is Date else given
    return structured(lieu.catalogue.codec.stored, given, field.type)


def day_of(option: str, text: str | None) -> Date | None:
    """A day as people type it: ``2026-11-23``, ``23/11/2026``; ``None`` when none is said."""
    if text is None:
        return None
    with suppress(ValueError):
        le = Date.parse_iso(iso(text))
        if le.year in ANNEES:
            return le
    said = f"une date comme « 2026-11-23 », de {ANNEES[0]} à {ANNEES[-1]}, reçu « {text} »"
    raise DemandeInvalide("Cette date ne se lit pas :", [(option, said)])


def day_after(option: str, le: Date, jours: int) -> Date:
    """So many days later; told as a fault of the option where nobody lives to see it."""
    if not 0 <= jours <= MANY:
        raise DemandeInvalide("Ce nombre de jours ne va pas :", [(option, f"de 0 à {MANY}, reçu {jours}")])
    return le.add(days=jours)


MANY = 3660


def found(session: Session, nom: str) -> Registre[Any]:
    """The register of that name; the nearest ones when there is none."""
    known = session.catalogue.registres
    if nom in known:
        return known[nom]
    near_ones = near(nom, known) or f" Registres tenus : {', '.join(sorted(known))}."
    raise DemandeInvalide(f"Registre inconnu : « {nom} ».{near_ones}")


def _said(le: Date | None) -> str | None:
    return None if le is None else le.format_iso()


def _when(true: Date | None, known: Date | None) -> str:
    return (f", au {date(true)}" if true else "") + (f", tel qu'on le connaissait le {date(known)}" if known else "")


def _nothing(session: Session, registre: Registre[Any], when: str, *, filtered: bool) -> str:
    """Why nothing is shown, and what to do about it."""
    if filtered:
        return f"Aucune ligne du registre « {registre.nom} » ne répond à ce filtre{when}."
    if when:
        return f"Le registre « {registre.nom} » est vide{when}."
    area = next(d.titre for d in session.catalogue.domaines if registre in d.registres)
    way = f"ce qui s'y inscrit se demande : tierslieu faire --help, sous « {area} »"
    return f"Le registre « {registre.nom} » est vide : {way}."
