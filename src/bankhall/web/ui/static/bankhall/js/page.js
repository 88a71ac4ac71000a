// What every page shares: keys, the ticking of running work, dialogs, toasts that leave. No inline script, no eval.
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
let going = false;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "/") {
    const search = document.getElementById("search");
    if (search) { event.preventDefault(); search.focus(); }
  } else if (event.key === "?") {
    document.getElementById("keys")?.showModal();
  } else if (going) {
    going = false;
    const stop = document.querySelector(`.loop a[data-key="${CSS.escape(event.key)}"]`);
    if (stop) { event.preventDefault(); stop.click(); }
  } else if (event.key === "g") {
    going = true;
    setTimeout(() => { going = false; }, 1500);
  }
});

// Running work is asked for while the page is seen, and never while something is being dragged.
setInterval(() => {
  if (document.visibilityState === "visible" && !document.querySelector(".dragging")) document.body.dispatchEvent(new Event("tick"));
}, 1000);

// To an address; where only the place on the page differs, the page is asked for again, since its content is another by now.
const visit = (address) => {
  const to = new URL(address, location.href);
  const same = to.pathname === location.pathname && to.search === location.search;
  location.assign(to);
  if (same && to.hash) location.reload();
};

const settle = () => {
  for (const toast of document.querySelectorAll("[data-fade]:not([data-leaving])")) {
    toast.dataset.leaving = "1";
    setTimeout(() => toast.remove(), 1000 * Number(toast.dataset.fade));
  }
  const go = document.querySelector("[data-go]");
  if (go && !go.dataset.gone) { go.dataset.gone = "1"; visit(go.dataset.go); }
  const dialog = document.getElementById("dialog");
  if (dialog && dialog.firstElementChild && !dialog.open && !dialog.firstElementChild.dataset.shown) {
    dialog.firstElementChild.dataset.shown = "1";
    dialog.showModal();
  }
};
document.addEventListener("htmx:after:swap", () => setTimeout(settle));
document.addEventListener("htmx:after:settle", () => setTimeout(settle));
settle();

// A row of tabs that is wider than the screen begins with the one that is open.
for (const tabs of document.querySelectorAll(".seg")) {
  const open = tabs.querySelector("[aria-current]");
  if (open) tabs.scrollLeft = open.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - open.offsetWidth) / 2;
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open)?.showModal();
  const closer = event.target.closest("[data-close]");
  if (closer) closer.closest("dialog")?.close();
  if (event.target.closest("[data-print]")) window.print();
  const copier = event.target.closest("[data-copy]");
  if (copier) {
    const field = document.getElementById(copier.dataset.copy);
    field.select();
    if (document.execCommand("copy")) copier.textContent = copier.dataset.copied;
  }
});
document.addEventListener("change", (event) => {
  const going = event.target.closest("[data-go-to]");
  if (going) location.assign(going.value.includes("?") ? going.value : going.value + location.search);
  if (event.target.closest("[data-submit]")) event.target.form?.requestSubmit();
});
document.addEventListener("close", (event) => {
  if (event.target.id === "dialog") event.target.replaceChildren();
}, true);
