// No library: validation by hand, ids by a counter, answers by Node's own methods.
import { type RequestHandler, type Response, Router } from 'express'
import type { Config } from '#config'

interface Order {
  reference: string
  amount: number
}

function isOrder(value: unknown): value is Order {
  if (typeof value !== 'object' || value === null) return false
  const { reference, amount } = value as Record<string, unknown>
  if (typeof reference !== 'string' || reference.length < 1 || reference.length > 100) return false
  return Number.isFinite(amount) && Number(amount) > 0
}

function answer(res: Response, status: number, body: object, headers = {}): void {
  const text = JSON.stringify(body)
  res.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    ...headers,
  })
  res.end(text)
}

export function orders(config: Config, readJson: (config: Config) => RequestHandler): Router {
  const stored: Order[] = []
  const router = Router()

  router.post('/orders', readJson(config), (req, res) => {
    const body: unknown = req.body
    if (!isOrder(body)) return answer(res, 400, { error: 'reference and amount are wanted' })
    const { reference, amount } = body
    const id = String(stored.push({ reference, amount }))
    answer(res, 201, { id, reference, amount }, { Location: `/orders/${id}` })
  })

  router.get('/orders/:id', (req, res) => {
    const { id } = req.params
    const order = /^\d+$/.test(id) ? stored[Number(id) - 1] : undefined
    if (order) answer(res, 200, { id, ...order })
    else answer(res, 404, { error: 'no such order' })
  })
  return router
}
