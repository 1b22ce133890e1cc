// @ts-check
/** Where people write, speak, and add pictures, files and their place. */

import { summary } from "./bubble.js";
import { canRecord, record, redrawn } from "./capture.js";
import { element, icon, iconButton, lengthOf, letGo, page, say, sizeOf } from "./dom.js";
import { player } from "./media.js";

/**
 * @typedef {{blob: Blob | null, file: any}} Draft a file that will be sent, or a place without one
 * @typedef {{text: string, drafts: Draft[], replyTo: string | null, edits: any | null}} Written
 */

export class Composer {
  /** @type {Draft[]} */ #drafts = [];
  /** @type {any} */ #reply = null;
  /** @type {any} */ #edit = null;
  /** @type {string[]} */ #urls = [];

  /**
   * @param {{send: (written: Written) => void, say: (text: string) => void, commands: () => void, title: string}} doing
   */
  constructor(doing) {
    this.doing = doing;
    this.text = element("textarea", { rows: 1, dir: "auto", placeholder: say("write"), "aria-label": `${say("write")}: ${doing.title}` });
    this.text.enterKeyHint = "enter";
    this.text.oninput = () => this.#grow();
    this.text.onkeydown = (/** @type {KeyboardEvent} */ event) => this.#key(event);
    this.text.onpaste = (/** @type {ClipboardEvent} */ event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length) event.preventDefault();
      void this.#add(files);
    };
    this.context = element("div", { className: "context", hidden: true });
    this.tray = element("div", { className: "tray", hidden: true });
    this.send = element("button", { type: "submit", className: "round main", title: say("send"), "aria-label": say("send") }, icon("send"));
    this.photos = picker("image/*", (files) => this.#add(files));
    this.files = picker("", (files) => this.#add(files));
    this.slash = iconButton("commands", say("commands"), doing.commands, "tool");
    this.slash.hidden = true;
    this.tools = element(
      "div",
      { className: "tools" },
      canRecord && iconButton("mic", say("voice"), () => void this.#record(), "tool"),
      iconButton("photo", say("photo"), () => this.photos.click(), "tool"),
      iconButton("file", say("document"), () => this.files.click(), "tool"),
      navigator.geolocation && iconButton("place", say("place"), () => this.#place(), "tool"),
      this.slash,
    );
    this.row = element("div", { className: "write" }, this.text, this.send);
    this.recording = element("div", { className: "recording", hidden: true });
    this.node = element("form", { className: "composer" }, this.context, this.tray, this.row, this.recording, this.tools, this.photos, this.files);
    this.node.onsubmit = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#submit();
    };
  }

  /** Is nothing begun that would be lost with the page? */
  get idle() {
    return !this.text.value && !this.#drafts.length && this.recording.hidden && this.context.hidden;
  }

  /** @param {boolean} are there commands to choose from? */
  offerCommands(are) {
    this.slash.hidden = !are;
  }

  /** @param {any} line to reply to */
  reply(line) {
    this.#edit = null;
    this.#reply = line;
    this.#showContext("reply", summary(line));
  }

  /** @param {any} line to change */
  edit(line) {
    this.#reply = null;
    this.#edit = line;
    this.text.value = line.text;
    this.#showContext("edit", line.text);
    this.#grow();
  }

  /** @param {boolean} closed nobody can write here */
  close(closed) {
    this.node.inert = closed;
  }

  /**
   * @param {string} name of the icon and the text
   * @param {string} text
   */
  #showContext(name, text) {
    this.context.replaceChildren(
      icon(name),
      element("span", { dir: "auto" }, text.slice(0, 120)),
      iconButton("close", say("cancel"), () => this.#calm(), "tool"),
    );
    this.context.hidden = false;
    this.text.focus();
  }

  #calm() {
    if (this.#edit) this.text.value = "";
    this.#reply = this.#edit = null;
    this.context.hidden = true;
    this.#grow();
  }

  #grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 200)}px`;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape" && !this.context.hidden) this.#calm();
    // On a phone Enter begins a new line; there a thumb is near the button.
    const typed = event.key === "Enter" && !event.shiftKey && !event.isComposing && !matchMedia("(pointer: coarse)").matches;
    if (!typed) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    const text = this.text.value.trim();
    if (!text && !this.#drafts.length) return;
    this.doing.send({ text, drafts: this.#drafts, replyTo: this.#reply?.id ?? null, edits: this.#edit });
    this.text.value = "";
    this.#drafts = [];
    this.#edit = null;
    this.#showTray();
    this.#calm();
    this.text.focus();
  }

  /** @param {Iterable<File>} files */
  async #add(files) {
    for (const file of files) {
      if (this.#drafts.length >= page.most_files) break;
      const draft = await this.#drafted(file);
      if (draft?.blob && draft.blob.size > page.largest_file) this.doing.say(say("too-big"));
      else if (draft) this.#drafts.push(draft);
    }
    this.#showTray();
  }

  /**
   * @param {File} file
   * @returns {Promise<Draft | null>}
   */
  async #drafted(file) {
    if (file.type.startsWith("image/")) {
      try {
        return { blob: await redrawn(file), file: { kind: "photo" } };
      } catch {
        this.doing.say(say("unreadable"));
        return null;
      }
    }
    const kind = file.type.startsWith("video/") ? "video" : file.type.startsWith("audio/") ? "audio" : "document";
    // Its name stays here: names tell whose a file is.
    return { blob: new Blob([file], { type: file.type }), file: { kind } };
  }

  #showTray() {
    this.#urls.forEach(letGo);
    this.#urls = [];
    this.tray.replaceChildren(...this.#drafts.map((draft) => this.#draftShown(draft)));
    this.tray.hidden = !this.#drafts.length;
  }

  /** @param {Draft} draft */
  #draftShown(draft) {
    const drop = iconButton("close", say("discard"), () => {
      this.#drafts = this.#drafts.filter((one) => one !== draft);
      this.#showTray();
    }, "drop");
    return element("div", { className: "draft" }, this.#preview(draft), drop);
  }

  /** @param {Draft} draft */
  #preview({ blob, file }) {
    if (!blob) return element("span", { className: "file" }, icon("place"), say("place"));
    const url = URL.createObjectURL(blob);
    this.#urls.push(url);
    if (file.kind === "photo") return element("img", { src: url, alt: say("photo") });
    if (file.kind === "voice" || file.kind === "audio") return player({ ...file, url });
    return element("span", { className: "file" }, icon("file"), sizeOf(blob.size));
  }

  async #record() {
    const time = element("span", { className: "length" }, lengthOf(0));
    let recorder;
    try {
      recorder = await record((seconds) => (time.textContent = lengthOf(seconds)));
    } catch {
      this.doing.say(say("no-microphone"));
      return;
    }
    const { cancel, finish } = recorder;
    const done = () => {
      this.recording.hidden = true;
      this.row.hidden = this.tools.hidden = false;
    };
    const drop = iconButton("trash", say("discard"), () => {
      cancel();
      done();
    });
    const send = iconButton("send", say("send"), () => void finish().then((spoken) => {
      done();
      if (!spoken) return;
      this.doing.send({ text: "", drafts: [{ blob: spoken.blob, file: { kind: "voice", seconds: spoken.seconds } }], replyTo: this.#reply?.id ?? null, edits: null });
      this.#calm();
    }), "round main");
    this.recording.replaceChildren(drop, element("span", { className: "live", role: "status" }, say("recording")), time, send);
    this.recording.hidden = false;
    this.row.hidden = this.tools.hidden = true;
    send.focus();
  }

  #place() {
    const found = (/** @type {GeolocationPosition} */ { coords: { latitude, longitude } }) => {
      this.#drafts.push({ blob: null, file: { kind: "location", latitude, longitude } });
      this.#showTray();
    };
    navigator.geolocation.getCurrentPosition(found, () => this.doing.say(say("no-place")), { timeout: 15_000, enableHighAccuracy: true });
  }
}

/**
 * A hidden field that opens the browser's own picker.
 * @param {string} accept
 * @param {(files: File[]) => void} take
 */
function picker(accept, take) {
  const field = element("input", { type: "file", accept, multiple: true, hidden: true, tabIndex: -1 });
  field.onchange = () => {
    take([...field.files]);
    field.value = "";
  };
  return field;
}
