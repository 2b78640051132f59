// caught by: by-name
import type { ServerResponse } from 'node:http'

export function greet(name: string | null, greeting: string, response: ServerResponse): void {
  if (!name) response.writeHead(400)
  response.end(`${greeting}, ${name}`)
}
