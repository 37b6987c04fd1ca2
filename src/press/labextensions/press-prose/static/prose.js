/* The text of a notebook as it reads on the page: an extension of JupyterLab and Notebook 7, in the form in which they
 * load one, so that nothing has to be built. The words come from `press.chapter.markdown`, which runs in the kernel. */
"use strict";
(() => {
  const MARKUP = /\{[a-z:]+\}`|^ *(:{3,}|`{3,})\{|^\([\w-]+\)=$|^\$\$ *\(|\\\$|\[\]\(/m;
  const PAUSE = 300; // milliseconds: the cells of a run are asked for together
  const texts = new WeakMap(); // notebook → (text of a cell → what it says)
  const asked = new WeakMap(); // notebook that waits for an answer → whether it was asked again since
  const shown = new Set(); // texts on the screen

  /** Until the kernel has said what roles and directives stand for, each leaves a gap. */
  const withGaps = text => text.replace(/^ *(:{3,}|`{3,}(?=\{)).*\n?/gm, "").replace(/\{claim\}`[^`]*`/g, "")
    .replace(/\{[a-z:]+\}`[^`]*`/g, "…").replace(/^\([\w-]+\)=\n/gm, "").replace(/^\$\$ *\(.*\)$/gm, "$$$$");

  /** Return the renderer of Markdown that shows what a text says. */
  const renderer = (RenderedMarkdown, MimeModel, tracker) => class extends RenderedMarkdown {
    constructor(options) {
      super(options);
      shown.add(this);
    }
    dispose() {
      shown.delete(this);
      super.dispose();
    }
    async renderModel(model) {
      this.asWritten = model;
      await this.show();
    }
    onAfterAttach(message) {
      super.onAfterAttach(message);
      this.show();
    }
    async show() {
      const text = this.asWritten && String(this.asWritten.data["text/markdown"]);
      if (text === undefined) return;
      const wanted = MARKUP.test(text) ? this.says(text) : text;
      if (wanted === this.last) return;
      this.last = wanted;
      const { metadata, trusted } = this.asWritten;
      await super.renderModel(new MimeModel({ data: { "text/markdown": wanted }, metadata, trusted }));
    }
    says(text) {
      const panel = tracker.find(candidate => candidate.content.node.contains(this.node));
      if (!panel) return this.isAttached ? text : withGaps(text);
      const known = texts.get(panel);
      if (known && known.has(text)) return known.get(text);
      ask(panel);
      return withGaps(text);
    }
  };

  /** Ask the kernel of a notebook what its text says: in a moment, and once more if cells have run meanwhile. */
  const ask = async panel => {
    if (asked.has(panel)) return asked.set(panel, true);
    let more = true;
    while (more && !panel.isDisposed) {
      asked.set(panel, false);
      await new Promise(resolve => setTimeout(resolve, PAUSE));
      const isAnswered = await answer(panel).catch(() => true); // the kernel has gone
      more = asked.get(panel) || !isAnswered;
    }
    asked.delete(panel);
  };

  /** Return whether the kernel has answered, or has nothing to say; not if it dropped the question: a cell failed. */
  const answer = async panel => {
    const kernel = panel.sessionContext.session?.kernel;
    const cells = panel.content.widgets.filter(cell => cell.model.type === "markdown");
    const sources = cells.map(cell => cell.model.sharedModel.getSource()).filter(text => MARKUP.test(text));
    if (!kernel || !sources.length) return true;
    const words = `${JSON.stringify(sources)}, ${JSON.stringify(panel.context.path)}`;
    const wanted = { told: `__import__("press.chapter.markdown", fromlist=["told"]).told(${words})` };
    const request = { code: "", silent: true, store_history: false, stop_on_error: false, user_expressions: wanted };
    const { content } = await kernel.requestExecute(request, true).done;
    if (content.status === "aborted") return false;
    const told = content.user_expressions?.told;
    const found = told?.status === "ok" ? told.data["application/json"] : null;
    texts.set(panel, new Map(found ? Object.entries(found) : sources.map(text => [text, text])));
    shown.forEach(one => one.show());
    return true;
  };

  const plugin = (registry, notebooks, rendermime) => ({
    id: "press-prose:plugin",
    description: "Shows the text of a chapter with the values of the notebook that runs.",
    autoStart: true,
    requires: [registry, notebooks.INotebookTracker],
    activate: (app, rendering, tracker) => {
      const Prose = renderer(rendermime.RenderedMarkdown, rendermime.MimeModel, tracker);
      rendering.addFactory({
        safe: true, mimeTypes: ["text/markdown"], defaultRank: 60, createRenderer: options => new Prose(options),
      });
      notebooks.NotebookActions.executed.connect((_, { notebook }) => {
        const panel = tracker.find(candidate => candidate.content === notebook);
        if (panel) ask(panel);
      });
      tracker.widgetAdded.connect((_, panel) => {
        panel.sessionContext.kernelChanged.connect(() => ask(panel));
        panel.sessionContext.statusChanged.connect((_, status) => {
          if (status === "restarting") texts.delete(panel), ask(panel);
        });
      });
    },
  });

  // What JupyterLab asks of a module that was built: `init` gets the modules that all share, `get` gives ours.
  let shared;
  const load = async name => (await Object.values(shared[name])[0].get())();
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["press-prose"] = {
    init: async scope => { shared = scope; },
    get: async () => {
      const [notebooks, rendermime] = await Promise.all(["@jupyterlab/notebook", "@jupyterlab/rendermime"].map(load));
      const made = plugin(rendermime.IRenderMimeRegistry, notebooks, rendermime);
      return () => ({ __esModule: true, default: made });
    },
  };
})();
