/**
 * Tells the style how much of the window is left above an on-screen keyboard, and where it begins: a telephone moves
 * the visible part of the page without changing the window.
 */
export function followViewport(root: HTMLElement, signal: AbortSignal): void {
  const { visualViewport } = window;
  const measure = () => {
    // Who enlarges with two fingers wants larger letters and not a smaller panel.
    if (visualViewport && visualViewport.scale > 1) return;
    root.style.setProperty('--visible', `${visualViewport?.height}px`);
    root.style.setProperty('--above', `${visualViewport?.offsetTop}px`);
  };
  if (!visualViewport) return;
  measure();
  visualViewport.addEventListener('resize', measure, { signal });
  visualViewport.addEventListener('scroll', measure, { signal });
}
