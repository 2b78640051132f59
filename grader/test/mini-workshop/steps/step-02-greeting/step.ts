import { closedLoop, defineLoadGate, defineStep } from '../../../../../grader/author.ts'

const gate = defineLoadGate({
  kind: 'shape',
  title: 'two visitors who greet without pause',
  async run({ startServer }) {
    const server = await startServer()
    const options = { connections: 2, durationMs: 150, path: '/greet?name=you' }
    const load = await closedLoop(server.port, { ...options, expectBody: 'Hello, you!' })
    const { requests } = await server.counters()
    return {
      inconclusive: undefined,
      observations: [
        {
          id: 'bad-answers',
          name: 'answers that were wrong or missing',
          measured: load.bad + load.errors,
          unit: 'answers',
          needed: { atMost: 0 },
          why: 'a visitor who is not greeted does not come back',
        },
        {
          id: 'greetings',
          name: 'greetings that the server counted',
          measured: requests,
          unit: 'requests',
          needed: { atLeast: 10 },
          why: 'fewer say nothing',
        },
      ],
      table: { columns: ['', 'p50'], rows: [['greetings', `${load.p50Ms.toFixed(2)} ms`]] },
    }
  },
})

export default defineStep({
  title: 'Greet by name',
  layer: 'greeting',
  summary: 'One layer to write.',
  settings: { GREETING: 'Hello' },
  gates: [gate],
  hints: [
    'A visitor has a name.',
    'The name is the first argument.',
    'Without a name there is nobody to greet: 400.',
    'The words come from the settings.',
  ],
  todo: ['TODO step 02: greet by name, "Hello, you!"; without a name answer 400.'],
})
