/** Attributes of `<nape-chat>` that change what it says or does. */
export const observedAttributes = [
  'endpoint',
  'title',
  'greeting',
  'suggestions',
  'lang',
  'mode',
  'open',
  'contact-href',
] as const;

/** Attributes that the style sheet alone reads. */
export const styleAttributes = ['position', 'theme'] as const;
