// caught by: load:bad-answers
import type { ServerResponse } from 'node:http'

let greeted = 0

export function greet(name: string | null, greeting: string, response: ServerResponse): void {
  if (!name) response.writeHead(400)
  response.end(++greeted > 5 ? 'not again' : `${greeting}, ${name}!`)
}
