// @ts-check
/** One line of a chat as it is seen: a bubble, or a card with its buttons. */

import { element, icon, iconButton, lengthOf, say, timeOf } from "./dom.js";
import { media } from "./media.js";
import { addressLink, paragraph, runsToTheLeft, wordsOf } from "./text.js";

const PRESSED_AT_MOST = 8000; // milliseconds that a button waits for an answer

/**
 * @typedef {{
 *   find: (id: string) => any,
 *   goTo: (id: string) => void,
 *   more: (line: any) => void,
 *   press: (line: any, token: string) => Promise<unknown>,
 *   follow: (address: string) => boolean,
 *   again: (line: any) => void,
 *   discard: (line: any) => void,
 *   reply: (line: any) => void,
 * }} Doing
 */

/**
 * @param {any} line as the service sends it; `unsent` or `failed` when it has not gone out
 * @param {Doing} doing
 * @returns {HTMLElement}
 */
export function bubble(line, doing) {
  if (line.removed) return element("article", { className: "line gone", "data-id": line.id }, say("removed"));
  const kinds = ["line", line.mine ? "mine" : "theirs", line.card && "card", line.guarded && "guarded", line.relayed && "relayed"];
  const made = element("article", { className: kinds.filter(Boolean).join(" "), "data-id": line.id });
  const body = element(
    "div",
    { className: "bubble" },
    line.author && element("b", { className: "author", dir: "auto" }, line.author),
    line.reply_to && quote(doing.find(line.reply_to), doing),
    line.files && media(line.files, { covered: Boolean(line.covered), guarded: Boolean(line.guarded) }),
    line.text && paragraph(wordsOf(line), { bold: line.bold, calls: line.service && !line.relayed, follow: doing.follow }),
    line.buttons?.length && element("div", { className: "buttons" }, line.buttons.map((/** @type {any[]} */ row) => buttonRow(row, line, doing))),
    meta(line, doing),
  );
  made.append(body);
  if (line.marks) made.append(element("p", { className: "marks" }, line.marks.map((/** @type {any} */ mark) => element("span", {}, mark.emoji))));
  if (line.failed) made.append(failure(line, doing));
  if (line.guarded) for (const event of ["copy", "contextmenu", "dragstart"]) made.addEventListener(event, (/** @type {Event} */ e) => e.preventDefault());
  if (!line.unsent) swipe(made, () => doing.reply(line));
  return made;
}

/**
 * Time, "edited", "not sent yet", and the way to what can be done with it.
 * @param {any} line
 * @param {Doing} doing
 */
function meta(line, doing) {
  const state = line.unsent && !line.failed && element("span", { className: "unsent" }, icon("clock"), say("unsent"));
  return element(
    "footer",
    { className: "meta" },
    line.relayed && icon("member"),
    state || element("time", { dateTime: new Date(line.at).toISOString() }, timeOf(line.at)),
    line.edited && element("span", {}, say("edited")),
    !line.unsent && iconButton("more", say("more"), () => doing.more(line), "dots"),
  );
}

/**
 * @param {any} line that is replied to, if the page has it
 * @param {Doing} doing
 */
function quote(line, doing) {
  if (!line || line.removed) return null;
  return element("button", { type: "button", className: "quote", dir: "auto", onclick: () => doing.goTo(line.id) }, summary(line));
}

/**
 * A line in a few words, or in a sign for what came with it.
 * @param {any} line
 */
export function summary(line) {
  /** @type {Record<string, string>} */
  const signs = { photo: "📷", voice: "🎤", audio: "🎤", video: "🎬", location: "📍", contact: "👤" };
  const [file] = line.files ?? [];
  const length = file?.seconds ? ` ${lengthOf(file.seconds)}` : "";
  return wordsOf(line)?.slice(0, 120) || `${signs[file?.kind] ?? "📄"}${length}`;
}

/**
 * @param {any[]} row
 * @param {any} line
 * @param {Doing} doing
 */
function buttonRow(row, line, doing) {
  const labels = row.map((button) => button.label).join(" ");
  const turned = runsToTheLeft(/\p{L}/u.test(labels) ? labels : line.text); // an arrow alone points as its card runs
  const made = row.map((button) => {
    const text = label(turned ? button.label.replace(/[◀▶]/gu, (/** @type {string} */ sign) => (sign === "◀" ? "▶" : "◀")) : button.label);
    if (button.url) return addressLink(button.url, text, doing.follow, `choice ${button.style}`);
    const pressable = element("button", { type: "button", className: `choice ${button.style}` }, text);
    pressable.onclick = () => press(pressable, line, button.token, doing);
    return pressable;
  });
  return element("div", { className: "row", dir: "auto" }, made);
}

/** @param {string} text with numbers that do not break between two lines */
function label(text) {
  return element("span", { className: "label" }, text.replace(/(\d) (?=\d)/g, "$1\u00a0"));
}

/**
 * Show that it is pressed until it is answered, the card changes, or it takes too long.
 * @param {HTMLButtonElement} button
 * @param {any} line
 * @param {string} token
 * @param {Doing} doing
 */
async function press(button, line, token, doing) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  const rest = setTimeout(() => button.removeAttribute("aria-busy"), PRESSED_AT_MOST);
  await doing.press(line, token).catch(() => undefined);
  clearTimeout(rest);
  button.removeAttribute("aria-busy");
}

/**
 * @param {any} line
 * @param {Doing} doing
 */
function failure(line, doing) {
  const why = { "too-big": say("too-big") }[line.failed] ?? say("failed");
  return element(
    "div",
    { className: "failure" },
    element("span", {}, icon("warning"), why),
    element("button", { type: "button", className: "choice plain", onclick: () => doing.again(line) }, icon("again"), say("again")),
    element("button", { type: "button", className: "choice plain", onclick: () => doing.discard(line) }, icon("trash"), say("discard")),
  );
}

/**
 * A finger that draws a message to the side replies to it.
 * @param {HTMLElement} made
 * @param {() => void} reply
 */
function swipe(made, reply) {
  let start = 0;
  let moved = 0;
  made.addEventListener("pointerdown", (event) => {
    start = event.pointerType === "touch" ? event.clientX : 0;
    moved = 0;
  });
  made.addEventListener("pointermove", (event) => {
    if (!start) return;
    moved = Math.max(-72, Math.min(72, event.clientX - start));
    made.style.translate = Math.abs(moved) > 12 ? `${moved}px` : "";
  });
  const end = () => {
    if (start && Math.abs(moved) >= 56) reply();
    start = 0;
    made.style.translate = "";
  };
  made.addEventListener("pointerup", end);
  made.addEventListener("pointercancel", () => {
    start = 0;
    made.style.translate = "";
  });
}
