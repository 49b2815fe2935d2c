(() => {
  "use strict";
  const root = document.documentElement;
  const search = document.getElementById("search");
  const chips = [...document.querySelectorAll(".chip[data-verdict]")].filter((chip) => chip.dataset.verdict);
  const cases = [...document.querySelectorAll(".case")];
  const requirements = [...document.querySelectorAll(".requirements tbody tr")];
  const empty = document.querySelector(".empty");
  const texts = new Map();

  const isOn = (chip) => chip.getAttribute("aria-pressed") === "true";
  const turn = (chip, on) => chip.setAttribute("aria-pressed", String(on));

  const textOf = (element) => {
    if (!texts.has(element)) texts.set(element, element.textContent.normalize("NFKC").toLowerCase());
    return texts.get(element);
  };

  const filter = () => {
    const words = search.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = new Set(chips.filter(isOn).map((chip) => chip.dataset.verdict));
    const matches = (element) => words.every((word) => textOf(element).includes(word));
    for (const element of cases) element.hidden = !wanted.has(element.dataset.verdict) || !matches(element);
    for (const row of requirements) row.hidden = !matches(row);
    empty.hidden = cases.some((element) => !element.hidden);
  };

  const setLang = (lang) => {
    root.dataset.lang = lang;
    root.lang = lang;
    search.placeholder = search.dataset[lang];
    search.setAttribute("aria-label", search.dataset[lang]);
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

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let element = target; element; element = element.parentElement) {
      if (element.tagName === "DETAILS") element.open = true;
      if (element.hidden) element.hidden = false;
    }
    target.scrollIntoView();
  };

  const mark = (event) => {
    const part = event.target.closest("[data-f]");
    const evidence = event.target.closest(".evidence");
    for (const element of document.querySelectorAll(".on")) element.classList.remove("on");
    if (!part || !evidence) return;
    for (const element of evidence.querySelectorAll(`[data-f="${part.dataset.f}"]`)) element.classList.add("on");
  };

  for (const chip of document.querySelectorAll(".chip")) chip.addEventListener("click", () => press(chip));
  for (const button of document.querySelectorAll("[data-set-lang]")) button.addEventListener("click", () => setLang(button.dataset.setLang));
  search.addEventListener("input", filter);
  window.addEventListener("hashchange", reveal);
  document.addEventListener("mouseover", mark);
  reveal();
})();
