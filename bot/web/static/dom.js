// @ts-check
/** Elements, icons and texts: the few words in which the rest of the page is written. */

/** @type {{panes: any[], strings: Record<string, string>, demonstration: boolean, longest_text: number, largest_file: number, most_files: number}} */
export const page = JSON.parse(document.getElementById("page")?.textContent ?? "{}");

const SVG = "http://www.w3.org/2000/svg";

/**
 * A text of the page in the reader's language.
 * @param {string} key without "web-"
 */
export function say(key) {
  return page.strings[`web-${key}`] ?? key;
}

/**
 * An element. Properties are set as such, "aria-…", "data-…" and "role" as attributes; children that are false,
 * null or "" are left out.
 * @param {string} name
 * @param {Record<string, any>} [properties]
 * @param {...any} children
 * @returns {any}
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key.includes("-") || key === "role" || key === "for") made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children.flat().filter((child) => child || child === 0));
  return made;
}

/**
 * One of our line icons. It says nothing to a screen reader: a label stands with it.
 * @param {string} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/**
 * A round button with an icon.
 * @param {string} name of the icon
 * @param {string} label
 * @param {() => void} press
 * @param {string} [className]
 */
export function iconButton(name, label, press, className = "round") {
  return element("button", { type: "button", className, title: label, "aria-label": label, onclick: press }, icon(name));
}

const language = document.documentElement.lang;
const locale = language === "sr" ? "sr-Latn" : language;
const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn" });
const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", numberingSystem: "latn" });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
// Browsers have no words for days in many languages, and would say them in English: then figures say them.
const wordless = language !== "en" && relative.format(0, "day") === "today";
const figures = new Intl.DateTimeFormat("sv");

/**
 * The time of day, as the reader's language writes it.
 * @param {number} at milliseconds
 */
export function timeOf(at) {
  return clock.format(at);
}

/**
 * "today", "yesterday", or the date; figures where the browser does not know her language.
 * @param {number} at milliseconds
 */
export function dayOf(at) {
  if (wordless) return figures.format(at);
  const midnight = (/** @type {number} */ moment) => new Date(moment).setHours(12, 0, 0, 0);
  const days = Math.round((midnight(at) - midnight(Date.now())) / 86_400_000);
  const day = days > -2 && days < 1 ? relative.format(days, "day") : weekday.format(at);
  return day.charAt(0).toLocaleUpperCase(language) + day.slice(1);
}

/**
 * A length of sound: 0:07.
 * @param {number} seconds
 */
export function lengthOf(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/**
 * How big a file is: 12 kB, 1.5 MB.
 * @param {number} bytes
 */
export function sizeOf(bytes) {
  return bytes < 950_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

const STILL_LOADING = 10_000; // milliseconds in which an element that was just replaced may ask for its file

/**
 * Let go of a blob's address, when nothing that was shown with it can still be loading.
 * @param {string} url
 */
export function letGo(url) {
  setTimeout(() => URL.revokeObjectURL(url), STILL_LOADING);
}
