// Starts behaviours. An element names its own in `data-behaviour="one two"`; each is one module that exports
// `start(element, signal)`. The signal is aborted when htmx takes the element out of the page, so listeners that a
// behaviour puts on the document never outlive it.

const stops = new WeakMap();

const startOne = async (element, name, signal) => {
  const { start } = await import(`behaviours/${name}`);
  if (!signal.aborted) start(element, signal);
};

const startAll = (root) => {
  for (const element of [root, ...root.querySelectorAll("[data-behaviour]")]) {
    if (!element.dataset?.behaviour || stops.has(element)) continue;
    const stop = new AbortController();
    stops.set(element, stop);
    const names = element.dataset.behaviour.split(" ");
    const started = names.map((name) => startOne(element, name, stop.signal).catch((problem) => console.error(`behaviour ${name}`, problem)));
    Promise.all(started).then(() => { element.dataset.ready = ""; });
  }
};

document.addEventListener("htmx:load", (event) => startAll(event.detail.elt));
document.addEventListener("htmx:beforeCleanupElement", (event) => stops.get(event.detail.elt)?.abort());
startAll(document.body);
