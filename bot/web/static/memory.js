// @ts-check
/** What the browser keeps: small notes, and messages that are not sent yet. Where it keeps nothing, the tab does. */

const YEAR = 365 * 24 * 3600; // seconds

const notes = new Map();

/**
 * @template T
 * @param {string} key
 * @param {T} otherwise
 * @returns {T}
 */
export function recall(key, otherwise) {
  try {
    const kept = localStorage.getItem(`morsmal.${key}`);
    return kept === null ? otherwise : JSON.parse(kept);
  } catch {
    return notes.get(key) ?? otherwise;
  }
}

/**
 * @param {string} key
 * @param {unknown} value
 */
export function remember(key, value) {
  notes.set(key, value);
  try {
    localStorage.setItem(`morsmal.${key}`, JSON.stringify(value));
  } catch {
    // Full or forbidden: the tab remembers as long as it is open.
  }
}

/**
 * Keep the language that she chose in the chat where the service sees it when the page is loaded. True when it is
 * another than before, and could be kept.
 * @param {string | null} language none: forget it
 */
export function chooseLanguage(language) {
  const kept = `language=${language ?? ""}`;
  const isKept = () => document.cookie.split("; ").includes(kept);
  if (isKept()) return false;
  document.cookie = `${kept}; path=/; max-age=${language ? YEAR : 0}; samesite=strict`;
  return isKept();
}

/** 128 random bits: a seat that nobody guesses. */
export function newSecret() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** A UUID; `crypto.randomUUID` exists only on secure pages, and a village's server may not be one. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/**
 * A message on its way: `frame` is what the socket sends, `blobs` the files that go first.
 * @typedef {{id: string, seat: string, order: number, frame: any, blobs: {blob: Blob, file: any}[], failed?: string}} Unsent
 */

/** @type {Map<string, Unsent>} */
const pending = new Map();
/** @type {Promise<IDBDatabase | null> | undefined} */
let opened;

function database() {
  opened ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open("morsmal", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("unsent", { keyPath: "id" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
      request.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
  return opened;
}

/**
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest} ask
 * @returns {Promise<any>}
 */
async function stored(mode, ask) {
  const kept = await database();
  if (!kept) return undefined;
  return new Promise((resolve) => {
    try {
      const transaction = kept.transaction("unsent", mode);
      const request = ask(transaction.objectStore("unsent"));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => resolve(undefined);
    } catch {
      resolve(undefined);
    }
  });
}

export const unsent = {
  /**
   * Keep it until the service has it.
   * @param {Unsent} item
   */
  async keep(item) {
    pending.set(item.id, item);
    await stored("readwrite", (store) => store.put(item));
  },

  /** @param {string} id */
  async drop(id) {
    pending.delete(id);
    await stored("readwrite", (store) => store.delete(id));
  },

  /**
   * All of a seat, in the order in which they were written.
   * @param {string} seat
   * @returns {Promise<Unsent[]>}
   */
  async of(seat) {
    for (const item of (await stored("readonly", (store) => store.getAll())) ?? []) {
      if (!pending.has(item.id)) pending.set(item.id, item);
    }
    return [...pending.values()].filter((item) => item.seat === seat).sort((a, b) => a.order - b.order);
  },
};
