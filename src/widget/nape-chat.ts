import { createApi } from './api.ts';
import { observedAttributes } from './attributes.ts';
import { append, element, empty, icon } from './element.ts';
import { icons } from './icons.ts';
import css from './launcher.css';
import { integrity, path } from './panel.css';
import { createPanel, type Panel } from './panel.ts';
import { createTabStore } from './tab-store.ts';
import { followViewport } from './viewport.ts';
import { englishSettings, launcherWords } from './words.ts';

/** Longest wait for words in the visitor's language before the panel opens in English. */
const longestWaitMs = 1_000;

// One pair of sheets for all elements of a page; the second is filled when the first panel opens.
const sheets = [new CSSStyleSheet(), new CSSStyleSheet()] as const;
sheets[0].replaceSync(css);

/** The chat as an element: a button that opens a panel, or with `mode="inline"` the panel alone. */
class NapeChat extends HTMLElement {
  static readonly observedAttributes = observedAttributes;
  // The empty title keeps the element's own `title`, which is a heading, from showing as a tip over everything.
  readonly #root = element('div', 'root', [], { title: '' });
  #shadow = this.attachShadow({ mode: 'open' });
  #life: AbortController | undefined;
  #launcher: HTMLElement | undefined;
  #panel: Panel | undefined;
  #building: Promise<Panel> | undefined;

  constructor() {
    super();
    this.#shadow.adoptedStyleSheets = [...sheets];
    append(this.#shadow, this.#root);
  }

  connectedCallback(): void {
    this.#life = new AbortController();
    const { signal } = this.#life;
    const tag = this.closest('[lang]')?.getAttribute('lang') || navigator.language;
    const language = tag.slice(0, 2).toLowerCase();
    this.#root.lang = language;
    if (!this.#isInline) {
      const label = launcherWords[language] ?? launcherWords.en ?? '';
      this.#launcher = element('button', 'launcher', [
        element('slot', '', [icon(icons.chat), label], { name: 'launcher' }),
      ]);
      this.#launcher.onclick = () => this.open();
      append(this.#root, this.#launcher);
      if (this.#store.load()?.open) this.setAttribute('open', '');
    }
    this.#root.onkeydown = (event) => {
      if (event.key === 'Escape') this.close();
    };
    // On a telephone the panel covers the page: a focus that goes on into the page would be out of sight.
    this.addEventListener(
      'focusout',
      ({ relatedTarget }) => {
        const covers = this.#panel && this.#panel.node.offsetWidth >= innerWidth;
        if (covers && relatedTarget && !this.contains(relatedTarget as Node)) this.close();
      },
      { signal },
    );
    addEventListener('pagehide', () => this.#panel?.save(), { signal });
    if (this.#isOpen) void this.#show();
  }

  disconnectedCallback(): void {
    this.#panel?.save();
    this.#life?.abort();
    this.#life = this.#panel = this.#building = this.#launcher = undefined;
    empty(this.#root);
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (!this.#life || before === after) return;
    if (name !== 'open') {
      this.disconnectedCallback();
      this.connectedCallback();
    } else if (this.#isOpen) void this.#show();
    else this.#hide();
  }

  /** Opens the panel and puts the focus into the field. */
  open(): void {
    void this.#show().then((panel) => panel?.focus());
  }

  /** Closes the panel; the conversation goes on when it is opened again. */
  close(): void {
    this.removeAttribute('open');
  }

  /** Opens the panel and asks. */
  ask(text: string): void {
    void this.#show().then((panel) => panel?.ask(text));
  }

  get #isInline(): boolean {
    return this.getAttribute('mode') === 'inline';
  }

  get #isOpen(): boolean {
    return this.#isInline || this.hasAttribute('open');
  }

  /** The server of this file, unless the page names another. */
  get #endpoint(): string {
    return new URL(this.getAttribute('endpoint') || '/', import.meta.url).origin;
  }

  get #store() {
    return createTabStore(() => sessionStorage, `nape-chat ${this.#endpoint} ${this.id}`);
  }

  #dispatch(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  async #show(): Promise<Panel | undefined> {
    const life = this.#life;
    if (!life) return;
    this.#building ??= this.#build(life.signal);
    if (!this.#isOpen) this.setAttribute('open', '');
    const panel = await this.#building;
    if (life.signal.aborted || !this.#isOpen) return;
    if (panel.node.hidden) {
      panel.node.hidden = false;
      if (this.#launcher) this.#launcher.hidden = true;
      this.#dispatch('nape-open');
    }
    return panel;
  }

  #hide(): void {
    if (!this.#panel || !this.#launcher) return;
    const hadFocus = this.#shadow.activeElement;
    this.#panel.node.hidden = true;
    this.#panel.save();
    this.#launcher.hidden = false;
    if (hadFocus) this.#launcher.focus();
  }

  async #build(signal: AbortSignal): Promise<Panel> {
    const api = createApi(this.#endpoint);
    let settings = englishSettings;
    let loading: Promise<unknown> | undefined;
    const load = async () => {
      const soon = AbortSignal.any([signal, AbortSignal.timeout(longestWaitMs)]);
      try {
        const [loaded, text] = await Promise.all([
          api.settings(this.#root.lang, soon),
          api.style(path, integrity, soon),
        ]);
        settings = loaded;
        sheets[1].replaceSync(text);
      } catch {
        // The shipped words and the browser's own style stand in, and the next question asks again.
        loading = undefined;
      }
    };
    const refresh = () => {
      loading ??= load();
      return loading;
    };
    await refresh();
    const panel = createPanel({
      api,
      store: this.#store,
      settings: () => settings,
      refresh,
      attribute: (name) => this.getAttribute(name) || undefined,
      dispatch: (type, detail) => this.#dispatch(type, detail),
      onClose: this.#isInline ? undefined : () => this.close(),
      isOpen: () => this.#isOpen,
      signal,
    });
    if (!signal.aborted) {
      this.#panel = panel;
      // Not before: measuring makes the browser lay out the whole page at once.
      followViewport(this.#root, signal);
      append(this.#root, panel.node);
    }
    return panel;
  }
}

if (!customElements.get('nape-chat')) customElements.define('nape-chat', NapeChat);
