import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A server that can go away and come back on the same port. */
export interface Listener {
  readonly port: () => number;
  readonly up: () => Promise<void>;
  /** Refuses connections and drops those there are. */
  readonly down: () => Promise<void>;
}

export function createListener(server: Server): Listener {
  const sockets = new Set<Socket>();
  let port = 0;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return {
    port: () => port,
    up: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          port = (server.address() as AddressInfo).port;
          resolve();
        });
      }),
    down: () =>
      new Promise((resolve) => {
        if (!server.listening) return resolve();
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
