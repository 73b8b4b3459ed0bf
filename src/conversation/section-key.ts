/** The section of a passage, as `document#section`: stays the same when its text is split anew. */
export function sectionKey(passageId: string): string {
  return passageId.replace(/\/\d+$/u, '');
}
