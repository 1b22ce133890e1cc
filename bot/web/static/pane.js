// @ts-check
/** One chat: its head, its lines, and where one writes. */

import { bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { Connection, seatKey } from "./connection.js";
import { dayOf, element, icon, iconButton, page, say } from "./dom.js";
import { newId, recall, remember, unsent } from "./memory.js";
import { showActions, showCommands } from "./sheet.js";
import { pieces } from "./text.js";

const REACTIONS = ["❤️", "👍", "🙏", "😊", "😢", "👏"];
const SHOWN = 150; // lines at first, and at each "earlier"
const TOAST = 4500; // milliseconds
const ANSWER = 6000; // milliseconds that a press waits for its answer
const NEAR = 120; // pixels from the end that still count as the end

export class Pane {
  /** @type {Connection | null} */ #connection = null;
  /** @type {Map<string, any>} */ #lines = new Map();
  /** @type {Map<string, HTMLElement>} */ #nodes = new Map();
  /** @type {Map<string, () => void>} */ #pressed = new Map();
  /** @type {any[]} */ #commands = [];
  #limit = SHOWN;
  #caughtUp = false;
  #latest = 0;
  #following = true; // the reader is at the end, and stays there
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #toasting;

  /**
   * @param {{title: string, role: string}} about
   * @param {any} controls what stands in the head beside the title
   * @param {{visible: () => boolean, unread: (are: boolean) => void, follow: (address: string) => boolean}} around
   */
  constructor(about, controls, around) {
    this.around = around;
    this.composer = new Composer({
      title: about.title,
      send: (written) => void this.#write(written),
      say: (text) => this.toast(text),
      commands: () => showCommands(this.#commands, (name) => this.say(`/${name}`)),
    });
    this.pin = element("button", { type: "button", className: "pin", hidden: true, title: say("pinned") });
    this.log = element("div", { className: "log", role: "log", tabIndex: 0, "aria-label": about.title, "aria-live": "off" });
    this.newest = iconButton("down", say("newest"), () => this.#toEnd(), "round newest");
    this.newest.hidden = true;
    this.state = element("p", { className: "state", hidden: true, role: "status" });
    this.toasts = element("p", { className: "toast", hidden: true, role: "status", dir: "auto" });
    const head = element("header", { className: "head" }, element("span", { className: `face ${about.role}` }, icon(about.role)), element("h2", { dir: "auto" }, about.title), controls);
    this.node = element("section", { className: `pane ${about.role}`, "aria-label": about.title }, head, this.pin, this.log, element("div", { className: "floor" }, this.newest, this.toasts), this.state, this.composer.node);
    this.log.onscroll = () => this.#scrolled();
    // A picture that arrives, or a keyboard that comes up, leaves the reader where she was: at the end.
    new ResizeObserver(() => this.#following && this.#toEnd()).observe(this.log);
    this.log.addEventListener("load", () => this.#following && this.#toEnd(), true);
    document.addEventListener("visibilitychange", () => this.seen());
  }

  /**
   * Somebody sits down: her chat is shown, and her messages that are not sent yet.
   * @param {import("./connection.js").Seat} seat
   */
  async sit(seat) {
    this.#connection?.end();
    this.#clear();
    this.composer.close(false);
    this.seat = seat;
    const connection = new Connection(seat, {
      lines: (lines, caughtUp) => connection === this.#connection && this.#receive(lines, caughtUp),
      cleared: () => connection === this.#connection && this.#clear(),
      state: (state) => connection === this.#connection && this.#showState(state),
      sent: (id) => connection === this.#connection && this.#settled(id),
      failed: (item) => connection === this.#connection && this.#failed(item),
    });
    this.#connection = connection;
    for (const item of await unsent.of(seatKey(seat))) {
      const isLine = item.frame.type === "say" && !this.#lines.has(item.id);
      if (connection === this.#connection && isLine) this.#show(drafted(item));
    }
  }

  /** Nothing stands here any more. */
  #clear() {
    for (const kept of [this.#lines, this.#nodes, this.#pressed]) kept.clear();
    this.#caughtUp = false;
    this.#limit = SHOWN;
    this.#latest = 0;
    this.#following = true;
    this.log.replaceChildren();
    this.log.setAttribute("aria-live", "off");
    this.pin.hidden = true;
    this.#offer([]);
  }

  /** Say something as if it had been typed. @param {string} text */
  say(text) {
    void this.#write({ text, drafts: [], replyTo: null, edits: null });
  }

  /** Show a few words for a moment. @param {string} text */
  toast(text) {
    clearTimeout(this.#toasting);
    this.toasts.textContent = text;
    this.toasts.hidden = false;
    this.#toasting = setTimeout(() => (this.toasts.hidden = true), TOAST);
  }

  /** The chat comes into view. */
  appear() {
    if (this.#following) this.#toEnd();
    this.seen();
  }

  /** What stands here was seen, if it can be. */
  seen() {
    if (!this.seat || !this.#caughtUp) return;
    const key = `seen.${seatKey(this.seat)}`;
    if (this.around.visible()) remember(key, Math.max(recall(key, 0), this.#latest));
    this.around.unread(this.#latest > recall(key, 0));
  }

  /** @param {import("./composer.js").Written} written */
  async #write({ text, drafts, replyTo, edits }) {
    if (edits) {
      const id = newId();
      await this.#post(id, { type: "edit", id, message: edits.id, text: pieces(text, page.longest_text)[0] ?? "" }, []);
      return;
    }
    const texts = pieces(text, page.longest_text);
    for (const [index, piece] of (texts.length ? texts : [""]).entries()) {
      const id = newId();
      const blobs = index ? [] : drafts.filter((draft) => draft.blob);
      const places = index ? [] : drafts.filter((draft) => !draft.blob).map((draft) => draft.file);
      await this.#post(id, { type: "say", id, text: piece, files: places, reply_to: replyTo }, blobs);
    }
    this.#toEnd();
  }

  /**
   * @param {string} id
   * @param {any} frame
   * @param {any[]} blobs
   */
  async #post(id, frame, blobs) {
    if (!this.#connection || !this.seat) return;
    const item = { id, seat: seatKey(this.seat), order: Date.now() + performance.now() / 1e6, frame, blobs };
    if (frame.type === "say") this.#show(drafted(item));
    await this.#connection.post(item);
  }

  /**
   * @param {any[]} lines
   * @param {boolean} caughtUp
   */
  #receive(lines, caughtUp) {
    for (const line of lines) {
      if (line.id === "menu") this.#offer(line.commands ?? []);
      else if (line.id === "answers") this.#answer(line.answers ?? []);
      else {
        if (!line.mine) this.#latest = Math.max(this.#latest, line.revision);
        if (this.#caughtUp) this.#show(line, false);
        else this.#lines.set(line.id, line);
      }
    }
    if (caughtUp && !this.#caughtUp) this.#begin();
    if (lines.length) this.#showPin();
    if (this.#following) this.#toEnd();
    else this.newest.hidden = false;
    if (this.#caughtUp) this.seen();
  }

  #begin() {
    this.#caughtUp = true;
    this.#draw();
    // From now on a screen reader says what is new.
    requestAnimationFrame(() => this.log.setAttribute("aria-live", "polite"));
  }

  #sorted() {
    return [...this.#lines.values()].filter((line) => !(line.removed && !line.mine)).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }

  #draw() {
    const all = this.#sorted();
    const some = all.slice(-this.#limit);
    this.#nodes.clear();
    const earlier = all.length > some.length && element("button", { type: "button", className: "earlier", onclick: () => this.#more() }, say("earlier"));
    this.log.replaceChildren(...[earlier].filter(Boolean));
    for (const line of some) this.#place(line);
    this.#showEmpty();
  }

  #more() {
    const height = this.log.scrollHeight;
    this.#limit += SHOWN;
    this.#draw();
    this.log.scrollTop += this.log.scrollHeight - height;
  }

  /**
   * A line is new or has changed.
   * @param {any} line
   */
  #show(line, follow = true) {
    const before = this.#lines.get(line.id);
    if (line.unsent && before && !before.unsent) return;
    if (!line.files?.[0]?.url) for (const file of before?.files ?? []) if (file.url) URL.revokeObjectURL(file.url);
    this.#lines.set(line.id, line);
    if (!this.#caughtUp && !line.unsent) return;
    this.#place(line);
    this.#showEmpty();
    if (follow) this.#toEnd();
  }

  /** @param {any} line */
  #place(line) {
    const old = this.#nodes.get(line.id);
    if (line.removed && !line.mine) {
      this.#lift(line.id);
      return;
    }
    const made = bubble(line, this.#doing);
    made.dataset.at = String(line.at);
    this.#nodes.set(line.id, made);
    if (old && old.dataset.at === made.dataset.at) {
      const focused = old.contains(document.activeElement);
      if (old.dataset.day) made.dataset.day = old.dataset.day;
      old.replaceWith(made);
      if (focused) this.log.focus({ preventScroll: true });
      return;
    }
    if (old) this.#lift(line.id, old);
    const later = [...this.log.querySelectorAll(".line")].reverse();
    const before = later.find((other) => Number(other.dataset.at) <= line.at);
    if (before) before.after(made);
    else if (this.log.querySelector(".earlier")) this.log.querySelector(".earlier").after(made);
    else this.log.prepend(made);
    this.#markDay(made, before);
  }

  /**
   * @param {HTMLElement} made
   * @param {any} before
   */
  #markDay(made, before) {
    const day = dayOf(Number(made.dataset.at));
    if (before && dayOf(Number(before.dataset.at)) === day) return;
    made.dataset.day = day;
    const next = /** @type {HTMLElement | null} */ (made.nextElementSibling);
    if (next?.dataset.day === day) delete next.dataset.day;
  }

  /**
   * Take a line away; if it opened a day, the next one does.
   * @param {string} id
   */
  #lift(id, node = this.#nodes.get(id)) {
    const next = /** @type {HTMLElement | null} */ (node?.nextElementSibling);
    if (node?.dataset.day && next?.dataset.at && dayOf(Number(next.dataset.at)) === node.dataset.day) {
      next.dataset.day = node.dataset.day;
    }
    node?.remove();
    if (this.#nodes.get(id) === node) this.#nodes.delete(id);
  }

  #showEmpty() {
    const empty = this.log.querySelector(".empty");
    if (this.#lines.size || !this.#caughtUp) empty?.remove();
    else if (!empty && this.seat && (!this.seat.user || this.seat.user === this.seat.chat)) {
      this.log.append(element("button", { type: "button", className: "empty choice main", onclick: () => this.say("/start") }, `👋 ${say("start")}`));
    }
  }

  #showPin() {
    const pinned = this.#sorted().filter((line) => line.pinned && !line.removed).pop();
    this.pin.hidden = !pinned;
    if (!pinned) return;
    this.pin.replaceChildren(icon("pin"), element("span", { dir: "auto" }, pinned.text.split("\n")[0].slice(0, 120)));
    this.pin.onclick = () => this.#goTo(pinned.id);
  }

  /** @param {any[]} commands */
  #offer(commands) {
    this.#commands = commands;
    this.composer.offerCommands(commands.length > 0);
  }

  /** @param {{press: string, text: string}[]} answers */
  #answer(answers) {
    for (const { press, text } of answers) {
      const done = this.#pressed.get(press);
      if (!done) continue;
      done();
      if (text) this.toast(text);
    }
  }

  /** @param {string} id */
  #settled(id) {
    const line = this.#lines.get(id);
    if (line?.unsent) this.#show({ ...line, unsent: false }, false);
  }

  /** @param {import("./memory.js").Unsent} item */
  #failed(item) {
    if (item.frame.type === "say") return this.#show(drafted(item));
    void unsent.drop(item.id);
    this.toast(say("failed"));
  }

  #doing = {
    find: (/** @type {string} */ id) => this.#lines.get(id),
    goTo: (/** @type {string} */ id) => this.#goTo(id),
    more: (/** @type {any} */ line) => this.#actions(line),
    press: (/** @type {any} */ line, /** @type {string} */ token) => this.#press(line, token),
    follow: (/** @type {string} */ address) => this.around.follow(address),
    reply: (/** @type {any} */ line) => this.composer.reply(line),
    again: (/** @type {any} */ line) => void this.#again(line),
    discard: (/** @type {any} */ line) => void this.#discard(line),
  };

  /**
   * @param {any} line
   * @param {string} token
   */
  async #press(line, token) {
    const id = newId();
    const answered = new Promise((resolve) => {
      this.#pressed.set(id, () => resolve(undefined));
      setTimeout(resolve, ANSWER);
    });
    try {
      await this.#ask({ type: "press", id, message: line.id, token });
      await answered;
    } finally {
      this.#pressed.delete(id);
    }
  }

  /** @param {any} frame */
  async #ask(frame) {
    try {
      await this.#connection?.ask(frame);
    } catch (error) {
      this.toast(say("failed"));
      throw error;
    }
  }

  /** @param {any} line */
  #actions(line) {
    const own = line.marks?.find((/** @type {any} */ mark) => mark.mine)?.emoji;
    const react = (/** @type {string} */ emoji) => () =>
      void this.#ask({ type: "react", id: newId(), message: line.id, emoji: own === emoji ? null : emoji }).catch(() => undefined);
    const actions = [{ icon: "reply", label: say("reply"), choose: () => this.composer.reply(line) }];
    if (line.mine && line.text) actions.push({ icon: "edit", label: say("edit"), choose: () => this.composer.edit(line) });
    if (line.text && !line.guarded && navigator.clipboard) {
      actions.push({ icon: "copy", label: say("copy"), choose: () => void navigator.clipboard.writeText(line.text) });
    }
    const reactions = line.card || line.mine ? [] : REACTIONS.map((emoji) => ({ emoji, mine: own === emoji, choose: react(emoji) }));
    showActions(say("more"), reactions, actions);
  }

  /** @param {any} line */
  async #again(line) {
    const item = (await unsent.of(seatKey(this.seat ?? line.seat))).find((one) => one.id === line.id);
    if (!item) return;
    delete item.failed;
    this.#show(drafted(item));
    await this.#connection?.post(item);
  }

  /** @param {any} line */
  async #discard(line) {
    await unsent.drop(line.id);
    this.#lines.delete(line.id);
    this.#lift(line.id);
    this.#showEmpty();
  }

  /** @param {"open" | "lost" | "closed"} state */
  #showState(state) {
    clearTimeout(this.waiting);
    const tell = () => {
      this.state.textContent = state === "closed" ? say("refused") : say("offline");
      this.state.hidden = state === "open";
      this.composer.close(state === "closed");
    };
    // A line that is back within two seconds is not worth a word.
    if (state === "lost") this.waiting = setTimeout(tell, 2000);
    else tell();
  }

  /** @param {string} id */
  #goTo(id) {
    if (!this.#nodes.has(id) && this.#lines.has(id)) {
      this.#limit = this.#lines.size;
      this.#draw();
    }
    const found = this.#nodes.get(id);
    found?.scrollIntoView({ block: "center" });
    found?.classList.add("found");
    setTimeout(() => found?.classList.remove("found"), 1500);
  }

  #toEnd() {
    this.#following = true;
    this.newest.hidden = true;
    this.log.scrollTop = this.log.scrollHeight;
  }

  #scrolled() {
    if (!this.log.clientHeight) return; // a hidden chat is nowhere
    this.#following = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
    if (this.#following) this.newest.hidden = true;
  }
}

/**
 * A message that is not sent yet, as it will look.
 * @param {import("./memory.js").Unsent} item
 */
function drafted(item) {
  const files = item.blobs.map(({ blob, file }) => ({ ...file, type: blob.type, size: blob.size, url: URL.createObjectURL(blob) }));
  const { text, files: stored, reply_to } = item.frame;
  return { id: item.id, mine: true, unsent: true, failed: item.failed, at: Math.max(item.order, 1), text, reply_to, files: [...(stored ?? []), ...files] };
}
