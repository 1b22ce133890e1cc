// @ts-check
/** The lines of a chat in their order, and where the reader is among them. */

import { bubble } from "./bubble.js";
import { dayOf, element, iconButton, letGo, say } from "./dom.js";

const SHOWN = 150; // lines at first, and at each "earlier"
const NEAR = 120; // pixels from the end that still count as the end
const EXPECTED = 8000; // milliseconds after a press in which what is new is taken for its answer
const FOUND = 1500; // milliseconds that a line is marked which one was led to

/** Of what others took back nothing is shown, not even that it was there. @param {any} line */
function isShown(line) {
  return !line.removed || line.mine;
}

export class Log {
  /** @type {Map<string, any>} */ #lines = new Map();
  /** @type {Map<string, HTMLElement>} */ #nodes = new Map();
  #limit = SHOWN;
  #complete = false;
  #following = true; // the reader is at the end, and stays there
  #expected = 0; // until when something new is the answer to what she pressed

  /**
   * @param {string} title
   * @param {() => import("./bubble.js").Doing} doing
   * @param {() => any} welcome what stands in an empty chat
   */
  constructor(title, doing, welcome) {
    this.doing = doing;
    this.welcome = welcome;
    this.node = element("div", { className: "log", role: "log", tabIndex: 0, "aria-label": title, "aria-live": "off" });
    this.newest = iconButton("down", say("newest"), () => this.toEnd(), "round newest");
    this.newest.hidden = true;
    this.node.onscroll = () => this.#scrolled();
    // A picture that arrives, or a keyboard that comes up, leaves the reader where she was: at the end.
    new ResizeObserver(() => this.appear()).observe(this.node);
    this.node.addEventListener("load", () => this.appear(), true);
  }

  /** Is everything here that the service has? */
  get complete() {
    return this.#complete;
  }

  /** Nothing stands here any more. */
  clear() {
    this.#lines.clear();
    this.#nodes.clear();
    this.#limit = SHOWN;
    this.#complete = false;
    this.#following = true;
    this.#expected = 0;
    this.node.replaceChildren();
    this.node.setAttribute("aria-live", "off");
  }

  /** The past is complete: it is shown, and from now on a screen reader says what is new. */
  begin() {
    this.#complete = true;
    this.#draw();
    requestAnimationFrame(() => this.node.setAttribute("aria-live", "polite"));
  }

  /**
   * A line is new, or has changed. One on its way gives way to the same one from the service.
   * @param {any} line
   */
  show(line) {
    const before = this.#lines.get(line.id);
    if (line.unsent && before && !before.unsent) return;
    if (!line.files?.[0]?.url) for (const file of before?.files ?? []) if (file.url) letGo(file.url);
    this.#lines.set(line.id, line);
    if (!this.#complete && !line.unsent) return;
    this.#place(line);
    this.#welcomeIfEmpty();
  }

  /** @param {string} id */
  find(id) {
    return this.#lines.get(id);
  }

  /** @param {string} id */
  endsWith(id) {
    return this.#sorted().pop()?.id === id;
  }

  /** @param {string} id */
  remove(id) {
    this.#lines.delete(id);
    this.#lift(id);
    this.#welcomeIfEmpty();
  }

  /** What is pinned last. */
  pinned() {
    return this.#sorted().filter((line) => line.pinned && !line.removed).pop();
  }

  /** The log comes into view, or its size changes. */
  appear() {
    if (this.#following) this.toEnd();
  }

  /** She pressed a button: the next new line is shown wherever she is, and however much the log still moves. */
  expect() {
    this.#expected = performance.now() + EXPECTED;
  }

  /**
   * Something came: who reads old lines is only told. What is longer than the view is read from its beginning.
   * @param {boolean} isNew is it a line of others that was not here before?
   */
  follow(isNew) {
    if (performance.now() < this.#expected) this.#following = true;
    if (isNew) this.#expected = 0;
    const last = /** @type {HTMLElement | null} */ (this.node.querySelector(".line:last-of-type"));
    if (!this.#following) this.newest.hidden = false;
    else if (last?.matches(".theirs") && last.offsetHeight > this.node.clientHeight) this.#toBeginning(last);
    else this.toEnd();
  }

  /** @param {HTMLElement} line */
  #toBeginning(line) {
    this.#following = false;
    this.newest.hidden = false;
    line.scrollIntoView({ block: "start" });
  }

  toEnd() {
    this.#following = true;
    this.newest.hidden = true;
    this.node.scrollTop = this.node.scrollHeight;
  }

  /** @param {string} id */
  goTo(id) {
    if (!this.#nodes.has(id) && this.#lines.has(id)) {
      this.#limit = this.#lines.size;
      this.#draw();
    }
    const found = this.#nodes.get(id);
    found?.scrollIntoView({ block: "center" });
    found?.classList.add("found");
    setTimeout(() => found?.classList.remove("found"), FOUND);
  }

  #sorted() {
    return [...this.#lines.values()].filter(isShown).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  #draw() {
    const all = this.#sorted();
    const some = all.slice(-this.#limit);
    this.#nodes.clear();
    const earlier = element("button", { type: "button", className: "earlier", onclick: () => this.#more() }, say("earlier"));
    this.node.replaceChildren(...(all.length > some.length ? [earlier] : []));
    for (const line of some) this.#place(line);
    this.#welcomeIfEmpty();
  }

  #more() {
    const height = this.node.scrollHeight;
    this.#limit += SHOWN;
    this.#draw();
    this.node.scrollTop += this.node.scrollHeight - height;
  }

  /** @param {any} line */
  #place(line) {
    const old = this.#nodes.get(line.id);
    if (!isShown(line)) {
      this.#lift(line.id);
      return;
    }
    const made = bubble(line, this.doing());
    made.dataset.at = String(line.at);
    if (old && old.dataset.at === made.dataset.at) {
      const focused = old.contains(document.activeElement);
      if (old.dataset.day) made.dataset.day = old.dataset.day;
      old.replaceWith(made);
      if (focused) this.node.focus({ preventScroll: true });
    } else {
      this.#lift(line.id);
      this.#insert(made, line.at);
    }
    this.#nodes.set(line.id, made);
  }

  /**
   * @param {HTMLElement} made
   * @param {number} at
   */
  #insert(made, at) {
    const placed = /** @type {HTMLElement[]} */ ([...this.node.querySelectorAll(".line")]);
    const before = placed.reverse().find((other) => Number(other.dataset.at) <= at);
    const after = before ?? this.node.querySelector(".earlier");
    if (after) after.after(made);
    else this.node.prepend(made);
    const day = dayOf(at);
    if (before && dayOf(Number(before.dataset.at)) === day) return;
    made.dataset.day = day;
    const next = /** @type {HTMLElement | null} */ (made.nextElementSibling);
    if (next?.dataset.day === day) delete next.dataset.day;
  }

  /**
   * Take a line away; if it opened a day, the next one does.
   * @param {string} id
   */
  #lift(id) {
    const node = this.#nodes.get(id);
    const next = /** @type {HTMLElement | null} */ (node?.nextElementSibling);
    if (node?.dataset.day && next?.dataset.at && dayOf(Number(next.dataset.at)) === node.dataset.day) {
      next.dataset.day = node.dataset.day;
    }
    node?.remove();
    this.#nodes.delete(id);
  }

  #welcomeIfEmpty() {
    const empty = this.node.querySelector(".empty");
    if (this.#lines.size || !this.#complete) empty?.remove();
    else if (!empty) this.node.append(...[this.welcome()].filter(Boolean));
  }

  #scrolled() {
    if (!this.node.clientHeight) return; // a hidden chat is nowhere
    this.#following = this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR;
    if (this.#following) this.newest.hidden = true;
  }
}
