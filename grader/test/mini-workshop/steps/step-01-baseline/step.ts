import { defineLoadGate, defineStep } from '../../../../../grader/author.ts'

const gate = defineLoadGate({
  kind: 'shape',
  title: 'nothing to speak of',
  async run({ startServer }) {
    const server = await startServer()
    const { connections } = await server.counters()
    return {
      observations: [
        {
          id: 'connections',
          name: 'connections before the first request',
          measured: connections,
          unit: 'connections',
          needed: { atMost: 5 },
          why: 'only the grader has knocked so far',
        },
      ],
    }
  },
})

export default defineStep({
  title: 'A tiny baseline',
  layer: 'ping',
  summary: 'One endpoint.',
  shipsFinished: true,
  settings: {},
  gates: [gate],
  hints: [],
  todo: [],
})
