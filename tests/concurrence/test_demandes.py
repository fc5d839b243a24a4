"""Several processes put whole demands to one place: one winner for each slot, all told why, and a replay that agrees.

Run as a script, this file is one of these processes.
"""

# ruff: noqa: T201 - a process of these tests speaks to the one that started it through its standard output
import json
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from whenever import Date, Instant, Time

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.regles import AdopterRegle
from tierslieu_core.domaines.cadre.regles.depart import reglement_de_depart
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.personnes.adhesions import AdmettreAdherent
from tierslieu_core.domaines.usages.reservations import ReserverEspace
from tierslieu_core.kernel.decisions import DECISION
from tierslieu_core.kernel.ports import scan
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, RegleId
from tierslieu_core.vocabulaire.temps import Moment

PROCESSES = 8
SLOTS = 20
CAMILLE, LUNDI, MAINTENANT = PersonneId("camille"), Date(2026, 11, 23), Instant.from_utc(2026, 11, 23, 9)
JOUEURS = [PersonneId(f"p-{n}") for n in range(PROCESSES)]
nightly = pytest.mark.nightly


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A place with its starter rulebook, eight members and one room, closed again: each process opens its own."""
    found = tmp_path / "quai.db"
    with _open(found) as lieu:
        _accepted(lieu, FonderLieu(nom="Le Quai", personne=CAMILLE, nom_personne="Camille Martin"))
        for regle in reglement_de_depart(LUNDI):
            _accepted(lieu, regle)
        _accepted(lieu, OuvrirEspace(espace=EspaceId("verte"), nom="Salle verte"))
        for qui in JOUEURS:
            _member(lieu, qui)
    return found


@pytest.mark.parametrize("rounds", [1, pytest.param(10, marks=nightly)])
def test_huit_processus_veulent_vingt_creneaux_et_chacun_a_un_seul_gagnant(path: Path, rounds: int) -> None:
    """Everyone wants every slot, ``rounds`` times over, each time on other days."""
    answers = _together("compete", path, rounds * SLOTS)
    won = Counter(slot for mine in answers for slot, verdict, _, _ in mine if verdict == "accord")
    assert won == dict.fromkeys(range(rounds * SLOTS), 1)
    for mine in answers:
        assert [slot for slot, *_ in mine] == list(range(rounds * SLOTS)), "chaque demande a sa réponse"
        for _, verdict, motif, said in mine:
            assert verdict in ("accord", "refus")
            if verdict == "refus":
                assert motif == "reservations.EspaceDejaReserve"
                assert "n'est pas libre" in said
    with _open(path) as lieu:
        assert len(lieu.registre("reservations")) == rounds * SLOTS
        wanted = {f"{n}-{slot}" for n in range(PROCESSES) for slot in range(rounds * SLOTS)}
        assert {cle for cle in _decided(lieu) if not cle.startswith("depart")} == wanted, "rien ne s'est perdu"
        _replays(lieu)


@pytest.mark.parametrize("rounds", [1, pytest.param(10, marks=nightly)])
def test_ce_que_les_regles_deviennent_pendant_la_course_est_ce_que_le_rejeu_retrouve(path: Path, rounds: int) -> None:
    """Half of the processes change the rules that the others are judged by: no decision sees half of a rulebook."""
    answers = _together("legislate", path, rounds * SLOTS)
    verdicts = Counter(verdict for mine in answers for _, verdict, _, _ in mine)
    assert verdicts["accord"] > 0
    assert sum(verdicts.values()) == PROCESSES * rounds * SLOTS
    with _open(path) as lieu:
        _replays(lieu)


def test_ce_que_les_regles_deviennent_entre_fils_d_un_meme_lieu_est_ce_que_le_rejeu_retrouve(path: Path) -> None:
    """The same in one process, whose threads share the rulebook that is kept from one demand to the next."""
    with _open(path) as lieu, ThreadPoolExecutor(PROCESSES) as pool:
        done = list(pool.map(lambda n: list(_legislating(lieu, n, SLOTS)), range(PROCESSES)))
        assert sum(len(mine) for mine in done) == PROCESSES * SLOTS
        _replays(lieu)


@pytest.mark.parametrize("kills", [5, pytest.param(50, marks=nightly)])
def test_un_processus_tue_ne_perd_rien_de_confirme_et_redemander_n_enregistre_rien_deux_fois(
    path: Path, kills: int
) -> None:
    """SIGKILL somewhere in the demands; then all of them again, blindly, under the same keys."""
    confirmed: set[str] = set()
    for kill in range(kills):
        writer = _start("write", path, kill)
        heard = [_line(writer) for _ in range(1 + kill % 4)]
        writer.kill()
        confirmed |= {*heard, *writer.communicate()[0].splitlines()}
        with _open(path) as lieu:
            before = _decided(lieu)
            assert confirmed <= before.keys(), "ce qui a été confirmé est là"
            assert set(before.values()) == {1}, "et une seule fois"
            for slot in range(SLOTS):
                answer = lieu.executer(
                    _reserve(JOUEURS[kill % 8], kill * SLOTS + slot), par=CAMILLE, cle=f"k{kill}-{slot}"
                )
                assert answer.verdict == "accord"
            after = _decided(lieu)
            assert set(after.values()) == {1}
            assert {cle: after[cle] for cle in before} == before
    with _open(path) as lieu:
        assert len(lieu.registre("reservations")) == kills * SLOTS
        _replays(lieu)


def test_ce_qu_une_decision_a_lu_du_reglement_ne_bouge_plus_sous_elle(path: Path) -> None:
    """Another thread may bring the rulebook up to date while a first one is still judging by it."""
    with _open(path) as lieu:
        before = lieu.livre
        rules = dict(before.reglement.versions)
        _accepted(lieu, _short_rule())
        assert "courte" in lieu.livre.reglement.versions
        assert before.reglement.versions == rules


def test_un_lot_interrompu_ne_laisse_rien_ni_dans_le_journal_ni_dans_la_memoire(path: Path) -> None:
    """A batch that fails takes back all that it decided; the same ``Lieu`` goes on as if it had never been."""
    new = PersonneId("nouvelle")
    with _open(path) as lieu:
        before = _decided(lieu)
        with pytest.raises(ZeroDivisionError), lieu.lot():  # noqa: PT012 - a batch is several demands
            _accepted(lieu, _short_rule())
            _member(lieu, new)
            assert lieu.executer(_reserve(JOUEURS[0], 0), par=CAMILLE).verdict == "refus"
            raise ZeroDivisionError
        assert _decided(lieu) == before
        with pytest.raises(tl.DemandeInvalide, match="nouvelle"):
            lieu.executer(_reserve(new, 0), par=CAMILLE)
        assert lieu.executer(_reserve(JOUEURS[0], 0), par=CAMILLE).verdict == "accord"
        _replays(lieu)


def test_pendant_un_lot_les_autres_fils_attendent_de_savoir_ce_qu_il_en_reste(path: Path) -> None:
    """Else they would be judged by a rule that is then taken back."""
    with _open(path) as lieu, ThreadPoolExecutor(1) as pool:
        with pytest.raises(ZeroDivisionError), lieu.lot():  # noqa: PT012 - a batch is several demands
            _accepted(lieu, _short_rule())
            assert lieu.executer(_reserve(JOUEURS[0], 0), par=CAMILLE).verdict == "refus"
            waiting = pool.submit(lieu.executer, _reserve(JOUEURS[1], 0), par=CAMILLE)
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.1)
            raise ZeroDivisionError
        assert waiting.result().verdict == "accord"
        _replays(lieu)


def test_un_lot_est_confirme_d_un_coup_et_seul_son_fil_le_voit_avant(path: Path) -> None:
    """Another process sees nothing of it before its end, then all."""
    with _open(path) as lieu, _open(path) as voisin:
        with lieu.lot():
            assert lieu.executer(_reserve(JOUEURS[0], 0), par=CAMILLE, cle="lot").verdict == "accord"
            assert "lot" in _decided(lieu)
            assert "lot" not in _decided(voisin)
        assert "lot" in _decided(voisin)
        assert voisin.executer(_reserve(JOUEURS[1], 0), par=CAMILLE).verdict == "refus"
        _replays(voisin)


# ── what a process does ─────────────────────────────────────────────────────────────────────────────────────────────


def compete(path: str, number: int, slots: int) -> None:
    """Want every slot, in the same order as all the others."""
    with _open(Path(path)) as lieu:
        _ready()
        answers = []
        for slot in range(slots):
            answer = lieu.executer(_reserve(JOUEURS[number], slot), par=CAMILLE, cle=f"{number}-{slot}")
            motif = answer.decision.motif
            answers.append((slot, answer.verdict, motif and motif.refus, " ".join(answer.explication)))
    print(json.dumps(answers), flush=True)


def legislate(path: str, number: int, slots: int) -> None:
    """The even ones book, the odd ones change the rules."""
    with _open(Path(path)) as lieu:
        _ready()
        answers = list(_legislating(lieu, number, slots))
    print(json.dumps(answers), flush=True)


def write(path: str, number: int) -> None:
    """Book slots for ever, saying the key of each once it is answered."""
    with _open(Path(path)) as lieu:
        for slot in range(SLOTS):
            cle = f"k{number}-{slot}"
            lieu.executer(_reserve(JOUEURS[number % 8], number * SLOTS + slot), par=CAMILLE, cle=cle)
            print(cle, flush=True)
        sys.stdin.readline()  # until killed


def _legislating(lieu: tl.Lieu, number: int, turns: int) -> list[tuple[int, str, str, str]]:
    done = []
    for turn in range(turns):
        if number % 2:
            regle = RegleId(f"r-{number}-{turn}")
            demand: object = AdopterRegle(
                regle=regle, genre=Duree(maximum_minutes=10 + 60 * ((number + turn) % 3)), du=LUNDI, motif="essai"
            )
        else:
            demand = _reserve(JOUEURS[number], number * turns + turn)
        done.append((turn, lieu.executer(demand, par=CAMILLE).verdict, "", ""))
    return done


def _reserve(qui: PersonneId, slot: int) -> ReserverEspace:
    """A quarter of an hour, of another day each time: the starter rulebook has nothing against so little."""
    turn, day = divmod(slot, 50)
    debut, fin = (Moment(LUNDI.add(days=1 + day).at(Time(8 + n // 4, n % 4 * 15))) for n in (turn, turn + 1))
    return ReserverEspace(espace=EspaceId("verte"), personne=qui, debut=debut, fin=fin)


def _short_rule() -> AdopterRegle:
    """A rule under which no booking can be had."""
    return AdopterRegle(regle=RegleId("courte"), genre=Duree(maximum_minutes=1), du=LUNDI, motif="essai")


def _member(lieu: tl.Lieu, qui: PersonneId) -> None:
    from tierslieu_core.domaines.cadre.identites import InscrirePersonne  # noqa: PLC0415 - the processes do without

    _accepted(lieu, InscrirePersonne(personne=qui, nom=f"Personne {qui}"))
    _accepted(lieu, AdmettreAdherent(personne=qui, du=LUNDI, au=LUNDI.add(years=1)))


def _accepted(lieu: tl.Lieu, demand: object) -> None:
    cle = f"depart-{sum(_decided(lieu).values())}"
    assert lieu.executer(demand, par=CAMILLE, cle=cle).verdict == "accord"


def _decided(lieu: tl.Lieu) -> Counter[str]:
    """How many times each key was answered."""
    return Counter(lieu.catalogue.read(row)[1].cle for row in scan(lieu.recorder, (DECISION,)))


def _replays(lieu: tl.Lieu) -> None:
    for niveau in (1, 2):
        rejeu = lieu.rejouer(niveau=niveau)
        assert rejeu.decisions == sum(_decided(lieu).values())
        assert rejeu.fidele, [str(ecart) for ecart in rejeu.ecarts[:3]]


def _open(path: Path) -> tl.Lieu:
    return tl.ouvrir(str(path), horloge=lambda: MAINTENANT)


def _together(what: str, path: Path, slots: int) -> list[list[tuple[int, str, str, str]]]:
    """What each of eight processes answers, all started at one signal."""
    racers = [_start(what, path, number, slots) for number in range(PROCESSES)]
    for racer in racers:
        assert _line(racer) == "ready"
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    answers = [json.loads(racer.communicate()[0]) for racer in racers]
    assert [racer.returncode for racer in racers] == [0] * PROCESSES
    return answers


def _start(what: str, path: Path, *arguments: int) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, what, str(path), *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _ready() -> None:
    print("ready", flush=True)
    sys.stdin.readline()


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


if __name__ == "__main__":
    what, where, *numbers = sys.argv[1:]
    {"compete": compete, "legislate": legislate, "write": write}[what](where, *map(int, numbers))
