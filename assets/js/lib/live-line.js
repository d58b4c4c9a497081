// The line to the server on which one hears what others do: one stream a browser, shared by its tabs. The tab that holds
// the lock listens and passes on; when it goes, another takes its place. Without a stream one asks now and then instead.

const ASK = 10_000;
const SLOWEST = 60_000;
const spread = (time) => time * (0.8 + Math.random() * 0.4);
const later = (time, signal) => new Promise((done) => {
  const timer = setTimeout(done, time);
  signal.addEventListener("abort", () => { clearTimeout(timer); done(); }, { once: true });
});

export const listen = ({ stream, poll, person, since, hear, signal }) => {
  let at = since;
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(`live-${person}`) : null;
  const tell = (change) => {
    hear(change);
    channel?.postMessage({ change, at });
  };
  // A tab that opens asks the one that listens where it is, and fetches what was told before it could hear.
  let leads = false;
  const catchUp = async () => {
    try {
      const answer = await fetch(`${poll}?since=${encodeURIComponent(at)}`, { signal, redirect: "error" });
      if (!answer.ok) return;
      const found = await answer.json();
      at = found.since;
      found.changes.forEach(hear);
    } catch (problem) { /* the next change brings it up to date */ }
  };
  channel?.addEventListener("message", ({ data }) => {
    if (data.asks) {
      if (leads) channel.postMessage({ at });
    } else if (data.change) {
      at = data.at;
      hear(data.change);
    } else if (!leads && data.at !== at) catchUp();
  });
  channel?.postMessage({ asks: true });
  signal.addEventListener("abort", () => channel?.close());

  // Resolves when the stream is over; true when it was ever open.
  const hearStream = (ended) => new Promise((done) => {
    let opened = false;
    const source = new EventSource(`${stream}?since=${encodeURIComponent(at)}`);
    const close = () => { source.close(); done(opened); };
    source.addEventListener("hello", (event) => { opened = true; at = event.lastEventId || at; ended.asking?.abort(); });
    source.addEventListener("change", (event) => {
      at = event.lastEventId || at;
      tell(JSON.parse(event.data));
    });
    source.addEventListener("end", close);
    source.addEventListener("error", close);
    signal.addEventListener("abort", close, { once: true });
  });

  let unread = null;
  const ask = async (stop) => {
    await later(spread(2_000), stop);
    while (!stop.aborted) {
      try {
        const answer = await fetch(`${poll}?since=${encodeURIComponent(at)}`, { signal: stop, redirect: "error" });
        if (answer.ok) {
          const found = await answer.json();
          at = found.since;
          found.changes.forEach(tell);
          if (unread !== null && unread !== found.unread) tell({ kind: "notice" });
          unread = found.unread;
        }
      } catch (problem) {
        if (stop.aborted) return;
      }
      await later(spread(ASK), stop);
    }
  };

  const lead = async () => {
    let pause = 1_000;
    leads = true;
    const state = { asking: null };
    while (!signal.aborted) {
      const opened = await hearStream(state);
      if (signal.aborted) return;
      if (opened) pause = 1_000;
      if (!state.asking || state.asking.signal.aborted) {
        state.asking = new AbortController();
        signal.addEventListener("abort", () => state.asking.abort(), { once: true });
        ask(state.asking.signal);
      }
      await later(spread(pause), signal);
      pause = Math.min(pause * 2, SLOWEST);
    }
  };

  if (!navigator.locks) lead();
  else navigator.locks.request(`live-${person}`, { signal }, lead).catch(() => {});
};
