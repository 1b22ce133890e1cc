// @ts-check
/** Sheets that come up for a choice, and the picture that fills the screen. */

import { element, icon, iconButton, say } from "./dom.js";

/**
 * Open a dialog; it closes by its button, by Escape and by a press beside it, and is gone afterwards.
 * @param {string} className
 * @param {string} label
 * @param {...any} children
 */
function open(className, label, ...children) {
  const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { className, "aria-label": label }, ...children));
  dialog.onclose = () => dialog.remove();
  dialog.onclick = (event) => {
    if (event.target === dialog) dialog.close();
  };
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * What can be done with a message: reactions in a row, and actions under one another.
 * @param {string} label
 * @param {{emoji: string, mine: boolean, choose: () => void}[]} reactions
 * @param {{icon: string, label: string, choose: () => void}[]} actions
 */
export function showActions(label, reactions, actions) {
  const close = (/** @type {() => void} */ then) => () => {
    dialog.close();
    then();
  };
  const row = reactions.map(({ emoji, mine, choose }) =>
    element("button", { type: "button", className: "emoji", "aria-pressed": String(mine), onclick: close(choose) }, emoji),
  );
  const list = actions.map((action) =>
    element("button", { type: "button", className: "action", onclick: close(action.choose) }, icon(action.icon), action.label),
  );
  const dialog = open("sheet", label, row.length && element("div", { className: "emojis" }, row), list, closing(() => dialog.close()));
}

/**
 * The commands of a chat.
 * @param {{name: string, does: string}[]} commands
 * @param {(name: string) => void} choose
 */
export function showCommands(commands, choose) {
  const list = commands.map(({ name, does }) => {
    const press = () => {
      dialog.close();
      choose(name);
    };
    const said = element("span", { dir: "auto" }, does);
    return element("button", { type: "button", className: "action command", onclick: press }, element("b", { dir: "ltr" }, `/${name}`), said);
  });
  const dialog = open("sheet", say("commands"), element("h2", {}, say("commands")), list, closing(() => dialog.close()));
}

/** @param {() => void} close */
function closing(close) {
  return element("button", { type: "button", className: "action quiet", onclick: close }, icon("close"), say("close"));
}

/**
 * A picture over the whole screen. A press shows it in its own size, to read a letter by.
 * @param {string} address
 * @param {boolean} guarded
 */
export function showPicture(address, guarded) {
  const image = element("img", { src: address, alt: say("photo"), draggable: !guarded });
  const frame = element("button", { type: "button", className: "frame", "aria-label": say("photo") }, image);
  frame.onclick = () => frame.classList.toggle("large");
  if (guarded) frame.oncontextmenu = (/** @type {Event} */ event) => event.preventDefault();
  const dialog = open("viewer", say("photo"), frame, iconButton("close", say("close"), () => dialog.close()));
}
