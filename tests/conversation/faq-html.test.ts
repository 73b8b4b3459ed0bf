import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faqDocument } from '../../src/conversation/faq-document.ts';
import { escapeHtml, faqGroups, faqJsonLd, faqSectionsHtml } from '../../src/conversation/faq-html.ts';
import { faqMarkdown } from '../../src/conversation/faq-markdown.ts';
import { searchFaq } from '../../src/conversation/search-faq.ts';
import type { FaqEntry } from '../../src/domain.ts';
import { faqEntry } from './faq-entry.ts';

const attack = `"><script>alert(1)</script><img src=x onerror=alert(1)>' & {{sections}} </script><!-- \u2028`;
const attacked = faqEntry({
  id: 'x"onclick="alert(1)',
  question: attack,
  variants: [attack],
  group: attack,
  text: attack,
  sentences: [{ text: attack, citations: ['massage#shiatsu/1'], quoted: true }],
  passages: [{ ...passageOf(attack), title: attack, headings: [attack] }],
});

function passageOf(text: string): FaqEntry['passages'][number] {
  const place = { id: 'massage#shiatsu/1', document: 'massage', title: 'Massage', headings: ['Shiatsu'] };
  return { ...place, text, start: 0, end: text.length, score: 0 };
}

/** Names of the elements of a page but for those that a passage may have any number of. */
function elements(html: string): readonly string[] {
  const names = [...html.matchAll(/<([a-z][a-z0-9]*)/giu)].map((match) => match[1] ?? '');
  return names.filter((name) => name !== 'p' && name !== 'mark');
}

describe('the FAQ as HTML', () => {
  it('an entry > has an anchor, its answer in quotation marks and the passage with the quotation marked', () => {
    const text = 'Before. Shiatsu is a massage with pressure. After.';
    const html = faqSectionsHtml([faqEntry({ passages: [passageOf(text)] })]);
    expect(html).toContain('<article class="entry" id="what-is-shiatsu"');
    expect(html).toContain('<a href="#what-is-shiatsu">What is shiatsu?</a>');
    expect(html).toContain('<q>Shiatsu is a massage with pressure.</q>');
    expect(html).toContain('<summary>In the article: Shiatsu</summary>');
    expect(html).toContain('<p>Before. <mark>Shiatsu is a massage with pressure.</mark> After.</p>');
  });

  it('several articles > are named beside the section', () => {
    const other = faqEntry({ passages: [{ ...passageOf('x'), document: 'foot', title: 'Foot' }] });
    const html = faqSectionsHtml([faqEntry({ passages: [passageOf('y')] }), other]);
    expect(html).toContain('In the article: Massage › Shiatsu');
    expect(html).toContain('In the article: Foot › Shiatsu');
  });

  it('a list > has an item with its own passage for each sentence', () => {
    const html = faqSectionsHtml([faqEntry({ layout: 'list' })]);
    expect(html).toMatch(/<ul class="answer">\n<li><q>.*<\/q>\n<details/u);
  });

  it('groups > keep their order, and questions without one are of the second level', () => {
    const html = faqSectionsHtml([faqEntry({ group: 'B' }), faqEntry({ group: 'A' })]);
    expect(html.indexOf('>B</h2>')).toBeLessThan(html.indexOf('>A</h2>'));
    expect(html).toContain('<h3 class="question">');
    expect(faqSectionsHtml([faqEntry({ group: null })])).toContain('<h2 class="question">');
    expect(faqGroups([faqEntry({ group: 'B' }), faqEntry({ group: null })]).map(({ name }) => name)).toEqual([
      'B',
      null,
    ]);
  });

  it('what an owner wrote > stays text wherever it stands', () => {
    const plain = elements(faqDocument({ entries: [faqEntry({ group: 'A' })], titles: ['x'], language: 'en' }));
    const html = faqDocument({ entries: [attacked], titles: [attack], language: '"><script>' });
    expect(elements(html)).toEqual(plain);
    expect(html).not.toMatch(/onerror=alert\(1\)>|id="x"|<!--/u);
  });

  it('any text > makes no element and no attribute', () => {
    const plain = elements(faqSectionsHtml([faqEntry({ group: 'A' })]));
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('<', '"', "'", '&#60;', '<script>', '</q>', '&'),
      fc.string(),
    );
    fc.assert(
      fc.property(text, text, text, (question, sentence, group) => {
        const entry = faqEntry({
          question,
          variants: [sentence],
          group,
          sentences: [{ text: sentence, citations: ['massage#shiatsu/1'], quoted: true }],
          passages: [{ ...passageOf(question), headings: [sentence] }],
        });
        const html = faqSectionsHtml([entry]);
        expect(elements(html)).toEqual(plain);
        // Attributes hold no bare quotation mark: the number of them is that of the plain page.
        expect(html.match(/"/gu)?.length).toBe(faqSectionsHtml([faqEntry({ group: 'A' })]).match(/"/gu)?.length);
      }),
    );
  });

  it('escapeHtml > leaves nothing that ends a text or an attribute', () => {
    expect(escapeHtml(`<a href="x" title='y'>&`)).toBe('&#60;a href=&#34;x&#34; title=&#39;y&#39;&#62;&#38;');
  });
});

describe('the FAQ as JSON-LD', () => {
  it('entries > are a FAQPage with each answer', () => {
    expect(JSON.parse(faqJsonLd([faqEntry()], 'https://spa.test/faq'))).toEqual({
      '@context': 'https://schema.org',
      '@type': 'FAQPage',
      url: 'https://spa.test/faq',
      mainEntity: [
        {
          '@type': 'Question',
          name: 'What is shiatsu?',
          url: 'https://spa.test/faq#what-is-shiatsu',
          acceptedAnswer: { '@type': 'Answer', text: 'The article says: “Shiatsu is a massage with pressure.”' },
        },
      ],
    });
  });

  it('any text > comes back as it was and ends no script element', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('</script>', '<!--', ']]>', '\u2028')),
        (text) => {
          const json = faqJsonLd([faqEntry({ question: text, text })], null);
          expect(json).not.toMatch(/[<>&\u2028\u2029]/u);
          expect(JSON.parse(json).mainEntity[0].name).toBe(
            text.isWellFormed() ? text : JSON.parse(JSON.stringify(text)),
          );
        },
      ),
    );
  });
});

describe('the FAQ as Markdown', () => {
  it('entries > are headings, quotations and places', () => {
    expect(faqMarkdown([faqEntry({ group: 'Techniques' })])).toBe(
      '## Techniques\n\n### What is shiatsu?\n\nThe article says: “Shiatsu is a massage with pressure.”\n\n*Massage › Shiatsu*\n',
    );
    expect(faqMarkdown([faqEntry({ group: null, layout: 'list' })])).toContain(
      '\n\n- “Shiatsu is a massage with pressure.”\n\n',
    );
    expect(faqMarkdown([])).toBe('');
  });

  it('marks in a text > are escaped', () => {
    const markdown = faqMarkdown([faqEntry({ question: '# *Bold* [link](x) <b>?', group: null })]);
    expect(markdown).toContain('## \\# \\*Bold\\* \\[link\\](x) \\<b\\>?');
  });
});

describe('searchFaq', () => {
  const entries = [
    faqEntry(),
    faqEntry({
      id: 'thai',
      question: 'What is Thai massage?',
      variants: ['massage on the floor'],
      sentences: [],
      passages: [],
    }),
  ];
  const found = (query: string) => searchFaq(entries, query).map(({ id }) => id);

  it('words > have to be there all, as the start of a word, in any case and with any accent', () => {
    expect(found('SHIAT')).toEqual(['what-is-shiatsu']);
    expect(found('mássage')).toEqual(['what-is-shiatsu', 'thai']);
    expect(found('massage floor')).toEqual(['thai']);
    expect(found('massage zzz')).toEqual([]);
  });

  it('small words > are passed over, unless nothing else was typed', () => {
    expect(found('what is the shiatsu')).toEqual(['what-is-shiatsu']);
    expect(found('on the')).toEqual(['thai']);
    expect(found('  ?! ')).toEqual(['what-is-shiatsu', 'thai']);
  });
});
