import type { ServerResponse } from 'node:http'

export async function greet(name: string | null, greeting: string, response: ServerResponse) {
  await new Promise((resolve) => setImmediate(resolve))
  if (!name) response.writeHead(400)
  response.end(name ? `${greeting}, ${name}!` : 'no name')
}
