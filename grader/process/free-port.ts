import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { WorkshopError } from '../errors.ts'

/**
 * Below the range from which Linux, macOS and Windows hand out ports of outgoing connections
 * (32768 and up): a client of the load test can never sit on the port of the next server.
 */
const lowest = 12_000
const highest = 32_000

/** A port of 127.0.0.1 that nobody listens on. Random, so that two grades at once do not meet. */
export async function freePort(attempts = 50): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const port = randomInt(lowest, highest)
    if (await isFree(port)) return port
  }
  throw new WorkshopError('E_PORTS_TAKEN')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => resolve(true))
    })
  })
}
