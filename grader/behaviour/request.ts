import { request as httpRequest } from 'node:http'
import type { Answer } from './answer.ts'
import { shorten } from './shorten.ts'

export interface RequestOptions {
  headers?: Record<string, string>
  /** Sent as it is; an object is sent as JSON with its content type. */
  body?: string | Buffer | object
  /** Sends the body in chunks, without Content-Length. Default false. */
  chunked?: boolean
  /** Local address, to be another client: any of 127.0.0.0/8. */
  localAddress?: string
  /** Time for the whole exchange, in milliseconds. Default 5 000. */
  timeoutMs?: number
}

/** What a request came to: an answer, or the reason why there is none. */
export interface Exchange {
  answer: Answer | undefined
  /** What was sent, in words. */
  sent: string
  /** The same as a command, against `npm start` on port 3000. */
  command: string
  /** What came back, in words. */
  received: string
}

const problems: Record<string, string> = {
  ECONNREFUSED: 'connection refused: nobody listens there any more',
  ECONNRESET: 'connection reset: the server cut it without an answer',
  EPIPE: 'connection reset: the server cut it while the request was being sent',
  HPE_INVALID_CONSTANT: 'an answer that is not HTTP',
}

/** One request on a connection of its own (`GET /ping`), answered or not; never rejects. */
export function sendRequest(
  port: number,
  line: string,
  options: RequestOptions = {},
): Promise<Exchange> {
  const [method = 'GET', path = '/'] = line.split(' ')
  const { timeoutMs = 5000, chunked = false, localAddress } = options
  const isText = typeof options.body === 'string' || Buffer.isBuffer(options.body)
  const json = options.body !== undefined && !isText
  const body = json ? JSON.stringify(options.body) : (options.body as string | Buffer | undefined)
  const headers: Record<string, string> = {
    ...(json && { 'content-type': 'application/json' }),
    ...options.headers,
  }
  if (body !== undefined) {
    if (chunked) headers['transfer-encoding'] = 'chunked'
    else headers['content-length'] ??= String(Buffer.byteLength(body))
  }
  const start = performance.now()
  const shown = { sent: describe(line, options, body), command: curl(method, path, options, body) }

  return new Promise((resolve) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers,
        agent: false,
        ...(localAddress && { localAddress }),
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('error', failed)
        response.on('end', () => {
          const answer: Answer = {
            status: response.statusCode ?? 0,
            statusText: response.statusMessage ?? '',
            headers: Object.fromEntries(
              Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
            ),
            body: Buffer.concat(chunks).toString('utf8'),
          }
          done(answer, describeAnswer(answer))
        })
      },
    )
    const timer = setTimeout(() => {
      done(undefined, `no answer within ${((performance.now() - start) / 1000).toFixed(1)} s`)
      request.destroy()
    }, timeoutMs)
    const failed = (error: NodeJS.ErrnoException) =>
      done(undefined, problems[error.code ?? ''] ?? `no usable answer (${error.message})`)
    const done = (answer: Answer | undefined, received: string) => {
      clearTimeout(timer)
      resolve({ answer, received, ...shown })
    }
    request.on('error', failed)
    request.end(body)
  })
}

/** An answer in a few words: `400 Bad Request, application/json, {"error":"…"}`. */
export function describeAnswer({ status, statusText, headers, body }: Answer): string {
  const type = headers['content-type']
  const text = body ? shorten(body.replaceAll('\n', ' '), 160) : 'no body'
  return [`${status} ${statusText}`.trim(), type, text].filter(Boolean).join(', ')
}

function describe(
  line: string,
  { headers, chunked }: RequestOptions,
  body?: string | Buffer,
): string {
  const parts = [line]
  for (const [name, value] of Object.entries(headers ?? {}))
    parts.push(`${name}: ${shorten(value, 60)}`)
  if (body !== undefined) parts.push(shorten(String(body), 80))
  if (chunked) parts.push('(chunked)')
  return parts.join('  ')
}

function curl(
  method: string,
  path: string,
  options: RequestOptions,
  body?: string | Buffer,
): string {
  if (body !== undefined && (Buffer.isBuffer(body) || body.length > 300)) return ''
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
  const words = ['curl -i']
  if (method === 'HEAD') words.push('--head')
  else if (method !== 'GET' || body !== undefined) words.push(`-X ${method}`)
  const json = typeof options.body === 'object' && !Buffer.isBuffer(options.body)
  const headers = { ...(json && { 'content-type': 'application/json' }), ...options.headers }
  if (options.chunked) words.push(`-H 'transfer-encoding: chunked'`)
  for (const [name, value] of Object.entries(headers))
    words.push(`-H ${quote(`${name}: ${value}`)}`)
  const typed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
  if (body !== undefined && !typed) words.push(`-H 'content-type:'`) // curl would add its own
  if (body !== undefined) words.push(`--data-raw ${quote(String(body))}`)
  if (/[[\]{}]/.test(path)) words.push('--globoff')
  const url = `http://127.0.0.1:3000${path}`
  return [...words, /^[\w:/.-]+$/.test(url) ? url : quote(url)].join(' ')
}
