import { createServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { canConnect } from '../../process/can-connect.ts'
import { freePort } from '../../process/free-port.ts'
import { listeningPorts } from '../../process/process-table.ts'

const listenOn = async (port: number) => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
}

describe('freePort', () => {
  test('when ports are asked for, then they are free and below those of clients', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, () => freePort()))
    for (const port of ports) {
      expect(port).toBeGreaterThanOrEqual(12_000)
      expect(port).toBeLessThan(32_768)
    }
    await listenOn(ports[0] ?? 0)
    expect(await canConnect(ports[0] ?? 0)).toBe(true)
    expect(await canConnect(ports[1] ?? 0)).toBe(false)
  })

  test('when no attempt finds one, then it is said in words', async () => {
    await expect(freePort(0)).rejects.toMatchObject({ code: 'E_PORTS_TAKEN', whose: 'setup' })
  })
})

describe.skipIf(process.platform !== 'linux')('listeningPorts', () => {
  test('when a process listens, then its port is found', async () => {
    const port = await freePort()
    expect(listeningPorts(process.pid)).not.toContain(port)
    await listenOn(port)
    expect(listeningPorts(process.pid)).toContain(port)
  })
})
