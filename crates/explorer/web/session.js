// Requests to the program that serves the page. One that signs with somebody's keys answers only to the key that stands in
// the address which it printed; that key opens this program and nothing else, and stays in this tab.

const HEADER = "X-Explorer-Key";

function stored(value) {
  try {
    if (value === undefined) return sessionStorage.getItem("key");
    sessionStorage.setItem("key", value);
  } catch { /* Not kept: the page works until it is loaded again. */ }
  return value ?? null;
}

function taken() {
  const given = /^#key=([0-9a-f]+)/.exec(location.hash)?.[1];
  if (!given) return stored();
  history.replaceState(null, "", location.pathname);
  return stored(given);
}

const key = taken();

/** Fetches a path of the program. */
export function ask(path, options = {}) {
  return fetch(path, key === null ? options : { ...options, headers: { ...options.headers, [HEADER]: key } });
}
