/** What the ends of talks are made of; none of these words asks an article for anything. */
const vocabulary = new Set(
  (
    'thanks thank thankyou thx thanx tnx ty tysm cheers ta bye goodbye byebye ciao later cya understood gotcha noted perfect great brilliant lovely super cool nice awesome wonderful excellent ' +
    'amazing fantastic splendid tops sorted done enough everything appreciated grateful interesting fascinating wow sweet neat clear helpful fair right alright fine answers answered helps helped ' +
    'ok okay k kk oki yes yeah yep yup no nope nah oh ah aha haha hahaha hehe lol well so then and but now just very much really quite that this thats is was i im ive id you youre u ya we my a an the for of to me got get see know knew ' +
    'what need needed want wanted question questions more further nothing else one had have has been be most kind help info information answer day evening night morning weekend good lot bunch million lots loads ' +
    'mate man pal friend guys folks dear nape again with until next time take care talk soon too as will thatll thatd would do does it its all not makes sense am glad happy leave there here pretty bit make'
  ).split(' '),
);

/** What makes an ending of them: "is that all" is none, "that is all" is one. */
const forms: readonly RegExp[] = [
  /\b(?:thanks|thank|thankyou|thx|thanx|tnx|ty|tysm|cheers|ta|bye|goodbye|byebye|ciao|cya|understood|gotcha|noted|appreciated|grateful)\b/u,
  /^(?:(?:ok|okay|oh|ah|yes|well|very|really|quite|pretty|thats|that is|so) )*(?:perfect|great|brilliant|lovely|super|cool|nice|awesome|wonderful|excellent|amazing|fantastic|splendid|tops|sorted|done|interesting|fascinating|wow|sweet|neat|clear|helpful|fair|right|alright|fine|enough)\b/u,
  /\b(?:got|get) it\b|\bi see\b|\bmakes sense\b|\b(?:fair|good) (?:enough|to know|night|day|evening)\b|\bsee (?:you|u|ya)\b|\btake care\b|\bfor now\b/u,
  /\b(?:thats|that is|that was|this is|it is|its) (?:it|all|everything|enough|clear|sorted|the lot)\b|\ball (?:clear|sorted|done|good|i (?:need|needed|wanted))\b|\b(?:that (?:will|would)|thatll|thatd) do\b/u,
  /\b(?:no|nothing) (?:more|further|else|questions?)\b|\b(?:that|this) (?:answers|answered|helps|helped) (?:it|my question|all|everything)\b|\bim (?:glad|happy|fine)\b/u,
];

const longest = 10;

/** "Ok got it, ta", "perfect, that is everything": nothing is asked, and the talk is at its end or at a rest. */
export function isClosing(text: string): boolean {
  const words = text
    .toLowerCase()
    .replace(/['’ʼ]/gu, '')
    .match(/[\p{L}\p{N}]+/gu);
  if (!words || words.length > longest || text.includes('?')) return false;
  return words.every((word) => vocabulary.has(word)) && forms.some((form) => form.test(words.join(' ')));
}
