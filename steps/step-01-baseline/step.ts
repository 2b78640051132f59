import { defineLoadGate, defineStep, leadVote } from '../../grader/author.ts'
import { measureTraffic, type Traffic, trafficTable } from './traffic.ts'

const leastRatio = 1.5

const gate = defineLoadGate({
  kind: 'shape',
  title: 'the same endpoint, connections kept and connections new for each request',
  async run({ startServer, progress }) {
    const server = await startServer()
    const kept: Traffic[] = []
    const fresh: Traffic[] = []
    const measure = async (shape: 'kept' | 'new') => {
      const traffic = await measureTraffic(server, shape)
      ;(shape === 'kept' ? kept : fresh).push(traffic)
      return traffic
    }
    // The first second of a server is spent compiling; it says nothing about traffic.
    for (const shape of ['kept', 'new', 'new', 'kept'] as const) await measureTraffic(server, shape)

    const vote = await leadVote(
      async (keptFirst) => {
        progress(`measuring both shapes of traffic: pair ${kept.length + 1}`)
        const first = await measure(keptFirst ? 'kept' : 'new')
        const second = await measure(keptFirst ? 'new' : 'kept')
        const [one, other] = keptFirst ? [first, second] : [second, first]
        return other.cpuMicrosPerRequest / one.cpuMicrosPerRequest
      },
      { threshold: leastRatio },
    )
    const perConnection = (rounds: Traffic[]) =>
      rounds.reduce((sum, { requests }) => sum + requests, 0) /
      rounds.reduce((sum, { connections }) => sum + connections, 0)

    return {
      inconclusive: vote.above === undefined ? `CPU ratios from ${vote.spread}` : undefined,
      observations: [
        {
          id: 'failed-requests',
          name: 'requests that failed or had the wrong body',
          measured: [...kept, ...fresh].reduce((sum, { failed }) => sum + failed, 0),
          unit: 'requests',
          needed: { atMost: 0 },
          why: 'a figure about wrong answers is worth nothing',
        },
        {
          id: 'requests-per-kept-connection',
          name: 'requests per connection, connections kept',
          measured: perConnection(kept),
          unit: 'requests',
          // Each round opens its connections anew and lasts 0.3 s: hundreds on a laptop at rest.
          needed: { atLeast: 20 },
          why: 'a server that closes after each answer makes every client connect anew',
        },
        {
          id: 'requests-per-new-connection',
          name: 'requests per connection, connections new',
          measured: perConnection(fresh),
          unit: 'requests',
          needed: { atMost: 1.1 },
          why: 'otherwise the two shapes are not what their names say',
        },
        {
          id: 'cpu-ratio',
          name: 'CPU per request, new connections against kept ones',
          measured: vote.median,
          unit: 'times as much',
          needed: { atLeast: leastRatio },
          why: 'accepting a connection is work as well; where it costs nothing, something else is wrong',
          spread: vote.spread,
        },
      ],
      table: trafficTable(kept, fresh),
    }
  },
})

export default defineStep({
  title: 'A thin baseline',
  layer: 'orders',
  summary:
    'The server that all steps build on, and what the shape of traffic does to one endpoint.',
  shipsFinished: true,
  settings: {},
  gates: [gate],
  hints: [],
  todo: [],
})
