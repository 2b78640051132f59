import { describe, expect, test } from 'vitest'
import { parseAnswer } from '../../behaviour/answer.ts'

const parse = (text: string, ended = false) => parseAnswer(Buffer.from(text), ended)

const complete = {
  'Content-Length': 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: 1\r\nx-a: 2\r\n\r\nhello',
  chunked:
    'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA\r\n, you ther\r\n0\r\n\r\n',
  'no body': 'HTTP/1.1 204 No Content\r\n\r\n',
  'an interim answer':
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
}

describe('parseAnswer', () => {
  test('when it has a length, then status, headers and body are read', () => {
    expect(parse(complete['Content-Length'])?.answer).toEqual({
      status: 200,
      statusText: 'OK',
      headers: { 'content-length': '5', 'x-a': '1, 2' },
      body: 'hello',
    })
  })

  test('when it is chunked, then the chunks are put together', () => {
    expect(parse(complete.chunked)?.answer).toMatchObject({ status: 201, body: 'hello, you ther' })
  })

  test('when a chunk has an extension, then it is passed over', () => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
    expect(parse(`${head}2;a=b\r\nok\r\n0\r\n\r\n`)?.answer.body).toBe('ok')
  })

  test('when 100 Continue comes first, then the answer after it is meant', () => {
    const found = parse(complete['an interim answer'])
    expect(found?.answer).toMatchObject({ status: 200, body: 'ok' })
    expect(found?.lengthBytes).toBe(complete['an interim answer'].length)
  })

  test('when it switches protocols, then 101 is the answer', () => {
    const upgrade = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n'
    expect(parse(`${upgrade}\x81\x02hi`)).toMatchObject({
      answer: { status: 101, body: '' },
      lengthBytes: upgrade.length,
    })
  })

  test('when it has no length, then the body lasts until the end of the connection', () => {
    const text = 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhel'
    expect(parse(text)).toBeUndefined()
    expect(parse(`${text}lo`, true)?.answer.body).toBe('hello')
  })

  test('when the text is UTF-8, then lengths are bytes', () => {
    const text = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\ngrün!'
    expect(parse(text)?.answer.body).toBe('grün!')
  })

  test('when a second answer follows, then it is left for the next call', () => {
    const bytes = Buffer.from(complete['Content-Length'] + complete['no body'])
    const first = parseAnswer(bytes, false)
    const second = parseAnswer(bytes.subarray(first?.lengthBytes), false)
    expect(second?.answer.status).toBe(204)
  })

  test.for(Object.entries(complete))(
    'when an answer with %s comes byte by byte, then it is complete at the last one only',
    ([, text]) => {
      const bytes = Buffer.from(text)
      for (let length = 0; length < bytes.length; length++)
        expect(parseAnswer(bytes.subarray(0, length), false), `${length} bytes`).toBeUndefined()
      expect(parseAnswer(bytes, false)?.lengthBytes).toBe(bytes.length)
    },
  )

  test.for(['SSH-2.0-OpenSSH\r\n\r\n', 'HTTP/2 200\r\n\r\n', 'HTTP/1.1 OK\r\n\r\n'])(
    'when it is not HTTP/1 but %j, then there is no answer',
    (text) => {
      expect(parse(text, true)).toBeUndefined()
    },
  )
})
