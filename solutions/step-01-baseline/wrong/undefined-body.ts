// caught by: missing-body
// Thought that req.body is an empty object when nothing was sent, as it was in Express 4.
import { randomUUID } from 'node:crypto'
import { type RequestHandler, Router } from 'express'
import type { Config } from '#config'

type Order = { id: string; reference: string; amount: number }

/** `POST /orders` stores an order, `GET /orders/:id` shows it. In memory: gone with the process. */
export function orders(config: Config, readJson: (config: Config) => RequestHandler): Router {
  const stored = new Map<string, Order>()
  const router = Router()

  router.post('/orders', readJson(config), (req, res) => {
    const { reference, amount } = Array.isArray(req.body) ? {} : req.body
    const known = typeof reference === 'string' && reference !== ''
    if (!known || !Number.isFinite(amount) || amount <= 0) {
      res.status(400).json({ error: 'reference and amount are wanted' })
      return
    }
    const order = { id: randomUUID(), reference, amount }
    stored.set(order.id, order)
    res.status(201).location(`/orders/${order.id}`).json(order)
  })

  router.get('/orders/:id', (req, res, next) => {
    const order = stored.get(req.params.id)
    if (order) res.json(order)
    else next()
  })
  return router
}
