import { describe, expect, test } from 'vitest'
import { runSpeedGate } from '../../load/run-speed-gate.ts'
import { type RunningServer, type ServerPlan, startServer } from '../../process/start-server.ts'
import { pingGate, withPlanted } from './planted.ts'

/** Lets a planted server compete with the baseline. */
const compete = (name: string) =>
  withPlanted(name, async (plan) => {
    const servers: RunningServer[] = []
    const start = async (one: ServerPlan) => {
      const server = await startServer(one)
      servers.push(server)
      return server
    }
    try {
      return await runSpeedGate(
        pingGate,
        { graded: () => start(plan), reference: () => start({ ...plan, replace: undefined }) },
        () => {},
      )
    } finally {
      await Promise.all(servers.map((server) => server.stop()))
    }
  })

describe('a speed gate', () => {
  test.for(['fast-500', 'right-when-idle'])(
    'when %s answers wrongly under load, then its speed is not judged',
    async (name) => {
      const { observations, inconclusive } = await compete(name)
      expect(inconclusive).toBeUndefined()
      expect(observations).toHaveLength(1)
      expect(observations[0]).toMatchObject({ id: 'failed-requests', passed: false })
      expect(observations[0]?.measured).toBeGreaterThan(0)
    },
  )

  test('when a server is many times slower, then five pairs say so', async () => {
    const { vote, observations } = await compete('crypto-sync')
    expect(vote.votes).toEqual({ above: 0, below: 5 })
    expect(vote.median).toBeLessThan(0.3)
    expect(observations[0]).toMatchObject({ id: 'ping-speed', passed: false })
  })
})
