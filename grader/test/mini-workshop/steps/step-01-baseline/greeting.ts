import type { ServerResponse } from 'node:http'

/** Greets whoever asks. */
export function greet(_name: string | null, greeting: string, response: ServerResponse): void {
  response.end(greeting)
}
