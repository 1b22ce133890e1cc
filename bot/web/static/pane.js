// @ts-check
/** One chat: its head, its lines, and where one writes. */

import { Composer } from "./composer.js";
import { Connection, seatKey } from "./connection.js";
import { element, icon, page, say } from "./dom.js";
import { Log } from "./log.js";
import { newId, recall, remember, unsent } from "./memory.js";
import { Presses } from "./presses.js";
import { showActions, showCommands } from "./sheet.js";
import { isStart, pieces } from "./text.js";

const REACTIONS = ["❤️", "👍", "🙏", "😊", "😢", "👏"];
const TOAST = 4500; // milliseconds
const BLINK = 2000; // milliseconds: a line that is back by then is not worth a word

export class Pane {
  /** @type {Connection | null} */ #connection = null;
  #presses = new Presses();
  /** @type {any[]} */ #commands = [];
  #latest = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #toasting;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #losing;

  /**
   * @param {{title: string, role: string}} about
   * @param {any} controls what stands in the head beside the title
   * @param {{visible: () => boolean, unread: (are: boolean) => void, follow: (address: string) => boolean, speak: (language: string | null) => void}} around
   */
  constructor(about, controls, around) {
    this.around = around;
    this.log = new Log(about.title, () => this.#doing, () => this.#start());
    this.composer = new Composer({
      title: about.title,
      send: (written) => void this.#write(written),
      say: (text) => this.toast(text),
      commands: () => showCommands(this.#commands, (name) => this.say(`/${name}`)),
    });
    this.pin = element("button", { type: "button", className: "pin", hidden: true, title: say("pinned") });
    this.state = element("p", { className: "state", hidden: true, role: "status" });
    this.toasts = element("p", { className: "toast", hidden: true, role: "status", dir: "auto" });
    const face = element("span", { className: `face ${about.role}` }, icon(about.role));
    const head = element("header", { className: "head" }, face, element("h2", {}, element("bdi", {}, about.title)), controls);
    const floor = element("div", { className: "floor" }, this.log.newest, this.toasts);
    const parts = [head, this.pin, this.log.node, floor, this.state, this.composer.node];
    this.node = element("section", { className: `pane ${about.role}`, "aria-label": about.title }, parts);
    document.addEventListener("visibilitychange", () => this.seen());
  }

  /**
   * Somebody sits down: her chat is shown, and her messages that are not sent yet.
   * @param {import("./connection.js").Seat} seat
   */
  async sit(seat) {
    this.#connection?.end();
    this.#clear();
    this.#showState("open");
    this.seat = seat;
    const still = (/** @type {(value: any, more?: any) => void} */ then) => (/** @type {any} */ value, /** @type {any} */ more) => {
      if (connection === this.#connection) then(value, more);
    };
    const connection = new Connection(seat, {
      lines: still((lines, caughtUp) => this.#receive(lines, caughtUp)),
      cleared: still(() => {
        this.#clear();
        this.around.speak(null);
      }),
      language: still((language) => this.around.speak(language)),
      state: still((state) => this.#showState(state)),
      sent: still((id) => this.#sent(id)),
      failed: still((item) => this.#failed(item)),
    });
    this.#connection = connection;
    for (const item of await unsent.of(seatKey(seat))) {
      if (connection === this.#connection && item.frame.type === "say") this.log.show(drafted(item));
    }
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
    this.log.appear();
    this.seen();
  }

  /** What stands here was seen, if it can be. */
  seen() {
    if (!this.seat || !this.log.complete) return;
    const key = `seen.${seatKey(this.seat)}`;
    if (this.around.visible()) remember(key, Math.max(recall(key, 0), this.#latest));
    this.around.unread(this.#latest > recall(key, 0));
  }

  #clear() {
    this.log.clear();
    this.#latest = 0;
    this.#offer([]);
    this.#showPin();
  }

  /** What stands in an empty private chat. */
  #start() {
    const isPrivate = this.seat && (!this.seat.user || this.seat.user === this.seat.chat);
    const press = () => this.say("/start");
    return isPrivate && element("button", { type: "button", className: "empty choice main", onclick: press }, `👋 ${say("start")}`);
  }

  /** @param {import("./composer.js").Written} written */
  async #write({ text, drafts, replyTo, edits }) {
    const texts = pieces(text, page.longest_text);
    if (edits) {
      const id = newId();
      await this.#post({ type: "edit", id, message: edits.id, text: texts[0] ?? "" }, []);
      return;
    }
    const blobs = drafts.filter((draft) => draft.blob);
    const places = drafts.filter((draft) => !draft.blob).map((draft) => draft.file);
    for (const [index, piece] of (texts.length ? texts : [""]).entries()) {
      const files = index ? [] : places;
      await this.#post({ type: "say", id: newId(), text: piece, files, reply_to: replyTo }, index ? [] : blobs);
    }
  }

  /**
   * @param {any} frame
   * @param {any[]} blobs
   */
  async #post(frame, blobs) {
    if (!this.#connection || !this.seat) return;
    const order = Date.now() + performance.now() / 1e6; // two in the same millisecond stay in order
    const item = { id: frame.id, seat: seatKey(this.seat), order, frame, blobs };
    if (frame.type === "say") {
      this.log.show(drafted(item));
      this.log.toEnd();
    }
    await this.#connection.post(item);
  }

  /**
   * @param {any[]} lines
   * @param {boolean} caughtUp
   */
  #receive(lines, caughtUp) {
    let [news, isNew] = [false, false];
    for (const line of lines) {
      if (line.id === "menu") this.#offer(line.commands ?? []);
      else if (line.id === "answers") for (const text of this.#presses.answered(line.answers ?? [])) this.toast(text);
      else {
        isNew ||= !line.mine && !this.log.find(line.id);
        news ||= !this.log.find(line.id) || this.log.endsWith(line.id); // a card that turned its page is read anew
        if (!line.mine) this.#latest = Math.max(this.#latest, line.revision);
        this.log.show(line);
      }
    }
    if (caughtUp && !this.log.complete) this.log.begin();
    if (lines.length) this.#showPin();
    if (news) this.log.follow(isNew);
    else this.log.appear();
    this.seen();
  }

  #showPin() {
    const pinned = this.log.pinned();
    this.pin.hidden = !pinned;
    if (!pinned) return;
    this.pin.replaceChildren(icon("pin"), element("span", { dir: "auto" }, pinned.text.split("\n")[0].slice(0, 120)));
    this.pin.onclick = () => this.log.goTo(pinned.id);
  }

  /** @param {any[]} commands */
  #offer(commands) {
    this.#commands = commands;
    this.composer.offerCommands(commands.length > 0);
  }

  /** @param {string} id */
  #sent(id) {
    const line = this.log.find(id);
    if (line?.unsent) this.log.show({ ...line, unsent: false });
  }

  /** @param {import("./memory.js").Unsent} item */
  #failed(item) {
    if (item.frame.type === "say") {
      this.log.show(drafted(item));
      return;
    }
    void unsent.drop(item.id);
    this.toast(say("failed"));
  }

  /** @type {import("./bubble.js").Doing} */
  #doing = {
    find: (id) => this.log.find(id),
    goTo: (id) => this.log.goTo(id),
    more: (line) => this.#actions(line),
    press: (line, token) => {
      this.log.expect();
      return this.#presses.press((frame) => this.#ask(frame), line.id, token);
    },
    follow: (address) => this.around.follow(address),
    reply: (line) => this.composer.reply(line),
    again: (line) => void this.#again(line),
    discard: (line) => void unsent.drop(line.id).then(() => this.log.remove(line.id)),
  };

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
    if (line.mine && line.text && !isStart(line)) actions.push({ icon: "edit", label: say("edit"), choose: () => this.composer.edit(line) });
    if (line.text && !line.guarded && !isStart(line) && navigator.clipboard) {
      actions.push({ icon: "copy", label: say("copy"), choose: () => void navigator.clipboard.writeText(line.text) });
    }
    const reactions = line.card || line.mine ? [] : REACTIONS.map((emoji) => ({ emoji, mine: own === emoji, choose: react(emoji) }));
    showActions(say("more"), reactions, actions);
  }

  /** @param {any} line */
  async #again(line) {
    if (!this.seat) return;
    const item = (await unsent.of(seatKey(this.seat))).find((one) => one.id === line.id);
    if (!item) return;
    delete item.failed;
    this.log.show(drafted(item));
    await this.#connection?.post(item);
  }

  /** @param {"open" | "lost" | "closed"} state */
  #showState(state) {
    if (state === "lost" && this.#losing) return; // it goes on being lost
    clearTimeout(this.#losing);
    this.#losing = undefined;
    const tell = () => {
      this.state.textContent = state === "closed" ? say("refused") : say("offline");
      this.state.hidden = state === "open";
      this.composer.close(state === "closed");
    };
    if (state === "lost") this.#losing = setTimeout(tell, BLINK);
    else tell();
  }
}

/**
 * A message that is not sent yet, as it will look.
 * @param {import("./memory.js").Unsent} item
 */
function drafted({ id, frame, blobs, order, failed }) {
  const waiting = blobs.map(({ blob, file }) => ({ ...file, type: blob.type, size: blob.size, url: URL.createObjectURL(blob) }));
  const { text, reply_to } = frame;
  return { id, mine: true, unsent: true, failed, at: order, text, reply_to, files: [...waiting, ...frame.files] };
}
