from __future__ import annotations

from tests.domaines.quai import ligne

from tierslieu_core.domaines.cadre.publics import DeclarerPublic, LignePublic, PublicDeclare
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.identifiants import PublicId

RIVERAINS = PublicId("riverains")
DEMANDE = DeclarerPublic(public=RIVERAINS, nom="Riverains", description="À moins d'un kilomètre")
DECLARE = PublicDeclare(public=RIVERAINS, nom="Riverains", description="À moins d'un kilomètre")


def test_un_public_se_declare_une_fois():
    given().when(DEMANDE).then(DECLARE)
    given(DECLARE).when(DEMANDE).then_nothing()


def test_un_public_se_dit_autrement():
    autrement = given(DECLARE).when(DeclarerPublic(public=RIVERAINS, nom="Voisinage"))
    autrement.then(PublicDeclare(public=RIVERAINS, nom="Voisinage", description=""))
    assert ligne(autrement, "publics") == LignePublic(RIVERAINS, "Voisinage", "")
