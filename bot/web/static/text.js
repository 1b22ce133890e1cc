// @ts-check
/** Text as people wrote it: their script, their direction, and what in it can be opened. */

import { element, say } from "./dom.js";

// The first script that is found decides the font and the height of the lines.
const SCRIPTS = [
  ["my", /[\u1000-\u109f]/],
  ["ta", /[\u0b80-\u0bff]/],
  ["ti", /[\u1200-\u139f]/],
  ["ur", /[\u0679\u0688\u0691\u06ba\u06be\u06d2]/],
  ["ar", /[\u0600-\u06ff]/],
  ["hi", /[\u0900-\u097f]/],
  ["bn", /[\u0980-\u09ff]/],
  ["pa", /[\u0a00-\u0a7f]/],
  ["th", /[\u0e00-\u0e7f]/],
  ["ko", /[\uac00-\ud7af]/],
  ["zh", /[\u4e00-\u9fff]/],
];

const ADDRESS = /https?:\/\/[^\s<>"'\u2066-\u2069]+[^\s<>"'.,;:!?)\]\u2066-\u2069\u060c\u061b\u061f\u1362\u104b\u0964]/;
// A page as articles name it, "nav.no/barnetrygd": of the endings that ours have, so that two sentences without a space are none.
const BARE = /(?<![\w@./-])((?:[A-Za-z0-9-]+\.)+(?:no|dk|org|com)(?:\/[\w.~%/?#=&+-]*[\w/])?)(?![\w@])/;
// Emergency and helpline numbers as they are written in Norway and Denmark, and whatever begins with a plus.
const NUMBER = /(^|[^\d+.,:])(116 ?\d{3}|11[0-9]|\+\d{2}[\d \u00a0]{6,13}\d|\d{2} \d{2} \d{2} \d{2}|\d{3} \d{2} \d{3})(?![.,:]?\d)/;
// In the directory of services a number of any length has its sign, and perhaps marks that keep its order.
const SIGNED = /(📞[\s\u2066-\u2069]*)(\+?\d[\d \u00a0]*\d)/;

/**
 * The words of a line as they are shown: the command of a first button or a link is a greeting.
 * @param {any} line
 * @returns {string | undefined}
 */
export function wordsOf(line) {
  return isStart(line) ? `👋 ${say("start")}` : line.text;
}

/** Did the page write it for her? @param {any} line */
export function isStart(line) {
  return !line.service && /^\/start( |$)/.test(line.text ?? "");
}

/**
 * The language tag that its script suggests, for fonts and line height only.
 * @param {string} text
 */
export function scriptOf(text) {
  return SCRIPTS.find(([, letters]) => /** @type {RegExp} */ (letters).test(text))?.[0];
}

/**
 * Does a browser set this text from right to left? As `dir="auto"` does, it goes by the first letter that is not set apart.
 * @param {string} text
 */
export function runsToTheLeft(text) {
  const first = text.replace(/\u2068[^\u2069]*\u2069/g, "").match(/\p{L}/u)?.[0] ?? "";
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/.test(first);
}

/**
 * A text, line by line: its first `bold` characters are the title. Telephone numbers keep their order in text from right to left; in
 * what the service says they can be called, and pages that it names without https:// can be opened.
 * @param {string} text
 * @param {{bold?: number, calls?: boolean, follow?: (address: string) => boolean}} [how]
 */
export function paragraph(text, { bold = 0, calls = false, follow } = {}) {
  let left = bold;
  const lines = text.split(/(?<=\n)/).map((line) => {
    const characters = Array.from(line);
    const title = characters.slice(0, left).join("");
    const rest = characters.slice(left).join("");
    left = Math.max(0, left - characters.length);
    return element("div", { className: line.trim() ? "" : "blank" }, title && element("strong", {}, linked(title, calls, follow)), linked(rest, calls, follow));
  });
  const made = element("div", { className: "text", dir: "auto" }, lines);
  const script = scriptOf(text);
  if (script) made.lang = script;
  return made;
}

/**
 * @param {string} text
 * @param {boolean} calls
 * @param {((address: string) => boolean) | undefined} follow
 */
function linked(text, calls, follow) {
  const parts = [];
  const pattern = new RegExp(`(${ADDRESS.source})|${BARE.source}|${SIGNED.source}|${NUMBER.source}`, "g");
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const [whole, address, bare, sign, signed, before, plain] = match;
    const number = signed ?? plain;
    parts.push(text.slice(end, match.index) + (sign ?? before ?? ""));
    if (address) parts.push(addressLink(address, address, follow));
    else if (bare) parts.push(calls ? addressLink(`https://${bare}`, bare, follow) : bare);
    else if (!calls) parts.push(element("bdi", { dir: "ltr" }, number));
    else parts.push(element("a", { href: `tel:${number.replace(/[^+\d]/g, "")}`, dir: "ltr" }, number));
    end = match.index + whole.length;
  }
  parts.push(text.slice(end));
  return parts;
}

/**
 * A link that opens elsewhere and says nothing of us; `follow` may take it over.
 * @param {string} address
 * @param {any} label
 * @param {((address: string) => boolean) | undefined} follow
 * @param {string} [className]
 */
export function addressLink(address, label, follow, className = "") {
  if (!/^(https?|tel|geo):/i.test(address)) return element("span", { className }, label);
  const link = element("a", { href: address, target: "_blank", rel: "noopener noreferrer", className }, label);
  link.addEventListener("click", (/** @type {Event} */ event) => {
    if (follow?.(address)) event.preventDefault();
  });
  return link;
}

/**
 * A long text in pieces that each fit, cut at a line's end or between words: nothing is lost.
 * @param {string} text
 * @param {number} longest
 */
export function pieces(text, longest) {
  const found = [];
  let rest = wellFormed(text);
  while (rest.length > longest) {
    const head = rest.slice(0, longest);
    let cut = Math.max(head.lastIndexOf("\n"), head.lastIndexOf(" "));
    if (cut < longest / 2) cut = /[\ud800-\udbff]$/.test(head) ? longest - 1 : longest;
    found.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return [...found, rest].filter(Boolean);
}

/**
 * Without halves of characters, which no service can store.
 * @param {string} text
 */
function wellFormed(text) {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]|\0/g, (found) => (found.length === 2 ? found : ""));
}
