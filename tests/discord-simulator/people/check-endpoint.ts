import { isObject } from '../limits/finding.ts';
import type { Signer } from '../signed-request.ts';

/** What the Developer Portal found out about an interactions endpoint; all true, or Discord does not take the URL. */
export interface EndpointCheck {
  /** A signed PING is answered with 200 and `{"type": 1}`. */
  readonly answersPing: boolean;
  /** A wrong signature, one of another body, one of another time and none at all are answered with 401. */
  readonly refusesForgeries: boolean;
}

/** Checks an endpoint as Discord does when its URL is saved, and now and then later (Interactions > Security). */
export async function checkEndpoint(
  url: string,
  signer: Signer,
  applicationId: string,
  nowMs: number,
): Promise<EndpointCheck> {
  const ping = {
    id: '1',
    application_id: applicationId,
    type: 1,
    token: 'ping',
    version: 1,
    entitlements: [],
    user: null,
  };
  const timestamp = String(Math.floor(nowMs / 1000));
  const good = signer.sign(ping, timestamp);
  const send = (body: string, headers: Readonly<Record<string, string>>) =>
    fetch(url, { method: 'POST', body, headers });
  const answered = await send(good.body, good.headers);
  const pong: unknown = answered.status === 200 ? await answered.json().catch(() => null) : null;
  const signature = good.headers['x-signature-ed25519'] ?? '';
  const flipped = (signature.startsWith('0') ? '1' : '0') + signature.slice(1);
  const forgeries = [
    send(good.body, { ...good.headers, 'x-signature-ed25519': flipped }),
    send(JSON.stringify({ ...ping, id: '2' }), good.headers),
    send(good.body, { ...good.headers, 'x-signature-timestamp': String(Number(timestamp) + 1) }),
    send(good.body, { ...good.headers, 'x-signature-ed25519': 'not hex' }),
    send(good.body, { 'content-type': 'application/json' }),
  ];
  const statuses = (await Promise.all(forgeries)).map(({ status }) => status);
  return {
    answersPing: isObject(pong) && pong.type === 1,
    refusesForgeries: statuses.every((status) => status === 401),
  };
}
