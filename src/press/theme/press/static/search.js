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
    return pages.map(function (page) {
      var score = Math.max.apply(null, found.map(function (one) { return one.pages.get(page); }));
      return [Search._index.docnames[page], Search._index.titles[page], "", null, score, Search._index.filenames[page]];
    });
  };

  /* The text of a page, for the words around what was found. */
  Search.htmlToText = function (html, anchor) {
    var page = new DOMParser().parseFromString(html, "text/html");
    page.querySelectorAll(".headerlink, script, style, svg").forEach(function (part) { part.remove(); });
    var text = page.querySelector("article") || page.querySelector("main");
    var part = anchor && page.getElementById(anchor.slice(1));
    return ((part || text) ? (part || text).textContent : "").replace(/\s+/g, " ");
  };
})();
