import type { ServerResponse } from 'node:http'

export function greet(name: string | null, greeting: string, response: ServerResponse): void {
  response.statusCode = name ? 200 : 400
  response.end(name ? `${greeting}, ${name}!` : '')
}
