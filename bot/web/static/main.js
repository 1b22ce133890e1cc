// @ts-check
/** The page: its chats side by side or one at a time, and who sits in them. */

import { element, icon, page, say } from "./dom.js";
import { chooseLanguage, newSecret, recall, remember } from "./memory.js";
import { Pane } from "./pane.js";

const wide = matchMedia("(min-width: 75rem)"); // as in style.css
const panes = /** @type {HTMLElement} */ (document.getElementById("panes"));
const tabs = document.getElementById("tabs");

/** @type {{pane: Pane, about: any, tab: any, fresh?: () => void}[]} */
const chats = [];
let current = 0;

/**
 * Show this chat where only one is shown.
 * @param {number} index
 */
function select(index) {
  current = index;
  chats.forEach(({ pane, tab }, other) => {
    pane.node.classList.toggle("current", other === index);
    tab?.setAttribute("aria-current", String(other === index));
    pane.appear();
  });
  remember("tab", index);
}

/** @param {number} index */
function isVisible(index) {
  return document.visibilityState === "visible" && (wide.matches || chats.length === 1 || index === current);
}

/**
 * A link to this very page that starts something is followed on the page: in the private chat of who pressed it;
 * pressed in a private chat it is meant for somebody else, who is then somebody new.
 * @param {number} from
 * @param {string} user
 * @param {string} address
 */
function follow(from, user, address) {
  const start = startOf(address);
  if (start === null) return false;
  const own = chats.findIndex(({ about }) => about.private && about.users.some((/** @type {any} */ one) => one.user === user));
  const newcomer = chats.findIndex(({ fresh }) => fresh);
  const to = own >= 0 && own !== from ? own : newcomer >= 0 && newcomer !== from ? newcomer : from;
  if (to === newcomer) chats[to].fresh?.();
  begin(to, start);
  return true;
}

/** @param {string} address */
function startOf(address) {
  const found = new URL(address, location.href);
  const isOurs = found.origin === location.origin || (isLoopback(found) && isLoopback(location) && found.port === location.port);
  return isOurs && ["/", "/chat"].includes(found.pathname) ? found.searchParams.get("start") : null;
}

/** @param {URL | Location} place */
function isLoopback(place) {
  return ["localhost", "127.0.0.1", "[::1]"].includes(place.hostname);
}

/**
 * @param {number} index
 * @param {string} start
 */
function begin(index, start) {
  select(index);
  chats[index].pane.say(`/start ${start}`.trim());
}

/**
 * Members of this browser: each has a seat that only it knows. They are remembered.
 * @param {(seat: any) => void} sit
 */
function memberSeats(sit) {
  /** @type {{secret: string}[]} */
  const members = recall("members", []);
  const choose = element("select", { "aria-label": say("member") });
  const show = (/** @type {number} */ index) => {
    choose.replaceChildren(...members.map((_, number) => element("option", { value: number }, `${say("member")} ${number + 1}`)));
    choose.value = String(index);
    choose.hidden = members.length < 2;
    remember("members", members);
    remember("member", index);
    sit({ chat: "", user: "", secret: members[index].secret, name: "" });
  };
  const fresh = () => {
    members.push({ secret: newSecret() });
    show(members.length - 1);
  };
  choose.onchange = () => show(Number(choose.value));
  const open = () => (members.length ? show(Math.min(recall("member", 0), members.length - 1)) : fresh());
  const add = element("button", { type: "button", className: "fresh", title: say("new-member"), onclick: fresh }, icon("add"), element("span", {}, say("new-member")));
  return { controls: page.demonstration ? [choose, add] : [], fresh, open };
}

/**
 * Who of several acts in a group's chat.
 * @param {any} about
 * @param {(seat: any) => void} sit
 */
function groupSeats(about, sit) {
  const name = `as-${about.chat}`;
  const choices = about.users.map((/** @type {any} */ one) => {
    const field = element("input", { type: "radio", name, value: one.user });
    field.onchange = () => take(one.user);
    return element("label", {}, field, element("span", { dir: "auto" }, one.name));
  });
  const take = (/** @type {string} */ user) => {
    const one = about.users.find((/** @type {any} */ other) => other.user === user) ?? about.users[0];
    for (const label of choices) label.firstChild.checked = label.firstChild.value === one.user;
    remember(name, one.user);
    sit({ chat: about.chat, ...one });
  };
  const controls = element("fieldset", { className: "as" }, element("legend", {}, say("as")), choices);
  return { controls: about.users.length > 1 ? controls : [], open: () => take(recall(name, "")) };
}

page.panes.forEach((about, index) => {
  const sit = (/** @type {any} */ seat) => {
    user = seat.user;
    void pane.sit(seat);
  };
  let user = "";
  const seats = about.users.length ? groupSeats(about, sit) : memberSeats(sit);
  const pane = new Pane(about, seats.controls, {
    visible: () => isVisible(index),
    unread: (are) => {
      tab?.classList.toggle("unread", are);
      tab?.setAttribute("aria-label", are ? `${about.title}: ${say("unread")}` : about.title);
      if (!page.demonstration) document.title = are ? `● ${about.title}` : about.title;
    },
    follow: (address) => follow(index, user, address),
    speak: (language) => {
      // The demonstration's page belongs to several people.
      const isOther = !page.demonstration && chooseLanguage(language) && language !== document.documentElement.lang;
      if (isOther && language && pane.composer.idle) location.reload();
    },
  });
  const tab = tabs && element("button", { type: "button", onclick: () => select(index) }, icon(about.role), element("span", { dir: "auto" }, about.title));
  tabs?.append(tab);
  panes.append(pane.node);
  chats.push({ pane, about, tab, fresh: "fresh" in seats ? seats.fresh : undefined });
  seats.open();
});

select(Math.min(recall("tab", 0), chats.length - 1));
wide.addEventListener("change", () => select(current));

const start = startOf(location.href);
if (start !== null) {
  history.replaceState(null, "", location.pathname);
  begin(Math.max(0, chats.findIndex(({ fresh }) => fresh)), start);
}
