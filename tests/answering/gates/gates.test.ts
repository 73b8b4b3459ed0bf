import { describe, expect, it } from 'vitest';
import { verifyOver } from '../verify-over.ts';

const article = `---
title: Warm Stone Bathing
---

# Warm Stone Bathing

Warm stone bathing is a quiet custom.

## Effects

### Warmth

The stones help to loosen the shoulders and can reduce stiffness. Two stones lie beside the bather, and the session takes ten minutes. The warmth does not reach the feet.

### Quiet

Quiet lowers stress and promotes the release of endorphins. It may ease headaches. Bathing serves as a preventive measure against tension.

## Kinds

### Lava Bathing

Lava bathing uses dark stones to warm the knees. Lava bathing always ends with tea.

### River Bathing

River bathing uses smooth stones on the wrists. Studies describe river bathing as crucial for anglers, who should rest afterwards. It barely warms the elbows.
`;

const { hold } = verifyOver({ 'warm-stone-bathing.md': article });

/** Section, sentence and, for one that is dropped, a gate that must have found it. */
const kept: readonly (readonly [gate: string, section: string, sentence: string])[] = [
  ['number', 'warmth', 'Two stones lie beside the bather.'],
  ['number', 'warmth', 'The session takes 10 minutes.'],
  ['frequency', 'warmth', 'The session takes ten minutes.'],
  ['medical-term', 'warmth', 'The stones can reduce stiffness and help to loosen the shoulders.'],
  ['effect', 'quiet', 'Bathing helps to prevent tension.'],
  ['strength', 'lava-bathing', 'Lava bathing always ends with tea.'],
  ['strength', 'river-bathing', 'River bathing is essential for anglers, studies say.'],
  ['hedge-dropped', 'quiet', 'Quiet can ease headaches.'],
  ['weakening', 'river-bathing', 'It barely warms the elbows.'],
  ['advice', 'river-bathing', 'Anglers should rest afterwards.'],
  ['evidence-appeal', 'river-bathing', 'Studies describe river bathing as crucial for anglers.'],
  ['negation', 'warmth', 'The warmth does not reach the feet.'],
  ['antonym', 'river-bathing', 'River bathing uses smooth stones.'],
  ['direction', 'quiet', 'Quiet reduces stress.'],
  ['binding', 'lava-bathing', 'Lava bathing uses dark stones.'],
  ['role', 'quiet', 'Quiet promotes the release of endorphins.'],
];

const dropped: readonly (readonly [gate: string, section: string, sentence: string])[] = [
  ['number', 'warmth', 'Three stones lie beside the bather.'],
  ['number', 'warmth', 'Ten stones lie beside the bather.'],
  ['frequency', 'warmth', 'The session takes ten minutes every day.'],
  ['medical-term', 'warmth', 'The stones can reduce arthritis.'],
  ['medical-term', 'warmth', 'The stones help to loosen the knees.'],
  ['effect', 'quiet', 'Quiet cures headaches.'],
  ['effect', 'quiet', 'Bathing prevents tension.'],
  ['strength', 'warmth', 'The stones always help to loosen the shoulders.'],
  ['strength', 'warmth', 'The stones are guaranteed to reduce stiffness.'],
  ['hedge-dropped', 'quiet', 'Quiet eases headaches.'],
  ['weakening', 'quiet', 'Quiet lowers stress slightly.'],
  ['advice', 'warmth', 'You should put two stones beside the bather.'],
  ['advice', 'warmth', 'Loosen the shoulders and avoid stiffness.'],
  ['advice', 'lava-bathing', 'Try ending with tea.'],
  ['evidence-appeal', 'quiet', 'Research shows that quiet lowers stress.'],
  ['negation', 'quiet', 'Quiet does not lower stress.'],
  ['negation', 'warmth', 'The warmth reaches the feet.'],
  ['antonym', 'river-bathing', 'River bathing uses rough stones.'],
  ['direction', 'quiet', 'Quiet raises stress.'],
  ['binding', 'lava-bathing', 'River bathing uses dark stones.'],
  ['role', 'quiet', 'Endorphins promote quiet.'],
  ['unknown-word', 'warmth', 'The stones come from a volcano.'],
  ['other-section', 'lava-bathing', 'Lava bathing uses anglers.'],
  ['no-statement', 'warmth', 'Yes, of course it does.'],
  ['no-statement', 'warmth', 'Do the stones help to loosen the shoulders?'],
  ['markup', 'warmth', 'The stones help to loosen the shoulders, see www.example.org.'],
  ['speaker', 'warmth', 'Our stones help to loosen the shoulders.'],
  ['stray-word', 'river-bathing', 'Anglers rest on smooth elbows.'],
  ['cohesion', 'warmth', 'The bather loosens warmth.'],
  ['coverage', 'warmth', 'Volcanoes, whales and satellites loosen.'],
];

describe('gates', () => {
  it.each(kept)('%s > in %s, "%s" is kept', (_gate, section, sentence) => {
    expect(hold(section, sentence)).toMatchObject({ verdict: 'keep', reasons: [] });
  });

  it.each(dropped)('%s > in %s, "%s" is dropped by it', (gate, section, sentence) => {
    const { verdict, reasons } = hold(section, sentence);
    expect(verdict).not.toBe('keep');
    expect(reasons.map((reason) => reason.gate)).toContain(gate);
  });

  it('soft gates > alone drop softly, and a hard one among them drops hard', () => {
    expect(hold('warmth', 'The stones come from a volcano.').verdict).toBe('drop-soft');
    expect(hold('warmth', 'The stones come from three volcanoes.').verdict).toBe('drop-hard');
  });
});
