// @ts-check
/** Pictures, sound, files and places in a message. */

import { element, icon, iconButton, lengthOf, say, sizeOf } from "./dom.js";
import { showPicture } from "./sheet.js";
import { addressLink } from "./text.js";

/**
 * All that came with a message.
 * @param {any[]} files
 * @param {{covered: boolean, guarded: boolean}} how
 */
export function media(files, how) {
  const pictures = files.filter((file) => file.kind === "photo" || file.kind === "sticker");
  const others = files.filter((file) => !pictures.includes(file));
  const made = others.map((file) => one(file));
  if (!pictures.length) return made;
  const album = element("div", { className: pictures.length > 1 ? "pictures album" : "pictures" });
  album.append(...pictures.map((file) => picture(file, how)));
  return [album, ...made];
}

/** @param {any} file */
function addressOf(file) {
  return file.url ?? `/chat/files/${encodeURIComponent(file.ref)}`;
}

/** @param {any} file */
function one(file) {
  switch (file.kind) {
    case "voice":
    case "audio":
      return player(file);
    case "video":
      return element("video", { src: addressOf(file), controls: true, preload: "metadata", playsInline: true });
    case "location":
      return place(file);
    case "contact":
      return addressLink(`tel:${file.phone}`, [icon("member"), file.phone], undefined, "file");
    default:
      return attached(file);
  }
}

/**
 * A picture that opens full screen. A covered one is seen only after a tap.
 * @param {any} file
 * @param {{covered: boolean, guarded: boolean}} how
 */
function picture(file, { covered, guarded }) {
  const image = element("img", { src: addressOf(file), alt: say("photo"), loading: "lazy", decoding: "async", draggable: !guarded });
  const button = element("button", { type: "button", className: "picture", "aria-label": say("photo") }, image);
  if (covered) {
    button.classList.add("covered");
    button.setAttribute("aria-label", say("covered"));
    button.append(element("span", { className: "cover" }, icon("eye"), say("covered")));
  }
  button.onclick = () => {
    if (button.classList.contains("covered")) {
      button.classList.remove("covered");
      button.setAttribute("aria-label", say("photo"));
      button.querySelector(".cover").remove();
    } else showPicture(addressOf(file), guarded);
  };
  return button;
}

/** @type {HTMLAudioElement | null} */
let playing = null;

/**
 * Sound: a large button to play it, how far it is, and how long it lasts.
 * @param {any} file
 */
export function player(file) {
  const sound = /** @type {HTMLAudioElement} */ (element("audio", { preload: "none", src: addressOf(file) }));
  let length = file.seconds;
  const time = element("span", { className: "length" }, lengthOf(length));
  const along = element("input", { type: "range", min: 0, max: 1000, value: 0, "aria-label": say("voice") });
  const button = iconButton("play", say("play"), () => void (sound.paused ? sound.play() : sound.pause()), "play");
  const show = () => {
    const label = sound.paused ? "play" : "pause";
    button.replaceChildren(icon(label));
    button.setAttribute("aria-label", `${say(label)} ${lengthOf(length)}`);
    button.title = say(label);
  };
  sound.onplay = () => {
    if (playing !== sound) playing?.pause();
    playing = sound;
    show();
  };
  sound.onpause = show;
  sound.onloadedmetadata = () => {
    // A recording of a browser does not know its own length; the message does.
    if (Number.isFinite(sound.duration)) length = sound.duration;
  };
  sound.ontimeupdate = () => {
    along.value = length ? String((1000 * sound.currentTime) / length) : "0";
    time.textContent = lengthOf(sound.paused && !sound.currentTime ? length : sound.currentTime);
  };
  sound.onended = () => {
    along.value = "0";
    time.textContent = lengthOf(length);
    show();
  };
  along.oninput = () => {
    sound.currentTime = (Number(along.value) / 1000) * length;
  };
  show();
  return element("div", { className: "player" }, button, along, time, sound);
}

/** @param {any} file */
function attached(file) {
  const ending = (file.type ?? "").split(";")[0].split("/").pop().split(/[.+-]/).pop();
  const size = file.size && sizeOf(file.size);
  const name = element("span", {}, say("document"), element("small", { dir: "ltr" }, [ending?.toUpperCase(), size].filter(Boolean).join(" · ")));
  return element("a", { className: "file", href: addressOf(file), download: "" }, icon("file"), name);
}

/** @param {any} file */
function place(file) {
  const where = `${file.latitude.toFixed(5)}, ${file.longitude.toFixed(5)}`;
  // A phone shows it in its own map; elsewhere it takes a site, and only when somebody asks for it.
  const address = matchMedia("(pointer: coarse)").matches
    ? `geo:${file.latitude},${file.longitude}?q=${file.latitude},${file.longitude}`
    : `https://www.openstreetmap.org/?mlat=${file.latitude}&mlon=${file.longitude}#map=16/${file.latitude}/${file.longitude}`;
  return addressLink(address, [icon("place"), element("span", { dir: "ltr" }, where)], undefined, "file");
}
