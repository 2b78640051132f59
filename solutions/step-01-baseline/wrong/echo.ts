// caught by: wrong-types
// Thought that what claims to be an order is one.
import { randomUUID } from 'node:crypto'
import { type RequestHandler, Router } from 'express'
import type { Config } from '#config'

type Order = { id: string; reference: string; amount: number }

/** `POST /orders` stores an order, `GET /orders/:id` shows it. In memory: gone with the process. */
export function orders(config: Config, readJson: (config: Config) => RequestHandler): Router {
  const stored = new Map<string, Order>()
  const router = Router()

  router.post('/orders', readJson(config), (req, res) => {
    if (!req.body) {
      res.status(400).json({ error: 'an order is wanted' })
      return
    }
    const order: Order = { id: randomUUID(), ...req.body }
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
