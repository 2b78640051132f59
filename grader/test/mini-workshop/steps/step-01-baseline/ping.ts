import type { ServerResponse } from 'node:http'

/** Says that the server is there. */
export function ping(response: ServerResponse): void {
  response.end('ok')
}
