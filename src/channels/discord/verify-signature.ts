import { createPublicKey, type KeyObject, verify } from 'node:crypto';

export interface SignedRequest {
  readonly body: Uint8Array;
  /** `X-Signature-Ed25519`, hexadecimal. */
  readonly signature: string | undefined;
  /** `X-Signature-Timestamp`, seconds since 1970. */
  readonly timestamp: string | undefined;
}

/** How far a request's time stamp may be from our clock, in milliseconds. */
export const longestAgeMs = 5 * 60_000;

/**
 * Checks that a request is from Discord: Ed25519 (RFC 8032) over the time stamp followed by the body, and that it is not
 * old. Throws RangeError for a key that is not 64 hexadecimal digits.
 */
export function createVerifySignature(publicKey: string, now: () => number): (request: SignedRequest) => boolean {
  const key = readPublicKey(publicKey);
  return ({ body, signature, timestamp }) => {
    if (!signature || !/^[0-9a-f]{128}$/iu.test(signature) || !timestamp || !/^\d{1,12}$/u.test(timestamp))
      return false;
    if (Math.abs(now() - Number(timestamp) * 1_000) > longestAgeMs) return false;
    return verify(null, Buffer.concat([Buffer.from(timestamp), body]), key, Buffer.from(signature, 'hex'));
  };
}

export function readPublicKey(publicKey: string): KeyObject {
  if (!/^[0-9a-f]{64}$/iu.test(publicKey)) throw new RangeError('A public key is 64 hexadecimal digits.');
  const x = Buffer.from(publicKey, 'hex').toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
