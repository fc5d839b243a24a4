# Everything that is done with the project. `make` alone lists it. Needs python3 (with venv), make and git.

PYTHON ?= python3
DONNEES ?=
ARGS ?=

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

unexport PYTHONPATH PYTHONHOME
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

BIN := .venv/bin
PRET := .venv/.pret
VERROU := requirements/dev.txt

.PHONY: help .venv demo test check docs-check coverage branches bench nightly lock wheel-test clean

help: ## cette liste
	@echo "Usage : make <cible>"
	@awk -F ':.*## ' '/^[a-z.][a-z-]*:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

demo: $(PRET) ## une année d'un lieu, racontée (DONNEES=dossier pour un vrai export)
	@$(if $(DONNEES),$(BIN)/tierslieu demo --donnees "$(DONNEES)",$(BIN)/python examples/annee) $(ARGS)

test: $(PRET) ## les tests (ARGS="-k pret" pour en choisir)
	@$(BIN)/pytest $(ARGS)

check: $(PRET) ## style, types, couches, liens des documents
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict
	@$(BIN)/pyright
	@$(BIN)/lint-imports
	@$(BIN)/python .ci/docs.py

coverage: $(PRET) ## les tests, et les branches qu'ils n'ont pas prises
	@$(BIN)/pytest --cov --cov-report=term-missing $(ARGS)

branches: $(PRET) ## dit les branches du noyau et des domaines que le dernier passage n'a pas prises (aucune)
	@$(BIN)/coverage report --include='*/tierslieu_core/kernel/*,*/tierslieu_core/domaines/*' --fail-under=100

bench: $(PRET) ## les mesures, contre les planchers du même passage (long)
	@$(BIN)/python -m bench $(ARGS)

nightly: $(PRET) wheel-test ## les longues campagnes, et tous les tests sur la roue
	@HYPOTHESIS_PROFILE=nightly $(BIN)/pytest -m "" -n auto $(ARGS)

# The wheel is what people get. Its tests run where the source tree cannot help them, and `--no-index` with the
# extras fails when the lock does not hold everything that the wheel declares.
wheel-test: $(PRET) .venv-roue/.verrou ## construit la roue et la teste loin des sources
	@rm -rf build/roue && mkdir -p build
	@$(BIN)/python -m build --wheel --no-isolation --outdir build/roue . >build/roue.log 2>&1 || { cat build/roue.log; exit 1; }
	@.venv-roue/bin/python -m pip uninstall -qq -y tierslieu-core 2>/dev/null
	@.venv-roue/bin/python -m pip install -qq --no-index "$$(echo build/roue/*.whl)[cli,calendrier,cel,ics,testing]"
	@ailleurs=$$(mktemp -d) && trap 'rm -rf "$$ailleurs"' EXIT \
	&& for quoi in tests pyproject.toml README.md CHANGELOG.md docs examples bench; do \
	     if [ -e "$$quoi" ]; then cp -R "$$quoi" "$$ailleurs/"; fi; \
	   done \
	&& ici=$$(pwd) && cd "$$ailleurs" \
	&& "$$ici/.venv-roue/bin/python" -c 'import sys, tierslieu_core as t; assert t.__file__.startswith(sys.prefix), t.__file__' \
	&& "$$ici/.venv-roue/bin/pytest" $(ARGS)

lock: $(PRET) ## refait le verrou des dépendances (ARGS=--upgrade pour les plus récentes)
	@$(BIN)/uv --no-config pip compile pyproject.toml --quiet --universal --no-strip-extras --generate-hashes --python-version 3.11 \
	  --extra cli --extra calendrier --extra cel --extra ics --extra testing --extra dev --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command "make lock" --output-file $(VERROU) $(ARGS)
	@if grep -nE '://|file:|@|^-' $(VERROU); then echo "Le verrou contient une adresse : à ne pas committer."; exit 1; fi

clean: ## enlève tout ce qui se refait
	@rm -rf .venv .venv-* build dist mutants htmlcov .coverage* .hypothesis .*_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environments: made when missing, and again when the lock or the packaging changes ---------------------

.venv: $(PRET)

$(PRET): .venv/.verrou pyproject.toml
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation -e .
	@touch $@

%/.verrou: $(VERROU)
	@echo "Préparation de l'environnement $* (une seule fois)…"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	|| { echo "Il faut Python 3.11 ou plus récent. Par exemple : make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv --clear $* \
	|| { echo "Python n'a pas pu créer l'environnement : son module venv est-il installé (python3-venv) ?"; exit 1; }
	@$*/bin/python -m pip install -qq --require-hashes -r $(VERROU)
	@touch $@
