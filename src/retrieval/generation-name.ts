import { sha256 } from './manifest.ts';

const pattern = /^\d{8}T\d{9}Z-[0-9a-f]{16}$/;

/**
 * Name of a generation's folder: the time of the build, so that names sort by age, and the start of the manifest's
 * SHA-256, so that the manifest itself is checked like every file it lists.
 */
export function generationName(manifestJson: string, nowMs: number): string {
  const time = new Date(nowMs).toISOString().replace(/[-:.]/g, '');
  return `${time}-${contentHash(manifestJson)}`;
}

/** False for anything that is not a plain folder name of ours, whatever a pointer file says. */
export function isGenerationName(name: string): boolean {
  return pattern.test(name);
}

/** Whether the manifest is the one that the generation was named after. */
export function isNamedAfter(name: string, manifestJson: string): boolean {
  return name.endsWith(`-${contentHash(manifestJson)}`);
}

function contentHash(manifestJson: string): string {
  return sha256(manifestJson).slice(0, 16);
}
