import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'

/** Lets a server listen while `use` runs. */
export async function serving<Result>(
  listener: RequestListener,
  use: (port: number) => Promise<Result>,
): Promise<Result> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  try {
    return await use(typeof address === 'object' && address ? address.port : 0)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
