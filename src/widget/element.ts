type Attributes = Readonly<Record<string, string>>;
type Child = Node | string;

/**
 * Makes an element; texts become text nodes, never markup. `part` is also the class, so that the widget's own style and
 * the page's `::part()` use the same names.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  part: string,
  children: readonly Child[] = [],
  attributes: Attributes = {},
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  setPart(made, part);
  setAttributes(made, attributes);
  append(made, ...children);
  return made;
}

export function setPart(target: Element, part: string): void {
  if (part) setAttributes(target, { class: part, part });
}

/** A button with a listener; an icon in place of its words when there is one. */
export function button(
  part: string,
  label: string,
  onClick: () => void,
  path?: string,
  attributes: Attributes = {},
): HTMLButtonElement {
  const made = element('button', part, path ? [icon(path)] : [label], {
    type: 'button',
    ...(path && { 'aria-label': label, title: label }),
    ...attributes,
  });
  made.addEventListener('click', onClick);
  return made;
}

/** A drawing in lines on a field of 24 by 24. */
export function icon(path: string): SVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const drawing = document.createElementNS(space, 'svg');
  const line = document.createElementNS(space, 'path');
  setAttributes(drawing, { viewBox: '0 0 24 24', 'aria-hidden': 'true' });
  setAttributes(line, { d: path });
  append(drawing, line);
  return drawing;
}

// `appendChild` and not `append`, `removeChild` and not `remove`: old libraries put their own on the page's elements.
export function append(parent: Node, ...children: readonly Child[]): void {
  for (const child of children) {
    parent.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
  }
}

export function detach(node: Node): void {
  node.parentNode?.removeChild(node);
}

export function empty(node: Node): void {
  while (node.firstChild) node.removeChild(node.firstChild);
}

function setAttributes(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
}
