// caught by: no-name
import type { ServerResponse } from 'node:http'

export function greet(name: string | null, greeting: string, response: ServerResponse): void {
  response.end(`${greeting}, ${name}!`)
}
