import { describe, expect, onTestFinished, test } from 'vitest'
import { DrippingCrowd } from '../../load/dripping-crowd.ts'
import { endlessUpload } from '../../load/endless-upload.ts'
import { freePort } from '../../process/free-port.ts'
import { random } from '../../random.ts'
import { serve, serveRaw } from '../serve.ts'
import { until } from '../until.ts'

async function crowdAt(port: number, count: number): Promise<DrippingCrowd> {
  const crowd = new DrippingCrowd(port, random('crowd'))
  onTestFinished(() => crowd.stop())
  await crowd.begin(count)
  return crowd
}

describe('DrippingCrowd', () => {
  test('when the server never cuts anybody off, then all hold on', async () => {
    const { server, port } = await serve(() => {}, { headersTimeout: 0, requestTimeout: 0 })
    const crowd = await crowdAt(port, 20)
    expect(crowd.open).toBe(20)
    await until(() => crowd.longestHeldMs > 600, 5000)
    expect(crowd.heldMs).toEqual([])
    expect(crowd.heldLongerThan(500)).toBe(20)
    expect(server.listening).toBe(true)
  })

  test('when the server has a headers timeout, then all are cut off and come back', async () => {
    let connections = 0
    const limits = { headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50 }
    const { server, port } = await serve(() => {}, limits)
    server.on('connection', () => connections++)
    const crowd = await crowdAt(port, 20)
    await until(() => crowd.heldMs.length >= 20, 10_000)
    expect(Math.min(...crowd.heldMs)).toBeGreaterThan(150)
    await until(() => connections >= 40, 10_000)
  })

  test('when it stops, then its connections end and nobody comes back', async () => {
    let open = 0
    const port = await serveRaw((socket) => {
      open++
      socket.on('close', () => open--)
      socket.resume()
    })
    const crowd = await crowdAt(port, 5)
    await until(() => open === 5, 5000)
    crowd.stop()
    await until(() => open === 0, 5000)
    expect(crowd.open).toBe(0)
    expect(crowd.heldMs).toEqual([])
  })

  test('when nobody listens, then it begins all the same and holds nothing', async () => {
    const crowd = await crowdAt(await freePort(), 3)
    expect(crowd.open).toBe(0)
    expect(crowd.longestHeldMs).toBe(0)
  })
})

describe('endlessUpload', () => {
  test('when the server reads everything, then it takes much and does not cut off', async () => {
    let read = 0
    const { port } = await serve((request) => request.on('data', ({ length }) => (read += length)))
    const report = await endlessUpload(port, '/orders', { limitMs: 400 })
    expect(report.cutOff).toBe(false)
    expect(report.takenBytes).toBeGreaterThan(10_000_000)
    expect(report.takenBytes).toBeGreaterThanOrEqual(read)
    expect(report.takenBytes - read).toBeLessThan(16_000_000) // what lay in the kernel's buffers
    expect(report.afterMs).toBeGreaterThanOrEqual(399)
  })

  test('when the server stops at a limit and closes, then it is cut off early', async () => {
    const { port } = await serve((request, response) => {
      let read = 0
      request.on('data', ({ length }) => {
        read += length
        if (read > 100_000 && !response.headersSent)
          response.writeHead(413, { connection: 'close' }).end()
      })
    })
    const report = await endlessUpload(port, '/orders', { limitMs: 5000 })
    expect(report.cutOff).toBe(true)
    expect(report.afterMs).toBeLessThan(4000)
  })

  test('when the server stops reading, then only the buffers are filled', async () => {
    const { port } = await serve((request) => request.pause())
    const report = await endlessUpload(port, '/orders', { limitMs: 400 })
    expect(report.cutOff).toBe(false)
    expect(report.takenBytes).toBeLessThan(16_000_000)
  })

  test('when a length is announced, then the server is told of it and gets as much as it takes', async () => {
    let announced = ''
    const { port } = await serve((request, response) => {
      announced = request.headers['content-length'] ?? ''
      response.writeHead(413).end() // and no "Connection: close": Node reads on
    })
    const report = await endlessUpload(port, '/orders', { limitMs: 400, announcedBytes: 2e9 })
    expect(announced).toBe('2000000000')
    expect(report.cutOff).toBe(false)
    expect(report.takenBytes).toBeGreaterThan(16_000_000)
  })
})
