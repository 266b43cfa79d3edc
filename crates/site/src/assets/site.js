// What every page does: theme, menu, tabs, copying, opening what a link leads to. Without it, all text is there.
"use strict";
(() => {
  const store = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* Not kept. */ } },
  };
  const root = document.documentElement;
  const theme = store.get("theme");
  if (theme) root.dataset.theme = theme;

  function openTarget() {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    if (target instanceof HTMLDetailsElement) target.open = true;
    for (let at = target.parentElement; at; at = at.parentElement) {
      if (at instanceof HTMLDetailsElement) at.open = true;
    }
    target.scrollIntoView();
  }

  function themes() {
    const button = document.getElementById("theme");
    button.addEventListener("click", () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      store.set("theme", root.dataset.theme);
    });
  }

  function menu() {
    const button = document.getElementById("menu");
    const nav = document.getElementById("nav");
    button.addEventListener("click", () => {
      const open = nav.classList.toggle("open");
      button.setAttribute("aria-expanded", String(open));
    });
    const here = nav.querySelector("[aria-current]");
    if (here && nav.scrollHeight > nav.clientHeight) {
      nav.scrollTop = here.offsetTop - nav.clientHeight / 3;
    }
  }

  function select(tabs, id) {
    const panels = [...tabs.querySelectorAll(".tab")];
    const chosen = panels.some((panel) => panel.dataset.tab === id) ? id : panels[0].dataset.tab;
    for (const panel of panels) panel.hidden = panel.dataset.tab !== chosen;
    for (const button of tabs.querySelectorAll("[role=tab]")) {
      const on = button.dataset.tab === chosen;
      button.setAttribute("aria-selected", String(on));
      button.tabIndex = on ? 0 : -1;
    }
  }

  function allTabs() {
    const all = [...document.querySelectorAll(".tabs")];
    all.forEach((tabs, index) => {
      const list = document.createElement("div");
      list.className = "tablist";
      list.setAttribute("role", "tablist");
      for (const panel of tabs.querySelectorAll(".tab")) {
        const name = `${index}-${panel.dataset.tab}`;
        const button = document.createElement("button");
        button.textContent = panel.dataset.name;
        button.dataset.tab = panel.dataset.tab;
        button.id = `tab-${name}`;
        button.setAttribute("role", "tab");
        button.setAttribute("aria-controls", `panel-${name}`);
        panel.id = `panel-${name}`;
        panel.setAttribute("role", "tabpanel");
        panel.setAttribute("aria-labelledby", button.id);
        list.append(button);
      }
      list.addEventListener("click", (event) => {
        const id = event.target.dataset.tab;
        if (!id) return;
        store.set("tab", id);
        const top = list.getBoundingClientRect().top;
        all.forEach((one) => select(one, id));
        scrollBy({ top: list.getBoundingClientRect().top - top, behavior: "instant" });
      });
      list.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const buttons = [...list.children];
        const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
        next.focus();
        next.click();
      });
      tabs.prepend(list);
      tabs.classList.add("ready");
      select(tabs, store.get("tab") || "rust");
    });
  }

  function copying() {
    const { copy, copied } = document.body.dataset;
    for (const pre of document.querySelectorAll("pre")) {
      pre.tabIndex = 0;
      const button = document.createElement("button");
      button.className = "copy";
      button.textContent = copy;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(pre.textContent);
        button.textContent = copied;
        setTimeout(() => { button.textContent = copy; }, 1500);
      });
      const block = document.createElement("div");
      block.className = "block";
      pre.replaceWith(block);
      block.append(pre, button);
    }
  }

  function openAll() {
    const button = document.getElementById("open-all");
    if (!button) return;
    button.addEventListener("click", () => {
      const open = button.dataset.state !== "open";
      for (const one of document.querySelectorAll("details.inside")) one.open = open;
      button.dataset.state = open ? "open" : "";
      button.textContent = open ? button.dataset.close : button.dataset.open;
    });
  }

  function filter() {
    const input = document.getElementById("filter");
    if (!input) return;
    const codes = [...document.querySelectorAll(".code")].map((one) => [one, one.textContent.toLowerCase()]);
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase();
      for (const [one, text] of codes) one.hidden = !text.includes(wanted);
    });
  }

  // A field is the same place in both languages.
  function language() {
    const link = document.getElementById("language");
    link.addEventListener("click", () => { link.hash = location.hash; });
  }

  addEventListener("hashchange", openTarget);
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("main details:not([open])")];
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of closed) one.open = false; });
  addEventListener("DOMContentLoaded", () => {
    themes();
    menu();
    allTabs();
    copying();
    openAll();
    filter();
    language();
    openTarget();
  });
})();
