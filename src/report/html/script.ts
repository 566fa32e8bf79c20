/**
 * What the page does beyond being read: it filters, keeps the choice in the fragment of its address, opens what a link
 * leads to, and copies curl lines. A plain script: it stands in the page as it is here.
 */
export const script = `
(() => {
  "use strict";
  const form = document.getElementById("filter");
  const shown = document.getElementById("shown");
  const reset = document.getElementById("reset");
  const inputs = [...form.querySelectorAll("input[type=checkbox]")];
  const search = document.getElementById("search");
  const checks = [...document.querySelectorAll("[data-outcome]")];
  const groups = [...document.querySelectorAll("[data-group]")];
  const keys = ["outcome", "level", "suite"];

  const chosen = (key) => inputs.filter((input) => input.name === key && input.checked).map((input) => input.value);

  function apply() {
    const wanted = keys.map((key) => [key, chosen(key)]).filter(([, values]) => values.length > 0);
    const words = search.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
    const isNarrowed = wanted.length > 0 || words.length > 0;
    let count = 0;
    for (const check of checks) {
      const text = (check.id + " " + (check.querySelector("summary") || check).textContent).toLowerCase();
      check.hidden =
        !wanted.every(([key, values]) => values.includes(check.dataset[key])) || !words.every((word) => text.includes(word));
      if (!check.hidden) count++;
    }
    for (const group of groups) group.hidden = group.querySelector("[data-outcome]:not([hidden])") === null;
    if (isNarrowed) for (const fold of document.querySelectorAll("details[data-group]")) fold.open = true;
    const all = checks.length;
    shown.textContent = !isNarrowed ? "All " + all + " checks" : count + " of " + all + " checks";
    reset.hidden = !isNarrowed;
    return wanted;
  }

  function write() {
    const fragment = apply().map(([key, values]) => key + "=" + values.map(encodeURIComponent).join(",")).join("&");
    history.replaceState(null, "", "#" + fragment);
  }

  function isFilter(fragment) {
    return keys.some((key) => new URLSearchParams(fragment).has(key));
  }

  function read(fragment) {
    const parameters = new URLSearchParams(fragment);
    for (const input of inputs) input.checked = (parameters.get(input.name) || "").split(",").includes(input.value);
    apply();
  }

  function reveal(id) {
    const target = document.getElementById(id);
    if (target === null) return;
    const check = target.closest("[data-outcome]");
    if (check !== null && check.hidden) {
      search.value = "";
      read("");
    }
    for (let element = target; element !== null; element = element.parentElement) {
      if (element.localName === "details") element.open = true;
    }
    target.scrollIntoView();
  }

  function follow() {
    const fragment = location.hash.slice(1);
    if (isFilter(fragment)) {
      read(fragment);
      form.querySelector("details").open = true;
      form.scrollIntoView();
      return;
    }
    try {
      reveal(decodeURIComponent(fragment));
    } catch {
      // A fragment that is no valid encoding leads nowhere.
    }
  }

  form.hidden = false;
  search.addEventListener("input", apply);
  form.addEventListener("change", write);
  form.addEventListener("submit", (event) => event.preventDefault());
  // The inputs are reset only after the event.
  form.addEventListener("reset", () => queueMicrotask(() => { read(""); write(); inputs[0]?.focus(); }));
  addEventListener("hashchange", follow);
  // The link to where one is already fires no hashchange.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link !== null && link.hash === location.hash) follow();
  });
  // A browser may restore what was ticked before the page was left; the address alone decides.
  read("");
  if (location.hash.length > 1) follow();

  for (const line of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(line.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(line);
        button.textContent = "Selected";
      }
    });
    line.before(button);
  }
})();
`;
