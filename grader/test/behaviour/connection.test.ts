import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Connection } from '../../behaviour/connection.ts'
import { freePort } from '../../process/free-port.ts'
import { serve, serveRaw } from '../serve.ts'
import { until } from '../until.ts'

const ping = 'GET /ping HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'

function connect(port: number): Connection {
  const connection = new Connection(port)
  onTestFinished(() => connection.close())
  return connection
}

describe('Connection', () => {
  test('when two requests are sent at once, then both answers come, in order', async () => {
    const { port } = await serve((request, response) => response.end(request.url))
    const connection = connect(port)
    connection.send(ping + ping.replace('ping', 'pong'))
    expect((await connection.answer(5000, 2))?.body).toBe('/pong')
    expect(connection.answers().map(({ body }) => body)).toEqual(['/ping', '/pong'])
    expect(connection.describe()).toBe('200 OK, connection still open')
  })

  test('when an answer comes in pieces, then it is waited for', async () => {
    const port = await serveRaw((socket) => {
      socket.setNoDelay(true)
      const pieces = ['HTTP/1.1 20', '0 OK\r\nContent-Le', 'ngth: 2\r\n\r', '\no', 'k']
      const next = () =>
        void socket.write(pieces.shift() ?? '', () => pieces[0] && setImmediate(next))
      next()
    })
    expect((await connect(port).answer(5000))?.body).toBe('ok')
  })

  test('when the server closes, then it is told apart from a reset', async () => {
    const closing = connect(await serveRaw((socket) => socket.end()))
    const cutting = connect(await serveRaw((socket) => socket.resetAndDestroy()))
    const closed = await closing.untilEnded(5000)
    expect(closed.ending).toBe('closed')
    expect(closing.describe(closed)).toMatch(/^no answer, connection closed after 0\.\d s$/)
    expect((await cutting.untilEnded(5000)).ending).toBe('reset')
  })

  test('when the server does nothing, then the wait ends at its limit', async () => {
    const connection = connect(await serveRaw(() => {}))
    const { ending, afterMs } = await connection.untilEnded(150)
    expect(ending).toBe('open')
    expect(afterMs).toBeGreaterThanOrEqual(149)
    expect(connection.sent).toBe('nothing: only connected')
    expect(connection.command).toBe('')
  })

  test('when nobody listens, then it has ended and nothing is thrown', async () => {
    const connection = connect(await freePort())
    expect((await connection.untilConnected()).ending).toBe('reset')
    expect(await connection.answer(100)).toBeUndefined()
  })

  test('when it drips, then pieces come until it is stopped', async () => {
    let received = ''
    const port = await serveRaw((socket) => socket.on('data', (text) => (received += text)))
    const connection = connect(port)
    const stop = connection.drip('x', 5)
    await until(() => received.length >= 3, 5000)
    stop()
    expect(connection.sent).toBe('x (again every 5 ms)')
    expect(connection.command).toBe('')
  })

  test.skipIf(process.platform === 'win32')(
    'when its command is run by hand, then the server gets the very bytes',
    async () => {
      const body = '{"text":"it\'s 100 % \\"quoted\\" \\u0041 $HOME `id`"}'
      const text = `POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${body.length}\r\n\r\n${body}`
      let received = ''
      const port = await serveRaw((socket) =>
        socket.on('data', (data) => {
          received += data
          if (received.length >= text.length) socket.end('HTTP/1.1 200 OK\r\n\r\nseen')
        }),
      )
      const connection = connect(port)
      connection.send(text)
      await connection.untilEnded(5000)
      received = ''
      const command = connection.command.replace('/3000', `/${port}`)
      const { stdout } = await promisify(execFile)('bash', ['-c', command], { timeout: 10_000 })
      expect(stdout).toContain('seen')
      expect(received).toBe(text)
    },
  )
})
