// The search: loads the index when it is first needed, ranks, and shows a list that keys walk through.
"use strict";
(() => {
  const input = document.getElementById("search");
  const list = document.getElementById("found");
  const base = document.body.dataset.base;
  const MOST = 30;
  const WEIGHT = { o: 8, g: 7, e: 6, r: 3, f: 2 };
  let entries = null;
  let selected = -1;

  function load() {
    if (entries || document.querySelector("script[data-index]")) return;
    const script = document.createElement("script");
    script.dataset.index = "";
    script.src = `${base}search-index.js`;
    script.addEventListener("load", () => {
      entries = window.searchIndex.map((one) => ({
        ...one,
        title: spaced(one.t).toLowerCase(),
        compact: one.t.toLowerCase(),
        about: one.s.toLowerCase(),
        all: `${one.t} ${spaced(one.t)} ${one.s} ${one.x || ""}`.toLowerCase(),
      }));
      show();
    });
    document.head.append(script);
  }

  // Chinese has no blanks between words: a run that is found nowhere as a whole counts by its pairs.
  function terms(query) {
    return query.toLowerCase().split(/\s+/).filter(Boolean);
  }

  // CreateInstance is found as two words, too.
  function spaced(title) {
    return title.replace(/([a-z0-9])([A-Z])/g, "$1 $2");
  }

  function isSpread(term, text) {
    let at = -1;
    return [...term].every((character) => (at = text.indexOf(character, at + 1)) >= 0);
  }

  function pairs(term) {
    const characters = [...term];
    return characters.slice(1).map((character, i) => characters[i] + character);
  }

  function score(entry, wanted, query) {
    let total = entry.title === query || entry.compact === query ? 80 : 0;
    if (entry.title.startsWith(query)) total += 20;
    for (const term of wanted) {
      const at = entry.title.indexOf(term);
      if (at === 0 || entry.compact.startsWith(term)) total += 30;
      else if (at > 0) total += /[^a-z0-9]/.test(entry.title[at - 1]) ? 22 : 12;
      else if (entry.about.length < 24 && isSpread(term, entry.about)) total += 20;
      else if (entry.all.includes(term)) total += 8;
      else if (/[\u4e00-\u9fff]/.test(term) && term.length > 2) {
        const parts = pairs(term);
        const met = parts.filter((part) => entry.all.includes(part)).length;
        if (met * 2 < parts.length) return 0;
        total += (6 * met) / parts.length;
      } else return 0;
    }
    return total + WEIGHT[entry.k] - entry.title.length / 60;
  }

  function find(query) {
    const wanted = terms(query);
    if (!wanted.length) return [];
    return entries
      .map((entry, order) => [score(entry, wanted, wanted.join(" ")), order, entry])
      .filter(([points]) => points > 0)
      .sort((a, b) => b[0] - a[0] || a[1] - b[1])
      .slice(0, MOST)
      .map(([, , entry]) => entry);
  }

  function row(entry, index) {
    const link = document.createElement("a");
    link.href = base + entry.u;
    link.id = `found-${index}`;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    const title = document.createElement("b");
    title.textContent = entry.t;
    const kind = document.createElement("span");
    kind.className = "tag";
    kind.textContent = list.dataset[entry.k];
    const about = document.createElement("small");
    about.textContent = entry.s;
    link.append(title, " ", kind, about);
    return link;
  }

  function open(is) {
    list.hidden = !is;
    input.setAttribute("aria-expanded", String(is));
    if (!is) input.removeAttribute("aria-activedescendant");
  }

  function show() {
    selected = -1;
    const query = input.value.trim();
    if (!query || !entries) return open(false);
    const found = find(query);
    if (found.length) {
      list.replaceChildren(...found.map(row));
      select(0);
    } else {
      const nothing = document.createElement("p");
      nothing.textContent = list.dataset.none;
      nothing.setAttribute("role", "option");
      nothing.setAttribute("aria-selected", "false");
      list.replaceChildren(nothing);
    }
    open(true);
  }

  function select(index) {
    const rows = [...list.querySelectorAll("a")];
    if (!rows.length) return;
    selected = (index + rows.length) % rows.length;
    rows.forEach((one, i) => one.setAttribute("aria-selected", String(i === selected)));
    rows[selected].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", rows[selected].id);
  }

  input.addEventListener("focus", load);
  input.addEventListener("input", () => { load(); show(); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") select(selected + 1);
    else if (event.key === "ArrowUp") select(selected - 1);
    else if (event.key === "Enter") list.querySelectorAll("a")[selected]?.click();
    else if (event.key === "Escape") { input.value = ""; open(false); input.blur(); }
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", () => open(false));
  document.addEventListener("click", (event) => { if (!event.target.closest(".search")) open(false); });
  document.addEventListener("keydown", (event) => {
    const typing = /^(input|textarea|select)$/i.test(document.activeElement?.tagName || "");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) { event.preventDefault(); input.focus(); }
  });
})();
