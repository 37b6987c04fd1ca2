# Each target is one line that calls Python. Another Python than python3: make book PYTHON=python3.12
PYTHON ?= python3
VENV = $(PYTHON) tools/venv.py

.PHONY: help book letter what-if typeset preview bench test quick check prose format links lab tidy refresh refreshed release scale lock clean

help: ## say what there is (make alone does the same)
	@$(PYTHON) -c "import re; [print('make %-8s %s' % t) for t in re.findall('(?m)^([a-z-]+):.*## (.*)', open('Makefile').read())]"
book: ## build the pages and the PDF into _build
	@$(VENV) -m press build
letter: ## set the PDFs on US Letter too, into _build/us-letter
	@$(VENV) -m press letter
what-if: ## build the pages from changed tables or chapters into _build/what-if, and say what no longer holds
	@$(VENV) -m press what-if $(if $(TABLES),--tables "$(TABLES)")
typeset: ## set the PDFs anew with src/press/theme/book.typ as it is saved, in seconds: make typeset PDF=brief
	@$(VENV) tools/typeset.py $(PDF)
preview: ## serve the pages on this machine, printed anew at every save
	@$(VENV) -m press preview
test: ## check everything (some minutes)
	@$(VENV) -m pytest -n auto
quick: ## check what takes seconds: no whole build, no browser
	@$(VENV) -m pytest -n auto -m "not slow"
check: ## check formatting, lint, spelling, types, workflows, and the prose of built pages (seconds)
	@$(VENV) tools/check.py
prose: ## measure the prose of the built pages, and name what is past a limit: make prose PAGE=04-economy
	@$(VENV) tools/readability.py $(PAGE)
format: ## put code and notebooks into their one form, and mend what ruff can
	@$(VENV) tools/check.py --fix
links: ## ask every external link of the built pages whether it still answers
	@$(VENV) tools/links.py $(if $(ISSUE),--issue)
lab: ## open the chapters in JupyterLab, with a page to start from
	@$(VENV) -m jupyter lab --config tools/lab/jupyter_lab_config.py
tidy: ## put the notebooks into their one form, without outputs
	@$(VENV) -m press tidy
refresh: ## refresh data/ from its publishers, or from source files: make refresh FROM=DIR (NEW=1), TABLES=NAMES, ACCEPT=FILE, SKIP=NAMES
	@$(VENV) -m alliance.collect $(if $(FROM),--from "$(FROM)") $(if $(TABLES),--tables "$(TABLES)") $(if $(NEW),--new) $(if $(ACCEPT),--accept "$(ACCEPT)") $(if $(SKIP),--skip "$(SKIP)")
refreshed: ## join what make refresh and make what-if said into one page: _build/refreshed.md
	@$(VENV) tools/refresh_report.py
scale: ## measure how the measures of flows grow with the rows: make scale MILLIONS="1 10 100"
	@$(VENV) tools/scale.py $(MILLIONS)
release: ## pack the pages, the PDFs, and the data (CSV and Parquet) into one archive with checksums
	@$(VENV) tools/release.py
lock: ## write requirements.lock and tools/uv.txt anew from pyproject.toml
	@$(VENV) tools/lock.py
clean: ## throw away what was built (_build); .venv stays
	@$(PYTHON) -c "import shutil; shutil.rmtree('_build', ignore_errors=True)"
bench: ## compare the press and its pages with the stock tools (half an hour; needs npm)
	@$(VENV) tools/bench
