// @ts-check
/** The line to the service: it comes back by itself, and what was written meanwhile goes out in order. */

import { unsent } from "./memory.js";

const SLOWEST = 15_000;
const PATIENCE = 20_000; // an answer that takes longer means a dead line
const SILENCE = 65_000; // so does silence: the service says something at least every 25 seconds
const ASLEEP = 30_000; // after which a page that comes to the front looks for itself

/** The service has refused this for good. */
export class Refused extends Error {}

/** There is no line; try again when there is one. */
class Disconnected extends Error {}

/**
 * @typedef {{chat: string, user: string, secret: string, name: string}} Seat
 * @typedef {{
 *   lines: (lines: any[], caughtUp: boolean) => void,
 *   cleared: () => void,
 *   language: (language: string) => void,
 *   state: (state: "open" | "lost" | "closed") => void,
 *   sent: (id: string) => void,
 *   failed: (item: import("./memory.js").Unsent) => void,
 * }} Listener
 */

/** @param {Seat} seat */
export function seatKey(seat) {
  return `${seat.chat}|${seat.user || seat.secret}`;
}

export class Connection {
  /** @type {WebSocket | null} */ #socket = null;
  /** @type {Map<string, {done: (value?: unknown) => void, fail: (error: Error) => void}>} */ #asked = new Map();
  #revision = 0;
  #last = "";
  #delay = 500;
  #open = false;
  #ended = false;
  #pumping = false;
  #heard = Date.now();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /**
   * @param {Seat} seat
   * @param {Listener} listener
   */
  constructor(seat, listener) {
    this.seat = seat;
    this.listener = listener;
    this.wake = () => {
      if (document.visibilityState !== "visible" || this.#ended) return;
      if (this.#socket && Date.now() - this.#heard > ASLEEP) this.#drop();
      if (!this.#socket) this.#connect();
    };
    addEventListener("online", this.wake);
    document.addEventListener("visibilitychange", this.wake);
    this.watch = setInterval(() => Date.now() - this.#heard > SILENCE && this.#drop(), SILENCE / 4);
    this.#connect();
  }

  /** Nobody sits here any more. */
  end() {
    this.#ended = true;
    clearTimeout(this.#timer);
    clearInterval(this.watch);
    removeEventListener("online", this.wake);
    document.removeEventListener("visibilitychange", this.wake);
    this.#socket?.close();
  }

  /**
   * Write a message: kept until it is acknowledged.
   * @param {import("./memory.js").Unsent} item
   */
  async post(item) {
    await unsent.keep(item);
    void this.pump();
  }

  /**
   * Ask something now, or never: a press, a reaction. Rejects when there is no line.
   * @param {any} frame
   * @returns {Promise<unknown>}
   */
  ask(frame) {
    const socket = this.#socket;
    if (!socket || !this.#open) return Promise.reject(new Disconnected());
    return new Promise((done, fail) => {
      const late = setTimeout(() => this.#socket === socket && this.#drop(), PATIENCE);
      const settle = (/** @type {(value?: any) => void} */ then) => (/** @type {any} */ value) => {
        clearTimeout(late);
        this.#asked.delete(frame.id);
        then(value);
      };
      this.#asked.set(frame.id, { done: settle(done), fail: settle(fail) });
      socket.send(JSON.stringify(frame));
    });
  }

  /** Send what waits, one after the other. */
  async pump() {
    if (this.#pumping || !this.#open) return;
    this.#pumping = true;
    try {
      for (let item = await this.#next(); item && this.#open; item = await this.#next()) await this.#send(item);
    } catch (error) {
      if (!(error instanceof Disconnected)) throw error;
      setTimeout(() => void this.pump(), 3000);
    } finally {
      this.#pumping = false;
    }
  }

  async #next() {
    return (await unsent.of(seatKey(this.seat))).find((item) => !item.failed);
  }

  /** @param {import("./memory.js").Unsent} item */
  async #send(item) {
    try {
      while (item.blobs.length) {
        const { blob, file } = item.blobs[0];
        const stored = await this.#upload(blob);
        item.frame.files.push({ ...file, ...stored });
        item.blobs = item.blobs.slice(1);
        await unsent.keep(item);
      }
      await this.ask(item.frame);
      await unsent.drop(item.id);
      this.listener.sent(item.id);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      item.failed = error.message;
      await unsent.keep(item);
      this.listener.failed(item);
    }
  }

  /** @param {Blob} blob */
  async #upload(blob) {
    const { chat, user, secret } = this.seat;
    let response;
    try {
      response = await fetch("/chat/files", {
        method: "POST",
        headers: { Authorization: `Seat ${chat}:${user}:${secret}`, "Content-Type": blob.type || "application/octet-stream" },
        body: blob,
      });
    } catch {
      throw new Disconnected();
    }
    if (response.ok) return response.json();
    if (response.status >= 500 || response.status === 408) throw new Disconnected();
    throw new Refused(response.status === 413 ? "too-big" : "refused");
  }

  #connect() {
    clearTimeout(this.#timer);
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/chat/socket`);
    this.#socket = socket;
    this.#heard = Date.now();
    socket.onopen = () => {
      const { chat, user, secret } = this.seat;
      const known = { since: this.#revision, last: this.#last };
      socket.send(JSON.stringify({ type: "hello", chat, user, secret, language: navigator.language, ...known }));
    };
    socket.onmessage = (event) => this.#hear(JSON.parse(event.data));
    socket.onclose = () => this.#lost();
  }

  /** The line is dead, though the browser has not noticed: its own goodbye could take minutes. */
  #drop() {
    const socket = this.#socket;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    this.#lost();
  }

  /** @param {any} frame */
  #hear(frame) {
    this.#heard = Date.now();
    switch (frame.type) {
      case "welcome":
        this.#open = true;
        this.#delay = 500;
        this.listener.state("open");
        void this.pump();
        break;
      case "lines":
        for (const line of frame.lines) {
          this.#revision = Math.max(this.#revision, line.revision);
          if (line.id !== "menu" && line.id !== "answers") this.#last = line.id;
        }
        this.listener.lines(frame.lines, frame.caught_up);
        if (frame.language) this.listener.language(frame.language);
        break;
      case "cleared":
        this.#revision = 0;
        this.#last = "";
        this.listener.cleared();
        break;
      case "ack":
        this.#asked.get(frame.id)?.done();
        break;
      case "refused":
        this.#asked.get(frame.id)?.fail(new Refused(frame.reason));
        break;
      case "closed":
        this.#ended = true;
        this.listener.state("closed");
        break;
    }
  }

  #lost() {
    this.#socket = null;
    this.#open = false;
    for (const { fail } of [...this.#asked.values()]) fail(new Disconnected());
    if (this.#ended) return;
    this.listener.state("lost");
    this.#timer = setTimeout(() => this.#connect(), this.#delay * (0.7 + 0.6 * Math.random()));
    this.#delay = Math.min(this.#delay * 2, SLOWEST);
  }
}
