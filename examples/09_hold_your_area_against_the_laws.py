"""The laws that our areas obey are public: specify yours in sentences, then hold it against every one of them."""

from importlib import import_module

from hypothesis import settings

from tierslieu_core.testing.laws import LOIS, Scope
from tierslieu_core.testing.spec import given
from tierslieu_core.vocabulaire.identifiants import PersonneId

livre_dor = import_module("08_your_own_area")  # the guest book of the example before
zoe, merci = PersonneId("zoe"), "Merci !"
laisser, laisse = livre_dor.LaisserMot, livre_dor.MotLaisse

# Sentences that a volunteer of the place would sign.
lieu = {"catalogue": livre_dor.CATALOGUE}
given(**lieu).when(laisser(personne=zoe, mot=merci), par="zoe").then(laisse(personne=zoe, mot=merci))
given(laisse(personne=zoe, mot=merci), **lieu).when(laisser(personne=zoe, mot="Encore"), par="zoe").then_refused(
    livre_dor.DejaUnMot
)
print("les phrases sont tenues")

# The laws draw demands and facts from the declaration alone: nothing to write.
settings.register_profile("exemple", max_examples=15, derandomize=True, deadline=None, database=None)
settings.load_profile("exemple")
for nom, loi in LOIS.items():
    loi(Scope(livre_dor.CATALOGUE, areas=(livre_dor.LIVRE_DOR,)))
    print("✔", nom)
print(len(LOIS), "lois tenues")
