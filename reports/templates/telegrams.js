// Draws the telegrams of a case when it is opened, from the JSON that reports/packed.py wrote.
const telegrams = (() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const ROW = 16, LINE = 34, TOP = 66, GUTTER = 96, COLUMN = 210, LONGEST = 30, MOST = 3, WIDE = 620, FOLDED = 3;
  const shared = JSON.parse(document.getElementById("shared").textContent);
  const words = shared.words;

  const fillers = new WeakMap();

  const add = (parent, children) => {
    for (const child of children.flat(Infinity)) if (child !== null && child !== undefined && child !== "") parent.append(child);
    return parent;
  };
  const make = (create) => (tag, attributes, ...children) => {
    const element = create(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? "" : value);
    }
    return add(element, children);
  };
  const el = make((tag) => document.createElement(tag));
  const svg = make((tag) => document.createElementNS(SVG, tag));

  const pair = ([ja, en], create = el, tag = "span") =>
    ja === en ? [ja] : [create(tag, { class: "ja", lang: "ja" }, ja), create(tag, { class: "en", lang: "en" }, en)];
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const say = (key, values = {}) => pair(words[key].map((text) => fill(text, values)));
  const now = ([ja, en]) => (document.documentElement.lang === "en" ? en : ja);
  const told = (key) => now(words[key]);
  // What is spoken: the page says it anew when its language changes.
  const spoken = (pair) => ({ "aria-label": now(pair), "data-label-ja": pair[0], "data-label-en": pair[1] });
  // A system may send any text: only what the table itself holds is found, not "constructor".
  const lookUp = (table, key, otherwise) => (Object.hasOwn(table, key) ? table[key] : otherwise);
  const role = (name) => lookUp(shared.roles, name, [name, name]);
  const link = (name) => lookUp(shared.links, name, [name, name]);
  const named = (name) => [name, lookUp(shared.english, name, name)];
  const anchor = (data, seq) => `${data.id}.${seq}`;
  const href = (data, seq) => `#${encodeURIComponent(data.id)}.${seq}`;

  // ---- the sequence diagram ---------------------------------------------------------------

  const verdictOf = (data, finding) => (finding === undefined ? "" : `v-${data.findings[finding].verdict}`);

  const rowsOf = (data) => {
    const unanswered = new Map(data.unanswered.map(([finding, seq]) => [seq, finding]));
    const rows = data.telegrams.flatMap((line) => {
      const own = { ...line, kind: kindOf(line), verdict: verdictOf(data, line.findings?.[0]), href: href(data, line.seq) };
      if (!unanswered.has(line.seq)) return [own];
      const verdict = verdictOf(data, unanswered.get(line.seq));
      return [own, { kind: "missing", verdict, from: line.to, to: line.from, words: words.no_answer, name: "" }];
    });
    // An act of the bench stands behind the last telegram before it.
    for (const act of data.acts) {
      const next = rows.findIndex((row) => (row.seq ?? 0) > act.after);
      rows.splice(next < 0 ? rows.length : next, 0, { kind: "act", words: act.words });
    }
    return rows.concat(data.missing.map((line) => ({ ...line, kind: "missing", verdict: verdictOf(data, line.finding), words: words.never_sent })));
  };

  const kindOf = (line) =>
    line.findings ? "hit" : line.lost || line.fault ? "fault" : line.answers ? "answer" : "plain";

  const columnsOf = (rows) => {
    const seen = new Set(rows.flatMap((row) => [row.from, row.to]).filter(Boolean));
    const known = Object.keys(shared.roles).filter((name) => seen.has(name));
    return [...known, ...[...seen].filter((name) => !known.includes(name))];
  };

  const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

  const lifeline = (name, x, height) => {
    const own = name === shared.role;
    return svg("g", { class: own ? "life own" : "life" },
      svg("title", null, role(name).join(" / ")),
      svg("line", { x1: x, x2: x, y1: 44, y2: height }),
      svg("rect", { x: x - 98, y: 4, width: 196, height: 40, rx: 5 }),
      pair(role(name).map(short), (_, attributes, text) => svg("text", { ...attributes, x, y: 20 }, text)),
      svg("text", { class: "code", x, y: 36 }, name),
      own ? pair(words.under_test, (_, attributes, text) => svg("text", { ...attributes, class: `${attributes.class} own-mark`, x: x + 92, y: 36 }, text)) : null);
  };

  const arrow = (row, x1, x2, y) => {
    const way = Math.sign(x2 - x1) || 1;
    const end = row.lost ? x1 + (x2 - x1) * 0.6 : x2;
    if (x1 === x2) {
      return [svg("path", { class: "way", d: `M${x1} ${y - 8} h34 v12 h-28` }), head(x1 + 2, y + 4, -1)];
    }
    return [
      svg("line", { class: "way", x1, x2: end - way * 3, y1: y, y2: y }),
      row.lost || row.kind === "missing" ? cross(row.lost ? end : (x1 + x2) / 2, y) : null,
      row.lost ? null : head(end, y, way),
    ];
  };
  const head = (x, y, way) => svg("path", { class: "head", d: `M${x} ${y} l${-9 * way} -5 v10 z` });
  const cross = (x, y) => svg("path", { class: "cross", d: `M${x - 6} ${y - 6} l12 12 m0 -12 l-12 12` });

  const numbersOf = (row) => row.numbers.slice(0, MOST).map((letter) => `(=${letter})`).join(" ") + (row.numbers.length > MOST ? " …" : "");
  const labelOf = (row) => [
    row.seq ? svg("tspan", { class: "seq" }, `#${row.seq} `) : null,
    row.name ? pair(named(row.name), svg, "tspan") : row.kind === "missing" ? null : pair(words.unknown_telegram, svg, "tspan"),
    row.status ? ` ${row.status}` : null,
    row.numbers ? svg("tspan", { class: "alike" }, ` ${numbersOf(row)}`) : null,
    row.fault ? [" ▲", pair(row.fault, svg, "tspan")] : null,
    row.unsent && !row.fault ? [" ▲", pair(words.not_on_wire, svg, "tspan")] : null,
    row.words ? [row.name ? ": " : null, pair(row.words, svg, "tspan")] : null,
    row.kind === "hit" ? " ✕" : null,
  ];

  const actRow = (row, y, width) => svg("g", { class: "row act", role: "img", ...spoken(row.words) },
    svg("line", { class: "way", x1: 12, x2: width - 10, y1: y, y2: y }),
    svg("text", { class: "label", x: GUTTER - 12, y: y - 5 }, "▲ ", pair(words.planned_act, svg, "tspan"), ": ", pair(row.words, svg, "tspan")));

  const diagramRow = (row, at, columns, width) => {
    const y = TOP + at * LINE + 14;
    if (row.kind === "act") return actRow(row, y, width);
    const x = (name) => GUTTER + COLUMN * (columns.indexOf(name) + 0.5);
    const x1 = x(row.from), x2 = row.to ? x(row.to) : x1 + COLUMN / 2;
    const said = (at) => [row.seq && `#${row.seq}`, row.name && named(row.name)[at], row.from, "→", row.to ?? "?", row.words?.[at]].filter(Boolean).join(" ");
    const parts = [
      svg("rect", { class: "band", x: 0, y: y - 22, width, height: LINE }),
      row.ms === undefined ? null : svg("text", { class: "ms", x: GUTTER - 12, y: y + 4 }, `${row.ms} ms`),
      svg("text", { class: "label", x: (x1 + x2) / 2 + (x1 === x2 ? 42 : 0), y: y - 6, "text-anchor": x1 === x2 ? "start" : "middle" }, labelOf(row)),
      arrow(row, x1, x2, y),
    ];
    return row.href
      ? svg("a", { href: row.href, class: `row ${row.kind} ${row.verdict ?? ""}`, ...spoken([said(0), said(1)]) }, parts)
      : svg("g", { class: `row ${row.kind} ${row.verdict ?? ""}` }, parts);
  };

  const diagram = (data) => {
    const rows = rowsOf(data), columns = columnsOf(rows);
    const width = Math.max(GUTTER + COLUMN * columns.length + 10, rows.some((row) => row.kind === "act") ? WIDE : 0), height = TOP + rows.length * LINE + 6;
    return el("div", { class: "sequence scroll", tabindex: 0, role: "region", ...spoken(words.sequence) },
      svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", ...spoken(words.sequence) },
        columns.map((name, at) => lifeline(name, GUTTER + COLUMN * (at + 0.5), height)),
        rows.map((row, at) => diagramRow(row, at, columns, width))));
  };

  // ---- one telegram: fields beside bytes --------------------------------------------------

  const bytesOf = (line) => {
    const hidden = line.hidden ?? [], text = line.bytes;
    const size = text.length + hidden.reduce((sum, value, at) => sum + (at % 2 ? value : 0), 0);
    const all = Array.from({ length: size }, () => ({ value: 42, hidden: false }));
    for (let at = 0; at < hidden.length; at += 2) {
      for (let byte = hidden[at]; byte < hidden[at] + hidden[at + 1]; byte += 1) all[byte].hidden = true;
    }
    let next = 0;
    for (const byte of all) if (!byte.hidden) byte.value = text.charCodeAt(next++);
    return all;
  };

  const fieldsOf = (line) => {
    const layout = shared.layouts[line.layout ?? -1] ?? [], texts = line.texts ?? [];
    const fields = texts.map((text, at) => {
      const [name, offset, length] = layout.slice(at * 3, at * 3 + 3);
      const hidden = typeof text === "number";
      return { at, offset, length, path: shared.names[name][0], label: shared.names[name].slice(1), text: hidden ? "*".repeat(text) : text, hidden, letter: line.letters?.[at], findings: [], faults: [] };
    });
    for (const [field, finding] of line.hits ?? []) fields[field].findings.push(finding);
    for (const [field, ...fault] of line.faults ?? []) if (field >= 0) fields[field].faults.push(fault);
    return fields;
  };

  const marked = (line, fields) => {
    const bytes = bytesOf(line), start = line.start ?? 0;
    for (const field of fields) {
      const last = Math.min(field.offset + field.length - start, bytes.length);
      for (let at = Math.max(field.offset - start, 0); at < last; at += 1) bytes[at].field = field.at;
    }
    for (const [first, length] of line.spans ?? []) {
      for (let at = Math.max(first, 0); at < Math.min(first + length, bytes.length); at += 1) bytes[at].hit = true;
    }
    return bytes;
  };

  const groups = (bytes) => {
    const found = [];
    for (const byte of bytes) {
      const last = found.at(-1);
      if (last && last.field === byte.field && last.hit === byte.hit && last.hidden === byte.hidden) last.bytes.push(byte);
      else found.push({ field: byte.field, hit: byte.hit, hidden: byte.hidden, bytes: [byte] });
    }
    return found;
  };

  const piece = (group, text) => {
    if (group.field === undefined && !group.hit && !group.hidden) return text;
    const marks = [(group.field ?? 0) % 2 ? "a" : "z", group.hit ? "hit" : "", group.hidden ? "hid" : ""];
    return el("b", { class: marks.filter(Boolean).join(" "), "data-f": group.field }, text);
  };

  const hex = (byte) => (byte.hidden ? "**" : byte.value.toString(16).padStart(2, "0"));
  const char = (byte) => (byte.hidden ? "*" : byte.value >= 0x20 && byte.value < 0x7f ? String.fromCharCode(byte.value) : "·");
  const gap = (column) => (column === 0 ? "" : column === ROW / 2 ? "  " : " ");

  const dumpRow = (bytes, offset) => {
    let column = 0;
    const cells = groups(bytes).flatMap((group) => {
      const before = gap(column);
      const text = group.bytes.map((byte) => gap(column++) + hex(byte)).join("");
      return [before, piece(group, text.slice(before.length))];
    });
    const width = bytes.reduce((sum, _, at) => sum + gap(at).length + 2, 0);
    return [el("span", { class: "off" }, String(offset).padStart(4, "0")), "  ", cells, " ".repeat(3 * ROW - width + 3),
      groups(bytes).map((group) => piece(group, group.bytes.map(char).join(""))), "\n"];
  };

  // Rows that show nothing are one row on the screen; paper has them all.
  const isMasked = (row) => row.bytes.every((byte) => byte.hidden && !byte.hit);
  const folded = (rows, start) => {
    const runs = [];
    for (const row of rows) {
      const masked = isMasked(row);
      if (runs.at(-1)?.masked !== masked) runs.push({ masked, rows: [] });
      runs.at(-1).rows.push(row);
    }
    return runs.map((run) => {
      const drawn = run.rows.map((row) => dumpRow(row.bytes, start + row.at));
      if (!run.masked || drawn.length < FOLDED) return drawn;
      return [el("span", { class: "fold-note" }, "… ", say("masked_rows", { number: drawn.length }), "\n"), el("span", { class: "folded" }, drawn)];
    });
  };

  const dump = (bytes, start) => {
    const ruler = Array.from({ length: ROW }, (_, at) => gap(at) + String(at).padStart(2, "0")).join("");
    const rows = [];
    for (let at = 0; at < bytes.length; at += ROW) rows.push({ at, bytes: bytes.slice(at, at + ROW) });
    return el("pre", { class: "hex", tabindex: 0 }, el("code", null, el("span", { class: "off" }, `      ${ruler}\n`), folded(rows, start)));
  };

  const body = (bytes) => {
    const decoder = new TextDecoder();
    const text = (group) => decoder.decode(Uint8Array.from(group.bytes, (byte) => byte.value));
    return el("pre", { class: "body", tabindex: 0 }, el("code", null, groups(bytes).map((group) => piece(group, text(group)))));
  };

  const versus = (finding) => el("span", { class: "versus-line" },
    el("span", null, say("expected"), " ", el("strong", null, pair(finding.expected))),
    el("span", null, say("actual"), " ", el("strong", null, pair(finding.actual))),
    el("a", { href: `#req-${encodeURIComponent(finding.requirement)}` }, finding.requirement));

  const fieldRow = (data, field, first) => {
    const last = field.offset + Math.max(field.length, 1) - 1;
    return el("tr", { class: field.findings.length ? "hit" : null, "data-f": field.at, "data-at": field.offset, tabindex: first ? 0 : -1 },
      el("td", { class: "n" }, field.length > 1 ? `${field.offset}–${last}` : String(field.offset)),
      el("td", { class: "label-cell" }, pair(field.label)), el("td", null, el("code", null, field.path)),
      el("td", { class: field.hidden ? "hid" : null }, pair([field.text, lookUp(shared.meanings, field.text, field.text)]), alike(field.letter),
        field.findings.map((number) => versus(data.findings[number])),
        field.faults.map((fault) => el("p", { class: "row-fault" }, "⚑ ", pair(fault)))));
  };

  const alike = (letter) => (letter ? el("span", { class: "alike", title: told("alike") }, ` (=${letter})`) : null);

  const table = (data, fields) => {
    const first = fields.find((field) => field.findings.length) ?? fields[0];
    return el("div", { class: "scroll" }, el("table", { class: "fields" },
      el("thead", null, el("tr", null, el("th", { class: "n", scope: "col" }, say("bytes")),
        el("th", { scope: "col", colspan: 2 }, say("field")), el("th", { scope: "col" }, say("value")))),
      el("tbody", null, fields.map((field) => fieldRow(data, field, field === first)))));
  };

  const above = (data, line, fields) => {
    const shownAt = new Set(fields.flatMap((field) => field.findings));
    const rest = (line.findings ?? []).filter((number) => !shownAt.has(number));
    const absent = new Set(line.absent ?? []);
    return [
      rest.map((number) => el("p", { class: "row-hit" }, versus(data.findings[number]), absent.has(number) ? say("item_absent") : null)),
      (line.faults ?? []).filter(([field]) => field < 0).map(([, ...fault]) => el("p", { class: "row-fault" }, "⚑ ", pair(fault))),
      line.note ? el("p", { class: "place" }, el("span", { class: "label" }, say("note")), line.note) : null,
    ];
  };

  const content = (data, line) => {
    if (line.bytes === undefined) return [el("p", { class: "place soft" }, say("line_only"))];
    const fields = fieldsOf(line), bytes = marked(line, fields), start = line.start ?? 0;
    const whole = bytes.length === (line.size ?? 0);
    return [
      above(data, line, fields),
      line.head ? el("pre", { class: "head", tabindex: 0 }, el("code", null, line.head.join("\n"))) : null,
      whole ? null : el("p", { class: "place soft" }, say("cut", { size: line.size, first: start, last: start + bytes.length - 1 })),
      el("div", { class: line.head ? "beside http" : "beside" },
        fields.length ? table(data, fields) : null, line.head ? body(bytes) : dump(bytes, start)),
    ];
  };

  const telegram = (data, line) => {
    const element = el("details", { class: `telegram ${kindOf(line)}`, id: anchor(data, line.seq), open: Boolean(line.findings) },
      el("summary", null, el("span", { class: "seq" }, `#${line.seq}`), el("b", null, line.name ? pair(named(line.name)) : say("unknown_telegram")), " ",
        el("span", { class: "way" }, pair([0, 1].map((lang) => `${role(line.from)[lang]} → ${role(line.to)[lang]}`))), " ",
        el("span", { class: "soft" }, pair(link(line.link)), ` · ${line.ms ?? 0} ms · ${line.size ?? 0} `, say("bytes"),
          line.serial ? [" · ", say("serial"), ` ${line.serial}`] : null,
          line.answers ?? line.refers ? [" · ", say("answers", { seq: line.answers ?? line.refers })] : null),
        line.fault ? el("span", { class: "mark" }, " ▲ ", say("planned_fault"), ": ", pair(line.fault)) : null,
        line.unsent ? el("span", { class: "mark" }, " ▲ ", say("not_on_wire")) : null,
        line.findings ? el("span", { class: "breach" }, ` ✕ ${[...new Set(line.findings.map((number) => data.findings[number].requirement))].join(" ")}`) : null));
    const fillIn = () => {
      if (element.open && !element.dataset.drawn) {
        element.dataset.drawn = "1";
        add(element, content(data, line));
      }
    };
    element.addEventListener("toggle", fillIn);
    fillers.set(element, fillIn);
    fillIn();
    return element;
  };

  // Opens the telegram of a link such as #BIRTH-004.1.3@181 and returns the row of that byte.
  const row = (id) => {
    const [whole, at] = id.split("@"), element = document.getElementById(whole);
    if (at === undefined || !fillers.has(element)) return null;
    element.open = true;
    fillers.get(element)();
    return element.querySelector(`tr[data-at="${Number(at)}"]`);
  };

  const draw = (element) => {
    const folded = element.querySelector("script[type='text/html']");
    if (folded) {
      const body = el("div", { class: "case-body" });
      body.innerHTML = folded.textContent;
      folded.replaceWith(body);
    }
    const place = element.querySelector(".telegrams");
    if (!place || place.firstChild) return;
    const data = JSON.parse(element.querySelector("script[type='application/json']").textContent);
    add(place, [diagram(data), data.telegrams.map((line) => telegram(data, line))]);
  };

  // ---- a field and its bytes --------------------------------------------------------------

  const mark = (event) => {
    const part = event.target.closest?.("[data-f]"), whole = part?.closest(".telegram");
    for (const element of document.querySelectorAll(".on")) element.classList.remove("on");
    if (!whole) return;
    for (const element of whole.querySelectorAll(`[data-f="${part.dataset.f}"]`)) element.classList.add("on");
  };

  const move = (event) => {
    const row = event.target.closest?.("tr[data-f]");
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    const next = row && step && row[step];
    if (!next) return;
    event.preventDefault();
    row.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };

  const go = (event) => {
    const byte = event.target.closest?.("b[data-f]");
    byte?.closest(".telegram").querySelector(`tr[data-f="${byte.dataset.f}"]`)?.focus();
  };

  document.addEventListener("mouseover", mark);
  document.addEventListener("focusin", mark);
  document.addEventListener("keydown", move);
  document.addEventListener("click", go);
  return { draw, row };
})();
