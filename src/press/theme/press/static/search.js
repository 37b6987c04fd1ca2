/* What the search page finds besides what Sphinx's search does: numbers, and parts of words in Hangul, to which particles are glued. */
(function () {
  "use strict";
  if (typeof Search === "undefined" || !Search._parseQuery || !Search.performTermsSearch || !Search.htmlToText) return; /* of another version: as it is */
  var HANGUL = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/;
  var NUMBER = /^\d+$/;
  var stemmer = new Stemmer();

  Search._parseQuery = function (query) {
    var words = splitQuery(query.normalize("NFC").toLowerCase().trim()).filter(function (word) { return stopwords.indexOf(word) < 0; });
    try { localStorage.setItem("sphinx_highlight_terms", words.join(" ")); } catch (error) { /* nothing is highlighted */ }
    var stems = words.map(function (word) { return stemmer.stemWord(word); });
    return [query, new Set(stems), new Set(), new Set(words), new Set(words)];
  };

  /* Whether a word of the book has what was asked for as a part; `exact` is whether the book has just that word too. */
  function isPart(asked, word, exact) {
    if (HANGUL.test(asked)) return word.includes(asked);
    if (NUMBER.test(asked)) return new RegExp("(^|\\D)" + asked + "(\\D|$)").test(word);
    return !exact && asked.length > 2 && word.includes(asked);
  }

  /* Page → score, for one word that was asked for. */
  function pagesWith(asked) {
    var pages = new Map();
    [[Search._index.terms, Scorer.term, Scorer.partialTerm], [Search._index.titleterms, Scorer.title, Scorer.partialTitle]].forEach(function (kind) {
      var exact = Object.prototype.hasOwnProperty.call(kind[0], asked);
      Object.keys(kind[0]).forEach(function (word) {
        if (word !== asked && !isPart(asked, word, exact)) return;
        [].concat(kind[0][word]).forEach(function (page) {
          pages.set(page, Math.max(pages.get(page) || 0, word === asked ? kind[1] : kind[2]));
        });
      });
    });
    return pages;
  }

  Search.performTermsSearch = function (asked) {
    var found = Array.from(asked, function (word) { return { word: word, pages: pagesWith(word) }; });
    /* All must occur; but a letter or two that no page has, as from an abbreviation, is no reason to find nothing. */
    found = found.filter(function (one) { return one.pages.size || one.word.length > 2 || HANGUL.test(one.word) || NUMBER.test(one.word); });
    if (!found.length) return [];
    var pages = Array.from(found[0].pages.keys()).filter(function (page) {
      return found.every(function (one) { return one.pages.has(page); });
    });
    return titlesWith(found.map(function (one) { return one.word; })).concat(pages.map(function (page) {
      var score = Math.max.apply(null, found.map(function (one) { return one.pages.get(page); }));
      return [Search._index.docnames[page], Search._index.titles[page], "", null, score, Search._index.filenames[page]];
    }));
  };

  /* Titles of figures, tables, sections, and pages in which all words stand, or which are called so: “Figure 2.3”, “Promise D1”. */
  function titlesWith(words) {
    var index = Search._index, hits = [];
    Object.keys(index.alltitles).forEach(function (title) {
      index.alltitles[title].forEach(function (place) {
        var text = (kindOf(place[0], place[1]) + " " + title).normalize("NFC").toLowerCase();
        if (!words.every(function (word) { return hasWord(word, text); })) return;
        var page = index.titles[place[0]];
        var named = page === title ? title : page + " > " + title;
        hits.push([index.docnames[place[0]], named, place[1] === null ? "" : "#" + place[1], null, Scorer.title + (page === title ? 2 : 1), index.filenames[place[0]]]);
      });
    });
    return hits;
  }

  function hasWord(asked, text) {
    if (HANGUL.test(asked)) return text.includes(asked);
    var at = text.indexOf(asked), short = asked.length < 4 || NUMBER.test(asked);
    while (at >= 0) {
      var before = text.charAt(at - 1), after = text.charAt(at + asked.length);
      if (!/[a-z0-9]/.test(before) && (!short || !/[a-z0-9]/.test(after))) return true;
      at = text.indexOf(asked, at + 1);
    }
    return false;
  }

  /* What was found: a figure or table by its number, a section, or the kind of page. */
  function kindOf(page, id) {
    return (id && (Search._index.numbers || {})[id]) || (Search._index.kinds || [])[page] || "";
  }

  function tellKind(item) {
    var link = item.querySelector && item.querySelector("a");
    if (!link || item.querySelector(".kind")) return;
    var parts = link.getAttribute("href").split("#"), name = parts[0].split("?")[0].replace(/\.html$/, "");
    var kind = document.createElement("span");
    kind.className = "kind";
    kind.textContent = kindOf(Search._index.docnames.indexOf(name), parts[1]);
    if (kind.textContent) item.prepend(kind, " ");
  }

  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      change.addedNodes.forEach(function (node) { if (change.target.className === "search" && node.tagName === "LI") tellKind(node); });
    });
  }).observe(document.documentElement, { childList: true, subtree: true });

  /* The text of a page, for the words around what was found. */
  Search.htmlToText = function (html, anchor) {
    var page = new DOMParser().parseFromString(html, "text/html");
    page.querySelectorAll(".headerlink, script, style, svg").forEach(function (part) { part.remove(); });
    var text = page.querySelector("article") || page.querySelector("main");
    var part = anchor && page.getElementById(anchor.slice(1));
    return ((part || text) ? (part || text).textContent : "").replace(/\s+/g, " ");
  };
})();
