// caught by: other-words
import type { ServerResponse } from 'node:http'

export function greet(name: string | null, _greeting: string, response: ServerResponse): void {
  if (!name) response.writeHead(400)
  response.end(`Hello, ${name}!`)
}
