/** An HTTP/1.1 answer as it stood on the wire. */
export interface Answer {
  status: number
  statusText: string
  /** Header names in lower case; repeated ones joined by ", ". */
  headers: Record<string, string>
  body: string
}

const headEnd = Buffer.from('\r\n\r\n')

/**
 * Reads the first complete answer of a byte stream. Written for checks that look at raw bytes, where
 * a client library would hide what they are about; it knows Content-Length, chunked, bodiless
 * answers and bodies that last until the connection ends (RFC 9112, section 6.3).
 * @param ended whether the connection has ended, so that no more will come.
 * @returns undefined while the answer is not complete.
 */
export function parseAnswer(
  bytes: Buffer,
  ended: boolean,
): { answer: Answer; lengthBytes: number } | undefined {
  const at = bytes.indexOf(headEnd)
  if (at < 0) return undefined
  const [statusLine = '', ...lines] = bytes.subarray(0, at).toString('latin1').split('\r\n')
  const match = /^HTTP\/1\.[01] (\d{3}) ?(.*)$/.exec(statusLine)
  if (!match) return undefined
  const status = Number(match[1])
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`
  }
  const start = at + headEnd.length
  const body = readBody(bytes.subarray(start), status, headers, ended)
  if (!body) return undefined
  const answer = { status, statusText: match[2] ?? '', headers, body: body.text }
  // 100 Continue and other interim answers stand before the real one.
  if (status < 200 && status !== 101) {
    const next = parseAnswer(bytes.subarray(start), ended)
    return next && { answer: next.answer, lengthBytes: start + next.lengthBytes }
  }
  return { answer, lengthBytes: start + body.lengthBytes }
}

function readBody(
  rest: Buffer,
  status: number,
  headers: Record<string, string>,
  ended: boolean,
): { text: string; lengthBytes: number } | undefined {
  if (status < 200 || status === 204 || status === 304) return { text: '', lengthBytes: 0 }
  if (/chunked/i.test(headers['transfer-encoding'] ?? '')) return readChunks(rest)
  const length = headers['content-length']
  if (length !== undefined) {
    const lengthBytes = Number(length)
    if (rest.length < lengthBytes) return undefined
    return { text: rest.subarray(0, lengthBytes).toString('utf8'), lengthBytes }
  }
  // Neither: the body lasts until the end. Node's own 408 and 431 are like that.
  if (!ended) return undefined
  return { text: rest.toString('utf8'), lengthBytes: rest.length }
}

function readChunks(rest: Buffer): { text: string; lengthBytes: number } | undefined {
  const chunks: Buffer[] = []
  let at = 0
  for (;;) {
    const lineEnd = rest.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(rest.subarray(at, lineEnd).toString('latin1'), 16)
    const start = lineEnd + 2
    if (!Number.isInteger(size) || rest.length < start + size + 2) return undefined
    if (size === 0) return { text: Buffer.concat(chunks).toString('utf8'), lengthBytes: start + 2 }
    chunks.push(rest.subarray(start, start + size))
    at = start + size + 2
  }
}
