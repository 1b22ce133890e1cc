// @ts-check
/** Voice from the browser's microphone, and pictures without what a camera writes into them. */

const FORMATS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const LONGEST = 10 * 60_000; // milliseconds
const LARGEST_SIDE = 2048; // pixels: a letter is still read at this size
const QUALITY = 0.85;

export const canRecord = Boolean(globalThis.MediaRecorder && navigator.mediaDevices?.getUserMedia);

/**
 * Start to record. Rejects when the microphone may not be used.
 * @param {(seconds: number) => void} tick called about every second
 * @returns {Promise<{finish: () => Promise<{blob: Blob, seconds: number} | null>, cancel: () => void}>}
 */
export async function record(tick) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = FORMATS.find((format) => MediaRecorder.isTypeSupported(format));
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: 32_000 });
  /** @type {Blob[]} */
  const parts = [];
  const started = performance.now();
  let ended = 0;
  recorder.ondataavailable = (event) => parts.push(event.data);
  const stopped = new Promise((resolve) => {
    recorder.onstop = () => {
      ended ||= performance.now();
      clearInterval(ticking);
      for (const track of stream.getTracks()) track.stop();
      resolve(undefined);
    };
  });
  const stop = () => {
    ended ||= performance.now();
    if (recorder.state !== "inactive") recorder.stop();
  };
  const ticking = setInterval(() => {
    tick((performance.now() - started) / 1000);
    if (performance.now() - started > LONGEST) stop();
  }, 500);
  recorder.start();
  return {
    cancel: stop,
    async finish() {
      stop();
      await stopped;
      const blob = new Blob(parts, { type: recorder.mimeType || mimeType });
      return blob.size ? { blob, seconds: Math.max(1, Math.round((ended - started) / 1000)) } : null;
    },
  };
}

/**
 * The picture, drawn anew: place, time and camera stay behind, and it is no larger than it must be.
 * Rejects when the browser cannot read it.
 * @param {Blob} file
 * @returns {Promise<Blob>}
 */
export async function redrawn(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LARGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("not drawn"))), "image/jpeg", QUALITY);
  });
}
