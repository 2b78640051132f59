import { execFile } from 'node:child_process'
import type { IncomingHttpHeaders } from 'node:http'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { RequestOptions } from '../../behaviour/request.ts'
import { sendRequest } from '../../behaviour/request.ts'
import { freePort } from '../../process/free-port.ts'
import { serve, serveRaw } from '../serve.ts'

interface Seen {
  line: string
  headers: IncomingHttpHeaders
  body: string
  from: string | undefined
}

/** A server that keeps what it was sent, and answers with its body. */
async function mirror() {
  const seen: Seen[] = []
  const { port } = await serve(async (request, response) => {
    const chunks = await request.toArray()
    const body = Buffer.concat(chunks).toString()
    const { method, url, headers, socket } = request
    seen.push({ line: `${method} ${url}`, headers, body, from: socket.remoteAddress })
    response.setHeader('content-type', 'text/plain').end(body)
  })
  return { port, seen }
}

describe('sendRequest', () => {
  test('when an object is the body, then it is sent as JSON with its length', async () => {
    const { port, seen } = await mirror()
    const { answer, sent, received } = await sendRequest(port, 'POST /a', {
      body: { name: 'grün' },
    })
    expect(answer).toMatchObject({ status: 200, statusText: 'OK', body: '{"name":"grün"}' })
    expect(seen[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': '16',
    })
    expect(sent).toBe('POST /a  {"name":"grün"}')
    expect(received).toBe('200 OK, text/plain, {"name":"grün"}')
  })

  test('when it is chunked, then no length is sent', async () => {
    const { port, seen } = await mirror()
    await sendRequest(port, 'POST /a', { body: 'text', chunked: true })
    expect(seen[0]?.headers['transfer-encoding']).toBe('chunked')
    expect(seen[0]?.headers).not.toHaveProperty('content-length')
    expect(seen[0]?.body).toBe('text')
  })

  test.skipIf(process.platform !== 'linux')(
    'when a local address is given, then the server sees that client',
    async () => {
      const { port, seen } = await mirror()
      await sendRequest(port, 'GET /', { localAddress: '127.0.0.9' })
      expect(seen[0]?.from).toBe('127.0.0.9')
    },
  )

  test('when nobody listens, then that is said in words', async () => {
    const { answer, received } = await sendRequest(await freePort(), 'GET /')
    expect(answer).toBeUndefined()
    expect(received).toBe('connection refused: nobody listens there any more')
  })

  test.for<[string, (socket: import('node:net').Socket) => void, RegExp]>([
    ['cuts', (socket) => void socket.resetAndDestroy(), /^connection reset: the server cut it/],
    ['closes', (socket) => void socket.end(), /^connection reset: the server cut it/],
    ['speaks no HTTP', (socket) => void socket.end('220 mail\r\n'), /not HTTP/],
    ['is silent', () => {}, /^no answer within 0\.[23] s$/],
  ])('when the server %s, then that is said in words', async ([, does, said]) => {
    const port = await serveRaw((socket) => socket.once('data', () => does(socket)))
    const { answer, received } = await sendRequest(port, 'GET /', { timeoutMs: 200 })
    expect(answer).toBeUndefined()
    expect(received).toMatch(said)
  })

  test('when an answer breaks off, then it is no answer', async () => {
    const port = await serveRaw((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf')),
    )
    const { answer, received } = await sendRequest(port, 'GET /', { timeoutMs: 2000 })
    expect(answer).toBeUndefined()
    expect(received).toMatch(/reset|no usable answer/)
  })
})

describe('the command of a request', () => {
  const cases: [string, RequestOptions][] = [
    ['GET /orders?limit=2&after=a%20b', {}],
    ['GET /list?ids=[1-3]&x={a,b}', {}],
    ['HEAD /ping', {}],
    ['DELETE /orders/1', { headers: { 'X-Note': "it's" } }],
    ['POST /orders', { body: { reference: 'A-1', text: "it's $HOME" } }],
    ['POST /orders', { body: '@not-a-file', headers: { 'Content-Type': 'text/plain' } }],
    ['POST /orders', { body: 'no type' }],
    ['POST /orders', { body: { chunked: true }, chunked: true }],
    ['GET /search', { body: { q: 1 } }],
  ]

  test.for(cases)(
    'when %s %j is sent by curl, then the server sees the same',
    async ([line, options]) => {
      const { port, seen } = await mirror()
      const { command } = await sendRequest(port, line, options)
      const ours = command.replace('127.0.0.1:3000', `127.0.0.1:${port}`)
      await promisify(execFile)('bash', ['-c', ours], { timeout: 10_000 })
      const relevant = ({ line, body, headers }: Seen) => ({
        line,
        body,
        type: headers['content-type'],
        coding: headers['transfer-encoding'],
        note: headers['x-note'],
      })
      const [first, second] = seen.map(relevant)
      expect(second).toEqual(first)
    },
  )

  test('when the body is bytes or long, then there is none', async () => {
    const { port } = await mirror()
    expect((await sendRequest(port, 'POST /', { body: Buffer.from([0]) })).command).toBe('')
    expect((await sendRequest(port, 'POST /', { body: 'x'.repeat(301) })).command).toBe('')
  })
})
