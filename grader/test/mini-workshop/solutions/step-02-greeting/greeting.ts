import type { ServerResponse } from 'node:http'

/** Greets a visitor by name, in the words of the house. */
export function greet(name: string | null, greeting: string, response: ServerResponse): void {
  if (!name) response.writeHead(400).end('who are you?')
  else response.end(`${greeting}, ${name}!`)
}
