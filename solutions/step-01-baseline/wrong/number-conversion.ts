// caught by: wrong-types
// Thought that Number() checks a number; it makes one of almost anything.
import { randomUUID } from 'node:crypto'
import { type RequestHandler, Router } from 'express'
import { z } from 'zod'
import type { Config } from '#config'

const NewOrder = z.object({
  reference: z.string().min(1).max(100),
  amount: z.unknown(),
})
type Order = { id: string; reference: string; amount: number }

/** `POST /orders` stores an order, `GET /orders/:id` shows it. In memory: gone with the process. */
export function orders(config: Config, readJson: (config: Config) => RequestHandler): Router {
  const stored = new Map<string, Order>()
  const router = Router()

  router.post('/orders', readJson(config), (req, res) => {
    const parsed = NewOrder.safeParse(req.body)
    const amount = Number(parsed.data?.amount)
    if (!parsed.success || !(amount >= 0) || amount === Number.POSITIVE_INFINITY) {
      res.status(400).json({ error: 'reference and amount are wanted' })
      return
    }
    const order = { id: randomUUID(), reference: parsed.data.reference, amount }
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
