// Elements from names, attributes and children; and the little Markdown that descriptions have.

/** An element. `on` names listeners; a value that is false or absent leaves its attribute out. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (value === true) element.setAttribute(key, "");
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** Words with `code` in them, as children of an element. */
export function words(text) {
  return text.split(/(``+.+?``+|`[^`]+`)/).filter(Boolean).map((part) =>
    part.startsWith("`") ? h("code", {}, part.replace(/^`+ ?| ?`+$/g, "")) : part);
}

/** Paragraphs. */
export function paragraphs(text) {
  return text.split(/\n\s*\n/).map((part) => h("p", {}, words(part.replace(/\s*\n\s*/g, " "))));
}

let last = 0;
/** An id that nothing else on the page has. */
export function unique(prefix) {
  last += 1;
  return `${prefix}-${last}`;
}
