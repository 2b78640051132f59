import type { Server } from 'node:http'
import type { Config } from '#config'

/** Listens on HOST:PORT and says so; a port that cannot be had ends the process with a sentence. */
export function listen(server: Server, { host, port }: Config): void {
  server.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    console.error(`Port ${port} of ${host} is taken (EADDRINUSE). Try another: PORT=${port + 1}`)
    process.exit(1)
  })
  server.listen(port, host, () => {
    const address = server.address()
    const actual = typeof address === 'object' && address ? address.port : port
    console.log(`listening on http://${host}:${actual}`)
  })
}
