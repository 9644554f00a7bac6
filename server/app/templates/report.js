"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const parts = [...document.querySelectorAll(".part")];
  const words = { m: "met", e: "equivalent", d: "declared", x: "missing", v: "violated", n: "not-checked" };
  const signs = { m: "✓", e: "≈", d: "~", x: "✗", v: "⊘", n: "·" };
  const ranks = { m: 3, e: 3, d: 2, x: 1, v: 0 };
  const levels = ["error", "warning", "info", "hint"];
  /* So many rows are made at once; the rest as one scrolls. */
  const block = 120;
  const at = (id) => document.getElementById(id);
  const compare = (one, other) => (one < other ? -1 : Number(one > other));

  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === undefined || value === false) continue;
      element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== undefined && child !== null));
    return element;
  }

  /* ---- what is shown ---- */

  const usual = { search: "", clause: "", verdict: "", rule: "", sort: "path", grouped: true, changed: false };
  const state = { sheet: 0, ...usual };
  let rows = [];
  let drawn = 0;
  let lastGroup = null;

  const sheet = () => data.sheets[state.sheet];
  const count = (row, letters) => [...row.verdicts].filter((letter) => letters.includes(letter)).length;
  const share = (row) => count(row, "me") / Math.max(1, row.verdicts.length - count(row, "n"));
  const isChanged = (row) => row.older && (row.older.new > 0 || row.older.gone > 0
    || [...row.verdicts].some((letter, place) => change(row, place) !== ""));

  function change(row, place) {
    if (!row.older) return "";
    const now = ranks[row.verdicts[place]];
    const before = ranks[row.older.verdicts[place]];
    if (now === undefined || before === undefined || now === before) return "";
    return now > before ? "better" : "worse";
  }

  function isShown(row) {
    const { search, clause, verdict, rule, changed } = state;
    if (search && !`${row.path} ${row.module ?? ""}`.toLowerCase().includes(search.toLowerCase())) return false;
    if (verdict && !(clause === "" ? row.verdicts.includes(verdict) : row.verdicts[Number(clause)] === verdict)) return false;
    if (rule !== "" && !row.rules.includes(Number(rule))) return false;
    return !changed || isChanged(row);
  }

  const orders = {
    path: () => 0,
    worst: (one, other) => share(one) - share(other),
    best: (one, other) => share(other) - share(one),
    errors: (one, other) => other.counts[0] - one.counts[0],
    clause: (one, other) => {
      const letter = (row) => "vxdemn".indexOf(row.verdicts[Number(state.clause || 0)] ?? "n");
      return letter(one) - letter(other);
    },
  };

  function arrange() {
    const order = orders[state.sort];
    rows = sheet().rows.map((row, place) => ({ row, place })).filter(({ row }) => isShown(row));
    rows.sort((one, other) => (state.grouped ? one.row.group - other.row.group : 0)
      || order(one.row, other.row) || compare(one.row.name, other.row.name));
    draw();
    const all = sheet().rows.length;
    at("shown").textContent = rows.length === all ? `${all} replies` : `${rows.length} of ${all} replies`;
    remember();
  }

  /* ---- the matrix ---- */

  const table = at("matrix");
  const body = make("tbody");
  const rest = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && drawMore(), { root: at("scroll"), rootMargin: "600px" });

  function draw() {
    const clauses = sheet().clauses;
    const head = make("tr", {}, make("th", { scope: "col" }, "reply"));
    clauses.forEach((clause, place) => {
      const told = `${clause.id}, line ${clause.line}: ${clause.title}`;
      const button = make("button", { type: "button", title: told, "aria-label": `Sort by ${told}` }, clause.id);
      button.addEventListener("click", () => set({ clause: String(place), sort: "clause" }));
      const sorted = state.sort === "clause" && state.clause === String(place);
      head.append(make("th", { scope: "col", class: "clause", "aria-sort": sorted ? "ascending" : undefined }, button));
    });
    for (const level of ["errors", "warnings"]) head.append(make("th", { scope: "col" }, make("span", { style: "padding: 0 8px" }, level)));
    table.replaceChildren(make("thead", {}, head), body);
    body.replaceChildren();
    table.setAttribute("aria-rowcount", rows.length + 1);
    table.setAttribute("aria-colcount", clauses.length + 3);
    drawn = 0;
    lastGroup = null;
    drawMore();
    body.querySelector("[data-row]")?.setAttribute("tabindex", "0");
  }

  function drawMore() {
    rest.disconnect();
    const made = document.createDocumentFragment();
    for (const { row, place } of rows.slice(drawn, drawn + block)) {
      if (state.grouped && row.group !== lastGroup && sheet().groups.length > 1) made.append(groupRow(row.group));
      lastGroup = row.group;
      made.append(replyRow(row, place, drawn));
      drawn += 1;
    }
    body.append(made);
    if (drawn < rows.length) rest.observe(body.lastElementChild);
  }

  function groupRow(group) {
    const members = rows.filter(({ row }) => row.group === group).map(({ row }) => row);
    const line = make("tr", { class: "group" }, make("th", { scope: "rowgroup" }, `${sheet().groups[group] || "in no folder"} `, make("small", {}, String(members.length))));
    sheet().clauses.forEach((clause, place) => {
      const letters = members.map((row) => row.verdicts[place]).filter((letter) => letter && letter !== "n");
      const rate = Math.floor(100 * letters.filter((letter) => "me".includes(letter)).length / letters.length);
      line.append(letters.length === 0 ? make("td") : make("td", { title: `${rate} % met` }, `${rate}`, make("span", { class: "bar", style: `--rate: ${rate}` })));
    });
    line.append(make("td"), make("td"));
    return line;
  }

  function replyRow(row, place, index) {
    const line = make("tr", { "aria-rowindex": index + 2 });
    line.append(make("th", { scope: "row", "data-row": place, "data-column": -1, tabindex: "-1", title: row.path }, row.name));
    if (row.problem) {
      line.append(make("td", { class: "problem", colspan: sheet().clauses.length + 2 }, row.problem));
      return line;
    }
    sheet().clauses.forEach((clause, column) => {
      const letter = row.verdicts[column] ?? "n";
      const changed = change(row, column);
      const told = `${clause.id} ${clause.title}: ${words[letter]}${changed && `, ${changed} than before`}`;
      const cell = make("span", { class: `cell ${words[letter]} ${changed}`, "aria-hidden": "true" }, signs[letter]);
      line.append(make("td", { "data-row": place, "data-column": column, tabindex: "-1", title: told, "aria-label": told }, cell));
    });
    const since = row.older ? ` (+${row.older.new} −${row.older.gone})` : "";
    line.append(make("td", { class: `counts ${row.counts[0] ? "some" : ""}` }, `${row.counts[0]}${since}`));
    line.append(make("td", { class: `counts ${row.counts[1] ? "some" : ""}` }, String(row.counts[1])));
    return line;
  }

  let current = null;
  function focus(cell) {
    if (!cell) return;
    table.querySelectorAll('[tabindex="0"][data-row]').forEach((other) => other.setAttribute("tabindex", "-1"));
    cell.setAttribute("tabindex", "0");
    cell.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-row]");
    if (!cell) return;
    const lines = () => [...body.querySelectorAll("tr:not(.group)")];
    const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], PageUp: [-15, 0], PageDown: [15, 0] };
    if (event.key === "Enter" || event.key === " ") open(cell);
    else if (event.key === "Escape") close();
    else if (event.key === "Home") focus(cell.parentElement.querySelector("[data-row]"));
    else if (event.key === "End") focus([...cell.parentElement.querySelectorAll("[data-row]")].at(-1));
    else if (steps[event.key]) {
      const [down, right] = steps[event.key];
      const place = lines().indexOf(cell.parentElement);
      if (place + down >= lines().length && drawn < rows.length) drawMore();
      const line = lines()[Math.max(0, Math.min(place + down, lines().length - 1))];
      const column = Number(cell.dataset.column) + right;
      focus(line.querySelector(`[data-column="${column}"]`) ?? (right === 0 ? line.querySelector("[data-row]") : null));
    } else return;
    event.preventDefault();
  });
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-row]");
    if (cell) { focus(cell); open(cell); }
  });

  /* ---- the details ---- */

  const unpacked = new Map();
  function part(place) {
    if (!unpacked.has(place)) {
      const bytes = Uint8Array.from(atob(parts[place].textContent), (character) => character.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
      unpacked.set(place, new Response(stream).json());
    }
    return unpacked.get(place);
  }

  const panel = at("details");
  async function open(cell) {
    const [row, column] = [Number(cell.dataset.row), Number(cell.dataset.column)];
    const reply = sheet().rows[row];
    const place = sheet().first + row;
    const asked = (current = cell);
    const { strings, replies } = await part(Math.floor(place / data.part));
    if (asked !== current) return;
    const details = replies[place % data.part];
    const view = { reply, details, strings, lines: new Map(details.lines) };
    table.querySelectorAll("[aria-selected]").forEach((other) => other.removeAttribute("aria-selected"));
    cell.setAttribute("aria-selected", "true");
    const button = make("button", { type: "button", class: "close", "aria-label": "Close the details" }, "✕");
    button.addEventListener("click", close);
    panel.replaceChildren(button, ...(column < 0 ? wholeReply(view) : oneClause(view, column)));
    panel.hidden = false;
    panel.parentElement.classList.add("open");
    panel.scrollTop = 0;
    panel.focus({ preventScroll: true });
  }

  function close() {
    panel.hidden = true;
    panel.parentElement.classList.remove("open");
    table.querySelectorAll("[aria-selected]").forEach((other) => other.removeAttribute("aria-selected"));
    if (current?.isConnected) focus(current);
    current = null;
  }
  panel.addEventListener("keydown", (event) => event.key === "Escape" && close());

  function quote(clause) {
    const line = make("span", {}, `the prompt, line ${clause.line}: `);
    return make("blockquote", {}, line, clause.quote.join("\n"));
  }

  function oneClause(view, column) {
    const { reply, details, strings } = view;
    const clause = sheet().clauses[column];
    const letter = reply.verdicts[column];
    const [note, evidence] = details.cells[column];
    const shown = [
      make("h3", { id: "details-title" }, `${clause.id} ${clause.title}`),
      make("p", { class: "faint" }, reply.path),
      make("p", {}, make("span", { class: `cell ${words[letter]}`, "aria-hidden": "true" }, signs[letter]), make("b", {}, words[letter]), strings[note] ? `: ${strings[note]}` : ""),
    ];
    if (change(reply, column)) shown.push(make("p", {}, `Before: ${words[reply.older.verdicts[column]]}; now it is ${change(reply, column)}.`));
    shown.push(quote(clause));
    if (evidence.length > 0) shown.push(make("h4", {}, "What shows it"));
    for (const [label, place] of evidence) shown.push(make("p", {}, strings[label], make("small", {}, `, line ${place[0] + 1}`)), excerpt(view, place));
    const findings = details.findings.filter((finding) => finding.clause === column);
    if (findings.length > 0) shown.push(make("h4", {}, "Findings"));
    shown.push(...findings.map((finding) => oneFinding(view, finding, false)));
    return shown;
  }

  function wholeReply(view) {
    const { reply, details } = view;
    const shown = [make("h3", { id: "details-title" }, reply.path)];
    if (reply.module) shown.push(make("p", { class: "faint" }, `module ${reply.module}`));
    if (reply.problem) shown.push(make("p", {}, reply.problem));
    const counts = levels.map((level, place) => `${reply.counts[place]} ${level}${reply.counts[place] === 1 || level === "info" ? "" : "s"}`);
    const met = reply.verdicts ? `; ${count(reply, "me")} of ${reply.verdicts.length - count(reply, "n")} checked clauses met` : "";
    if (!reply.problem) shown.push(make("p", {}, counts.join(", ") + met));
    if (reply.older) shown.push(make("p", {}, `Since the older run: ${reply.older.new} findings new, ${reply.older.gone} gone.`));
    shown.push(...details.findings.map((finding) => oneFinding(view, finding, true)));
    return shown;
  }

  function oneFinding(view, finding, withQuote) {
    const { strings } = view;
    const clause = finding.clause === null ? null : sheet().clauses[finding.clause];
    const box = make("div", { class: "finding" },
      make("p", {}, make("span", { class: `tag ${finding.severity}` }, finding.severity), make("code", { class: "rule" }, strings[finding.rule]), make("small", {}, ` line ${finding.place[0] + 1}`)),
      make("p", {}, strings[finding.message]));
    if (clause && withQuote) box.append(quote(clause));
    box.append(excerpt(view, finding.place));
    for (const [label, place] of finding.related) box.append(make("p", {}, make("small", {}, `line ${place[0] + 1}: ${strings[label]}`)), excerpt(view, place));
    for (const fix of finding.fixes) {
      const lines = make("pre");
      for (const [line, old, fresh] of fix.hunks) {
        old.forEach((text, place) => lines.append(make("code", { class: "removed", "data-line": line + place + 1 }, `- ${strings[text]}`)));
        fresh.forEach((text) => lines.append(make("code", { class: "added", "data-line": "" }, `+ ${strings[text]}`)));
      }
      box.append(make("details", {}, make("summary", {}, `${strings[fix.title]} `, make("small", {}, `(${fix.how})`)), lines,
        fix.further ? make("p", { class: "faint" }, `and at ${fix.further} further places`) : null));
    }
    return box;
  }

  /* The lines around a place, with the place marked. */
  function excerpt(view, [line, column, lastLine, lastColumn]) {
    const shown = make("pre");
    for (let here = line - 2; here <= lastLine + 2 && here <= line + 14; here += 1) {
      if (!view.lines.has(here)) continue;
      const text = view.strings[view.lines.get(here)];
      const code = make("code", { "data-line": here + 1, class: here >= line && here <= lastLine ? "hit" : undefined });
      if (here >= line && here <= lastLine) {
        const from = here === line ? column : text.length - text.trimStart().length;
        const to = here === lastLine ? lastColumn : text.length;
        code.append(text.slice(0, from), make("mark", {}, text.slice(from, to)), text.slice(to));
      } else code.append(text || " ");
      shown.append(code);
    }
    return shown.childElementCount > 0 ? shown : make("span");
  }

  /* ---- the tools ---- */

  function set(changes) {
    Object.assign(state, changes);
    for (const id of ["search", "clause", "verdict", "rule", "sort"]) at(id).value = state[id];
    at("grouped").checked = state.grouped;
    at("changed").checked = state.changed;
    arrange();
  }

  function options(select, first, entries) {
    select.replaceChildren(make("option", { value: "" }, first), ...entries.map(([value, text]) => make("option", { value }, text)));
  }

  function show(place) {
    close();
    state.sheet = place;
    document.querySelectorAll(".sheet").forEach((section, index) => { section.hidden = index !== place; });
    document.querySelectorAll('[role="tab"]').forEach((tab, index) => {
      tab.setAttribute("aria-selected", index === place);
      tab.tabIndex = index === place ? 0 : -1;
    });
    options(at("clause"), "any", sheet().clauses.map((clause, index) => [String(index), `${clause.id} ${clause.title}`]));
    options(at("rule"), "any", sheet().rules.map((rule, index) => [String(index), rule]).sort((one, other) => compare(one[1], other[1])));
    set({ ...usual, grouped: state.grouped });
  }

  for (const id of ["search", "clause", "verdict", "rule", "sort"]) at(id).addEventListener("input", (event) => set({ [id]: event.target.value }));
  for (const id of ["grouped", "changed"]) at(id).addEventListener("input", (event) => set({ [id]: event.target.checked }));
  at("reset").addEventListener("click", () => set(usual));
  options(at("verdict"), "any", Object.entries(words).map(([letter, word]) => [letter, word]));
  const tabs = [...document.querySelectorAll('[role="tab"]')];
  tabs.forEach((tab, place) => {
    tab.addEventListener("click", () => show(place));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      const next = (place + step + tabs.length) % tabs.length;
      show(next);
      tabs[next].focus();
    });
  });
  if (data.compared) document.querySelectorAll(".compared, #changed-label").forEach((element) => { element.hidden = false; });
  at("theme").addEventListener("input", (event) => { document.documentElement.dataset.theme = event.target.value; });

  /* What is shown stands in the address, so that it can be kept and sent. */
  function remember() {
    const kept = new URLSearchParams();
    for (const [key, value] of Object.entries(state)) if (value !== { sheet: 0, ...usual }[key]) kept.set(key, value);
    try { history.replaceState(null, "", kept.size > 0 ? `#${kept}` : location.pathname + location.search); } catch { /* Some viewers forbid it. */ }
  }

  const kept = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const first = Number(kept.sheet ?? 0);
  if (data.sheets.length > 0) {
    show(first < data.sheets.length ? first : 0);
    const { search = "", clause = "", verdict = "", rule = "", sort = "path" } = kept;
    set({ search, clause, verdict, rule, sort: orders[sort] ? sort : "path", grouped: kept.grouped !== "false", changed: kept.changed === "true" });
  }
})();
