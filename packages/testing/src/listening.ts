import { createServer, type Socket } from 'node:net'

/** A server of a protocol of its own, on this machine. */
export interface ListeningServer extends AsyncDisposable {
  readonly port: number
}

/** Listens on loopback; each connection is served until it is closed. */
export async function listening(serve: (socket: Socket) => void): Promise<ListeningServer> {
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => undefined).on('close', () => open.delete(socket)) // Clients leave as they like.
    serve(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  return {
    port: typeof bound === 'object' && bound ? bound.port : 0,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
