import type { ServerResponse } from 'node:http'

export const greet = (name: string | null, greeting: string, response: ServerResponse): void => {
  if (!name) return void response.writeHead(400).end()
  const text = `${greeting}, ${name}!`
  response.writeHead(200, { 'content-length': Buffer.byteLength(text) }).end(text)
}
