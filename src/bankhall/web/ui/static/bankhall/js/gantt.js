// The roster under the hand: drag by mouse, arrows by keyboard. Every change is posted and checked by the same rules; this file
// knows no rule, only where bars stand. Arrows move by a slot, Shift + arrows change the end, Enter opens, L locks, U undoes.
const plan = () => document.getElementById("plan");
const slotOf = () => Number(plan().dataset.slot);

const fill = (form, values) => {
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (field) field.value = value;
  }
};
let underway = false;
const post = (bar, what, values = {}) => {
  const form = document.getElementById("edit");
  if (!form || bar.classList.contains("fixed")) return;
  underway = true;
  fill(form, { what, key: bar.dataset.key, start: bar.dataset.start, end: bar.dataset.end, staff_no: bar.dataset.staff, locked: bar.dataset.locked, ...values });
  form.requestSubmit();
};
const open = (bar) => {
  const form = document.getElementById("open-cell");
  if (!form) return;
  fill(form, { key: bar.dataset.key });
  form.requestSubmit();
};
const shift = (bar, minutes) => post(bar, "move", { start: Number(bar.dataset.start) + minutes, end: Number(bar.dataset.end) + minutes });
const stretch = (bar, minutes) => post(bar, "move", { end: Math.max(Number(bar.dataset.start) + slotOf(), Number(bar.dataset.end) + minutes) });

const neighbour = (bar, step) => {
  const rows = [...bar.closest("svg").querySelectorAll(".person-row")].filter((row) => row.querySelector(".bar"));
  const row = rows[rows.indexOf(bar.closest(".person-row")) + step];
  if (!row) return;
  const middle = (Number(bar.dataset.start) + Number(bar.dataset.end)) / 2;
  const away = (other) => Math.abs((Number(other.dataset.start) + Number(other.dataset.end)) / 2 - middle);
  [...row.querySelectorAll(".bar")].sort((one, other) => away(one) - away(other))[0].focus();
};

// Where nothing may be moved, arrows lead from one stretch of the row to the next.
const beside = (bar, step) => {
  const bars = [...bar.closest(".person-row").querySelectorAll(".bar")];
  bars[bars.indexOf(bar) + step]?.focus();
};
const sideways = (bar, minutes, step, act) => (bar.classList.contains("fixed") ? beside(bar, step) : act(bar, minutes));

// A half hour of the board answers "why?": by mouse, or with arrows and Enter. One of them is the Tab stop.
const along = (slot, step) => {
  const slots = [...slot.closest("svg").querySelectorAll(".slot")];
  const next = slots[slots.indexOf(slot) + step];
  if (!next) return;
  slot.setAttribute("tabindex", "-1");
  next.setAttribute("tabindex", "0");
  next.focus();
};
document.addEventListener("keydown", (event) => {
  const slot = event.target.closest?.(".slot");
  if (!slot || event.ctrlKey || event.metaKey || event.altKey) return;
  const acts = { ArrowLeft: () => along(slot, -1), ArrowRight: () => along(slot, 1), Enter: () => open(slot), " ": () => open(slot) };
  if (!acts[event.key]) return;
  event.preventDefault();
  acts[event.key]();
});
// So does the room between the stretches of a row: the half hour above it says which.
let dragged = false;
document.addEventListener("click", (event) => {
  const asked = event.target.closest(".slot, .bar.fixed");
  const row = event.target.closest(".person-row");
  if (asked) open(asked);
  else if (row && !dragged && !event.target.closest(".bar")) {
    const above = [...row.closest("svg").querySelectorAll(".slot")].find((slot) => {
      const box = slot.getBoundingClientRect();
      return box.left <= event.clientX && event.clientX < box.right;
    });
    if (above) open({ dataset: { key: above.dataset.key.replace(/^@[^~]*/, row.dataset.staff) } });
  }
  dragged = false;
});

const undo = () => document.getElementById("undo")?.click();
const acts = {
  ArrowLeft: (bar, shifted) => sideways(bar, -slotOf(), -1, shifted ? stretch : shift),
  ArrowRight: (bar, shifted) => sideways(bar, slotOf(), 1, shifted ? stretch : shift),
  ArrowUp: (bar) => neighbour(bar, -1),
  ArrowDown: (bar) => neighbour(bar, 1),
  Enter: (bar) => open(bar),
  l: (bar) => post(bar, "lock"),
  u: () => document.getElementById("undo")?.click(),
};
// Keys pressed while a change is on its way wait for its answer and act on the stretch as it stands then.
let waiting = [];
document.addEventListener("keydown", (event) => {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const bar = event.target.closest(".bar");
  const meant = acts[key] && (bar || underway || key === "u") && !event.target.closest("input, textarea, select, dialog");
  if (!meant || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  if (underway) waiting.push([key, event.shiftKey]);
  else acts[key](bar, event.shiftKey);
});
const goOn = () => {
  underway = false;
  while (waiting.length && !underway) {
    const bar = document.activeElement.closest(".bar");
    const [key, shifted] = waiting.shift();
    if (bar) acts[key](bar, shifted);
  }
};

// Dragging: near an end it stretches, in the middle it moves, onto another row it gives the stretch to that person.
let drag = null;
document.addEventListener("pointerdown", (event) => {
  const bar = event.target.closest(".bar");
  dragged = false;
  if (!bar || bar.classList.contains("fixed") || event.button !== 0 || !plan() || !document.getElementById("edit")) return;
  const svg = bar.closest("svg");
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const box = bar.getBoundingClientRect();
  const near = Math.min(10, box.width / 4);
  const grip = event.clientX - box.left < near ? "start" : box.right - event.clientX < near ? "end" : "all";
  drag = { bar, grip, x: event.clientX, y: event.clientY, perMinute: Number(svg.closest("[data-per-minute]").dataset.perMinute) * scale, minutes: 0, staff: bar.dataset.staff, moved: false };
});
document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const across = event.clientX - drag.x;
  const down = event.clientY - drag.y;
  if (!drag.moved && Math.hypot(across, down) < 5) return;
  drag.moved = true;
  drag.bar.classList.add("dragging");
  const slot = slotOf();
  drag.minutes = Math.round(across / drag.perMinute / slot) * slot;
  const row = document.elementsFromPoint(event.clientX, event.clientY).map((node) => node.closest?.(".person-row")).find(Boolean);
  drag.staff = drag.grip === "all" && row ? row.dataset.staff : drag.bar.dataset.staff;
  const svg = drag.bar.closest("svg");
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  drag.bar.setAttribute("transform", `translate(${(drag.minutes * drag.perMinute) / scale} ${drag.staff === drag.bar.dataset.staff ? 0 : down / scale})`);
});
document.addEventListener("pointerup", () => {
  if (!drag) return;
  const { bar, grip, minutes, staff, moved } = drag;
  drag = null;
  dragged = moved;
  bar.classList.remove("dragging");
  bar.removeAttribute("transform");
  if (!moved) { open(bar); return; }
  if (!minutes && staff === bar.dataset.staff) return;
  const start = Number(bar.dataset.start) + (grip === "end" ? 0 : minutes);
  const end = Number(bar.dataset.end) + (grip === "start" ? 0 : minutes);
  if (end > start) post(bar, "move", { start, end, staff_no: staff });
});

// A change made in the dialog closes it when the answer is there.
let closing = false;
document.addEventListener("submit", (event) => { closing = Boolean(event.target.closest("#dialog")); });
document.addEventListener("htmx:after:swap", () => {
  if (closing) document.getElementById("dialog")?.close();
  closing = false;
});

// After a swap of the plan the same stretch has the focus again, so that the keys go on. What ticks beside the plan, or
// comes late, leaves the hand where it is.
let last = "";
document.addEventListener("focusin", (event) => { last = event.target.closest?.(".bar")?.dataset.key ?? ""; });
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx.target?.id !== "plan") return;
  setTimeout(() => {
    const key = plan()?.dataset.focus || last;
    const bars = [...document.querySelectorAll(".bar")].filter((bar) => bar.dataset.key === key && bar.getClientRects().length);
    if (!document.activeElement?.closest(".bar")) bars[0]?.focus();
  });
});
document.addEventListener("htmx:finally:request", (event) => {
  const { target, status } = event.detail.ctx;
  if (target?.id !== "plan") return;
  if (status !== "swapped") waiting = [];
  setTimeout(goOn);
});
