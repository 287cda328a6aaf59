/** Which operations of a client wait for their answer: queries and mutations, for subscriptions have no end. */
export interface SocketWork {
  begin(socket: object, id: string): void;
  end(socket: object, id: string): void;
  /** Resolves when nothing of the client is under way. */
  idle(socket: object): Promise<void>;
}

interface Client {
  readonly underWay: Set<string>;
  readonly waiting: (() => void)[];
}

export function createSocketWork(): SocketWork {
  const clients = new WeakMap<object, Client>();
  return {
    begin(socket, id) {
      const client = clients.get(socket) ?? { underWay: new Set(), waiting: [] };
      client.underWay.add(id);
      clients.set(socket, client);
    },
    end(socket, id) {
      const client = clients.get(socket);
      if (!client?.underWay.delete(id) || client.underWay.size > 0) return;
      for (const tell of client.waiting.splice(0)) tell();
    },
    idle(socket) {
      const client = clients.get(socket);
      if (client === undefined || client.underWay.size === 0) return Promise.resolve();
      return new Promise((resolve) => client.waiting.push(resolve));
    },
  };
}
