// caught by: kept-open
import type { ServerResponse } from 'node:http'

export function greet(name: string | null, greeting: string, response: ServerResponse): void {
  response.setHeader('connection', 'close')
  if (!name) response.writeHead(400)
  response.end(`${greeting}, ${name}!`)
}
