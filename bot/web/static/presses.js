// @ts-check
/** Buttons that were pressed and wait for their answer. */

import { newId } from "./memory.js";

const PATIENCE = 6000; // milliseconds that a press waits for its answer

export class Presses {
  /** @type {Map<string, () => void>} */ #waiting = new Map();

  /**
   * Resolves when the service has answered, or does not; rejects when the press did not arrive.
   * @param {(frame: any) => Promise<unknown>} ask
   * @param {string} message
   * @param {string} token
   */
  async press(ask, message, token) {
    const id = newId();
    const answered = new Promise((resolve) => {
      this.#waiting.set(id, () => resolve(undefined));
      setTimeout(resolve, PATIENCE);
    });
    try {
      await ask({ type: "press", id, message, token });
      await answered;
    } finally {
      this.#waiting.delete(id);
    }
  }

  /**
   * The latest answers of a chat: what those say that are waited for here. The others are of another page or time.
   * @param {{press: string, text: string}[]} answers
   */
  answered(answers) {
    const ours = answers.filter(({ press }) => this.#waiting.has(press));
    for (const { press } of ours) this.#waiting.get(press)?.();
    return ours.map(({ text }) => text).filter(Boolean);
  }
}
