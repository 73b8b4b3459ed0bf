import type { FaqEntry } from '../domain.ts';
import { escapeHtml, faqJsonLd, faqSectionsHtml } from './faq-html.ts';

export interface FaqDocumentParts {
  readonly entries: readonly FaqEntry[];
  /** Titles of the articles. */
  readonly titles: readonly string[];
  /** BCP 47 tag of the articles. */
  readonly language: string;
}

/** The FAQ as one HTML file that loads nothing, for an owner's own site; the part in `main` can be taken out and pasted. */
export function faqDocument({ entries, titles, language }: FaqDocumentParts): string {
  const title = escapeHtml(['Questions and answers', ...titles].join(' · '));
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
${style}
</style>
<script type="application/ld+json">${faqJsonLd(entries, null)}</script>
</head>
<body>
<main>
<h1>Questions and answers</h1>
${faqSectionsHtml(entries)}
</main>
</body>
</html>
`;
}

const style = `:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 44rem; padding: 2rem 1.25rem 4rem; font: 1.0625rem/1.6 system-ui, sans-serif; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; }
.group { margin-top: 2.5rem; }
.entry { margin-top: 1.5rem; }
.question a { color: inherit; text-decoration: none; }
.question a:hover { text-decoration: underline; }
.answer { margin: 0.4rem 0; }
.source summary { cursor: pointer; font-size: 0.9375rem; opacity: 0.8; }
.source blockquote { margin: 0.5rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid; }
@media print { .source { display: none; } }`;
