import { generateKeyPairSync, sign } from 'node:crypto';

/** A request to the interactions endpoint, as Discord signs it (Interactions > Security and Authorization). */
export interface SignedRequest {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Signer {
  /** The application's public key as the Developer Portal shows it: 32 bytes, hex. */
  readonly publicKey: string;
  /** Signs timestamp and body with Ed25519. */
  readonly sign: (payload: unknown, timestamp: string) => SignedRequest;
}

export function createSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x } = publicKey.export({ format: 'jwk' });
  if (x === undefined) throw new Error('an Ed25519 key has no x');
  return {
    publicKey: Buffer.from(x, 'base64url').toString('hex'),
    sign: (payload, timestamp) => {
      const body = JSON.stringify(payload);
      const signature = sign(null, Buffer.from(timestamp + body), privateKey).toString('hex');
      const signed = { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp };
      return {
        body,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Discord-Interactions/1.0 (+https://discord.com)',
          ...signed,
        },
      };
    },
  };
}
