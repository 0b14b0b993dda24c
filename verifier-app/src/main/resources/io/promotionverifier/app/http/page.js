"use strict";

const UNKNOWN = "unknown";
const SHOWN_EVENTS = 50;
const findings = new Map();
let findingsRead = "";
let lastStatus = 0;

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) { made.textContent = text; }
  if (className) { made.className = className; }
  return made;
}

const percent = value => value === null || value === undefined ? UNKNOWN
  : value === 0 ? "0 %" : (value * 100).toPrecision(3) + " %";
const count = value => value === null || value === undefined ? UNKNOWN : value.toLocaleString("en");
function span(seconds) {
  if (seconds === null || seconds === undefined) { return UNKNOWN; }
  if (seconds < 120) { return seconds.toFixed(seconds < 10 ? 3 : 0) + " s"; }
  const hours = seconds / 3600;
  return hours < 48 ? hours.toFixed(1) + " h" : (hours / 24).toFixed(1) + " days";
}

function facts(status) {
  const window = status.window;
  const rate = status.rates.window;
  const list = [
    ["verified", span(window.verified_seconds) + " of " + span(window.length_seconds)],
    ["blind", span(window.blind_seconds)],
    ["open findings", count(status.findings.confirmed) + " confirmed, " + count(status.findings.suspected) + " suspected"],
    ["window rate", percent(rate.value) + " (" + count(rate.confirmed_rows) + (rate.estimated ? " of about " : " of ") + count(rate.settled_rows)
      + (rate.estimated ? " row versions, an estimate; 95" : " rows; 95") + " % sure: below " + percent(rate.upper_bound) + "; at worst " + percent(rate.worst) + ")"],
    ["state rate", percent(status.rates.state.value) + " (" + count(status.rates.state.open_rows) + " of " + count(status.rates.state.rows) + " rows, counted)"],
    ["null rate", percent(status.rates.null.value) + " (" + count(status.rates.null.null_rows) + " of " + count(status.rates.null.rows) + " document values)"],
    ["row changes", count(status.counts.changes) + ", " + count(status.counts.unverifiable) + " unverifiable"
      + (status.estimated ? "; suspects only: about " + count(status.estimated.filtered) + " more were made, an estimate" : "")],
    ["convergence p99", span(status.dual_write_latency.p99_seconds)],
    ["lag", span(status.lag.seconds)],
    ["watermark", status.position.lsn + " " + (status.position.commit_time || "")]
  ];
  for (const report of status.reports || []) {
    const rows = report.trouble || report.divergent_rows === null ? UNKNOWN : count(report.divergent_rows) + " rows differ, read " + report.read;
    list.push(["report " + report.report, rows + (report.trouble ? ": " + report.trouble : "")]);
  }
  const shown = element("dl");
  for (const [name, value] of list) {
    const pair = element("div");
    pair.append(element("dt", name), element("dd", value));
    shown.append(pair);
  }
  return shown;
}

function gaps(status) {
  return table("coverage gaps", ["from", "to", "reason"],
    status.gaps.map(gap => [gap.from, gap.to || "open", gap.reason]));
}

function findingRows(status) {
  const when = findingsRead ? ", read at " + findingsRead : "";
  return table("open findings, the first 20" + when, ["row", "kind", "state", "opened", "writer"],
    (findings.get(status.promotion) || []).map(found =>
      [JSON.stringify(found.key), found.kind, found.state, found.opened.commit_time, found.writer || ""]));
}

function table(caption, heads, rows) {
  if (rows.length === 0) { return document.createDocumentFragment(); }
  const made = element("table");
  made.append(element("caption", caption));
  for (const [cells, kind] of [[heads, "th"], ...rows.map(row => [row, "td"])]) {
    const line = element("tr");
    cells.forEach(cell => line.append(element(kind, cell)));
    made.append(line);
  }
  return made;
}

function promotion(status) {
  const shown = element("article", undefined, status.verdict);
  const head = element("h2");
  head.append(element("span", status.verdict, "verdict"), element("span", status.promotion),
    element("small", status.table + ", phase " + status.phase));
  shown.append(head, element("p", status.reason, "reason"));
  if (status.attribution && status.attribution.summary) {
    shown.append(element("p", status.attribution.summary, "reason"));
  }
  if (status.abort.active) {
    shown.append(element("p", "ABORT " + status.abort.trigger + " since " + status.abort.raised, "bad"));
  }
  shown.append(facts(status), gaps(status), findingRows(status));
  return shown;
}

function live(text, bad) {
  const line = document.getElementById("live");
  line.textContent = text;
  line.className = bad ? "bad" : "";
}

async function read(path) {
  const answer = await fetch(path, {cache: "no-store"});
  if (!answer.ok) { throw new Error(path + " answers " + answer.status); }
  return answer.json();
}

let latest = [];
function show() {
  document.getElementById("promotions").replaceChildren(...latest.map(promotion));
}

async function status() {
  try {
    latest = await read("api/v1/status");
    lastStatus = Date.now();
    live("live, " + new Date().toISOString().substring(0, 19) + "Z", false);
    show();
  } catch (failure) {
    live("NOT LIVE: what you see is " + (lastStatus ? Math.round((Date.now() - lastStatus) / 1000) + " s old" : UNKNOWN)
      + " (" + failure.message + ")", true);
  }
}

async function open() {
  for (const each of latest) {
    try {
      findings.set(each.promotion, await read("api/v1/promotions/" + encodeURIComponent(each.promotion)
        + "/findings?state=suspected,confirmed&limit=20"));
      findingsRead = new Date().toISOString().substring(11, 19) + "Z";
    } catch (failure) {
      live("findings: " + failure.message, true);
    }
  }
  show();
}

let due = false;
function soon() {
  if (!due) {
    due = true;
    setTimeout(() => { due = false; open(); }, 10000);
  }
}

function tell(event) {
  const value = JSON.parse(event.data);
  const parts = [event.type.replace(/^verifier\.|\.v1$/g, ""), value.promotion, value.trigger || value.kind || "",
    value.key ? JSON.stringify(value.key) : value.reason || ""];
  const list = document.getElementById("events");
  list.prepend(element("li", new Date().toISOString().substring(11, 19) + " " + parts.join(" "),
    event.type.includes("abort.raised") ? "bad" : ""));
  while (list.childElementCount > SHOWN_EVENTS) { list.lastElementChild.remove(); }
}

const events = new EventSource("api/v1/events");
for (const kind of ["finding.opened", "finding.confirmed", "finding.converged", "finding.resolved"]) {
  events.addEventListener("verifier." + kind + ".v1", event => { tell(event); soon(); });
}
for (const kind of ["abort.raised", "abort.cleared"]) {
  events.addEventListener("verifier." + kind + ".v1", event => { tell(event); status(); });
}
events.addEventListener("verifier.status.v1", status);
events.addEventListener("verifier.counters.v1", status);
setInterval(status, 3000);
status().then(open);
