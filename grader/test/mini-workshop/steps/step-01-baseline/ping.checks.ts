import { check, verify } from '../../../../../grader/author.ts'

check(
  { id: 'ping', why: 'Every step measures with it.', look: 'ping.ts' },
  'when GET /ping, then 200 and "ok"',
  async ({ request }) => {
    const exchange = await request('GET /ping')
    verify(exchange.answer?.body === 'ok', { ...exchange, expected: '200, ok' })
  },
)
