(() => {
  "use strict";
  const root = document.documentElement;
  const search = document.getElementById("search");
  const area = document.getElementById("area");
  const number = document.getElementById("number");
  const help = document.getElementById("help");
  const empty = document.querySelector(".empty");
  const chips = [...document.querySelectorAll(".chip[data-verdict]")].filter((chip) => chip.dataset.verdict);
  const cases = [...document.querySelectorAll(".case")];
  const rows = [...document.querySelectorAll(".requirements tr[data-area]")];
  const heads = [...document.querySelectorAll(".requirements tr.area-head")];
  const texts = new Map();

  // ---- filter -----------------------------------------------------------------------------

  const isOn = (chip) => chip.getAttribute("aria-pressed") === "true";
  const turn = (chip, on) => chip.setAttribute("aria-pressed", String(on));
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const textOf = (element) => {
    if (!texts.has(element)) texts.set(element, plain(element.textContent.replace(/<[^<>]*>/g, " ")));
    return texts.get(element);
  };

  const filter = () => {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    const off = new Set(chips.filter((chip) => !isOn(chip)).map((chip) => chip.dataset.verdict));
    const wanted = (element) =>
      (!area.value || element.dataset.area === area.value) &&
      !(off.size && (off.has(element.dataset.verdict) || !element.dataset.verdict)) &&
      words.every((word) => textOf(element).includes(word));
    let shown = 0;
    for (const element of cases) {
      element.hidden = !wanted(element);
      shown += element.hidden ? 0 : 1;
    }
    const areas = new Set();
    for (const row of rows) {
      row.hidden = !wanted(row);
      if (!row.hidden) areas.add(row.dataset.area);
    }
    for (const row of heads) row.hidden = !areas.has(row.dataset.head);
    empty.hidden = shown > 0;
    number.textContent = String(shown);
  };

  const press = (chip) => {
    const verdict = chip.dataset.verdict;
    const live = chips.filter((other) => !other.disabled);
    const alone = live.every((other) => isOn(other) === (other === chip));
    const all = live.every(isOn);
    for (const other of chips) {
      if (!verdict || alone) turn(other, true);
      else if (all) turn(other, other === chip);
    }
    if (verdict && !alone && !all) turn(chip, !isOn(chip));
    filter();
  };

  // What is searched is read while the reader looks at the top of the page.
  const prepare = (from) => {
    const until = performance.now() + 8;
    let at = from;
    while (at < cases.length && performance.now() < until) textOf(cases[at++]);
    if (at < cases.length) setTimeout(prepare, 0, at);
  };

  // ---- language, theme, links -------------------------------------------------------------

  // A page from a file may be refused its memory; then it forgets.
  const recall = (key) => {
    try { return localStorage.getItem(`denbun.${key}`); } catch { return null; }
  };
  const remember = (key, value) => {
    try { localStorage.setItem(`denbun.${key}`, value); } catch { /* it is forgotten */ }
  };
  const known = (lang) => (lang === "ja" || lang === "en" ? lang : null);
  const linked = (part) => known((/[?#&]lang=(\w+)/.exec(part) ?? [])[1]);
  const spoken = () => known((navigator.language ?? "").slice(0, 2));
  const setLang = (lang) => {
    root.dataset.lang = lang;
    root.lang = lang;
    search.placeholder = search.dataset[lang];
    for (const element of document.querySelectorAll("[data-label-ja]")) {
      element.setAttribute("aria-label", lang === "ja" ? element.dataset.labelJa : element.dataset.labelEn);
    }
    for (const option of area.options) option.textContent = option.dataset[lang];
    for (const button of document.querySelectorAll("[data-set-lang]")) button.setAttribute("aria-pressed", String(button.dataset.setLang === lang));
  };

  const isDark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const switchTheme = () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember("theme", root.dataset.theme);
  };
  const switchLang = (lang) => {
    setLang(lang);
    remember("lang", lang);
  };

  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const whole = id.replace(/@\d+$/, "");
    const names = [whole, `req-${whole}`, `area-${whole}`, whole.replace(/\.\d+$/, "")];
    const own = names.map((name) => document.getElementById(name)).find(Boolean);
    if (!own) return;
    const holder = own.closest(".case");
    if (holder) {
      holder.open = true;
      telegrams.draw(holder);
    }
    const target = telegrams.row(id) ?? document.getElementById(whole) ?? own;
    for (let element = target; element; element = element.parentElement) {
      if (element.tagName === "DETAILS") element.open = true;
      if (element.hidden) element.hidden = false;
    }
    for (const marked of document.querySelectorAll(".target")) marked.classList.remove("target");
    target.classList.add("target");
    target.scrollIntoView();
    if (target.matches(".fields tr")) target.focus({ preventScroll: true });
  };

  // Where the clipboard is not allowed, the command can still be selected.
  const copy = async (button) => {
    try {
      await navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent);
    } catch { return; }
    const [before, after] = button.children;
    before.hidden = !(after.hidden = false);
    setTimeout(() => { before.hidden = !(after.hidden = true); }, 2000);
  };

  // ---- keys -------------------------------------------------------------------------------

  const go = (step) => {
    const shown = cases.filter((element) => !element.hidden);
    const at = shown.findIndex((element) => element.contains(document.activeElement));
    const next = shown[at < 0 ? 0 : Math.min(Math.max(at + step, 0), shown.length - 1)];
    next?.firstElementChild.focus();
  };
  const keys = {
    j: () => go(1),
    k: () => go(-1),
    "/": () => search.focus(),
    l: () => switchLang(root.dataset.lang === "ja" ? "en" : "ja"),
    t: switchTheme,
    "?": () => (help.open ? help.close() : help.showModal()),
  };
  const onKey = (event) => {
    const typing = event.target.matches?.("input, select");
    if (typing && event.key === "Escape") {
      search.value = "";
      filter();
      event.target.blur();
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  };

  // ---- paper: what failed is printed in full ----------------------------------------------

  const printed = new Set(["FAIL", "WARN", "ERROR"]);
  const opened = new Set();
  const unfold = () => {
    for (const element of cases.filter((each) => !each.hidden && !each.open && printed.has(each.dataset.verdict))) {
      element.open = true;
      opened.add(element);
    }
    for (const element of cases.filter((each) => each.open)) telegrams.draw(element);
  };
  const fold = () => {
    for (const element of opened) element.open = false;
    opened.clear();
  };

  for (const element of cases) element.addEventListener("toggle", () => element.open && telegrams.draw(element));
  for (const element of cases.filter((each) => each.open)) telegrams.draw(element);
  for (const chip of document.querySelectorAll(".chip")) chip.addEventListener("click", () => press(chip));
  for (const button of document.querySelectorAll("[data-set-lang]")) button.addEventListener("click", () => switchLang(button.dataset.setLang));
  document.getElementById("theme").addEventListener("click", switchTheme);
  document.getElementById("help-button").addEventListener("click", keys["?"]);
  search.addEventListener("input", filter);
  area.addEventListener("change", filter);
  document.addEventListener("keydown", onKey);
  window.addEventListener("hashchange", () => {
    const lang = linked(location.hash);
    if (lang) setLang(lang);
    reveal();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button.copy");
    if (button) copy(button);
    const link = event.target.closest?.("a[href^='#']");
    if (link?.getAttribute("href") === location.hash) reveal();
  });
  window.addEventListener("beforeprint", unfold);
  window.addEventListener("afterprint", fold);
  const theme = recall("theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  setLang(linked(location.hash) ?? linked(location.search) ?? known(recall("lang")) ?? spoken() ?? root.dataset.lang);
  root.classList.add("script");
  reveal();
  setTimeout(prepare, 300, 0);
})();
